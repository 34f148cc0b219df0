import { PLAIN } from "../../../language/diagnostics/render.ts";
import { nearest } from "../../../language/diagnostics/suggest.ts";
import type { Program } from "../../../language/meaning/program.ts";
import { printable, printableLines } from "../../../language/text/width.ts";
import { compileSql } from "../../sql/compile.ts";
import { DIALECTS } from "../../sql/index.ts";
import type { Shape } from "../../sql/statement.ts";
import { type Storage, USUAL_STORAGE } from "../../sql/storage.ts";
import { settingsOf } from "../connection.ts";
import { EXIT, usage } from "../exit.ts";
import { explainSharing } from "../explain.ts";
import type { Io } from "../io.ts";
import { instantText, readWhen, type When, type WhenOptions } from "../options.ts";
import { type Opened, openProject } from "../project.ts";
import { findingsOf } from "../report/findings.ts";
import { compilationJson, compilationsJson, jsonText } from "../report/json.ts";
import { compilationsText, findingsText } from "../report/pretty.ts";
import { refusal } from "../report/refusal.ts";
import type { Compilation } from "../report/results.ts";
import { counted, listed } from "../report/words.ts";
import { readReports, writeReports } from "../report/write.ts";
import { chosenSegments } from "../segments.ts";
import {
  type Drift,
  driftOf,
  fileNames,
  leftOverIn,
  recordOf,
  type SqlFile,
  safeName,
  sqlFile,
  writeFiles,
} from "../sql-files.ts";
import { styleFor } from "../style.ts";

/** Options as the command line gives them. */
export interface CompileOptions extends WhenOptions {
  readonly project?: string;
  readonly format: "pretty" | "json";
  readonly report: readonly string[];
  readonly connection?: string;
  readonly dialect?: string;
  readonly shape: Shape;
  readonly inline: boolean;
  readonly out?: string;
  readonly check: boolean;
  readonly explain: boolean;
}

const FORMATS = ["json", "pretty"] as const;

/** `seg compile`: SQL to stdout, or to files; exit 1 where a segment has no meaning or a dialect cannot express it, and where files are out of date. */
export async function compile(io: Io, args: readonly string[], options: CompileOptions): Promise<number> {
  if (options.check && options.out === undefined)
    throw usage("`--check` needs the folder to look at.", "Add `--out DIR`.");
  readReports(options.report, FORMATS);
  const opened = await openProject(io, args, {
    project: options.project ?? null,
    allowEmpty: false,
    stdinFilename: null,
  });
  const dialects = dialectsOf(opened, options);
  const segments = chosenSegments(io, opened, options.format);
  if (typeof segments === "number") return segments;
  const when = readWhen(io, options, opened.config, opened.project.program);
  if (options.explain) io.stderr.write(`${explainSharing(opened.project.program, segments, when)}\n`);
  if (options.out !== undefined) return toFiles(io, opened, options.out, { dialects, segments, when, options });
  const compilations = dialects.map((dialect) => compiled(opened, dialect, segments, options, when));
  const refused = refuse(io, opened, compilations, options.format);
  if (refused !== null) return refused;
  const report = reportOf(compilations, options);
  const text = (style = PLAIN): string => compilationsText(compilations, style);
  const pretty = text(styleFor(io, io.stdout));
  // Bytes are kept for whoever reads them; on a terminal, a text written into SQL must not command it.
  const plainSql = io.stdout.isTTY && options.inline ? printableLines(text()) : pretty;
  io.stdout.write(options.format === "json" ? jsonText(report) : plainSql);
  if (options.asOf === undefined)
    io.stderr.write(`As of ${instantText(when.asOf)}, time zone ${when.zone}: \`--as-of\` repeats it.\n`);
  writeReports(io, options.report, { json: () => jsonText(report), pretty: () => text() });
  return EXIT.clean;
}

const reportOf = (compilations: readonly Compilation[], { dialect }: CompileOptions): unknown =>
  dialect === "all" ? compilationsJson(compilations) : compilationJson(compilations[0] as Compilation);

function compiled(
  opened: Opened,
  dialect: string,
  segments: readonly string[],
  options: CompileOptions,
  when: When,
): Compilation {
  const { shape, inline } = options;
  const storage = storageOf(opened, dialect, options);
  return {
    dialect,
    shape,
    ...compileSql(opened.project.program, { dialect, segments, shape, inline, storage, ...when }),
  };
}

/** What the configuration says of how the connection stores values; nothing is opened to find out the rest. */
function storageOf({ config }: Opened, dialect: string, { connection }: CompileOptions): Storage {
  const settings = config.connections.get(connection ?? "default");
  if (settings?.engine !== dialect || settings["decimals"] !== "minor") return USUAL_STORAGE;
  return { ...USUAL_STORAGE, decimals: "minor" };
}

