import { nearest } from "../../language/diagnostics/suggest.ts";
import { DataError } from "../sql/runner.ts";
import { type Storage, type StoredAs, storageKey, USUAL_STORAGE } from "../sql/storage.ts";
import { ConfigurationError } from "./config.ts";
import type { LoadReport } from "./load.ts";
import { missingColumn, wrongType } from "./messages.ts";
import type { ColumnType } from "./reader.ts";
import { type NeededTable, tableName } from "./tables.ts";

/** Answers rows of text. */
export type Query = (
  sql: string,
  values: readonly string[] & string[],
) => Promise<readonly Readonly<Record<string, string | null>>[]>;

const ident = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Holds the catalog against the model: tables and columns that are not there, and columns whose type is not the model's, are said before any statement runs.
 * Of domains the type behind them counts.
 */
export async function checkTables(
  query: Query,
  tables: readonly NeededTable[],
): Promise<{ readonly storage: Storage; readonly report: LoadReport }> {
  const stored = new Map<string, StoredAs>();
  for (const table of tables) {
    const where = `table \`${tableName(table)}\``;
    const natives = await columnTypes(query, table);
    if (natives === null) throw table.absence ?? (await missingTable(query, table));
    for (const column of table.columns) {
      const native = natives.get(column.name);
      if (native === undefined && column.mayLack) {
        stored.set(storageKey(table.parts, column.name), "absent");
        continue;
      }
      if (native === undefined) throw missingColumn(where, column.name, natives.keys());
      const form = formOf(column.type, native.name, native.isEnum);
      if (form === null) throw wrongType(where, column, native.name);
      if (!native.bytewise)
        throw new DataError(
          `${where}: the collation of \`${column.name}\` takes different texts for equal. A view with \`${column.name} collate "C"\` mends it.`,
        );
      if (form !== "usual") stored.set(storageKey(table.parts, column.name), form);
    }
  }
  return {
    storage: { ...USUAL_STORAGE, columns: stored },
    report: {
      tables: tables.map((table) => ({ table: tableName(table), from: [tableName(table)], rows: null })),
      notes: [],
    },
  };
}

interface Native {
  readonly name: string;
  readonly isEnum: boolean;
  /** Whether texts are equal only where their bytes are. */
  readonly bytewise: boolean;
}

const COLUMNS = `with recursive behind as (
  select a.attname, a.atttypid as type, a.atttypmod as modifier from pg_catalog.pg_attribute a where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped
  union all
  select b.attname, t.typbasetype, t.typtypmod from behind b join pg_catalog.pg_type t on t.oid = b.type where t.typtype = 'd'
)
select b.attname as name, pg_catalog.format_type(b.type, null) as type, t.typtype as kind, coalesce(c.collisdeterministic, true) as bytewise
from behind b join pg_catalog.pg_type t on t.oid = b.type
join pg_catalog.pg_attribute a on a.attrelid = to_regclass($1) and a.attname = b.attname left join pg_catalog.pg_collation c on c.oid = a.attcollation
where t.typtype <> 'd'`;

/** Types by column; null where there is no such table. */
async function columnTypes(query: Query, table: NeededTable): Promise<ReadonlyMap<string, Native> | null> {
  const name = table.parts.map(ident).join(".");
  const [found] = await query("select to_regclass($1) as oid", [name]);
  if (found?.["oid"] == null) return null;
  const rows = await query(COLUMNS, [name]);
  return new Map(
    rows.map((row) => [
      String(row["name"]),
      { name: String(row["type"]), isEnum: row["kind"] === "e", bytewise: row["bytewise"] === "t" },
    ]),
  );
}

async function missingTable(query: Query, table: NeededTable): Promise<ConfigurationError> {
  const rows = await query(
    "select n.nspname as schema, c.relname as name, pg_catalog.pg_table_is_visible(c.oid) as visible from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'v', 'm', 'f', 'p') and n.nspname not in ('pg_catalog', 'information_schema')",
    [],
  );
  const names = rows.flatMap((row) => [
    `${row["schema"]}.${row["name"]}`,
    ...(row["visible"] === "t" ? [String(row["name"])] : []),
  ]);
  const last = table.parts.at(-1) as string;
  const near = nearest(tableName(table), names) ?? names.find((name) => name.endsWith(`.${last}`)) ?? null;
  return new ConfigurationError(
    `The database has no table \`${tableName(table)}\`.`,
    near === null
      ? "Tables are named in the model after `from`; the connection's `schema` holds for those without one."
      : `Write \`from ${near}\` in the model, or set the connection's \`schema\`.`,
  );
}

/** How a column of PostgreSQL's type is read; null where it is not. */
function formOf(type: ColumnType, native: string, isEnum: boolean): StoredAs | "usual" | null {
  const one = (...names: readonly string[]): "usual" | null => (names.includes(native) ? "usual" : null);
  switch (type.kind) {
    case "text":
      if (isEnum || ["character", "uuid", "citext", "name"].includes(native)) return "castText";
      return one("text", "character varying");
    case "boolean":
      return one("boolean");
    case "integer":
      return one("smallint", "integer", "bigint");
    case "decimal":
      return one("numeric", "smallint", "integer", "bigint");
    case "float":
      return one("double precision", "real");
    case "date":
      return one("date");
    case "timestamp":
      return one("timestamp with time zone", "timestamp without time zone");
    case "json":
      return one("json", "jsonb");
    case "list":
      return native.endsWith("[]") && formOf(type.of, native.slice(0, -2), false) === "usual" ? "usual" : null;
  }
}
