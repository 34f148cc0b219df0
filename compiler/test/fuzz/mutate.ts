import type { Rng } from "../random/rng.ts";

/** What is put into a text: everything that means something to some stage, and what means nothing to any. */
const SNIPPETS = [
  ...[
    "segment ",
    "trait ",
    "entity ",
    "event ",
    "extend ",
    "param ",
    "list ",
    "policy ",
    "segment A where ",
    "\nsegment X where not X\n",
  ],
  ...[
    " and ",
    " or ",
    " not ",
    " no ",
    " in ",
    " is ",
    " is known",
    " else ",
    " between ",
    " contains ",
    " ignoring case",
    " of ",
    " where ",
  ],
  ...[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ";",
    ".",
    "..",
    "=",
    "==",
    "!=",
    "<",
    ">=",
    "+",
    "-",
    "*",
    "/",
    "@",
    "//",
    "/*",
    "*/",
    "///",
  ],
  ...[
    '"',
    "'",
    "“",
    "”",
    "`",
    "\\",
    '""',
    '"\\u{110000}"',
    '"\\u{D800}"',
    "\u0000",
    "\ufeff",
    "\u00a0",
    "\u202e",
    "\ud800",
    "😀",
    "e\u0301",
    "\r",
    "\t",
    "\n\n",
  ],
  ...[
    ".last90d",
    ".last5",
    ".last(3 months)",
    ".next7d",
    ".where(",
    ".count",
    ".sum(",
    ".latest",
    ".during(this month)",
    ".per(day)",
    "last 2 full weeks",
  ],
  ...[
    "0",
    "1_000",
    "10%",
    "99999999999999999999999999999999999999999",
    "1e9",
    "0.0000000001",
    "2026-02-29",
    "2026-01-31T10:00+02:00",
    "15min",
    "3mo",
    "65..",
    "..17",
  ],
  ...["__proto__", "constructor", "toString", "null", "true", "AND", "WHERE", "purchases", "customer_id", "Customer"],
] as const;

const pieces = (text: string): readonly string[] => text.match(/\w+|\s+|[^\w\s]/gu) ?? [];

/** A text with one to six changes: pieces lost, doubled, swapped, put in, taken from another text; now and then cut short. */
export function mutate(r: Rng, text: string, others: readonly string[]): string {
  const parts = [...pieces(text)];
  for (let left = 1 + r.below(6); left > 0 && parts.length > 0; left--) {
    const at = r.below(parts.length);
    r.weighted<() => void>([
      [3, () => parts.splice(at, 1 + r.below(3))],
      [2, () => parts.splice(at, 0, r.pick(SNIPPETS))],
      [1, () => parts.splice(at, 1, r.pick(SNIPPETS))],
      [1, () => parts.splice(at, 0, parts[at] as string)],
      [1, () => parts.splice(at, 0, ...pieces(r.pick(others)).slice(r.below(50), 50 + r.below(20)))],
      [1, () => parts.push(...parts.splice(r.below(parts.length), 1 + r.below(10)))],
    ])();
  }
  const mutated = parts.join("");
  return r.chance(0.1) ? mutated.slice(0, r.below(mutated.length + 1)) : mutated;
}
