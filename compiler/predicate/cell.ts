import { formatDay, formatInstant } from "../../language/meaning/calendar.ts";
import { InternalError } from "../../language/text/assert.ts";
import { compareText } from "../../language/text/compare.ts";
import { INTEGER_MAX, INTEGER_MIN } from "../../language/types/number.ts";
import type { ScalarType } from "../../language/types/type.ts";

/**
 * A value in memory, by its type: text a string, boolean itself, integer a bigint, decimal a bigint of 10^-9 units, float a finite number,
 * date a number of days and timestamp a bigint of microseconds since 1970, list an array. Missing is null.
 */
export type Cell = string | boolean | bigint | number | readonly Cell[] | null;

/** The data, not the program, is wrong, and the run stops: a plain sentence that says where. */
export class DataProblem extends Error {
  override readonly name = "DataProblem";
}

/** "A snapshot that is not yet taken is an error that says so." */
export const notTaken = (snapshot: string): DataProblem =>
  new DataProblem(`The snapshot \`${snapshot}\` has not been taken yet.`);

/** Units of a decimal in one whole. */
export const DECIMAL_ONE = 1_000_000_000n;
const DECIMAL_END = 10n ** 38n;

/** Plain decimal text as 10^-9 units; null where it is not that, or needs more than 29 digits before the point or 9 after. */
export function parseDecimal(text: string): bigint | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return null;
  const fraction = match[3] ?? "";
  if (!/^0*$/.test(fraction.slice(9))) return null;
  const units = BigInt(match[2] as string) * DECIMAL_ONE + BigInt(fraction.slice(0, 9).padEnd(9, "0"));
  if (units >= DECIMAL_END) return null;
  return match[1] === "-" ? -units : units;
}

/** Plain decimal text as a signed 64 bit integer; null where it is not that. */
export function parseInteger(text: string): bigint | null {
  if (!/^-?\d+$/.test(text)) return null;
  const value = BigInt(text);
  return value < INTEGER_MIN || value > INTEGER_MAX ? null : value;
}

/** NaN and the infinities are missing. */
export const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** A result of exact arithmetic on integers or decimals, where it fits its type. Throws `DataProblem` where it does not. */
export function withinType(value: bigint, type: ScalarType): bigint {
  if (type.kind === "integer") {
    if (value < INTEGER_MIN || value > INTEGER_MAX)
      throw new DataProblem(`The number ${value} does not fit into 64 bits.`);
    return value;
  }
  if (value <= -DECIMAL_END || value >= DECIMAL_END)
    throw new DataProblem(`The number ${value / DECIMAL_ONE} has more than 29 digits before the point.`);
  return value;
}

/** The double nearest to `numerator / denominator` (ties to even), for a positive denominator and results of ordinary size. */
export function nearestDouble(numerator: bigint, denominator: bigint): number {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const shift = BigInt(64 + 4 * (denominator.toString(16).length - magnitude.toString(16).length));
  const [dividend, divisor] = shift >= 0n ? [magnitude << shift, denominator] : [magnitude, denominator << -shift];
  // At least 60 bits; the last stands for all that follow, so that Number() rounds once and rightly.
  const quotient = (dividend / divisor) | (dividend % divisor === 0n ? 0n : 1n);
  const value = Number(quotient) / 2 ** Number(shift);
  return numerator < 0n ? -value : value;
}

/** A known integer, decimal or float as the nearest double. */
export function toDouble(value: Cell, type: ScalarType): number {
  if (type.kind === "integer") return Number(value as bigint);
  return type.kind === "decimal" ? nearestDouble(value as bigint, DECIMAL_ONE) : (value as number);
}

/** Negative, zero or positive as `a` stands before, with or after `b`, two known values of one type: text by code point, false before true. */
export function compareCells(a: Cell, b: Cell): number {
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  if (a === null || b === null || typeof a === "object" || typeof b === "object")
    throw new InternalError("cells without an order");
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A known key as the text that names a row outside: integers plain decimal, dates and timestamps ISO. */
export function keyText(key: Cell, type: ScalarType): string {
  switch (type.kind) {
    case "date":
      return formatDay(key as number);
    case "timestamp":
      return formatInstant(key as bigint);
    case "decimal":
      return decimalText(key as bigint);
    case "text":
    case "boolean":
    case "integer":
    case "float":
      return String(key);
  }
}

/** 10^-9 units as the shortest plain decimal text. */
export function decimalText(units: bigint): string {
  const magnitude = units < 0n ? -units : units;
  const fraction = String(magnitude % DECIMAL_ONE)
    .padStart(9, "0")
    .replace(/0+$/, "");
  const whole = `${units < 0n ? "-" : ""}${magnitude / DECIMAL_ONE}`;
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

/** "`… ignoring case` ignores the case of A–Z only." */
export function fold(value: Cell, ignoreCase: boolean): Cell {
  if (!ignoreCase || typeof value !== "string") return value;
  return value.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32));
}
