import { elapsedBetween } from "../analyze/check-elapsed.ts";
import { isWindow } from "../analyze/check-windows.ts";
import { strip } from "../analyze/context.ts";
import type { Expr } from "../syntax/ast.ts";
import { InternalError } from "../text/assert.ts";
import { isTemporal } from "../types/kinds.ts";
import { INTEGER } from "../types/type.ts";
import { DAY_MICROS, shiftInstant } from "./calendar.ts";
import type { CompareOp, Const, Origin, Pred, Test, Value } from "./ir.ts";
import { convertConst } from "./lower-const.ts";
import { type LowerContext, originOf, resolvedOf } from "./lower-context.ts";
import { isListField, lowerHas, lowerListField } from "./lower-lists.ts";
import { lowerRank, lowerSample, populationOf } from "./lower-population.ts";
import { lowerCollection, lowerRow } from "./lower-rows.ts";
import { lowerValue, memberRow } from "./lower-value.ts";
import { lowerDuration, lowerWindow } from "./lower-window.ts";

type Of<K extends Expr["kind"]> = Extract<Expr, { kind: K }>;

/** A condition. `rows` is how many rows are in play where it stands: 1 for the subject alone. */
export function lowerCondition(expr: Expr, rows: number, ctx: LowerContext): Pred {
  const bare = strip(expr);
  const origin = originOf(bare.span, ctx);
  if (ctx.analysis.uses.get(bare) === "any") {
    return { kind: "test", test: { kind: "exists", collection: lowerCollection(bare, rows, ctx) }, origin };
  }
  switch (bare.kind) {
    case "boolean":
      return { kind: "always", value: bare.value, origin };
    case "and":
    case "or":
      return { kind: bare.kind, items: bare.items.map((item) => lowerCondition(item, rows, ctx)), origin };
    case "has":
      return lowerHas(bare, origin, rows, ctx);
    case "counted":
      return lowerCounted(bare, origin, rows, ctx);
    case "not":
      return { kind: "not", item: lowerCondition(bare.operand, rows, ctx), origin };
    case "compare":
      return lowerCompare(bare, origin, rows, ctx);
    case "in":
      if (resolvedPart(bare.value, ctx)) return lowerParts(bare, origin, rows, ctx);
      return perhapsNot(bare.negated, lowerIn(bare, rows, ctx), origin);
    case "textTest": {
      const { mode, ignoreCase } = bare;
      const value = lowerValue(bare.value, rows, ctx);
      const needle = lowerValue(bare.needle, rows, ctx);
      return perhapsNot(bare.negated, { kind: "text", mode, value, needle, ignoreCase }, origin);
    }
    case "is":
      return perhapsNot(bare.what === "missing", lowerKnown(bare, rows, ctx), origin);
    case "rank":
      return { kind: "test", test: lowerRank(bare, ctx), origin };
    case "call":
      if (populationOf(bare, ctx) !== "sample") break;
      return { kind: "test", test: lowerSample(bare, ctx), origin };
    case "name":
    case "member": {
      const resolved = resolvedOf(bare, ctx);
      if (resolved.kind !== "segment") break;
      const row = memberRow(bare, resolved, rows, ctx);
      return { kind: "test", test: { kind: "segment", name: resolved.name, row }, origin };
    }
    default:
  }
  return { kind: "test", test: { kind: "truth", value: lowerValue(bare, rows, ctx) }, origin };
}

const resolvedPart = (value: Expr, ctx: LowerContext): boolean =>
  ctx.analysis.resolved.get(strip(value))?.kind === "division";

/** `Lifecycle in [New, Active]`: in one of them. */
function lowerParts(expr: Of<"in">, origin: Origin, rows: number, ctx: LowerContext): Pred {
  const set = strip(expr.set);
  if (set.kind !== "list") throw new InternalError(`${set.kind} is no list of tiers`);
  const items = set.items.map((item) => lowerCondition(item, rows, ctx));
  const any: Pred = items.length === 0 ? { kind: "always", value: false, origin } : { kind: "or", items, origin };
  return expr.negated ? { kind: "not", item: any, origin } : any;
}

/** `all of` is `and`, `any of` is `or`, `none of` is `not` around `or`. */
function lowerCounted(expr: Of<"counted">, origin: Origin, rows: number, ctx: LowerContext): Pred {
  const { mode } = expr;
  const items = expr.items.map((item) => lowerCondition(item, rows, ctx));
  switch (mode) {
    case "all":
      return { kind: "and", items, origin };
    case "any":
      return { kind: "or", items, origin };
    case "none":
      return { kind: "not", item: { kind: "or", items, origin }, origin };
    case "atLeast":
    case "atMost":
    case "exactly":
      return { kind: "countOf", mode, k: Number(expr.number?.text), items, origin };
  }
}

