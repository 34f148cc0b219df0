import type { Accepts, Result } from "./signature.ts";

/**
 * What the answer is where an operand is missing:
 * `false` the test does not hold; `true` it holds (it is `not` around a test); `sees` it asks for just that; `missing` the value is missing too;
 * `skipped` missing elements are skipped and nothing at all gives 0; `skippedToMissing` they are skipped and nothing at all gives missing;
 * `outside` the element is left out; `operand` it is the operand's own (rule of `not`, `and`, `or`); `nothing` the window holds nothing; `never` it has no operand that could be missing.
 */
export type MissingRule =
  | "false"
  | "true"
  | "sees"
  | "missing"
  | "skipped"
  | "skippedToMissing"
  | "outside"
  | "operand"
  | "nothing"
  | "never";

/** How tightly an operator binds, from the tightest. */
export type Level = "else" | "unary minus" | "* /" | "+ -" | "comparison" | "not" | "and or";

/** One operand. `label` is the word before its colon (`within: 24h`) or null; an operand that is not `required` may be left out. */
export interface Operand {
  readonly name: string;
  readonly accepts: Accepts;
  readonly label: string | null;
  readonly required: boolean;
}

/** Operands as they are read, left to right; of a step, the first is the collection before its dot. */
export interface Signature {
  readonly operands: readonly Operand[];
  readonly result: Result;
}

/** One operator, function, collection step or window: everything that the parser, checker, editor and reference say about it. */
export interface Operator {
  readonly kind: "operator" | "function" | "step" | "window";
  /** Its spellings, the canonical one first: `["years_since", "age"]`. */
  readonly words: readonly string[];
  /** The mathematical sign that means the same, where people paste one: `≥`. */
  readonly symbol: string | null;
  /** How tightly it binds; null for what has its own brackets or dot. */
  readonly level: Level | null;
  /** The first signature that fits is the one meant. */
  readonly signatures: readonly Signature[];
  readonly missing: MissingRule;
  /** Whether `ignoring case` may follow. */
  readonly ignoringCase: boolean;
  /** One sentence for hovers and the reference. */
  readonly doc: string;
  /** A whole condition over the shop model of the tests. */
  readonly example: string;
}

/** A required operand without a label. */
export const operand = (name: string, accepts: Accepts): Operand => ({ name, accepts, label: null, required: true });

/** A required operand that is written `label: x`. */
export const labelled = (label: string, accepts: Accepts): Operand => ({ name: label, accepts, label, required: true });

/** The same operand, but it may be left out. */
export const optional = (o: Operand): Operand => ({ ...o, required: false });

/** Operands and their result. */
export const signature = (operands: readonly Operand[], result: Result): Signature => ({ operands, result });
