import type { Expr } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import type { ScalarType, Type } from "../types/type.ts";

/** What data exists, resolved and validated: the answer of `buildModel`. Plain data; names, never references. */
export interface Model {
  readonly entities: ReadonlyMap<string, Entity>;
  /** The entity that a segment without `of` is about; null when none is declared. */
  readonly defaultEntity: string | null;
}

/** A place in a file. */
export interface Place {
  readonly file: string;
  readonly span: Span;
}

export type CalendarUnit = "day" | "week" | "month" | "quarter" | "year";
export type DurationUnit = "min" | "h" | "d" | "w" | "mo" | "q" | "y";

/** `90d`: `amount` is a whole number, negative when it goes back. `min h d w` are exact, `mo q y` calendar steps. */
export interface Duration {
  readonly amount: number;
  readonly unit: DurationUnit;
}

/** An `entity` or `event` with all its fields (those of `extend` included) and links. */
export interface Entity {
  readonly name: string;
  readonly kind: "entity" | "event";
  readonly doc: string | null;
  readonly place: Place;
  /** The table as written: `["crm", "customers"]`. */
  readonly table: readonly string[];
  /** The name of the key field; null only for events. */
  readonly key: string | null;
  /** In order of declaration, then those of extensions, then hidden ones. */
  readonly fields: ReadonlyMap<string, Field>;
  readonly links: ReadonlyMap<string, Link>;
  readonly extensions: readonly Extension[];
  /** Header clauses that name fields (by field name, which may be a hidden one). */
  readonly since: string | null;
  readonly until: string | null;
  readonly at: string | null;
  readonly oncePer: string | null;
  /** The header's `where`, as written; its meaning is in `Program.filters`. */
  readonly where: Expr | null;
  readonly scheduled: boolean;
  readonly fresh: Duration | null;
  readonly keeps: Duration | null;
}

export interface Field {
  readonly name: string;
  /** The column in the table (or in the extension's table). */
  readonly column: string;
  readonly type: Type;
  readonly optional: boolean;
  readonly constraint: Constraint | null;
  readonly annotations: readonly ("pii" | "sensitive" | "mutable")[];
  readonly doc: string | null;
  readonly place: Place;
  /**
   * A column that no field declares but a header clause or a link's `by` needs. Its name is `$` + column, so no text can name it.
   */
  readonly hidden: boolean;
  /** Index into `Entity.extensions`, or null for the entity's own table. */
  readonly extension: number | null;
}

/** What the model promises of a field's values. No evaluator relies on it. */
export type Constraint =
  | { readonly kind: "oneOf"; readonly values: readonly string[] }
  /** Bounds are inclusive; numbers as plain decimal text, dates as ISO text. */
  | { readonly kind: "range"; readonly from: string | null; readonly to: string | null };

/** A table with one row per key of the entity; found by `by` = the entity's key. */
export interface Extension {
  readonly table: readonly string[];
  readonly by: string;
  readonly byType: ScalarType;
  readonly fresh: Duration | null;
  readonly place: Place;
}

/**
 * `one`: `field` of this entity holds the key of `target`. `many`: `field` of `target` holds the key of this entity.
 * The field may be hidden. A link whose key finds no row is missing.
 */
export interface Link {
  readonly name: string;
  readonly kind: "one" | "many";
  readonly target: string;
  readonly field: string;
  readonly optional: boolean;
  readonly doc: string | null;
  readonly place: Place;
}
