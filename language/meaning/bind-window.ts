import { InternalError } from "../text/assert.ts";
import { DATE, TIMESTAMP } from "../types/type.ts";
import { dayIn, days, instantIn, instants } from "./bind-const.ts";
import { dayOf, parseInstant, periodStart, shiftInstant, startOfDay } from "./calendar.ts";
import type { Bound, Const, Value, Window } from "./ir.ts";
import type { Circumstances } from "./program.ts";
import { constantPerZone, inZone } from "./zones.ts";

/** The window, whose values are bound, with instants and days as bounds, except those that depend on a row: only these keep its zone. */
export function boundWindow(window: Window, { asOf, zone: project }: Circumstances): Window {
  const { target, zone, origin } = window;

  function boundOf(bound: Bound | null): Bound | null {
    if (bound === null || bound.kind === "at" || dependsOnRow(bound)) return bound;
    if (zone === null && !(bound.kind === "value" && bound.value.kind === "zoned"))
      return { kind: "at", value: edge(bound, project) };
    const own = zone ?? (bound.kind === "value" && bound.value.kind === "zoned" ? bound.value.zone : null);
    if (own === null) throw new InternalError("a bound of no zone");
    const value = constantPerZone(own, project, (name) => edge(bound, zone === null ? project : name, name), origin);
    return value.kind === "const" ? { kind: "at", value } : { kind: "value", value, edge: "start" };
  }

  /** The bound by the calendar of a zone; `person` is the zone whose constant is meant. */
  function edge(bound: Exclude<Bound, { kind: "at" }>, name: string, person = name): Const {
    switch (bound.kind) {
      case "asOf": {
        const moved = shiftInstant(asOf, bound.shift, name);
        return target === "date" ? days(dayOf(moved, name), origin) : instants(moved, origin);
      }
      case "calendar": {
        const first = periodStart(bound.unit, bound.offset, dayOf(asOf, name));
        return target === "date" ? days(first, origin) : instants(startOfDay(first, name), origin);
      }
      case "value":
        return edgeOf(constantIn(bound.value, person), bound.edge, target, name);
    }
  }

  const [from, to] = [boundOf(window.from), boundOf(window.to)];
  const needsZone = [from, to].some((bound) => bound !== null && dependsOnRow(bound) && isOtherType(bound, target));
  return { ...window, from, to, zone: needsZone ? zone : null };
}

const dependsOnRow = (bound: Bound): boolean =>
  bound.kind === "value" && bound.value.kind !== "const" && bound.value.kind !== "zoned";

/** A date beside timestamps, or a timestamp beside dates: whose calendar makes one of the other. */
const isOtherType = (bound: Bound, target: Window["target"]): boolean =>
  bound.kind === "value" && bound.value.type.kind !== target;

function constantIn(value: Value, zone: string): Const {
  const constant = inZone(value, zone);
  if (constant.kind !== "const") throw new InternalError(`${constant.kind} is no constant`);
  return constant;
}

/** A constant bound as what the target is held against: a date as bound of instants is its local start, or its end. */
function edgeOf(value: Const, edge: "start" | "end", target: "date" | "timestamp", zone: string): Const {
  const type = target === "date" ? DATE : TIMESTAMP;
  if (value.value === null) return { ...value, type };
  if (value.type.kind === "timestamp") {
    return target === "timestamp" ? value : days(dayOf(instantIn(value, zone), zone), value.origin);
  }
  const day = dayIn(value) + (edge === "start" ? 0 : 1);
  return target === "date" ? days(day, value.origin) : instants(startOfDay(day, zone), value.origin);
}

/** From the first to the last instant of two bounds of instants, as far as they are known beforehand: the widest of all zones. */
export function instantsOf({ target, from, to }: Window): readonly [bigint | null, bigint | null] {
  if (target === "date") return [null, null];
  return [extreme(from, (a, b) => a < b), extreme(to, (a, b) => a > b)];
}

function extreme(bound: Bound | null, isWider: (a: bigint, b: bigint) => boolean): bigint | null {
  const value = bound?.kind === "at" || (bound?.kind === "value" && bound.value.kind === "zoned") ? bound.value : null;
  if (value === null) return null;
  const constants = value.kind === "zoned" ? [value.otherwise, ...value.groups.map((group) => group.value)] : [value];
  let widest: bigint | null = null;
  for (const constant of constants) {
    const at = constant.kind === "const" ? parseInstant(String(constant.value), "UTC") : null;
    if (at === null) return null;
    if (widest === null || isWider(at, widest)) widest = at;
  }
  return widest;
}
