import { sql } from "kysely";
import type { Term } from "../plan/term.ts";
import { conditionSql } from "./condition.ts";
import { constantSql, type Emitter } from "./emitter.ts";
import { joined, plain, type Sql } from "./fragment.ts";
import { scalarOf, scaleOf } from "./scale.ts";
import { termSql } from "./value.ts";

/** Integers and decimals that are computed: exact, raising where they leave their type. */

/** The term with as many digits after the point as its type says. */
export const exactSql = (by: Emitter, term: Term): Sql =>
  by.operators.numbers.decimals.kind === "native" ? nativeSql(by, term) : checkedSql(by, term, scaleOf(term));

/** The term with so many digits after the point, where decimals are whole numbers of their smallest unit; elsewhere as it is. */
export const exactAt = (by: Emitter, term: Term, scale: number): Sql =>
  by.operators.numbers.decimals.kind === "native" || scaleOf(term) === scale
    ? termSql(by, term)
    : checkedSql(by, term, scale);

/** A zero needs no parameter: whoever reads it sees that it is nobody's value. */
export const elseSql = (by: Emitter, { value, fallback, type }: Extract<Term, { kind: "else" }>): Sql =>
  sql`coalesce(${besideOthers(by, value, type)}, ${isZero(fallback) ? plain("0") : besideOthers(by, fallback, type)})`;

type If = Extract<Term, { kind: "if" }>;

/** One of two values, or of several. */
export const ifSql = (by: Emitter, term: If): Sql => caseSql(by, term, (answer) => besideOthers(by, answer, term.type));

/** A chain of `if … else if` is one `case`: SQL Server takes ten in one another. */
function caseSql(by: Emitter, term: If, answerSql: (answer: Term) => Sql): Sql {
  const whens: Sql[] = [];
  let rest: Term = term;
  for (; rest.kind === "if"; rest = rest.no)
    whens.push(sql`when ${conditionSql(by, rest.condition)} then ${answerSql(rest.yes)}`);
  return sql`case ${joined(whens, " ")} else ${answerSql(rest)} end`;
}

/**
 * One of several values, any of which may be the answer, with the digits after the point that the answer has: beside one with fewer digits DuckDB
 * rounds the other.
 */
export function besideOthers(by: Emitter, term: Term, type: Term["type"]): Sql {
  const { decimals } = by.operators.numbers;
  if (type.kind !== "decimal") return termSql(by, term);
  if (decimals.kind === "scaled") return exactAt(by, term, type.scale);
  const value = termSql(by, term);
  return writtenScale(term) === type.scale ? value : decimals.cast(value, type.scale);
}

/** The digits after the point that the term's SQL has: a decimal is not cast to a wider one. */
const writtenScale = (term: Term): number =>
  term.kind === "widen" && term.value.type.kind === "decimal" ? writtenScale(term.value) : scaleOf(term);

const isZero = (term: Term): boolean =>
  term.kind === "constant" && (term.value === 0 || (term.value === "0" && term.type.kind !== "text"));

// ---- engines with decimals --------------------------------------------------------------------------------------------

function nativeSql(by: Emitter, term: Term): Sql {
  const { decimals } = by.operators.numbers;
  if (decimals.kind === "scaled") return termSql(by, term);
  const isDecimal = term.type.kind === "decimal";
  const scale = decimals.boundsWhole === true ? scaleOf(term) : 9;
  const { wide, checked } = by.operators.numbers;
  const operand = (of: Term): Sql => wide?.(termSql(by, of), scalarOf(of)) ?? termSql(by, of);
  if (term.kind === "negate") {
    if (isDecimal || wide === undefined) return sql`(-${termSql(by, term.operand)})`;
    return checked(sql`(-${operand(term.operand)})`);
  }
  if (term.kind === "else") return elseSql(by, term);
  if (term.kind === "if") return ifSql(by, term);
  if (term.kind === "widen") {
    const value = termSql(by, term.value);
    return term.value.type.kind === "decimal" ? value : decimals.cast(value, scaleOf(term));
  }
  if (term.kind !== "arithmetic") return termSql(by, term);
  if (isDecimal && term.op === "*") {
    const [left, right] = [narrow(term.left), narrow(term.right)];
    const product = decimals.product(operand(left), scaleOf(left), operand(right), scaleOf(right));
    return decimals.cast(product, scale);
  }
  if (isDecimal && decimals.sum !== undefined && (term.op === "+" || term.op === "-"))
    return decimals.cast(decimals.sum(term.op, termSql(by, term.left), termSql(by, term.right)), 9);
  const result = sql`(${operand(term.left)} ${plain(term.op)} ${operand(term.right)})`;
  if (isDecimal) return decimals.cast(result, scale);
  return wide === undefined ? result : checked(result);
}

