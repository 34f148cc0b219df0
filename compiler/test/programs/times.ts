import { dayOf, shiftInstant, startOfDay } from "../../../language/meaning/calendar.ts";
import type { Duration } from "../../../language/model/model.ts";
import type { Rng } from "../random/rng.ts";

/** Instants a whole number of units away from as-of, a little before and after those, and where days begin and clocks change. */
export function timesAround(r: Rng, now: bigint, zone: string): readonly bigint[] {
  const shifts: readonly Duration[] = [
    { amount: 0, unit: "d" },
    { amount: -1, unit: "d" },
    { amount: 1, unit: "d" },
    { amount: -1, unit: "w" },
    { amount: -1, unit: "mo" },
    { amount: -2, unit: "mo" },
    { amount: -3, unit: "mo" },
    { amount: 1, unit: "mo" },
    { amount: -1, unit: "y" },
    { amount: -2, unit: "y" },
    { amount: 1, unit: "y" },
  ];
  const near = shifts
    .map((by) => shiftInstant(now, by, zone))
    .flatMap((time) => {
      const day = dayOf(time, zone);
      const starts = [-3, -2, -1, 0, 1, 2, 3].map((by) => startOfDay(day + by, zone));
      return [time, time, ...starts, ...starts.map((start) => start + (time - startOfDay(day, zone)))];
    });
  const minutes = [0n, 0n, 0n, -1n, 1n, 60_000_000n, -60_000_000n, 1_800_000_000n, 3_600_000_000n, -3_600_000_000n];
  return near.map((time) => time + r.pick(minutes));
}
