import { DatabaseSync } from "node:sqlite";
import * as duckdb from "@duckdb/node-api";
import { PGlite } from "@electric-sql/pglite";
import { formatInstant, parseInstant } from "../../language/meaning/calendar.ts";
import type { Model } from "../../language/model/model.ts";
import type { ListType } from "../../language/types/type.ts";
import { duckdbRunner } from "../engines/duckdb.ts";
import type { ColumnType } from "../engines/reader.ts";
import { sqliteRunner } from "../engines/sqlite.ts";
import { type NeededTable, neededTables } from "../engines/tables.ts";
import type { Runner } from "../sql/runner.ts";
import { type Storage, type StoredAs, storageKey, USUAL_STORAGE } from "../sql/storage.ts";
import { pgliteRunner } from "./engines/pglite.ts";

/** Rows as conformance files have them: by table as written and column. */
export type Tables = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** Something where rows of stored keys are among the tables. */
const snapshotsIn = (tables: Tables): readonly string[] => (Object.hasOwn(tables, "seg_run") ? ["stored"] : []);

/** An engine that can be given one small world after another. */
export interface TestEngine {
  readonly dialect: string;
  readonly storage: Storage;
  /** The tables of the model, and nothing else, hold these rows, typed as the model says. */
  readonly load: (model: Model, tables: Tables) => Promise<Runner>;
  readonly close: () => Promise<void>;
}