/** The factor as it is, not widened to the product's type: its digits after the point and those of the other are those of the product. */
function narrow(term: Term): Term {
  if (term.kind === "widen") return narrow(term.value);
  if (term.kind !== "constant" || term.type.kind !== "decimal" || term.value === null) return term;
  const fraction = (String(term.value).split(".")[1] ?? "").replace(/0+$/, "");
  return { ...term, type: { ...term.type, scale: fraction.length } };
}

// ---- engines without --------------------------------------------------------------------------------------------------

function checkedSql(by: Emitter, term: Term, scale: number): Sql {
  const { sql: value, isComputed } = scaled(by, term, scale);
  return isComputed ? by.operators.numbers.checked(value) : value;
}

/** `isComputed`: may be a REAL where it left 64 bits. What is computed of a REAL is one too, so that it is enough to check the whole. */
interface Scaled {
  readonly sql: Sql;
  readonly isComputed: boolean;
}

function scaled(by: Emitter, term: Term, scale: number): Scaled {
  if (isZero(term)) return { sql: plain("0"), isComputed: false };
  if (term.kind === "constant") {
    const constant = { ...term, type: { kind: "decimal", precision: 38, scale } } as const;
    return { sql: constantSql(by, constant), isComputed: false };
  }
  if (term.kind === "widen") return scaled(by, term.value, scale);
  if (term.kind === "negate") return { sql: sql`(-${scaled(by, term.operand, scale).sql})`, isComputed: true };
  if (term.kind === "else") {
    const [value, fallback] = [scaled(by, term.value, scale), scaled(by, term.fallback, scale)];
    return { sql: sql`coalesce(${value.sql}, ${fallback.sql})`, isComputed: value.isComputed || fallback.isComputed };
  }
  if (term.kind === "if") {
    let isComputed = false;
    const value = caseSql(by, term, (answer) => {
      const one = scaled(by, answer, scale);
      isComputed ||= one.isComputed;
      return one.sql;
    });
    return { sql: value, isComputed };
  }
  if (term.kind === "arithmetic" && term.op !== "*") {
    const [left, right] = [scaled(by, term.left, scale), scaled(by, term.right, scale)];
    return { sql: sql`(${left.sql} ${plain(term.op)} ${right.sql})`, isComputed: true };
  }
  if (term.kind === "arithmetic") {
    const [left, right] = [narrow(term.left), narrow(term.right)];
    const product = sql`(${scaled(by, left, scaleOf(left)).sql} * ${scaled(by, right, scaleOf(right)).sql})`;
    return multiplied({ sql: product, isComputed: true }, scale - scaleOf(left) - scaleOf(right));
  }
  return multiplied({ sql: termSql(by, term), isComputed: false }, scale - scaleOf(term));
}

/** By a power of ten. Going back takes away digits that are zeros. */
function multiplied(value: Scaled, power: number): Scaled {
  if (power === 0) return value;
  const factor = plain(`1${"0".repeat(Math.abs(power))}`);
  return { sql: power > 0 ? sql`(${value.sql} * ${factor})` : sql`(${value.sql} / ${factor})`, isComputed: true };
}
