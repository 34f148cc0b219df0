import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Span } from "../text/span.ts";

/** Findings of letters, which leave a hole where something was meant. */
const CAUSES: ReadonlySet<string> = new Set(["unknown-character", "unclosed-text", "bad-quoted-name"]);

/** Findings that something is missing or does not fit. */
const FOLLOWERS: ReadonlySet<string> = new Set([
  "unexpected-text",
  "missing-value",
  "missing-operator",
  "missing-connective",
]);

/**
 * Findings without those that another one explains: in `visits_count > €` nothing is missing but the `€` that means nothing; a blank without width
 * inside a word makes two of it; and what `and` and `or` join is not known while a bracket is not closed. `sorted` are those of one file, by place.
 */
export function withoutFollowers(sorted: readonly Diagnostic[], text: string): readonly Diagnostic[] {
  const holes = sorted.flatMap(holesOf);
  const open = sorted.flatMap(openStretches);
  if (holes.length === 0 && open.length === 0) return sorted;
  return sorted.filter(({ slug, span }) => {
    if (slug === "and-or") return !open.some(({ start, end }) => start <= span.start && span.end <= end);
    if (!FOLLOWERS.has(slug)) return true;
    const [from, to] = [blanksBefore(text, span.start), blanksAfter(text, span.end)];
    return !holes.some(({ start, end }) => start <= to && from <= end);
  });
}

/** From a bracket that nothing closes to where it might have been closed. */
function openStretches({ slug, span, fixes }: Diagnostic): readonly Span[] {
  const end = fixes[0]?.edits[0]?.span.end;
  return slug === "unclosed-bracket" && end !== undefined ? [{ start: span.start, end }] : [];
}

/** Where a finding leaves a hole. */
export function holesOf({ slug, span, fixes }: Diagnostic): readonly Span[] {
  if (CAUSES.has(slug)) return [span];
  // Blanks without width, which may stand inside a word.
  if (slug === "odd-blank")
    return fixes.flatMap(({ edits }) => edits.filter((e) => e.newText === "").map((e) => e.span));
  return [];
}

function blanksBefore(text: string, at: number): number {
  let start = at;
  while (start > 0 && isBlank(text.charCodeAt(start - 1))) start--;
  return start;
}

function blanksAfter(text: string, at: number): number {
  let end = at;
  while (end < text.length && isBlank(text.charCodeAt(end))) end++;
  return end;
}

const isBlank = (unit: number): boolean => unit === 32 || unit === 9 || unit === 10 || unit === 13;
