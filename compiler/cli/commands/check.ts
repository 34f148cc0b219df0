import { PLAIN } from "../../../language/diagnostics/render.ts";
import { EXIT } from "../exit.ts";
import type { Io } from "../io.ts";
import { isSelected, type Opened, openProject } from "../project.ts";
import { countFindings, findingsOf } from "../report/findings.ts";
import { checkJson, jsonText } from "../report/json.ts";
import { findingsText, summaryText } from "../report/pretty.ts";
import { writeReports } from "../report/write.ts";
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
  const over = options.maxWarnings !== undefined && counts.warnings > options.maxWarnings;
  if (findings.diagnostics.length > 0 && options.format === "pretty") io.stderr.write("\n");
  io.stderr.write(`${summaryText(counts, checkedFiles(opened))}\n`);
  if (over) io.stderr.write(`More than the ${options.maxWarnings} allowed.\n`);
  io.stderr.write(`${styleFor(io, io.stderr).faint(NOT_CHECKED)}\n`);
  return counts.errors > 0 || over ? EXIT.findings : EXIT.clean;
}

const NOT_CHECKED =
  "Not checked in this version: policies, assertions, tests, style, and whether the data keeps what the model says.";

const checkedFiles = ({ selection, project }: Opened): number =>
  selection.kind === "all" || selection.files.size === 0 ? project.files.size : selection.files.size;
