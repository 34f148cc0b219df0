import { dayOf, formatDay, formatInstant, offsets } from "../../language/meaning/calendar.ts";
import type { Pred, Value } from "../../language/meaning/ir.ts";
import type { Program } from "../../language/meaning/program.ts";
import type { Entity, Link } from "../../language/model/model.ts";
import { InternalError } from "../../language/text/assert.ts";
import { DATE, type JsonType, type ListType, type ScalarType, TIMESTAMP } from "../../language/types/type.ts";
import { type RelationBuilder, relationBuilder } from "./builder.ts";
import type { Stage } from "./element-stages.ts";
import { namer } from "./names.ts";
import type { Place } from "./place.ts";
import type { RankedRows } from "./ranking.ts";
import { MEMBERSHIP_TABLE } from "./stored-tables.ts";
import type { Condition, Constant, Term } from "./term.ts";

/** What the parts of the planner share while they plan one statement. */
export interface Planner {
  readonly program: Program;
  readonly zone: string;
  readonly asOf: Constant;
  readonly today: Constant;
  /** Whether local time is always as far from UTC. */
  readonly fixedOffset: boolean;
  /** Relations by what they are; each is planned once. */
  readonly relations: Map<string, RelationBuilder>;
  /** Heights of segments, see `heightOf`. */
  readonly heights: Map<string, number>;
  /** Elements of collections at their stages, by what they are; each is planned once. */
  readonly elements: Map<string, Stage>;
  /** Rankings by what they are; each is planned once. */
  readonly rankings: Map<string, RankedRows>;
  readonly newRelation: (hint: string) => RelationBuilder;
  /** Entities whose keys must be unique, with the extensions in use. */
  readonly keyed: Map<string, Set<number>>;
  /** Terms and conditions at a place. Fields, because collections contain conditions and conditions collections. */
  readonly term: (value: Value, place: Place) => Term;
  /** The local clock of a timestamp. */
  readonly clock: (value: Value, place: Place) => Term;
  readonly conditions: (pred: Pred, place: Place) => readonly Condition[];
}

/** How `term`, `clock` and `conditions` are done. */
export interface Translation {
  readonly term: (of: Planner, value: Value, place: Place) => Term;
  readonly clock: (of: Planner, value: Value, place: Place) => Term;
  readonly conditions: (of: Planner, pred: Pred, place: Place) => readonly Condition[];
}

/** A planner that has planned nothing yet. `program` is bound and normal. */
export function planner(program: Program, asOf: bigint, zone: string, translation: Translation): Planner {
  // A table without a schema that has the name of a relation would be taken for it.
  const tables = [...program.model.entities.values()].flatMap((entity) => [
    ...entity.table,
    ...entity.extensions.flatMap((extension) => extension.table),
  ]);
  const names = namer([...tables, ...MEMBERSHIP_TABLE]);
  const of: Planner = {
    program,
    zone,
    asOf: { kind: "constant", type: TIMESTAMP, value: formatInstant(asOf) },
    today: { kind: "constant", type: DATE, value: formatDay(dayOf(asOf, zone)) },
    fixedOffset: offsets(zone).length === 1,
    relations: new Map(),
    elements: new Map(),
    heights: new Map(),
    rankings: new Map(),
    newRelation: (hint) => relationBuilder(names.name(hint)),
    keyed: new Map(),
    term: (value, place) => translation.term(of, value, place),
    clock: (value, place) => translation.clock(of, value, place),
    conditions: (pred, place) => translation.conditions(of, pred, place),
  };
  return of;
}

/** The relation that `name` stands for, built when first asked for. */
export function once(of: Planner, name: string, build: () => RelationBuilder): RelationBuilder {
  const known = of.relations.get(name);
  if (known !== undefined) return known;
  const made = build();
  of.relations.set(name, made);
  return made;
}

/** Notes that the plan relies on the key of an entity being unique. */
export function relyOnKey(of: Planner, entity: string): void {
  if (!of.keyed.has(entity)) of.keyed.set(entity, new Set());
}

export function entityOf(of: Planner, name: string): Entity {
  const entity = of.program.model.entities.get(name);
  if (entity === undefined) throw new InternalError(`no entity ${name}`);
  return entity;
}

export function linkOf(of: Planner, entity: string, name: string): Link {
  const link = entityOf(of, entity).links.get(name);
  if (link === undefined) throw new InternalError(`no link ${entity}.${name}`);
  return link;
}

/** The name of the key field of an entity that has one. */
export function keyOf(of: Planner, entity: string): string {
  const { key } = entityOf(of, entity);
  if (key === null) throw new InternalError(`${entity} has no key`);
  return key;
}

/** The type of a field whose values can be compared. */
export function scalarField(of: Planner, entity: string, name: string): ScalarType {
  const type = entityOf(of, entity).fields.get(name)?.type;
  switch (type?.kind) {
    case "text":
    case "boolean":
    case "integer":
    case "decimal":
    case "float":
    case "date":
    case "timestamp":
      return type;
    case "list":
    case "json":
    case "entity":
    case "collection":
    case "gaps":
    case "duration":
    case "window":
    case "error":
    case undefined:
      throw new InternalError(`${entity}.${name} has no scalar type`);
  }
}

/** The type of a field that holds a list or JSON. */
export function wholeField(of: Planner, entity: string, name: string): ListType | JsonType {
  const type = entityOf(of, entity).fields.get(name)?.type;
  if (type?.kind !== "list" && type?.kind !== "json") throw new InternalError(`${entity}.${name} is one value`);
  return type;
}
