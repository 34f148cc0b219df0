import type { Expr } from "../syntax/ast.ts";
import { assertNever } from "../text/assert.ts";
import { isNumber, isScalar } from "../types/kinds.ts";
import { BOOLEAN, DATE, ERROR, type ScalarType, TEXT, TIMESTAMP, type Type } from "../types/type.ts";
import { checkArithmetic, checkElse, checkNegate } from "./check-arithmetic.ts";
import { groupAggregateType, groupType } from "./check-chain.ts";
import { checkCounted, checkIf } from "./check-choices.ts";
import { checkCompare, checkTextTest } from "./check-compare.ts";
import { elapsedBetween } from "./check-elapsed.ts";
import { checkHas } from "./check-has.ts";
import { checkIn } from "./check-in.ts";
import { checkRank, checkTraitAmongElements } from "./check-population.ts";
import { checkCall, checkStep, checkWindowStep } from "./check-steps.ts";
import { constantOf } from "./constants.ts";
import { type Context, entityOf, fail, jsonPath, report, strip, words } from "./context.ts";
import { reportLoneValue } from "./lone-value.ts";
import { describe, rejectAsValue } from "./reject.ts";

/**
 * The type that an expression has by itself, recorded with those of all its parts. Needs `resolve` to have seen it. What is reported
 * already is `error` and goes with everything.
 */
export function check(expr: Expr, ctx: Context): Type {
  const known = ctx.tables.types.get(expr);
  if (known?.kind === "error" || (known !== undefined && ctx.tables.checked.has(expr))) return known;
  const type = typeOf(expr, ctx);
  ctx.tables.checked.add(expr);
  ctx.tables.types.set(expr, type);
  if (type.kind === "error") fail(ctx);
  return type;
}

function typeOf(expr: Expr, ctx: Context): Type {
  switch (expr.kind) {
    case "number": {
      const constant = constantOf(expr);
      if (constant !== null) return constant.type;
      const text = words(ctx, expr.span);
      report(
        ctx,
        "too-many-digits",
        { text, before: (expr.text.split(".")[0] ?? "").replace(/^0+/u, "").length > 29 },
        expr.span,
      );
      return ERROR;
    }
    case "text":
      return TEXT;
    case "boolean":
      return BOOLEAN;
    case "date":
      return DATE;
    case "timestamp":
    case "ago":
      return TIMESTAMP;
    case "duration":
      return { kind: "duration" };
    case "range":
    case "rolling":
    case "period":
    case "fullPeriods":
      return { kind: "window" };
    case "list":
      return { kind: "list", of: constantOf(expr.items[0] ?? expr)?.type ?? TEXT };
    case "name":
      return named(expr, ctx);
    case "member":
      if (ctx.tables.resolved.get(strip(expr.object))?.kind === "division") return named(expr, ctx);
      if (check(expr.object, ctx).kind === "error") return ERROR;
      return ctx.tables.resolved.get(expr)?.kind === "step"
        ? checkStep(expr, expr.object, [], expr.name.span, ctx)
        : named(expr, ctx);
    case "step":
      if (check(expr.object, ctx).kind === "error") return ERROR;
      return checkStep(expr, expr.object, expr.args, expr.name.span, ctx);
    case "windowStep":
      if (check(expr.object, ctx).kind === "error") return ERROR;
      return checkWindowStep(expr, ctx);
    case "call":
      return checkCall(expr, ctx);
    case "rank":
      return checkRank(expr, ctx);
    case "paren":
      return check(expr.inner, ctx);
    case "arithmetic":
      return checkArithmetic(expr, ctx);
    case "negate":
      return checkNegate(expr, ctx);
    case "else":
      return checkElse(expr, ctx);
    case "compare":
      checkCompare(expr, ctx);
      return BOOLEAN;
    case "in":
      checkIn(expr, ctx);
      return BOOLEAN;
    case "textTest":
      checkTextTest(expr, ctx);
      return BOOLEAN;
    case "is":
      checkIs(expr, ctx);
      return BOOLEAN;
    case "not":
      if (expr.word === "no") checkNo(expr, ctx);
      else condition(expr.operand, ctx);
      return BOOLEAN;
    case "and":
    case "or":
      checkItems(expr, ctx);
      return BOOLEAN;
    case "counted":
      checkCounted(expr, ctx);
      return BOOLEAN;
    case "has":
      checkHas(expr, ctx);
      return BOOLEAN;
    case "if":
      return checkIf(expr, ctx);
    case "error":
      for (const part of expr.parts) check(part, ctx);
      return ERROR;
    default:
      return assertNever(expr);
  }
}

