import type { Collection, Row, Step } from "../../language/meaning/ir.ts";
import { InternalError, notYet } from "../../language/text/assert.ts";
import { INTEGER, type ScalarType } from "../../language/types/type.ts";
import { addRelation, aggregated, column, expose, type RelationBuilder, rankNames, through } from "./builder.ts";
import { safe } from "./names.ts";
import { type Handle, type Home, type Homestead, handleThrough, type Opened, type Place } from "./place.ts";
import type { Aggregate } from "./plan.ts";
import { keyOf, linkOf, once, type Planner } from "./planner.ts";
import { rowHandle } from "./row.ts";
import { orderOf, rowsOf } from "./rows.ts";
import { type Asked, heightOf, homeOf, needsNumbers, stepNeedsNumbers } from "./scopes.ts";
import type { Condition, Constant, Term } from "./term.ts";
import { windowConditions } from "./window.ts";

/** What an aggregate of a collection is at a place: a column of a relation that is grouped by whose elements they are. Missing where there are none. */
export function aggregateTerm(
  of: Planner,
  asked: Asked & { readonly fn: Aggregate["fn"]; readonly type: ScalarType },
  place: Place,
): Term {
  // Aggregates of one height share a relation; what they ask of their elements lies lower, so that no relation reads itself.
  const elements = elementsOf(of, asked, place, `group ${heightOf(of.program, asked, of.heights)}`);
  const inner = elements.place;
  const aggregate: Aggregate = {
    kind: "aggregate",
    fn: asked.fn,
    filter: conditionsOf(of, asked.collection, elements.steps, inner),
    of: asked.of === null ? null : of.term(asked.of, inner),
    share: asked.cond === null ? null : { kind: "and", items: of.conditions(asked.cond, inner) },
    type: asked.type,
  };
  inner.relation.groupBy = elements.owner;
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
  const { relation, rows } = elements.place;
  const element = rows.get(row.collection.depth) as Handle;
  if (relation.rank === null) {
    relation.filter.push(...conditionsOf(of, row.collection, elements.steps, elements.place));
    const direction = row.which === "first" ? "ascending" : "descending";
    const orderBy = orderOf(of, element, direction);
    relation.rank = { ...rankNames(relation), partitionBy: elements.owner, orderBy, keep: "first" };
  }
  const alias = joinTo(place, elements);
  return {
    ...handleThrough(relation, alias, element),
    id: alias,
    present: column(alias, elements.ownerColumn, elements.owner.type),
  };
}

/** The elements of a collection in a relation of their own, to be grouped by `owner` or picked from. */
interface Elements {
  readonly place: Place;
  readonly owner: Term;
  readonly ownerColumn: string;
  /** The owner at the place that asks. */
  readonly ownerThere: Term;
  /** Steps that are yet to be asked. */
  readonly steps: readonly Step[];
  readonly hint: string;
}

function joinTo(place: Place, { place: { relation }, ownerColumn, ownerThere, owner, hint }: Elements): string {
  const key = `${relation.name} ${JSON.stringify(ownerThere)}`;
  const known = place.relation.joins.get(key);
  if (known !== undefined) return known;
  const alias = addRelation(place.relation, relation, hint, "left", (name) => [
    [column(name, ownerColumn, owner.type), ownerThere],
  ]);
  place.relation.joins.set(key, alias);
  return alias;
}

function conditionsOf(of: Planner, collection: Collection, steps: readonly Step[], place: Place) {
  return steps.flatMap((step) => {
    if (step.kind === "where") return of.conditions(step.cond, place);
    if (step.kind !== "window") return notYet(step.kind);
    return windowConditions(of, place, place.rows.get(collection.depth) as Handle, step.window);
  });
}

/** `use` tells relations over the same elements apart: those that group them share one. */
function elementsOf(of: Planner, asked: Asked, place: Place, use: string): Elements {
  const { collection } = asked;
  const depth = homeOf(asked);
  const numbered = needsNumbers(asked);
  const kind = numbered ? `${use} of ${shape(asked)}` : use;
  return depth === null
    ? ownElements(of, collection, place, numbered, kind)
    : comparedElements(of, collection, place, depth, numbered, kind);
}

/** Elements that are compared with nothing around them: worked out once for all owners, found by the owner's key. */
function ownElements(of: Planner, collection: Collection, place: Place, numbered: boolean, use: string): Elements {
  const from = rowHandle(of, collection.from, place);
  const link = linkOf(of, from.entity, collection.link);
  const rows = rowsOf(of, link.target, { entity: from.entity, field: link.field });
  const name = `${safe(from.entity)}_${safe(collection.link)}`;
  const source = (relation: RelationBuilder): Place => {
    const element = rows.handle(addRelation(relation, rows.relation, safe(link.target), "from", () => []));
    return { relation, rows: new Map([[collection.depth, element]]), homes: new Map(), reference: null };
  };
  return elements(of, collection, {
    name,
    use: `${name} ${from.entity} ${use}`,
    numbered,
    source,
    owner: (inner) => (inner.rows.get(collection.depth) as Handle).field(link.field),
    ownerThere: from.field(keyOf(of, from.entity)),
  });
}

