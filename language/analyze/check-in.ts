import type { Expr } from "../syntax/ast.ts";
import { isNumber, isScalar, isTemporal } from "../types/kinds.ts";
import { INTEGER, type ScalarType, type Type } from "../types/type.ts";
import { widen } from "../types/widen.ts";
import { check } from "./check.ts";
import { isKnownBefore } from "./check-arithmetic.ts";
import { cannotCompare, meet } from "./check-compare.ts";
import { checkElapsedRange } from "./check-elapsed.ts";
import { count, isValue, join, want } from "./check-numbers.ts";
import { checkWindow, isWindow, moment } from "./check-windows.ts";
import { constantOf } from "./constants.ts";
import { checkConstraint } from "./constraints.ts";
import { type Context, replace, report, strip, words } from "./context.ts";
import { describe, wrongKind } from "./reject.ts";

type InExpr = Extract<Expr, { kind: "in" }>;
type RangeExpr = Extract<Expr, { kind: "range" }>;

/** `x in …`: a list, a range, a window, the name of a list, or (of a row) a segment. */
export function checkIn(expr: InExpr, ctx: Context): void {
  const division = ctx.tables.resolved.get(strip(expr.value));
  if (division?.kind === "division") {
    if (expr.ignoreCase)
      report(ctx, "case-of-text-only", { text: words(ctx, expr.value.span), found: "a segmentation" }, expr.span);
    return;
  }
  const type = check(expr.value, ctx);
  const set = strip(expr.set);
  if (type.kind === "entity" && ctx.tables.resolved.get(set)?.kind === "segment") {
    check(expr.set, ctx);
    return;
  }
  if (set.kind === "list") checkList(expr, type, set, ctx);
  else if (set.kind === "range") checkRange(expr, type, set, ctx);
  else if (!isWindow(set, ctx.tables)) checkNamed(expr, type, set, ctx);
  else if (checkWindow(expr.set, null, ctx)) temporal(expr, type, ctx);
}

/** Neither a list, a range nor a window: the name of a list, or nothing that can stand there. */
function checkNamed(expr: InExpr, type: Type, set: Expr, ctx: Context): void {
  const found = check(expr.set, ctx);
  const named = ctx.tables.resolved.get(set);
  if (named?.kind === "list") checkNamedList(expr, type, named.name, ctx);
  else if (type.kind !== "error" && found.kind !== "error") notASet(expr, set, found, ctx);
}

/** The type of what stands before `in`, where a bare collection beside numbers counts. */
function operand(expr: InExpr, type: Type, besideNumbers: boolean, ctx: Context): ScalarType | null {
  if (type.kind === "collection" && besideNumbers && !type.grouped) return count(expr.value, ctx);
  return isValue(expr.value, type, ctx, besideNumbers) ? type : null;
}

function temporal(expr: InExpr, type: Type, ctx: Context): void {
  const own = operand(expr, type, false, ctx);
  if (own !== null && !isTemporal(own)) wrongKind(strip(expr.value), own, "a date or a timestamp", null, ctx);
}

function checkList(expr: InExpr, type: Type, list: Extract<Expr, { kind: "list" }>, ctx: Context): void {
  ctx.tables.types.set(list, { kind: "list", of: INTEGER });
  const items = plainItems(list.items, "a list", ctx);
  const own = operand(expr, type, items?.some((i) => isNumber(i.type)) ?? false, ctx);
  if (own === null || items === null || !textForCase(expr, own, ctx)) return;
  const common = joinAll(expr.value, own, items, ctx);
  if (common === null) return;
  want(expr.value, common, ctx);
  for (const item of items) {
    want(item.expr, common, ctx);
    checkConstraint(expr.value, item.expr, expr.ignoreCase ? "ignoringCase" : "equality", ctx);
  }
}

/** Items that are plain values, with their types; null where one is not, which is reported. Names of things read are not plain. */
export function plainItems(
  items: readonly Expr[],
  where: string,
  ctx: Context,
): readonly { readonly expr: Expr; readonly type: ScalarType }[] | null {
  const plain: { expr: Expr; type: ScalarType }[] = [];
  let sound = true;
  for (const item of items) {
    const type = check(item, ctx);
    if (type.kind === "error") sound = false;
    else if (constantOf(item) === null || !isScalar(type)) {
      report(ctx, "not-a-plain-value", { text: words(ctx, item.span), where }, item.span);
      sound = false;
    } else plain.push({ expr: item, type });
  }
  return sound ? plain : null;
}

/** The type in which a value is compared with all items; reports the first that it never meets. */
function joinAll(
  value: Expr,
  own: ScalarType,
  items: readonly { readonly expr: Expr; readonly type: ScalarType }[],
  ctx: Context,
): ScalarType | null {
  if (isNumber(own) && items.every((i) => isNumber(i.type))) return join([{ expr: value, type: own }, ...items]);
  let common = own;
  for (const item of items) {
    const met = meet(value, own, item.expr, item.type);
    const constantStays = met !== null && (met.kind === item.type.kind || isNumber(met));
    const first = items[0] as (typeof items)[number];
    if (!constantStays) {
      cannotCompare(value, own, item.expr, item.type, ctx);
      return null;
    }
    if (item.type.kind !== first.type.kind && !isNumber(met)) {
      mixed(first, item, ctx);
      return null;
    }
    common = met;
  }
  return common;
}

