import { DatabaseSync } from "node:sqlite";
import { neededTables } from "../../compiler/engines/tables.ts";
import type { Program } from "../../language/meaning/program.ts";
import type { Row, Tables } from "./rows.ts";

/** Writes tables into a SQLite file, in the forms that `docs/engineers.md` asks of one. */
export function writeSqlite({ model, snapshots }: Program, tables: Tables, path: string): void {
  const kinds = new Map<string, string>();
  for (const { parts, columns } of neededTables(model, null, snapshots.keys()))
    for (const { name, type } of columns) kinds.set(`${parts.join(".")} ${name}`, type.kind);
  const database = new DatabaseSync(path);
  database.exec("pragma journal_mode = off; pragma synchronous = off; begin");
  for (const [name, rows] of Object.entries(tables)) {
    const columns = Object.keys(rows[0] ?? {});
    if (columns.length === 0) continue;
    database.exec(`create table ${name} (${columns.map((column) => `"${column}"`).join(", ")})`);
    const insert = database.prepare(`insert into ${name} values (${columns.map(() => "?").join(", ")})`);
    const form = (row: Row, column: string) =>
      sqliteForm(row[column] ?? null, kinds.get(`${name} ${column}`) ?? "text");
    for (const row of rows) insert.run(...columns.map((column) => form(row, column)));
  }
  database.exec("commit");
  database.close();
}

function sqliteForm(cell: string | null, kind: string): string | number | bigint | null {
  if (cell === null) return null;
  if (kind === "boolean") return BigInt(cell === "true" || cell === "1" ? 1 : 0);
  if (kind === "integer") return BigInt(cell);
  if (kind === "decimal" || kind === "float") return Number(cell);
  if (kind === "timestamp")
    return `${cell.slice(0, 19).replace("T", " ")}.${cell.slice(20, 26).replace("Z", "").padEnd(6, "0")}`;
  return cell;
}
