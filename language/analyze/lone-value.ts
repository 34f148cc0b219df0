import type { Expr } from "../syntax/ast.ts";
import { type Context, replace, report, strip, words } from "./context.ts";

/**
 * Reports a value in the place of a condition, as in `region = "EU" or "NA"`; whether it was one. `compared` is the comparison before it.
 * Where what was meant is clear (`=` with `or`, `!=` with `and`) the fix says it whole.
 */
export function reportLoneValue(item: Expr, compared: Expr | null, word: "and" | "or", ctx: Context): boolean {
  const value = strip(item);
  if (value.kind !== "text" && value.kind !== "number" && value.kind !== "date" && value.kind !== "timestamp")
    return false;
  if (compared?.kind !== "compare") return false;
  const text = words(ctx, value.span);
  const found = value.kind === "text" ? "a text" : `a ${value.kind}`;
  const left = ctx.text.slice(compared.left.span.start, compared.left.span.end);
  const whole = `${left} ${compared.op} ${ctx.text.slice(value.span.start, value.span.end)}`;
  const isSure = compared.op === (word === "or" ? "=" : "!=");
  const fixes = isSure ? [replace(ctx, `Write \`${whole}\``, value.span, whole)] : [];
  report(
    ctx,
    "not-a-condition",
    { text, found, hint: `Write what is compared with it, too: \`${whole}\`.` },
    value.span,
    { fixes },
  );
  return true;
}
