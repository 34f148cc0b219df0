/**
 * Writes the shop's data as CSV: 10,000 customers and what they did until the last of June 2026.
 * No clock and no `Math.random`: the same bytes each time. `node examples/shop/generate.ts [folder]`.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { csv, type Row } from "./generate/csv.ts";
import { shop } from "./generate/shop.ts";

/** Writes every table of the shop into `folder`, which appears whole or not at all. */
export function generate(folder: string, customers = 10_000): void {
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  for (const [name, table] of Object.entries(shop(customers))) {
    const rows: readonly Row[] = table.rows;
    writeFileSync(join(unfinished, `${name}.csv`), csv(table.columns, rows));
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
}

if (import.meta.main) {
  generate(process.argv[2] ?? fileURLToPath(new URL("./data", import.meta.url)));
}
