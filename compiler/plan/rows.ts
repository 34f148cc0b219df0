import type { Entity, Field } from "../../language/model/model.ts";
import { isScalar } from "../../language/types/kinds.ts";
import { addRelation, addTable, column, expose, type RelationBuilder, rankNames } from "./builder.ts";
import { safe } from "./names.ts";
import { type Handle, handleThrough } from "./place.ts";
import type { Order } from "./plan.ts";
import { entityOf, keyOf, once, type Planner, relyOnKey, scalarField, wholeField } from "./planner.ts";
import { type CellType, CLOCK, type Condition, type Constant, compare, known, negation, type Term } from "./term.ts";

/** The existing rows of an entity as a relation. */
export interface Rows {
  readonly relation: RelationBuilder;
  /** A row of it, for one who reads the relation under the alias. */
  readonly handle: (alias: string) => Handle;
}

/** The rows that a link to many leads to exist only with an owner; `once per` counts no others. */
export interface Owner {
  readonly entity: string;
  /** The field of the element that holds the owner's key. */
  readonly field: string;
}

/** `owner` is that of the link in use, or null where rows are found otherwise. */
export function rowsOf(of: Planner, entityName: string, owner: Owner | null): Rows {
  const entity = entityOf(of, entityName);
  const ownerInUse = entity.oncePer === null ? null : owner;
  const relation = once(of, `rows ${entityName} ${ownerInUse?.entity ?? ""} ${ownerInUse?.field ?? ""}`, () =>
    build(of, entity, ownerInUse),
  );
  const row = ownRow(of, entity, relation);
  return { relation, handle: (alias) => ({ ...handleThrough(relation, alias, row), id: alias }) };
}

function build(of: Planner, entity: Entity, owner: Owner | null): RelationBuilder {
  const relation = of.newRelation(`${safe(entity.name)}_rows`);
  addTable(relation, entity.table, "t", "from", []);
  const row = ownRow(of, entity, relation);
  relation.filter.push(...visible(of, entity, row));
  const header = of.program.filters.get(entity.name);
  if (header !== undefined) {
    const place = { relation, rows: new Map([[0, row]]), homes: new Map(), reference: null };
    relation.filter.push(...of.conditions(header, place));
  }
  if (entity.oncePer === null) return relation;
  if (owner !== null) joinOwners(of, relation, row.field(owner.field), owner.entity);
  relation.rank = {
    ...rankNames(relation),
    partitionBy: [row.field(entity.oncePer)],
    // Within a part they all have the same.
    orderBy: orderOf(of, row, "ascending").filter(({ term }) => !isSame(term, row.field(entity.oncePer ?? ""))),
    keep: { kind: "firstKnown" },
  };
  return relation;
}

/** Keeps rows whose owner exists. Keys of entities are checked to be unique; those of events may stand there more than once, and count once. */
function joinOwners(of: Planner, relation: RelationBuilder, key: Term, owner: string): void {
  const rows = rowsOf(of, owner, null);
  const field = keyOf(of, owner);
  if (entityOf(of, owner).kind === "entity") {
    relyOnKey(of, owner);
    addRelation(relation, rows.relation, safe(owner), "inner", (alias) => [[rows.handle(alias).field(field), key]]);
    return;
  }
  const keys = once(of, `keys ${owner}`, () => {
    const made = of.newRelation(`${safe(owner)}_keys`);
    const found = rows.handle(addRelation(made, rows.relation, safe(owner), "from", () => [])).field(field);
    made.groupBy = [found];
    expose(made, found, "key");
    return made;
  });
  addRelation(relation, keys, safe(owner), "inner", (alias) => [[column(alias, "key", key.type), key]]);
}

const isSame = (a: Term, b: Term): boolean => a.kind === "cell" && b.kind === "cell" && a.column === b.column;

/** A row as the entity's own table has it, with its extensions joined where they are asked for. */
function ownRow(of: Planner, entity: Entity, relation: RelationBuilder): Handle {
  const cell = (name: string, type: CellType): Term => {
    const found = entity.fields.get(name) as Field;
    const source = found.extension === null ? "t" : extensionAlias(of, entity, relation, found.extension);
    return { kind: "cell", source, column: found.column, type };
  };
  const field = (name: string): Term => cell(name, scalarField(of, entity.name, name));
  return {
    entity: entity.name,
    id: "t",
    field,
    clock: (name) => ({ kind: "clock", value: field(name), ahead: null, type: CLOCK }),
    list: (name) => cell(name, wholeField(of, entity.name, name)),
    json: (name, path, type) => ({ kind: "json", value: cell(name, wholeField(of, entity.name, name)), path, type }),
    present: null,
    group: null,
  };
}

function extensionAlias(of: Planner, entity: Entity, relation: RelationBuilder, index: number): string {
  const extension = entity.extensions[index];
  const known = relation.joins.get(`extension ${index}`);
  if (known !== undefined || extension === undefined) return known ?? "";
  relyOnKey(of, entity.name);
  of.keyed.get(entity.name)?.add(index);
  const key = keyOf(of, entity.name);
  const type = scalarField(of, entity.name, key);
  const alias = addTable(relation, extension.table, `x${index + 1}`, "left", [
    [
      { kind: "cell", source: `x${index + 1}`, column: extension.by, type: extension.byType },
      { kind: "cell", source: "t", column: (entity.fields.get(key) as Field).column, type },
    ],
  ]);
  relation.joins.set(`extension ${index}`, alias);
  return alias;
}

/** What happens at or after as-of has not happened: which rows of a table exist by their times. */
function visible(of: Planner, entity: Entity, row: Handle): readonly Condition[] {
  const now = (name: string): Constant => (scalarField(of, entity.name, name).kind === "date" ? of.today : of.asOf);
  const conditions: Condition[] = [];
  if (entity.kind === "event" && entity.at !== null) {
    const at = row.field(entity.at);
    conditions.push(entity.scheduled ? known(at) : compare(at, "<", now(entity.at)));
  }
  if (entity.since !== null) {
    const since = row.field(entity.since);
    conditions.push({ kind: "or", items: [negation(known(since)), compare(since, "<", now(entity.since))] });
  }
  if (entity.until !== null) {
    const until = row.field(entity.until);
    conditions.push({ kind: "or", items: [negation(known(until)), compare(until, ">=", now(entity.until))] });
  }
  return conditions;
}

/** The order of elements: by instant, key, then each field of the own table, declared ones first. */
export function orderOf(of: Planner, row: Handle, direction: "ascending" | "descending"): readonly Order[] {
  const { at, key } = entityOf(of, row.entity);
  return orderBy(of, row, [at, key], direction);
}

/** The order of elements that have the same rank: by key, then as `orderOf`. */
export function rankOrderOf(of: Planner, row: Handle): readonly Order[] {
  const { at, key } = entityOf(of, row.entity);
  return orderBy(of, row, [key, at], "ascending");
}

function orderBy(
  of: Planner,
  row: Handle,
  first: readonly (string | null)[],
  direction: "ascending" | "descending",
): readonly Order[] {
  const entity = entityOf(of, row.entity);
  const fields = new Map([...first, ...entity.fields.keys()].map((name) => [name, entity.fields.get(name ?? "")]));
  const order: Order[] = [];
  for (const field of fields.values()) {
    if (field === undefined || field.extension !== null || !isScalar(field.type)) continue;
    const isKnown = entity.kind === "event" && field.name === entity.at;
    order.push({ term: row.field(field.name), isKnown, descending: direction === "descending" });
  }
  return order;
}
