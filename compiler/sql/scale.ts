import { InternalError } from "../../language/text/assert.ts";
import type { ScalarType } from "../../language/types/type.ts";
import type { Term } from "../plan/term.ts";

/** The type of a value of the language. */
export function scalarOf({ type }: Term): ScalarType {
  if (type.kind === "clock" || type.kind === "list" || type.kind === "json")
    throw new InternalError(`a ${type.kind} is no value`);
  return type;
}

/** Digits after the point of an integer or decimal. */
export const scaleOf = (term: Term): number => (term.type.kind === "decimal" ? term.type.scale : 0);

/** Plain decimal text as whole units of 10^-scale; it has no more digits after the point than that. */
export function unitsOf(text: string, scale: number): bigint {
  const negative = text.startsWith("-");
  const [whole = "0", fraction = ""] = (negative ? text.slice(1) : text).split(".");
  const units = BigInt(`${whole}${fraction.slice(0, scale).padEnd(scale, "0")}`);
  return negative ? -units : units;
}
