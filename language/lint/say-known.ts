import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Origin } from "../meaning/ir.ts";
import type { Expr } from "../syntax/ast.ts";
import type { Linted } from "./rule.ts";

/** `written and more`, at the place of a condition, in parentheses where what is around it wants them. */
export function withMore(
  project: Linted,
  origin: Origin,
  connective: "and" | "or",
  more: string,
  title: string,
): Fix | null {
  const found = project.written.at(origin);
  const text = project.files.get(origin.file)?.source.text;
  if (found === null || text === undefined) return null;
  const { span } = origin;
  const bare = stands(found.expr, found.parent, connective);
  const own = text.slice(span.start, span.end);
  const joined = connective === "and" ? `${own} and ${more}` : `${more} or ${own}`;
  const newText = bare ? joined : `(${joined})`;
  return { title, preferred: false, edits: [{ file: origin.file, span, newText }] };
}

/** Whether `a and b` may stand in the place of an expression as it is. */
function stands(expr: Expr, parent: Expr | null, connective: "and" | "or"): boolean {
  if (parent === null || parent.kind === "paren" || parent.kind === connective) return true;
  return (parent.kind === "step" && parent.object !== expr) || parent.kind === "call";
}
