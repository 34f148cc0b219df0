import { DATE, type ScalarType, TIMESTAMP } from "../types/type.ts";
import {
  civil,
  clockOf,
  DAY_MICROS,
  dayNumber,
  formatDay,
  formatInstant,
  localBoundary,
  monthLength,
  parseDay,
  parseInstant,
  periodStart,
  shiftDay,
} from "./calendar.ts";
import type { CompareOp, Const, Origin, Test, Value } from "./ir.ts";
import { turnPerZone } from "./turn-zones.ts";

/**
 * Turns a comparison of what is worked out of a column (`age(birth_date) >= 18`, `date(ordered_at) = 2026-01-31`, `year(birth_date) = 1990`) round into comparisons
 * of the column itself. Exact, also on the days when clocks change: where no plain range of the column's values answers it, it stays as it is.
 */
export interface Turned {
  /** The test holds exactly where one of these does, and its operand is missing exactly where theirs is. */
  readonly anyOf: readonly Test[];
}

/** From and to of values, both included; null is open. */
type Range = readonly [from: number | null, to: number | null];

/** Values of a column from `from` until before `to`; null is open. */
interface Stretch {
  readonly from: bigint | number | null;
  readonly to: bigint | number | null;
}

/** Further away than any two days of the years 1 to 9999 lie apart, in any unit. */
const FAR = 4_000_000;

/** Null where the test is not of this kind, or cannot be turned round. Constants stand on the right and are not missing. */
export function turn(test: Test, origin: Origin, zone: string): Turned | null {
  const value = derived(test);
  if (value === null) return null;
  const own = "zone" in value ? value.zone : null;
  if (own !== null) return turnPerZone(test, value, own, (plain, name) => turn(plain, origin, name), zone);
  const ranges = rangesOf(test);
  if (ranges === null) return null;
  const anyOf: Test[] = [];
  for (const range of ranges) {
    const stretch = stretchOf(value, range, zone);
    if (stretch === null) return null;
    anyOf.push(...testOf(value, stretch, origin));
  }
  return { anyOf };
}

type Derived = Extract<Value, { kind: "since" | "local_date" | "start_of" }> | YearOf;
type YearOf = Extract<Value, { kind: "part" }> & { readonly part: "year" };

function derived(test: Test): Derived | null {
  const value = test.kind === "compare" ? test.left : "value" in test ? test.value : null;
  switch (value?.kind) {
    case "since":
    case "local_date":
    case "start_of":
      return value;
    case "part":
      return value.part === "year" ? (value as YearOf) : null;
    default:
      return null;
  }
}

// ---- which values of the derived side answer the test -----------------------------------------------------------------

function rangesOf(test: Test): readonly Range[] | null {
  switch (test.kind) {
    case "compare": {
      const at = numberOf(test.right);
      return at === null ? null : [rangeOf(test.op, at)];
    }
    case "oneOf": {
      const options = [...new Set(test.options.map(numberOf))].sort((a, b) => (a ?? 0) - (b ?? 0));
      return options.includes(null) ? null : joined(options as number[]);
    }
    case "between": {
      const [from, to] = [test.from && numberOf(test.from), test.to && numberOf(test.to)];
      if ((test.from !== null && from === null) || (test.to !== null && to === null)) return null;
      return [[from, to === null || test.toInclusive ? to : to - 1]];
    }
    case "inWindow": {
      const { from, to } = test.window;
      if (from?.kind === "value" || to?.kind === "value") return null;
      const ends = [from, to].map((bound) => (bound?.kind === "at" ? numberOf(bound.value) : null));
      return [[ends[0] ?? null, ends[1] == null ? null : ends[1] - 1]];
    }
    case "text":
    case "known":
    case "linked":
    case "truth":
    case "exists":
    case "has":
    case "listKnown":
    case "anniversaryIn":
    case "top":
    case "bucket":
    case "stored":
    case "segment":
      return null;
  }
}

/** A whole number, or a date as its day; null for what is no such constant, or is far away. */
function numberOf(value: Value): number | null {
  if (value.kind !== "const" || value.value === null) return null;
  if (value.type.kind === "date") return parseDay(String(value.value));
  const number = value.type.kind === "integer" ? Number(value.value) : null;
  return number === null || Math.abs(number) > FAR ? null : number;
}

function rangeOf(op: CompareOp, at: number): Range {
  switch (op) {
    case "=":
      return [at, at];
    case "<":
      return [null, at - 1];
    case "<=":
      return [null, at];
    case ">":
      return [at + 1, null];
    case ">=":
      return [at, null];
  }
}

/** Neighbours become one range. */
function joined(sorted: readonly number[]): readonly Range[] {
  const ranges: [number, number][] = [];
  for (const at of sorted) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === at - 1) last[1] = at;
    else ranges.push([at, at]);
  }
  return ranges;
}

// ---- which values of the column give those ----------------------------------------------------------------------------

