import type { Expr } from "../syntax/ast.ts";
import { compareText } from "../text/compare.ts";
import { isExact, isNumber } from "../types/kinds.ts";
import { compareNumbers, numberType } from "../types/number.ts";
import { printType } from "../types/print.ts";
import { DECIMAL_INTEGER_DIGITS, type ScalarType, type Type } from "../types/type.ts";
import { readLiteral, strip } from "./literal.ts";
import type { Constraint } from "./model.ts";
import type { Report } from "./report.ts";

/** What stands after the `in` of the field `name`, or null after reporting why not. Of a list field it describes each of its values. */
export function readConstraint(written: Expr, fieldType: Type, name: string, report: Report): Constraint | null {
  const type = fieldType.kind === "list" ? fieldType.of : fieldType;
  const expr = strip(written);
  if (type.kind === "error" || expr.kind === "error") return null;
  if (expr.kind !== "list" && expr.kind !== "range") {
    report("constraint-form", { name }, expr.span);
    return null;
  }
  if (!isDescribed(type) || (expr.kind === "range" && type.kind === "text")) {
    report("constraint-of-type", { type: printType(type) }, expr.span);
    return null;
  }
  const reader = { type, name, report };
  return expr.kind === "list" ? readList(expr, reader) : readRange(expr, reader);
}

interface Reader {
  readonly type: ScalarType;
  readonly name: string;
  readonly report: Report;
}

const isDescribed = (t: Type): t is ScalarType => t.kind === "text" || t.kind === "date" || isNumber(t);

function readList(expr: Extract<Expr, { kind: "list" }>, reader: Reader): Constraint | null {
  if (expr.items.length === 0) reader.report("nothing-allowed", { text: "[]" }, expr.span);
  const values = expr.items.map((item) => readValue(item, reader));
  const read = values.filter((v) => v !== null);
  return read.length === 0 || read.length < values.length ? null : { kind: "oneOf", values: [...new Set(read)] };
}

function readRange(expr: Extract<Expr, { kind: "range" }>, reader: Reader): Constraint | null {
  const from = expr.from === null ? null : readValue(expr.from, reader);
  const to = expr.to === null ? null : readValue(expr.to, reader);
  const unread = (expr.from !== null && from === null) || (expr.to !== null && to === null);
  if (unread || (from === null && to === null)) return null;
  const order = reader.type.kind === "date" ? compareText : compareNumbers;
  if (from !== null && to !== null && order(from, to) > 0) {
    reader.report("nothing-allowed", { text: `${from}..${to}` }, expr.span);
    return null;
  }
  return { kind: "range", from, to };
}

/** The canonical text of a value of the type; null after reporting that it is none. */
function readValue(written: Expr, { type, name, report }: Reader): string | null {
  const expr = strip(written);
  if (expr.kind === "error") return null;
  const literal = readLiteral(expr);
  if (literal === null) {
    report("constraint-form", { name }, expr.span);
    return null;
  }
  const fits = literal.kind === "number" ? isNumber(type) && holds(type, literal.value) : literal.kind === type.kind;
  if (fits) return literal.value;
  const text = literal.kind === "text" ? JSON.stringify(literal.value) : literal.value;
  report("constraint-value", { text, type: printType(type) }, expr.span);
  return null;
}

/** Whether a field of the number type can have the value. */
function holds(type: ScalarType, value: string): boolean {
  const own = numberType(value);
  if (own === null) return type.kind === "float";
  if (!isExact(type)) return true;
  if (type.kind === "integer") return own.kind === "integer";
  const whole = own.kind === "integer" ? value.replace("-", "").length : own.precision - own.scale;
  const fraction = own.kind === "integer" ? 0 : own.scale;
  return (
    fraction <= type.scale && (value === "0" || whole <= Math.min(type.precision - type.scale, DECIMAL_INTEGER_DIGITS))
  );
}
