import { elapsedBetween } from "../analyze/check-elapsed.ts";
import { constantOf } from "../analyze/constants.ts";
import { strip } from "../analyze/context.ts";
import type { Expr } from "../syntax/ast.ts";
import { InternalError } from "../text/assert.ts";
import { BOOLEAN, DATE, FLOAT, INTEGER, TIMESTAMP } from "../types/type.ts";
import type { AggregateFn, Value } from "./ir.ts";
import { lowerCall } from "./lower-call.ts";
import { lowerOfGroup } from "./lower-chain.ts";
import { lowerCondition } from "./lower-condition.ts";
import { convert, lowerConstant } from "./lower-const.ts";
import { type LowerContext, originOf, resolvedOf, scalarType, scopeRow } from "./lower-context.ts";
import { lowerJson } from "./lower-lists.ts";
import { lowerTile, populationOf } from "./lower-population.ts";
import { baseRow, lowerCollection, lowerRow } from "./lower-rows.ts";
import { lowerDuration } from "./lower-window.ts";

type Of<K extends Expr["kind"]> = Extract<Expr, { kind: K }>;

/** A value as its surroundings want it. `rows` is how many rows are in play where it stands: 1 for the subject alone. */
export function lowerValue(expr: Expr, rows: number, ctx: LowerContext): Value {
  const bare = strip(expr);
  const value = ctx.analysis.uses.get(bare) === "count" ? countOf(bare, rows, ctx) : own(bare, rows, ctx);
  const wanted = ctx.analysis.wanted.get(bare);
  return wanted === undefined ? value : convert(value, wanted, ctx.zone);
}

function countOf(expr: Expr, rows: number, ctx: LowerContext): Value {
  const collection = lowerCollection(expr, rows, ctx);
  return { kind: "aggregate", fn: "count", collection, of: null, cond: null, type: INTEGER, origin: collection.origin };
}

/** The value by itself. */
function own(expr: Expr, rows: number, ctx: LowerContext): Value {
  const origin = originOf(expr.span, ctx);
  const constant = constantOf(expr);
  if (constant !== null) return lowerConstant(constant, origin);
  const ofGroup = lowerOfGroup(expr, ctx);
  if (ofGroup !== null) return ofGroup;
  switch (expr.kind) {
    case "name":
    case "member":
      return named(expr, rows, ctx);
    case "step":
      return aggregate(expr, rows, ctx);
    case "call": {
      const part = populationOf(expr, ctx);
      if (part === "sample") return { kind: "condition", pred: lowerCondition(expr, rows, ctx), type: BOOLEAN, origin };
      return part === null ? lowerCall(expr, rows, ctx) : lowerTile(expr, part, ctx);
    }
    case "ago": {
      const now: Value = { kind: "now", type: TIMESTAMP, origin };
      return {
        kind: "shift",
        value: now,
        by: lowerDuration(expr.duration, -1),
        zone: ctx.zone,
        type: TIMESTAMP,
        origin,
      };
    }
    case "arithmetic":
      return arithmetic(expr, rows, ctx);
    case "negate":
      return { kind: "negate", operand: lowerValue(expr.operand, rows, ctx), type: scalarType(expr, ctx), origin };
    case "else": {
      const value = lowerValue(expr.value, rows, ctx);
      const fallback = lowerValue(expr.fallback, rows, ctx);
      return { kind: "else", value, fallback, type: scalarType(expr, ctx), origin };
    }
    case "if": {
      const cond = lowerCondition(expr.cond, rows, ctx);
      const [yes, no] = [lowerValue(expr.yes, rows, ctx), lowerValue(expr.no, rows, ctx)];
      return { kind: "if", cond, yes, no, type: scalarType(expr, ctx), origin };
    }
    case "rank":
    case "compare":
    case "counted":
    case "has":
    case "in":
    case "textTest":
    case "is":
    case "not":
    case "and":
    case "or":
      return { kind: "condition", pred: lowerCondition(expr, rows, ctx), type: BOOLEAN, origin };
    default:
      throw new InternalError(`${expr.kind} is no value`);
  }
}

function named(expr: Of<"name"> | Of<"member">, rows: number, ctx: LowerContext): Value {
  const resolved = resolvedOf(expr, ctx);
  const origin = originOf(expr.span, ctx);
  switch (resolved.kind) {
    case "field": {
      const row = baseRow(expr, resolved, rows, ctx);
      return { kind: "field", row, field: resolved.name, type: scalarType(expr, ctx), origin };
    }
    case "json":
      if (expr.kind !== "member") break;
      return lowerJson(expr, rows, ctx);
    case "trait": {
      const row = memberRow(expr, resolved, rows, ctx);
      return { kind: "trait", name: resolved.name, row, type: scalarType(expr, ctx), origin };
    }
    case "param":
      return { kind: "param", name: resolved.name, type: scalarType(expr, ctx), origin };
    case "function": {
      if (resolved.name === "now") return { kind: "now", type: TIMESTAMP, origin };
      const today: Value = { kind: "today", zone: ctx.zone, type: DATE, origin };
      if (resolved.name === "today") return today;
      return { kind: "shift", value: today, by: { amount: -1, unit: "d" }, zone: null, type: DATE, origin };
    }
    case "segment":
      return { kind: "condition", pred: lowerCondition(expr, rows, ctx), type: BOOLEAN, origin };
    case "step":
      if (expr.kind !== "member") break;
      if (ctx.analysis.types.get(expr.object)?.kind === "gaps") return ofGaps(expr, resolved.name, rows, ctx);
      if (resolved.name === "count") return { ...countOf(expr.object, rows, ctx), origin };
      return periodsOf(expr, resolved.name, rows, ctx);
    case "group":
    case "groupAggregate":
    case "period":
    case "scope":
    case "link":
    case "list":
    case "division":
  }
  throw new InternalError(`${resolved.kind} is no value`);
}

