import { appendFileSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Diagnostic, Severity } from "../../../language/diagnostics/diagnostic.ts";
import { positionAt } from "../../../language/text/source.ts";
import { printable } from "../../../language/text/width.ts";
import { unfinished } from "../exit.ts";
import { reason } from "../files.ts";
import type { Io } from "../io.ts";
import { countFindings, type Findings } from "./findings.ts";
import { counted } from "./words.ts";

/** GitHub shows so many annotations of a kind for one step, and drops the rest without a word. */
const MOST_ANNOTATIONS = 10;

const KINDS: Readonly<Record<Severity, "error" | "warning" | "notice">> = {
  error: "error",
  warning: "warning",
  info: "notice",
};

/**
 * Workflow commands that become annotations of the changed lines, the worst first, no more of a kind than GitHub shows.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function githubAnnotations(findings: Findings, io: Pick<Io, "env" | "cwd">): string {
  return (["error", "warning", "info"] as const)
    .flatMap((severity) => findings.diagnostics.filter((one) => one.severity === severity).slice(0, MOST_ANNOTATIONS))
    .map((one) => annotation(one, findings, io))
    .join("");
}

/** What is not among the annotations, in a sentence; null where nothing is missing. */
export function unannotated({ diagnostics }: Findings): string | null {
  const { errors, warnings, infos } = countFindings(diagnostics);
  const missing = [errors, warnings, infos].reduce((sum, count) => sum + Math.max(0, count - MOST_ANNOTATIONS), 0);
  if (missing === 0) return null;
  return `GitHub shows ${MOST_ANNOTATIONS} annotations of a kind; ${counted(missing, "finding")} more in the step summary.`;
}

function annotation(one: Diagnostic, { sourceOf }: Findings, { env, cwd }: Pick<Io, "env" | "cwd">): string {
  const source = sourceOf(one.file);
  const [start, end] = [one.span.start, one.span.end].map((offset) =>
    source === null ? { line: 1, column: 1 } : positionAt(source, offset),
  ) as [{ line: number; column: number }, { line: number; column: number }];
  const properties = {
    file: fromWorkspace(one.file, env["GITHUB_WORKSPACE"], cwd),
    line: start.line,
    endLine: end.line,
    // Columns of a stretch over several lines are refused.
    ...(start.line === end.line ? { col: start.column, endColumn: end.column } : {}),
    title: `${one.code} ${one.slug}`,
  };
  const shown = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const text = one.help === null ? one.message : `${one.message}\n${one.help}`;
  return `::${KINDS[one.severity]} ${shown.join(",")}::${escapeData(text)}\n`;
}

/** GitHub finds files from the root of the repository, wherever the step runs. */
function fromWorkspace(file: string, workspace: string | undefined, cwd: string): string {
  if (!workspace) return file;
  const path = relative(workspace, resolve(cwd, file)).split(sep).join("/");
  return path.startsWith("../") || isAbsolute(path) ? file : path;
}

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const escapeProperty = (text: string): string => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** Puts every finding into the step summary, where the environment names one. */
export function writeStepSummary(findings: Findings, io: Io): void {
  const path = io.env["GITHUB_STEP_SUMMARY"];
  if (!path) return;
  try {
    appendFileSync(resolve(io.cwd, path), stepSummary(findings));
  } catch (error) {
    throw unfinished(`The step summary cannot be written: ${reason(error)}.`);
  }
}

/** GitHub refuses a summary of more than 1 MiB. */
const MOST_SUMMARY = 900_000;

/** A table in HTML, in which nothing that a file holds can become markup. */
export function stepSummary({ diagnostics, sourceOf }: Findings): string {
  const { errors, warnings, infos } = countFindings(diagnostics);
  const counts = [counted(errors, "error"), counted(warnings, "warning"), counted(infos, "note")].join(", ");
  const rows: string[] = [];
  let size = 0;
  for (const { file, span, severity, code, message, help } of diagnostics) {
    const source = sourceOf(file);
    const place = source === null ? file : `${file}:${positionAt(source, span.start).line}`;
    const text = help === null ? message : `${message} ${help}`;
    const row = `<tr><td>${severity}</td><td><code>${escapeHtml(place)}</code></td><td>${marked(text)}</td><td>${code}</td></tr>\n`;
    size += Buffer.byteLength(row);
    if (size > MOST_SUMMARY) {
      rows.push(`<tr><td colspan="4">${counted(diagnostics.length - rows.length, "finding")} more</td></tr>\n`);
      break;
    }
    rows.push(row);
  }
  const table = rows.length === 0 ? "" : `\n<table>\n${rows.join("")}</table>\n`;
  return `### Segments: ${counts}\n${table}\n`;
}

const escapeHtml = (text: string): string =>
  printable(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Text between back-ticks as code. */
const marked = (text: string): string => escapeHtml(text).replace(/`([^`]+)`/g, "<code>$1</code>");
