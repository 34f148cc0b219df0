import { expect, test } from "vitest";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";

/** `[|…|]` marks the blamed text of the one finding. `mended` is the text after its first fix, which has no finding; null: it has no fix. */
export type WrongRow = readonly [marked: string, slug: string, mended?: string | null];

/** A test for each row: what is found in its text, by `found`. */
export function toldWrong(rows: readonly WrongRow[], found: (text: string) => readonly Diagnostic[]): void {
  test.each(rows.map((row) => [row[0], row] as const))("%s", (marked, [, slug, mended]) => {
    const text = marked.replace("[|", "").replace("|]", "");
    const findings = found(text);
    expect(findings.map((d) => d.slug)).toEqual([slug]);
    const first = findings[0] as Diagnostic;
    const { start, end } = first.span;
    expect(`${text.slice(0, start)}[|${text.slice(start, end)}|]${text.slice(end)}`).toBe(marked);
    if (mended === undefined) return;
    expect(applied(text, first)).toBe(mended);
    if (mended !== null) expect(found(mended)).toEqual([]);
  });
}

const applied = (text: string, { fixes: [fix] }: Diagnostic): string | null =>
  fix === undefined
    ? null
    : fix.edits
        .toSorted((a, b) => b.span.start - a.span.start)
        .reduce((t, e) => t.slice(0, e.span.start) + e.newText + t.slice(e.span.end), text);
