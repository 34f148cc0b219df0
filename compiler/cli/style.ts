import type { Severity } from "../../language/diagnostics/diagnostic.ts";
import { PLAIN, type Style } from "../../language/diagnostics/render.ts";
import type { Io, Sink } from "./io.ts";

const wrap =
  (code: number, end: number) =>
  (text: string): string =>
    text === "" ? "" : `\u001b[${code}m${text}\u001b[${end}m`;

const SEVERITY: Readonly<Record<Severity, (text: string) => string>> = {
  error: wrap(31, 39),
  warning: wrap(33, 39),
  info: wrap(34, 39),
};

const COLOURED: Style = {
  severity: (text, severity) => SEVERITY[severity](text),
  place: wrap(36, 39),
  faint: wrap(2, 22),
  strong: wrap(1, 22),
};

/** Whether a stream gets colour: `NO_COLOR` and `FORCE_COLOR` decide, else whether it is a terminal that is not dumb. */
export function hasColour(io: Io, sink: Sink): boolean {
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: term } = io.env;
  if ((no !== undefined && no !== "") || force === "0" || force === "false") return false;
  if (force !== undefined && force !== "") return true;
  return sink.isTTY && term !== "dumb";
}

/** The marks for one of the two streams. */
export const styleFor = (io: Io, sink: Sink): Style => (hasColour(io, sink) ? COLOURED : PLAIN);

/** Whether a stream shows more than ASCII: a terminal that is not dumb, in a locale that says UTF-8 or nothing. */
export function hasUnicode(io: Io, sink: Sink): boolean {
  const locale = io.env["LC_ALL"] || io.env["LC_CTYPE"] || io.env["LANG"] || "UTF-8";
  return sink.isTTY && io.env["TERM"] !== "dumb" && /utf-?8/i.test(locale);
}
