import type { Expr } from "../syntax/ast.ts";
import { plainNumber } from "../types/number.ts";

/** A value that is written out; `value` is canonical text. */
export interface Literal {
  readonly kind: "text" | "number" | "date" | "timestamp" | "boolean";
  readonly value: string;
}

/** The value that an expression writes out (a number with its sign); null for every other expression. */
export function readLiteral(written: Expr): Literal | null {
  const expr = strip(written);
  if (expr.kind === "number") return { kind: "number", value: plainNumber(expr.text, expr.percent, false) };
  if (expr.kind === "negate") {
    const operand = strip(expr.operand);
    return operand.kind === "number"
      ? { kind: "number", value: plainNumber(operand.text, operand.percent, true) }
      : null;
  }
  if (expr.kind === "text" || expr.kind === "date" || expr.kind === "timestamp")
    return { kind: expr.kind, value: expr.value };
  return expr.kind === "boolean" ? { kind: "boolean", value: String(expr.value) } : null;
}

/** The expression without the parentheses around it. */
export function strip(expr: Expr): Expr {
  let inner = expr;
  while (inner.kind === "paren") inner = inner.inner;
  return inner;
}
