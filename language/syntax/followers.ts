import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Span } from "../text/span.ts";

/** Findings that leave a hole where something was meant. */
const CAUSES: ReadonlySet<string> = new Set(["unknown-character", "unclosed-text", "bad-quoted-name", "stray-colon"]);

/** Findings that something is missing or does not fit. */
const FOLLOWERS: ReadonlySet<string> = new Set([
  "unexpected-text",
  "missing-value",
  "missing-operator",
  "missing-connective",
  "missing-word",
]);

/** Findings about how conditions are joined, which is not known while a bracket is not closed. */
const JOINED: ReadonlySet<string> = new Set(["and-or", "comparison-chain"]);

/**
 * Findings without those that another one explains: in `visits_count > €` nothing is missing but the `€` that means nothing; a blank without width
 * inside a word makes two of it; a text without its closing quote swallows the bracket that closes; one word is one mistake. `sorted` are those of one
 * file, by place and code.
 */
export function withoutFollowers(sorted: readonly Diagnostic[], text: string): readonly Diagnostic[] {
  const holes = sorted.flatMap(holesOf);
  const texts = sorted.filter(({ slug }) => slug === "unclosed-text");
  const open = sorted.flatMap(openStretches);
  return sorted.filter((one, i) => {
    const { slug, span } = one;
    const before = sorted[i - 1];
    if (before?.slug === "missing-value" && before.span.start === span.start && before.span.end === span.end)
      return false;
    if (JOINED.has(slug)) return !open.some((stretch) => isWithin(span, stretch));
    if (slug === "unclosed-bracket")
      return !openStretches(one).some((stretch) => texts.some((swallowing) => isWithin(swallowing.span, stretch)));
    if (!FOLLOWERS.has(slug)) return true;
    const [from, to] = [blanksBefore(text, span.start), blanksAfter(text, span.end)];
    return !holes.some(({ start, end }) => start <= to && from <= end);
  });
}

const isWithin = (inner: Span, outer: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

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
