import type { Expr } from "../syntax/ast.ts";
import { roleOf } from "./analysis.ts";
import { type Context, fail, refer, report, strip } from "./context.ts";
import { resolve, valuesOf } from "./resolve.ts";
import { rowQualifier } from "./resolve-chain.ts";
import { resolveName } from "./resolve-name.ts";
import { divisionNamed, resolveParts, usePart } from "./resolve-part.ts";
import type { Scope } from "./scope.ts";

type InExpr = Extract<Expr, { kind: "in" }>;

/** `x in …`. Where `x` is a row, a segment of its entity stands after `in`: `account in BusyAccounts`. */
export function resolveSet(expr: InExpr, scope: Scope, ctx: Context): void {
  if (resolveParts(expr, scope, ctx)) return;
  const value = strip(expr.value);
  const qualifier = value.kind === "name" ? rowQualifier(value, scope, ctx) : null;
  const shape = qualifier ?? resolve(expr.value, scope, ctx);
  if (qualifier !== null) ctx.tables.types.set(expr.value, qualifier);
  const set = strip(expr.set);
  if (shape?.kind === "entity" && resolveSegment(set, shape.name, ctx)) return;
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

/** Whether what stands after `in` is a segment or a part of a division (or may be: it is reported here or could not be read). */
function resolveSegment(expr: Expr, entity: string, ctx: Context): boolean {
  const head = expr.kind === "member" ? expr.object : expr;
  if (head.kind !== "name") return false;
  const name = head.name.text;
  const unit = ctx.declared.get(name);
  if (unit === undefined) return false;
  const division = divisionNamed(name, ctx.declared);
  const isGroup = expr.kind === "member" ? division !== null : roleOf(unit) === "segment";
  if (unit.kind === "unreadable" || (isGroup && "entity" in unit && unit.entity === null)) {
    ctx.tables.types.set(expr, { kind: "error" });
    fail(ctx);
    return true;
  }
  if (!isGroup || !("entity" in unit)) return false;
  if (unit.entity !== entity) {
    const params = { name, what: unit.kind, of: unit.entity as string, here: entity, hint: null };
    report(ctx, "other-subject", params, expr.span);
    ctx.tables.types.set(expr, { kind: "error" });
    return true;
  }
  if (expr.kind !== "member" || division === null) {
    ctx.tables.resolved.set(expr, { kind: "segment", depth: null, name });
    refer(ctx, { kind: "segment", name }, expr.span);
    return true;
  }
  ctx.tables.resolved.set(head, { kind: "division", depth: null, name });
  refer(ctx, { kind: "division", name }, head.span);
  if (!usePart(expr, expr.name, { division, depth: null }, ctx)) ctx.tables.types.set(expr, { kind: "error" });
  return true;
}
