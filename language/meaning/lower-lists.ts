import { strip } from "../analyze/context.ts";
import type { Expr } from "../syntax/ast.ts";
import { InternalError } from "../text/assert.ts";
import type { ListField, Origin, Pred, Test, Value } from "./ir.ts";
import { convertConst } from "./lower-const.ts";
import { type LowerContext, originOf, resolvedOf, scalarType } from "./lower-context.ts";
import { baseRow } from "./lower-rows.ts";
import { lowerValue } from "./lower-value.ts";

/** `list has x`; `has none` is `not` around `has any`. */
export function lowerHas(expr: Extract<Expr, { kind: "has" }>, origin: Origin, rows: number, ctx: LowerContext): Pred {
  const list = lowerListField(expr.list, rows, ctx);
  const mode = expr.mode === "all" ? "all" : "any";
  const test: Test = {
    kind: "has",
    mode,
    list,
    options: optionsOf(expr, list, rows, ctx),
    ignoreCase: expr.ignoreCase,
  };
  const item: Pred = { kind: "test", test, origin };
  return expr.mode === "none" ? { kind: "not", item, origin } : item;
}

function optionsOf(
  expr: Extract<Expr, { kind: "has" }>,
  list: ListField,
  rows: number,
  ctx: LowerContext,
): readonly Value[] {
  if (expr.mode === "one") return [lowerValue(expr.set, rows, ctx)];
  const set = strip(expr.set);
  if (set.kind === "list") return set.items.map((item) => lowerValue(item, rows, ctx));
  const resolved = resolvedOf(set, ctx);
  if (resolved.kind !== "list") throw new InternalError(`${resolved.kind} is no list`);
  return (ctx.lists.get(resolved.name) ?? []).map((option) => convertConst(option, list.of));
}

/** Whether an expression is a field that holds a list. */
export const isListField = (expr: Expr, ctx: LowerContext): boolean =>
  ctx.analysis.types.get(strip(expr))?.kind === "list" && ctx.analysis.resolved.get(strip(expr))?.kind === "field";

/** The field, and the row that has it. */
export function lowerListField(expr: Expr, rows: number, ctx: LowerContext): ListField {
  const bare = strip(expr);
  const resolved = resolvedOf(bare, ctx);
  const type = ctx.analysis.types.get(bare);
  if (resolved.kind !== "field" || type?.kind !== "list") throw new InternalError(`${resolved.kind} is no list`);
  const row = baseRow(bare, resolved, rows, ctx);
  return { row, field: resolved.name, of: type.of, origin: originOf(bare.span, ctx) };
}

/** `payload.channel`. */
export function lowerJson(expr: Extract<Expr, { kind: "member" }>, rows: number, ctx: LowerContext): Value {
  const resolved = resolvedOf(expr, ctx);
  const object = strip(expr.object);
  const field = resolvedOf(object, ctx);
  if (resolved.kind !== "json" || field.kind !== "field") throw new InternalError(`${resolved.kind} is no path`);
  const row = baseRow(object, field, rows, ctx);
  const { path } = resolved;
  return { kind: "json", row, field: field.name, path, type: scalarType(expr, ctx), origin: originOf(expr.span, ctx) };
}
