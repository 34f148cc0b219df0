import { PLAIN } from "../../../language/diagnostics/render.ts";
import { nearest } from "../../../language/diagnostics/suggest.ts";
import { printableLines } from "../../../language/text/width.ts";
import { compileSql } from "../../sql/compile.ts";
import { DIALECTS } from "../../sql/index.ts";
import type { Shape } from "../../sql/statement.ts";
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
import { listed } from "../report/words.ts";
import { writeReports } from "../report/write.ts";
import { chosenSegments } from "../segments.ts";
import { checkFiles, recordedAsOf, writeFiles } from "../sql-files.ts";
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

/** `seg compile`: SQL to stdout, or to files; exit 1 where a segment has no meaning or a dialect cannot express it, and where files are out of date. */
export async function compile(io: Io, args: readonly string[], options: CompileOptions): Promise<number> {
  if (options.check && options.out === undefined)
    throw usage("`--check` needs the folder to look at.", "Add `--out DIR`.");
  const opened = await openProject(io, args, {
    project: options.project ?? null,
    allowEmpty: false,
    stdinFilename: null,
  });
  const dialects = dialectsOf(opened, options);
  const segments = chosenSegments(io, opened, options.format);
  if (typeof segments === "number") return segments;
  const asOf = options.asOf ?? (options.check ? recordedAsOf(io, options.out as string, dialects) : null);
  const when = readWhen(io, { ...options, ...(asOf === null ? {} : { asOf }) }, opened.config, opened.project.program);
  if (options.explain) io.stderr.write(`${explainSharing(opened.project.program, segments, when)}\n`);
  const compileFor = (dialect: string, some: readonly string[]): Compilation =>
    compiled(opened, dialect, some, options, when);
  if (options.out !== undefined) return toFiles(io, opened, { dialects, segments, when, options, compileFor });
  const compilations = dialects.map((dialect) => compileFor(dialect, segments));
  const refused = refuse(io, opened, compilations, options.format);
  if (refused !== null) return refused;
  const report =
    options.dialect === "all" ? compilationsJson(compilations) : compilationJson(compilations[0] as Compilation);
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

function compiled(
  opened: Opened,
  dialect: string,
  segments: readonly string[],
  { shape, inline }: CompileOptions,
  when: When,
): Compilation {
  return { dialect, shape, ...compileSql(opened.project.program, { dialect, segments, shape, inline, ...when }) };
}

/** The dialects asked for, else that of the connection. */
function dialectsOf({ config }: Opened, { dialect, connection }: CompileOptions): readonly string[] {
  const known = [...DIALECTS.keys()];
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
  readonly compileFor: (dialect: string, segments: readonly string[]) => Compilation;
}

/** A file for each segment where each has its own rows, else for each statement. */
function toFiles(io: Io, opened: Opened, { dialects, segments, when, options, compileFor }: FileWork): number {
  const single = options.shape === "members" || options.shape === "view";
  const compilations = dialects.map((dialect) => {
    const parts = single ? segments.map((name) => compileFor(dialect, [name])) : [compileFor(dialect, segments)];
    return {
      dialect,
      shape: options.shape,
      statements: parts.flatMap((part) => part.statements),
      diagnostics: parts.flatMap((part) => part.diagnostics),
    };
  });
  const refused = refuse(io, opened, compilations, options.format);
  if (refused !== null) return refused;
  const folder = options.out as string;
  return options.check
    ? checkFiles(io, folder, compilations, options.inline, when)
    : writeFiles(io, folder, compilations, options.inline, when);
}
