import { calendarUnit } from "../analyze/calendar-unit.ts";
import type { Expr } from "../syntax/ast.ts";
import { InternalError } from "../text/assert.ts";
import { DATE, INTEGER, TIMESTAMP } from "../types/type.ts";
import type { Value } from "./ir.ts";
import { convert } from "./lower-const.ts";
import { type LowerContext, originOf, resolvedOf, scalarType } from "./lower-context.ts";
import { lowerValue } from "./lower-value.ts";

type Call = Extract<Expr, { kind: "call" }>;

const SINCE: Readonly<Record<string, "day" | "month" | "year">> = {
  daysSince: "day",
  monthsSince: "month",
  yearsSince: "year",
};

const PARTS: Readonly<Record<string, Extract<Value, { kind: "part" }>["part"]>> = {
  year: "year",
  month: "month",
  day: "day",
  hour: "hour",
  dayOfWeek: "day_of_week",
};

const FUNCTIONS: Readonly<Record<string, Extract<Value, { kind: "function" }>["fn"]>> = {
  abs: "abs",
  floor: "floor",
  ceil: "ceil",
  least: "least",
  greatest: "greatest",
  distanceKm: "distance_km",
};

/** A function of values. */
export function lowerCall(expr: Call, rows: number, ctx: LowerContext): Value {
  const resolved = resolvedOf(expr, ctx);
  const origin = originOf(expr.span, ctx);
  if (resolved.kind !== "function") throw new InternalError(`${resolved.kind} is no function`);
  const { name } = resolved;
  const { zone } = ctx;
  if (name === "today") return { kind: "today", zone, type: DATE, origin };
  if (name === "now") return { kind: "now", type: TIMESTAMP, origin };
  const args = expr.args.map((arg) => arg.value);
  const value = (at: number): Value => lowerValue(args[at] as Expr, rows, ctx);
  const since = SINCE[name];
  if (since !== undefined)
    return { kind: "since", unit: since, value: value(0), zone, now: null, type: INTEGER, origin };
  if (name === "date") return dateOf(value(0), ctx);
  if (name === "hour") return { kind: "part", part: "hour", value: value(0), zone, type: INTEGER, origin };
  if (name === "anniversary")
    return { kind: "anniversary", value: dateOf(value(0), ctx), zone, now: null, type: DATE, origin };
  const fn = FUNCTIONS[name];
  if (fn !== undefined) {
    const type = scalarType(expr, ctx);
    return { kind: "function", fn, args: args.map((_, at) => value(at)), type, origin };
  }
  const part = PARTS[name];
  if (part !== undefined)
    return { kind: "part", part, value: dateOf(value(0), ctx), zone: null, type: INTEGER, origin };
  const unit = name === "startOf" ? calendarUnit(args[0] as Expr) : null;
  if (unit === "day") return dateOf(value(1), ctx);
  if (unit !== null) return { kind: "start_of", unit, value: dateOf(value(1), ctx), type: DATE, origin };
  throw new InternalError(`${name} is not lowered`);
}

const dateOf = (value: Value, ctx: LowerContext): Value => convert(value, DATE, ctx.zone);
