import { InternalError, notYet } from "../text/assert.ts";
import { DATE, type ScalarType, TIMESTAMP } from "../types/type.ts";
import {
  dayOf,
  formatDay,
  formatInstant,
  hourOf,
  nextReturn,
  parseDay,
  parseInstant,
  partOf,
  periodStart,
  shiftDay,
  shiftInstant,
  startOfDay,
} from "./calendar.ts";
import type { Bound, Const, Origin, Value, Window } from "./ir.ts";
import type { Circumstances, Param, Program, Trait } from "./program.ts";
import { partsOfCollection, partsOfPred, partsOfRow, partsOfValue, partsOfWindow, type Rewriter } from "./traverse.ts";

export type { Circumstances } from "./program.ts";

/**
 * The program for one as-of, zone and choice of parameters: bounds of windows become instants and days (`at`), except those that depend on
 * a row; `today`, `now`, parameters and what is worked out of them alone become constants, and every timestamp is absolute.
 */
export function bind(program: Program, circumstances: Circumstances): Program {
  const { asOf, zone } = circumstances;
  const today = dayOf(asOf, zone);
  const params = new Map<string, Param>();
  for (const param of program.params.values())
    params.set(param.name, { ...param, value: absolute(circumstances.params.get(param.name) ?? param.value, zone) });
  const traits = new Map<string, Trait>();
  const by: Rewriter = {
    pred: (pred, place) => partsOfPred(pred, place, by),
    row: (row, place) => partsOfRow(row, place, by),
    collection: (collection, place) => partsOfCollection(collection, place, by),
    value: bindValue,
    window: bindWindow,
  };

  function bindValue(value: Value, place: number): Value {
    switch (value.kind) {
      case "const":
        return absolute(value, zone);
      case "param": {
        const param = params.get(value.name);
        if (param === undefined) throw new InternalError(`no parameter ${value.name}`);
        return { ...param.value, type: value.type, origin: value.origin };
      }
      case "today":
        if (value.zone !== null) return notYet("zone");
        return { kind: "const", type: DATE, value: formatDay(today), origin: value.origin };
      case "now":
        return { kind: "const", type: TIMESTAMP, value: formatInstant(asOf), origin: value.origin };
      case "since": {
        const now = value.value.type.kind === "date" ? days(today, value.origin) : instants(asOf, value.origin);
        return { ...value, value: bindValue(value.value, place), now };
      }
      case "trait": {
        // A constant trait is a constant wherever there surely is a row.
        const constant = bindTrait(value.name).value;
        return constant.kind === "const" && value.row.kind === "scope"
          ? { ...constant, origin: value.origin }
          : partsOfValue(value, place, by);
      }
      case "anniversary":
        return worked({ ...value, value: bindValue(value.value, place), now: days(today, value.origin) }, zone);
      case "shift":
      case "local_date":
      case "else":
      case "part":
      case "start_of":
      case "elapsed":
        return worked(partsOfValue(value, place, by), zone);
      case "field":
      case "aggregate":
      case "arithmetic":
      case "negate":
      case "widen":
      case "condition":
      case "when":
      case "if":
      case "function":
      case "json":
      case "zoned":
      case "tile":
      case "gap":
      case "group":
      case "groupAggregate":
      case "periodIndex":
        return partsOfValue(value, place, by);
    }
  }

  function bindTrait(name: string): Trait {
    const bound = traits.get(name);
    if (bound !== undefined) return bound;
    const trait = program.traits.get(name);
    if (trait === undefined) throw new InternalError(`no trait ${name}`);
    const answer = { ...trait, value: bindValue(trait.value, 0) };
    traits.set(name, answer);
    return answer;
  }

  function bindWindow(window: Window, place: number): Window {
    const inner = partsOfWindow(window, place, by);
    const bound = (old: Bound | null) => old && bindBound(old, window);
    return { ...inner, from: bound(inner.from), to: bound(inner.to) };
  }

  function bindBound(bound: Bound, { target, origin }: Window): Bound {
    switch (bound.kind) {
      case "asOf": {
        const moved = shiftInstant(asOf, bound.shift, zone);
        return { kind: "at", value: target === "date" ? days(dayOf(moved, zone), origin) : instants(moved, origin) };
      }
      case "calendar": {
        const first = periodStart(bound.unit, bound.offset, today);
        return {
          kind: "at",
          value: target === "date" ? days(first, origin) : instants(startOfDay(first, zone), origin),
        };
      }
      case "value":
        return bound.value.kind === "const" ? { kind: "at", value: bindEdge(bound.value, bound.edge, target) } : bound;
      case "at":
        return bound;
    }
  }

  /** A constant bound as what the target is held against: a date as bound of instants is its local start, or its end. */
  function bindEdge(value: Const, edge: "start" | "end", target: "date" | "timestamp"): Const {
    const type = target === "date" ? DATE : TIMESTAMP;
    if (value.value === null) return { ...value, type };
    if (value.type.kind === "timestamp") {
      return target === "timestamp" ? value : days(dayOf(instantIn(value, zone), zone), value.origin);
    }
    const day = dayIn(value) + (edge === "start" ? 0 : 1);
    return target === "date" ? days(day, value.origin) : instants(startOfDay(day, zone), value.origin);
  }

  for (const name of program.traits.keys()) bindTrait(name);
  return {
    ...program,
    params,
    traits,
    filters: new Map([...program.filters].map(([name, filter]) => [name, by.pred(filter, 0)])),
    segments: new Map(
      [...program.segments].map(([name, segment]) => [name, { ...segment, condition: by.pred(segment.condition, 0) }]),
    ),
  };
}

