import { parseDay, parseInstant } from "../../language/meaning/calendar.ts";
import type { Entity, Model } from "../../language/model/model.ts";
import type { ScalarType, Type } from "../../language/types/type.ts";
import { type Cell, DataProblem, finite, parseDecimal, parseInteger } from "./cell.ts";
import type { Cells, ExtensionRow, World } from "./rows.ts";

/** Rows as JSON has them, by table as written in the model (`crm.customers`) and by column. */
export type Tables = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/**
 * The rows of every entity, read by the model's types. A table or column that is not there is empty or missing. Integers and decimals
 * are numbers or text, timestamps ISO text (without an offset: UTC), floats numbers or text with `NaN` and `Infinity`.
 * Throws `DataProblem` for a cell that does not parse. JSON is text, or what it says; lists are arrays.
 * What snapshots stored is read from `seg_membership` and `seg_run`, where they are among the tables.
 */
export function readWorld(model: Model, tables: Tables): World {
  const rows = new Map<string, readonly Cells[]>();
  const extensions = new Map<string, readonly (readonly ExtensionRow[])[]>();
  for (const entity of model.entities.values()) {
    rows.set(
      entity.name,
      readTable(tables, entity.table, (raw, at) => readCells(entity, null, raw, at)),
    );
    extensions.set(
      entity.name,
      entity.extensions.map((extension, index) =>
        readTable(tables, extension.table, (raw, at) => ({
          key: readCell(raw[extension.by], extension.byType, `${at}, column ${extension.by}`),
          cells: readCells(entity, index, raw, at),
        })),
      ),
    );
  }
  return { rows, extensions, stored: readStored(tables) };
}

/** The keys that each snapshot stored: those of `seg_membership` that have not left, of snapshots that `seg_run` names. */
function readStored(tables: Tables): NonNullable<World["stored"]> {
  const rowsOf = (name: string): readonly Raw[] => (Object.hasOwn(tables, name) ? (tables[name] ?? []) : []);
  const stored = new Map(rowsOf("seg_run").map(({ segment }) => [String(segment), new Map<string, Set<string>>()]));
  for (const { entity, segment, key, left_at } of rowsOf("seg_membership")) {
    const keys = stored.get(String(segment));
    if (left_at != null || key == null || keys === undefined) continue;
    keys.set(String(entity), (keys.get(String(entity)) ?? new Set()).add(String(key)));
  }
  return stored;
}

type Raw = Readonly<Record<string, unknown>>;

function readTable<A>(tables: Tables, table: readonly string[], read: (raw: Raw, at: string) => A): readonly A[] {
  const name = table.join(".");
  const raws = Object.hasOwn(tables, name) ? (tables[name] ?? []) : [];
  return raws.map((raw, index) => read(raw, `table ${name}, row ${index + 1}`));
}

function readCells(entity: Entity, extension: number | null, raw: Raw, at: string): Cells {
  const cells = new Map<string, Cell>();
  for (const field of entity.fields.values()) {
    if (field.extension !== extension || !Object.hasOwn(raw, field.column)) continue;
    const cell = readCell(raw[field.column], field.type, `${at}, column ${field.column}`);
    if (cell !== null) cells.set(field.name, cell);
  }
  return cells;
}

/** One cell by its type. `at` says where, for people. */
function readCell(raw: unknown, type: Type, at: string): Cell {
  if (raw === null || raw === undefined) return null;
  if (type.kind === "json") return typeof raw === "string" ? raw : JSON.stringify(raw);
  const cell = type.kind === "list" ? readList(raw, type.of, at) : readScalar(raw, type);
  if (cell === undefined) throw new DataProblem(`${JSON.stringify(raw)} is not of type ${type.kind} (${at}).`);
  return cell;
}

function readList(raw: unknown, of: ScalarType, at: string): Cell | undefined {
  return Array.isArray(raw) ? raw.map((item) => readCell(item, of, at)) : undefined;
}

/** Undefined where it is not of the type; null where it is missing. */
function readScalar(raw: unknown, type: Type): Cell | undefined {
  const text = typeof raw === "string" || typeof raw === "number" ? String(raw) : null;
  switch (type.kind) {
    case "text":
      return typeof raw === "string" ? raw : undefined;
    case "boolean":
      return typeof raw === "boolean" ? raw : readYesNo(text ?? "");
    case "integer":
      return text === null ? undefined : (parseInteger(text) ?? undefined);
    case "decimal":
      return text === null ? undefined : readDecimal(text, type.precision, type.scale);
    case "float":
      return text === null ? undefined : readFloat(text);
    case "date":
      return typeof raw === "string" ? (parseDay(raw) ?? undefined) : undefined;
    case "timestamp":
      return typeof raw === "string" ? (parseInstant(raw, "UTC") ?? undefined) : undefined;
    case "list":
    case "json":
    case "entity":
    case "collection":
    case "duration":
    case "window":
    case "error":
      return undefined;
  }
}

function readYesNo(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (["true", "t", "1", "yes"].includes(word)) return true;
  return ["false", "f", "0", "no"].includes(word) ? false : undefined;
}

/** As many digits as the type has, before and after the point. */
function readDecimal(text: string, precision: number, scale: number): bigint | undefined {
  const units = parseDecimal(text);
  if (units === null) return undefined;
  const size = units < 0n ? -units : units;
  const tooFine = units % 10n ** BigInt(9 - scale) !== 0n;
  return tooFine || size >= 10n ** BigInt(precision - scale + 9) ? undefined : units;
}

function readFloat(text: string): number | null | undefined {
  if (/^[+-]?(nan|inf(inity)?)$/i.test(text)) return null;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? finite(Number(text)) : undefined;
}
