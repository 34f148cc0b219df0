import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { bucketOf } from "../predicate/bucket.ts";
import { type Answer, EngineError, type Runner } from "../sql/runner.ts";
import type { Parameter } from "../sql/statement.ts";
import { type Storage, type StoredAs, storageKey } from "../sql/storage.ts";
import { wholeNumber } from "./answer.ts";
import { ConfigurationError, type SqliteConnection, timeoutMillis } from "./config.ts";
import type { LoadReport, Surroundings } from "./load.ts";
import { missingColumn, overflow } from "./messages.ts";
import { resolveTables } from "./resolve.ts";
import { checkTable, type Query, type SqliteTable } from "./sqlite-check.ts";
import { type NeededTable, tableName } from "./tables.ts";

/**
 * A SQLite file, only read, as it was when the connection was made. `crm.customers` of the model is the table `customers`: the file is attached once more
 * under the name of each schema.
 */
export async function connectSqlite(
  config: SqliteConnection,
  tables: readonly NeededTable[],
  { baseDir, signal }: Surroundings,
): Promise<{ readonly runner: Runner; readonly storage: Storage; readonly report: LoadReport }> {
  const timeout = timeoutMillis(config.timeout);
  const file = resolve(baseDir, config.path);
  if ((await stat(file).catch(() => null))?.isFile() !== true)
    throw new EngineError(`There is no database ${config.path}.`);
  const { DatabaseSync } = await quietly(() => import("node:sqlite"));
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    attachSchemas(database, file, tables);
    database.exec("pragma query_only = 1; begin");
    const query: Query = (sql) => prepared(database, sql).all();
    const names = resolveTables(tables, tableNames(query), {
      message: (table) => `The database ${config.path} has no table \`${table}\`.`,
      help: (_, near) =>
        near === null ? "Tables are named in the model after `from`." : `Write \`from ${near}\` in the model.`,
    });
    const columns = new Map<string, StoredAs>();
    const notes: string[] =
      timeout === null ? [] : ["SQLite cannot be interrupted: `timeout` has no effect on this connection."];
    for (const table of tables) {
      signal?.throwIfAborted();
      const found = sqliteTable(query, names.get(table) as string);
      const isThere = (name: string): boolean => found.columns.includes(name);
      for (const column of table.columns) {
        if (isThere(column.name)) continue;
        if (!column.mayLack) throw missingColumn(`${config.path}, table \`${found.name}\``, column.name, found.columns);
        columns.set(storageKey(table.parts, column.name), "absent");
      }
      const present = table.columns.filter(({ name }) => isThere(name));
      const checked = checkTable(query, found, present, config.decimals ?? "number", config.path);
      for (const name of checked.micros) columns.set(storageKey(table.parts, name), "micros");
      notes.push(...checked.notes);
    }
    const report = {
      tables: tables.map((table) => ({ table: tableName(table), from: [names.get(table) as string], rows: null })),
      notes,
    };
    return {
      runner: sqliteRunner(database),
      storage: { decimals: config.decimals ?? "number", samples: true, columns },
      report,
    };
  } catch (error) {
    database.close();
    throw failure(error);
  }
}

/** SQLite's attached databases: more schemas than these cannot be told apart. */
const MOST_SCHEMAS = 10;

function attachSchemas(database: DatabaseSync, file: string, tables: readonly NeededTable[]): void {
  const schemas = new Map<string, string>();
  for (const table of tables) {
    const [schema, ...rest] = table.parts as readonly [string, ...string[]];
    if (rest.length === 0) continue;
    if (rest.length > 1 || schema.toLowerCase() === "temp")
      throw new ConfigurationError(
        `SQLite has no place for the table \`${tableName(table)}\`.`,
        `Write \`from ${table.parts.at(-1)}\` in the model.`,
      );
    if (schema.toLowerCase() !== "main") schemas.set(schema.toLowerCase(), schema);
  }
  if (schemas.size > MOST_SCHEMAS)
    throw new ConfigurationError(
      `The model names ${schemas.size} schemas; SQLite takes ${MOST_SCHEMAS}.`,
      "Leave the schemas out of the names of tables.",
    );
  for (const schema of schemas.values()) database.prepare(`attach ? as ${ident(schema)}`).run(file);
}

const ident = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Names with a dot could not be told from those with a schema. */
function tableNames(query: Query): ReadonlySet<string> {
  const rows = query("select name from main.sqlite_master where type in ('table', 'view')");
  return new Set(rows.map((row) => String(row["name"])).filter((name) => !name.includes(".")));
}

function sqliteTable(query: Query, name: string): SqliteTable {
  const rows = query(`select name from pragma_table_xinfo('${name.replaceAll("'", "''")}', 'main')`);
  return { name, columns: rows.map((row) => String(row["name"])) };
}

/** Runs SQL on a database that is open, to which it gives the function `seg_bucket`. It runs to its end: SQLite in Node cannot be interrupted. */
export function sqliteRunner(database: DatabaseSync): Runner {
  database.function("seg_bucket", { deterministic: true }, (seed, key) =>
    key === null ? null : BigInt(bucketOf(String(seed), String(key))),
  );
  return {
    dialect: "sqlite",
    version: async () => `SQLite ${String(database.prepare("select sqlite_version() as v").get()?.["v"])}`,
    async execute({ sql, parameters }, signal) {
      signal?.throwIfAborted();
      try {
        const statement = prepared(database, sql);
        const values = parameters.map(bound);
        const rows = /\?1\b/.test(sql) ? statement.all(numbered(values)) : statement.all(...values);
        return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, answer(value)])));
      } catch (error) {
        throw failure(error);
      }
    },
    async close() {
      database.close();
    },
  };
}

function prepared(database: DatabaseSync, sql: string) {
  const statement = database.prepare(sql);
  statement.setReadBigInts(true);
  return statement;
}

/** Node 22 knows `?1` by name only. */
const numbered = (values: readonly SQLInputValue[]): Record<string, SQLInputValue> =>
  Object.fromEntries(values.map((value, index) => [`?${index + 1}`, value]));

/**
 * As the forms in which values are stored: integers and yes/no as integers (a JavaScript number would be REAL), instants as text of 26 characters,
 * decimals as numbers. SQL that wants microseconds or minor units says so by an integer parameter.
 */
function bound({ type, value }: Parameter): SQLInputValue {
  if (value === null) return null;
  switch (type) {
    case "text":
    case "date":
      return String(value);
    case "boolean":
      return value === true ? 1n : 0n;
    case "integer":
      return BigInt(value);
    case "decimal":
    case "float":
      return Number(value);
    case "timestamp":
      return String(value).replace("T", " ").replace("Z", "");
  }
}

function answer(value: unknown): Answer {
  if (typeof value === "bigint") return wholeNumber(value);
  return typeof value === "number" || typeof value === "string" ? value : value === null ? null : String(value);
}

function failure(error: unknown): Error {
  const { code, message } = error as { readonly code?: string; readonly message: string };
  if (code !== "ERR_SQLITE_ERROR") return error as Error;
  return message === "integer overflow" ? overflow() : new EngineError(`SQLite refused the statement: ${message}.`);
}

/** Without Node's word that its SQLite is experimental: the version is pinned by Node's own. */
async function quietly<T>(load: () => Promise<T>): Promise<T> {
  const { emitWarning } = process;
  process.emitWarning = ((warning: string | Error, ...rest: never[]) => {
    if (!String(warning).includes("SQLite is an experimental feature")) emitWarning.call(process, warning, ...rest);
  }) as typeof process.emitWarning;
  try {
    return await load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
