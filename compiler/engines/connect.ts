import type { Model } from "../../language/model/model.ts";
import type { Runner } from "../sql/runner.ts";
import { type Storage, USUAL_STORAGE } from "../sql/storage.ts";
import type { Connection } from "./config.ts";
import { connectDuckdb } from "./duckdb.ts";
import type { LoadReport } from "./load.ts";
import { connectPostgres } from "./postgres.ts";
import { connectSqlite } from "./sqlite.ts";
import { neededTables } from "./tables.ts";

/** A connection that stands: close its runner. */
export interface Connected {
  readonly runner: Runner;
  /** For `compileSql`: how this database stores what its types do not say. */
  readonly storage: Storage;
  readonly report: LoadReport;
}

export interface ConnectOptions {
  /** The project's folder: paths are relative to it. */
  readonly baseDir: string;
  /** The entities whose tables are needed (`readEntities`); null for all of the model. */
  readonly entities?: ReadonlySet<string> | null;
  /** The snapshots whose stored keys are needed. */
  readonly snapshots?: Iterable<string>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Connects to where the data is and holds it against the model: each table and column is there, in a form that is read exactly. Files are loaded.
 * Throws `ConfigurationError` where the configuration does not fit the model, `DataError` where the data is to blame, `EngineError` where the engine is,
 * and the signal's reason when that aborts.
 */
export async function connect(connection: Connection, model: Model, options: ConnectOptions): Promise<Connected> {
  const needed = neededTables(model, options.entities ?? null, options.snapshots);
  const tables = needed.filter((table) => table.columns.length > 0);
  const surroundings = { baseDir: options.baseDir, signal: options.signal };
  switch (connection.engine) {
    case "duckdb":
      return { storage: USUAL_STORAGE, ...(await connectDuckdb(connection, tables, surroundings)) };
    case "sqlite":
      return connectSqlite(connection, tables, surroundings);
    case "postgres":
      return connectPostgres(connection, tables, surroundings);
  }
}
