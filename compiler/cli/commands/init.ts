import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { EXIT, usage } from "../exit.ts";
import { isFolder, listSegFiles, shownPath } from "../files.ts";
import type { Io } from "../io.ts";
import { writeWhole } from "../output.ts";
import { projectOver } from "../read-tables.ts";
import { jsonText } from "../report/json.ts";
import { counted, listed } from "../report/words.ts";
import { readReports, writeReports } from "../report/write.ts";
import { scaffold } from "../scaffold.ts";

/** Options as the command line gives them. */
export interface InitOptions {
  readonly format: "pretty" | "json";
  readonly report: readonly string[];
  /** Files to read the model from; a project with data of its own without any. */
  readonly from: readonly string[];
}

/** `seg init`: writes a project that checks and counts at once. Writes nothing where there is one already. */
export function init(io: Io, dir: string | undefined, options: InitOptions): number {
  readReports(options.report, ["json", "pretty"]);
  const root = resolve(io.cwd, dir ?? ".");
  const folder = shownPath(io.cwd, root);
  const files = options.from.length === 0 ? scaffold(io.now()) : projectOver(io, root, options.from);
  refuseToOverwrite(root, folder, Object.keys(files));
  const shownOf = (path: string): string => shownPath(io.cwd, join(root, path));
  for (const [path, text] of Object.entries(files)) writeWhole(io, shownOf(path), text);
  const shown = Object.keys(files).map(shownOf);
  const json = (): string => jsonText({ version: 1, folder, files: shown });
  const text = (): string => shown.map((path) => `${path}\n`).join("");
  io.stdout.write(options.format === "json" ? json() : text());
  writeReports(io, options.report, { json, pretty: text });
  const project = folder === "." ? "" : ` --project ${/^[\w./-]+$/.test(folder) ? folder : JSON.stringify(folder)}`;
  io.stderr.write(`Wrote ${counted(shown.length, "file")}. Next: \`seg check${project}\` and \`seg run${project}\`.\n`);
  return EXIT.clean;
}

function refuseToOverwrite(root: string, folder: string, paths: readonly string[]): void {
  if (existsSync(root) && !isFolder(root)) throw usage(`\`${folder}\` is not a folder.`);
  const own = isFolder(root) ? listSegFiles(root).files : [];
  const there = [...new Set([...paths.filter((path) => existsSync(join(root, path))), ...own])];
  if (there.length === 0) return;
  const some = there.slice(0, 3).map((path) => `\`${path}\``);
  throw usage(
    `${folder === "." ? "This folder" : `\`${folder}\``} already has ${listed(there.length > 3 ? [...some, "more"] : some)}.`,
    "Nothing was written. `seg init DIR` makes a project in a new folder.",
  );
}
