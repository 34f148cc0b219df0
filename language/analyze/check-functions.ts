import { describeAccepts } from "../operators/signature.ts";
import type { Expr } from "../syntax/ast.ts";
import { isNumber, isOrdered } from "../types/kinds.ts";
import { ERROR, FLOAT, INTEGER, type ScalarType, type Type } from "../types/type.ts";
import { value } from "./check.ts";
import { cannotCompare, meet } from "./check-compare.ts";
import { join, want } from "./check-numbers.ts";
import { type Context, strip } from "./context.ts";
import { wrongKind } from "./reject.ts";

interface Given {
  readonly expr: Expr;
  readonly type: ScalarType;
}

/** Functions over numbers, and over several values of one kind; null for all others. */
export function checkNumeric(name: string, args: readonly Expr[], ctx: Context): Type | null {
  switch (name) {
    case "abs":
      return numbers(args, ctx)?.[0]?.type ?? ERROR;
    case "floor":
    case "ceil":
      return numbers(args, ctx) === null ? ERROR : INTEGER;
    case "distanceKm": {
      const given = numbers(args, ctx);
      for (const { expr } of given ?? []) want(expr, FLOAT, ctx);
      return given === null ? ERROR : FLOAT;
    }
    case "least":
    case "greatest":
      return oneOf(args, ctx);
    default:
      return null;
  }
}

/** Values, all of which are asked for before one is found wanting; null where one is none of this kind, which is reported. */
function values(args: readonly Expr[], fits: (t: ScalarType) => boolean, wanted: string, ctx: Context) {
  const given: Given[] = [];
  for (const expr of args) {
    const type = value(expr, ctx, fits(INTEGER));
    if (type === null) continue;
    if (fits(type)) given.push({ expr, type });
    else wrongKind(strip(expr), type, wanted, null, ctx);
  }
  return given.length < args.length ? null : given;
}

const numbers = (args: readonly Expr[], ctx: Context) => values(args, isNumber, describeAccepts("number"), ctx);

/** The least or greatest of several: the type that holds them all. */
function oneOf(args: readonly Expr[], ctx: Context): Type {
  const given = values(args, isOrdered, describeAccepts("ordered"), ctx);
  const [first, ...others] = given ?? [];
  if (given === null || first === undefined) return ERROR;
  let common: ScalarType | null = isNumber(first.type) ? join(given) : first.type;
  for (const other of others) {
    const met = first.type.kind === other.type.kind || (isNumber(first.type) && isNumber(other.type));
    if (met && (isNumber(first.type) || meet(first.expr, first.type, other.expr, other.type) !== null)) continue;
    cannotCompare(first.expr, first.type, other.expr, other.type, ctx);
    common = null;
    break;
  }
  if (common === null) return ERROR;
  for (const { expr } of given) want(expr, common, ctx);
  return common;
}
