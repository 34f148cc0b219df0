import type { Expr } from "../syntax/ast.ts";
import { type Context, replace, report } from "./context.ts";
import { lookup, type Scope } from "./scope.ts";
import { quoteName } from "./spelling.ts";

/** Reports `marketing-consent` where `marketing_consent` is a name and its parts are none; whether it did. */
export function reportHyphen(expr: Extract<Expr, { kind: "arithmetic" }>, scope: Scope, ctx: Context): boolean {
  const { left, right, span } = expr;
  if (expr.op !== "-" || left.kind !== "name" || right.kind !== "name") return false;
  if (left.name.quoted || right.name.quoted || right.span.start !== left.span.end + 1) return false;
  const known = (name: string): boolean => lookup(name, scope, ctx.declared).length > 0;
  const name = `${left.name.text}_${right.name.text}`;
  if (!known(name) || known(left.name.text) || known(right.name.text)) return false;
  const written = ctx.text.slice(span.start, span.end);
  const fixes = [replace(ctx, `Write \`${quoteName(name)}\``, span, quoteName(name))];
  report(ctx, "unknown-name", { name: written, suggestion: name, hint: null }, span, { fixes });
  return true;
}
