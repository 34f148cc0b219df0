import { DATE, INTEGER, TIMESTAMP } from "../types/type.ts";
import { type Operator, operand, type Signature, signature } from "./operator.ts";

const elapsed: readonly Signature[] = [signature([operand("t", "temporal")], { kind: "fixed", type: INTEGER })];

/** What is written by its name, with its operands in parentheses; without operands, without parentheses. */
export const FUNCTIONS = {
  today: {
    kind: "function",
    words: ["today"],
    symbol: null,
    level: null,
    signatures: [signature([], { kind: "fixed", type: DATE })],
    missing: "never",
    ignoringCase: false,
    doc: "The calendar day of as-of in the project's time zone; after `in`, that whole day.",
    example: "birth_date < today",
  },
  now: {
    kind: "function",
    words: ["now"],
    symbol: null,
    level: null,
    signatures: [signature([], { kind: "fixed", type: TIMESTAMP })],
    missing: "never",
    ignoringCase: false,
    doc: "The instant that the evaluation is as of.",
    example: "signed_up_at > now - 30d",
  },
  daysSince: {
    kind: "function",
    words: ["days_since"],
    symbol: null,
    level: null,
    signatures: elapsed,
    missing: "missing",
    ignoringCase: false,
    doc: "Whole days from then until now, negative for what is ahead; a day of timestamps is 24 hours, dates count to today.",
    example: "days_since(signed_up_at) >= 30",
  },
  monthsSince: {
    kind: "function",
    words: ["months_since"],
    symbol: null,
    level: null,
    signatures: elapsed,
    missing: "missing",
    ignoringCase: false,
    doc: "Whole calendar months from then until now; one month after 31 January is the last day of February.",
    example: "months_since(signed_up_at) < 6",
  },
  yearsSince: {
    kind: "function",
    words: ["years_since", "age"],
    symbol: null,
    level: null,
    signatures: elapsed,
    missing: "missing",
    ignoringCase: false,
    doc: "Whole years from then until now, as ages are counted; 29 February counts on 1 March in common years.",
    example: "age(birth_date) >= 18",
  },
} as const satisfies Record<string, Operator>;
