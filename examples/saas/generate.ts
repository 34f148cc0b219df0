/**
 * Writes the data of the maker of dashboards as CSV: 300 accounts, their users, and what they did until July 2026.
 * No clock and no `Math.random`: the same bytes each time. `node examples/saas/generate.ts [folder]`.
 */
import { fileURLToPath } from "node:url";
import { writeTables } from "../generate/write.ts";
import { saas } from "./generate/saas.ts";

/** Writes every table into `folder`, which appears whole or not at all. */
export const generate = (folder: string, accounts = 300): void => writeTables(folder, saas(accounts));

if (import.meta.main) generate(process.argv[2] ?? fileURLToPath(new URL("./data", import.meta.url)));
