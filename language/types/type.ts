/** The types of what a segment file may say. */
export type Type =
  | ScalarType
  | ListType
  | JsonType
  | EntityType
  | CollectionType
  | DurationType
  | WindowType
  | GapsType
  | ErrorType;

/** A type whose values stand in a column, a constant or a comparison. */
export type ScalarType =
  | { readonly kind: "text" }
  | { readonly kind: "boolean" }
  /** Signed 64 bit. */
  | { readonly kind: "integer" }
  /** Exact; `precision` digits in all, `scale` of them after the point. At most 29 before and 9 after. */
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number }
  /** IEEE double; NaN and infinities are missing. */
  | { readonly kind: "float" }
  /** A calendar day. */
  | { readonly kind: "date" }
  /** An instant in microseconds. */
  | { readonly kind: "timestamp" };

export interface ListType {
  readonly kind: "list";
  readonly of: ScalarType;
}

/** JSON with declared paths; whatever is not of the declared type is missing. */
export interface JsonType {
  readonly kind: "json";
  readonly paths: readonly { readonly name: string; readonly type: ScalarType }[];
}

export interface EntityType {
  readonly kind: "entity";
  readonly name: string;
}

/** A collection of rows of the named entity or event, or of groups of them. */
export interface CollectionType {
  readonly kind: "collection";
  readonly of: string;
  readonly grouped: boolean;
}

export interface DurationType {
  readonly kind: "duration";
}

/** What stands after `in` and denotes a stretch of time. */
export interface WindowType {
  readonly kind: "window";
}

/** The waits between the elements of a collection of the named event. */
export interface GapsType {
  readonly kind: "gaps";
  readonly of: string;
}

/** The type of what is already reported: it goes with everything and silences followers. */
export interface ErrorType {
  readonly kind: "error";
}

export const TEXT: ScalarType = { kind: "text" };
export const BOOLEAN: ScalarType = { kind: "boolean" };
export const INTEGER: ScalarType = { kind: "integer" };
export const FLOAT: ScalarType = { kind: "float" };
export const DATE: ScalarType = { kind: "date" };
export const TIMESTAMP: ScalarType = { kind: "timestamp" };
export const ERROR: ErrorType = { kind: "error" };
export const decimal = (precision: number, scale: number): ScalarType => ({ kind: "decimal", precision, scale });

/** The largest number of digits before and after the point of a decimal. */
export const DECIMAL_INTEGER_DIGITS = 29;
export const DECIMAL_FRACTION_DIGITS = 9;