/** The dialects asked for, else that of the connection. */
function dialectsOf({ config }: Opened, { dialect, connection }: CompileOptions): readonly string[] {
  const known = [...DIALECTS.keys()];
  if (connection !== undefined) settingsOf(config.connections, connection);
  const wanted = dialect ?? config.connections.get(connection ?? "default")?.engine;
  if (wanted === "all") return known;
  if (wanted === undefined)
    throw usage(
      "There is no connection that would say which SQL to write.",
      `Add \`--dialect\` with ${listed(known.map((name) => `\`${name}\``))} or \`all\`.`,
    );
  if (known.includes(wanted)) return [wanted];
  const near = nearest(wanted, [...known, "all"]);
  throw usage(
    `There is no dialect \`${wanted}\` in this version.`,
    near === null
      ? `There are ${listed(known.map((name) => `\`${name}\``))}; \`all\` means each of them.`
      : `Write \`${near}\`.`,
  );
}

/** Says what cannot be expressed; null where everything can. Warnings are only said. */
function refuse(
  io: Io,
  opened: Opened,
  compilations: readonly Compilation[],
  format: "pretty" | "json",
): number | null {
  const all = compilations.flatMap((compilation) => compilation.diagnostics);
  // What no dialect can express is said once.
  const diagnostics = [
    ...new Map(all.map((one) => [JSON.stringify([one.code, one.file, one.span, one.message]), one])).values(),
  ];
  if (diagnostics.some(({ severity }) => severity === "error")) return refusal(io, opened, diagnostics, format);
  if (diagnostics.length > 0)
    io.stderr.write(`${findingsText(findingsOf(opened, diagnostics), styleFor(io, io.stderr))}\n`);
  return null;
}

interface FileWork {
  readonly dialects: readonly string[];
  readonly segments: readonly string[];
  readonly when: When;
  readonly options: CompileOptions;
}

/** Writes files, or with `--check` holds those that are there against what would be written. */
function toFiles(io: Io, opened: Opened, folder: string, work: FileWork): number {
  const { dialects, options } = work;
  const made = dialects.map((dialect) => filesOf(io, opened, `${folder}/${dialect}`, dialect, work));
  const compilations = made.map(({ compilation }) => compilation);
  const refused = refuse(io, opened, compilations, options.format);
  if (refused !== null) return refused;
  const files = made.flatMap((one) => one.files);
  // Only who compiles everything knows what is left over.
  const leftOver =
    opened.selection.kind === "all"
      ? made.flatMap((one, index) => leftOverIn(io, `${folder}/${dialects[index]}`, options.shape, one.files))
      : [];
  if (options.check) return reportDrift(io, driftOf(io, files, leftOver), options);
  writeFiles(io, files, leftOver);
  const report = (): string => jsonText(reportOf(compilations, options));
  if (options.format === "json") io.stdout.write(report());
  writeReports(io, options.report, { json: report, pretty: () => compilationsText(compilations, PLAIN) });
  io.stderr.write(`Wrote ${counted(files.length, "statement")} to \`${folder}\`.\n`);
  return EXIT.clean;
}

/** A file for each segment where each has rows of its own, else for each statement. */
function filesOf(io: Io, opened: Opened, folder: string, dialect: string, { segments, when, options }: FileWork) {
  const { program } = opened.project;
  const { shape, inline } = options;
  const names = fileNames(program);
  const single = shape === "members" || shape === "view";
  const groups = single
    ? segments.map((segment) => ({ name: names.get(segment) ?? segment, some: [segment] }))
    : subjectsOf(program, segments).map(([entity, some]) => ({ name: safeName(`${entity}.${shape}`), some }));
  const parts = groups.map(({ name, some }) => {
    const base = `${folder}/${name}`;
    const recorded = options.check && options.asOf === undefined ? recordOf(io, base) : null;
    const at = recorded === null ? when : readWhen(io, { ...options, asOf: recorded.asOf }, opened.config, program);
    const part = compiled(opened, dialect, some, options, at);
    const files = part.statements.map((statement, index) =>
      sqlFile(index === 0 ? base : `${base}.${index + 1}`, statement, { dialect, shape, inline }, at),
    );
    return { part, files };
  });
  const compilation: Compilation = {
    dialect,
    shape,
    statements: parts.flatMap(({ part }) => part.statements),
    diagnostics: parts.flatMap(({ part }) => part.diagnostics),
  };
  return { compilation, files: parts.flatMap(({ files }): readonly SqlFile[] => files) };
}

/** Segments by the entity that they are about. */
function subjectsOf(program: Program, segments: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  const subjects = new Map<string, string[]>();
  for (const segment of segments) {
    const entity = program.segments.get(segment)?.entity ?? "";
    subjects.set(entity, [...(subjects.get(entity) ?? []), segment]);
  }
  return [...subjects];
}

function reportDrift(io: Io, drift: readonly Drift[], { format, report }: CompileOptions): number {
  const json = (): string => jsonText({ version: 1, files: drift });
  const pretty = (): string => drift.map(({ file, state }) => `${printable(file)} is ${state}\n`).join("");
  io.stdout.write(format === "json" ? json() : pretty());
  writeReports(io, report, { json, pretty });
  io.stderr.write(
    drift.length === 0 ? "All files are up to date.\n" : `${counted(drift.length, "file")} not up to date.\n`,
  );
  return drift.length === 0 ? EXIT.clean : EXIT.findings;
}
