import { scanName } from "../syntax/scan.ts";
import { RESERVED } from "../syntax/tokens.ts";

/** The name as it has to be written in a text: in back-ticks where it is no plain word, or a reserved one. */
export const quoteName = (name: string): string =>
  scanName(name, 0) === name.length && !RESERVED.has(name) ? name : `\`${name}\``;

/** The candidate that differs from `name` in capital and small letters only. */
export function sameButCase(name: string, candidates: Iterable<string>): string | null {
  const wanted = name.toLowerCase();
  for (const candidate of candidates) if (candidate !== name && candidate.toLowerCase() === wanted) return candidate;
  return null;
}