/** The type of a name or a member that is no step. */
function named(expr: Extract<Expr, { kind: "name" | "member" }>, ctx: Context): Type {
  const { types, resolved, valueTypes } = ctx.tables;
  const symbol = resolved.get(expr);
  switch (symbol?.kind) {
    case undefined:
      return ERROR;
    case "scope":
    case "link":
      return types.get(expr) ?? ERROR;
    case "json":
      return jsonPath(ctx, symbol)?.type ?? ERROR;
    case "field":
      return entityOf(ctx, symbol.entity)?.fields.get(symbol.name)?.type ?? ERROR;
    case "segment":
      return BOOLEAN;
    // Before a dot or `in`, where it needs no type; anything else is reported.
    case "division":
      return ERROR;
    case "trait":
      checkTraitAmongElements(expr, symbol.name, expr.name.span, ctx);
      return valueTypes.get(symbol.name) ?? ERROR;
    case "param":
      return valueTypes.get(symbol.name) ?? ERROR;
    case "list":
      return valueTypes.has(symbol.name) ? { kind: "list", of: valueTypes.get(symbol.name) ?? TEXT } : ERROR;
    case "group":
      return groupType(symbol, ctx);
    case "groupAggregate":
      return groupAggregateType(symbol, [], ctx);
    case "period":
      return DATE;
    case "function":
      return symbol.name === "now" ? TIMESTAMP : DATE;
    case "step":
      return ERROR;
  }
}

function checkItems({ kind, items }: Extract<Expr, { kind: "and" | "or" }>, ctx: Context): void {
  let compared: Expr | null = null;
  for (const item of items) {
    if (!reportLoneValue(item, compared, kind, ctx)) condition(item, ctx);
    if (strip(item).kind === "compare") compared = strip(item);
  }
}

/** An expression where yes or no is expected; a bare collection asks whether there is any. */
export function condition(expr: Expr, ctx: Context): void {
  const type = check(expr, ctx);
  if (type.kind === "error" || type.kind === "boolean") return;
  const bare = strip(expr);
  if (type.kind === "collection") {
    ctx.tables.uses.set(bare, "any");
    return;
  }
  const text = words(ctx, bare.span);
  if (isScalar(type)) {
    const hint = isNumber(type)
      ? `Compare it with a number, such as \`${text} > 0\`.`
      : `Write \`${text} is known\`, or compare it with a value.`;
    report(ctx, "not-a-condition", { text, found: describe(type), hint }, bare.span);
    return;
  }
  rejectAsValue(bare, type, `Write \`${text} is known\` to ask whether there is one.`, ctx);
}

/** An expression where one value is expected: its type, or null where it has none, which is reported. `takesNumbers` as in `rejectAsValue`. */
export function value(expr: Expr, ctx: Context, takesNumbers = true): ScalarType | null {
  const type = check(expr, ctx);
  if (isScalar(type)) return type;
  rejectAsValue(strip(expr), type, null, ctx, takesNumbers);
  return null;
}

/** `x is known`, of a value or a link. */
function checkIs(expr: Extract<Expr, { kind: "is" }>, ctx: Context): void {
  const type = check(expr.value, ctx);
  const isList = type.kind === "list" && ctx.tables.resolved.get(strip(expr.value))?.kind === "field";
  if (isList || isScalar(type) || type.kind === "entity" || type.kind === "error") return;
  if (elapsedBetween(expr.value, ctx.tables) !== null) return;
  const bare = strip(expr.value);
  const text = words(ctx, bare.span);
  if (type.kind === "collection") {
    const hint = `Write \`${text}\` to ask whether there is any, or \`no ${text}\`.`;
    report(ctx, "wrong-kind", { text, found: describe(type), wanted: "a value or a link", hint }, bare.span);
    return;
  }
  rejectAsValue(bare, type, null, ctx);
}

/** `no purchases`. */
function checkNo(expr: Extract<Expr, { kind: "not" }>, ctx: Context): void {
  const type = check(expr.operand, ctx);
  if (type.kind !== "boolean") {
    condition(expr.operand, ctx);
    return;
  }
  const fixes = [
    { title: "Write `not`", preferred: true, edits: [{ file: ctx.unit.file, span: expr.opSpan, newText: "not" }] },
  ];
  report(ctx, "no-before-condition", { text: words(ctx, expr.operand.span) }, expr.opSpan, { fixes });
}
