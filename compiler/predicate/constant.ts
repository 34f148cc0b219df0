import { parseDay, parseInstant } from "../../language/meaning/calendar.ts";
import type { Const } from "../../language/meaning/ir.ts";
import { InternalError } from "../../language/text/assert.ts";
import { type Cell, finite, parseDecimal, parseInteger } from "./cell.ts";

/** The cell of a constant; a timestamp without an offset is a clock time of the zone. */
export function constant(node: Const, zone: string): Cell {
  const cell = read(node, zone);
  if (cell === null && node.value !== null && node.type.kind !== "float")
    throw new InternalError(`not a ${node.type.kind}: ${node.value}`);
  return cell;
}

function read({ type, value }: Const, zone: string): Cell {
  if (value === null) return null;
  switch (type.kind) {
    case "text":
    case "boolean":
      return value;
    case "integer":
      return parseInteger(String(value));
    case "decimal":
      return parseDecimal(String(value));
    case "float":
      return finite(Number(value));
    case "date":
      return parseDay(String(value));
    case "timestamp":
      return parseInstant(String(value), zone);
  }
}
