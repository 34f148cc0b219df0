import type { Expr } from "../syntax/ast.ts";
import { isNumber } from "../types/kinds.ts";
import { ERROR, type ScalarType, type Type } from "../types/type.ts";
import { condition, value } from "./check.ts";
import { meet } from "./check-compare.ts";
import { want } from "./check-numbers.ts";
import { type Context, report, strip, words } from "./context.ts";
import { describe } from "./reject.ts";

type Of<K extends Expr["kind"]> = Extract<Expr, { kind: K }>;

/** `if c then a else b`: the type that holds both branches. */
export function checkIf(expr: Of<"if">, ctx: Context): Type {
  condition(expr.cond, ctx);
  const [yes, no] = [value(expr.yes, ctx), value(expr.no, ctx)];
  if (yes === null || no === null || ctx.tables.types.get(expr.cond)?.kind === "error") return ERROR;
  const common = joined(expr.yes, yes, expr.no, no);
  if (common === null) {
    const [text, other] = [words(ctx, expr.no.span), words(ctx, expr.yes.span)];
    report(ctx, "branches-differ", { text, found: describe(no), other, wanted: describe(yes) }, strip(expr.no).span);
    return ERROR;
  }
  want(expr.yes, common, ctx);
  want(expr.no, common, ctx);
  return common;
}

/** Numbers join; a date never stands for a timestamp, for the answer is a value and not a test. */
function joined(yes: Expr, a: ScalarType, no: Expr, b: ScalarType): ScalarType | null {
  return a.kind === b.kind || isNumber(a) ? meet(yes, a, no, b) : null;
}

/** `at least 2 of (a, b, c)`. */
export function checkCounted(expr: Of<"counted">, ctx: Context): void {
  for (const item of expr.items) condition(item, ctx);
}
