import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { csv, type Row } from "../shop/generate/csv.ts";

/** The tables of an example, by name. */
export type Written = Readonly<Record<string, { readonly columns: readonly string[]; readonly rows: readonly Row[] }>>;

/** Writes every table as a CSV file into `folder`, which appears whole or not at all. */
export function writeTables(folder: string, tables: Written): void {
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  for (const [name, { columns, rows }] of Object.entries(tables))
    writeFileSync(join(unfinished, `${name}.csv`), csv(columns, rows));
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
}
