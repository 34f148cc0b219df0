/** A parameter: its type and its value in canonical text (booleans as such, missing as null). */
export interface Parameter {
  readonly type: "text" | "boolean" | "integer" | "decimal" | "float" | "date" | "timestamp";
  /** decimal and integer: plain decimal text; date `YYYY-MM-DD`; timestamp `YYYY-MM-DDTHH:MM:SS.ffffffZ`; float a number. */
  readonly value: string | number | boolean | null;
}

export type Shape = "members" | "flags" | "sizes" | "view";

/**
 * One SQL statement. `members` answers rows (`key`), or (`segment`, `key`) when it serves several segments; `flags` answers `key`
 * and a 0/1 column per segment; `sizes` one row: `population`, then a number per segment.
 * Columns of segments are named by `columns`, in the order of `segments`.
 */
export interface Statement {
  readonly entity: string;
  readonly segments: readonly string[];
  readonly columns: readonly string[];
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}
