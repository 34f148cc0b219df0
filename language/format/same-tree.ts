import type { Declaration, Expr, SegFile } from "../syntax/ast.ts";
import { rollingDuration } from "./expression.ts";

/** Whether two files say the same: their trees are equal but for places, and for what the formatter writes in another way. */
export function sameTree(a: SegFile, b: SegFile): boolean {
  return (
    a.declarations.length === b.declarations.length &&
    a.declarations.every((declaration, i) => shape(declaration) === shape(b.declarations[i] as Declaration))
  );
}

const PLACES: ReadonlySet<string> = new Set(["span", "opSpan", "stepSpan", "wordSpan", "broken"]);

const shape = (declaration: Declaration): string =>
  JSON.stringify(declaration, (key, value: unknown) => (PLACES.has(key) ? undefined : meant(value)));

/** A node without its ways of writing: `no` and `not`, parentheses around a default, `.last(90d)`. */
function meant(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("kind" in value)) return value;
  const expr = value as Expr;
  if (expr.kind === "paren" && expr.inner.kind === "else") return expr.inner;
  if (expr.kind === "not") return { ...expr, word: "not" };
  const duration = expr.kind === "step" ? rollingDuration(expr) : null;
  if (expr.kind !== "step" || duration === null) return expr;
  return { kind: "windowStep", object: expr.object, direction: expr.name.text, duration };
}