const PERIODS: Readonly<Record<string, "day" | "week" | "month">> = { days: "day", weeks: "week", months: "month" };

/** `.days`: in how many calendar periods there are elements. */
function periodsOf(expr: Of<"member">, step: string, rows: number, ctx: LowerContext): Value {
  const unit = PERIODS[step];
  const collection = lowerCollection(expr.object, rows, ctx);
  const at = ctx.model.entities.get(collection.entity)?.at ?? null;
  const type = ctx.model.entities.get(collection.entity)?.fields.get(at ?? "")?.type;
  if (unit === undefined || at === null || (type?.kind !== "date" && type?.kind !== "timestamp"))
    throw new InternalError(`.${step} is no value`);
  const origin = originOf(expr.span, ctx);
  const row = scopeRow(collection.depth, collection.entity);
  const time = convert({ kind: "field", row, field: at, type, origin }, DATE, ctx.zone);
  const of: Value = unit === "day" ? time : { kind: "start_of", unit, value: time, type: DATE, origin };
  return { kind: "aggregate", fn: "distinct", collection, of, cond: null, type: INTEGER, origin };
}

/** `.gaps.median`: an aggregate of the waits between elements. */
function ofGaps(expr: Of<"member">, step: string, rows: number, ctx: LowerContext): Value {
  const gaps = strip(expr.object);
  if (gaps.kind !== "member") throw new InternalError(`${gaps.kind} has no gaps`);
  const collection = lowerCollection(gaps.object, rows, ctx);
  const origin = originOf(expr.span, ctx);
  const of: Value = { kind: "gap", depth: collection.depth, type: FLOAT, origin };
  const type = scalarType(expr, ctx);
  return { kind: "aggregate", fn: aggregateFn(step), collection, of, cond: null, type, origin };
}

/** The row that a trait or a segment is asked of. */
export function memberRow(
  expr: Of<"name"> | Of<"member">,
  resolved: { readonly depth: number | null; readonly name: string },
  rows: number,
  ctx: LowerContext,
) {
  const entity = ctx.entityOf.get(resolved.name);
  if (entity === undefined) throw new InternalError(`${resolved.name} is about nothing`);
  if (resolved.depth !== null) return scopeRow(resolved.depth, entity);
  if (expr.kind !== "member") throw new InternalError(`${resolved.name} belongs to no row`);
  return lowerRow(expr.object, rows, ctx);
}

/** `.sum(x)` and the other steps over one expression of each element. */
function aggregate(expr: Of<"step">, rows: number, ctx: LowerContext): Value {
  const resolved = resolvedOf(expr, ctx);
  const arg = expr.args[0]?.value;
  if (resolved.kind !== "step" || arg === undefined) throw new InternalError(`${resolved.kind} is no value`);
  const collection = lowerCollection(expr.object, rows, ctx);
  const base = {
    kind: "aggregate",
    collection,
    type: scalarType(expr, ctx),
    origin: originOf(expr.span, ctx),
  } as const;
  const fn = aggregateFn(resolved.name);
  if (fn === "share") return { ...base, fn, of: null, cond: lowerCondition(arg, rows + 1, ctx) };
  return { ...base, fn, of: lowerValue(arg, rows + 1, ctx), cond: null };
}

/** What a step that gives one value works out. */
export function aggregateFn(step: string): AggregateFn {
  switch (step) {
    case "sum":
    case "avg":
    case "min":
    case "max":
    case "distinct":
    case "share":
    case "median":
    case "count":
      return step;
    case "mostFrequent":
      return "most_frequent";
    default:
      throw new InternalError(`.${step} is no value`);
  }
}

function arithmetic(expr: Of<"arithmetic">, rows: number, ctx: LowerContext): Value {
  if (elapsedBetween(expr, ctx.analysis) !== null) {
    const [from, to] = [lowerValue(expr.right, rows, ctx), lowerValue(expr.left, rows, ctx)];
    return { kind: "elapsed", from, to, type: INTEGER, origin: originOf(expr.span, ctx) };
  }
  const type = scalarType(expr, ctx);
  const origin = originOf(expr.span, ctx);
  const { op } = expr;
  if (type.kind === "date" || type.kind === "timestamp") {
    const right = strip(expr.right);
    const [moved, duration] = right.kind === "duration" ? [expr.left, right] : [expr.right, strip(expr.left)];
    if (duration.kind !== "duration") throw new InternalError("no length of time to move by");
    const by = lowerDuration(duration, op === "-" ? -1 : 1);
    const whole = type.kind === "date" ? wholeDays(by) : by;
    const zone = type.kind === "date" ? null : ctx.zone;
    return { kind: "shift", value: lowerValue(moved, rows, ctx), by: whole, zone, type, origin };
  }
  const left = lowerValue(expr.left, rows, ctx);
  const right = lowerValue(expr.right, rows, ctx);
  return { kind: "arithmetic", op, left, right, type: op === "/" ? FLOAT : type, origin };
}

/** Hours and minutes that make whole days, as days. */
function wholeDays(by: { readonly amount: number; readonly unit: string }): Extract<Value, { kind: "shift" }>["by"] {
  if (by.unit === "h") return { amount: by.amount / 24, unit: "d" };
  if (by.unit === "min") return { amount: by.amount / 1440, unit: "d" };
  return by as Extract<Value, { kind: "shift" }>["by"];
}
