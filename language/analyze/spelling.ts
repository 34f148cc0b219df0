import { nearest } from "../diagnostics/suggest.ts";

export { quoteName } from "../syntax/quote-name.ts";

/** Beyond so many findings no more names are guessed: a broken project is reported in linear time. */
const MOST_GUESSES = 50;

/** What an unknown name most probably means; `candidates` are asked for only while there are not too many findings already. */
export function suggest(
  name: string,
  candidates: () => Iterable<string>,
  findings: { readonly length: number },
): string | null {
  if (findings.length > MOST_GUESSES) return null;
  const names = [...candidates()];
  return sameButCase(name, names) ?? nearest(name, names);
}

/** The candidate that differs from `name` in capital and small letters only. */
export function sameButCase(name: string, candidates: Iterable<string>): string | null {
  const wanted = name.toLowerCase();
  for (const candidate of candidates) if (candidate !== name && candidate.toLowerCase() === wanted) return candidate;
  return null;
}
