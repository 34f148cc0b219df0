import type { DurationLiteral, Expr } from "../syntax/ast.ts";
import type { Type } from "../types/type.ts";
import type { Analysis } from "./analysis.ts";
import { check } from "./check.ts";
import { type Context, replace, report, strip, words } from "./context.ts";
import { describe, wrongKind } from "./reject.ts";

type Of<K extends Expr["kind"]> = Extract<Expr, { kind: K }>;

/** What `t2 - t1` is the time between: two timestamps or two dates; null for every other expression. */
export function elapsedBetween(expr: Expr, tables: Pick<Analysis, "types">): "timestamp" | "date" | null {
  const bare = strip(expr);
  if (bare.kind !== "arithmetic" || tables.types.get(bare)?.kind !== "duration") return null;
  return tables.types.get(bare.left)?.kind === "date" ? "date" : "timestamp";
}

/** `t2 - t1`: a length of time, of two timestamps or of two dates. */
export function checkElapsed(expr: Of<"arithmetic">, l: Type, r: Type, ctx: Context): Type {
  if (l.kind === r.kind) return { kind: "duration" };
  const side = strip(l.kind === "timestamp" ? expr.left : expr.right);
  const day = `date(${words(ctx, side.span)})`;
  const fixes = [replace(ctx, `Write \`${day}\``, side.span, day)];
  const params = { text: words(ctx, side.span), found: "a timestamp", wanted: "a date", hint: `Write \`${day}\`.` };
  report(ctx, "wrong-kind", params, side.span, { fixes });
  return { kind: "error" };
}

/** A comparison of `t2 - t1` with a length of time or another difference; whether it is one. What does not fit is reported. */
export function checkElapsedCompare(expr: Of<"compare">, ctx: Context): boolean {
  const { left, right } = expr;
  const of = elapsedBetween(left, ctx.tables) ?? elapsedBetween(right, ctx.tables);
  if (of === null) return false;
  if (expr.ignoreCase) {
    const fixes = [replace(ctx, "Remove `ignoring case`", { start: right.span.end, end: expr.span.end }, "")];
    report(ctx, "case-of-text-only", { text: words(ctx, left.span), found: "a length of time" }, expr.span, { fixes });
    return true;
  }
  for (const side of [left, right]) checkLength(side, of, ctx);
  return true;
}

/** `t2 - t1 in 1d..3d`; whether what stands before `in` is a difference. */
export function checkElapsedRange(value: Expr, range: Of<"range">, ctx: Context): boolean {
  const of = elapsedBetween(value, ctx.tables);
  if (of === null) return false;
  for (const end of [range.from, range.to]) {
    if (end === null) continue;
    check(end, ctx);
    checkLength(end, of, ctx);
  }
  return true;
}

/** A length that is held against the time between two timestamps or dates: written out, or such a difference itself. */
function checkLength(expr: Expr, of: "timestamp" | "date", ctx: Context): void {
  const bare = strip(expr);
  const own = elapsedBetween(bare, ctx.tables);
  if (own === of) return;
  const text = words(ctx, bare.span);
  if (own !== null) {
    const params = { text, found: `the time between two ${own}s`, wanted: `the time between two ${of}s`, hint: null };
    report(ctx, "wrong-kind", params, bare.span);
    return;
  }
  if (bare.kind === "duration") {
    checkWritten(bare, of, text, ctx);
    return;
  }
  const type = ctx.tables.types.get(expr);
  if (type === undefined || type.kind === "error") return;
  if (bare.kind === "number" && type.kind === "integer") {
    const days = `${text}d`;
    const params = { text, found: describe(type), wanted: "a length of time", hint: `Write \`${days}\`.` };
    report(ctx, "wrong-kind", params, bare.span, { fixes: [replace(ctx, `Write \`${days}\``, bare.span, days)] });
    return;
  }
  wrongKind(bare, type, "a length of time", "Such as `3d`.", ctx);
}

function checkWritten(duration: DurationLiteral, of: "timestamp" | "date", text: string, ctx: Context): void {
  const { unit, amount } = duration;
  if (unit === "mo" || unit === "q" || unit === "y") {
    const days = `${amount * (unit === "mo" ? 30 : unit === "q" ? 90 : 365)}d`;
    const fixes = [replace(ctx, `Write \`${days}\``, duration.span, days)];
    report(ctx, "calendar-length", { text, days }, duration.span, { fixes });
    return;
  }
  const uneven = (unit === "h" && amount % 24 !== 0) || (unit === "min" && amount % 1440 !== 0);
  if (of === "date" && uneven) report(ctx, "part-of-a-day", { text }, duration.span);
}
