import type { Diagnostic } from "../../../language/diagnostics/diagnostic.ts";
import { EXIT, usage } from "../exit.ts";
import type { Io } from "../io.ts";
import { mendedText, mendFiles } from "../mend-files.ts";
import { isSelected, type Opened, openProject } from "../project.ts";
import { findingsAs } from "../report/check-formats.ts";
import { type Counts, countFindings, findingsOf } from "../report/findings.ts";
import { CHECK_FORMATS, type CheckFormat } from "../report/format-names.ts";
import { unannotated, writeStepSummary } from "../report/github.ts";
import { summaryText } from "../report/pretty.ts";
import { grouped } from "../report/words.ts";
import { readReports, writeReports } from "../report/write.ts";
import { styleFor } from "../style.ts";

/** Options as the command line gives them. */
export interface CheckOptions {
  readonly project?: string;
  readonly format: CheckFormat;
  readonly report: readonly string[];
  readonly fix: boolean;
  readonly maxWarnings?: number;
  readonly allowEmpty: boolean;
  readonly stdinFilename?: string;
}

/** `seg check`: prints findings; exit 1 where there are errors, or more warnings than allowed. */
export async function check(io: Io, args: readonly string[], options: CheckOptions): Promise<number> {
  readReports(options.report, CHECK_FORMATS);
  const open = (): Promise<Opened> =>
    openProject(io, args, {
      project: options.project ?? null,
      allowEmpty: options.allowEmpty,
      stdinFilename: options.stdinFilename ?? null,
    });
  if (options.fix && args.includes("-")) throw usage("`--fix` changes files, and `-` is none.", "Leave out `--fix`.");
  const found = await open();
  const mended = options.fix ? mendFiles(io, found) : null;
  const opened = mended === null || mended.files === 0 ? found : await open();
  const findings = findingsOf(opened, opened.diagnostics.filter(isSelected(opened)));
  const counts = countFindings(findings.diagnostics);
  const style = styleFor(io, io.stdout);
  io.stdout.write(findingsAs(options.format, findings, io, style, io.stdout.columns));
  writeReports(
    io,
    options.report,
    Object.fromEntries(CHECK_FORMATS.map((format) => [format, () => findingsAs(format, findings, io)])),
  );
  if (options.format === "github") writeStepSummary(findings, io);
  const { exit, over } = verdict(counts, options.maxWarnings ?? null);
  if (findings.diagnostics.length > 0 && options.format === "pretty") io.stderr.write("\n");
  if (mended !== null) io.stderr.write(`${mendedText(mended)}\n`);
  io.stderr.write(`${summaryText(counts, checkedFiles(opened))}\n`);
  const dropped = options.format === "github" ? unannotated(findings) : null;
  if (dropped !== null) io.stderr.write(`${dropped}\n`);
  const next = options.format === "pretty" ? nextStep(findings.diagnostics) : null;
  if (next !== null) io.stderr.write(`${next}\n`);
  if (over) io.stderr.write(`More than the ${options.maxWarnings} allowed.\n`);
  io.stderr.write(`${styleFor(io, io.stderr).faint(NOT_CHECKED)}\n`);
  return exit;
}

/** What helps with findings: where the first is explained, and how many mend themselves; null without any. */
function nextStep(diagnostics: readonly Diagnostic[]): string | null {
  const [first] = diagnostics;
  if (first === undefined) return null;
  const mending = diagnostics.filter(({ fixes }) => fixes.some(({ preferred }) => preferred)).length;
  const isOnly = diagnostics.length === 1;
  const explains = `\`seg rule ${first.code}\` explains ${isOnly ? "it" : "the first"}`;
  if (mending === 0) return `${explains}.`;
  const which = isOnly ? "it" : `${mending === diagnostics.length ? "all" : grouped(String(mending))} of them`;
  return `${explains}; \`seg check --fix\` mends ${which}.`;
}

/** Errors are findings, and so are more warnings than allowed. */
export function verdict(
  { errors, warnings }: Counts,
  maxWarnings: number | null,
): { readonly exit: number; readonly over: boolean } {
  const over = maxWarnings !== null && warnings > maxWarnings;
  return { exit: errors > 0 || over ? EXIT.findings : EXIT.clean, over };
}

const NOT_CHECKED =
  "Not checked in this version: policies, assertions, and whether the data keeps what the model says.";

const checkedFiles = ({ selection, project }: Opened): number =>
  selection.kind === "all" || selection.files.size === 0 ? project.files.size : selection.files.size;
