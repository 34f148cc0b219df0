import type { Collection, Step } from "../../language/meaning/ir.ts";
import { InternalError } from "../../language/text/assert.ts";
import { addRelation, column, expose, type RelationBuilder } from "./builder.ts";
import {
  type Around,
  afterAll,
  afterSteps,
  cut,
  type Elements,
  numbered,
  type Stage,
  shape,
  stageOnce,
} from "./element-stages.ts";
import { safe } from "./names.ts";
import type { Place } from "./place.ts";
import { keyOf, linkOf, type Planner } from "./planner.ts";
import { rowHandle } from "./row.ts";
import { rowsOf } from "./rows.ts";
import { type Asked, homeOf, membersNeedNumbers, needsNumbers, stepNeedsNumbers } from "./scopes.ts";
import type { Term } from "./term.ts";

/** The elements of a collection in a relation of their own, to be grouped by `owner` or picked from. */
export interface AskedElements {
  readonly stage: Stage;
  readonly owner: Term;
  /** The owner at the place that asks. */
  readonly ownerThere: Term;
  /** Conditions that are yet to be asked. */
  readonly steps: readonly Extract<Step, { kind: "where" | "window" }>[];
  readonly hint: string;
}

/** `use` tells relations over the same elements apart: those that group them share one. */
export function elementsOf(of: Planner, asked: Asked, place: Place, use: string): AskedElements {
  const { collection } = asked;
  const depth = homeOf(asked);
  const sourceOf = (one: Collection): Source =>
    depth === null ? ownElements(of, one, place) : comparedElements(of, one, place, depth);
  const around: Around = {
    beside: (other) => afterAll(of, other, sourceOf(other).source, around),
    areMembersAsked: membersNeedNumbers(asked),
  };
  const { source, label, ownerThere } = sourceOf(collection);
  const isOfWaits = asked.of?.kind === "gap";
  const { staged, rest } = cut(isOfWaits ? [...collection.steps, { kind: "wait" }] : collection.steps);
  const before = afterSteps(of, collection, staged, source, around);
  const isNumbered = needsNumbers({ ...asked, collection: { ...collection, steps: rest } });
  const steps = isNumbered ? rest.filter((step) => stepNeedsNumbers(collection, step)) : rest;
  const name = `${before.name} ${use}${isNumbered ? ` of ${shape(asked)}` : ""}`;
  const stage = stageOnce(of, name, collection.depth, () => {
    const relation = of.newRelation(label);
    if (!isNumbered) return before.open(relation);
    const alone = rest.filter((step) => !steps.includes(step));
    return numbered(of, collection, alone, before).open(relation);
  });
  const owner = stage.owner();
  expose(stage.place.relation, owner, "owner");
  return { stage, owner, ownerThere, steps, hint: safe(collection.link) };
}

/** The alias under which a place reads what its rows are the owners of. */
export function joinTo(place: Place, { stage, ownerThere, owner, hint }: AskedElements): string {
  const { relation } = stage.place;
  const key = `${relation.name} ${JSON.stringify(ownerThere)}`;
  const known = place.relation.joins.get(key);
  if (known !== undefined) return known;
  const ownerColumn = expose(relation, owner, "owner");
  const alias = addRelation(place.relation, relation, hint, "left", (name) => [
    [column(name, ownerColumn, owner.type), ownerThere],
  ]);
  place.relation.joins.set(key, alias);
  return alias;
}

/** The elements behind a link, before any step. */
interface Source {
  readonly source: Elements;
  /** What relations that group them are named after. */
  readonly label: string;
  readonly ownerThere: Term;
}

/** Elements that are compared with nothing around them: worked out once for all owners, found by the owner's key. */
function ownElements(of: Planner, collection: Collection, place: Place): Source {
  const { depth } = collection;
  const from = rowHandle(of, collection.from, place);
  const link = linkOf(of, from.entity, collection.link);
  const rows = rowsOf(of, link.target, { entity: from.entity, field: link.field });
  const label = `${safe(from.entity)}_${safe(collection.link)}`;
  const open = (relation: RelationBuilder): Stage => {
    const element = rows.handle(addRelation(relation, rows.relation, safe(link.target), "from", () => []));
    const inside: Place = { relation, rows: new Map([[depth, element]]), homes: new Map(), reference: null };
    return { place: inside, depth, owner: () => element.field(link.field), wait: null };
  };
  return {
    source: { name: `${from.entity}.${collection.link}`, open },
    label,
    ownerThere: from.field(keyOf(of, from.entity)),
  };
}

/** Elements that are compared with the rows around them: worked out for each row of the scope `depth`, with its row beside them. */
function comparedElements(of: Planner, collection: Collection, place: Place, depth: number): Source {
  const homestead = place.homes.get(depth);
  if (homestead === undefined) throw new InternalError(`rows of depth ${depth} cannot be told apart`);
  const open = (relation: RelationBuilder): Stage => {
    const opened = homestead.home.open(relation);
    const outside: Place = { relation, rows: opened.rows, homes: opened.homes, reference: null };
    const from = rowHandle(of, collection.from, outside);
    const link = linkOf(of, from.entity, collection.link);
    const rows = rowsOf(of, link.target, { entity: from.entity, field: link.field });
    const alias = addRelation(relation, rows.relation, safe(link.target), "inner", (name) => [
      [rows.handle(name).field(link.field), from.field(keyOf(of, from.entity))],
    ]);
    const inside = { ...outside, rows: new Map([...opened.rows, [collection.depth, rows.handle(alias)]]) };
    return { place: inside, depth: collection.depth, owner: () => opened.id, wait: null };
  };
  return {
    source: { name: `${homestead.home.name} ${depth} ${shape(collection.from)} ${collection.link}`, open },
    label: `${safe(collection.link)}_by_${homestead.home.label}`,
    ownerThere: homestead.id(),
  };
}
