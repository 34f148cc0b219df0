import { DATE, INTEGER } from "../types/type.ts";
import { civil, dayNumber, formatDay, monthLength, parseDay, shiftDay } from "./calendar.ts";
import type { Const, Origin, Pred, Test, Value, Window } from "./ir.ts";

/** Days of the year from `from` to `to`, both included, as month * 100 + day. */
type Stretch = readonly [from: number, to: number];

const FEBRUARY_28 = 228;
const FEBRUARY_29 = 229;

/**
 * That a yearly return after a date lies in a bound window, as comparisons of the date and of its day of the year; null where the window is not bound to days.
 * A date before the window has a return in it where the window covers its day of the year; the first return of a later one is a year after it.
 */
export function anniversaryWithin(value: Value, { from, to }: Window, origin: Origin): Pred | null {
  const [first, end] = [from === null ? null : dayAt(from), to === null ? null : dayAt(to)];
  if (first === "unknown" || end === "unknown") return null;
  const test = (of: Test): Pred => ({ kind: "test", test: of, origin });
  const compare = (left: Value, op: "<" | ">=", right: Value): Pred =>
    test({ kind: "compare", op, left, right, ignoreCase: false });
  // Returns go on for ever.
  if (end === null) return test({ kind: "known", value });
  const year: Value = { kind: "shift", value, by: { amount: 1, unit: "y" }, zone: null, type: DATE, origin };
  const returnsBefore = compare(year, "<", dayConst(end, origin));
  if (first === null) return returnsBefore;
  if (first >= end) return { kind: "always", value: false, origin };
  const dayOfYear = sum(part("month", value, origin), part("day", value, origin), origin);
  const covered = coveredBy(first, end).map(([start, last]): Pred => {
    const bound = (at: number): Const => ({ kind: "const", type: INTEGER, value: String(at), origin });
    return test({ kind: "between", value: dayOfYear, from: bound(start), to: bound(last), toInclusive: true });
  });
  const before: Pred = compare(value, "<", dayConst(first, origin));
  const early: Pred = { kind: "and", items: [before, { kind: "or", items: covered, origin }], origin };
  if (shiftDay(first, { amount: 1, unit: "y" }) >= end) return early;
  const late: Pred = { kind: "and", items: [compare(value, ">=", dayConst(first, origin)), returnsBefore], origin };
  return { kind: "or", items: [early, late], origin };
}

/** The days of the year on which somebody has a return from `first` until before `end`. */
function coveredBy(first: number, end: number): readonly Stretch[] {
  const last = end - 1;
  if (last - first >= 366) return [[101, 1231]];
  const stretches: Stretch[] = [];
  for (let { year } = civil(first); year <= civil(last).year; year++) {
    const from = monthDay(Math.max(first, dayNumber(year, 1, 1)));
    const to = monthDay(Math.min(last, dayNumber(year, 12, 31)));
    // In a common year those of the 29th return on the 28th.
    const isShort = monthLength(year, 2) === 28 && to === FEBRUARY_28;
    stretches.push([from, isShort ? FEBRUARY_29 : to]);
  }
  const [early, late] = stretches;
  return early !== undefined && late !== undefined && late[1] >= early[0] - 1 ? [[101, 1231]] : stretches;
}

function monthDay(day: number): number {
  const date = civil(day);
  return date.month * 100 + date.day;
}

function dayAt(bound: NonNullable<Window["from"]>): number | "unknown" {
  return (bound.kind === "at" ? parseDay(String(bound.value.value)) : null) ?? "unknown";
}

const dayConst = (day: number, origin: Origin): Const => ({ kind: "const", type: DATE, value: formatDay(day), origin });

const part = (of: "month" | "day", value: Value, origin: Origin): Value => ({
  kind: "part",
  part: of,
  value,
  zone: null,
  type: INTEGER,
  origin,
});

/** month * 100 + day */
function sum(month: Value, day: Value, origin: Origin): Value {
  const hundred: Const = { kind: "const", type: INTEGER, value: "100", origin };
  const months: Value = { kind: "arithmetic", op: "*", left: month, right: hundred, type: INTEGER, origin };
  return { kind: "arithmetic", op: "+", left: months, right: day, type: INTEGER, origin };
}
