import type { AggregateFn } from "../../language/meaning/ir.ts";
import { InternalError } from "../../language/text/assert.ts";
import type { ScalarType } from "../../language/types/type.ts";
import { type Cell, compareCells, DataProblem, DECIMAL_ONE, finite, toDouble, withinType } from "./cell.ts";

/** "`+ - *` exact on integers and decimals …; `/` is always `float`." "Arithmetic with a missing value, and division by zero, are missing." */
export function arithmetic(op: "+" | "-" | "*" | "/", left: Cell, right: Cell, type: ScalarType): Cell {
  if (left === null || right === null) return null;
  if (type.kind === "float") return finite(onDoubles(op, left as number, right as number));
  return withinType(onExact(op, left as bigint, right as bigint, type), type);
}

function onDoubles(op: "+" | "-" | "*" | "/", left: number, right: number): number {
  switch (op) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
  }
}

function onExact(op: "+" | "-" | "*" | "/", left: bigint, right: bigint, type: ScalarType): bigint {
  switch (op) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*": {
      if (type.kind === "integer") return left * right;
      const product = left * right;
      if (product % DECIMAL_ONE !== 0n) throw new DataProblem("A product has more than 9 digits after the point.");
      return product / DECIMAL_ONE;
    }
    case "/":
      throw new InternalError("a division that is not of floats");
  }
}

/** "Numbers widen integer → decimal → float; beside a `float` the other side becomes its nearest double." */
export function widen(value: Cell, from: ScalarType, to: ScalarType): Cell {
  if (value === null || from.kind === to.kind) return value;
  return to.kind === "float" ? toDouble(value, from) : (value as bigint) * DECIMAL_ONE;
}

/**
 * An aggregate other than `count` and `share` over the values of the elements, all of type `of`.
 * "`count`, `sum`, `distinct` are 0; `avg min max … share` are missing. Missing values inside a collection are skipped."
 */
export function aggregate(fn: Exclude<AggregateFn, "count" | "share">, values: readonly Cell[], of: ScalarType): Cell {
  const known = values.filter((value) => value !== null);
  switch (fn) {
    case "distinct":
      return BigInt(new Set(known).size);
    case "sum":
      // "`sum` keeps the type"
      return of.kind === "float" ? finite(sumOfDoubles(known)) : withinType(sumExactly(known), of);
    case "avg":
      // "`avg` is the exact sum as a double over the count."
      if (known.length === 0) return null;
      return finite((of.kind === "float" ? sumOfDoubles(known) : toDouble(sumExactly(known), of)) / known.length);
    case "median": {
      // "The nearest rank (the lower middle of an even number)."
      const sorted = [...known].sort(compareCells);
      return sorted[Math.ceil(sorted.length / 2) - 1] ?? null;
    }
    case "most_frequent":
      return mostFrequent(known);
    case "min":
    case "max": {
      const sign = fn === "min" ? 1 : -1;
      return known.reduce<Cell>(
        (best, value) => (best === null || sign * compareCells(value, best) < 0 ? value : best),
        null,
      );
    }
  }
}

/** "`most_frequent` by the least value." */
function mostFrequent(known: readonly Cell[]): Cell {
  const times = new Map<Cell, number>();
  for (const value of known) times.set(value, (times.get(value) ?? 0) + 1);
  const most = Math.max(...times.values());
  return [...times.keys()].filter((value) => times.get(value) === most).sort(compareCells)[0] ?? null;
}

const sumOfDoubles = (values: readonly Cell[]): number =>
  values.reduce<number>((sum, value) => sum + (value as number), 0);
/** The sum of known integers or decimals. */
export const sumExactly = (values: readonly Cell[]): bigint =>
  values.reduce<bigint>((sum, value) => sum + (value as bigint), 0n);
