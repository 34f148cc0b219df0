import { describeAccepts } from "../operators/signature.ts";
import type { Expr } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import { isOrdered, isScalar } from "../types/kinds.ts";
import { compareNumbers } from "../types/number.ts";
import { BOOLEAN, ERROR, FLOAT, INTEGER, type Type } from "../types/type.ts";
import { check, condition, value } from "./check.ts";
import { constantOf } from "./constants.ts";
import { type Context, replace, report, strip, words } from "./context.ts";
import { wrongKind } from "./reject.ts";
import { argumentsOf, type PopulationId } from "./resolve-population.ts";

/** The most tiles, which keeps what is counted far from 64 bits. */
const MOST_TILES = 1_000_000;

/** `ntile(5, x, of: S, per: f)`, `sample(10%, "spring")`. */
export function checkPopulationCall(expr: Extract<Expr, { kind: "call" }>, id: PopulationId, ctx: Context): Type {
  noteRanking(ctx);
  const sound = [...(argumentsOf(expr, id)?.values() ?? [])].map(({ operand, value: arg }) => {
    switch (operand.accepts) {
      case "share":
        return isShare(arg, ctx);
      case "seed":
        return isSeed(arg, ctx);
      case "whole":
        return isNumberOfTiles(arg, ctx);
      case "condition":
        return isCondition(arg, ctx);
      case "ordered":
        return isOrder(arg, ctx);
      default:
        return isPartition(arg, ctx);
    }
  });
  if (sound.includes(false)) return ERROR;
  return id === "sample" ? BOOLEAN : id === "percentileRank" ? FLOAT : INTEGER;
}

/** `top 10% by x of S per f with ties`. */
export function checkRank(expr: Extract<Expr, { kind: "rank" }>, ctx: Context): Type {
  noteRanking(ctx);
  const sound = [
    isAmount(expr.amount, expr.which, ctx),
    isOrder(expr.by, ctx),
    expr.of === null || isCondition(expr.of, ctx),
    expr.per === null || isPartition(expr.per, ctx),
  ];
  return sound.includes(false) ? ERROR : BOOLEAN;
}

/** A trait of the elements of a collection, or of what stands around them, that needs the whole population. */
export function checkTraitAmongElements(expr: Expr, name: string, at: Span, ctx: Context): void {
  if (!ctx.tables.overPopulation.has(name)) return;
  if (ctx.tables.amongElements.has(expr)) report(ctx, "population-inside-elements", { name, trait: name }, at);
  noteRanking(ctx);
}

/** What reads this unit as a value asks after the whole population. */
function noteRanking({ unit, tables }: Context): void {
  if (unit.kind === "trait") tables.overPopulation.add(unit.name);
}

function isOrder(expr: Expr, ctx: Context): boolean {
  const type = value(expr, ctx);
  if (type === null || isOrdered(type)) return type !== null;
  wrongKind(strip(expr), type, describeAccepts("ordered"), null, ctx);
  return false;
}

function isPartition(expr: Expr, ctx: Context): boolean {
  const type = value(expr, ctx, false);
  return type !== null && isScalar(type);
}

function isCondition(expr: Expr, ctx: Context): boolean {
  condition(expr, ctx);
  return ctx.tables.types.get(expr)?.kind !== "error";
}

function isShare(expr: Expr, ctx: Context): boolean {
  if (check(expr, ctx).kind === "error") return false;
  const bare = strip(expr);
  const constant = constantOf(bare);
  if (bare.kind === "number" && bare.percent && constant !== null)
    if (compareNumbers(String(constant.value), "1") <= 0) return true;
  const fixes =
    bare.kind === "number" && !bare.percent && compareNumbers(bare.text, "100") <= 0
      ? [replace(ctx, `Write \`${bare.text}%\``, bare.span, `${bare.text}%`)]
      : [];
  report(ctx, "not-a-share", { text: words(ctx, expr.span) }, expr.span, { fixes });
  return false;
}

function isSeed(expr: Expr, ctx: Context): boolean {
  const bare = strip(expr);
  if (check(expr, ctx).kind === "error") return false;
  if (bare.kind === "text") return true;
  const written = ctx.text.slice(bare.span.start, bare.span.end);
  const fixes =
    bare.kind === "number" || bare.kind === "date"
      ? [replace(ctx, `Write \`"${written}"\``, bare.span, `"${written}"`)]
      : [];
  report(ctx, "not-a-seed", { text: words(ctx, expr.span) }, expr.span, { fixes });
  return false;
}

function isNumberOfTiles(expr: Expr, ctx: Context): boolean {
  if (check(expr, ctx).kind === "error") return false;
  const number = wholeNumber(strip(expr));
  if (number !== null && number <= MOST_TILES) return true;
  report(ctx, "not-a-number-of-tiles", { text: words(ctx, expr.span) }, expr.span);
  return false;
}

function isAmount(expr: Expr, which: string, ctx: Context): boolean {
  if (check(expr, ctx).kind === "error") return false;
  const bare = strip(expr);
  if (bare.kind === "number" && bare.percent) return isShare(expr, ctx);
  if (wholeNumber(bare) !== null) return true;
  report(ctx, "not-an-amount", { text: words(ctx, expr.span), which }, expr.span);
  return false;
}

/** A whole number from 1 to what a double counts exactly; null for anything else. */
function wholeNumber(expr: Expr): number | null {
  if (expr.kind !== "number" || expr.percent || !/^\d+$/.test(expr.text)) return null;
  const number = Number(expr.text);
  return number >= 1 && Number.isSafeInteger(number) ? number : null;
}