/** Elements that are compared with the rows around them: worked out for each row of the scope `depth`, with its row beside them. */
function comparedElements(
  of: Planner,
  collection: Collection,
  place: Place,
  depth: number,
  numbered: boolean,
  use: string,
): Elements {
  const homestead = place.homes.get(depth);
  if (homestead === undefined) throw new InternalError(`rows of depth ${depth} cannot be told apart`);
  const name = `${safe(collection.link)}_by_${homestead.home.label}`;
  const source = (relation: RelationBuilder): Place => {
    const opened = homestead.home.open(relation);
    const outside: Place = { relation, rows: opened.rows, homes: opened.homes, reference: null };
    const from = rowHandle(of, collection.from, outside);
    const link = linkOf(of, from.entity, collection.link);
    const rows = rowsOf(of, link.target, { entity: from.entity, field: link.field });
    const alias = addRelation(relation, rows.relation, safe(link.target), "inner", (name) => [
      [rows.handle(name).field(link.field), from.field(keyOf(of, from.entity))],
    ]);
    return { ...outside, rows: new Map([...opened.rows, [collection.depth, rows.handle(alias)]]) };
  };
  return elements(of, collection, {
    name,
    use: `${homestead.home.name} ${depth} ${shape(collection.from)} ${collection.link} ${use}`,
    numbered,
    source,
    owner: (inner) => (inner.homes.get(depth) as Homestead).id(),
    ownerThere: homestead.id(),
  });
}

interface Making {
  readonly name: string;
  readonly use: string;
  readonly numbered: boolean;
  /** Makes the sources of an empty relation. */
  readonly source: (relation: RelationBuilder) => Place;
  readonly owner: (inner: Place) => Term;
  readonly ownerThere: Term;
}

function elements(of: Planner, collection: Collection, making: Making): Elements {
  const relation = once(of, making.use, () => {
    const made = of.newRelation(making.name);
    of.places.set(made, making.numbered ? numberedPlace(of, collection, making, made) : making.source(made));
    return made;
  });
  const shared = of.places.get(relation) as Place;
  // Those who share a relation may count the scopes around it differently.
  const depth = Math.max(...shared.rows.keys());
  const place = depth === collection.depth ? shared : moved(shared, depth, collection.depth);
  const owner = making.owner(place);
  return {
    place,
    owner,
    ownerColumn: expose(relation, owner, "owner"),
    ownerThere: making.ownerThere,
    steps: making.numbered ? collection.steps.filter((step) => stepNeedsNumbers(collection, step)) : collection.steps,
    hint: safe(collection.link),
  };
}

/** The same rows, the elements under another depth. */
function moved(place: Place, from: number, to: number): Place {
  const rows = new Map([...place.rows].map(([depth, row]) => [depth === from ? to : depth, row] as const));
  const homes = new Map([...place.homes].map(([depth, home]) => [depth === from ? to : depth, home] as const));
  return { ...place, rows, homes };
}

/**
 * Elements with a number each, in a relation before the one that is wanted. What is asked of them alone is asked there.
 * Rows that get their numbers in no certain order are alike in all that is read of them, so it does not matter which has which.
 */
function numberedPlace(of: Planner, collection: Collection, making: Making, wanted: RelationBuilder): Place {
  const label = safe(collection.link);
  const numbers = of.newRelation(`${label}_numbered`);
  const inner = making.source(numbers);
  const first = collection.steps.filter((step) => !stepNeedsNumbers(collection, step));
  numbers.filter.push(...conditionsOf(of, collection, first, inner));
  numbers.rank = { ...rankNames(numbers), partitionBy: null, orderBy: [], keep: "all" };
  const home: Home = {
    name: numbers.name,
    label,
    open: (relation) => openNumbered(numbers, inner, collection.depth, relation, home),
  };
  const opened = home.open(wanted);
  return { relation: wanted, rows: opened.rows, homes: opened.homes, reference: null };
}

function openNumbered(
  numbers: RelationBuilder,
  inner: Place,
  depth: number,
  relation: RelationBuilder,
  home: Home,
): Opened {
  const alias = addRelation(relation, numbers, home.label, "from", () => []);
  const id = column(alias, numbers.rank?.number ?? "", INTEGER);
  const rows = new Map([...inner.rows].map(([at, row]) => [at, handleThrough(numbers, alias, row)] as const));
  const homes = new Map<number, Homestead>();
  for (const [at, { home: around, id: innerId }] of inner.homes) {
    homes.set(at, { home: around, id: () => through(numbers, alias, innerId(), "around") });
  }
  homes.set(depth, { home, id: () => id });
  return { rows, homes, id };
}

/** A text that is the same for parts of the IR that mean the same. */
export const shape = (part: unknown): string =>
  JSON.stringify(part, (key, value) => (key === "origin" || key === "words" ? undefined : value));
