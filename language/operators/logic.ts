import { type Operator, operand, signature } from "./operator.ts";

const both = signature([operand("left", "condition"), operand("right", "condition")], { kind: "condition" });

/** Conditions made of conditions. */
export const LOGIC = {
  and: {
    kind: "operator",
    words: ["and"],
    symbol: null,
    level: "and or",
    signatures: [both],
    missing: "operand",
    ignoringCase: false,
    doc: "Holds when every side holds; beside `or` it wants parentheses.",
    example: 'marketing_consent and region = "EU"',
  },
  or: {
    kind: "operator",
    words: ["or"],
    symbol: null,
    level: "and or",
    signatures: [both],
    missing: "operand",
    ignoringCase: false,
    doc: "Holds when at least one side holds; beside `and` it wants parentheses.",
    example: 'region = "EU" or country = "CH"',
  },
  not: {
    kind: "operator",
    words: ["not"],
    symbol: null,
    level: "not",
    signatures: [signature([operand("condition", "condition")], { kind: "condition" })],
    missing: "operand",
    ignoringCase: false,
    doc: "Holds exactly when the whole test that follows does not.",
    example: "not marketing_consent",
  },
  no: {
    kind: "operator",
    words: ["no"],
    symbol: null,
    level: "not",
    signatures: [signature([operand("collection", "collectionCondition")], { kind: "condition" })],
    missing: "operand",
    ignoringCase: false,
    doc: "`not` before a collection: there is none.",
    example: "no purchases.last180d",
  },
} as const satisfies Record<string, Operator>;
