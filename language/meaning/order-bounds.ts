import type { CalendarUnit, Duration } from "../model/model.ts";
import { parseDay, parseInstant } from "./calendar.ts";
import type { Bound, Const, Value, Window } from "./ir.ts";
import { keyOf } from "./key.ts";

/**
 * The order of bounds of windows for every as-of and every zone: only what always holds. Lengths are in days; clocks that change, and zones that
 * leave a day out, move a calendar bound by two days at most.
 */

/** Where a bound lies, seen from a point that another one may be seen from too. */
interface Position {
  readonly from: string;
  /** Days after that point, at least and at most. */
  readonly least: number;
  readonly most: number;
}

const SLACK = 2;

/** Whether `a` is never later than `b`. */
export function isNotAfter(a: Bound, b: Bound): boolean {
  const like = alike(a, b);
  if (like !== null) return like <= 0;
  const [x, y] = [positionOf(a), positionOf(b)];
  return x !== null && y !== null && x.from === y.from && x.most <= y.least;
}

/** Whether `a` is always earlier than `b`. */
export function isBefore(a: Bound, b: Bound): boolean {
  const like = alike(a, b);
  if (like !== null) return like < 0;
  const [x, y] = [positionOf(a), positionOf(b)];
  return x !== null && y !== null && x.from === y.from && x.most < y.least;
}

/** Whether a window holds every day of the year, whenever it is asked: it is open, or a year long at least. */
export function spansAYear({ from, to }: Window): boolean {
  if (from === null || to === null) return true;
  if (from.kind === "asOf" && to.kind === "asOf") {
    const [start, end] = [lengthOf(from.shift), lengthOf(to.shift)];
    if (start.months !== null && end.months !== null) return end.months - start.months >= 12;
  }
  if (from.kind === "calendar" && to.kind === "calendar" && from.unit === to.unit)
    return (to.offset - from.offset) * SHORTEST[from.unit] >= 365 && (from.unit === "year" || from.unit === "day");
  const [x, y] = [positionOf(from), positionOf(to)];
  return x !== null && y !== null && x.from === y.from && y.least - x.most >= 366;
}

/** Compares bounds that are counted in the same steps from the same point; null of others. */
function alike(a: Bound, b: Bound): number | null {
  if (a.kind === "asOf" && b.kind === "asOf") return compareShifts(a.shift, b.shift);
  if (a.kind === "calendar" && b.kind === "calendar") return a.unit === b.unit ? a.offset - b.offset : null;
  if (a.kind !== "value" || b.kind !== "value") return null;
  const [x, y] = [movedValue(a.value), movedValue(b.value)];
  if (keyOf(x.value) !== keyOf(y.value) || x.value.kind === "const") return null;
  const order = x.by === null && y.by === null ? 0 : compareShifts(x.by ?? NONE, y.by ?? NONE);
  // The end of a day is later than its start; of a day and a later one, no sooner.
  const edges = (a.edge === "end" ? 1 : 0) - (b.edge === "end" ? 1 : 0);
  if (order === null || edges === 0 || order === 0) return order === 0 ? edges : order;
  return Math.sign(order) === Math.sign(edges) ? order : null;
}

const NONE: Duration = { amount: 0, unit: "d" };

/** A value and by how much it is moved. */
function movedValue(value: Value): { readonly value: Value; readonly by: Duration | null } {
  return value.kind === "shift" ? { value: value.value, by: value.by } : { value, by: null };
}

const EXACT: Readonly<Partial<Record<Duration["unit"], number>>> = { min: 1 / 1440, h: 1 / 24, d: 1, w: 7 };
const MONTHS: Readonly<Partial<Record<Duration["unit"], number>>> = { mo: 1, q: 3, y: 12 };

/** Null where one is counted in days and the other in months, and neither is certainly longer. */
function compareShifts(a: Duration, b: Duration): number | null {
  const [x, y] = [lengthOf(a), lengthOf(b)];
  if (x.months !== null && y.months !== null) return x.months - y.months;
  if (x.least === x.most && y.least === y.most) return x.least - y.least;
  return x.most < y.least ? -1 : x.least > y.most ? 1 : null;
}

/** A duration in days; of whole months, in months too. */
function lengthOf({ amount, unit }: Duration): {
  readonly least: number;
  readonly most: number;
  readonly months: number | null;
} {
  const exact = EXACT[unit];
  if (exact !== undefined) return { least: amount * exact, most: amount * exact, months: amount === 0 ? 0 : null };
  const months = amount * (MONTHS[unit] as number);
  if (months === 0) return { least: 0, most: 0, months };
  const days = months * 30.436875;
  return { least: days - 3 - SLACK, most: days + 3 + SLACK, months };
}

const LONGEST: Readonly<Record<CalendarUnit, number>> = { day: 1, week: 7, month: 31, quarter: 92, year: 366 };
const SHORTEST: Readonly<Record<CalendarUnit, number>> = { day: 1, week: 7, month: 28, quarter: 90, year: 365 };

function positionOf(bound: Bound): Position | null {
  switch (bound.kind) {
    case "asOf": {
      const { least, most } = lengthOf(bound.shift);
      return { from: "as-of", least, most };
    }
    case "calendar": {
      const { unit, offset } = bound;
      // The start of this period lies at or before as-of, by less than its length.
      if (offset <= 0) {
        const most = offset === 0 ? 0 : offset * SHORTEST[unit] + SLACK;
        return { from: "as-of", least: (offset - 1) * LONGEST[unit] - SLACK, most };
      }
      const least = offset === 1 ? 0 : (offset - 1) * SHORTEST[unit] - SLACK;
      return { from: "as-of", least, most: offset * LONGEST[unit] + SLACK };
    }
    case "at":
      return constant(bound.value, 0);
    case "value":
      return ofValue(bound.value, bound.edge === "end" ? 1 : 0);
  }
}

function ofValue(value: Value, end: number): Position | null {
  if (value.kind === "const") return constant(value, end);
  const { value: inner, by } = movedValue(value);
  const { least, most } = by === null ? { least: 0, most: 0 } : lengthOf(by);
  const isDate = value.type.kind === "date";
  if (inner.kind === "now") return { from: "as-of", least, most };
  if (inner.kind === "today" && inner.zone === null)
    return { from: "as-of", least: least + end - 1 - SLACK, most: most + end + (end === 0 ? 0 : SLACK) };
  if (inner.kind === "const") {
    const at = constant(inner, end);
    return at === null ? null : { ...at, least: at.least + least, most: at.most + most };
  }
  const slack = isDate ? SLACK : 0;
  return { from: keyOf(inner), least: least + (isDate ? end : 0) - slack, most: most + (isDate ? end : 0) + slack };
}

/** A day's start, or an instant. A clock time of the zone may be a day off. */
function constant({ type, value }: Const, end: number): Position | null {
  const text = String(value);
  if (value === null) return null;
  if (type.kind === "date") {
    const day = parseDay(text);
    return day === null ? null : { from: "date", least: day + end, most: day + end };
  }
  const micros = parseInstant(text, "UTC");
  if (micros === null) return null;
  const days = Number(micros) / 86_400_000_000;
  const slack = text.endsWith("Z") ? 0 : 1;
  return { from: "instant", least: days - slack, most: days + slack };
}