function perhapsNot(negated: boolean, test: Test, origin: Origin): Pred {
  const item: Pred = { kind: "test", test, origin };
  return negated ? { kind: "not", item, origin } : item;
}

/** `a != b` is `not a = b`. */
function lowerCompare(expr: Of<"compare">, origin: Origin, rows: number, ctx: LowerContext): Pred {
  const { op, ignoreCase } = expr;
  const of = elapsedBetween(expr.left, ctx.analysis) ?? elapsedBetween(expr.right, ctx.analysis);
  const left = lowerLength(expr.left, of, rows, ctx);
  const right = lowerLength(expr.right, of, rows, ctx);
  const positive: CompareOp = op === "!=" ? "=" : op;
  return perhapsNot(op === "!=", { kind: "compare", op: positive, left, right, ignoreCase }, origin);
}

/** A value; a length of time beside the time between two timestamps as microseconds, between two dates as days. */
function lowerLength(expr: Expr, of: "timestamp" | "date" | null, rows: number, ctx: LowerContext): Value {
  const bare = strip(expr);
  if (of === null || bare.kind !== "duration") return lowerValue(expr, rows, ctx);
  const micros = shiftInstant(0n, lowerDuration(bare, 1), "UTC");
  const value = String(of === "timestamp" ? micros : micros / DAY_MICROS);
  return { kind: "const", type: INTEGER, value, origin: originOf(bare.span, ctx) };
}

function lowerKnown(expr: Of<"is">, rows: number, ctx: LowerContext): Test {
  const type = ctx.analysis.types.get(strip(expr.value));
  if (type?.kind === "entity") return { kind: "linked", row: lowerRow(expr.value, rows, ctx) };
  if (isListField(expr.value, ctx)) return { kind: "listKnown", list: lowerListField(expr.value, rows, ctx) };
  return { kind: "known", value: lowerValue(expr.value, rows, ctx) };
}

function lowerIn(expr: Of<"in">, rows: number, ctx: LowerContext): Test {
  const set = strip(expr.set);
  if (set.kind === "list") return lowerList(expr, set, rows, ctx);
  if (set.kind === "range" || isWindow(set, ctx.analysis)) return lowerRange(expr, set, rows, ctx);
  const resolved = resolvedOf(set, ctx);
  if (resolved.kind === "segment") {
    return { kind: "segment", name: resolved.name, row: lowerRow(expr.value, rows, ctx) };
  }
  if (resolved.kind !== "list") throw new InternalError(`${resolved.kind} is no set`);
  const value = lowerValue(expr.value, rows, ctx);
  const options = (ctx.lists.get(resolved.name) ?? []).map((option) => convertConst(option, value.type));
  return { kind: "oneOf", value, options, ignoreCase: expr.ignoreCase, list: resolved.name };
}

function lowerList(expr: Of<"in">, list: Of<"list">, rows: number, ctx: LowerContext): Test {
  const options: Const[] = list.items.map((item) => {
    const option = lowerValue(item, rows, ctx);
    if (option.kind !== "const") throw new InternalError(`${option.kind} in a list`);
    return option;
  });
  return { kind: "oneOf", value: lowerValue(expr.value, rows, ctx), options, ignoreCase: expr.ignoreCase, list: null };
}

/** A range of numbers or texts has both ends; one of dates and timestamps is a window. */
function lowerRange(expr: Of<"in">, set: Expr, rows: number, ctx: LowerContext): Test {
  const of = elapsedBetween(expr.value, ctx.analysis);
  const value = lowerValue(expr.value, rows, ctx);
  if (value.kind === "anniversary") {
    return { kind: "anniversaryIn", value: value.value, window: lowerWindow(expr.set, "date", rows, ctx) };
  }
  if (isTemporal(value.type)) {
    return { kind: "inWindow", value, window: lowerWindow(expr.set, value.type.kind, rows, ctx) };
  }
  if (set.kind !== "range") throw new InternalError(`${set.kind} is no range`);
  const from = set.from === null ? null : lowerLength(set.from, of, rows, ctx);
  const to = set.to === null ? null : lowerLength(set.to, of, rows, ctx);
  return { kind: "between", value, from, to, toInclusive: true };
}
