import { shiftDay, shiftInstant } from "../../language/meaning/calendar.ts";
import type { AggregateFn } from "../../language/meaning/ir.ts";
import type { Duration } from "../../language/model/model.ts";
import { InternalError } from "../../language/text/assert.ts";
import { FLOAT } from "../../language/types/type.ts";
import { aggregate, sumExactly } from "./arithmetic.ts";
import { type Cell, compareCells } from "./cell.ts";

/** "Elements that have an earlier one, and none within 180 d before." Equal instants are not earlier. */
export function isAfterGap(at: Cell, all: readonly Cell[], gap: Duration, zone: string): boolean {
  const earlier = all.filter((time) => compareCells(time, at) < 0);
  const back: Duration = { ...gap, amount: -gap.amount };
  const since = typeof at === "number" ? shiftDay(at, back) : shiftInstant(at as bigint, back, zone);
  return earlier.length > 0 && earlier.every((time) => compareCells(time, since) < 0);
}

/** An aggregate over "the n − 1 waits between neighbours in days", whose times these are in their order. They are added up exactly. */
export function gapAggregate(fn: AggregateFn, times: readonly Cell[]): Cell {
  const waits = times
    .slice(1)
    .map((time, at) => BigInt(time as number | bigint) - BigInt(times[at] as number | bigint));
  const unit = typeof times[0] === "number" ? 1 : DAY;
  const days = (wait: bigint): number => Number(wait) / unit;
  const total = days(sumExactly(waits));
  switch (fn) {
    case "count":
      return BigInt(waits.length);
    case "sum":
      return total;
    case "avg":
      return waits.length === 0 ? null : total / waits.length;
    case "min":
    case "max":
    case "median":
      return aggregate(fn, waits.map(days), FLOAT);
    case "distinct":
    case "share":
    case "most_frequent":
      throw new InternalError(`${fn} of gaps`);
  }
}

/** Microseconds, a number that a double holds. */
const DAY = 86_400_000_000;
