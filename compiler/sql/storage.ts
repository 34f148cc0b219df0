/**
 * How a database stores what its own types do not say, as the connection found it. Without one: timestamps in SQLite are text, decimals numbers,
 * and columns have the model's types.
 */
export interface Storage {
  /** SQLite: decimals are numbers, or whole numbers of their smallest unit. */
  readonly decimals: "number" | "minor";
  /** SQLite: whether the connection has the function `seg_bucket(seed, key)`. */
  readonly samples: boolean;
  /** Columns, by `storageKey`, that are stored in another form than usual. */
  readonly columns: ReadonlyMap<string, StoredAs>;
}

/**
 * `micros`: a timestamp as whole microseconds since 1970 UTC (SQLite). `castText`: a text whose column has another type (uuid, enum, char, citext): cast it.
 * `absent`: a column that may be left out and is; it is missing everywhere.
 */
export type StoredAs = "micros" | "castText" | "absent";

/** The name of a column in `Storage.columns`: its table as written in the model, and the column. */
export const storageKey = (table: readonly string[], column: string): string => JSON.stringify([...table, column]);

/** Nothing unusual. */
export const USUAL_STORAGE: Storage = { decimals: "number", samples: false, columns: new Map() };
