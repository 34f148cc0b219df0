/** What a connection is made in. */
export interface Surroundings {
  /** The project's folder: paths are relative to it. */
  readonly baseDir: string;
  readonly signal: AbortSignal | undefined;
}

/** What a connection found, for people. */
export interface LoadReport {
  readonly tables: readonly LoadedTable[];
  /** Sentences about what looks odd and is no error. */
  readonly notes: readonly string[];
}

/** A table of the model and where its rows are. */
export interface LoadedTable {
  readonly table: string;
  /** Files relative to the project, in the order in which they were read; of a database, the table's own name. */
  readonly from: readonly string[];
  /** Null where they are not counted. */
  readonly rows: number | null;
}
