/**
 * Turns the CDNOW master file (blank-separated) into `customers.csv` and `purchases.csv`.
 * `node examples/cdnow/prepare.ts [folder of CDNOW_master.txt] [folder to write]`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the data set lies unless told: beside the project, because it is not ours to give away. */
export const SOURCE = fileURLToPath(new URL("../../../shared/data/cdnow", import.meta.url));

/** Writes the two tables into `target`; false, and nothing written, where `source` holds no master file. */
export function prepare(source: string, target: string): boolean {
  const master = join(source, "CDNOW_master.txt");
  if (!existsSync(master)) return false;
  const customers = new Set<string>();
  const purchases = ["customer_id,bought_on,cds,amount"];
  for (const line of readFileSync(master, "utf8").split("\n").slice(1)) {
    const [id, date, cds, dollars] = line.trim().split(/\s+/);
    if (id === undefined || date === undefined) continue;
    const customer = String(Number(id));
    customers.add(customer);
    purchases.push(`${customer},${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)},${cds},${dollars}`);
  }
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, "customers.csv"), `${["customer_id", ...customers].join("\n")}\n`);
  writeFileSync(join(target, "purchases.csv"), `${purchases.join("\n")}\n`);
  return true;
}

if (import.meta.main) {
  const source = process.argv[2] ?? SOURCE;
  const target = process.argv[3] ?? fileURLToPath(new URL("./data", import.meta.url));
  process.stdout.write(
    prepare(source, target)
      ? `customers.csv and purchases.csv are in ${target}\n`
      : `skipped: no CDNOW_master.txt in ${source}\n`,
  );
}
