import type { Value } from "../../language/meaning/ir.ts";
import { InternalError } from "../../language/text/assert.ts";
import { INTEGER } from "../../language/types/type.ts";
import { addRelation, column, expose, rankNames } from "./builder.ts";
import { conditionsOf, type Stage, shape } from "./element-stages.ts";
import { type AskedElements, elementsOf, joinTo } from "./elements.ts";
import type { Place } from "./place.ts";
import { once, type Planner } from "./planner.ts";
import type { Asked } from "./scopes.ts";
import { known, type Term } from "./term.ts";

/** The middle one of the known values of a collection's elements at a place, the lower of two; missing where there are none. */
export function medianTerm(of: Planner, asked: Asked & { readonly of: Value }, place: Place): Term {
  const { elements, value } = valuesOf(of, "median", asked, place);
  const { relation } = elements.stage.place;
  if (relation.rank === null) {
    const orderBy = [{ term: value, isKnown: true, descending: false }];
    relation.rank = { ...rankNames(relation), partitionBy: [elements.owner], orderBy, keep: { kind: "middle" } };
  }
  return column(joinTo(place, elements), expose(relation, value, "median"), value.type);
}

/** The known value that most of a collection's elements have, the least of several; missing where there are none. */
export function mostFrequentTerm(of: Planner, asked: Asked & { readonly of: Value }, place: Place): Term {
  const { elements, value } = valuesOf(of, "values", asked, place);
  const { relation } = elements.stage.place;
  const partitionBy = [elements.owner, value];
  const [owner, held, times] = [
    expose(relation, elements.owner, "owner"),
    expose(relation, value, "value"),
    expose(relation, { kind: "windowed", fn: "count", of: null, partitionBy, orderBy: [] }, "times"),
  ];
  const most = once(of, `most frequent of ${relation.name}`, () => {
    const made = of.newRelation(relation.name);
    const alias = addRelation(made, relation, "value", "from", () => []);
    const orderBy = [
      { term: column(alias, times, INTEGER), isKnown: true, descending: true },
      { term: column(alias, held, value.type), isKnown: true, descending: false },
    ];
    const partition = column(alias, owner, elements.owner.type);
    made.rank = { ...rankNames(made), partitionBy: [partition], orderBy, keep: { kind: "first", n: 1 } };
    return made;
  });
  const source = most.sources[0]?.alias ?? "";
  const stage: Stage = { ...elements.stage, place: { ...elements.stage.place, relation: most } };
  const ownerHere = column(source, owner, elements.owner.type);
  const alias = joinTo(place, { ...elements, stage, owner: ownerHere });
  // The value may be the owner itself, and is the same column then.
  return column(alias, expose(most, column(source, held, value.type), "value"), value.type);
}

/** The elements that have a value, in a relation that no other value uses. */
function valuesOf(
  of: Planner,
  use: string,
  asked: Asked & { readonly of: Value },
  place: Place,
): { readonly elements: AskedElements; readonly value: Term } {
  const elements = elementsOf(of, asked, place, `${use} ${shape([asked.collection.steps, asked.of])}`);
  const { relation } = elements.stage.place;
  const value = valueTerm(of, asked, elements.stage);
  if (relation.filter.length === 0)
    relation.filter.push(...conditionsOf(of, elements.steps, elements.stage), known(value));
  return { elements, value };
}

/** What is asked of each element; of the wait before it, in days or microseconds. */
export function valueTerm(of: Planner, asked: Asked & { readonly of: Value }, stage: Stage): Term {
  if (asked.of.kind !== "gap") return of.term(asked.of, stage.place);
  if (stage.wait === null) throw new InternalError("a wait that nobody worked out");
  return stage.wait();
}
