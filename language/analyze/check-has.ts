import type { Expr } from "../syntax/ast.ts";
import { sameType } from "../types/equal.ts";
import { isNumber } from "../types/kinds.ts";
import type { ListType, ScalarType } from "../types/type.ts";
import { widen } from "../types/widen.ts";
import { check, value } from "./check.ts";
import { cannotCompare, meet } from "./check-compare.ts";
import { plainItems } from "./check-in.ts";
import { join, want } from "./check-numbers.ts";
import { type Context, replace, report, strip, words } from "./context.ts";
import { describe, wrongKind } from "./reject.ts";

type Has = Extract<Expr, { kind: "has" }>;

/** `list has x`, `list has any [..]`. */
export function checkHas(expr: Has, ctx: Context): void {
  const list = listOf(expr, ctx);
  const set = strip(expr.set);
  if (expr.mode === "one") checkOne(expr, list, set, ctx);
  else if (set.kind === "list") checkItems(expr, list, set, ctx);
  else checkNamed(expr, list, set, ctx);
}

/** The type of the field before `has`; null where it is no list, which is reported. */
function listOf(expr: Has, ctx: Context): ListType | null {
  const type = check(expr.list, ctx);
  const bare = strip(expr.list);
  if (type.kind === "error") return null;
  if (type.kind === "list" && ctx.tables.resolved.get(bare)?.kind === "field") {
    if (!expr.ignoreCase || type.of.kind === "text") return type;
    const rest = { start: expr.set.span.end, end: expr.span.end };
    const fixes = [replace(ctx, "Remove `ignoring case`", rest, "")];
    report(ctx, "case-of-text-only", { text: words(ctx, expr.list.span), found: describe(type) }, expr.span, { fixes });
    return null;
  }
  if (type.kind === "text" && expr.mode === "one") {
    const fixes = [replace(ctx, "Write `contains`", expr.opSpan, "contains")];
    const params = { text: words(ctx, bare.span), found: describe(type), hint: "A text is asked with `contains`." };
    report(ctx, "not-a-list", params, bare.span, { fixes });
    return null;
  }
  const hint = type.kind === "collection" ? `Write \`${words(ctx, bare.span)}.where(…)\`.` : null;
  report(ctx, "not-a-list", { text: words(ctx, bare.span), found: describe(type), hint }, bare.span);
  return null;
}

function checkOne(expr: Has, list: ListType | null, set: Expr, ctx: Context): void {
  const found = check(expr.set, ctx);
  if (found.kind === "list" && ctx.tables.resolved.get(set)?.kind === "list") {
    const at = { start: expr.opSpan.end, end: expr.opSpan.end };
    const fixes = [replace(ctx, "Insert `any`", at, " any", false), replace(ctx, "Insert `all`", at, " all", false)];
    report(ctx, "has-which-list", { list: words(ctx, set.span) }, expr.opSpan, { fixes });
    return;
  }
  const own = value(expr.set, ctx, false);
  if (list !== null && own !== null) option(expr.list, list.of, expr.set, own, ctx);
}

function checkItems(expr: Has, list: ListType | null, set: Extract<Expr, { kind: "list" }>, ctx: Context): void {
  if (list !== null) ctx.tables.types.set(set, list);
  const items = plainItems(set.items, "a list", ctx);
  if (list === null || items === null) return;
  for (const item of items) if (!option(expr.list, list.of, item.expr, item.type, ctx)) return;
}

/** The name of a list, or nothing that can stand there. */
function checkNamed(expr: Has, list: ListType | null, set: Expr, ctx: Context): void {
  const found = check(expr.set, ctx);
  if (found.kind === "error") return;
  const named = ctx.tables.resolved.get(set);
  if (named?.kind !== "list") {
    const text = words(ctx, set.span);
    const hint = `Put it into a list: \`[${text}]\`, or write \`has ${text}\`.`;
    if (found.kind === "list" || found.kind === "entity" || found.kind === "collection")
      wrongKind(set, found, "the values in `[ ]`, or the name of a list", null, ctx);
    else report(ctx, "not-a-set", { text, found: describe(found), hint }, set.span);
    return;
  }
  const of = ctx.tables.valueTypes.get(named.name);
  if (list === null || of === undefined || of === null) return;
  if (!holds(list.of, of)) {
    cannotCompare(expr.list, list, set, { kind: "list", of }, ctx);
    return;
  }
  ctx.tables.wanted.set(set, list.of);
}

/** Whether a value of the type can be an element, so that it is made one; else it is reported. */
function option(list: Expr, of: ScalarType, expr: Expr, type: ScalarType, ctx: Context): boolean {
  const common = isNumber(of)
    ? join([
        { expr: list, type: of },
        { expr, type },
      ])
    : meet(list, of, expr, type);
  if (common === null || !sameType(common, of)) {
    cannotCompare(list, { kind: "list", of }, expr, type, ctx);
    return false;
  }
  want(expr, of, ctx);
  return true;
}

const holds = (of: ScalarType, options: ScalarType): boolean => {
  if (!isNumber(of)) return of.kind === options.kind;
  const common = widen(of, options);
  return common !== null && (sameType(common, of) || (of.kind === "decimal" && options.kind === "integer"));
};
