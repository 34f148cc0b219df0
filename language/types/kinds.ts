import type { ScalarType, Type } from "./type.ts";

/** integer, decimal or float. */
export function isNumber(t: Type): t is Extract<ScalarType, { kind: "integer" | "decimal" | "float" }> {
  return t.kind === "integer" || t.kind === "decimal" || t.kind === "float";
}

/** integer or decimal: a number that every engine computes exactly. */
export function isExact(t: Type): t is Extract<ScalarType, { kind: "integer" | "decimal" }> {
  return t.kind === "integer" || t.kind === "decimal";
}

/** date or timestamp. */
export function isTemporal(t: Type): t is Extract<ScalarType, { kind: "date" | "timestamp" }> {
  return t.kind === "date" || t.kind === "timestamp";
}

/** Has `<`, `min` and `max`: every scalar but boolean. */
export function isOrdered(t: Type): t is Exclude<ScalarType, { kind: "boolean" }> {
  return t.kind === "text" || isNumber(t) || isTemporal(t);
}

/** Its values stand in a column, a constant or a comparison. */
export function isScalar(t: Type): t is ScalarType {
  return t.kind === "boolean" || isOrdered(t);
}
