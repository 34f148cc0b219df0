import type { Entity, Field } from "../model/model.ts";
import { resultType } from "../operators/signature.ts";
import { OPERATORS, type StepId } from "../operators/table.ts";
import type { Argument, Expr, Name } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import { isScalar, isTemporal } from "../types/kinds.ts";
import { DATE, ERROR, INTEGER, type ScalarType, type Type } from "../types/type.ts";
import { comparable } from "../types/widen.ts";
import type { Resolved } from "./analysis.ts";
import { value } from "./check.ts";
import { argument } from "./check-steps.ts";
import { type Context, entityOf, refer, replace, report, strip, words } from "./context.ts";

/** The type of what is held against events: that of their `at`; null where the model is broken. */
function timeOf(entity: Entity | null): ScalarType | null {
  const type = entity?.at == null ? undefined : entity.fields.get(entity.at)?.type;
  return type !== undefined && isTemporal(type) ? type : null;
}

/** `.followed_by(B, within: 24h, same: f)`: what only two collections together can be asked. Answers whether it is sound. */
export function checkNeighbours(
  of: string,
  [other, within, same]: readonly (Argument | undefined)[],
  at: Span,
  ctx: Context,
): boolean {
  const there = other === undefined ? undefined : ctx.tables.types.get(other.value);
  if (other === undefined || there?.kind !== "collection") return false;
  const [left, right] = [entityOf(ctx, of), entityOf(ctx, there.of)];
  const [ours, theirs] = [timeOf(left), timeOf(right)];
  if (left === null || right === null || ours === null || theirs === null) return false;
  if (ours.kind !== theirs.kind) {
    const [dated, timed] = ours.kind === "date" ? [left, right] : [right, left];
    const step = `.${words(ctx, at)}`;
    report(ctx, "two-kinds-of-time", { step, dated: dated.name, timed: timed.name }, other.value.span);
    return false;
  }
  const isLength = within === undefined || checkLength(within.value, ours, ctx);
  const names = same === undefined ? [] : fieldNames(same.value, ctx);
  if (names === null) return false;
  return names.map((name) => isOnBothSides(name, left, right, ctx)).every(Boolean) && isLength;
}

/** A length of time that is added to times of this type. */
function checkLength(expr: Expr, time: ScalarType, ctx: Context): boolean {
  const bare = strip(expr);
  if (bare.kind !== "duration") return false;
  const { unit, amount } = bare;
  const text = words(ctx, bare.span);
  if (time.kind === "date") {
    const uneven = (unit === "h" && amount % 24 !== 0) || (unit === "min" && amount % 1440 !== 0);
    if (uneven) report(ctx, "part-of-a-day", { text }, bare.span);
    return !uneven;
  }
  if (unit !== "mo" && unit !== "q" && unit !== "y") return true;
  const days = `${amount * (unit === "mo" ? 30 : unit === "q" ? 90 : 365)}d`;
  const fixes = [replace(ctx, `Write \`${days}\``, bare.span, days)];
  report(ctx, "calendar-step-of-timestamp", { text, days }, bare.span, { fixes });
  return false;
}

/** The names of `same: f` or `same: [f, g]`; null for anything else, which is reported. */
export function fieldNames(expr: Expr, ctx: Context | null): readonly Name[] | null {
  const bare = strip(expr);
  const names: Name[] = [];
  for (const item of bare.kind === "list" ? bare.items : [bare]) {
    const inner = strip(item);
    if (inner.kind === "name") names.push(inner.name);
    else if (inner.kind !== "error") {
      if (ctx !== null) report(ctx, "wrong-arguments", { name: "same:", example: "same: field" }, inner.span);
      return null;
    } else return null;
  }
  return names;
}

function isOnBothSides({ text: name, span }: Name, left: Entity, right: Entity, ctx: Context): boolean {
  const fields: Field[] = [];
  for (const entity of [left, right]) {
    const field = entity.fields.get(name);
    if (field === undefined || field.hidden) {
      report(ctx, "not-on-both-sides", { name, entity: entity.name, other: null }, span);
      return false;
    }
    refer(ctx, { kind: "field", entity: entity.name, name }, span);
    fields.push(field);
  }
  const [ours, theirs] = fields.map(({ type }) => type) as [Type, Type];
  if (ours.kind === "error" || theirs.kind === "error") return false;
  if (isScalar(ours) && sharedType(ours, theirs) !== null) return true;
  report(ctx, "not-on-both-sides", { name, entity: left.name, other: right.name }, span);
  return false;
}

/** The type in which fields of two entities are equal; null where they never are. A date is no timestamp here: nothing says whose day is meant. */
export const sharedType = (a: Type, b: Type): ScalarType | null =>
  isTemporal(a) && a.kind !== b.kind ? null : comparable(a, b);

/** What groups are made by. */
export function checkGrouping(expr: Expr, of: string, ctx: Context): Type | null {
  const entity = entityOf(ctx, of);
  const bare = strip(expr);
  if (ctx.tables.resolved.get(bare)?.kind !== "period" && bare.kind !== "duration") return value(expr, ctx);
  if (entity === null) return null;
  const time = timeOf(entity);
  if (entity.kind === "entity") {
    report(ctx, "no-time-of-its-own", { step: `.per(${words(ctx, bare.span)})`, entity: of }, bare.span);
    return null;
  }
  if (time === null) return null;
  if (bare.kind !== "duration") return DATE;
  const text = words(ctx, bare.span);
  const word = bare.unit === "mo" ? "month" : bare.unit === "q" ? "quarter" : bare.unit === "y" ? "year" : null;
  if (bare.amount === 0 || word !== null) {
    const fixes = word === null || bare.amount !== 1 ? [] : [replace(ctx, `Write \`${word}\``, bare.span, word)];
    report(ctx, "period-of-no-length", { text, word: bare.amount === 0 ? null : word }, bare.span, { fixes });
    return null;
  }
  return checkLength(bare, time, ctx) ? { kind: "duration" } : null;
}

/** The type of `group`: that of what the groups are made by. */
export function groupType({ per }: Extract<Resolved, { kind: "group" }>, ctx: Context): Type {
  const bare = strip(per);
  if (ctx.tables.resolved.get(bare)?.kind === "period") return DATE;
  return bare.kind === "duration" ? INTEGER : (ctx.tables.types.get(per) ?? ERROR);
}

/** `count`, `sum(amount)` in a condition about a group. */
export function groupAggregateType(
  { name }: Extract<Resolved, { kind: "groupAggregate" }>,
  args: readonly Argument[],
  ctx: Context,
): Type {
  const signature = OPERATORS[name as StepId].signatures[0];
  if (signature === undefined) return ERROR;
  const types: Type[] = [{ kind: "collection", of: "", grouped: false }];
  for (const [i, arg] of args.entries()) {
    const type = argument(arg.value, signature.operands[i + 1], "", ctx);
    if (type === null) return ERROR;
    types.push(type);
  }
  return resultType(signature, types) ?? ERROR;
}
