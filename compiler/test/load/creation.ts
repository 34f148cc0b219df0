import { formatInstant, parseInstant } from "../../../language/meaning/calendar.ts";
import type { Model } from "../../../language/model/model.ts";
import type { ListType } from "../../../language/types/type.ts";
import type { ColumnType } from "../../engines/reader.ts";
import { type NeededTable, neededTables } from "../../engines/tables.ts";
import type { Runner } from "../../sql/runner.ts";
import type { Storage } from "../../sql/storage.ts";

/** Rows as conformance files have them: by table as written and column. */
export type Tables = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** An engine that can be given one small world after another. */
export interface TestEngine {
  readonly dialect: string;
  readonly storage: Storage;
  /** The tables of the model, and nothing else, hold these rows, typed as the model says. */
  readonly load: (model: Model, tables: Tables) => Promise<Runner>;
  readonly close: () => Promise<void>;
}

/** The tables that a world needs: those of the model, and of stored keys where rows of them are among its own. */
export const tablesOf = (model: Model, tables: Tables): readonly NeededTable[] =>
  neededTables(model, null, Object.hasOwn(tables, "seg_run") ? ["stored"] : []);

/** How an engine makes tables and writes cells. */
export interface Creation {
  /** What makes a schema; null where the engine of the test has none of its own to make. */
  readonly schema: ((name: string) => string) | null;
  readonly named: (name: string) => string;
  readonly type: (type: ColumnType) => string;
  /** A cell from its canonical text, as a literal. */
  readonly cell: (text: string, type: ColumnType) => string;
  /** The same, of an element of a list. */
  readonly element: (text: string, type: ColumnType) => string;
  /** A list of such literals. */
  readonly list: (items: readonly string[], type: ListType) => string;
  /** What stands behind the columns of a table, where something must. */
  readonly storage?: string;
}

/** A text as a literal, with its quotes doubled. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name in double quotes. */
export const doubleQuoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The schemas that the tables stand in. */
export const schemasOf = (needed: readonly NeededTable[]): ReadonlySet<string> =>
  new Set(needed.flatMap(({ parts }) => (parts.length > 1 ? [parts[0] as string] : [])));

/** The statements that make the tables and fill them. */
export function creation(needed: readonly NeededTable[], tables: Tables, engine: Creation): readonly string[] {
  const { schema } = engine;
  return [
    ...(schema === null ? [] : [...schemasOf(needed)].map(schema)),
    ...needed
      .filter(({ columns }) => columns.length > 0)
      .flatMap((table) => tableCreation(table, tables[table.parts.join(".")] ?? [], engine)),
  ];
}

function tableCreation({ parts, columns }: NeededTable, rows: Tables[string], engine: Creation): readonly string[] {
  const table = parts.map(engine.named).join(".");
  const create = `create table ${table} (${columns.map(({ name, type }) => `${engine.named(name)} ${engine.type(type)}`).join(", ")})${engine.storage ?? ""};`;
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
