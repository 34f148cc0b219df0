import { formatInstant, parseInstant } from "../../../language/meaning/calendar.ts";
import type { ColumnType } from "../../engines/reader.ts";
import type { NeededTable } from "../../engines/tables.ts";
import { type Answer, DataError, EngineError } from "../../sql/runner.ts";
import type { Parameter } from "../../sql/statement.ts";
import { USUAL_STORAGE } from "../../sql/storage.ts";
import { doubleQuoted, quoted, schemasOf, type Tables, type TestEngine, tablesOf } from "./creation.ts";

/** A Trino server that makes catalogs: each engine has one of its own, in memory. Every second column of instants has a zone. */
export async function trinoEngine(url: string): Promise<TestEngine> {
  const catalog = `seg_${process.pid}_${opened++}`;
  const ask = (sql: string): ReturnType<typeof answerOf> => answerOf(url, catalog, sql);
  await ask(`create catalog ${catalog} using memory`);
  let made: readonly string[] = [];
  return {
    dialect: "trino",
    storage: USUAL_STORAGE,
    async load(model, tables) {
      const needed = tablesOf(model, tables).filter(({ columns }) => columns.length > 0);
      for (const table of made) await ask(`drop table ${table}`);
      made = needed.map(tableName);
      for (const schema of schemasOf(needed)) await ask(`create schema if not exists ${doubleQuoted(schema)}`);
      for (const table of needed) await ask(`create table ${tableName(table)} as ${rowsOf(table, tables)}`);
      return {
        dialect: "trino",
        version: async () => `Trino ${(await ask("select version() as version"))[0]?.["version"]}`,
        execute: ({ sql, parameters }) =>
          ask(
            parameters.length === 0
              ? sql
              : `execute immediate ${quoted(sql)} using ${parameters.map(parameterText).join(", ")}`,
          ),
        close: async () => {},
      };
    },
    close: async () => {
      await ask(`drop catalog ${catalog}`);
    },
  };
}

let opened = 0;

/** What is bound are expressions of the types that a client has. */
function parameterText({ type, value }: Parameter): string {
  if (value === null) return "null";
  switch (type) {
    case "boolean":
      return String(value);
    case "integer":
    case "decimal":
      return `decimal '${value}'`;
    case "timestamp":
      return quoted(String(value).replace("T", " ").replace("Z", " UTC"));
    case "text":
    case "date":
    case "float":
      return quoted(String(value));
  }
}

const tableName = ({ parts }: NeededTable): string => parts.map(doubleQuoted).join(".");

/** A query of the rows of a table. */
function rowsOf({ parts, columns }: NeededTable, tables: Tables): string {
  const types = columns.map(({ type }, index) => typeName(type, index % 2 === 1));
  const names = columns.map(({ name }) => doubleQuoted(name));
  const rows = tables[parts.join(".")] ?? [];
  const typed = (cells: readonly string[]): string =>
    cells.map((cell, index) => `cast(${cell} as ${types[index]}) as ${names[index]}`).join(", ");
  if (rows.length === 0) return `select ${typed(columns.map(() => "null"))} where 1 = 0`;
  const values = rows.map((row) => `(${columns.map(({ name, type }) => cellText(row[name], type)).join(", ")})`);
  return `select ${typed(names)} from (values\n${values.join(",\n")}) as v (${names.join(", ")})`;
}

function typeName(type: ColumnType, isZoned: boolean): string {
  switch (type.kind) {
    case "text":
    case "json":
      return "varchar";
    case "integer":
      return "bigint";
    case "decimal":
      return `decimal(${type.precision}, ${type.scale})`;
    case "float":
      return "double";
    case "timestamp":
      return isZoned ? "timestamp(6) with time zone" : "timestamp(6)";
    case "list":
      return `array(${typeName(type.of, isZoned)})`;
    case "boolean":
    case "date":
      return type.kind;
  }
}

/** A text, which is then cast; a list of them. */
function cellText(raw: unknown, type: ColumnType): string {
  if (raw === null || raw === undefined) return `cast(null as ${type.kind === "list" ? "array(varchar)" : "varchar"})`;
  if (type.kind === "list")
    return `cast(array[${(raw as readonly unknown[]).map((item) => cellText(item, type.of)).join(", ")}] as array(varchar))`;
  if (type.kind === "json") return quoted(typeof raw === "string" ? raw : JSON.stringify(raw));
  const text = String(raw);
  if (type.kind !== "timestamp") return quoted(text);
  return quoted(
    formatInstant(parseInstant(text, "UTC") ?? 0n)
      .replace("T", " ")
      .replace("Z", ""),
  );
}

interface Page {
  readonly error?: { readonly errorName: string; readonly message: string };
  readonly columns?: readonly { readonly name: string; readonly type: string }[];
  readonly data?: readonly (readonly Answer[])[];
  readonly nextUri?: string;
}

const HEADERS = {
  "X-Trino-User": "seglang",
  "X-Trino-Schema": "default",
  "X-Trino-Time-Zone": "UTC",
  "X-Trino-Client-Capabilities": "PARAMETRIC_DATETIME",
};

/** What is wrong with the data, not with the statement. */
const OF_DATA = /OUT_OF_RANGE|INVALID_CAST|INVALID_FUNCTION_ARGUMENT|DIVISION_BY_ZERO/;

/** Its protocol: the answer comes in pages, each names the next one. */
async function answerOf(
  url: string,
  catalog: string,
  sql: string,
): Promise<readonly Readonly<Record<string, Answer>>[]> {
  const headers = { ...HEADERS, "X-Trino-Catalog": catalog };
  let response = await fetch(`${url}/v1/statement`, { method: "POST", body: sql, headers });
  const rows: Readonly<Record<string, Answer>>[] = [];
  for (;;) {
    const page = JSON.parse(await response.text(), exactIntegers) as Page;
    if (page.error !== undefined) {
      const message = `${page.error.errorName}: ${page.error.message}`;
      throw OF_DATA.test(page.error.errorName) ? new DataError(message) : new EngineError(message);
    }
    for (const row of page.data ?? [])
      rows.push(Object.fromEntries((page.columns ?? []).map(({ name }, index) => [name, row[index] ?? null])));
    if (page.nextUri === undefined) return rows;
    response = await fetch(page.nextUri);
  }
}

/** Integers that a double does not hold stay the text that they are. */
const exactIntegers = (_: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? "")
    ? context?.source
    : value;
