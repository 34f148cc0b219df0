import type { Expr } from "../syntax/ast.ts";
import { assertNever } from "../text/assert.ts";
import { ERROR, type Type } from "../types/type.ts";
import { type Context, fail, strip } from "./context.ts";
import { reportHyphen } from "./hyphen.ts";
import { resolveCall, resolveMember, resolveStep, resolveWindowStep } from "./resolve-chain.ts";
import { resolveName } from "./resolve-name.ts";
import { resolveRank } from "./resolve-population.ts";
import { resolveSet } from "./resolve-set.ts";
import type { Scope } from "./scope.ts";

/** What a chain leads to, as far as names need it: a row, a collection, something already reported, or null for any value. */
export type Shape = Extract<Type, { kind: "entity" | "collection" | "gaps" | "error" }> | null;

/**
 * Finds out what every name in the expression stands for and which chains lead to rows and collections. Reports names; types are
 * left to `check`, so that no type is needed to know who reads what.
 */
export function resolve(expr: Expr, scope: Scope, ctx: Context): Shape {
  const shape = shapeOf(expr, scope, ctx);
  if (shape !== null) {
    ctx.tables.types.set(expr, shape);
    if (shape.kind === "error") fail(ctx);
  }
  return shape;
}

function shapeOf(expr: Expr, scope: Scope, ctx: Context): Shape {
  switch (expr.kind) {
    case "number":
    case "text":
    case "boolean":
    case "date":
    case "timestamp":
    case "duration":
    case "ago":
    case "rolling":
    case "period":
    case "fullPeriods":
      return null;
    case "name":
      return resolveName(expr, scope, ctx);
    case "member":
      return resolveMember(expr, scope, ctx);
    case "step":
      return resolveStep(expr, scope, ctx);
    case "windowStep":
      return resolveWindowStep(expr, scope, ctx);
    case "call":
      return resolveCall(expr, scope, ctx);
    case "rank":
      return resolveRank(expr, scope, ctx);
    case "paren":
      return resolve(expr.inner, scope, ctx);
    case "list":
      for (const item of expr.items) resolve(item, scope, ctx);
      return null;
    case "range":
      if (expr.from !== null) resolve(expr.from, scope, ctx);
      if (expr.to !== null) resolve(expr.to, scope, ctx);
      return null;
    case "arithmetic":
      if (reportHyphen(expr, scope, ctx)) return ERROR;
      resolve(expr.left, scope, ctx);
      resolve(expr.right, scope, ctx);
      return null;
    case "negate":
    case "not":
      resolve(expr.operand, scope, ctx);
      return null;
    case "else":
      resolve(expr.value, scope, ctx);
      resolve(expr.fallback, scope, ctx);
      return null;
    case "compare":
      resolveCompared(expr.left, null, scope, ctx);
      resolveCompared(expr.right, expr.left, scope, ctx);
      return null;
    case "in":
      resolveSet(expr, scope, ctx);
      return null;
    case "textTest":
      resolve(expr.value, scope, ctx);
      resolve(expr.needle, scope, ctx);
      return null;
    case "is":
      resolve(expr.value, scope, ctx);
      return null;
    case "if":
      resolve(expr.cond, scope, ctx);
      resolve(expr.yes, scope, ctx);
      resolve(expr.no, scope, ctx);
      return null;
    case "has":
      resolve(expr.list, scope, ctx);
      resolve(expr.set, scope, ctx);
      return null;
    case "and":
    case "or":
    case "counted":
      for (const item of expr.items) resolve(item, scope, ctx);
      return null;
    case "error":
      for (const part of expr.parts) resolve(part, scope, ctx);
      return ERROR;
    default:
      return assertNever(expr);
  }
}

/** A side of a comparison. A bare name that is nothing, but is a value of the field on the other side, lacks its quotes. */
function resolveCompared(expr: Expr, other: Expr | null, scope: Scope, ctx: Context): void {
  const bare = strip(expr);
  if (bare.kind !== "name" || other === null) {
    resolve(expr, scope, ctx);
    return;
  }
  const shape = resolveName(bare, scope, ctx, valuesOf(other, ctx));
  for (const node of new Set([bare, expr])) if (shape !== null) ctx.tables.types.set(node, shape);
  if (shape?.kind === "error") fail(ctx);
}

/** The texts that the model lists for a field; empty for everything else. */
export function valuesOf(expr: Expr, ctx: Context): readonly string[] {
  const field = ctx.tables.resolved.get(strip(expr));
  if (field?.kind !== "field") return [];
  const constraint = ctx.model.entities.get(field.entity)?.fields.get(field.name)?.constraint;
  return constraint?.kind === "oneOf" ? constraint.values : [];
}
