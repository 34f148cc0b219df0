import type { AggregateFn } from "../../language/meaning/ir.ts";
import type { ScalarType } from "../../language/types/type.ts";
import type { Condition, Constant, Term } from "./term.ts";

/**
 * How to find the members of some segments of one entity: relations, each over tables and earlier relations, and at their end one row
 * for everybody. Names of relations, sources and columns are safe identifiers, unlike those of tables and of their columns.
 */
export interface Plan {
  readonly entity: string;
  /** Each reads only tables and those before it. */
  readonly relations: readonly Relation[];
  /** Over these sources stands one row for each member of the population. */
  readonly people: Pick<Relation, "sources" | "filter">;
  readonly key: Term;
  /** In the order asked for. */
  readonly memberships: readonly { readonly segment: string; readonly condition: Condition }[];
  /** Entities of whose existing rows a unique key is relied upon, each with its extensions in use, in order of first use. */
  readonly keyed: readonly { readonly entity: string; readonly extensions: readonly number[] }[];
}

/** A query: sources joined, rows filtered, grouped perhaps, columns worked out, numbered perhaps. */
export interface Relation {
  readonly name: string;
  readonly sources: readonly Source[];
  /** All of them hold. */
  readonly filter: readonly Condition[];
  /** One row for each combination of their values, with aggregates among the columns; null: one row per row. */
  readonly groupBy: readonly Term[] | null;
  readonly columns: readonly Column[];
  readonly rank: Rank | null;
}

/** Constants by the name of a zone: columns `zone` and `value`, a row for each name. */
export interface ZoneTable {
  readonly kind: "zones";
  readonly groups: readonly { readonly zones: readonly string[]; readonly value: Constant }[];
}

/** How far classes of zones are ahead of UTC, and when: columns `class`, `since`, `until`, `ahead`, all in seconds but the first. */
export interface OffsetTable {
  readonly kind: "offsets";
  readonly rows: readonly (readonly [zone: number, since: bigint, until: bigint, ahead: number])[];
}

export interface Column {
  readonly name: string;
  readonly value: Term | Aggregate | Windowed;
}

export interface Source {
  readonly alias: string;
  readonly of:
    | { readonly kind: "table"; readonly table: readonly string[] }
    | { readonly kind: "relation"; readonly name: string }
    /** The rows of several relations, one after the other: of each so many of its columns, under the names in `columns`. */
    | {
        readonly kind: "union";
        readonly parts: readonly { readonly name: string; readonly columns: readonly string[] }[];
        readonly columns: readonly string[];
      }
    | ZoneTable
    | OffsetTable;
  readonly join: "from" | "inner" | "left";
  /** Pairs that are equal; none in `from`. */
  readonly on: readonly (readonly [Term, Term])[];
  /** Besides: an instant that lies between two columns in seconds since 1970, from ≤ t < to. */
  readonly within: { readonly at: Term; readonly from: Term; readonly to: Term } | null;
}

/** An aggregate over the rows of a group for which `filter` holds. `count` has no `of`; `share` is the part for which `share` holds. */
export interface Aggregate {
  readonly kind: "aggregate";
  readonly fn: AggregateFn;
  readonly filter: readonly Condition[];
  readonly of: Term | null;
  readonly share: Condition | null;
  readonly type: ScalarType;
}

/**
 * A value beside each row, out of the rows that are alike in `partitionBy` (all, where that is empty): that of the row before, in the order (missing
 * of the first), the least of all of them, or how many they are; the least of all rows after it, the greatest of all before it; its `place` from 1 in an
 * order that tells all apart, or the first place of those that are equal in the order. What reads it stands in a later relation.
 */
export interface Windowed {
  readonly kind: "windowed";
  readonly fn: "previous" | "least" | "count" | "leastAfter" | "greatestBefore" | "place" | "sharedPlace";
  readonly of: Term | null;
  readonly partitionBy: readonly Term[];
  /** Not of `least` and `count`. */
  readonly orderBy: readonly Order[];
}

/** Numbers the rows from 1 in each part. `number` and `part` are names that no column has. */
export interface Rank {
  readonly number: string;
  readonly part: string;
  /** Of several values only where the kept rows are known to have them. */
  readonly partitionBy: readonly Term[];
  readonly orderBy: readonly Order[];
  readonly keep: Keep;
}

/**
 * Which of the numbered rows a relation has: all of them, with their number as a column; the first `n` of each part; the first of each part and
 * those whose part is missing; the middle one of each part, the lower of two.
 */
export type Keep =
  | { readonly kind: "all" }
  | { readonly kind: "first"; readonly n: number }
  | { readonly kind: "firstKnown" }
  | { readonly kind: "middle" };

/** Missing is lowest; text by its bytes; false before true. */
export interface Order {
  readonly term: Term;
  /** Never missing, or it does not matter where missing stands. */
  readonly isKnown: boolean;
  readonly descending: boolean;
}
