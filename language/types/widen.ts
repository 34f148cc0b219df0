import { isNumber } from "./kinds.ts";
import {
  BOOLEAN,
  DATE,
  DECIMAL_FRACTION_DIGITS,
  DECIMAL_INTEGER_DIGITS,
  decimal,
  FLOAT,
  INTEGER,
  type ScalarType,
  TEXT,
  TIMESTAMP,
  type Type,
} from "./type.ts";

/** Digits before and after the point that hold every value of an exact number type; 64 bits need 19. */
function digits(t: Extract<ScalarType, { kind: "integer" | "decimal" }>): {
  readonly whole: number;
  readonly fraction: number;
} {
  return t.kind === "integer" ? { whole: 19, fraction: 0 } : { whole: t.precision - t.scale, fraction: t.scale };
}

/** The decimal of so many digits, or null where more than 9 after the point are needed. More than 29 before it are left to the run. */
function decimalOf(whole: number, fraction: number): ScalarType | null {
  if (fraction > DECIMAL_FRACTION_DIGITS) return null;
  return decimal(Math.min(whole, DECIMAL_INTEGER_DIGITS) + fraction, fraction);
}

/**
 * The smallest number type that holds both: integer → decimal → float; decimals join to the larger number of digits on each side of the point.
 * Null where one of them is no number.
 */
export function widen(a: Type, b: Type): ScalarType | null {
  if (!isNumber(a) || !isNumber(b)) return null;
  if (a.kind === "float" || b.kind === "float") return FLOAT;
  if (a.kind === "integer" && b.kind === "integer") return INTEGER;
  const x = digits(a);
  const y = digits(b);
  return decimalOf(Math.max(x.whole, y.whole), Math.max(x.fraction, y.fraction));
}

/**
 * The type in which two values are compared: numbers widen, a timestamp beside a date becomes its local date, else both must be of one kind.
 * Null where they do not meet (text never meets a number).
 */
export function comparable(a: Type, b: Type): ScalarType | null {
  if (isNumber(a)) return widen(a, b);
  if (a.kind === "text" && b.kind === "text") return TEXT;
  if (a.kind === "boolean" && b.kind === "boolean") return BOOLEAN;
  if (a.kind === "timestamp" && b.kind === "timestamp") return TIMESTAMP;
  if ((a.kind === "date" || a.kind === "timestamp") && (b.kind === "date" || b.kind === "timestamp")) return DATE;
  return null;
}

/**
 * The type of `a op b` over numbers. `/` is float; `+ - *` are exact on integers and decimals. Null where one is no number, or where an exact
 * result needs more than 9 digits after the point (an error of the text, told apart by `isNumber` of both).
 */
export function arithmeticType(op: "+" | "-" | "*" | "/", a: Type, b: Type): ScalarType | null {
  if (!isNumber(a) || !isNumber(b)) return null;
  if (op === "/" || a.kind === "float" || b.kind === "float") return FLOAT;
  if (a.kind === "integer" && b.kind === "integer") return INTEGER;
  const x = digits(a);
  const y = digits(b);
  if (op === "*") return decimalOf(x.whole + y.whole, x.fraction + y.fraction);
  return decimalOf(Math.max(x.whole, y.whole) + 1, Math.max(x.fraction, y.fraction));
}

/** The type of a sum: the summed kind, a decimal with all 29 digits before the point, since many small ones may need them. Null for no number. */
export function sumType(t: Type): ScalarType | null {
  if (!isNumber(t)) return null;
  return t.kind === "decimal" ? decimal(DECIMAL_INTEGER_DIGITS + t.scale, t.scale) : t;
}
