import type { Bound, Window } from "../../language/meaning/ir.ts";
import { InternalError } from "../../language/text/assert.ts";
import { DATE, TIMESTAMP } from "../../language/types/type.ts";
import { constant } from "./constant.ts";
import type { Handle, Place } from "./place.ts";
import { entityOf, type Planner } from "./planner.ts";
import { type Condition, type Constant, compare, known, type Term } from "./term.ts";

/** That an event lies in a window: what its visibility says already is left out. */
export function windowConditions(of: Planner, place: Place, event: Handle, window: Window): readonly Condition[] {
  const { at, scheduled } = entityOf(of, event.entity);
  if (at === null) throw new InternalError(`${event.entity} has no time`);
  const now = window.target === "date" ? of.today : of.asOf;
  return withinWindow(of, place, event.field(at), window).filter((condition) => scheduled || !isBefore(condition, now));
}

function isBefore(condition: Condition, now: Constant): boolean {
  if (condition.kind !== "atom" || condition.atom.kind !== "compare") return false;
  const { op, right } = condition.atom;
  return op === "<" && right.kind === "constant" && right.value === now.value;
}

/** That a date or timestamp lies in a window, from ≤ t < to: all of these. */
export function withinWindow(of: Planner, place: Place, value: Term, window: Window): readonly Condition[] {
  const conditions: Condition[] = [];
  if (window.from !== null) conditions.push(compare(value, ">=", edge(of, place, window.from, window.target)));
  if (window.to !== null) conditions.push(compare(value, "<", edge(of, place, window.to, window.target)));
  return conditions.length === 0 ? [known(value)] : conditions;
}

/** A bound as an instant beside a timestamp, as a day beside a date. */
export function edge(of: Planner, place: Place, bound: Bound, target: "date" | "timestamp"): Term {
  switch (bound.kind) {
    case "at":
      return constant(bound.value);
    case "value": {
      if (bound.value.type.kind === "timestamp" && target === "date")
        return { kind: "dayOf", value: of.clock(bound.value, place), type: DATE };
      const value = of.term(bound.value, place);
      if (bound.value.type.kind === "timestamp") return value;
      const day: Term =
        bound.edge === "start" ? value : { kind: "shift", value, by: { unit: "day", amount: 1 }, type: DATE };
      return target === "date" ? day : { kind: "startOfDay", value: day, type: TIMESTAMP };
    }
    case "asOf":
    case "calendar":
      throw new InternalError("a window that is not bound");
  }
}
