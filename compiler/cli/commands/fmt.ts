import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Diagnostic } from "../../../language/diagnostics/diagnostic.ts";
import { format } from "../../../language/format/format.ts";
import type { SourceFile } from "../../../language/text/source.ts";
import { printable } from "../../../language/text/width.ts";
import { EXIT, unfinished, usage } from "../exit.ts";
import {
  decodeSource,
  findProject,
  isFolder,
  isPathArgument,
  listSegFiles,
  matchPath,
  reason,
  shownPath,
} from "../files.ts";
import type { Io } from "../io.ts";
import { rewriteWhole } from "../output.ts";
import { noFile } from "../project.ts";
import { findingsAs } from "../report/check-formats.ts";
import type { Findings } from "../report/findings.ts";
import { CHECK_FORMATS, type CheckFormat } from "../report/format-names.ts";
import { counted } from "../report/words.ts";
import { readReports, writeReports } from "../report/write.ts";
import { styleFor } from "../style.ts";

/** Options as the command line gives them. */
export interface FmtOptions {
  readonly project?: string;
  readonly format: CheckFormat;
  readonly report: readonly string[];
  readonly check: boolean;
  readonly allowEmpty: boolean;
  readonly stdinFilename?: string;
}

/** A file as it was found: its canonical text, if it has one, and whether that is what it holds. */
interface Formatting {
  /** As people write it where the command runs. */
  readonly path: string;
  readonly text: string | null;
  readonly isCanonical: boolean;
  readonly source: SourceFile | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** `seg fmt`: writes files in their canonical layout. Exit 1 where a file has errors, or with `--check` where one would change. */
export async function fmt(io: Io, args: readonly string[], options: FmtOptions): Promise<number> {
  readReports(options.report, CHECK_FORMATS);
  if (args.includes("-")) return formatStdin(io, args, options);
  if (options.stdinFilename !== undefined) throw usage("`--stdin-filename` names what `-` reads, and there is no `-`.");
  const files = chosenFiles(io, args, options).map(({ path, shown }) => formatting(shown, bytesOf(path, shown)));
  const changed = files.filter(({ text, isCanonical }) => text !== null && !isCanonical);
  if (!options.check) for (const { path, text } of changed) rewriteWhole(io, resolve(io.cwd, path), text as string);
  const findings = findingsIn(files);
  io.stdout.write(findingsAs(options.format, findings, io, styleFor(io, io.stdout), io.stdout.columns));
  writeFindings(io, options, findings);
  if (findings.diagnostics.length > 0 && options.format === "pretty") io.stderr.write("\n");
  for (const { path } of changed) io.stderr.write(`${printable(path)}\n`);
  io.stderr.write(`${summary(files, changed.length, options.check)}\n`);
  return verdict(findings, options.check && changed.length > 0);
}

/** The text on stdout if it has no errors; findings go to stderr, so that they never take the text's place. */
async function formatStdin(io: Io, args: readonly string[], options: FmtOptions): Promise<number> {
  if (args.length > 1) throw usage("`-` is formatted alone.", "Leave out the other paths.");
  const file = formatting(options.stdinFilename ?? "stdin.seg", await io.stdin());
  const findings = findingsIn([file]);
  io.stderr.write(findingsAs(options.format, findings, io, styleFor(io, io.stderr), io.stderr.columns));
  writeFindings(io, options, findings);
  const differs = file.text !== null && !file.isCanonical;
  if (options.check && differs) io.stderr.write(`${printable(file.path)}\n${summary([file], 1, true)}\n`);
  if (!options.check && file.text !== null) io.stdout.write(file.text);
  return verdict(findings, options.check && differs);
}

/** A mistake of ours is no finding in the text. */
function verdict({ diagnostics }: Findings, differs: boolean): number {
  if (diagnostics.some(({ slug }) => slug === "internal-error")) return EXIT.unfinished;
  return diagnostics.length > 0 || differs ? EXIT.findings : EXIT.clean;
}

function chosenFiles(
  io: Io,
  args: readonly string[],
  options: FmtOptions,
): readonly { readonly path: string; readonly shown: string }[] {
  for (const argument of args) {
    if (isPathArgument(argument)) continue;
    const folder = isFolder(resolve(io.cwd, argument)) ? `The folder is written \`${argument}/\`.` : null;
    throw usage(`\`seg fmt\` takes paths, and \`${argument}\` is a name.`, folder ?? "A path has `/`, `.seg` or `*`.");
  }
  const root = findProject(io.cwd, options.project ?? null, args);
  const { files, nested } = listSegFiles(root);
  if (files.length === 0 && !options.allowEmpty) throw noFile(shownPath(io.cwd, root), nested);
  const chosen = new Set(args.length === 0 ? files : []);
  for (const argument of args) {
    const matched = matchPath(argument, files, root, io.cwd);
    if (matched.length === 0 && !options.allowEmpty)
      throw usage(`No \`.seg\` file of the project matches \`${argument}\`.`);
    for (const path of matched) chosen.add(path);
  }
  return files.flatMap((file) => {
    const path = resolve(root, file);
    return chosen.has(file) ? [{ path, shown: shownPath(io.cwd, path) }] : [];
  });
}

function bytesOf(path: string, shown: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw unfinished(`\`${shown}\` cannot be read: ${reason(error)}.`);
  }
}

function formatting(path: string, bytes: Uint8Array): Formatting {
  const source = decodeSource(path, bytes);
  if ("code" in source) return { path, text: null, isCanonical: false, source: null, diagnostics: [source] };
  const formatted = format(source);
  if ("diagnostics" in formatted)
    return { path, text: null, isCanonical: false, source, diagnostics: formatted.diagnostics };
  // Bytes, because a mark of the byte order is not part of the text.
  const isCanonical = Buffer.from(formatted.text, "utf8").equals(bytes);
  return { path, text: formatted.text, isCanonical, source, diagnostics: [] };
}

function findingsIn(files: readonly Formatting[]): Findings {
  const sources = new Map(files.map(({ path, source }) => [path, source]));
  return {
    diagnostics: files.flatMap(({ diagnostics }) => diagnostics),
    sourceOf: (path) => sources.get(path) ?? null,
  };
}

const writeFindings = (io: Io, { report }: FmtOptions, findings: Findings): void =>
  writeReports(io, report, Object.fromEntries(CHECK_FORMATS.map((one) => [one, () => findingsAs(one, findings, io)])));

function summary(files: readonly Formatting[], changed: number, isCheck: boolean): string {
  const broken = files.filter(({ text }) => text === null).length;
  const of = changed === files.length ? counted(changed, "file") : `${changed} of ${counted(files.length, "file")}`;
  const done =
    changed === 0
      ? broken === files.length && broken > 0
        ? ""
        : "Nothing to format."
      : isCheck
        ? `Not formatted: ${of}.`
        : `Formatted ${of}.`;
  const left = broken === 0 ? "" : `Left as before, because of errors: ${counted(broken, "file")}.`;
  return [done, left].filter((sentence) => sentence !== "").join(" ");
}
