import { constantOf } from "../analyze/constants.ts";
import { strip } from "../analyze/context.ts";
import { argumentsOf, isPopulationCall, type PopulationId } from "../analyze/resolve-population.ts";
import type { Expr } from "../syntax/ast.ts";
import { InternalError } from "../text/assert.ts";
import { FLOAT, INTEGER } from "../types/type.ts";
import type { Ranking, Row, Test, Value } from "./ir.ts";
import { lowerCondition } from "./lower-condition.ts";
import { type LowerContext, originOf, resolvedOf, scopeRow } from "./lower-context.ts";
import { lowerValue } from "./lower-value.ts";

type Call = Extract<Expr, { kind: "call" }>;

/** Which of the functions about the whole population a call is; null for all others. */
export function populationOf(expr: Call, ctx: LowerContext): PopulationId | null {
  const resolved = resolvedOf(expr, ctx);
  return resolved.kind === "function" && isPopulationCall(resolved.name) ? resolved.name : null;
}

/** `top 10% by x of S per f with ties`. */
export function lowerRank(expr: Extract<Expr, { kind: "rank" }>, ctx: LowerContext): Test {
  const { amount, which, ties } = expr;
  const number = plainNumber(amount);
  return {
    kind: "top",
    which,
    amount: amount.percent ? { kind: "share", share: number } : { kind: "count", n: Number(number) },
    ties,
    ranking: ranking(expr.by, expr.of, expr.per, ctx),
    row: subject(ctx),
  };
}

/** `sample(10%, "spring")`: a larger share has the buckets of a smaller one, and more. */
export function lowerSample(expr: Call, ctx: LowerContext): Test {
  const [share, seed] = expr.args.map(({ value }) => strip(value));
  if (share === undefined || seed?.kind !== "text") throw new InternalError("a sample without a seed");
  return { kind: "bucket", row: subject(ctx), seed: seed.value, from: 0, to: bucketsOf(plainNumber(share)) };
}

/** `ntile(5, x, of: S, per: f)` and its kin. */
export function lowerTile(expr: Call, id: Exclude<PopulationId, "sample">, ctx: LowerContext): Value {
  const found = (name: string): Expr | null => argumentsOf(expr, id)?.get(name)?.value ?? null;
  const by = found("x");
  if (by === null) throw new InternalError(`${id} of nothing`);
  return {
    kind: "tile",
    tiles: tilesOf(id, found("n")),
    ranking: ranking(by, found("of"), found("per"), ctx),
    row: subject(ctx),
    type: id === "percentileRank" ? FLOAT : INTEGER,
    origin: originOf(expr.span, ctx),
  };
}

function tilesOf(id: Exclude<PopulationId, "sample">, written: Expr | null): number | "percentile" {
  switch (id) {
    case "ntile":
      return Number(written === null ? "" : plainNumber(written));
    case "quintile":
      return 5;
    case "decile":
      return 10;
    case "percentileRank":
      return "percentile";
  }
}

/** ⌈10,000 · share⌉, of a share in plain decimal text. */
export function bucketsOf(share: string): number {
  const [whole = "0", fraction = ""] = share.split(".");
  const buckets = Number(`${whole}${fraction.slice(0, 4).padEnd(4, "0")}`);
  return /[1-9]/.test(fraction.slice(4)) ? buckets + 1 : buckets;
}

function ranking(by: Expr, of: Expr | null, per: Expr | null, ctx: LowerContext): Ranking {
  return {
    entity: entityOf(ctx),
    by: lowerValue(by, 1, ctx),
    within: of === null ? null : lowerCondition(of, 1, ctx),
    per: per === null ? null : lowerValue(per, 1, ctx),
  };
}

const subject = (ctx: LowerContext): Row => scopeRow(0, entityOf(ctx));

function entityOf({ unit }: LowerContext): string {
  if (unit.entity === null) throw new InternalError(`${unit.name} has no population`);
  return unit.entity;
}

function plainNumber(expr: Expr): string {
  const constant = constantOf(expr);
  if (constant === null) throw new InternalError(`${expr.kind} is no number`);
  return String(constant.value);
}
