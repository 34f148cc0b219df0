import { PLAIN } from "../../../language/diagnostics/render.ts";
import { EXIT } from "../exit.ts";
import type { Io } from "../io.ts";
import { isSelected, type Opened, openProject } from "../project.ts";
import { type Counts, countFindings, findingsOf } from "../report/findings.ts";
import { checkJson, jsonText } from "../report/json.ts";
import { findingsText, summaryText } from "../report/pretty.ts";
import { readReports, writeReports } from "../report/write.ts";
import { styleFor } from "../style.ts";

/** Options as the command line gives them. */
export interface CheckOptions {
  readonly project?: string;
  readonly format: "pretty" | "json";
  readonly report: readonly string[];
  readonly maxWarnings?: number;
  readonly allowEmpty: boolean;
  readonly stdinFilename?: string;
}

/** `seg check`: prints findings; exit 1 where there are errors, or more warnings than allowed. */
export async function check(io: Io, args: readonly string[], options: CheckOptions): Promise<number> {
  readReports(options.report, ["json", "pretty"]);
  const opened = await openProject(io, args, {
    project: options.project ?? null,
    allowEmpty: options.allowEmpty,
    stdinFilename: options.stdinFilename ?? null,
  });
  const findings = findingsOf(opened, opened.diagnostics.filter(isSelected(opened)));
  const counts = countFindings(findings.diagnostics);
  const style = styleFor(io, io.stdout);
  io.stdout.write(options.format === "json" ? jsonText(checkJson(findings)) : findingsText(findings, style));
  writeReports(io, options.report, {
    json: () => jsonText(checkJson(findings)),
    pretty: () => findingsText(findings, PLAIN),
  });
  const { exit, over } = verdict(counts, options.maxWarnings ?? null);
  if (findings.diagnostics.length > 0 && options.format === "pretty") io.stderr.write("\n");
  io.stderr.write(`${summaryText(counts, checkedFiles(opened))}\n`);
  if (over) io.stderr.write(`More than the ${options.maxWarnings} allowed.\n`);
  io.stderr.write(`${styleFor(io, io.stderr).faint(NOT_CHECKED)}\n`);
  return exit;
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
  "Not checked in this version: policies, assertions, tests, style, and whether the data keeps what the model says.";

const checkedFiles = ({ selection, project }: Opened): number =>
  selection.kind === "all" || selection.files.size === 0 ? project.files.size : selection.files.size;
