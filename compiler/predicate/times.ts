import {
  type Clock,
  civil,
  clockOf,
  DAY_MICROS,
  dayOf,
  floorDivide,
  monthLength,
  periodStart,
  returnIn,
  shiftInstant,
  startOfDay,
  zoneOf,
} from "../../language/meaning/calendar.ts";
import type { Bound, Const, Value, Window, Zone } from "../../language/meaning/ir.ts";
import type { Circumstances } from "../../language/meaning/program.ts";
import { type Cell, compareCells } from "./cell.ts";
import type { Element } from "./chains.ts";

type Scope = readonly Element[];

/** Windows and calendars, for the interpreter. */
export interface Times {
  /** The name of the zone whose calendar is meant: "each person's own zone; the project's where missing or unknown". */
  zone(zone: Zone, scope: Scope): string;
  /** "From ≤ t < to." Null where t or a bound is missing. */
  within(cell: Cell, window: Window, scope: Scope): boolean | null;
  /** The end of a window that has one. */
  end(window: Window, scope: Scope): Cell;
  /** Whether a yearly return after the day lies in the window; null where a bound is missing. */
  hasReturnIn(day: number, window: Window, scope: Scope): boolean | null;
  /** Whole units from a date or timestamp until now, or until the bound `now`. */
  since(value: Extract<Value, { kind: "since" }>, then: Cell, scope: Scope): Cell;
}

/** `evaluate` answers values where a scope stands, `constantOf` constants. */
export function timesOf(
  { asOf, zone: project }: Circumstances,
  evaluate: (value: Value, scope: Scope) => Cell,
  constantOf: (node: Const) => Cell,
): Times {
  const zone = (own: Zone, scope: Scope): string =>
    own === null ? project : zoneOf(evaluate(own.kind === "offsets" ? own.zone : own, scope) as string | null, project);

  /** "Windows are half open: from ≤ t < to." "A missing bound, or from ≥ to, holds nothing." Null where t or a bound is missing. */
  function within(cell: Cell, window: Window, scope: Scope): boolean | null {
    const from = window.from === null ? "open" : { end: edge(window.from, window, scope) };
    const to = window.to === null ? "open" : { end: edge(window.to, window, scope) };
    if (cell === null || (from !== "open" && from.end === null) || (to !== "open" && to.end === null)) return null;
    return (from === "open" || compareCells(from.end, cell) <= 0) && (to === "open" || compareCells(cell, to.end) < 0);
  }

  /** Return by return: the first one after `day` that is not before the window decides. */
  function hasReturnIn(day: number, window: Window, scope: Scope): boolean | null {
    const from = window.from === null ? "open" : { end: edge(window.from, window, scope) };
    if (from !== "open" && from.end === null) return null;
    const earliest = from === "open" ? day + 1 : (from.end as number);
    let year = Math.max(civil(day).year + 1, civil(earliest).year);
    while (returnIn(year, day) < earliest) year++;
    return within(returnIn(year, day), window, scope);
  }

  /** A bound as an instant for timestamps; "a `date` value is held against the local dates of a rolling window's ends". */
  function edge(bound: Bound, window: Window, scope: Scope): Cell {
    const { target } = window;
    const local = zone(window.zone, scope);
    switch (bound.kind) {
      // "From as-of − 90 d to as-of"; "`mo q y` are calendar steps in the project's zone, clamped to the end of the month".
      case "asOf": {
        const instant = shiftInstant(asOf, bound.shift, local);
        return target === "timestamp" ? instant : dayOf(instant, local);
      }
      // "Calendar periods; weeks start on Monday."
      case "calendar": {
        const day = periodStart(bound.unit, bound.offset, dayOf(asOf, local));
        return target === "timestamp" ? startOfDay(day, local) : day;
      }
      // "A range of two dates includes both days; beside a timestamp, a date end means the day's start at `from`, its end at `to`."
      case "value": {
        const cell = evaluate(bound.value, scope);
        if (cell === null) return null;
        if (bound.value.type.kind === "timestamp") return target === "timestamp" ? cell : dayOf(cell as bigint, local);
        const day = (cell as number) + (bound.edge === "end" ? 1 : 0);
        return target === "timestamp" ? startOfDay(day, local) : day;
      }
      case "at":
        return constantOf(bound.value);
    }
  }

  /** "The greatest whole n, possibly negative, with t + n units ≤ now (today for dates; a day of timestamps is 24 h)." */
  function since(value: Extract<Value, { kind: "since" }>, then: Cell, scope: Scope): Cell {
    const { unit, now: bound } = value;
    const local = zone(value.zone, scope);
    if (typeof then === "number") {
      const now = bound === null ? dayOf(asOf, local) : (constantOf(bound) as number);
      if (unit === "day") return BigInt(now - then);
      return wholeUnits(unit, { ...civil(then), micros: 0 }, { ...civil(now), micros: 0 });
    }
    const now = bound === null ? asOf : (constantOf(bound) as bigint);
    if (unit === "day") return floorDivide(now - (then as bigint), DAY_MICROS);
    return wholeUnits(unit, clockOf(then as bigint, local), clockOf(now, local));
  }

  const end = (window: Window, scope: Scope): Cell => window.to && edge(window.to, window, scope);
  return { zone, within, end, hasReturnIn, since };
}

/** Whole months or years between two clock times. Months clamp to the end of the month; years count 29 February on 1 March. */
function wholeUnits(unit: "month" | "year", then: Clock, now: Clock): bigint {
  if (unit === "month") {
    const months = (now.year - then.year) * 12 + now.month - then.month;
    const day = Math.min(then.day, monthLength(now.year, now.month));
    return BigInt(day > now.day || (day === now.day && then.micros > now.micros) ? months - 1 : months);
  }
  const monthDay = then.month * 100 + then.day - (now.month * 100 + now.day);
  const years = now.year - then.year;
  return BigInt(monthDay > 0 || (monthDay === 0 && then.micros > now.micros) ? years - 1 : years);
}
