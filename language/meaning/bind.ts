import { InternalError } from "../text/assert.ts";
import { absolute, days, instants, worked } from "./bind-const.ts";
import { timesInQuestion } from "./bind-times.ts";
import { boundWindow } from "./bind-window.ts";
import { dayOf } from "./calendar.ts";
import type { Const, Origin, Value, Window } from "./ir.ts";
import type { Circumstances, Param, Program, Trait } from "./program.ts";
import { partsOfCollection, partsOfPred, partsOfRow, partsOfValue, partsOfWindow, type Rewriter } from "./traverse.ts";
import { offsetsPerZone, perZone } from "./zones.ts";

export type { Circumstances } from "./program.ts";

/**
 * The program for one as-of, zone and choice of parameters: bounds of windows become instants and days (`at`), except those that depend on
 * a row; `today`, `now`, parameters and what is worked out of them alone become constants, and every timestamp is absolute.
 */
export function bind(program: Program, circumstances: Circumstances): Program {
  const { asOf, zone } = circumstances;
  const times = timesInQuestion(program, circumstances);
  const params = new Map<string, Param>();
  for (const param of program.params.values())
    params.set(param.name, { ...param, value: absolute(circumstances.params.get(param.name) ?? param.value, zone) });
  const traits = new Map<string, Trait>();
  const by: Rewriter = {
    pred: (pred, place) => partsOfPred(pred, place, by),
    row: (row, place) => partsOfRow(row, place, by),
    collection: (collection, place) =>
      times.during(
        collection,
        () => partsOfCollection(collection, place, by),
        (window) => bindWindow(window, place),
      ),
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
        return todayIn(value.zone && bindValue(value.zone, place), value.origin, (day) => day);
      case "now":
        return instants(asOf, value.origin);
      case "since": {
        const inner = bindValue(value.value, place);
        const own = value.zone && bindValue(value.zone, place);
        if (inner.type.kind !== "date")
          return { ...value, value: inner, zone: value.unit === "day" ? null : own, now: instants(asOf, value.origin) };
        return todayIn(own, value.origin, (now) => ({ ...value, value: inner, zone: null, now }));
      }
      case "trait": {
        // A constant trait is a constant wherever there surely is a row.
        const constant = bindTrait(value.name).value;
        return constant.kind === "const" && value.row.kind === "scope"
          ? { ...constant, origin: value.origin }
          : partsOfValue(value, place, by);
      }
      case "anniversary": {
        const inner = bindValue(value.value, place);
        const own = value.zone && bindValue(value.zone, place);
        return todayIn(own, value.origin, (now) => worked({ ...value, value: inner, zone: null, now }, zone));
      }
      case "local_date":
      case "part":
        return withOffsets(worked(partsOfValue(value, place, by), zone));
      case "shift":
      case "else":
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
      case "offsets":
      case "tile":
      case "gap":
      case "group":
      case "groupAggregate":
      case "periodIndex":
        return partsOfValue(value, place, by);
    }
  }

  /** What follows from today's date, in the project's zone or in each person's. */
  function todayIn(own: Value | null, origin: Origin, of: (today: Const) => Value): Value {
    const answer = (name: string): Value => of(days(dayOf(asOf, name), origin));
    return own === null ? answer(zone) : perZone(own, zone, answer, (value) => JSON.stringify(value), origin);
  }

  /** The calendar of a person's own zone, as the offsets of all zones in the times in question. */
  function withOffsets(value: Value): Value {
    if ((value.kind !== "local_date" && value.kind !== "part") || value.zone === null) return value;
    const offsets = offsetsPerZone(value.zone, zone, times.of(value.value), value.origin);
    return offsets === null ? value : { ...value, zone: offsets };
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
    return boundWindow(partsOfWindow(window, place, by), circumstances);
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
