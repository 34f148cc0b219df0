import {
  dayOf,
  formatDay,
  formatInstant,
  parseInstant,
  periodStart,
  shiftDay,
  shiftInstant,
  startOfDay,
} from "../../../language/meaning/calendar.ts";
import type { Duration } from "../../../language/model/model.ts";
import type { Rng } from "./rng.ts";

/** Values worth meeting: the edges of what the segments of one case ask for, and what engines are known to differ on. */
export interface Pools {
  readonly text: readonly string[];
  /** Also what only data may hold: outside of every declared list. */
  readonly dirtyText: readonly string[];
  readonly integer: readonly string[];
  readonly decimal: readonly string[];
  readonly float: readonly string[];
  /** Also what only data may hold: not a number, infinities. */
  readonly dirtyFloat: readonly (number | string)[];
  readonly date: readonly string[];
  /** `YYYY-MM-DDTHH:MM:SS.ffffffZ`. */
  readonly timestamp: readonly string[];
  readonly durations: readonly Duration[];
}

export const TEXTS: readonly string[] = [
  "EU",
  "US",
  "eu",
  "",
  "é",
  "a ",
  "a",
  "A",
  "😀",
  "\uffee",
  "'; drop table customers; --",
  "\\' or 1=1 --",
  "100%_",
];

const DURATIONS: readonly Duration[] = [
  { amount: 15, unit: "min" },
  { amount: 24, unit: "h" },
  { amount: 1, unit: "d" },
  { amount: 7, unit: "d" },
  { amount: 30, unit: "d" },
  { amount: 90, unit: "d" },
  { amount: 6, unit: "w" },
  { amount: 1, unit: "mo" },
  { amount: 3, unit: "mo" },
  { amount: 1, unit: "q" },
  { amount: 1, unit: "y" },
];

export const INSTANTS = [
  "2026-06-30T00:00:00Z",
  "2026-03-29T22:00:00Z",
  "2026-03-30T10:17:23.000001Z",
  "2026-10-25T23:30:00Z",
  "2024-02-29T12:00:00Z",
  "2025-02-28T23:59:59.999999Z",
  "2026-01-01T00:30:00Z",
  "2026-11-01T05:31:00Z",
  "2026-08-31T12:00:00Z",
  "1998-10-25T03:00:00Z",
];

export const ZONES = ["UTC", "Europe/Berlin", "America/St_Johns"];

/** The pools of one as-of and zone; a few durations are chosen, and instants stand on both sides of all their edges. */
export function pools(r: Rng, asOfText: string, zone: string): Pools {
  const asOf = parseInstant(asOfText, zone) as bigint;
  const today = dayOf(asOf, zone);
  const durations = Array.from({ length: 4 }, () => r.pick(DURATIONS));
  const edges: bigint[] = [asOf, startOfDay(today, zone), startOfDay(today + 1, zone), startOfDay(today - 1, zone)];
  const days: number[] = [today, today - 1, today + 1];
  for (const d of durations) {
    const back = shiftInstant(asOf, { amount: -d.amount, unit: d.unit }, zone);
    const ahead = shiftInstant(asOf, d, zone);
    edges.push(back, ahead);
    days.push(dayOf(back, zone), dayOf(ahead, zone));
  }
  for (const unit of ["week", "month", "quarter", "year"] as const) {
    const offset = r.below(4) - 2;
    const start = periodStart(unit, offset, today);
    edges.push(startOfDay(start, zone));
    days.push(start);
  }
  days.push(
    shiftDay(today, { amount: -18, unit: "y" }),
    shiftDay(today, { amount: -30, unit: "y" }),
    shiftDay(today, { amount: -1, unit: "mo" }),
  );
  const leap = [
    parseInstant("2024-02-29T11:00:00Z", "UTC") as bigint,
    parseInstant("2020-02-29T00:00:00Z", "UTC") as bigint,
  ];
  return {
    text: TEXTS,
    dirtyText: ["MARS", "Eu", " EU", "e\u0301", "line\nbreak"],
    integer: ["-1", "0", "1", "2", "3", "5", "10", "17", "18", "30", "9007199254740993"],
    decimal: ["-1.5", "0", "0.1", "0.25", "1", "2.5", "10", "10.01", "99.99"],
    float: ["-1", "-0.25", "0", "0.25", "0.5", "1", "1.5", "2", "10", "100"],
    dirtyFloat: ["NaN", "Infinity", "-Infinity"],
    date: [...new Set(days.flatMap((d) => [d - 1, d, d + 1]))]
      .map(formatDay)
      .concat(["2024-02-29", "2008-02-29", "2000-03-01"]),
    timestamp: [...new Set([...edges.flatMap((t) => [t - 1n, t, t + 1n]), ...leap])].map(formatInstant),
    durations,
  };
}
