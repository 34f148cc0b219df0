import type { Expr } from "../syntax/ast.ts";
import { sameType } from "../types/equal.ts";
import { isNumber } from "../types/kinds.ts";
import { decimal, INTEGER, type ScalarType, type Type } from "../types/type.ts";
import { widen } from "../types/widen.ts";
import { check } from "./check.ts";
import { constantOf } from "./constants.ts";
import { type Context, report, strip, words } from "./context.ts";
import { countFix, rejectAsValue } from "./reject.ts";

/** Says which type the surroundings make of an expression. */
export function want(expr: Expr, type: ScalarType, ctx: Context): void {
  const bare = strip(expr);
  const own = ctx.tables.uses.get(bare) === "count" ? INTEGER : ctx.tables.types.get(bare);
  if (own !== undefined && !sameType(own, type)) ctx.tables.wanted.set(bare, type);
}

/**
 * The types of two expressions that stand beside each other, where a bare collection beside a number counts. Null for what has no value,
 * which is reported; between two collections both have to say `.count`.
 */
export function besideEachOther(left: Expr, right: Expr, ctx: Context): readonly [Type | null, Type | null] {
  const l = check(left, ctx);
  const r = check(right, ctx);
  if (l.kind === "collection" && r.kind === "collection") return mustCount([left, right], ctx);
  // What the other side is, is reported: most probably it was meant as a number.
  if (l.kind === "error" || r.kind === "error") return [null, null];
  if (l.kind === "collection" && l.grouped && isNumber(r)) return mustCount([left], ctx);
  if (r.kind === "collection" && r.grouped && isNumber(l)) return mustCount([right], ctx);
  if (l.kind === "collection" && isNumber(r)) return [count(left, ctx), r];
  if (r.kind === "collection" && isNumber(l)) return [l, count(right, ctx)];
  return [l, r];
}

/** Where a number may be that of the groups or that of the elements, or both sides count, `.count` is written. */
function mustCount(sides: readonly [Expr, ...Expr[]], ctx: Context): readonly [null, null] {
  const text = words(ctx, sides[0].span);
  report(ctx, "collection-as-value", { text }, strip(sides[0]).span, { fixes: [countFix(ctx, sides.map(strip))] });
  return [null, null];
}

/** The bare collection is used as its count. */
export function count(expr: Expr, ctx: Context): ScalarType {
  ctx.tables.uses.set(strip(expr), "count");
  return INTEGER;
}

/** The number type that holds all of them; null where one is no number. A written whole number takes as few digits as it has. */
export function join(operands: readonly { readonly expr: Expr; readonly type: Type }[]): ScalarType | null {
  let joined: ScalarType | null = null;
  const exact = operands.some((o) => o.type.kind === "decimal");
  for (const { expr, type } of operands) {
    const own = exact ? tight(expr, type) : type;
    if (!isNumber(own)) return null;
    joined = joined === null ? own : widen(joined, own);
    if (joined === null) return null;
  }
  return joined;
}

/** A written whole number as a decimal of just its digits, so that `amount > 3` compares decimals of the amount's own size. */
export function tight(expr: Expr, type: Type): Type {
  if (type.kind !== "integer") return type;
  const constant = constantOf(expr);
  if (constant === null || typeof constant.value !== "string") return type;
  return decimal(constant.value.replace("-", "").length, 0);
}

/** Reports what is no value of any kind; answers whether the type is one of a value. `takesNumbers` as in `rejectAsValue`. */
export function isValue(expr: Expr, type: Type | null, ctx: Context, takesNumbers = true): type is ScalarType {
  if (type === null) return false;
  switch (type.kind) {
    case "text":
    case "boolean":
    case "integer":
    case "decimal":
    case "float":
    case "date":
    case "timestamp":
      return true;
    default:
      rejectAsValue(strip(expr), type, null, ctx, takesNumbers);
      return false;
  }
}
