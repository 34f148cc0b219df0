import type { DuckDBConnection } from "@duckdb/node-api";
import { DataError, EngineError } from "../sql/runner.ts";
import { type CsvProblem, csvReader, lineOfCell } from "./csv.ts";
import { rowWriter } from "./duckdb-rows.ts";
import { DOUBTFUL_JSON, duckdbType, literal, quoted, readCellSql, readNative } from "./duckdb-types.ts";
import { isJsonObject, parseJson, writeJson } from "./json.ts";
import { type JsonProblem, jsonReader } from "./json-records.ts";
import { missingColumn, unreadable, wrongType } from "./messages.ts";
import { type Canonical, readCell, readValue, UNREADABLE } from "./reader.ts";
import type { NeededColumn } from "./tables.ts";
import { textOfFile } from "./text-file.ts";

/** A file, and its name in messages. */
export interface DataFile {
  readonly path: string;
  readonly shown: string;
}

/** Where rows go, and what is read: a table that stands in DuckDB with just these columns. */
export interface Target {
  readonly driver: typeof import("@duckdb/node-api");
  readonly connection: DuckDBConnection;
  readonly name: { readonly catalog: string; readonly schema: string; readonly table: string };
  readonly columns: readonly NeededColumn[];
  readonly signal: AbortSignal | undefined;
}

const nameSql = ({ name }: Target): string => [name.catalog, name.schema, name.table].map(quoted).join(".");

/** A path for DuckDB, whose readers take `*`, `?` and `[` for patterns. */
const pathSql = (file: DataFile): string => literal(file.path.replace(/[[*?]/g, "[$&]"));

function stop(file: DataFile, problem: CsvProblem | JsonProblem | null): void {
  if (problem !== null) throw new DataError(`${file.shown}, line ${problem.line}: ${problem.message}.`);
}

// ---- CSV and TSV ----------------------------------------------------------------------------------------------------

/**
 * Adds the rows of a CSV or TSV file. DuckDB's own reader does it where the file is plain enough for both readers to agree; ours decides all else,
 * and says what is wrong: what DuckDB refuses is read again.
 */
export async function loadCsv(target: Target, file: DataFile, delimiter: "," | "\t"): Promise<void> {
  const header = await readHeader(target, file, delimiter);
  if (header.length === 1 && header[0]?.includes(";") === true) {
    throw new DataError(
      `${file.shown}, line 1: the columns are separated by \`;\`. Write the file with commas, or with tabs as \`.tsv\`.`,
    );
  }
  const positions = target.columns.map((column) => positionOf(column, header, file));
  const simple = target.columns.every((column) => column.type.kind !== "list");
  if (simple && (await loadPlainCsv(target, file, delimiter, header.length, positions))) return;
  await loadAnyCsv(target, file, delimiter, positions);
}

const HEADER = 4096;

async function readHeader(target: Target, file: DataFile, delimiter: "," | "\t"): Promise<readonly string[]> {
  let header: readonly string[] | null = null;
  const reader = csvReader(delimiter, (record) => {
    header ??= record.cells;
  });
  for await (const text of textOfFile(file.path, file.shown, target.signal)) {
    // The first line is short; what follows it in the piece need not be cut into cells.
    for (const part of [text.slice(0, HEADER), text.slice(HEADER)]) {
      const problem = reader.push(part);
      if (header !== null) return header;
      stop(file, problem);
    }
  }
  const problem = reader.end();
  if (header === null) {
    stop(file, problem);
    throw new DataError(`${file.shown} is empty: its first line has to name the columns.`);
  }
  return header;
}

/** Null where the column is not there and need not be. */
function positionOf(column: NeededColumn, header: readonly string[], file: DataFile): number | null {
  const position = header.indexOf(column.name);
  if (position === -1 && column.mayLack) return null;
  if (position === -1) throw missingColumn(`${file.shown}, line 1`, column.name, header);
  if (header.indexOf(column.name, position + 1) === -1) return position;
  throw new DataError(`${file.shown}, line 1: there are two columns \`${column.name}\`.`);
}

/** By DuckDB. False, with nothing added, where our own reader has to decide. */
async function loadPlainCsv(
  target: Target,
  file: DataFile,
  delimiter: "," | "\t",
  width: number,
  positions: readonly (number | null)[],
): Promise<boolean> {
  const reader = csvReader(delimiter, null);
  for await (const text of textOfFile(file.path, file.shown, target.signal)) stop(file, reader.push(text));
  stop(file, reader.end());
  const { traits } = reader;
  if (traits.oddQuotes || traits.lineEnds.size > 1 || traits.lineEnds.has("\r")) return false;
  const names = Array.from({ length: width }, (_, index) => `'c${index}': 'VARCHAR'`);
  const options = [
    "auto_detect = false",
    "header = true",
    `delim = ${literal(delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    "comment = ''",
    "nullstr = ''",
    "allow_quoted_nulls = true",
    "strict_mode = true",
    "hive_partitioning = false",
    `compression = '${file.path.toLowerCase().endsWith(".gz") ? "gzip" : "none"}'`,
    `parallel = ${!traits.quotedBreaks}`,
    `max_line_size = ${Math.max(2_000_000, traits.longest * 3)}`,
    `columns = {${names.join(", ")}}`,
  ];
  const cells = target.columns.map((column, index) => {
    const position = positions[index] ?? null;
    return position === null ? "null" : readCellSql(column.type as never, `c${position}`);
  });
  const { connection } = target;
  await connection.run("begin");
  try {
    const sql = `insert into ${nameSql(target)} select ${cells.join(", ")} from read_csv(${pathSql(file)}, ${options.join(", ")})`;
    const added = (await connection.run(sql)).rowsChanged;
    if (added === Math.max(0, traits.records - 1) && (await isJson(target))) {
      await connection.run("commit");
      return true;
    }
  } catch {
    // Whatever it was: our reader finds the cell, or reads the file after all.
    target.signal?.throwIfAborted();
  }
  await connection.run("rollback");
  return false;
}

/** Whether all JSON that DuckDB's own test may have taken wrongly is right. */
async function isJson(target: Target): Promise<boolean> {
  for (const column of target.columns) {
    if (column.type.kind !== "json") continue;
    const name = quoted(column.name);
    const sql = `select distinct ${name} as cell from ${nameSql(target)} where regexp_matches(${name}, ${literal(DOUBTFUL_JSON)})`;
    const rows = (await target.connection.runAndReadAll(sql)).getRowObjects();
    if (rows.some((row) => parseJson(row["cell"] as string) === undefined)) return false;
  }
  return true;
}

async function loadAnyCsv(
  target: Target,
  file: DataFile,
  delimiter: "," | "\t",
  positions: readonly (number | null)[],
): Promise<void> {
  const writer = await rowWriter(target.driver, target.connection, target.name, target.columns);
  let first = true;
  const reader = csvReader(delimiter, (record) => {
    if (!first) {
      writer.add(
        target.columns.map((column, index) => {
          const position = positions[index] ?? null;
          if (position === null) return null;
          const cell = record.cells[position] as string;
          const value = readCell(column.type, cell);
          if (value !== UNREADABLE) return value;
          const where = `${file.shown}, line ${lineOfCell(record, position)}, column ${position + 1} (\`${column.name}\`)`;
          throw unreadable(where, column, cell);
        }),
      );
    }
    first = false;
  });
  for await (const text of textOfFile(file.path, file.shown, target.signal)) stop(file, reader.push(text));
  stop(file, reader.end());
  writer.close();
}

