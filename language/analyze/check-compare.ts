import type { Expr } from "../syntax/ast.ts";
import { isNumber, isTemporal } from "../types/kinds.ts";
import type { ScalarType, Type } from "../types/type.ts";
import { comparable } from "../types/widen.ts";
import { check, value } from "./check.ts";
import { checkElapsedCompare } from "./check-elapsed.ts";
import { besideEachOther, isValue, join, want } from "./check-numbers.ts";
import { checkConstraint } from "./constraints.ts";
import { type Context, replace, report, strip, words } from "./context.ts";
import { describe, unquoteFix, wrongKind } from "./reject.ts";

type Of<K extends Expr["kind"]> = Extract<Expr, { kind: K }>;

/** `a = b`, `a < b`. */
export function checkCompare(expr: Of<"compare">, ctx: Context): void {
  const { left, right, op } = expr;
  const [l, r] = besideEachOther(left, right, ctx);
  if (
    l === null ||
    r === null ||
    checkElapsedCompare(expr, ctx) ||
    durationBeside(left, l, right, r, ctx) ||
    listBeside(expr, l, r, ctx)
  )
    return;
  const both = [isValue(left, l, ctx, false), isValue(right, r, ctx, false)];
  if (!both[0] || !both[1]) return;
  const common = meet(left, l as ScalarType, right, r as ScalarType);
  if (common === null) {
    cannotCompare(left, l, right, r, ctx);
    return;
  }
  if (common.kind === "boolean" && op !== "=" && op !== "!=") {
    report(ctx, "no-order", { text: words(ctx, left.span), op }, expr.opSpan);
    return;
  }
  if (expr.ignoreCase && common.kind !== "text") {
    const rest = { start: right.span.end, end: expr.span.end };
    const fixes = [replace(ctx, "Remove `ignoring case`", rest, "")];
    report(ctx, "case-of-text-only", { text: words(ctx, left.span), found: describe(l) }, expr.span, { fixes });
    return;
  }
  if (expr.ignoreCase && op !== "=" && op !== "!=") {
    const rest = { start: right.span.end, end: expr.span.end };
    report(ctx, "case-in-order", { op }, expr.opSpan, { fixes: [replace(ctx, "Remove `ignoring case`", rest, "")] });
    return;
  }
  want(left, common, ctx);
  want(right, common, ctx);
  const how = op !== "=" && op !== "!=" ? "order" : expr.ignoreCase ? "ignoringCase" : "equality";
  checkConstraint(left, right, how, ctx);
  checkConstraint(right, left, how, ctx);
}

/** The type in which two values are compared, or null. */
export function meet(left: Expr, l: ScalarType, right: Expr, r: ScalarType): ScalarType | null {
  if (isNumber(l) && isNumber(r))
    return join([
      { expr: left, type: l },
      { expr: right, type: r },
    ]);
  return comparable(l, r);
}

/** Reports two values that never meet; a text that only lacks to lose its quotes is the fix. */
export function cannotCompare(left: Expr, l: Type, right: Expr, r: Type, ctx: Context): void {
  const a = strip(left);
  const b = strip(right);
  const fix = unquoteFix(b, l, ctx) ?? unquoteFix(a, r, ctx);
  const blamed = fix === null || unquoteFix(b, l, ctx) !== null ? b : a;
  const params = { left: words(ctx, a.span), leftType: describe(l), right: words(ctx, b.span), rightType: describe(r) };
  const hint = fix === null ? hintOf(l, r) : `${fix.title}, without quotes.`;
  report(ctx, "cannot-compare", { ...params, hint }, blamed.span, { fixes: fix === null ? [] : [fix] });
}

function hintOf(l: Type, r: Type): string | null {
  const is = (one: (type: Type) => boolean, other: (type: Type) => boolean) =>
    (one(l) && other(r)) || (one(r) && other(l));
  if (l.kind === "list" && isNumber(l.of) && isNumber(r))
    return "What is looked for in a list has to fit the type of its values; this may have more digits.";
  if (is((type) => type.kind === "text", isNumber)) return "Text never meets a number; nothing is converted silently.";
  if (is(isTemporal, isNumber)) return "How long ago something was is a number: `days_since(t)`, `age(d)`.";
  return null;
}

/** `signed_up_at > 90d`, `days_since(t) > 30d`: a length of time where a time or a number is meant. */
function durationBeside(left: Expr, l: Type, right: Expr, r: Type, ctx: Context): boolean {
  const [expr, other, otherExpr] =
    r.kind === "duration" ? [strip(right), l, left] : l.kind === "duration" ? [strip(left), r, right] : [null, l, left];
  if (expr === null || expr.kind !== "duration") return false;
  const text = words(ctx, expr.span);
  const bare = strip(otherExpr);
  const counts = bare.kind === "call" && isNumber(other) && expr.unit === "d";
  const newText = isTemporal(other) ? `${text} ago` : counts ? `${expr.amount}` : null;
  const fixes = newText === null ? [] : [replace(ctx, `Write \`${newText}\``, expr.span, newText)];
  report(ctx, "duration-as-value", { text, hint: newText === null ? null : `Write \`${newText}\`.` }, expr.span, {
    fixes,
  });
  return true;
}

/** `country = EU` beside a list. */
function listBeside(expr: Of<"compare">, l: Type, r: Type, ctx: Context): boolean {
  if (heldBeside(expr, l, r, ctx)) return true;
  const list = strip(expr.right);
  const isList = r.kind === "list" && ctx.tables.resolved.get(list)?.kind !== "field";
  if (!isList || l.kind === "error" || (expr.op !== "=" && expr.op !== "!=")) return false;
  const word = expr.op === "=" ? "in" : "not in";
  const text = words(ctx, list.span);
  const fixes = [replace(ctx, `Write \`${word}\``, expr.opSpan, word)];
  report(ctx, "list-as-value", { text, hint: `Write \`${word} ${text}\`.` }, list.span, { fixes });
  return true;
}

/** `interests = "yoga"`: `has` was meant. */
function heldBeside(expr: Of<"compare">, l: Type, r: Type, ctx: Context): boolean {
  const list = strip(expr.left);
  if (l.kind !== "list" || ctx.tables.resolved.get(list)?.kind !== "field") return false;
  const text = words(ctx, list.span);
  const isOne = expr.op === "=" && r.kind === l.of.kind;
  const fixes = isOne ? [replace(ctx, "Write `has`", expr.opSpan, "has")] : [];
  const meant = isOne ? `${text} has ${words(ctx, expr.right.span)}` : null;
  report(ctx, "list-as-one-value", { text, meant }, list.span, { fixes });
  return true;
}

/** `contains`, `starts with`, `ends with`. */
export function checkTextTest(expr: Of<"textTest">, ctx: Context): void {
  for (const side of [expr.value, expr.needle]) {
    const type = check(side, ctx);
    if (type.kind === "list" && side === expr.value) {
      const bare = strip(side);
      const isField = ctx.tables.resolved.get(bare)?.kind === "field";
      const isOne = isField && expr.mode === "contains" && !expr.negated;
      const fixes = isOne ? [replace(ctx, "Write `has`", expr.opSpan, "has")] : [];
      const text = words(ctx, side.span);
      const meant = isOne ? `${text} has ${words(ctx, expr.needle.span)}` : null;
      if (isField) report(ctx, "list-as-one-value", { text, meant }, bare.span, { fixes });
      else wrongKind(bare, type, "a text", null, ctx);
      continue;
    }
    const own = value(side, ctx, false);
    if (own !== null && own.kind !== "text") wrongKind(strip(side), own, "a text", null, ctx);
  }
}
