import type { Expr } from "../syntax/ast.ts";
import { isNumber, isTemporal } from "../types/kinds.ts";
import { DATE, ERROR, FLOAT, type ScalarType, TIMESTAMP, type Type } from "../types/type.ts";
import { arithmeticType } from "../types/widen.ts";
import { value } from "./check.ts";
import { meet } from "./check-compare.ts";
import { checkElapsed } from "./check-elapsed.ts";
import { besideEachOther, isValue, tight, want } from "./check-numbers.ts";
import { constantOf } from "./constants.ts";
import { type Context, replace, report, strip, words } from "./context.ts";
import { describe, rejectAsValue, wrongKind } from "./reject.ts";

type Of<K extends Expr["kind"]> = Extract<Expr, { kind: K }>;

/** `a + b`, and a date or timestamp moved by a length of time. */
export function checkArithmetic(expr: Of<"arithmetic">, ctx: Context): Type {
  const { left, right, op } = expr;
  const [l, r] = besideEachOther(left, right, ctx);
  if (l === null || r === null || l.kind === "error" || r.kind === "error") return ERROR;
  if (isTemporal(l) && r.kind === "duration" && (op === "+" || op === "-")) return checkShift(left, l, right, ctx);
  if (l.kind === "duration" && isTemporal(r) && op === "+") return checkShift(right, r, left, ctx);
  if (isTemporal(l) && isTemporal(r) && op === "-") {
    return checkElapsed(expr, l, r, ctx);
  }
  for (const [side, type, other] of [
    [left, l, r],
    [right, r, l],
  ] as const) {
    if (isNumber(type)) continue;
    if (type.kind === "duration" || !isValue(side, type, ctx)) {
      if (type.kind === "duration") rejectAsValue(strip(side), type, null, ctx);
      return ERROR;
    }
    const hint = isTemporal(type) && isNumber(other) ? "A date is moved by a length of time, such as `+ 14d`." : null;
    wrongKind(strip(side), type, "a number", hint, ctx);
    return ERROR;
  }
  return numbers(expr, l, r, ctx);
}

function numbers(expr: Of<"arithmetic">, l: Type, r: Type, ctx: Context): Type {
  const { left, right, op } = expr;
  const type = arithmeticType(
    op,
    r.kind === "decimal" ? tight(left, l) : l,
    l.kind === "decimal" ? tight(right, r) : r,
  );
  if (type === null) {
    report(ctx, "too-many-decimals", { op, scale: scaleOf(l) + scaleOf(r) }, expr.opSpan);
    return ERROR;
  }
  const operands = op === "/" ? FLOAT : type;
  want(left, operands, ctx);
  want(right, operands, ctx);
  return type;
}

const scaleOf = (t: Type) => (t.kind === "decimal" ? t.scale : 0);

/** `t + 14d`. */
function checkShift(moved: Expr, type: ScalarType, by: Expr, ctx: Context): Type {
  const duration = strip(by);
  if (duration.kind !== "duration") {
    rejectAsValue(duration, { kind: "duration" }, "Only a length that is written out can be added: `+ 14d`.", ctx);
    return ERROR;
  }
  const { unit, amount } = duration;
  const text = words(ctx, duration.span);
  if (type.kind === "date") {
    const uneven = (unit === "h" && amount % 24 !== 0) || (unit === "min" && amount % 1440 !== 0);
    if (!uneven) return DATE;
    report(ctx, "part-of-a-day", { text }, duration.span);
    return ERROR;
  }
  if ((unit === "mo" || unit === "q" || unit === "y") && !isKnownBefore(moved, ctx)) {
    const days = `${amount * (unit === "mo" ? 30 : unit === "q" ? 90 : 365)}d`;
    const fixes = [replace(ctx, `Write \`${days}\``, duration.span, days)];
    report(ctx, "calendar-step-of-timestamp", { text, days }, duration.span, { fixes });
    return ERROR;
  }
  return TIMESTAMP;
}

/** Whether a time is the same for every row: written out, a param, `now`, or one of these moved. */
export function isKnownBefore(expr: Expr, ctx: Context): boolean {
  const bare = strip(expr);
  if (constantOf(bare) !== null || bare.kind === "ago") return true;
  if (bare.kind === "arithmetic") return isKnownBefore(bare.left, ctx) || isKnownBefore(bare.right, ctx);
  const named = ctx.tables.resolved.get(bare);
  return named?.kind === "param" || (named?.kind === "function" && bare.kind === "name");
}

/** `-x`. */
export function checkNegate(expr: Of<"negate">, ctx: Context): Type {
  const written = constantOf(expr);
  if (written !== null) {
    ctx.tables.types.set(strip(expr.operand), written.type);
    return written.type;
  }
  const type = value(expr.operand, ctx);
  if (type === null) return ERROR;
  if (isNumber(type)) return type;
  wrongKind(strip(expr.operand), type, "a number", null, ctx);
  return ERROR;
}

/** `x else 0`. */
export function checkElse(expr: Of<"else">, ctx: Context): Type {
  const type = value(expr.value, ctx);
  const fallback = value(expr.fallback, ctx);
  if (type === null || fallback === null) return ERROR;
  const common = type.kind === fallback.kind || isNumber(type) ? meet(expr.value, type, expr.fallback, fallback) : null;
  if (common === null) {
    const hint = `It stands in for \`${words(ctx, expr.value.span)}\` where that is missing.`;
    wrongKind(strip(expr.fallback), fallback, describe(type), hint, ctx);
    return ERROR;
  }
  want(expr.value, common, ctx);
  want(expr.fallback, common, ctx);
  return common;
}
