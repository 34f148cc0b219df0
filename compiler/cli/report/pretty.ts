import { renderDiagnostic, type Style } from "../../../language/diagnostics/render.ts";
import { clockOf, parseInstant } from "../../../language/meaning/calendar.ts";
import { displayWidth, printable } from "../../../language/text/width.ts";
import type { Parameter } from "../../sql/statement.ts";
import type { Counts, Findings } from "./findings.ts";
import type { Compilation, RunResult } from "./results.ts";
import { counted, grouped, listed } from "./words.ts";

/** How wide and with which letters. */
export interface Canvas {
  readonly style: Style;
  readonly columns: number;
  readonly unicode: boolean;
}

/** Diagnostics with code frames, an empty line between them; `columns` as in `renderDiagnostic`. */
export const findingsText = (
  { diagnostics, sourceOf }: Findings,
  style: Style,
  columns: number | null = null,
): string => diagnostics.map((one) => `${renderDiagnostic(one, sourceOf, style, columns)}\n`).join("\n");

/** `2 errors and 1 warning in 3 files.` */
export function summaryText({ errors, warnings, infos }: Counts, files: number): string {
  const parts = [
    errors > 0 ? counted(errors, "error") : "",
    warnings > 0 ? counted(warnings, "warning") : "",
    infos > 0 ? counted(infos, "note") : "",
  ].filter((part) => part !== "");
  return `${parts.length === 0 ? "No findings" : listed(parts)} in ${counted(files, "file")}.`;
}

/** SQL, and below it the parameters in their order; several statements are told apart by a line of their own, which is a comment of SQL. */
export function compilationsText(compilations: readonly Compilation[], style: Style): string {
  const statements = compilations.flatMap((one) =>
    one.statements.map((statement) => ({ ...statement, dialect: one.dialect })),
  );
  return statements
    .map(({ dialect, segments, sql, parameters }) => {
      const title = statements.length > 1 ? `${style.faint(`-- ${dialect}: ${printable(segments.join(", "))}`)}\n` : "";
      return `${title}${sql};\n${parameters.length === 0 ? "" : `\n${parametersText(parameters, style)}`}`;
    })
    .join("\n");
}

function parametersText(parameters: readonly Parameter[], style: Style): string {
  const numbers = String(parameters.length).length;
  const types = Math.max(...parameters.map(({ type }) => type.length));
  return parameters
    .map(
      ({ type, value }, index) =>
        `${style.faint(`${String(index + 1).padStart(numbers)}  ${type.padEnd(types)}`)}  ${shownValue(type, value)}\n`,
    )
    .join("");
}

/** Texts in quotes, so that blanks at their ends are seen; all else as it is. */
const shownValue = (type: Parameter["type"], value: Parameter["value"]): string =>
  printable(type === "text" ? JSON.stringify(value) : String(value));

/** Population, then sizes and shares with bars, entity by entity; keys where they were asked for. `undated` are entities without `since` and `until`. */
export function runText(result: RunResult, undated: readonly string[], canvas: Canvas): string {
  const { style } = canvas;
  const blocks = result.entities.map((entity) => {
    const rows = result.segments.filter((segment) => segment.entity === entity.name);
    const title = `${style.strong(entity.name)}  ${style.faint(`population ${grouped(String(entity.population))}`)}`;
    return [title, ...barLines(rows, canvas)].join("\n");
  });
  const lists = result.segments
    .filter((segment) => segment.keys !== undefined)
    .map((segment) => keyLines(segment, result.segments.length > 1, style));
  return `${[headText(result, undated, style), ...blocks, ...lists].join("\n\n")}\n`;
}

function headText(result: RunResult, undated: readonly string[], style: Style): string {
  const lines = [`As of ${clockText(result.asOf, result.timezone)}`];
  const names = (fields: readonly string[]): string => listed(fields.map((name) => `\`${name}\``));
  if (undated.length > 0) {
    const [declare, its] = undated.length === 1 ? ["declares", "its"] : ["declare", "their"];
    lines.push(`${names(undated)} ${declare} neither \`since\` nor \`until\`: ${its} population is who exists today.`);
  }
  if (result.currentFields.length > 0) lines.push(`With today's values of ${names(result.currentFields)}.`);
  return lines.map((line) => style.faint(printable(line))).join("\n");
}

/** An instant by the clock of the zone, and as it is in JSON. */
export function clockText(instant: string, zone: string): string {
  const { year, month, day, micros } = clockOf(parseInstant(instant, "UTC") as bigint, zone);
  const two = (value: number): string => String(value).padStart(2, "0");
  const seconds = Math.floor(micros / 1e6);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  const local = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)} ${clock}`;
  return zone === "UTC" ? `${local} UTC` : `${local} in ${zone} (${instant})`;
}

const MAX_BAR = 40;
const MIN_BAR = 8;

function barLines(rows: RunResult["segments"], { style, columns, unicode }: Canvas): readonly string[] {
  const names = Math.max(0, ...rows.map(({ name }) => displayWidth(name)));
  const sizes = Math.max(0, ...rows.map(({ size }) => grouped(String(size)).length));
  const room = Math.min(MAX_BAR, columns - names - sizes - 15);
  return rows.map(({ name, size, share }) => {
    const text = `  ${name}${" ".repeat(names - displayWidth(name))}  ${grouped(String(size)).padStart(sizes)}  ${shareText(share).padStart(6)}`;
    return room < MIN_BAR ? text : `${text}  ${style.place(bar(share, room, unicode))}`.trimEnd();
  });
}

/** One decimal; a share that is there but would read 0.0% or 100.0% says so. */
function shareText(share: number): string {
  if (share > 0 && share < 0.0005) return "<0.1%";
  if (share < 1 && share >= 0.9995) return ">99.9%";
  return `${(share * 100).toFixed(1)}%`;
}

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

function bar(share: number, room: number, unicode: boolean): string {
  if (!unicode) return share === 0 ? "" : "#".repeat(Math.max(1, Math.round(share * room)));
  const eighths = share === 0 ? 0 : Math.max(1, Math.round(share * room * 8));
  return "█".repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] as string);
}

function keyLines({ name, keys }: RunResult["segments"][number], titled: boolean, style: Style): string {
  const lines = (keys ?? []).map(printable);
  return [...(titled ? [style.strong(name)] : []), ...lines].join("\n");
}
