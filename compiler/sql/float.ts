import { sql } from "kysely";
import type { Term } from "../plan/term.ts";
import type { Emitter } from "./emitter.ts";
import { plain, type Sql } from "./fragment.ts";
import { scalarOf } from "./scale.ts";
import { termSql } from "./value.ts";

/** A double that is computed: missing where it is not a number, or too great. */
export function floatSql(by: Emitter, term: Term): Sql {
  const raw = rawFloat(by, term);
  return exponentOf(term) !== null || term.kind === "widen" ? raw : by.operators.numbers.finite(raw);
}

/** An infinity stays one in sums, differences, products and dividends, so only whole terms and divisors are checked. */
function rawFloat(by: Emitter, term: Term): Sql {
  const { floats, toFloat } = by.operators.numbers;
  if (term.kind === "negate") return sql`(-${rawFloat(by, term.operand)})`;
  if (term.kind === "widen") {
    if (term.value.type.kind === "float") return rawFloat(by, term.value);
    return toFloat(termSql(by, term.value), scalarOf(term.value));
  }
  if (term.kind !== "arithmetic") return termSql(by, term);
  const left = rawFloat(by, term.left);
  const right = term.op === "/" ? termSql(by, term.right) : rawFloat(by, term.right);
  if (exponentOf(term) === null) return floats(term.op, left, right);
  return term.op === "/" ? sql`(${left} / nullif(${right}, 0))` : sql`(${left} ${plain(term.op)} ${right})`;
}

/** Exact numbers have at most 38 digits, 9 of them after the point. */
const EXACT = 39;

/** Doubles end at about 10^308 and 10^-308. */
const FAR = 290;

/** An e with which the value is 0, missing, or between 10^-e and 10^e; null where none is known that keeps it far from the ends of doubles. */
function exponentOf(term: Term): number | null {
  if (term.kind === "constant") {
    const size = Math.abs(Number(term.value));
    return size === 0 ? 0 : Math.ceil(Math.abs(Math.log10(size))) + 1;
  }
  if (term.kind === "widen") return term.value.type.kind === "float" ? exponentOf(term.value) : EXACT;
  if (term.kind === "negate") return exponentOf(term.operand);
  if (term.kind === "else") {
    const [value, fallback] = [exponentOf(term.value), exponentOf(term.fallback)];
    return value === null || fallback === null ? null : Math.max(value, fallback);
  }
  if (term.kind === "if") {
    const [yes, no] = [exponentOf(term.yes), exponentOf(term.no)];
    return yes === null || no === null ? null : Math.max(yes, no);
  }
  if (term.kind !== "arithmetic") return null;
  const [left, right] = [exponentOf(term.left), exponentOf(term.right)];
  if (left === null || right === null) return null;
  // What is left of two numbers that nearly cancel is at least a last digit of theirs.
  const exponent = term.op === "*" || term.op === "/" ? left + right + 1 : Math.max(left, right) + 17;
  return exponent < FAR ? exponent : null;
}
