import { parseDay, parseInstant } from "../../../language/meaning/calendar.ts";
import type { Model } from "../../../language/model/model.ts";
import type { ColumnType } from "../../engines/reader.ts";
import { type NeededTable, tableName } from "../../engines/tables.ts";
import { bigquery } from "../../sql/dialects/bigquery.ts";
import { type Answer, EngineError, type Runner } from "../../sql/runner.ts";
import type { Parameter } from "../../sql/statement.ts";
import { USUAL_STORAGE } from "../../sql/storage.ts";
import { packageVersion } from "../servers/running.ts";
import { type Tables, type TestEngine, tablesOf } from "./creation.ts";
import { type GoogleServer, googleServer, googleType, numericBytes, type ValueProto } from "./googlesql.ts";

/** BigQuery's language by its reference implementation. JSON columns are of type JSON in one world and text in the next. */
export async function bigqueryEngine(): Promise<TestEngine> {
  const server = await googleServer();
  let worlds = 0;
  return {
    dialect: "bigquery",
    storage: USUAL_STORAGE,
    async load(model: Model, tables: Tables) {
      const needed = tablesOf(model, tables).filter(({ columns }) => columns.length > 0);
      const json = worlds++ % 2 === 0 ? "TYPE_STRING" : "TYPE_JSON";
      await server.load(needed.map((table) => googleTable(table, tables[tableName(table)] ?? [], json)));
      return bigqueryRunner(server, needed);
    },
    close: async () => server.close(),
  };
}

function googleTable(
  table: NeededTable,
  rows: readonly Readonly<Record<string, unknown>>[],
  json: "TYPE_JSON" | "TYPE_STRING",
) {
  return {
    name: tableName(table),
    columns: table.columns.map(({ name, type }) => ({ name, type: googleType(type, json) })),
    rows: rows.map((row) => table.columns.map(({ name, type }) => googleValue(row[name], type, json))),
  };
}

/** A cell as conformance files have it. */
function googleValue(raw: unknown, type: ColumnType, json: "TYPE_JSON" | "TYPE_STRING"): ValueProto {
  if (raw === null || raw === undefined) return {};
  const text = String(raw);
  switch (type.kind) {
    case "text":
      return { stringValue: text };
    case "boolean":
      return { boolValue: text === "true" };
    case "integer":
      return { int64Value: text };
    case "decimal":
      return { numericValue: numericBytes(text) };
    case "float":
      return { doubleValue: Number(raw) };
    case "date":
      return { dateValue: parseDay(text) };
    case "timestamp":
      return { timestampValue: timestampOf(parseInstant(text, "UTC") ?? 0n) };
    case "list":
      return { arrayValue: { element: (raw as readonly unknown[]).map((item) => googleValue(item, type.of, json)) } };
    case "json":
      return {
        [json === "TYPE_JSON" ? "jsonValue" : "stringValue"]: storedJson(
          typeof raw === "string" ? raw : JSON.stringify(raw),
        ),
      };
  }
}

/** BigQuery stores no number beyond doubles, and stops at one in a text: here a null stands for it, which is as missing. */
const storedJson = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    token.startsWith('"') || Number.isFinite(Number(token)) ? token : "null",
  );

function timestampOf(micros: bigint): { readonly seconds: string; readonly nanos: number } {
  const within = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  return { seconds: String((micros - within) / 1_000_000n), nanos: Number(within) * 1000 };
}

/** The runner of one world. The server knows tables by one name alone, so that `crm`.`customers` becomes `crm.customers`. */
function bigqueryRunner(server: GoogleServer, tables: readonly NeededTable[]): Runner {
  const names = tables
    .filter(({ parts }) => parts.length > 1)
    .map(({ parts }) => [parts.map(bigquery.identifier).join("."), bigquery.identifier(parts.join("."))] as const);
  return {
    dialect: "bigquery",
    version: async () => `GoogleSQL's reference server ${packageVersion("@fivetrandevelopers/zetasql")}`,
    async execute({ sql, parameters }) {
      const text = names.reduce((all, [path, name]) => all.replaceAll(` ${path} as `, ` ${name} as `), sql);
      try {
        const { columns, rows } = await server.query(text, parameters.map(googleParameter));
        return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, answerOf(row[i] ?? {})])));
      } catch (error) {
        throw new EngineError((error as Error).message);
      }
    },
    close: async () => {},
  };
}

function googleParameter({ type: kind, value }: Parameter, index: number) {
  const type: ColumnType = kind === "decimal" ? { kind, precision: 38, scale: 9 } : { kind };
  return {
    name: `p${index + 1}`,
    type: googleType(type, "TYPE_STRING"),
    value: googleValue(value, type, "TYPE_STRING"),
  };
}

/** Keys are text, all else that is asked for here are numbers. */
function answerOf(value: ValueProto): Answer {
  const [first] = Object.entries(value);
  if (first === undefined) return null;
  const [kind, held] = first;
  return kind === "int64Value" ? Number(held) : (held as Answer);
}
