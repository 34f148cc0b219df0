/**
 * Writes the association's data as CSV: 300 households, their members, and what they did until July 2026.
 * No clock and no `Math.random`: the same bytes each time. `node examples/nonprofit/generate.ts [folder]`.
 */
import { fileURLToPath } from "node:url";
import { writeTables } from "../generate/write.ts";
import { nonprofit } from "./generate/nonprofit.ts";

/** Writes every table into `folder`, which appears whole or not at all. */
export const generate = (folder: string, households = 300): void => writeTables(folder, nonprofit(households));

if (import.meta.main) generate(process.argv[2] ?? fileURLToPath(new URL("./data", import.meta.url)));
