import { readType } from "../model/read-type.ts";
import type { Expr } from "../syntax/ast.ts";
import { isNumber, isScalar } from "../types/kinds.ts";
import { ERROR, type ScalarType, type Type } from "../types/type.ts";
import { widen } from "../types/widen.ts";
import type { Unit } from "./analysis.ts";
import { checkAnnotations } from "./annotations.ts";
import { check, condition, value } from "./check.ts";
import { checkAssert, checkPolicy } from "./check-claim.ts";
import { checkSegmentation, checkSnapshot, checkSplit } from "./check-division.ts";
import { checkTest } from "./check-example.ts";
import { mixed, plainItems } from "./check-in.ts";
import { want } from "./check-numbers.ts";
import { type Constant, constantOf } from "./constants.ts";
import { type Context, entityOf, fail, replace, report, strip, words } from "./context.ts";
import { fits } from "./fits.ts";
import { describe, unquoteFix, wrongKind } from "./reject.ts";

/** Checks one unit, whose names are resolved and whose traits, params and lists are checked. */
export function checkUnit(unit: Unit, ctx: Context): void {
  switch (unit.kind) {
    case "header":
      condition(unit.expr, ctx);
      return;
    case "segment":
      if (unit.decl.zone !== null) checkZone(unit.decl.zone, ctx);
      condition(unit.expr, ctx);
      break;
    case "trait":
      checkTrait(unit, ctx);
      break;
    case "segmentation":
      checkSegmentation(unit, ctx);
      break;
    case "split":
      checkSplit(unit, ctx);
      break;
    case "snapshot":
      checkSnapshot(unit, ctx);
      break;
    case "test":
      checkTest(unit, ctx);
      break;
    case "policy":
      checkPolicy(unit, ctx);
      break;
    case "assert":
      checkAssert(unit, ctx);
      break;
    case "param":
      checkParam(unit, ctx);
      break;
    case "list":
      checkListDeclaration(unit, ctx);
      break;
  }
  checkAnnotations(unit, ctx);
}

/** `in zone time_zone`: a text field. */
function checkZone(zone: Expr, ctx: Context): void {
  const type = check(zone, ctx);
  if (type.kind === "error") return;
  if (type.kind === "text" && ctx.tables.resolved.get(zone)?.kind === "field") return;
  const found = ctx.tables.resolved.get(zone)?.kind === "field" ? describe(type) : `no field`;
  report(ctx, "zone-of-no-field", { text: words(ctx, zone.span), found }, zone.span);
}

function checkTrait(unit: Extract<Unit, { kind: "trait" }>, ctx: Context): void {
  const type = value(unit.expr, ctx);
  if (type !== null && !ctx.tables.failed.has(unit)) giveType(unit, type, ctx);
}

function checkParam(unit: Extract<Unit, { kind: "param" }>, ctx: Context): void {
  const { decl, expr } = unit;
  const own = check(expr, ctx);
  const constant = constantOf(expr);
  if (own.kind !== "error" && (constant === null || !isScalar(own))) {
    report(ctx, "not-a-plain-value", { text: words(ctx, expr.span), where: "a param" }, expr.span);
  }
  const type = decl.type === null ? own : paramType(unit, ctx);
  if (type.kind === "error") fail(ctx);
  else if (!isScalar(type)) {
    if (decl.type !== null) report(ctx, "param-type", { name: unit.name, hint: paramHint }, decl.type.span);
  } else {
    giveType(unit, type, ctx);
    if (constant !== null) fitParam(unit, constant, type, ctx);
  }
}

const paramHint = "A param is a text, a number, a date, a timestamp or yes/no.";

function paramType(unit: Extract<Unit, { kind: "param" }>, ctx: Context): Type {
  if (unit.decl.type === null) return ERROR;
  return readType(unit.decl.type, unit.decl.name, {
    file: unit.file,
    report: (slug, params, at, extra) => report(ctx, slug, params, at, extra),
    isEntity: (name) => entityOf(ctx, name) !== null,
  });
}

/** The value has to be of the param's type; a whole number is also a decimal and a float. */
function fitParam(unit: Extract<Unit, { kind: "param" }>, constant: Constant, type: ScalarType, ctx: Context): void {
  const expr = strip(unit.expr);
  if (fits(type, constant)) {
    want(expr, type, ctx);
    return;
  }
  const fix = unquoteFix(expr, type, ctx);
  const day = constant.type.kind === "date" && type.kind === "timestamp" ? `${constant.value}T00:00` : null;
  const fixes = fix !== null ? [fix] : day === null ? [] : [replace(ctx, `Write \`${day}\``, expr.span, day)];
  const hint = `\`${words(ctx, expr.span)}\` is ${describe(constant.type)}; ${describe(type)} is needed.`;
  report(ctx, "param-type", { name: unit.name, hint }, expr.span, { fixes });
}

function checkListDeclaration(unit: Extract<Unit, { kind: "list" }>, ctx: Context): void {
  const list = strip(unit.expr);
  if (list.kind !== "list") {
    const type = check(unit.expr, ctx);
    if (type.kind !== "error")
      wrongKind(list, type, "a list in brackets", `Write \`[${words(ctx, list.span)}]\`.`, ctx);
    return;
  }
  const items = plainItems(list.items, "a list", ctx);
  if (items === null) return;
  let of: ScalarType | null = null;
  for (const item of items) {
    const next: ScalarType | null =
      of === null ? item.type : isNumber(of) ? widen(of, item.type) : of.kind === item.type.kind ? of : null;
    if (next === null) {
      mixed(items[0] as (typeof items)[number], item, ctx);
      return;
    }
    of = next;
  }
  ctx.tables.types.set(list, { kind: "list", of: of ?? { kind: "text" } });
  giveType(unit, of, ctx);
}

/** The type of what the name means; a declaration that is left out for its duplicate name has no say. */
function giveType(unit: Unit, type: ScalarType | null, ctx: Context): void {
  if (ctx.declared.get(unit.name) === unit) ctx.tables.valueTypes.set(unit.name, type);
}
