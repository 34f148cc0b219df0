import { ENGINES } from "../load/engines.ts";
import { versionOf } from "../load/version.ts";

/** Engines without which the product is not tested as it says. */
const NEEDED: readonly string[] = ["DuckDB", "SQLite", "PGlite", "PostgreSQL", "MariaDB", "ClickHouse"];

/** `npm run engines`: every engine with its version, or why it is not here; exits 1 where one is missing that every run of CI needs. */
const found = new Map<string, string>();
let isWhole = true;
for (const engine of ENGINES) {
  const { name, missing } = engine;
  const says = missing === null ? await versionOf(engine).catch((error: Error) => `fails: ${error.message}`) : null;
  found.set(name, says ?? `not here: ${missing}`);
  if (NEEDED.includes(name)) isWhole &&= says !== null && !says.startsWith("fails: ");
}
for (const [name, says] of found) console.log(`${name} → ${says}`);
for (const name of NEEDED.filter((one) => !found.has(one))) {
  console.log(`${name} → there is no such engine`);
  isWhole = false;
}
process.exit(isWhole ? 0 : 1);
