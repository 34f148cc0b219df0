import type { Entity, Field, Model } from "../../language/model/model.ts";
import { InternalError } from "../../language/text/assert.ts";
import { printType } from "../../language/types/print.ts";
import type { Type } from "../../language/types/type.ts";
import { MEMBERSHIP_TABLE, RUN_TABLE } from "../plan/stored-tables.ts";
import { notTaken } from "../predicate/cell.ts";
import { DataError } from "../sql/runner.ts";
import { ConfigurationError } from "./config.ts";
import type { ColumnType } from "./reader.ts";

/** A column that the model reads. */
export interface NeededColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Whether every field that stands for it may be missing. */
  readonly optional: boolean;
  /** `@pii` or `@sensitive`: messages do not show its values. */
  readonly hidden: boolean;
  /** Whether a table without it is in order: then it is missing everywhere. */
  readonly mayLack: boolean;
}

/** A table that the model reads, and its columns in the order of their first declaration. */
export interface NeededTable {
  /** As written in the model: `["crm", "customers"]`. */
  readonly parts: readonly string[];
  readonly columns: readonly NeededColumn[];
  /** What is wrong where there is no such table; null where the configuration is. */
  readonly absence: DataError | null;
}

/** The name of a table as the model writes it: `crm.customers`. */
export const tableName = (table: { readonly parts: readonly string[] }): string => table.parts.join(".");

/**
 * The tables of these entities and of their extensions, one for each name, with the columns of all entities that share it; with snapshots, also those of
 * stored keys. Throws `ConfigurationError` where two fields give one column different types.
 */
export function neededTables(
  model: Model,
  entities: ReadonlySet<string> | null,
  snapshots: Iterable<string> = [],
): readonly NeededTable[] {
  const tables = new Map<string, { readonly parts: readonly string[]; readonly columns: Map<string, Column> }>();
  const columnsOf = (parts: readonly string[]): Map<string, Column> => {
    const id = JSON.stringify(parts);
    const table = tables.get(id) ?? { parts, columns: new Map() };
    tables.set(id, table);
    return table.columns;
  };
  for (const entity of model.entities.values()) {
    if (entities !== null && !entities.has(entity.name)) continue;
    columnsOf(entity.table);
    for (const extension of entity.extensions) {
      const by = {
        name: extension.by,
        type: extension.byType,
        optional: false,
        hidden: isHidden(entity, extension.by),
        mayLack: false,
      };
      add(columnsOf(extension.table), extension.table, { ...by, field: `${entity.name}'s key` });
    }
    for (const field of entity.fields.values()) {
      const column = columnOf(entity, field);
      const parts = field.extension === null ? entity.table : entity.extensions[field.extension]?.table;
      if (parts === undefined) throw new InternalError(`${entity.name}.${field.name} has no table`);
      if (column !== null) add(columnsOf(parts), parts, column);
    }
  }
  const [snapshot] = snapshots;
  const stored = snapshot === undefined ? [] : STORED;
  for (const { table, columns } of stored)
    for (const column of columns)
      add(columnsOf(table), table, { ...column, hidden: false, field: `the keys of \`${snapshot}\`` });
  return [...tables.values()].map(({ parts, columns }) => ({
    parts,
    columns: [...columns.values()],
    absence:
      snapshot !== undefined && stored.some(({ table }) => table.join("\0") === parts.join("\0"))
        ? new DataError(notTaken(snapshot).message)
        : null,
  }));
}

const TEXT_COLUMN = { type: { kind: "text" }, optional: false, mayLack: false } as const;

/** What is read of stored keys. */
const STORED = [
  {
    table: MEMBERSHIP_TABLE,
    columns: [
      { name: "entity", ...TEXT_COLUMN },
      { name: "segment", ...TEXT_COLUMN },
      { name: "key", ...TEXT_COLUMN },
      { name: "left_at", type: { kind: "timestamp" }, optional: true, mayLack: true },
    ],
  },
  { table: RUN_TABLE, columns: [{ name: "segment", ...TEXT_COLUMN }] },
] as const;

interface Column extends NeededColumn {
  readonly field: string;
}

function columnOf(entity: Entity, field: Field): Column | null {
  const type = columnType(field.type);
  if (type === null) return null;
  const hidden = field.annotations.some((annotation) => annotation === "pii" || annotation === "sensitive");
  const { column: name, optional } = field;
  return { name, type, optional, hidden, mayLack: false, field: `${entity.name}.${field.name}` };
}

function add(columns: Map<string, Column>, parts: readonly string[], column: Column): void {
  const known = columns.get(column.name);
  if (known !== undefined && printType(known.type) !== printType(column.type)) {
    throw new ConfigurationError(
      `The column \`${column.name}\` of \`${parts.join(".")}\` is \`${printType(known.type)}\` for \`${known.field}\` and \`${printType(column.type)}\` for \`${column.field}\`.`,
      "Give both fields the same type.",
    );
  }
  const both = known ?? column;
  columns.set(column.name, {
    ...both,
    optional: both.optional && column.optional,
    hidden: both.hidden || column.hidden,
    mayLack: both.mayLack && column.mayLack,
  });
}

/** The extension's key column is shown no more than the entity's own key. */
function isHidden(entity: Entity, column: string): boolean {
  const key = entity.key === null ? undefined : entity.fields.get(entity.key);
  const fields = [key, ...[...entity.fields.values()].filter((field) => field.column === column)];
  return fields.some((field) => field?.annotations.some((annotation) => annotation !== "mutable"));
}

function columnType(type: Type): ColumnType | null {
  switch (type.kind) {
    case "text":
    case "boolean":
    case "integer":
    case "decimal":
    case "float":
    case "date":
    case "timestamp":
    case "list":
    case "json":
      return type;
    case "entity":
    case "collection":
    case "gaps":
    case "duration":
    case "window":
    case "error":
      return null;
  }
}
