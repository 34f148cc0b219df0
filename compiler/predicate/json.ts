import type { ScalarType } from "../../language/types/type.ts";
import { type Cell, DataProblem, finite, parseInteger } from "./cell.ts";

/** A number as it is written, for 64 bits are more than a double holds; under a name that JSON has not. */
const WRITTEN: unique symbol = Symbol("written");

interface Written {
  readonly [WRITTEN]: string;
}

const isWritten = (value: unknown): value is Written => typeof value === "object" && value !== null && WRITTEN in value;

type Parse = (
  text: string,
  reviver: (key: string, value: unknown, context?: { readonly source?: string }) => unknown,
) => unknown;

/** The value at a path of JSON text, where it is of the type; missing otherwise. "Malformed JSON stops the run." */
export function jsonValue(cell: Cell, path: string, type: ScalarType): Cell {
  if (cell === null) return null;
  const value = parsed(String(cell));
  if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, path)) return null;
  const found = (value as Readonly<Record<string, unknown>>)[path];
  switch (type.kind) {
    case "text":
      return typeof found === "string" ? found : null;
    case "boolean":
      return typeof found === "boolean" ? found : null;
    case "integer":
      return isWritten(found) ? wholeNumber(found[WRITTEN]) : null;
    case "float":
      return isWritten(found) ? finite(Number(found[WRITTEN])) : null;
    case "decimal":
    case "date":
    case "timestamp":
      return null;
  }
}

function parsed(text: string): unknown {
  try {
    return (JSON.parse as Parse)(text, (_, value, context) =>
      typeof value === "number" ? { [WRITTEN]: context?.source ?? String(value) } : value,
    );
  } catch {
    throw new DataProblem("There is JSON that is malformed.");
  }
}

/** Only if it is whole and fits 64 bits: `3`, `3.0`, `3e2`. */
function wholeNumber(source: string): Cell {
  if (/^-?\d+$/.test(source)) return parseInteger(source);
  const double = Number(source);
  return Number.isInteger(double) && Math.abs(double) < 2 ** 63 ? BigInt(double) : null;
}
