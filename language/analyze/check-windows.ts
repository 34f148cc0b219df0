import type { Entity } from "../model/model.ts";
import type { Expr } from "../syntax/ast.ts";
import { isTemporal } from "../types/kinds.ts";
import type { ScalarType } from "../types/type.ts";
import type { Analysis } from "./analysis.ts";
import { check, value } from "./check.ts";
import { type Context, replace, report, strip, words } from "./context.ts";
import { describe, wrongKind } from "./reject.ts";

/** Whether an expression is a stretch of time by its form: `last 90d`, `this month`, `today` (a range may also be one of numbers). */
export function isWindow(expr: Expr, tables: Pick<Analysis, "resolved">): boolean {
  if (expr.kind === "rolling" || expr.kind === "period" || expr.kind === "fullPeriods") return true;
  return isDayWord(expr, tables);
}

/** `today` and `yesterday` are days, and as windows the stretch from their start to their end. */
export function isDayWord(expr: Expr, tables: Pick<Analysis, "resolved">): boolean {
  const named = tables.resolved.get(expr);
  return expr.kind === "name" && named?.kind === "function" && (named.name === "today" || named.name === "yesterday");
}

/** An expression where a stretch of time is expected. `events` are what it narrows, where that has to be visible ahead. Answers whether it is one. */
export function checkWindow(expr: Expr, events: Entity | null, ctx: Context): boolean {
  const bare = strip(expr);
  const ahead =
    (bare.kind === "rolling" && bare.direction === "next") || (bare.kind === "period" && bare.which === "next");
  if (ahead && events !== null && !events.scheduled) {
    report(ctx, "nothing-ahead", { event: events.name }, bare.span);
    return false;
  }
  if (isWindow(bare, ctx.tables)) {
    ctx.tables.types.set(bare, { kind: "window" });
    return true;
  }
  if (bare.kind === "range") {
    ctx.tables.types.set(bare, { kind: "window" });
    const ends = [bare.from, bare.to].filter((e) => e !== null);
    return ends.map((end) => moment(end, ctx)).every((type) => type !== null);
  }
  const type = check(expr, ctx);
  if (type.kind === "error") return false;
  const text = words(ctx, bare.span);
  if (bare.kind === "duration") {
    const fixes = [replace(ctx, `Write \`last ${text}\``, bare.span, `last ${text}`)];
    report(
      ctx,
      "wrong-kind",
      { text, found: describe(type), wanted: "a stretch of time", hint: `Write \`last ${text}\`.` },
      bare.span,
      { fixes },
    );
    return false;
  }
  const hint = isTemporal(type) ? `Write \`.on(${text})\` for one day, or a range: \`${text}..\`.` : null;
  wrongKind(bare, type, "a stretch of time", hint, ctx);
  return false;
}

/** An expression where a point in time is expected: its type, or null where it has none, which is reported. */
export function moment(expr: Expr, ctx: Context): ScalarType | null {
  const type = check(expr, ctx);
  if (type.kind === "duration") {
    const text = words(ctx, expr.span);
    const fixes = [replace(ctx, `Write \`${text} ago\``, strip(expr).span, `${text} ago`)];
    report(ctx, "duration-as-value", { text, hint: `Write \`${text} ago\`.` }, strip(expr).span, { fixes });
    return null;
  }
  const own = value(expr, ctx, false);
  if (own === null || isTemporal(own)) return own;
  wrongKind(strip(expr), own, "a date or a timestamp", null, ctx);
  return null;
}
