import { DECIMAL_FRACTION_DIGITS, DECIMAL_INTEGER_DIGITS, decimal, INTEGER, type ScalarType } from "./type.ts";

/** The bounds of a signed 64 bit integer. */
export const INTEGER_MIN = -(2n ** 63n);
export const INTEGER_MAX = 2n ** 63n - 1n;

/** A number as digits: `units` of 10^-scale, `scale` as small as it can be. */
interface Digits {
  readonly units: bigint;
  readonly scale: number;
}

function digitsOf(text: string): Digits {
  const negative = text.startsWith("-");
  const [whole = "", fraction = ""] = (negative ? text.slice(1) : text).split(".");
  const kept = withoutTrailingZeros(fraction);
  const units = BigInt(`${whole}${kept}` === "" ? "0" : `${whole}${kept}`);
  return { units: negative ? -units : units, scale: kept.length };
}

/** By hand, for a pattern that is anchored at the end alone would look at a long row of zeros once per zero. */
function withoutTrailingZeros(fraction: string): string {
  let end = fraction.length;
  while (end > 0 && fraction.charCodeAt(end - 1) === 48) end--;
  return fraction.slice(0, end);
}

function plain({ units, scale }: Digits): string {
  if (scale === 0) return units.toString();
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/**
 * The canonical text of a number literal (`text` as in the AST: digits with at most one point): no needless zeros, no `-0`, a percent as a hundredth of it.
 * It fits the decimals of the language where `numberType` answers a type.
 */
export function plainNumber(text: string, percent: boolean, negative: boolean): string {
  const { units, scale } = digitsOf(text);
  const meant = percent ? digitsOf(plain({ units, scale: scale + 2 })) : { units, scale };
  return plain(negative ? { ...meant, units: -meant.units } : meant);
}

/**
 * The type of a canonical number text: an integer where it is whole and fits 64 bits, else the smallest decimal. Null where it needs more than
 * 29 digits before the point or 9 after it.
 */
export function numberType(text: string): Extract<ScalarType, { kind: "integer" | "decimal" }> | null {
  const { units, scale } = digitsOf(text);
  if (scale === 0 && units >= INTEGER_MIN && units <= INTEGER_MAX) return INTEGER as { kind: "integer" };
  const size = (units < 0n ? -units : units).toString().length;
  const whole = Math.max(size - scale, 0);
  if (whole > DECIMAL_INTEGER_DIGITS || scale > DECIMAL_FRACTION_DIGITS) return null;
  return decimal(Math.max(whole + scale, 1), scale) as { kind: "decimal"; precision: number; scale: number };
}

/** Below 0, 0 or above 0, as the number `a` is less than, equal to or greater than `b`; exact. */
export function compareNumbers(a: string, b: string): number {
  const x = digitsOf(a);
  const y = digitsOf(b);
  const scale = Math.max(x.scale, y.scale);
  const left = x.units * 10n ** BigInt(scale - x.scale);
  const right = y.units * 10n ** BigInt(scale - y.scale);
  return left < right ? -1 : left > right ? 1 : 0;
}
