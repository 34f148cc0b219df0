import type { Answer } from "../sql/runner.ts";

/** A whole number as engines answer it: a number where that is exact, so that counts are numbers on every engine. */
export function wholeNumber(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** Rows as `Runner.execute` answers them. */
export type Rows = readonly Readonly<Record<string, Answer>>[];