// ---- JSON -----------------------------------------------------------------------------------------------------------

/** The keys of the objects of JSON files, as far as it matters: whether each column occurs, and names that may be meant. */
export interface Keys {
  readonly found: Set<string>;
  readonly others: Set<string>;
}

const ENOUGH_NAMES = 1000;

/** Adds the objects of a file of JSON: one list of them, or one after the other. Notes the keys it meets. */
export async function loadJson(target: Target, file: DataFile, keys: Keys): Promise<void> {
  const writer = await rowWriter(target.driver, target.connection, target.name, target.columns);
  const reader = jsonReader(({ line, text }) => {
    const object = parseJson(text);
    if (object === undefined || !isJsonObject(object))
      throw new DataError(`${file.shown}, line ${line}: the object that begins here is not JSON.`);
    const row = target.columns.map((column): Canonical => {
      const value = Object.hasOwn(object, column.name) ? object[column.name] : undefined;
      if (value === undefined) return null;
      keys.found.add(column.name);
      const read = readValue(column.type, value);
      if (read !== UNREADABLE) return read;
      throw unreadable(`${file.shown}, line ${line} (\`${column.name}\`)`, column, writeJson(value) ?? "[…]");
    });
    if (keys.others.size < ENOUGH_NAMES) for (const key of Object.keys(object)) keys.others.add(key);
    writer.add(row);
  });
  for await (const text of textOfFile(file.path, file.shown, target.signal)) stop(file, reader.push(text));
  stop(file, reader.end());
  writer.close();
}

// ---- Parquet --------------------------------------------------------------------------------------------------------

/** Adds the rows of a Parquet file, whose columns have types of their own. */
export async function loadParquet(target: Target, file: DataFile): Promise<void> {
  const { connection, columns } = target;
  const source = `read_parquet(${pathSql(file)}, hive_partitioning = false)`;
  const natives = new Map<string, string>();
  try {
    const described = await connection.runAndReadAll(`describe select * from ${source}`);
    for (const row of described.getRowObjects()) natives.set(String(row["column_name"]), String(row["column_type"]));
  } catch {
    throw new DataError(`${file.shown} is not there, or is not a whole Parquet file.`);
  }
  const reads = columns.map((column) => {
    const native = natives.get(column.name);
    if (native === undefined && column.mayLack) return { column, sql: "null", unreadable: null };
    if (native === undefined) throw missingColumn(file.shown, column.name, natives.keys());
    const read = readNative(column.type, native, quoted(column.name));
    if (read === null) throw wrongType(file.shown, column, native);
    return { column, ...read };
  });
  try {
    await connection.run(
      `insert into ${nameSql(target)} select ${reads.map((read) => read.sql).join(", ")} from ${source}`,
    );
  } catch (error) {
    target.signal?.throwIfAborted();
    for (const read of reads) {
      if (read.unreadable === null) continue;
      const numbered = `read_parquet(${pathSql(file)}, hive_partitioning = false, file_row_number = true)`;
      const sql = `select file_row_number + 1 as "row", cast(${quoted(read.column.name)} as varchar) as "value" from ${numbered} where ${read.unreadable} order by 1 limit 1`;
      const [row] = (await connection.runAndReadAll(sql)).getRowObjects();
      if (row !== undefined)
        throw unreadable(
          `${file.shown}, row ${row["row"]} (\`${read.column.name}\`)`,
          read.column,
          String(row["value"]),
        );
    }
    // The rest of DuckDB's message may hold values.
    const [kind] = (error as Error).message.split(":");
    throw new EngineError(`DuckDB could not read ${file.shown} (${kind}).`);
  }
}

/** `create table` with the columns that are read. */
export function createTableSql(target: Target): string {
  const columns = target.columns.map((column) => `${quoted(column.name)} ${duckdbType(column.type)}`);
  return `create table ${nameSql(target)} (${columns.join(", ")})`;
}
