import type { Collection, Row } from "../../language/meaning/ir.ts";
import { INTEGER, type ScalarType } from "../../language/types/type.ts";
import { aggregated, column, expose, rankNames } from "./builder.ts";
import { valueTerm } from "./chosen.ts";
import { conditionsOf, shape } from "./element-stages.ts";
import { elementsOf, joinTo } from "./elements.ts";
import { type Handle, handleThrough, type Place } from "./place.ts";
import type { Aggregate } from "./plan.ts";
import type { Planner } from "./planner.ts";
import { orderOf } from "./rows.ts";
import { type Asked, heightOf } from "./scopes.ts";
import { type Condition, type Constant, known, type Term } from "./term.ts";

/** What an aggregate of a collection is at a place: a column of a relation that is grouped by whose elements they are. Missing where there are none. */
export function aggregateTerm(
  of: Planner,
  asked: Asked & { readonly fn: Aggregate["fn"]; readonly type: ScalarType },
  place: Place,
): Term {
  // Aggregates of one height share a relation; what they ask of their elements lies lower, so that no relation reads itself.
  const elements = elementsOf(of, asked, place, `group ${heightOf(of.program, asked, of.heights)}`);
  const inner = elements.stage.place;
  const value = asked.of === null ? null : valueTerm(of, { ...asked, of: asked.of }, elements.stage);
  const isCount = asked.fn === "count";
  const aggregate: Aggregate = {
    kind: "aggregate",
    fn: asked.fn,
    filter: [...conditionsOf(of, elements.steps, elements.stage), ...(isCount && value !== null ? [known(value)] : [])],
    of: isCount ? null : value,
    share: asked.cond === null ? null : { kind: "and", items: of.conditions(asked.cond, inner) },
    type: asked.type,
  };
  inner.relation.groupBy = [elements.owner];
  return aggregated(inner.relation, joinTo(place, elements), aggregate, asked.type);
}

/** That a collection has an element at a place. */
export function anyElement(of: Planner, collection: Collection, place: Place): Condition {
  const count = aggregateTerm(of, { collection, of: null, cond: null, fn: "count", type: INTEGER }, place);
  return { kind: "atom", atom: { kind: "any", count }, negated: false };
}

/** How many elements a collection has at a place, 0 where there are none. */
export function countTerm(of: Planner, collection: Collection, place: Place): Term {
  const count = aggregateTerm(of, { collection, of: null, cond: null, fn: "count", type: INTEGER }, place);
  return { kind: "else", value: count, fallback: ZERO, type: INTEGER };
}

const ZERO: Constant = { kind: "constant", type: INTEGER, value: "0" };

/** The first or last element of a collection at a place. */
export function pickHandle(of: Planner, row: Extract<Row, { kind: "pick" }>, place: Place): Handle {
  const asked: Asked = { collection: row.collection, of: null, cond: null };
  const elements = elementsOf(of, asked, place, `${row.which} ${shape(row.collection.steps)}`);
  const { relation, rows } = elements.stage.place;
  const element = rows.get(row.collection.depth) as Handle;
  if (relation.rank === null) {
    relation.filter.push(...conditionsOf(of, elements.steps, elements.stage));
    const orderBy = orderOf(of, element, row.which === "first" ? "ascending" : "descending");
    const keep = { kind: "first", n: 1 } as const;
    relation.rank = { ...rankNames(relation), partitionBy: [elements.owner], orderBy, keep };
  }
  const alias = joinTo(place, elements);
  return {
    ...handleThrough(relation, alias, element),
    id: alias,
    present: column(alias, expose(relation, elements.owner, "owner"), elements.owner.type),
  };
}
