import { stat } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { compareText } from "../../language/text/compare.ts";
import { DataError } from "../sql/runner.ts";
import { ConfigurationError } from "./config.ts";
import {
  createTableSql,
  type DataFile,
  type Keys,
  loadCsv,
  loadJson,
  loadParquet,
  type Target,
} from "./duckdb-files.ts";
import { createPlaces } from "./duckdb-places.ts";
import { literal, quoted } from "./duckdb-types.ts";
import type { LoadedTable, LoadReport, Surroundings } from "./load.ts";
import { missingColumn } from "./messages.ts";
import { resolveTables } from "./resolve.ts";
import { type NeededTable, tableName } from "./tables.ts";

/** Files by table, as the configuration has them. */
type Files = Readonly<Record<string, string | readonly string[]>>;

/** Creates the tables of the model in DuckDB and fills them from their files. */
export async function loadTables(
  driver: typeof import("@duckdb/node-api"),
  connection: DuckDBConnection,
  files: Files,
  tables: readonly NeededTable[],
  surroundings: Surroundings,
): Promise<LoadReport> {
  const keys = resolveTables(tables, new Set(Object.keys(files)), {
    message: (table) => `The connection has no files for the table \`${table}\`.`,
    help: (table, near) =>
      near === null
        ? `Add it to the connection's \`tables\`: \`${JSON.stringify(table)}: "data/${table.split(".").at(-1)}.csv"\`.`
        : `Is it \`${near}\`? Then write \`${JSON.stringify(table)}\` in the connection's \`tables\`.`,
  });
  const places = await createPlaces(connection, tables);
  const loaded: LoadedTable[] = [];
  const notes: string[] = [];
  for (const table of tables) {
    const written = files[keys.get(table) as string] as string | readonly string[];
    const found = await expand(connection, typeof written === "string" ? [written] : written, surroundings.baseDir);
    const name = places.get(table) as Target["name"];
    const target: Target = { driver, connection, name, columns: table.columns, signal: surroundings.signal };
    await connection.run(createTableSql(target));
    notes.push(...(await loadFiles(target, table, found)));
    const counted = await connection.runAndReadAll(
      `select count(*) as n from ${[name.catalog, name.schema, name.table].map(quoted).join(".")}`,
    );
    loaded.push({
      table: tableName(table),
      from: found.map((file) => file.shown),
      rows: Number(counted.getRowObjects()[0]?.["n"]),
    });
  }
  return { tables: loaded, notes };
}

async function loadFiles(target: Target, table: NeededTable, files: readonly DataFile[]): Promise<readonly string[]> {
  const json: DataFile[] = [];
  const keys: Keys = { found: new Set(), others: new Set() };
  for (const file of files) {
    switch (formatOf(file)) {
      case "csv":
        await loadCsv(target, file, ",");
        break;
      case "tsv":
        await loadCsv(target, file, "\t");
        break;
      case "json":
        json.push(file);
        await loadJson(target, file, keys);
        break;
      case "parquet":
        await loadParquet(target, file);
    }
  }
  if (keys.others.size === 0) return [];
  // JSON leaves out what is missing, so a key that no object has is a mistake only where the model says that there is a value.
  const absent = table.columns.filter(
    (column) => !column.mayLack && !keys.others.has(column.name) && !keys.found.has(column.name),
  );
  const where = json.map((file) => file.shown).join(", ");
  for (const column of absent) if (!column.optional) throw missingColumn(where, column.name, keys.others);
  return absent.map((column) => `No object of ${where} has the key \`${column.name}\`, so it is missing everywhere.`);
}

type FileFormat = "csv" | "tsv" | "json" | "parquet";

const FORMATS: Readonly<Record<string, FileFormat>> = {
  csv: "csv",
  tsv: "tsv",
  ndjson: "json",
  jsonl: "json",
  json: "json",
  parquet: "parquet",
};

/** How a file is written, by the end of its name. */
function formatOf(file: DataFile): FileFormat {
  const [, ending = "", packed] = /\.([A-Za-z]+)(\.gz)?$/i.exec(file.path) ?? [];
  const format = Object.hasOwn(FORMATS, ending.toLowerCase()) ? FORMATS[ending.toLowerCase()] : undefined;
  if (format !== undefined && !(format === "parquet" && packed !== undefined)) return format;
  throw new ConfigurationError(
    `The end of the name ${file.shown} does not say how the file is written.`,
    "Files end with `.csv`, `.tsv`, `.ndjson`, `.json` or `.parquet`; all but the last may be packed, with `.gz` after that.",
  );
}

/** The files that paths and patterns name, each once: in the order of the list, those of a pattern by name. */
async function expand(
  connection: DuckDBConnection,
  written: readonly string[],
  baseDir: string,
): Promise<readonly DataFile[]> {
  const files = new Map<string, DataFile>();
  for (const path of written) {
    const whole = resolve(baseDir, path);
    const paths = /[*?[]/.test(path) && !(await exists(whole)) ? await matching(connection, path, baseDir) : [whole];
    for (const one of paths) files.set(one, { path: one, shown: relative(baseDir, one).split(sep).join("/") });
  }
  return [...files.values()];
}

async function matching(connection: DuckDBConnection, pattern: string, baseDir: string): Promise<readonly string[]> {
  const base = resolve(baseDir).replace(/[[*?]/g, "[$&]");
  const sql = `select file from glob(${literal(resolve(base, pattern))})`;
  const paths = (await connection.runAndReadAll(sql)).getRowObjects().map((row) => resolve(String(row["file"])));
  if (paths.length === 0) throw new DataError(`No file matches ${pattern}.`);
  return paths.sort(compareText);
}

const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
