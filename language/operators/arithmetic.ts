import { type Operator, operand, type Signature, signature } from "./operator.ts";

const numbers = (op: "+" | "-" | "*" | "/"): Signature =>
  signature([operand("left", "number"), operand("right", "number")], { kind: "arithmetic", op });

const DURATION = { kind: "fixed", type: { kind: "duration" } } as const;
const apart: readonly Signature[] = [
  signature([operand("end", "timestamp"), operand("start", "timestamp")], DURATION),
  signature([operand("end", "date"), operand("start", "date")], DURATION),
];

const shifted = signature([operand("time", "temporal"), operand("duration", "duration")], { kind: "same", of: 0 });

/** Values made of values. */
export const ARITHMETIC = {
  add: {
    kind: "operator",
    words: ["+"],
    symbol: null,
    level: "+ -",
    signatures: [numbers("+"), shifted],
    missing: "missing",
    ignoringCase: false,
    doc: "The sum of two numbers, exact on integers and decimals; or a date or timestamp moved ahead by a duration.",
    example: "visits_count + 1 > 10",
  },
  subtract: {
    kind: "operator",
    words: ["-"],
    symbol: "−",
    level: "+ -",
    signatures: [numbers("-"), shifted, ...apart],
    missing: "missing",
    ignoringCase: false,
    doc: "The difference of two numbers, exact on integers and decimals; or a date or timestamp moved back by a duration; or the time between two timestamps or two dates, to compare with a duration.",
    example: "credit - 10 > 0",
  },
  multiply: {
    kind: "operator",
    words: ["*"],
    symbol: "×",
    level: "* /",
    signatures: [numbers("*")],
    missing: "missing",
    ignoringCase: false,
    doc: "The product of two numbers, exact on integers and decimals.",
    example: "credit * 2 > 100",
  },
  divide: {
    kind: "operator",
    words: ["/"],
    symbol: "÷",
    level: "* /",
    signatures: [numbers("/")],
    missing: "missing",
    ignoringCase: false,
    doc: "The quotient of two numbers, always a `float`; a division by zero is missing.",
    example: "credit / visits_count > 5",
  },
  negate: {
    kind: "operator",
    words: ["-"],
    symbol: "−",
    level: "unary minus",
    signatures: [signature([operand("number", "number")], { kind: "same", of: 0 })],
    missing: "missing",
    ignoringCase: false,
    doc: "The number with its other sign.",
    example: "credit < -10",
  },
  else: {
    kind: "operator",
    words: ["else"],
    symbol: null,
    level: "else",
    signatures: [signature([operand("value", "scalar"), operand("default", "scalar")], { kind: "joined" })],
    missing: "sees",
    ignoringCase: false,
    doc: "The value, or the default where the value is missing; beside `+ - * /` it wants parentheses.",
    example: "(visits_count else 0) < 3",
  },
} as const satisfies Record<string, Operator>;
