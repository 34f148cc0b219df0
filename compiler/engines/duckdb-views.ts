import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { printType } from "../../language/types/print.ts";
import { EngineError } from "../sql/runner.ts";
import { createPlaces, type Place } from "./duckdb-places.ts";
import { duckdbType, literal, quoted, readNative } from "./duckdb-types.ts";
import type { LoadReport, Surroundings } from "./load.ts";
import { missingColumn, wrongType } from "./messages.ts";
import { resolveTables } from "./resolve.ts";
import { type NeededTable, tableName } from "./tables.ts";

/** The catalog under which the database file is attached. */
const FILE = "seg$file";

/** A table of the file: its columns' types by name. */
interface Found {
  readonly schema: string;
  readonly table: string;
  readonly columns: Map<string, string>;
}

/** Shows the tables of a DuckDB file under the model's names and types: views over the file, which is only read. */
export async function viewTables(
  connection: DuckDBConnection,
  path: string,
  tables: readonly NeededTable[],
  { baseDir }: Surroundings,
): Promise<LoadReport> {
  const file = resolve(baseDir, path);
  if ((await stat(file).catch(() => null)) === null) throw new EngineError(`There is no database ${path}.`);
  try {
    await connection.run(`attach ${literal(file)} as "${FILE}" (type duckdb, read_only)`);
  } catch (error) {
    const busy = /lock/i.test((error as Error).message);
    throw new EngineError(
      busy
        ? `The database ${path} is being written by another program.`
        : `${path} is not a DuckDB database that this version can read.`,
    );
  }
  const found = await readCatalog(connection);
  const names = resolveTables(tables, new Set(found.keys()), {
    message: (table) => `The database ${path} has no table \`${table}\`.`,
    help: (_, near) =>
      near === null ? "Tables are named in the model after `from`." : `Write \`from ${near}\` in the model.`,
  });
  const places = await createPlaces(connection, tables);
  for (const table of tables) {
    const source = found.get(names.get(table) as string) as Found;
    await connection.run(viewSql(table, places.get(table) as Place, source, path));
  }
  return {
    tables: tables.map((table) => ({ table: tableName(table), from: [names.get(table) as string], rows: null })),
    notes: [],
  };
}

/** Tables and views by `schema.table`, those of `main` also by `table`. */
async function readCatalog(connection: DuckDBConnection): Promise<ReadonlyMap<string, Found>> {
  const found = new Map<string, Found>();
  const sql = `select schema_name, table_name, column_name, data_type from duckdb_columns() where database_name = '${FILE}' and not internal`;
  for (const row of (await connection.runAndReadAll(sql)).getRowObjects()) {
    const [schema, table] = [String(row["schema_name"]), String(row["table_name"])];
    const one = found.get(`${schema}.${table}`) ?? { schema, table, columns: new Map() };
    one.columns.set(String(row["column_name"]), String(row["data_type"]));
    found.set(`${schema}.${table}`, one);
    if (schema === "main") found.set(table, one);
  }
  return found;
}

function viewSql(table: NeededTable, place: Place, source: Found, path: string): string {
  const where = `${path}, table \`${source.schema}.${source.table}\``;
  const columns = table.columns.map((column) => {
    const native = source.columns.get(column.name);
    if (native === undefined && column.mayLack)
      return `cast(null as ${duckdbType(column.type)}) as ${quoted(column.name)}`;
    if (native === undefined) throw missingColumn(where, column.name, source.columns.keys());
    const message = `seg: ${where}: the column \`${column.name}\` holds a value that is not read as \`${printType(column.type)}\`.`;
    const read = readNative(column.type, native, quoted(column.name), message);
    if (read === null) throw wrongType(where, column, native);
    return `${read.sql} as ${quoted(column.name)}`;
  });
  const name = [place.catalog, place.schema, place.table].map(quoted).join(".");
  const from = [FILE, source.schema, source.table].map(quoted).join(".");
  return `create view ${name} as select ${columns.join(", ")} from ${from}`;
}