/** DuckDB in memory. */
export async function duckdbEngine(): Promise<TestEngine> {
  const instance = await duckdb.DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run("set timezone = 'UTC'");
  let world = 0;
  return {
    dialect: "duckdb",
    storage: USUAL_STORAGE,
    async load(model, tables) {
      // A catalog for each world, so that schemas of the model start empty.
      const name = `world${world++}`;
      await connection.run(`attach ':memory:' as ${name}; use ${name};`);
      if (world > 1) await connection.run(`detach world${world - 2}`);
      for (const statement of creation(neededTables(model, null, snapshotsIn(tables)), tables, DUCKDB))
        await connection.run(statement);
      return duckdbRunner(duckdb, connection);
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** SQLite in memory, with timestamps and decimals in one of their forms. */
export function sqliteEngine(
  form: { readonly timestamps: "text" | "micros"; readonly decimals: Storage["decimals"] } = {
    timestamps: "text",
    decimals: "number",
  },
): TestEngine {
  const columns = new Map<string, StoredAs>();
  return {
    dialect: "sqlite",
    storage: { decimals: form.decimals, samples: true, columns },
    async load(model, tables) {
      const database = new DatabaseSync(":memory:");
      const needed = neededTables(model, null, snapshotsIn(tables));
      columns.clear();
      for (const { parts, columns: own } of needed)
        for (const { name, type } of own)
          if (form.timestamps === "micros" && type.kind === "timestamp") columns.set(storageKey(parts, name), "micros");
      for (const schema of schemasOf(needed)) database.exec(`attach ':memory:' as "${schema}"`);
      const engine = {
        ...SQLITE,
        schemas: false,
        cell: (text: string, type: ColumnType) => sqliteCell(text, type, form),
        // Instants in a JSON array are texts, whatever columns hold.
        element: (text: string, type: ColumnType) => sqliteCell(text, type, { ...form, timestamps: "text" }),
      };
      for (const statement of creation(needed, tables, engine)) database.exec(statement);
      return sqliteRunner(database);
    },
    async close() {},
  };
}

/** PGlite: PostgreSQL in this process. */
export async function pgliteEngine(): Promise<TestEngine> {
  const database = await PGlite.create();
  await database.exec("set time zone 'UTC'");
  const runner = pgliteRunner(database);
  const made = new Set<string>(["public"]);
  return {
    dialect: "postgres",
    storage: USUAL_STORAGE,
    async load(model, tables) {
      const needed = neededTables(model, null, snapshotsIn(tables));
      const drops = [...made].map((schema) => `drop schema if exists "${schema}" cascade;`);
      for (const schema of schemasOf(needed)) made.add(schema);
      await database.exec([...drops, 'create schema "public";', ...creation(needed, tables, POSTGRES)].join("\n"));
      return runner;
    },
    async close() {
      await database.close();
    },
  };
}

/** Every engine that runs inside the test process, by its name, with each form in which it may store things. */
export const ENGINES: readonly (readonly [name: string, open: () => Promise<TestEngine> | TestEngine])[] = [
  ["DuckDB", duckdbEngine],
  ["SQLite", sqliteEngine],
  ["SQLite with microseconds and minor units", () => sqliteEngine({ timestamps: "micros", decimals: "minor" })],
  ["PGlite", pgliteEngine],
];

interface Creation {
  readonly schemas: boolean;
  readonly type: (type: ColumnType) => string;
  /** A cell from its canonical text, as a literal. */
  readonly cell: (text: string, type: ColumnType) => string;
  /** The same, of an element of a list. */
  readonly element: (text: string, type: ColumnType) => string;
  /** A list of such literals. */
  readonly list: (items: readonly string[], type: ListType) => string;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const named = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const schemasOf = (needed: readonly NeededTable[]): ReadonlySet<string> =>
  new Set(needed.flatMap(({ parts }) => (parts.length > 1 ? [parts[0] as string] : [])));

const DUCKDB: Creation = {
  schemas: true,
  type(type) {
    switch (type.kind) {
      case "text":
        return "varchar";
      case "integer":
        return "bigint";
      case "decimal":
        return `decimal(${type.precision}, ${type.scale})`;
      case "float":
        return "double";
      case "boolean":
      case "date":
      case "timestamp":
        return type.kind;
      case "list":
        return `${DUCKDB.type(type.of)}[]`;
      case "json":
        return "varchar";
    }
  },
  cell: (text, type) => `cast(${quoted(text)} as ${DUCKDB.type(type)})`,
  element: (text, type) => DUCKDB.cell(text, type),
  list: (items, type) => `cast([${items.join(", ")}] as ${DUCKDB.type(type)})`,
};

const POSTGRES: Creation = {
  schemas: true,
  type(type) {
    switch (type.kind) {
      case "integer":
        return "bigint";
      case "decimal":
        return `numeric(${type.precision}, ${type.scale})`;
      case "float":
        return "double precision";
      case "timestamp":
        return "timestamptz";
      case "list":
        return `${POSTGRES.type(type.of)}[]`;
      case "json":
        return "jsonb";
      case "text":
      case "boolean":
      case "date":
        return type.kind;
    }
  },
  cell: (text) => quoted(text),
  element: (text) => quoted(text),
  list: (items, type) => `cast(array[${items.join(", ")}] as ${POSTGRES.type(type)})`,
};

const SQLITE: Creation = {
  schemas: false,
  type(type) {
    switch (type.kind) {
      case "integer":
      case "boolean":
        return "integer";
      case "decimal":
        return "numeric";
      case "float":
        return "real";
      case "text":
      case "date":
      case "list":
      case "json":
        return "text";
      case "timestamp":
        return "";
    }
  },
  cell: quoted,
  element: quoted,
  // Numbers and yes/no stand in JSON as they are, all else as texts.
  list: (items, { of }) =>
    `json_array(${items.map((item) => (item === "null" ? item : sqliteElement(item, of))).join(", ")})`,
};

/** An element of a JSON array, from its literal. SQLite itself would write a float with fifteen digits. */
function sqliteElement(item: string, of: ListType["of"]): string {
  if (of.kind === "boolean") return `json(${item === "1" ? "'true'" : "'false'"})`;
  return of.kind === "float" ? `json('${item}')` : item;
}

function sqliteCell(
  text: string,
  type: ColumnType,
  form: { readonly timestamps: "text" | "micros"; readonly decimals: Storage["decimals"] },
): string {
  switch (type.kind) {
    case "text":
    case "date":
    case "list":
    case "json":
      return quoted(text);
    case "boolean":
      return text === "true" ? "1" : "0";
    case "integer":
      return text;
    case "decimal":
      return form.decimals === "number" ? text : String(minorUnits(text, type.scale));
    case "float":
      if (/nan/i.test(text)) return "null";
      return /inf/i.test(text) ? (text.startsWith("-") ? "-9e999" : "9e999") : text;
    case "timestamp":
      return form.timestamps === "text"
        ? quoted(text.replace("T", " ").replace("Z", ""))
        : String(parseInstant(text, "UTC"));
  }
}

function minorUnits(text: string, scale: number): bigint {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const units = BigInt(whole + fraction.padEnd(scale, "0"));
  return text.startsWith("-") ? -units : units;
}

/** The statements that make the tables and fill them. */
function creation(needed: readonly NeededTable[], tables: Tables, engine: Creation): readonly string[] {
  const schemas = engine.schemas ? [...schemasOf(needed)].map((name) => `create schema ${named(name)};`) : [];
  return [
    ...schemas,
    ...needed
      .filter(({ columns }) => columns.length > 0)
      .flatMap((table) => tableCreation(table, tables[table.parts.join(".")] ?? [], engine)),
  ];
}

function tableCreation({ parts, columns }: NeededTable, rows: Tables[string], engine: Creation): readonly string[] {
  const table = parts.map(named).join(".");
  const create = `create table ${table} (${columns.map(({ name, type }) => `${named(name)} ${engine.type(type)}`).join(", ")});`;
  const values = (rows ?? []).map(
    (row) => `(${columns.map(({ name, type }) => cell(row[name], type, engine)).join(", ")})`,
  );
  return values.length === 0 ? [create] : [create, `insert into ${table} values\n${values.join(",\n")};`];
}

function cell(raw: unknown, type: ColumnType, engine: Creation): string {
  if (raw === null || raw === undefined) return "null";
  if (type.kind === "list")
    return engine.list(
      (raw as readonly unknown[]).map((item) => cell(item, type.of, { ...engine, cell: engine.element })),
      type,
    );
  if (type.kind === "json") return engine.cell(typeof raw === "string" ? raw : JSON.stringify(raw), type);
  const text = String(raw);
  return engine.cell(type.kind === "timestamp" ? formatInstant(parseInstant(text, "UTC") ?? 0n) : text, type);
}
