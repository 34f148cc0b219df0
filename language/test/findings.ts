import { expect, test } from "vitest";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { loadProject } from "../project.ts";
import { sourceFile } from "../text/source.ts";
import { SHOP_MODEL } from "./model.ts";

export const DECLARATIONS = `list DACH = ["AT", "CH", "DE"]
param amount : integer = 3
trait spend = purchases.sum(Purchase.amount)
trait fifth = quintile(credit)
trait tenfold = fifth * 10
trait best = top 3 by credit
trait large of Account = top 3 by seats
segment Best where best
segment BestAccounts of Account where large
trait busy of Account = members.count > 3
segment Loyal where purchases.last90d > 3
segment Teams of Account where plan = "team"
`;

export const FILE = "z-tested.seg";

/** What is found in a text over the model and a few declarations. */
export function diagnosticsOf(text: string): readonly Diagnostic[] {
  const files = [
    sourceFile("a-model.seg", SHOP_MODEL),
    sourceFile("b-declarations.seg", DECLARATIONS),
    sourceFile(FILE, text),
  ];
  return loadProject(files, { lint: false }).diagnostics;
}

/** The text with the preferred (or only) fix applied. */
export function fixed(text: string, diagnostic: Diagnostic | undefined): string | null {
  const fix =
    diagnostic?.fixes.find((f) => f.preferred) ?? (diagnostic?.fixes.length === 1 ? diagnostic.fixes[0] : undefined);
  if (fix === undefined) return null;
  const edits = fix.edits.toSorted((a, b) => b.span.start - a.span.start);
  return edits.reduce((t, e) => t.slice(0, e.span.start) + e.newText + t.slice(e.span.end), text);
}

export type Row = readonly [marked: string, slug: string, mended?: string | null];

/** `[|…|]` marks the blamed text of the one finding. `mended` is the text after its fix, which has no finding; null: it has no fix. */
export function check(
  rows: readonly Row[],
  wrap: (text: string) => string = (t) => `segment Subject where ${t}`,
): void {
  test.each(rows.map((row) => [row[0], row] as const))("%s", (marked, [, slug, mended]) => {
    const whole = wrap(marked);
    const text = whole.replace("[|", "").replace("|]", "");
    const found = diagnosticsOf(text);
    const [first] = found;
    const shown =
      first &&
      `${text.slice(0, first.span.start)}[|${text.slice(first.span.start, first.span.end)}|]${text.slice(first.span.end)}`;
    expect(found.map((d) => d.slug)).toEqual([slug]);
    expect(shown).toBe(whole);
    if (mended === undefined) return;
    expect(fixed(text, first)).toBe(mended === null ? null : wrap(mended));
    if (mended !== null) expect(diagnosticsOf(wrap(mended))).toEqual([]);
  });
}

/** Sound conditions. */
export function fine(rows: readonly string[]): void {
  test.each(rows)("%s is fine", (where) => {
    expect(diagnosticsOf(`segment Subject where ${where}`).map((d) => `${d.slug}: ${d.message}`)).toEqual([]);
  });
}
