import { expect, test } from "vitest";
import { applyFixes } from "../diagnostics/apply-fixes.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { loadProject } from "../project.ts";
import { sourceFile } from "../text/source.ts";
import { SHOP_MODEL } from "./model.ts";

/** Declarations that the rows may use; each is used. */
const DECLARATIONS = `segment Loyal where purchases.last90d > 3
segment Teams of Account where plan = "team"
@kpi
trait spend = purchases.sum(Purchase.amount)
@kpi
trait basket = purchases.avg(Purchase.amount)
@kpi
trait abroad = country
`;

const FILE = "z-tested.seg";

/** What lints say of a text over the shop's model. */
export function lintsOf(text: string, model: string = SHOP_MODEL): readonly Diagnostic[] {
  const files = [sourceFile("a-model.seg", model), sourceFile(FILE, text)];
  if (model === SHOP_MODEL) files.push(sourceFile("b-declarations.seg", DECLARATIONS));
  return loadProject(files).diagnostics;
}

/** A text with `[|…|]` around what is blamed, the slug, and the text after each fix, in their order. */
export type LintRow = readonly [marked: string, slug: string, ...mended: string[]];

const condition = (where: string): string => `segment Subject where ${where}`;

/** Each text has the one finding, and each of its fixes makes the text that is written beside it, without findings of its code. */
export function told(rows: readonly LintRow[], wrap: (text: string) => string = condition): void {
  test.each(rows.map((row) => [row[0], row] as const))("%s", (marked, [, slug, ...mended]) => {
    const whole = wrap(marked);
    const text = whole.replace("[|", "").replace("|]", "");
    const [first, ...others] = lintsOf(text);
    expect([first, ...others].map((one) => one && `${one.file} ${one.slug}`)).toEqual([`${FILE} ${slug}`]);
    if (first === undefined) return;
    const { start, end } = first.span;
    expect(`${text.slice(0, start)}[|${text.slice(start, end)}|]${text.slice(end)}`).toBe(whole);
    expect(first.fixes.map((fix) => applyFixes([sourceFile(FILE, text)], [fix]).sources[0]?.text)).toEqual(
      mended.map(wrap),
    );
    for (const after of mended) expect(lintsOf(wrap(after)).map((one) => one.slug)).toEqual([]);
  });
}

/** Texts that look like those above, and of which nothing is said. */
export function silent(rows: readonly string[], wrap: (text: string) => string = condition): void {
  test.each(rows)("silent: %s", (text) => {
    expect(lintsOf(wrap(text)).map((one) => `${one.slug}: ${one.message}`)).toEqual([]);
  });
}
