import { extname } from "node:path";
import { usage } from "./exit.ts";
import { jsonText, runJson } from "./report/json.ts";
import type { RunResult } from "./report/results.ts";

/** A file that members are written to, and its form. */
export interface Target {
  readonly path: string;
  readonly form: "csv" | "json";
}

/** What `--out` names, by its ending. */
export function readTarget(path: string): Target {
  const ending = extname(path).toLowerCase();
  if (ending === ".csv" || ending === ".json") return { path, form: ending === ".csv" ? "csv" : "json" };
  if (ending === ".parquet") throw usage("Parquet is not written in this version yet.", "Write `.csv` or `.json`.");
  throw usage(`\`${path}\` does not say in which form members are to be written.`, "End it with `.csv` or `.json`.");
}

/** CSV (RFC 4180) with a row `segment,key` for each membership, or the JSON of the run. */
export function membersFile({ form }: Target, result: RunResult): string {
  if (form === "json") return jsonText(runJson(result));
  const rows = result.segments.flatMap(({ name, keys }) => (keys ?? []).map((key) => `${cell(name)},${cell(key)}\r\n`));
  return ["segment,key\r\n", ...rows].join("");
}

const cell = (text: string): string =>
  /[",\r\n]|^\s|\s$/.test(text) || text === "" ? `"${text.replaceAll('"', '""')}"` : text;
