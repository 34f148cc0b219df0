import type { Pred, Value } from "../../language/meaning/ir.ts";
import { aggregate } from "./arithmetic.ts";
import type { Cell } from "./cell.ts";
import type { Scope } from "./interpretation.ts";

/** An aggregate over the elements that these scopes are of. */
export function worked(
  { fn, of, cond }: Extract<Value, { kind: "aggregate" | "groupAggregate" }>,
  scopes: readonly Scope[],
  evaluate: (value: Value, scope: Scope) => Cell,
  holds: (pred: Pred, scope: Scope) => boolean,
): Cell {
  if (of !== null && fn !== "count" && fn !== "share") {
    const cells = scopes.map((inner) => evaluate(of, inner));
    return aggregate(fn, cells, of.type);
  }
  if (cond === null) return BigInt(scopes.length);
  // "`share` is the part that meets `cond`", and missing of nothing.
  const met = scopes.map((inner) => holds(cond, inner)).filter(Boolean).length;
  return scopes.length === 0 ? null : met / scopes.length;
}