/** Local dates, their years and the starts of their periods grow with their instants; the time since a moment shrinks as the moment comes nearer. */
function stretchOf(value: Derived, [from, to]: Range, zone: string): Stretch | null {
  const [low, high] = [from, to === null ? null : to + 1].map((at) =>
    at === null ? { end: null } : { end: endOf(value, at, zone) },
  );
  if (low === undefined || high === undefined) return null;
  if ((from !== null && low.end === null) || (to !== null && high.end === null)) return null;
  return value.kind === "since" ? { from: high.end, to: low.end } : { from: low.end, to: high.end };
}

/** The first value of the column from which on the derived one is `at` or more (less, of the time since). */
function endOf(value: Derived, at: number, zone: string): bigint | number | null {
  switch (value.kind) {
    case "since":
      return sinceEnd(value, at, zone);
    case "local_date":
      return dayStart(at, zone);
    case "part":
      return inside(at) ? dayNumber(at, 1, 1) : null;
    case "start_of": {
      if (!inside(civil(at).year)) return null;
      const start = periodStart(value.unit, 0, at);
      return start === at ? at : periodStart(value.unit, 1, at);
    }
  }
}

/** Only well inside the years 1 to 9999, outside which constants cannot be written. */
const inside = (year: number): boolean => year > 1 && year < 9999;

/** The instant from which on the local date is `day` or later. */
function dayStart(day: number, zone: string): bigint | null {
  return inside(civil(day).year) ? localBoundary(day, 0, zone) : null;
}

/** The first value of the column for which less than `count` units have passed. */
function sinceEnd(value: Extract<Derived, { kind: "since" }>, count: number, zone: string): bigint | number | null {
  if (value.now === null || value.now.value === null) return null;
  if (value.now.type.kind === "date") {
    const now = parseDay(String(value.now.value));
    return now === null ? null : lastDay(value.unit, now, count);
  }
  const now = parseInstant(String(value.now.value), zone);
  if (now === null) return null;
  if (value.unit !== "day") return lastClock(value.unit, now, count, zone);
  const end = now - BigInt(count) * DAY_MICROS + 1n;
  return inside(clockOf(end, "UTC").year) ? end : null;
}

/** The day after the last one since which `count` units have passed. */
function lastDay(unit: "day" | "month" | "year", now: number, count: number): number | null {
  const back = shiftDay(now, { amount: -count, unit: unit === "day" ? "d" : unit === "month" ? "mo" : "y" });
  const { year, month } = civil(back);
  if (!inside(year)) return null;
  // At the end of a month all later days of a longer one have their month too: 31 January, on 28 February.
  return unit === "month" && isMonthEnd(now) ? dayNumber(year, month, monthLength(year, month)) + 1 : back + 1;
}

/** The same for clock times. Null at the end of a month, where later days of a longer one follow with their own clock times. */
function lastClock(unit: "month" | "year", now: bigint, count: number, zone: string): bigint | null {
  const clock = clockOf(now, zone);
  const today = dayNumber(clock.year, clock.month, clock.day);
  const back = shiftDay(today, { amount: -count, unit: unit === "month" ? "mo" : "y" });
  const { year, month, day } = civil(back);
  if (!inside(year)) return null;
  if (unit === "month" && isMonthEnd(today) && monthLength(year, month) > clock.day) return null;
  return day < clock.day ? localBoundary(back + 1, 0, zone) : localBoundary(back, clock.micros + 1, zone);
}

function isMonthEnd(day: number): boolean {
  const { year, month, day: dayOfMonth } = civil(day);
  return dayOfMonth === monthLength(year, month);
}

// ---- the test of the column -------------------------------------------------------------------------------------------

/** None where the stretch is empty. The time since an instant has its whole numbers at instants that belong to it: `<=` and `>` say so. */
function testOf({ kind, value }: Derived, { from, to }: Stretch, origin: Origin): readonly Test[] {
  const since = kind === "since";
  if (from === null && to === null) return [{ kind: "known", value }];
  if (from !== null && to === null) {
    if (typeof from === "bigint" && since) return [compare(value, ">", from - 1n, origin)];
    return [compare(value, ">=", from, origin)];
  }
  if (from === null && to !== null) {
    if (typeof to === "number") return [compare(value, "<=", to - 1, origin)];
    return [since ? compare(value, "<=", to - 1n, origin) : compare(value, "<", to, origin)];
  }
  if (from === null || to === null || from >= to) return [];
  const toInclusive = typeof to === "number";
  const last = typeof to === "number" ? to - 1 : to;
  return [{ kind: "between", value, from: literal(from, origin), to: literal(last, origin), toInclusive }];
}

const compare = (left: Value, op: CompareOp, right: bigint | number, origin: Origin): Test => ({
  kind: "compare",
  op,
  left,
  right: literal(right, origin),
  ignoreCase: false,
});

function literal(at: bigint | number, origin: Origin): Const {
  const type: ScalarType = typeof at === "number" ? DATE : TIMESTAMP;
  return { kind: "const", type, value: typeof at === "number" ? formatDay(at) : formatInstant(at), origin };
}
