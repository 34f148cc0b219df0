import { positionAt } from "../../../language/text/source.ts";
import { printable } from "../../../language/text/width.ts";
import type { Findings } from "./findings.ts";

/** A line a finding, as editors and other tools read it: `segments.seg:1:22: error SEG2001: Nothing called …`. */
export const conciseText = ({ diagnostics, sourceOf }: Findings): string =>
  diagnostics
    .map(({ file, span, severity, code, message }) => {
      const source = sourceOf(file);
      const { line, column } = source === null ? { line: 1, column: 1 } : positionAt(source, span.start);
      return `${printable(file)}:${line}:${column}: ${severity} ${code}: ${printable(message)}\n`;
    })
    .join("");
