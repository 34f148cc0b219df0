import type { Value } from "../../language/meaning/ir.ts";
import type { ScalarType } from "../../language/types/type.ts";
import type { RelationBuilder } from "./builder.ts";
import { through } from "./builder.ts";
import type { Condition, Term } from "./term.ts";

/** A row, or missing, as a relation's sources hold it. */
export interface Handle {
  readonly entity: string;
  /** Different for each row of a relation. */
  readonly id: string;
  readonly field: (name: string) => Term;
  /** The local clock of a timestamp field. */
  readonly clock: (name: string) => Term;
  /** A field that holds a list. */
  readonly list: (name: string) => Term;
  /** A path of a JSON field. */
  readonly json: (name: string, path: string, type: ScalarType) => Term;
  /** A value that is known where the row is there; null where it always is. */
  readonly present: Term | null;
  /** What can be asked of it where it is no row but a group of rows, which has no fields. */
  readonly group: GroupHandle | null;
}

/** A group of rows of the handle's entity. */
export interface GroupHandle {
  readonly value: () => Term;
  readonly aggregate: (of: GroupAggregate) => Term;
}

export type GroupAggregate = Extract<Value, { kind: "groupAggregate" }>;

/** Where a term or condition stands: the relation it becomes part of, and the rows it can speak of. */
export interface Place {
  readonly relation: RelationBuilder;
  /** By depth of scope. */
  readonly rows: ReadonlyMap<number, Handle>;
  /** By depth of scope: the rows that can be told apart. */
  readonly homes: ReadonlyMap<number, Homestead>;
  /** What a reference to a segment of the subject becomes; null where a list of its members is joined. */
  readonly reference: ((segment: string) => Condition) | null;
}

/** Where the rows of one scope come from, and which is which. */
export interface Home {
  /** Different for each. */
  readonly name: string;
  /** What others are named after. */
  readonly label: string;
  /** Starts a relation over those rows: one row each, with all rows around it. */
  readonly open: (relation: RelationBuilder) => Opened;
}

export interface Homestead {
  readonly home: Home;
  /** What tells the rows apart, at this place. */
  readonly id: () => Term;
}

export interface Opened {
  readonly rows: ReadonlyMap<number, Handle>;
  readonly homes: ReadonlyMap<number, Homestead>;
  readonly id: Term;
}

/** The row as one sees it who reads the relation that has it, under the alias. */
export function handleThrough(relation: RelationBuilder, alias: string, inner: Handle): Handle {
  return {
    entity: inner.entity,
    id: `${alias}/${inner.id}`,
    field: (name) => through(relation, alias, inner.field(name), name),
    clock: (name) => through(relation, alias, inner.clock(name), `${name}_local`),
    list: (name) => through(relation, alias, inner.list(name), name),
    json: (name, path, type) => through(relation, alias, inner.json(name, path, type), path),
    present: inner.present === null ? null : through(relation, alias, inner.present, "present"),
    group: inner.group && groupThrough(relation, alias, inner.group),
  };
}

const groupThrough = (relation: RelationBuilder, alias: string, inner: GroupHandle): GroupHandle => ({
  value: () => through(relation, alias, inner.value(), "value"),
  aggregate: (of) => through(relation, alias, inner.aggregate(of), of.fn),
});
