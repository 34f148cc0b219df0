import type { Value } from "../../language/meaning/ir.ts";
import { InternalError } from "../../language/text/assert.ts";
import { INTEGER } from "../../language/types/type.ts";
import { type Cell, compareCells, DataProblem, DECIMAL_ONE, finite, withinType } from "./cell.ts";

/** "Functions with a missing value are missing." `floor` and `ceil` of what leaves 64 bits stop the run, as arithmetic does. */
export function functionOf({ fn, args, type }: Extract<Value, { kind: "function" }>, cells: readonly Cell[]): Cell {
  if (cells.includes(null)) return null;
  const [first] = cells;
  switch (fn) {
    case "abs":
      if (typeof first === "number") return Math.abs(first);
      return withinType((first as bigint) < 0n ? -(first as bigint) : (first as bigint), type);
    case "floor":
    case "ceil":
      return whole(fn, first as Cell, args[0]?.type.kind === "decimal");
    case "least":
    case "greatest": {
      const sign = fn === "least" ? 1 : -1;
      return cells.reduce((best, cell) => (sign * compareCells(cell, best) < 0 ? cell : best));
    }
    case "distance_km":
      return finite(haversine(cells as readonly number[]));
  }
}

function whole(fn: "floor" | "ceil", cell: Cell, isDecimal: boolean): Cell {
  if (typeof cell === "number") {
    const rounded = fn === "floor" ? Math.floor(cell) : Math.ceil(cell);
    if (!Number.isFinite(rounded)) throw new DataProblem(`${rounded} leaves 64 bits.`);
    return withinType(BigInt(rounded), INTEGER);
  }
  if (typeof cell !== "bigint") throw new InternalError("no number");
  if (!isDecimal) return cell;
  const part = cell % DECIMAL_ONE;
  const truncated = cell / DECIMAL_ONE;
  const step = fn === "floor" ? (part < 0n ? -1n : 0n) : part > 0n ? 1n : 0n;
  return withinType(truncated + step, INTEGER);
}

/** "Haversine, mean radius 6,371,008.8 m." */
function haversine([lat1 = 0, lon1 = 0, lat2 = 0, lon2 = 0]: readonly number[]): number {
  const radians = (degrees: number): number => degrees * 0.017453292519943295;
  const [across, along] = [Math.sin(radians(lat2 - lat1) / 2), Math.sin(radians(lon2 - lon1) / 2)];
  const a = across * across + Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * along * along;
  return 12742.0176 * Math.asin(Math.sqrt(a > 1 ? 1 : a));
}
