import { compareText } from "../text/compare.ts";
import { compareNumbers, INTEGER_MAX, INTEGER_MIN, plainNumber } from "../types/number.ts";
import { DECIMAL_FRACTION_DIGITS, DECIMAL_INTEGER_DIGITS, type ScalarType } from "../types/type.ts";
import type { CompareOp, Const, Value, Window } from "./ir.ts";

/** What follows from constants alone, after `bind`. Nothing is worked out here that an engine would round otherwise, or refuse. */

/** Whether `left op right`, two known constants of one type. */
export function compareConstants(op: CompareOp, left: Const, right: Const, ignoreCase: boolean): boolean {
  const order = orderOf(left, right, ignoreCase);
  switch (op) {
    case "=":
      return order === 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

function orderOf(left: Const, right: Const, ignoreCase: boolean): number {
  switch (left.type.kind) {
    // Days and instants are written so that their texts have their order.
    case "text":
    case "date":
    case "timestamp":
      return compareText(foldCase(String(left.value), ignoreCase), foldCase(String(right.value), ignoreCase));
    case "integer":
    case "decimal":
      return compareNumbers(String(left.value), String(right.value));
    case "boolean":
    case "float":
      return Number(left.value) - Number(right.value);
  }
}

/** `ignoring case` is about A to Z only. */
export function foldCase(text: string, ignoreCase: boolean): string {
  return ignoreCase ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text;
}

/** `holds nothing` where no value can lie in it, `holds all` where every known value does; else null. */
export function verdictOn({ from, to }: Window): "holds nothing" | "holds all" | null {
  if (from === null && to === null) return "holds all";
  const ends = [from, to].map((bound) => (bound?.kind === "at" ? bound.value : null));
  if (ends.some((end) => end !== null && end.value === null)) return "holds nothing";
  const [start, end] = ends;
  return start && end && !compareConstants("<", start, end, false) ? "holds nothing" : null;
}

/** A value whose parts are folded already, folded itself. */
export function foldValue(value: Value): Value {
  switch (value.kind) {
    case "aggregate":
      return value.collection.steps.some((step) => step.kind === "where" && isNever(step.cond))
        ? ofNothing(value)
        : value;
    case "arithmetic":
      return foldArithmetic(value);
    case "negate":
      return value.operand.kind === "const" ? negated(value, value.operand) : value;
    case "else":
      return foldElse(value);
    case "widen": {
      const inner = value.value;
      if (inner.kind === "const") return { ...widened(inner, value.type), origin: value.origin };
      if (inner.kind === "widen") return foldValue({ ...value, value: inner.value });
      return inner.kind === "when"
        ? { ...inner, value: foldValue({ ...value, value: inner.value }), type: value.type }
        : value;
    }
    case "if":
      if (value.cond.kind !== "always") return value;
      return value.cond.value ? value.yes : value.no;
    case "when": {
      if (value.cond.kind !== "always") return value;
      return value.cond.value ? value.value : missing(value);
    }
    case "const":
    case "param":
    case "field":
    case "trait":
    case "local_date":
    case "shift":
    case "today":
    case "now":
    case "since":
    case "function":
    case "json":
    case "part":
    case "start_of":
    case "elapsed":
    case "anniversary":
    case "zoned":
    case "offsets":
    case "tile":
    case "gap":
    case "group":
    case "groupAggregate":
    case "periodIndex":
    case "condition":
      return value;
  }
}

const isNever = (cond: { readonly kind: string; readonly value?: unknown }): boolean =>
  cond.kind === "always" && cond.value === false;
const missing = (value: Value): Const => ({ kind: "const", type: value.type, value: null, origin: value.origin });

function ofNothing(value: Extract<Value, { kind: "aggregate" }>): Const {
  if (value.fn !== "count" && value.fn !== "sum" && value.fn !== "distinct") return missing(value);
  return { ...missing(value), value: value.type.kind === "float" ? 0 : "0" };
}

function foldElse(value: Extract<Value, { kind: "else" }>): Value {
  const { value: first, fallback } = value;
  if (first.kind === "const") return first.value === null ? fallback : first;
  if (first.kind === "condition" || (first.kind === "aggregate" && first.fn === "count")) return first;
  return fallback.kind === "const" && fallback.value === null ? first : value;
}

function foldArithmetic(value: Extract<Value, { kind: "arithmetic" }>): Value {
  const { left, right, op, type } = value;
  if ((left.kind === "const" && left.value === null) || (right.kind === "const" && right.value === null))
    return missing(value);
  if (op === "/" && right.kind === "const" && right.value === 0) return missing(value);
  if (left.kind !== "const" || right.kind !== "const" || type.kind === "float" || op === "/") return value;
  const [a, b] = [unitsOf(left), unitsOf(right)];
  const product = a * b;
  if (op === "*" && product % ONE !== 0n) return value;
  const units = op === "+" ? a + b : op === "-" ? a - b : product / ONE;
  return constantOf(units, value) ?? value;
}

function negated(value: Value, operand: Const): Value {
  if (operand.value === null) return missing(value);
  if (value.type.kind === "float") return { ...missing(value), value: -Number(operand.value) };
  return constantOf(-unitsOf(operand), value) ?? value;
}

function widened(inner: Const, type: ScalarType): Const {
  if (type.kind !== "float" || inner.value === null) return { ...inner, type };
  const double = Number(inner.value);
  return { ...inner, type, value: Number.isFinite(double) ? double : null };
}

const ONE = 10n ** BigInt(DECIMAL_FRACTION_DIGITS);
const DECIMAL_END = 10n ** BigInt(DECIMAL_INTEGER_DIGITS + DECIMAL_FRACTION_DIGITS);

/** An exact number as billionths. */
function unitsOf(constant: Const): bigint {
  const [whole = "", fraction = ""] = String(constant.value).split(".");
  return BigInt(whole + fraction.slice(0, DECIMAL_FRACTION_DIGITS).padEnd(DECIMAL_FRACTION_DIGITS, "0"));
}

/** Null where it does not fit the value's type: then the run says so. */
function constantOf(units: bigint, value: Value): Const | null {
  const fits =
    value.type.kind === "integer"
      ? units >= INTEGER_MIN * ONE && units <= INTEGER_MAX * ONE
      : units > -DECIMAL_END && units < DECIMAL_END;
  if (!fits) return null;
  const digits = String(units < 0n ? -units : units).padStart(DECIMAL_FRACTION_DIGITS + 1, "0");
  const text = `${digits.slice(0, -DECIMAL_FRACTION_DIGITS)}.${digits.slice(-DECIMAL_FRACTION_DIGITS)}`;
  return { ...missing(value), value: plainNumber(text, false, units < 0n) };
}