interface Item {
  readonly expr: Expr;
  readonly type: ScalarType;
}

/** Reports a list whose items are not of one kind. */
export function mixed(first: Item, item: Item, ctx: Context): void {
  const params = {
    first: words(ctx, first.expr.span),
    firstType: describe(first.type),
    item: words(ctx, item.expr.span),
    itemType: describe(item.type),
  };
  report(ctx, "mixed-list", params, item.expr.span);
}

function checkNamedList(expr: InExpr, type: Type, name: string, ctx: Context): void {
  const of = ctx.tables.valueTypes.get(name);
  if (of === undefined) return;
  const own = operand(expr, type, of !== null && isNumber(of), ctx);
  if (own === null || !textForCase(expr, own, ctx)) return;
  if (of === null) return;
  const common = isNumber(own) ? widen(own, of) : meet(expr.value, own, expr.set, of);
  if (common === null || (!isNumber(common) && common.kind !== of.kind)) {
    const params = {
      left: words(ctx, expr.value.span),
      leftType: describe(own),
      right: name,
      rightType: describe({ kind: "list", of }),
    };
    report(ctx, "cannot-compare", { ...params, hint: null }, expr.set.span);
    return;
  }
  want(expr.value, common, ctx);
  ctx.tables.wanted.set(strip(expr.set), common);
}

function textForCase(expr: InExpr, own: ScalarType, ctx: Context): boolean {
  if (!expr.ignoreCase || own.kind === "text") return true;
  report(ctx, "case-of-text-only", { text: words(ctx, expr.value.span), found: describe(own) }, expr.span);
  return false;
}

/** Whether the expression is `anniversary(…)`, after which `in` asks for all yearly returns. */
export function isAnniversary(expr: Expr, tables: Pick<Context["tables"], "resolved">): boolean {
  const named = tables.resolved.get(strip(expr));
  return named?.kind === "function" && named.name === "anniversary";
}

function sameForAll(ends: readonly Expr[], ctx: Context): void {
  const differing = ends.find((end) => ctx.tables.types.get(end)?.kind !== "error" && !isKnownBefore(end, ctx));
  if (differing !== undefined)
    report(ctx, "anniversary-in-a-row-window", { text: words(ctx, differing.span) }, differing.span);
}

function checkRange(expr: InExpr, type: Type, range: RangeExpr, ctx: Context): void {
  ctx.tables.types.set(range, { kind: "window" });
  if (checkElapsedRange(expr.value, range, ctx)) return;
  const ends = [range.from, range.to].filter((e) => e !== null);
  if (isTemporal(type)) {
    for (const end of ends) moment(end, ctx);
    if (isAnniversary(expr.value, ctx.tables)) sameForAll(ends, ctx);
    return;
  }
  const types = ends.map((end) => ({ expr: end, type: check(end, ctx) }));
  const own = operand(
    expr,
    type,
    types.some((t) => isNumber(t.type)),
    ctx,
  );
  if (own === null || !textForCase(expr, own, ctx)) return;
  if (own.kind === "boolean") {
    report(ctx, "no-order", { text: words(ctx, expr.value.span), op: "in" }, expr.opSpan);
    return;
  }
  for (const end of types) {
    if (!isValue(end.expr, end.type, ctx)) return;
    if (isNumber(own) ? isNumber(end.type) : end.type.kind === own.kind) continue;
    cannotCompare(expr.value, own, end.expr, end.type, ctx);
    return;
  }
  const common = isNumber(own) ? join([{ expr: expr.value, type: own }, ...types]) : own;
  if (common === null) return;
  want(expr.value, common, ctx);
  for (const end of ends) {
    want(end, common, ctx);
    checkConstraint(expr.value, end, "order", ctx);
  }
}

/** `x in y` where `y` is nothing that holds several values. */
function notASet(expr: InExpr, set: Expr, found: Type, ctx: Context): void {
  const text = words(ctx, set.span);
  const named = ctx.tables.resolved.get(set);
  if (named?.kind === "segment") {
    const hint = `\`${text}\` is a segment: write it alone, or ask a row: \`account in ${text}\`.`;
    report(ctx, "not-a-set", { text, found: "a segment", hint }, set.span);
    return;
  }
  if (found.kind === "list") {
    const value = ctx.text.slice(expr.value.span.start, expr.value.span.end);
    const meant = expr.negated ? `${text} has none [${value}]` : `${text} has ${value}`;
    const fixes = [replace(ctx, `Write \`${meant}\``, expr.span, meant)];
    report(ctx, "list-as-one-value", { text, meant }, set.span, { fixes: expr.ignoreCase ? [] : fixes });
    return;
  }
  const op = expr.negated ? "!=" : "=";
  const fixes = isScalar(found) ? [replace(ctx, `Write \`${op}\``, expr.opSpan, op)] : [];
  const hint = isScalar(found) ? `Write \`${op} ${text}\`, or put it into a list: \`[${text}]\`.` : null;
  report(ctx, "not-a-set", { text, found: describe(found), hint }, set.span, { fixes });
}
