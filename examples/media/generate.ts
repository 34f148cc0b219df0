/**
 * Writes the publisher's data as CSV: 800 readers and what they did until July 2026, and the snapshot of June.
 * No clock and no `Math.random`: the same bytes each time. `node examples/media/generate.ts [folder]`.
 */
import { fileURLToPath } from "node:url";
import { writeTables } from "../generate/write.ts";
import { readTables } from "../test/rows.ts";
import { media, SNAPSHOT } from "./generate/media.ts";
import { slowingDown } from "./test/plainly.ts";
import { readMedia } from "./test/read.ts";

/** Writes every table of the publisher into `folder`, which appears whole or not at all. */
export function generate(folder: string, readers = 800): void {
  const tables = media(readers);
  writeTables(folder, tables);
  const then = readMedia(readTables(folder), SNAPSHOT);
  const keys = then.readers.filter((reader) => slowingDown(reader, then)).map(({ id }) => id);
  const taken = "2026-05-31T22:00:00Z";
  const membership = keys.map((key) => ["Reader", "SlowingDownJune", key, taken, null, "run-1", "members"]);
  // Somebody who was in it after a run that was taken back: no longer a member.
  membership.push(["Reader", "SlowingDownJune", "R0001", taken, taken, "run-0", "members"]);
  writeTables(folder, {
    ...tables,
    seg_membership: {
      columns: ["entity", "segment", "key", "entered_at", "left_at", "run_id", "cause"],
      rows: membership,
    },
    seg_run: {
      columns: ["run_id", "segment", "as_of", "size"],
      rows: [["run-1", "SlowingDownJune", taken, keys.length]],
    },
  });
}

if (import.meta.main) generate(process.argv[2] ?? fileURLToPath(new URL("./data", import.meta.url)));
