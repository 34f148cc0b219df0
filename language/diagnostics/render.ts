import { positionAt, type SourceFile } from "../text/source.ts";
import { displayWidth, printable } from "../text/width.ts";
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

/** Columns of a source line that a frame shows; a longer line is cut around its span. */
const FRAME_WIDTH = 100;

/**
 * A diagnostic as lines of text, without a line break at the end: its place, kind, message and code; the line it is about with carets below; related
 * places; help. `source` is null where the text is not at hand. Characters that would command a terminal are shown as `�`.
 */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  sourceOf: (path: string) => SourceFile | null,
  style: Style,
): string {
  const { severity } = diagnostic;
  const place = placeOf(diagnostic, sourceOf);
  const lines = [
    `${style.place(place)}  ${style.severity(severity, severity)}  ${style.strong(printable(diagnostic.message))}  ${style.faint(diagnostic.code)}`,
  ];
  const source = sourceOf(diagnostic.file);
  if (source !== null)
    lines.push(...codeFrame(source, diagnostic.span, { ...style, place: (text) => style.severity(text, severity) }));
  for (const other of diagnostic.related) {
    lines.push(`  ${style.faint("see")}   ${style.place(placeOf(other, sourceOf))}  ${printable(other.message)}`);
    const text = sourceOf(other.file);
    if (text !== null) lines.push(...codeFrame(text, other.span, { ...style, place: style.faint }));
  }
  if (diagnostic.help !== null) lines.push(`  ${style.faint("help")}  ${printable(diagnostic.help)}`);
  return lines.join("\n");
}

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
 * The end of a file is shown too; a line that a frame cannot hold is cut, with `…` where text is left out.
 */
export function codeFrame(
  source: SourceFile,
  span: { readonly start: number; readonly end: number },
  style: Style,
): readonly string[] {
  const start = positionAt(source, span.start);
  const lineStart = source.lineStarts[start.line - 1] as number;
  const lineEnd = endOfLine(source, start.line);
  const from = Math.min(span.start, lineEnd);
  const to = Math.max(from, Math.min(span.end, lineEnd));
  const cut = cutLine(source.text, lineStart, lineEnd, from, to);
  const number = String(start.line);
  const carets = "^".repeat(Math.max(1, displayWidth(cut.marked)));
  return [
    `  ${style.faint(`${number} |`)} ${cut.before}${cut.marked}${cut.after}`.trimEnd(),
    `  ${style.faint(`${" ".repeat(number.length)} |`)} ${" ".repeat(displayWidth(cut.before))}${style.place(carets)}`,
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

/** The line in three parts around `from..to`, cut to a frame: work does not grow with the line. */
function cutLine(
  text: string,
  lineStart: number,
  lineEnd: number,
  from: number,
  to: number,
): { before: string; marked: string; after: string } {
  if (lineEnd - lineStart <= FRAME_WIDTH) {
    return { before: shown(text, lineStart, from), marked: shown(text, from, to), after: shown(text, to, lineEnd) };
  }
  const left = Math.max(lineStart, from - FRAME_WIDTH / 2);
  const markEnd = Math.min(to, from + FRAME_WIDTH / 2);
  const right = Math.min(lineEnd, Math.max(markEnd, left + FRAME_WIDTH));
  return {
    before: (left > lineStart ? "…" : "") + shown(text, left, from),
    marked: shown(text, from, markEnd),
    after: shown(text, markEnd, right) + (right < lineEnd ? "…" : ""),
  };
}

/** Two blanks for a tab, so that carets stand where they should on every terminal. */
const shown = (text: string, start: number, end: number): string =>
  printable(text.slice(start, end).replaceAll("\t", "  "));
