import { isDayWord } from "../analyze/check-windows.ts";
import { strip } from "../analyze/context.ts";
import type { Duration } from "../model/model.ts";
import type { DurationLiteral, Expr } from "../syntax/ast.ts";
import { InternalError } from "../text/assert.ts";
import type { Bound, Window } from "./ir.ts";
import { type LowerContext, originOf, resolvedOf, wordsOf } from "./lower-context.ts";
import { lowerValue } from "./lower-value.ts";

type Of<K extends Expr["kind"]> = Extract<Expr, { kind: K }>;

interface Bounds {
  readonly from: Bound | null;
  readonly to: Bound | null;
}

/** A length of time, backwards where `sign` is -1. */
export const lowerDuration = (d: DurationLiteral, sign: 1 | -1): Duration => ({
  amount: d.amount === 0 ? 0 : sign * d.amount,
  unit: d.unit,
});

const AS_OF: Bound = { kind: "asOf", shift: { amount: 0, unit: "d" } };

/** The window of a step over a collection of events. */
export function lowerStepWindow(expr: Of<"step"> | Of<"windowStep">, rows: number, ctx: LowerContext): Window {
  const collection = ctx.analysis.types.get(expr);
  const entity = collection?.kind === "collection" ? ctx.model.entities.get(collection.of) : undefined;
  const at = entity?.at == null ? undefined : entity?.fields.get(entity.at);
  const target = at?.type.kind === "date" ? "date" : "timestamp";
  if (expr.kind === "windowStep") {
    const words = `${expr.direction} ${wordsOf(expr.duration.span, ctx)}`;
    return {
      target,
      ...rolling(expr.direction, expr.duration),
      words,
      zone: ctx.zone,
      origin: originOf(expr.stepSpan, ctx),
    };
  }
  const origin = originOf({ start: expr.name.span.start, end: expr.span.end }, ctx);
  const arg = expr.args[0]?.value;
  const named = resolvedOf(expr, ctx);
  if (arg === undefined || named.kind !== "step") throw new InternalError(`${named.kind} is no window`);
  const word = named.name;
  const bounds = stepBounds(word, arg, rows, ctx);
  const words = word === "during" ? wordsOf(strip(arg).span, ctx) : `${word} ${wordsOf(strip(arg).span, ctx)}`;
  return { target, ...bounds, words, zone: ctx.zone, origin };
}

function stepBounds(word: string, arg: Expr, rows: number, ctx: LowerContext): Bounds {
  const bare = strip(arg);
  switch (word) {
    case "last":
    case "next":
      if (bare.kind !== "duration") break;
      return rolling(word, bare);
    case "during":
      return windowBounds(arg, rows, ctx);
    case "since":
      return { from: moment(arg, "start", rows, ctx), to: null };
    case "before":
      return { from: null, to: moment(arg, "start", rows, ctx) };
    case "on":
      return { from: moment(arg, "start", rows, ctx), to: moment(arg, "end", rows, ctx) };
  }
  throw new InternalError(`.${word} is no window`);
}

/** What stands after `in` beside a date or a timestamp. */
export function lowerWindow(expr: Expr, target: Window["target"], rows: number, ctx: LowerContext): Window {
  const { span } = strip(expr);
  return {
    target,
    ...windowBounds(expr, rows, ctx),
    words: wordsOf(span, ctx),
    zone: ctx.zone,
    origin: originOf(span, ctx),
  };
}

function windowBounds(expr: Expr, rows: number, ctx: LowerContext): Bounds {
  const bare = strip(expr);
  switch (bare.kind) {
    case "rolling":
      return rolling(bare.direction, bare.duration);
    case "period": {
      const offset = { this: 0, previous: -1, next: 1 }[bare.which];
      return periods(bare.unit, offset, offset + 1);
    }
    case "fullPeriods":
      return periods(bare.unit, -bare.count, 0);
    case "range":
      return {
        from: bare.from === null ? null : moment(bare.from, "start", rows, ctx),
        to: bare.to === null ? null : moment(bare.to, "end", rows, ctx),
      };
    case "name": {
      if (!isDayWord(bare, ctx.analysis)) break;
      const offset = bare.name.text === "today" ? 0 : -1;
      return periods("day", offset, offset + 1);
    }
    default:
  }
  throw new InternalError(`${bare.kind} is no window`);
}

const rolling = (direction: "last" | "next", duration: DurationLiteral): Bounds =>
  direction === "last"
    ? { from: { kind: "asOf", shift: lowerDuration(duration, -1) }, to: AS_OF }
    : { from: AS_OF, to: { kind: "asOf", shift: lowerDuration(duration, 1) } };

const periods = (unit: "day" | "week" | "month" | "quarter" | "year", from: number, to: number): Bounds => ({
  from: { kind: "calendar", unit, offset: from },
  to: { kind: "calendar", unit, offset: to },
});

/** A point in time. `90d ago` stays as-of, moved. */
function moment(expr: Expr, edge: "start" | "end", rows: number, ctx: LowerContext): Bound {
  const bare = strip(expr);
  if (bare.kind === "ago") return { kind: "asOf", shift: lowerDuration(bare.duration, -1) };
  return { kind: "value", value: lowerValue(expr, rows, ctx), edge };
}
