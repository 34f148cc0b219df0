import { isNumber } from "../types/kinds.ts";
import { compareNumbers } from "../types/number.ts";
import type { ScalarType } from "../types/type.ts";
import type { Constant } from "./constants.ts";

/** Whether a plain value can stand for one of the type: the same kind, or a number that the type holds exactly (a float its nearest double). */
export const fits = (type: ScalarType, constant: Constant): boolean =>
  isNumber(constant.type) && isNumber(type) ? holds(type, constant) : constant.type.kind === type.kind;

function holds(type: ScalarType, constant: Constant): boolean {
  if (type.kind === "float") return true;
  if (type.kind === "integer") return constant.type.kind === "integer";
  if (type.kind !== "decimal") return false;
  const scale = constant.type.kind === "decimal" ? constant.type.scale : 0;
  const limit = `1${"0".repeat(type.precision - type.scale)}`;
  const size = String(constant.value).replace("-", "");
  return scale <= type.scale && compareNumbers(size, limit) < 0;
}
