import type { Value } from "../../language/meaning/ir.ts";
import { InternalError } from "../../language/text/assert.ts";
import { FLOAT, INTEGER, type ScalarType } from "../../language/types/type.ts";
import { medianTerm } from "./chosen.ts";
import { aggregateTerm } from "./collection.ts";
import type { Place } from "./place.ts";
import { entityOf, type Planner } from "./planner.ts";
import type { Term } from "./term.ts";

type OfGaps = Extract<Value, { kind: "aggregate" }> & { readonly of: Value };

/** An aggregate of the waits between elements, in days. They are added up in microseconds, exactly. */
export function gapsTerm(of: Planner, value: OfGaps, place: Place): Term {
  const aggregate = (fn: "count" | "sum" | "min" | "max"): Term =>
    aggregateTerm(of, { ...value, fn, type: INTEGER }, place);
  const { at, fields } = entityOf(of, value.collection.entity);
  const areDays = fields.get(at ?? "")?.type.kind === "date";
  const days = (wait: Term): Term => (areDays ? asFloat(wait) : quotient(asFloat(wait), 86_400_000_000));
  switch (value.fn) {
    case "count":
      return orZero(aggregate("count"), INTEGER);
    case "sum":
      return days(orZero(aggregate("sum"), INTEGER));
    case "avg": {
      const right = asFloat(aggregate("count"));
      return { kind: "arithmetic", op: "/", left: days(aggregate("sum")), right, type: FLOAT };
    }
    case "min":
    case "max":
      return days(aggregate(value.fn));
    case "median":
      return days(medianTerm(of, value, place));
    case "distinct":
    case "share":
    case "most_frequent":
      throw new InternalError(`${value.fn} of gaps`);
  }
}

const asFloat = (value: Term): Term => ({ kind: "widen", value, type: FLOAT });

const quotient = (left: Term, by: number): Term => ({
  kind: "arithmetic",
  op: "/",
  left,
  right: { kind: "constant", type: FLOAT, value: by },
  type: FLOAT,
});

const orZero = (value: Term, type: ScalarType): Term => ({
  kind: "else",
  value,
  fallback: { kind: "constant", type, value: "0" },
  type,
});
