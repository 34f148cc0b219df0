import { sql } from "kysely";
import { InternalError } from "../../language/text/assert.ts";
import type { ScalarType } from "../../language/types/type.ts";
import type { Term } from "../plan/term.ts";
import type { Emitter } from "./emitter.ts";
import { constantSql } from "./emitter.ts";
import { plain, type Sql } from "./fragment.ts";
import { termSql } from "./value.ts";

/** The type of a value of the language. */
export function scalarOf({ type }: Term): ScalarType {
  if (type.kind === "clock") throw new InternalError("a clock is no value");
  return type;
}

/** Digits after the point of an integer or decimal. */
export const scaleOf = (term: Term): number => (term.type.kind === "decimal" ? term.type.scale : 0);

/** An integer or decimal that is computed: exact, raising where it leaves its type. */
export function exactSql(by: Emitter, term: Term): Sql {
  const { decimals, checked } = by.operators.numbers;
  if (decimals.kind === "native") return nativeSql(by, term);
  const computed = scaled(by, term, scaleOf(term));
  return computed.isComputed ? checked(computed.sql) : computed.sql;
}

/** The same with so many digits after the point, where decimals are whole numbers of their smallest unit. */
export function exactAt(by: Emitter, term: Term, scale: number): Sql {
  const { decimals, checked } = by.operators.numbers;
  if (decimals.kind === "native" || scaleOf(term) === scale) return termSql(by, term);
  const computed = scaled(by, term, scale);
  return computed.isComputed ? checked(computed.sql) : computed.sql;
}

// ---- engines with decimals --------------------------------------------------------------------------------------------

function nativeSql(by: Emitter, term: Term): Sql {
  const { decimals } = by.operators.numbers;
  if (decimals.kind !== "native") return termSql(by, term);
  const isDecimal = term.type.kind === "decimal";
  switch (term.kind) {
    case "arithmetic": {
      if (!isDecimal || term.op !== "*") {
        const result = sql`(${termSql(by, term.left)} ${plain(term.op)} ${termSql(by, term.right)})`;
        return isDecimal ? decimals.cast(result, 9) : result;
      }
      const [left, right] = [narrow(term.left), narrow(term.right)];
      const product = decimals.product(termSql(by, left), scaleOf(left), termSql(by, right), scaleOf(right));
      return decimals.cast(product, 9);
    }
    case "negate":
      return sql`(-${termSql(by, term.operand)})`;
    case "widen":
      if (term.value.type.kind === "decimal") return termSql(by, term.value);
      return decimals.cast(termSql(by, term.value), scaleOf(term));
    case "else":
      return elseSql(by, term);
    default:
      return termSql(by, term);
  }
}

/** A zero needs no parameter: whoever reads it sees that it is nobody's value. */
export const elseSql = (by: Emitter, { value, fallback }: Extract<Term, { kind: "else" }>): Sql =>
  sql`coalesce(${termSql(by, value)}, ${isZero(fallback) ? plain("0") : termSql(by, fallback)})`;

const isZero = (term: Term): boolean =>
  term.kind === "constant" && (term.value === 0 || (term.value === "0" && term.type.kind !== "text"));

/** The factor as it is, not widened to the product's type: its digits after the point and those of the other are those of the product. */
function narrow(term: Term): Term {
  if (term.kind === "widen") return narrow(term.value);
  if (term.kind !== "constant" || term.type.kind !== "decimal" || term.value === null) return term;
  const fraction = (String(term.value).split(".")[1] ?? "").replace(/0+$/, "");
  return { ...term, type: { ...term.type, scale: fraction.length } };
}

// ---- engines without --------------------------------------------------------------------------------------------------

/** `isComputed`: may be a REAL where it left 64 bits. What is computed of a REAL is one too, so that it is enough to check the whole. */
interface Scaled {
  readonly sql: Sql;
  readonly isComputed: boolean;
}

