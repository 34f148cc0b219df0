import type { DuckDBConnection } from "@duckdb/node-api";
import { ConfigurationError } from "./config.ts";
import { quoted } from "./duckdb-types.ts";
import { type NeededTable, tableName } from "./tables.ts";

/** A table's own names in DuckDB. */
export interface Place {
  readonly catalog: string;
  readonly schema: string;
  readonly table: string;
}

/** The catalog that holds what the model reads: a name that no model's schema has. */
export const CATALOG = "seg$data";

/** DuckDB's own catalogs: a schema of the same name could not be told from them. */
const TAKEN = ["temp", "system", CATALOG];

/**
 * Creates the schemas (and catalogs, for names of three parts) so that each table can stand under its name in the model.
 * Throws `ConfigurationError` where DuckDB cannot tell two names apart.
 */
export async function createPlaces(
  connection: DuckDBConnection,
  tables: readonly NeededTable[],
): Promise<ReadonlyMap<NeededTable, Place>> {
  const places = new Map<NeededTable, Place>();
  const names = new Map<string, string>();
  for (const table of tables) {
    const place = placeOf(table);
    if (TAKEN.includes(fold(place.schema)) || TAKEN.includes(fold(table.parts[0] as string))) {
      throw new ConfigurationError(
        `DuckDB keeps the name of the table \`${tableName(table)}\` to itself.`,
        "Name it without its schema.",
      );
    }
    tellApart(names, [place.catalog, place.schema, place.table], tableName(table));
    const columns = new Map<string, string>();
    for (const column of table.columns) tellApart(columns, [column.name], `${tableName(table)}.${column.name}`);
    if (place.catalog !== CATALOG) await connection.run(`attach if not exists ':memory:' as ${quoted(place.catalog)}`);
    await connection.run(`create schema if not exists ${quoted(place.catalog)}.${quoted(place.schema)}`);
    places.set(table, place);
  }
  return places;
}

function placeOf(table: NeededTable): Place {
  const [first = "", second, third, ...more] = table.parts;
  if (more.length > 0)
    throw new ConfigurationError(`The table \`${tableName(table)}\` has a name of more than three parts.`);
  if (third !== undefined) return { catalog: first, schema: second as string, table: third };
  return second === undefined
    ? { catalog: CATALOG, schema: "main", table: first }
    : { catalog: CATALOG, schema: first, table: second };
}

/** DuckDB ignores the case of A–Z in names, quoted or not. */
const fold = (name: string): string => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

function tellApart(known: Map<string, string>, parts: readonly string[], written: string): void {
  const id = JSON.stringify(parts.map(fold));
  const other = known.get(id);
  if (other !== undefined)
    throw new ConfigurationError(`DuckDB cannot tell \`${other}\` from \`${written}\`: it ignores the case of names.`);
  known.set(id, written);
}
