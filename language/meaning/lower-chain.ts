import { fieldNames } from "../analyze/check-chain.ts";
import { strip } from "../analyze/context.ts";
import { argumentsIn, stepForm } from "../analyze/step-signature.ts";
import type { StepId } from "../operators/table.ts";
import type { DurationLiteral, Expr } from "../syntax/ast.ts";
import { InternalError } from "../text/assert.ts";
import { isTemporal } from "../types/kinds.ts";
import { DATE, INTEGER, type ScalarType } from "../types/type.ts";
import type { Origin, Step, Value, Window } from "./ir.ts";
import { lowerCondition } from "./lower-condition.ts";
import { convert } from "./lower-const.ts";
import { type LowerContext, originOf, scalarType, scopeRow } from "./lower-context.ts";
import { lowerCollection } from "./lower-rows.ts";
import { aggregateFn, lowerValue } from "./lower-value.ts";
import { lowerDuration } from "./lower-window.ts";

type Of<K extends Expr["kind"]> = Extract<Expr, { kind: K }>;

const stepOrigin = (expr: Of<"step">, ctx: LowerContext): Origin =>
  originOf({ start: expr.name.span.start, end: expr.span.end }, ctx);

/** The time of the elements of a chain: its type, and the entity and name of its field. */
function timeOf(
  expr: Expr,
  ctx: LowerContext,
): { readonly entity: string; readonly at: string; readonly type: ScalarType } {
  const collection = ctx.analysis.types.get(expr);
  const entity = collection?.kind === "collection" ? ctx.model.entities.get(collection.of) : undefined;
  const type = entity?.at == null ? undefined : entity.fields.get(entity.at)?.type;
  if (entity?.at == null || type === undefined || !isTemporal(type)) throw new InternalError("no events");
  return { entity: entity.name, at: entity.at, type };
}

const SIDES: Readonly<
  Partial<Record<StepId, { readonly direction: "followed" | "preceded"; readonly negated: boolean }>>
> = {
  followedBy: { direction: "followed", negated: false },
  notFollowedBy: { direction: "followed", negated: true },
  precededBy: { direction: "preceded", negated: false },
  notPrecededBy: { direction: "preceded", negated: true },
};

/** `.followed_by(…)` and its kin; null for every other step. */
export function lowerNeighbour(expr: Of<"step">, id: StepId, rows: number, ctx: LowerContext): Step | null {
  const side = SIDES[id];
  const of = ctx.analysis.types.get(expr.object);
  const form = of === undefined ? null : stepForm(id, of, expr.args);
  if (side === undefined || form === null) return null;
  const [other, within, same] = argumentsIn(form, expr.args);
  if (other === undefined) throw new InternalError("followed by nothing");
  return {
    kind: "neighbour",
    ...side,
    other: lowerCollection(other.value, rows, ctx),
    within: within === undefined ? null : lengthOf(within.value, timeOf(expr.object, ctx).type),
    same: same === undefined ? [] : [...new Set((fieldNames(same.value, null) ?? []).map(({ text }) => text))],
    origin: stepOrigin(expr, ctx),
  };
}

/** A length of time beside times of a type: of dates in whole days, or calendar steps. */
function lengthOf(expr: Expr, type: ScalarType) {
  const bare = strip(expr);
  if (bare.kind !== "duration") throw new InternalError(`${bare.kind} is no length of time`);
  const { amount, unit } = lowerDuration(bare, 1);
  if (type.kind !== "date" || (unit !== "h" && unit !== "min")) return { amount, unit };
  return { amount: amount / (unit === "h" ? 24 : 1440), unit: "d" as const };
}

/** `.per(…)`. `before` are the steps that lead to it. */
export function lowerPer(expr: Of<"step">, before: readonly Step[], rows: number, ctx: LowerContext): Step {
  const arg = expr.args[0]?.value;
  if (arg === undefined) throw new InternalError("groups of nothing");
  return { kind: "per", key: groupKey(expr, arg, before, rows, ctx), origin: stepOrigin(expr, ctx) };
}

function groupKey(expr: Of<"step">, arg: Expr, before: readonly Step[], rows: number, ctx: LowerContext): Value {
  const bare = strip(arg);
  const origin = originOf(bare.span, ctx);
  const named = ctx.analysis.resolved.get(bare);
  if (named?.kind !== "period" && bare.kind !== "duration") return lowerValue(arg, rows + 1, ctx);
  const { entity, at, type } = timeOf(expr.object, ctx);
  const time: Value = { kind: "field", row: scopeRow(rows, entity), field: at, type, origin };
  if (bare.kind === "duration") return periodIndex(bare, time, before, origin, ctx);
  if (named?.kind !== "period") throw new InternalError(`${bare.kind} is no period`);
  return { kind: "start_of", unit: named.unit, value: convert(time, DATE, ctx.zone), type: DATE, origin };
}

/** Counted back from the ends of the windows before, of which the least counts; without one, from as-of. */
function periodIndex(
  length: DurationLiteral,
  value: Value,
  before: readonly Step[],
  origin: Origin,
  ctx: LowerContext,
): Value {
  const flattened = before.findLastIndex((step) => step.kind === "flatten");
  const ended = before
    .slice(flattened + 1)
    .flatMap((step) => (step.kind === "window" && step.window.to !== null ? [step.window] : []));
  const now: Window = {
    target: value.type.kind === "date" ? "date" : "timestamp",
    from: null,
    to: { kind: "asOf", shift: { amount: 0, unit: "d" } },
    words: "now",
    zone: ctx.zone,
    origin,
  };
  const windows = ended.length === 0 ? [now] : ended;
  return { kind: "periodIndex", value, length: lengthOf(length, value.type), windows, type: INTEGER, origin };
}

/** `group`, and aggregates over its elements; null for everything else. */
export function lowerOfGroup(expr: Expr, ctx: LowerContext): Value | null {
  const resolved = ctx.analysis.resolved.get(expr);
  const origin = originOf(expr.span, ctx);
  if (resolved?.kind === "group") return { kind: "group", depth: resolved.depth, type: scalarType(expr, ctx), origin };
  if (resolved?.kind !== "groupAggregate") return null;
  const { depth } = resolved;
  const base = { kind: "groupAggregate", depth, type: scalarType(expr, ctx), origin } as const;
  const arg = expr.kind === "call" ? expr.args[0]?.value : undefined;
  if (arg === undefined) return { ...base, fn: "count", of: null, cond: null };
  const fn = aggregateFn(resolved.name);
  // The group and its element are both in play.
  const inner = depth + 2;
  return fn === "share"
    ? { ...base, fn, of: null, cond: lowerCondition(arg, inner, ctx) }
    : { ...base, fn, of: lowerValue(arg, inner, ctx), cond: null };
}
