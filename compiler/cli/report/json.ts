import type { Diagnostic } from "../../../language/diagnostics/diagnostic.ts";
import { pageOf } from "../../../language/diagnostics/page.ts";
import { positionAt, type SourceFile } from "../../../language/text/source.ts";
import type { Span } from "../../../language/text/span.ts";
import type { Statement } from "../../sql/statement.ts";
import { countFindings, type Findings } from "./findings.ts";
import type { Compilation, RunResult } from "./results.ts";

/** A report as text: two blanks deep, ended by a line break. Shapes: reports.schema.json. */
export const jsonText = (report: unknown): string => `${JSON.stringify(report, null, 2)}\n`;

/** The report of `check`, and of any verb that stops at findings. */
export const checkJson = ({ diagnostics, sourceOf }: Findings): unknown => ({
  version: 1,
  diagnostics: diagnostics.map((one) => diagnosticJson(one, sourceOf)),
  summary: countFindings(diagnostics),
});

/** One finding, as in the report of `check`. */
export function diagnosticJson(one: Diagnostic, sourceOf: (path: string) => SourceFile | null): unknown {
  const { code, slug, severity, file, message, help } = one;
  const place = (at: { readonly file: string; readonly span: Span }) => ({
    file: at.file,
    range: rangeJson(at, sourceOf),
  });
  return {
    code,
    slug,
    severity,
    file,
    range: rangeJson(one, sourceOf),
    message,
    help,
    url: pageOf(code),
    related: one.related.map((other) => ({ ...place(other), message: other.message })),
    fixes: one.fixes.map(({ title, preferred, edits }) => ({
      title,
      preferred,
      edits: edits.map((edit) => ({ ...place(edit), newText: edit.newText })),
    })),
  };
}

function rangeJson(
  at: { readonly file: string; readonly span: Span },
  sourceOf: (path: string) => SourceFile | null,
): unknown {
  const source = sourceOf(at.file);
  const position = (offset: number) => (source === null ? { line: 1, column: 1 } : positionAt(source, offset));
  return { start: position(at.span.start), end: position(at.span.end) };
}

/** The report of `compile` for one dialect. */
export const compilationJson = ({ dialect, shape, statements }: Compilation): unknown => ({
  version: 1,
  dialect,
  shape,
  statements: statements.map(statementJson),
});

/** The report of `compile --dialect all`. */
export const compilationsJson = (compilations: readonly Compilation[]): unknown => ({
  version: 1,
  dialects: compilations.map(compilationJson),
});

const statementJson = ({ segments, columns, sql, parameters }: Statement): unknown => ({
  segments,
  columns,
  sql,
  parameters,
});

/** The report of `run`. */
export const runJson = (result: RunResult): unknown => ({ version: 1, ...result });
