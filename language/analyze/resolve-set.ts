import type { Expr } from "../syntax/ast.ts";
import { type Context, fail, refer, report, strip } from "./context.ts";
import { resolve, valuesOf } from "./resolve.ts";
import { rowQualifier } from "./resolve-chain.ts";
import { resolveName } from "./resolve-name.ts";
import type { Scope } from "./scope.ts";

type InExpr = Extract<Expr, { kind: "in" }>;

/** `x in …`. Where `x` is a row, a segment of its entity stands after `in`: `account in BusyAccounts`. */
export function resolveSet(expr: InExpr, scope: Scope, ctx: Context): void {
  const value = strip(expr.value);
  const qualifier = value.kind === "name" ? rowQualifier(value, scope, ctx) : null;
  const shape = qualifier ?? resolve(expr.value, scope, ctx);
  if (qualifier !== null) ctx.tables.types.set(expr.value, qualifier);
  const set = strip(expr.set);
  if (shape?.kind === "entity" && set.kind === "name" && resolveSegment(set, shape.name, ctx)) return;
  const values = valuesOf(expr.value, ctx);
  if (set.kind !== "list" || values.length === 0) {
    resolve(expr.set, scope, ctx);
    return;
  }
  for (const item of set.items) {
    if (item.kind !== "name") resolve(item, scope, ctx);
    else if (resolveName(item, scope, ctx, values)?.kind === "error") {
      ctx.tables.types.set(item, { kind: "error" });
      fail(ctx);
    }
  }
}

/** Whether the name after `in` is that of a segment (or may be: it is reported here or could not be read). */
function resolveSegment(expr: Extract<Expr, { kind: "name" }>, entity: string, ctx: Context): boolean {
  const name = expr.name.text;
  const unit = ctx.declared.get(name);
  if (unit?.kind === "unreadable" || (unit?.kind === "segment" && unit.entity === null)) {
    ctx.tables.types.set(expr, { kind: "error" });
    fail(ctx);
    return true;
  }
  if (unit?.kind !== "segment") return false;
  if (unit.entity !== entity) {
    const params = { name, what: "segment", of: unit.entity as string, here: entity, hint: null };
    report(ctx, "other-subject", params, expr.span);
    ctx.tables.types.set(expr, { kind: "error" });
    return true;
  }
  ctx.tables.resolved.set(expr, { kind: "segment", depth: null, name });
  refer(ctx, { kind: "segment", name }, expr.span);
  return true;
}
