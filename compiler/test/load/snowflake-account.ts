import { formatInstant, parseInstant } from "../../../language/meaning/calendar.ts";
import type { ColumnType } from "../../engines/reader.ts";
import type { NeededTable } from "../../engines/tables.ts";
import { snowflake } from "../../sql/dialects/snowflake.ts";
import { type Answer, DataError, EngineError } from "../../sql/runner.ts";
import type { Parameter } from "../../sql/statement.ts";
import { USUAL_STORAGE } from "../../sql/storage.ts";
import { schemasOf, type Tables, type TestEngine, tablesOf } from "./creation.ts";

/** What an account answers to a statement, or to the question how far it is. */
interface Reply {
  readonly message?: string;
  readonly sqlState?: string;
  readonly statementHandle?: string;
  readonly resultSetMetaData?: {
    readonly rowType: readonly { readonly name: string; readonly type: string; readonly scale?: number | null }[];
    readonly partitionInfo?: readonly unknown[];
  };
  readonly data?: readonly (readonly (string | null)[])[];
}

/** Where tables stand whose names have no schema. */
const SCHEMA = "seg_test";

/**
 * Snowflake itself, by its SQL API, in a database that is for these tests alone: the schemas of their models are made in it, and dropped. The address is
 * `https://account.snowflakecomputing.com/DATABASE?warehouse=NAME&role=NAME`, and the token one for programs, OAuth or a key pair.
 */
export async function snowflakeEngine(address: string, token: string): Promise<TestEngine> {
  const { origin, pathname, searchParams } = new URL(address);
  const place = { database: decodeURIComponent(pathname.slice(1)), ...Object.fromEntries(searchParams) };
  // No session can stand in a schema that is not there yet.
  const make = client(origin, token, place);
  const ask = client(origin, token, { ...place, schema: SCHEMA });
  const made = new Set<string>([SCHEMA]);
  const clear = async (): Promise<void> => {
    for (const schema of made) await make(`drop schema if exists ${named(schema)} cascade`);
  };
  return {
    dialect: "snowflake",
    storage: USUAL_STORAGE,
    async load(model, tables) {
      const needed = tablesOf(model, tables).filter(({ columns }) => columns.length > 0);
      await clear();
      for (const schema of schemasOf(needed)) made.add(schema);
      for (const schema of made) await make(`create schema ${named(schema)}`);
      for (const table of needed) await ask(tableOf(table, tables));
      return {
        dialect: "snowflake",
        version: async () => `Snowflake ${(await ask('select current_version() as "version"'))[0]?.["version"]}`,
        execute: ({ sql, parameters }) => ask(sql, parameters),
        close: async () => {},
      };
    },
    close: clear,
  };
}

type Ask = (
  statement: string,
  parameters?: readonly Parameter[],
) => Promise<readonly Readonly<Record<string, Answer>>[]>;

/** A statement after the other, each in a session of its own, whose clock is that of UTC. */
function client(origin: string, token: string, place: Readonly<Record<string, string>>): Ask {
  const headers = {
    Authorization: `Bearer ${token}`,
    "Content-Type": "application/json",
    Accept: "application/json",
    "User-Agent": "seglang-tests",
  };
  const request = async (path: string, body?: string): Promise<{ readonly status: number; readonly reply: Reply }> => {
    const response = await fetch(`${origin}/api/v2/statements${path}`, {
      headers,
      ...(body === undefined ? {} : { method: "POST", body }),
    });
    // It asks for patience where many ask at once.
    if (response.status === 429) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return request(path, body);
    }
    return { status: response.status, reply: (await response.json()) as Reply };
  };
  return async (statement, parameters = []) => {
    const bindings = Object.fromEntries(
      parameters.map(({ value }, index) => [index + 1, { type: "TEXT", value: bound(value) }]),
    );
    const body = { statement, ...place, bindings, timeout: 600, parameters: { timezone: "UTC" } };
    let { status, reply } = await request("", JSON.stringify(body));
    while (status === 202) ({ status, reply } = await request(`/${reply.statementHandle}`));
    if (status !== 200) {
      const { message = `status ${status}`, sqlState = "" } = reply;
      throw sqlState.startsWith("22") ? new DataError(message) : new EngineError(message);
    }
    const { rowType = [], partitionInfo = [] } = reply.resultSetMetaData ?? {};
    const rows = [...(reply.data ?? [])];
    for (let part = 1; part < partitionInfo.length; part++)
      rows.push(...((await request(`/${reply.statementHandle}?partition=${part}`)).reply.data ?? []));
    return rows.map((row) =>
      Object.fromEntries(
        rowType.map(({ name, type, scale }, index) => [name, answer(row[index] ?? null, type, scale)]),
      ),
    );
  };
}

const bound = (value: Parameter["value"]): string | null => (value === null ? null : String(value));

/** All comes as text. Integers that a double does not hold stay so. */
function answer(text: string | null, type: string, scale: number | null | undefined): Answer {
  if (text === null) return null;
  const kind = type.toLowerCase();
  if (kind === "boolean") return text === "true";
  const isInteger = kind === "fixed" && (scale ?? 0) === 0;
  return isInteger && Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

const named = snowflake.identifier;
const literal = (text: string): string => snowflake.literal({ type: "text", value: text });

/** A table and its rows: `values` would take no functions, `select` does. */
function tableOf({ parts, columns }: NeededTable, tables: Tables): string {
  const row = (cells: readonly string[]): string =>
    cells.map((cell, index) => `${cell} as ${named(columns[index]?.name ?? "")}`).join(", ");
  const rows = (tables[parts.join(".")] ?? []).map(
    (one) => `select ${row(columns.map(({ name, type }) => cellOf(one[name], type)))}`,
  );
  const none = `select ${row(columns.map(({ type }) => cellOf(null, type)))} where false`;
  return `create table ${parts.map(named).join(".")} as ${[none, ...rows].join("\nunion all ")}`;
}

function cellOf(raw: unknown, type: ColumnType): string {
  const isMissing = raw === null || raw === undefined;
  if (type.kind === "list") {
    const items = isMissing
      ? "null"
      : literal(`[${(raw as readonly unknown[]).map((item) => element(item, type.of)).join(",")}]`);
    return `cast(parse_json(${items}) as array)`;
  }
  if (type.kind === "json") return `parse_json(${isMissing ? "null" : literal(jsonOf(raw))})`;
  return `cast(${isMissing ? "null" : literal(type.kind === "timestamp" ? clock(raw) : String(raw))} as ${typeName(type)})`;
}

const jsonOf = (raw: unknown): string => (typeof raw === "string" ? raw : JSON.stringify(raw));

/** An element of a list, as JSON has it. */
function element(raw: unknown, type: ColumnType): string {
  if (raw === null || raw === undefined) return "null";
  if (type.kind === "timestamp") return JSON.stringify(clock(raw));
  if (type.kind === "text" || type.kind === "date") return JSON.stringify(String(raw));
  return /nan|inf/i.test(String(raw)) ? "null" : String(raw);
}

const clock = (raw: unknown): string =>
  formatInstant(parseInstant(String(raw), "UTC") ?? 0n)
    .replace("T", " ")
    .replace("Z", "");

function typeName(type: ColumnType): string {
  switch (type.kind) {
    case "text":
      return "varchar";
    case "integer":
      return "number(38, 0)";
    case "decimal":
      return `number(${type.precision}, ${type.scale})`;
    case "float":
      return "double";
    case "boolean":
    case "date":
      return type.kind;
    case "timestamp":
      return "timestamp_ntz(6)";
    case "list":
      return "array";
    case "json":
      return "variant";
  }
}