function scaled(by: Emitter, term: Term, scale: number): Scaled {
  switch (term.kind) {
    case "constant":
      if (isZero(term)) return { sql: plain("0"), isComputed: false };
      return {
        sql: constantSql(by, { ...term, type: { kind: "decimal", precision: 38, scale } }),
        isComputed: false,
      };
    case "arithmetic": {
      if (term.op === "*") return scaledProduct(by, term, scale);
      const [left, right] = [scaled(by, term.left, scale), scaled(by, term.right, scale)];
      return { sql: sql`(${left.sql} ${plain(term.op)} ${right.sql})`, isComputed: true };
    }
    case "negate":
      return { sql: sql`(-${scaled(by, term.operand, scale).sql})`, isComputed: true };
    case "widen":
      return scaled(by, term.value, scale);
    case "else": {
      const [value, fallback] = [scaled(by, term.value, scale), scaled(by, term.fallback, scale)];
      return {
        sql: sql`coalesce(${value.sql}, ${fallback.sql})`,
        isComputed: value.isComputed || fallback.isComputed,
      };
    }
    default:
      return multiplied({ sql: termSql(by, term), isComputed: false }, scale - scaleOf(term));
  }
}

function scaledProduct(by: Emitter, term: Extract<Term, { kind: "arithmetic" }>, scale: number): Scaled {
  const [left, right] = [narrow(term.left), narrow(term.right)];
  const product = sql`(${scaled(by, left, scaleOf(left)).sql} * ${scaled(by, right, scaleOf(right)).sql})`;
  return multiplied({ sql: product, isComputed: true }, scale - scaleOf(left) - scaleOf(right));
}

/** By a power of ten. Going back takes away digits that are zeros. */
function multiplied(value: Scaled, power: number): Scaled {
  if (power === 0) return value;
  const factor = plain(`1${"0".repeat(Math.abs(power))}`);
  return { sql: power > 0 ? sql`(${value.sql} * ${factor})` : sql`(${value.sql} / ${factor})`, isComputed: true };
}

// ---- doubles ----------------------------------------------------------------------------------------------------------

/** A double that is computed: missing where it is not a number, or too great. */
export function floatSql(by: Emitter, term: Term): Sql {
  const raw = rawFloat(by, term);
  return exponentOf(term) !== null || term.kind === "widen" ? raw : by.operators.numbers.finite(raw);
}

/** An infinity stays one in sums, differences, products and dividends, so only whole terms and divisors are checked. */
function rawFloat(by: Emitter, term: Term): Sql {
  const { floats, toFloat } = by.operators.numbers;
  switch (term.kind) {
    case "arithmetic": {
      const left = rawFloat(by, term.left);
      const right = term.op === "/" ? termSql(by, term.right) : rawFloat(by, term.right);
      if (exponentOf(term) === null) return floats(term.op, left, right);
      return term.op === "/" ? sql`(${left} / nullif(${right}, 0))` : sql`(${left} ${plain(term.op)} ${right})`;
    }
    case "negate":
      return sql`(-${rawFloat(by, term.operand)})`;
    case "widen":
      return term.value.type.kind === "float"
        ? rawFloat(by, term.value)
        : toFloat(termSql(by, term.value), scalarOf(term.value));
    default:
      return termSql(by, term);
  }
}

/** An e with which the value is 0, missing, or between 10^-e and 10^e; null where none is known that keeps it far from the ends of doubles. */
function exponentOf(term: Term): number | null {
  switch (term.kind) {
    case "constant": {
      const size = Math.abs(Number(term.value));
      return size === 0 ? 0 : Math.ceil(Math.abs(Math.log10(size))) + 1;
    }
    case "widen":
      return term.value.type.kind === "float" ? exponentOf(term.value) : 39;
    case "negate":
      return exponentOf(term.operand);
    case "else": {
      const [value, fallback] = [exponentOf(term.value), exponentOf(term.fallback)];
      return value === null || fallback === null ? null : Math.max(value, fallback);
    }
    case "arithmetic": {
      const [left, right] = [exponentOf(term.left), exponentOf(term.right)];
      if (left === null || right === null) return null;
      // What is left of two numbers that nearly cancel is at least a last digit of theirs.
      const exponent = term.op === "*" || term.op === "/" ? left + right + 1 : Math.max(left, right) + 17;
      return exponent < 290 ? exponent : null;
    }
    default:
      return null;
  }
}