/** What stands over constants alone, as a constant. */
function worked(value: Value, zone: string): Value {
  if (value.kind === "else") {
    if (value.value.kind !== "const") return value;
    return value.value.value === null ? value.fallback : value.value;
  }
  if (value.kind === "elapsed") return elapsed(value, zone);
  if (!isOverOne(value) || value.value.kind !== "const") return value;
  const { value: inner, type, origin } = value;
  if (inner.value === null) return { ...inner, type, origin };
  if (value.kind === "anniversary") {
    return value.now === null ? value : days(nextReturn(dayIn(inner), dayIn(value.now)), origin);
  }
  if (value.kind === "start_of") return days(periodStart(value.unit, 0, dayIn(inner)), origin);
  if (value.kind === "part") {
    const part = value.part === "hour" ? hourOf(instantIn(inner, zone), zone) : partOf(value.part, dayIn(inner));
    return literal(type, String(part), origin);
  }
  if (value.kind === "local_date") return days(dayOf(instantIn(inner, zone), zone), origin);
  if (inner.type.kind === "date") return days(shiftDay(dayIn(inner), value.by), origin);
  return instants(shiftInstant(instantIn(inner, zone), value.by, zone), origin);
}

function elapsed(value: Extract<Value, { kind: "elapsed" }>, zone: string): Value {
  const { from, to, type, origin } = value;
  if (from.kind !== "const" || to.kind !== "const") return value;
  if (from.value === null || to.value === null) return { kind: "const", type, value: null, origin };
  const isDays = from.type.kind === "date";
  const length = isDays ? dayIn(to) - dayIn(from) : instantIn(to, zone) - instantIn(from, zone);
  return literal(type, String(length), origin);
}

const OVER_ONE = ["shift", "local_date", "part", "start_of", "anniversary"] as const;

const isOverOne = (value: Value): value is Extract<Value, { kind: (typeof OVER_ONE)[number] }> =>
  (OVER_ONE as readonly string[]).includes(value.kind);

/** A timestamp that is a clock time of the zone as the instant it means; other constants as they are. */
function absolute(constant: Const, zone: string): Const {
  if (constant.type.kind !== "timestamp" || constant.value === null) return constant;
  return { ...constant, value: formatInstant(instantIn(constant, zone)) };
}

const days = (day: number, origin: Origin): Const => literal(DATE, formatDay(day), origin);
const instants = (micros: bigint, origin: Origin): Const => literal(TIMESTAMP, formatInstant(micros), origin);
const literal = (type: ScalarType, value: string, origin: Origin): Const => ({ kind: "const", type, value, origin });

function dayIn(constant: Const): number {
  const day = parseDay(String(constant.value));
  if (day === null) throw new InternalError(`not a date: ${constant.value}`);
  return day;
}

function instantIn(constant: Const, zone: string): bigint {
  const micros = parseInstant(String(constant.value), zone);
  if (micros === null) throw new InternalError(`not a timestamp: ${constant.value}`);
  return micros;
}
