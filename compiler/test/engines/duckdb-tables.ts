import { connectDuckdb } from "../../engines/duckdb.ts";
import type { Canonical, ColumnType } from "../../engines/reader.ts";
import type { NeededTable } from "../../engines/tables.ts";
import type { Scratch } from "./scratch.ts";

/** DuckDB over files, the same ones for each table. */
export const connectTo = (scratch: Scratch, files: string | readonly string[], ...tables: readonly NeededTable[]) =>
  connectDuckdb(
    { engine: "duckdb", tables: Object.fromEntries(tables.map((table) => [table.parts.join("."), files])) },
    tables,
    { baseDir: scratch.path, signal: undefined },
  );

/** SQL that writes a value of DuckDB in the canonical spelling of the reader specification. */
export function canonicalSql(type: ColumnType, x: string): string {
  switch (type.kind) {
    case "text":
    case "json":
    case "boolean":
    case "float":
      return x;
    case "integer":
    case "date":
      return `cast(${x} as varchar)`;
    case "decimal":
      return `regexp_replace(cast(${x} as varchar), '^(-?)\\.', '\\10.')`;
    case "timestamp":
      return `strftime(${x}, '%Y-%m-%dT%H:%M:%S.%fZ')`;
    case "list":
      return `cast(to_json(list_transform(${x}, lambda item: ${canonicalSql(type.of, "item")})) as varchar)`;
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** All rows of the table that was read from these files, in the canonical spelling. */
export async function rowsOf(
  scratch: Scratch,
  files: string | readonly string[],
  table: NeededTable,
): Promise<readonly (readonly Canonical[])[]> {
  const { runner } = await connectTo(scratch, files, table);
  const columns = table.columns.map(({ name, type }, index) => `${canonicalSql(type, quoted(name))} as c${index}`);
  const sql = `select ${columns.join(", ")} from ${table.parts.map(quoted).join(".")}`;
  const rows = await runner.execute({ sql, parameters: [] });
  await runner.close();
  return rows.map((row) =>
    table.columns.map(({ type }, index): Canonical => {
      const cell = row[`c${index}`];
      return type.kind === "list" && typeof cell === "string" ? JSON.parse(cell) : (cell as Canonical);
    }),
  );
}

/** What a failing promise says, with the name of its error. */
export const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "nothing failed",
    (error: Error) => `${error.name}: ${error.message}`,
  );
