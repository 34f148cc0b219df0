import type { Collection, ListField, Pred, Value } from "../../language/meaning/ir.ts";
import type { Cell } from "./cell.ts";
import type { Element } from "./chains.ts";
import type { KeyProblem } from "./keys.ts";
import type { Row } from "./rows.ts";

/** The answers for one program, one world and one as-of. Each method may throw `DataProblem`. */
export interface Interpretation {
  /** The keys of everybody who exists, as text in the order of their bytes. */
  population(entity: string): readonly string[];
  /** The keys of the members of a segment, as text in the order of their bytes. */
  members(segment: string): readonly string[];
  /** A row that exists, to be asked parts of a segment one by one; null where no row of the entity has the key. */
  person(entity: string, key: string): Person | null;
  /** What stops a run that reads these entities; empty when their keys, and those of their extensions, are in order. */
  keyProblems(entities: Iterable<string>): readonly KeyProblem[];
}

/** What can be asked about one person. `scope` begins with the person's row. */
export interface Person {
  readonly row: Row;
  readonly holds: (pred: Pred, scope: Scope) => boolean;
  readonly evaluate: (value: Value, scope: Scope) => Cell;
  readonly list: (list: Pick<ListField, "row" | "field">, scope: Scope) => Cell;
  /** The elements, or groups of them, that a collection has behind all its steps, in their order. */
  readonly elements: (collection: Collection, scope: Scope) => readonly Element[];
}

/** The rows that scopes stand for: the subject at 0, then the element of each collection around. */
export type Scope = readonly Element[];
