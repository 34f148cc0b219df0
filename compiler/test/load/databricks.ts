import { formatInstant, parseInstant } from "../../../language/meaning/calendar.ts";
import type { ColumnType } from "../../engines/reader.ts";
import type { NeededTable } from "../../engines/tables.ts";
import { type Answer, DataError, EngineError } from "../../sql/runner.ts";
import type { Parameter } from "../../sql/statement.ts";
import { USUAL_STORAGE } from "../../sql/storage.ts";
import { schemasOf, type Tables, type TestEngine, tablesOf } from "./creation.ts";

/**
 * Apache Spark behind `servers/spark.py`, in a session of its own. Every second column of instants is without a zone. Tables are views of constant rows,
 * which need no files.
 */
export async function sparkEngine(server: string): Promise<TestEngine> {
  const url = `${server}/${process.pid}/${opened++}`;
  let made: readonly string[] = [];
  return {
    dialect: "databricks",
    storage: USUAL_STORAGE,
    async load(model, tables) {
      const needed = tablesOf(model, tables).filter(({ columns }) => columns.length > 0);
      for (const view of made) await ask(url, `drop view ${view}`);
      made = needed.map(tableName);
      for (const schema of schemasOf(needed)) await ask(url, `create schema if not exists ${named(schema)}`);
      for (const table of needed) {
        // Of a temporary view alone it takes any name.
        const view = table.parts.length === 1 ? "temporary view" : "view";
        await ask(url, `create ${view} ${tableName(table)} as ${rowsOf(table, tables)}`);
      }
      return {
        dialect: "databricks",
        version: async () => `Apache Spark ${(await ask(url, "select version() as version"))[0]?.["version"]}`,
        execute: ({ sql, parameters }) =>
          ask(url, sql, Object.fromEntries(parameters.map((parameter, index) => [`p${index + 1}`, bound(parameter)]))),
        close: async () => {},
      };
    },
    close: async () => {
      await fetch(url, { method: "DELETE" });
    },
  };
}

let opened = 0;

/** All but yes/no travels as text, as Databricks' own interface takes it. */
const bound = ({ value }: Parameter): string | boolean | null =>
  value === null || typeof value === "boolean" ? value : String(value);

const named = (name: string): string => `\`${name.replaceAll("`", "``")}\``;
const tableName = ({ parts }: NeededTable): string => parts.map(named).join(".");

/** By its bytes, so that nothing in it means anything. */
const quoted = (text: string): string => `cast(X'${Buffer.from(text).toString("hex")}' as string)`;

/** A query of the rows of a table. */
function rowsOf({ parts, columns }: NeededTable, tables: Tables): string {
  const types = columns.map(({ type }, index) => typeName(type, index % 2 === 1));
  const names = columns.map(({ name }) => named(name));
  const rows = tables[parts.join(".")] ?? [];
  const typed = (cells: readonly string[]): string =>
    cells.map((cell, index) => `cast(${cell} as ${types[index]}) as ${names[index]}`).join(", ");
  if (rows.length === 0) return `select ${typed(columns.map(() => "null"))} where 1 = 0`;
  const values = rows.map((row) => `(${columns.map(({ name, type }) => cellText(row[name], type)).join(", ")})`);
  return `select ${typed(names)} from values\n${values.join(",\n")} as v(${names.join(", ")})`;
}

function typeName(type: ColumnType, isLocal: boolean): string {
  switch (type.kind) {
    case "text":
    case "json":
      return "string";
    case "integer":
      return "bigint";
    case "decimal":
      return `decimal(${type.precision}, ${type.scale})`;
    case "float":
      return "double";
    case "timestamp":
      return isLocal ? "timestamp_ntz" : "timestamp";
    case "list":
      return `array<${typeName(type.of, isLocal)}>`;
    case "boolean":
    case "date":
      return type.kind;
  }
}

/** A text, which is then cast; a list of them. */
function cellText(raw: unknown, type: ColumnType): string {
  if (raw === null || raw === undefined) return `cast(null as ${type.kind === "list" ? "array<string>" : "string"})`;
  if (type.kind === "list")
    return `cast(array(${(raw as readonly unknown[]).map((item) => cellText(item, type.of)).join(", ")}) as array<string>)`;
  if (type.kind === "json") return quoted(typeof raw === "string" ? raw : JSON.stringify(raw));
  const text = String(raw);
  if (type.kind !== "timestamp") return quoted(text);
  return quoted(formatInstant(parseInstant(text, "UTC") ?? 0n).replace("Z", ""));
}

interface Reply {
  readonly error?: string;
  readonly state?: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Answer[])[];
}

async function ask(
  url: string,
  sql: string,
  args: Readonly<Record<string, string | boolean | null>> = {},
): Promise<readonly Readonly<Record<string, Answer>>[]> {
  const response = await fetch(url, { method: "POST", body: JSON.stringify({ sql, args }) });
  const { error, state = "", columns, rows } = (await response.json()) as Reply;
  if (error !== undefined) throw state.startsWith("22") ? new DataError(error) : new EngineError(error);
  return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])));
}
