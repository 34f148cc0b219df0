import { positionAt, type SourceFile } from "../text/source.ts";
import { displayWidth, printable } from "../text/width.ts";
import { brokenAtBlanks, cutLine } from "./cut-line.ts";
import type { Diagnostic, Severity } from "./diagnostic.ts";

/** How the parts of a rendered diagnostic are marked: each function answers its text, perhaps with colour around it. */
export interface Style {
  readonly severity: (text: string, severity: Severity) => string;
  readonly place: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly strong: (text: string) => string;
}

const same = (text: string): string => text;

/** No marks at all. */
export const PLAIN: Style = { severity: same, place: same, faint: same, strong: same };

/** Columns of a frame, its line number with them, where nothing says how wide the screen is. */
const USUAL_COLUMNS = 100;

/** A narrower screen breaks lines itself. */
const LEAST_COLUMNS = 40;

/**
 * A diagnostic as lines of text, without a line break at the end: its place, kind, message and code; the line it is about with carets below; related
 * places; help. `sourceOf` answers null where a text is not at hand. Frames fit into `columns`, and help is broken to fit; null means that nothing breaks
 * lines, as in a file. Characters that would command a terminal are shown as `�`.
 */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  sourceOf: (path: string) => SourceFile | null,
  style: Style,
  columns: number | null = null,
): string {
  const { severity } = diagnostic;
  const place = placeOf(diagnostic, sourceOf);
  const lines = [
    `${style.place(place)}  ${style.severity(severity, severity)}  ${style.strong(printable(diagnostic.message))}  ${style.faint(diagnostic.code)}`,
  ];
  const source = sourceOf(diagnostic.file);
  const width = Math.max(LEAST_COLUMNS, columns ?? USUAL_COLUMNS);
  if (source !== null) {
    const marks = { ...style, place: (text: string) => style.severity(text, severity) };
    lines.push(...codeFrame(source, diagnostic.span, marks, width));
  }
  for (const other of diagnostic.related) {
    lines.push(`  ${style.faint("see")}   ${style.place(placeOf(other, sourceOf))}  ${printable(other.message)}`);
    const text = sourceOf(other.file);
    if (text !== null) lines.push(...codeFrame(text, other.span, { ...style, place: style.faint }, width));
  }
  if (diagnostic.help !== null) {
    const help = printable(diagnostic.help);
    const [first, ...rest] = columns === null ? [help] : brokenAtBlanks(help, width - HELP.length);
    lines.push(`  ${style.faint("help")}  ${first}`, ...rest.map((line) => " ".repeat(HELP.length) + line));
  }
  return lines.join("\n");
}

const HELP = "  help  ";

/** `path:line:column`, as terminals and editors link it. */
function placeOf(
  at: { readonly file: string; readonly span: { readonly start: number } },
  sourceOf: (path: string) => SourceFile | null,
): string {
  const source = sourceOf(at.file);
  if (source === null) return printable(at.file);
  const { line, column } = positionAt(source, at.span.start);
  return `${printable(at.file)}:${line}:${column}`;
}

/**
 * The first line of a span, with its number, and a line of carets below the span's part of it (`style.place` marks the carets).
 * The end of a file is shown too; a line that `columns` cannot hold is cut, with `…` where text is left out.
 */
export function codeFrame(
  source: SourceFile,
  span: { readonly start: number; readonly end: number },
  style: Style,
  columns: number = USUAL_COLUMNS,
): readonly string[] {
  const start = positionAt(source, span.start);
  const lineStart = source.lineStarts[start.line - 1] as number;
  const lineEnd = endOfLine(source, start.line);
  const from = Math.min(span.start, lineEnd);
  const to = Math.max(from, Math.min(span.end, lineEnd));
  const number = String(start.line);
  const room = columns - number.length - "   | ".length;
  const { before, marked, after } = cutLine(source.text, { start: lineStart, end: lineEnd, from, to }, room);
  const carets = "^".repeat(Math.max(1, displayWidth(marked)));
  return [
    `  ${style.faint(`${number} |`)} ${before}${marked}${after}`.trimEnd(),
    `  ${style.faint(`${" ".repeat(number.length)} |`)} ${" ".repeat(displayWidth(before))}${style.place(carets)}`,
  ];
}

function endOfLine(source: SourceFile, line: number): number {
  let end = source.lineStarts[line] ?? source.text.length;
  while (
    end > (source.lineStarts[line - 1] as number) &&
    (source.text[end - 1] === "\n" || source.text[end - 1] === "\r")
  )
    end--;
  return end;
}
