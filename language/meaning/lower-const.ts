import type { Constant } from "../analyze/constants.ts";
import { InternalError } from "../text/assert.ts";
import { sameType } from "../types/equal.ts";
import { isNumber } from "../types/kinds.ts";
import type { ScalarType } from "../types/type.ts";
import { formatInstant, parseInstant } from "./calendar.ts";
import type { Const, Origin, Value, Zone } from "./ir.ts";

/** A written value. A timestamp with an offset becomes UTC; one without stays a clock time of the project's zone. */
export function lowerConstant(constant: Constant, origin: Origin): Const {
  const { type } = constant;
  if (type.kind !== "timestamp") return { kind: "const", type, value: constant.value, origin };
  const text = String(constant.value);
  const hasOffset = /(?:Z|[+-]\d{2}:\d{2})$/u.test(text);
  const instant = hasOffset ? parseInstant(text, "UTC") : null;
  return { kind: "const", type, value: instant === null ? text : formatInstant(instant), origin };
}

/** The value as its surroundings want it: `widen` or `local_date` (in the zone) around it, or the constant written anew. */
export function convert(value: Value, type: ScalarType, zone: Zone): Value {
  if (sameType(value.type, type)) return value;
  if (value.type.kind === "timestamp" && type.kind === "date") {
    return { kind: "local_date", value, zone, type, origin: value.origin };
  }
  if (!isNumber(value.type) || !isNumber(type)) {
    throw new InternalError(`${value.type.kind} does not become ${type.kind}`);
  }
  return value.kind === "const" ? convertConst(value, type) : { kind: "widen", value, type, origin: value.origin };
}

/** A constant of a wider number type; everything else is left as it is. */
export function convertConst(value: Const, type: ScalarType): Const {
  if (!isNumber(value.type) || !isNumber(type)) return value;
  if (type.kind === "float" && value.type.kind !== "float") return { ...value, type, value: Number(value.value) };
  return { ...value, type };
}
