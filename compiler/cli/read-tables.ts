import { readFileSync } from "node:fs";
import { basename, extname, relative, resolve, sep } from "node:path";
import { format } from "../../language/format/format.ts";
import { loadProject } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";
import { unfinished, usage } from "./exit.ts";
import { reason } from "./files.ts";
import { inferModel, type TableFile } from "./infer-model.ts";
import { inferColumns } from "./infer-table.ts";
import type { Io } from "./io.ts";

/** The files of a new project over CSV and TSV files that are there, by path. `root` is the project's folder, absolute. */
export function projectOver(io: Io, root: string, paths: readonly string[]): Readonly<Record<string, string>> {
  const inferred = inferModel(paths.map((path) => readTable(io, root, path)));
  if ("problem" in inferred) throw usage(inferred.problem, "Name the file first whose rows segments are about.");
  const { model, segments, tables } = inferred;
  const settings = { timezone: "UTC", connections: { default: { engine: "duckdb", tables } } };
  const sources = [sourceFile("model.seg", model), sourceFile("segments.seg", segments)];
  const texts = sources.map((source) => [source.path, format(source)] as const);
  const [first] = loadProject(sources).diagnostics;
  if (first !== undefined) throw usage(`No model can be made of these files: ${first.message}`, first.help);
  return {
    "seglang.json": `${JSON.stringify(settings, null, 2)}\n`,
    ...Object.fromEntries(texts.map(([path, formatted]) => [path, "text" in formatted ? formatted.text : ""])),
  };
}

const DELIMITERS: Readonly<Record<string, "," | "\t">> = { ".csv": ",", ".tsv": "\t" };

function readTable(io: Io, root: string, path: string): TableFile {
  const ending = extname(path).toLowerCase();
  const delimiter = DELIMITERS[ending];
  if (delimiter === undefined)
    throw usage(
      /^\w+:\/\//.test(path)
        ? "Databases are not read by `--from` in this version."
        : `\`${path}\` is neither CSV nor TSV, and other files are not read by \`--from\` in this version.`,
      "`--from customers.csv` reads a file whose first line names its columns.",
    );
  const file = resolve(io.cwd, path);
  const columns = inferColumns(textOf(file, path), delimiter);
  if (typeof columns === "string") throw usage(`\`${path}\` cannot be read as a table: ${columns}.`);
  const shown = relative(root, file).split(sep).join("/");
  return { name: basename(path, extname(path)), path: shown, columns };
}

function textOf(file: string, path: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw unfinished(`\`${path}\` cannot be read: ${reason(error)}.`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw usage(`\`${path}\` is not UTF-8 text.`, "Save it as UTF-8.");
  }
}
