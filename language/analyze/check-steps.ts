import type { Operand } from "../operators/operator.ts";
import { accepts, describeAccepts, resultType } from "../operators/signature.ts";
import { OPERATORS, type OperatorId, type StepId } from "../operators/table.ts";
import type { Argument, Expr } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import { ERROR, INTEGER, TEXT, type Type } from "../types/type.ts";
import { check, condition, value } from "./check.ts";
import { checkGrouping, checkNeighbours, groupAggregateType } from "./check-chain.ts";
import { checkNumeric } from "./check-functions.ts";
import { checkPopulationCall } from "./check-population.ts";
import { checkWindow, moment } from "./check-windows.ts";
import { constantOf } from "./constants.ts";
import { type Context, entityOf, replace, report, strip, words } from "./context.ts";
import { wrongKind } from "./reject.ts";
import { isPopulationCall } from "./resolve-population.ts";
import { argumentsIn, stepForm } from "./step-signature.ts";

/** A step over a collection, which is checked already. `at` is its word. */
export function checkStep(expr: Expr, object: Expr, args: readonly Argument[], at: Span, ctx: Context): Type {
  const collection = ctx.tables.types.get(object);
  const named = ctx.tables.resolved.get(expr);
  if (named?.kind !== "step" || (collection?.kind !== "collection" && collection?.kind !== "gaps")) return ERROR;
  const id = named.name as StepId;
  const form = stepForm(id, collection, args);
  if (form === null) return ERROR;
  const { signature, places } = form;
  if (signature.operands[0]?.accepts === "dated" && !hasItsTime(id, collection.of, at, ctx)) return ERROR;
  const types: (Type | undefined)[] = [collection];
  let isSound = true;
  for (const [i, arg] of args.entries()) {
    const place = places[i] ?? 0;
    const type = argument(arg.value, signature.operands[place], collection.of, ctx);
    if (type === null) isSound = false;
    else types[place] = type;
  }
  if (isSound && signature.operands[1]?.accepts === "dated")
    isSound = checkNeighbours(collection.of, argumentsIn(form, args), at, ctx);
  if (id === "afterGap" && isSound) isSound = args.every(({ value: gap }) => isExactGap(gap, collection.of, ctx));
  return isSound ? (resultType(signature, types) ?? ERROR) : ERROR;
}

/** `purchases.last90d`. */
export function checkWindowStep(expr: Extract<Expr, { kind: "windowStep" }>, ctx: Context): Type {
  const collection = ctx.tables.types.get(expr.object);
  if (collection?.kind !== "collection") return ERROR;
  return hasItsTime(expr.direction, collection.of, expr.stepSpan, ctx) ? collection : ERROR;
}

/** Whether the elements have what a step over their time needs. */
function hasItsTime(id: StepId, of: string, at: Span, ctx: Context): boolean {
  const entity = entityOf(ctx, of);
  if (entity === null) return false;
  if (entity.kind === "entity") {
    report(ctx, "no-time-of-its-own", { step: `.${OPERATORS[id].words[0]}`, entity: of }, at);
    return false;
  }
  if (entity.at === null) return false;
  if (id === "next" && !entity.scheduled) {
    report(ctx, "nothing-ahead", { event: of }, at);
    return false;
  }
  return true;
}

/** Whether a length of time before an element is as long for each of them: exact beside a timestamp, whole days beside a date. */
function isExactGap(gap: Expr, of: string, ctx: Context): boolean {
  const duration = strip(gap);
  const entity = entityOf(ctx, of);
  if (duration.kind !== "duration" || entity === null) return false;
  const { unit, amount, span } = duration;
  const text = words(ctx, span);
  if (unit === "mo" || unit === "q" || unit === "y") {
    const days = `${amount * (unit === "mo" ? 30 : unit === "q" ? 90 : 365)}d`;
    const fixes = [replace(ctx, `Write \`${days}\``, span, days)];
    report(ctx, "calendar-gap", { text, days }, span, { fixes });
    return false;
  }
  const isDate = entity.fields.get(entity.at ?? "")?.type.kind === "date";
  const isUneven = (unit === "h" && amount % 24 !== 0) || (unit === "min" && amount % 1440 !== 0);
  if (isDate && isUneven) report(ctx, "part-of-a-day", { text }, span);
  return !(isDate && isUneven);
}

/** What a step or a function is given: its type, or null where it does not fit, which is reported. */
export function argument(expr: Expr, operand: Operand | undefined, of: string, ctx: Context): Type | null {
  if (operand === undefined) return null;
  switch (operand.accepts) {
    case "condition":
      condition(expr, ctx);
      return ctx.tables.types.get(expr)?.kind === "error" ? null : { kind: "boolean" };
    case "dated":
      return otherEvents(expr, ctx);
    // Names alone, which `checkNeighbours` looks up on both sides.
    case "fields":
      return TEXT;
    case "grouping":
      return checkGrouping(expr, of, ctx);
    case "window":
      return checkWindow(expr, entityOf(ctx, of), ctx) ? { kind: "window" } : null;
    case "moment":
      return moment(expr, ctx);
    case "unit":
      return TEXT;
    case "duration": {
      const type = check(expr, ctx);
      if (type.kind === "error" || type.kind === "duration") return type.kind === "error" ? null : type;
      const text = words(ctx, expr.span);
      report(ctx, "length-of-time", { text }, expr.span);
      return null;
    }
    case "whole":
      return wholeNumber(expr, ctx);
    default: {
      const type = value(expr, ctx, accepts(operand.accepts, INTEGER));
      if (type === null || accepts(operand.accepts, type)) return type;
      wrongKind(strip(expr), type, describeAccepts(operand.accepts), null, ctx);
      return null;
    }
  }
}

/** A number of elements, which is written out. */
function wholeNumber(expr: Expr, ctx: Context): Type | null {
  const type = check(expr, ctx);
  if (type.kind === "error") return null;
  const bare = strip(expr);
  const constant = bare.kind === "number" && !bare.percent ? constantOf(bare) : null;
  if (constant?.type.kind === "integer") return INTEGER;
  report(ctx, "not-a-count", { text: words(ctx, expr.span) }, expr.span);
  return null;
}

/** A collection of events beside another. */
function otherEvents(expr: Expr, ctx: Context): Type | null {
  const type = check(expr, ctx);
  if (type.kind === "error") return null;
  const bare = strip(expr);
  if (type.kind === "collection" && !type.grouped) {
    const entity = entityOf(ctx, type.of);
    if (entity !== null && entity.kind !== "entity") return entity.at === null ? null : type;
  }
  wrongKind(bare, type, describeAccepts("dated"), null, ctx);
  return null;
}

/** `days_since(t)`. */
export function checkCall(expr: Extract<Expr, { kind: "call" }>, ctx: Context): Type {
  const named = ctx.tables.resolved.get(expr);
  if (named?.kind === "groupAggregate") return groupAggregateType(named, expr.args, ctx);
  if (named?.kind !== "function") return ERROR;
  if (isPopulationCall(named.name)) return checkPopulationCall(expr, named.name, ctx);
  const args = expr.args.map((arg) => arg.value);
  const numeric = checkNumeric(named.name, args, ctx);
  if (numeric !== null) return numeric;
  const signature = OPERATORS[named.name as OperatorId].signatures[0];
  if (signature === undefined) return ERROR;
  const types = expr.args.map((arg, i) => argument(arg.value, signature.operands[i], "", ctx));
  const sound = types.filter((t) => t !== null);
  return sound.length < types.length ? ERROR : (resultType(signature, sound) ?? ERROR);
}
