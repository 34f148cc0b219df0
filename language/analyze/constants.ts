import type { Expr } from "../syntax/ast.ts";
import { numberType, plainNumber } from "../types/number.ts";
import { BOOLEAN, DATE, type ScalarType, TEXT, TIMESTAMP } from "../types/type.ts";
import { strip } from "./context.ts";

/** A plain value as written: the same for everybody. `value` is as in `Const` of the IR, a number as its canonical text. */
export interface Constant {
  readonly type: ScalarType;
  readonly value: string | boolean;
}

/** The plain value that an expression is; null for everything else, and for numbers with more digits than the language has. */
export function constantOf(expr: Expr): Constant | null {
  const bare = strip(expr);
  switch (bare.kind) {
    case "text":
      return { type: TEXT, value: bare.value };
    case "boolean":
      return { type: BOOLEAN, value: bare.value };
    case "date":
      return { type: DATE, value: bare.value };
    case "timestamp":
      return { type: TIMESTAMP, value: bare.value };
    case "number":
      return numberConstant(bare.text, bare.percent, false);
    case "negate": {
      const operand = strip(bare.operand);
      return operand.kind === "number" ? numberConstant(operand.text, operand.percent, true) : null;
    }
    default:
      return null;
  }
}

function numberConstant(text: string, percent: boolean, negative: boolean): Constant | null {
  const value = plainNumber(text, percent, negative);
  const type = numberType(value);
  return type === null ? null : { type, value };
}
