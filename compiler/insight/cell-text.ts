import { formatDay, formatInstant } from "../../language/meaning/calendar.ts";
import type { Const } from "../../language/meaning/ir.ts";
import { constWords, type Telling } from "../../language/meaning/words-value.ts";
import type { ScalarType } from "../../language/types/type.ts";
import { type Cell, DECIMAL_ONE } from "../predicate/cell.ts";

const NOWHERE: Const["origin"] = { file: "", span: { start: 0, end: 0 } };

/** A cell as people read it: text in quotes, times by the project's clock. Null is unknown. */
export function cellText(cell: Cell, type: ScalarType, of: Telling): string | null {
  if (cell === null) return null;
  return constWords({ kind: "const", type, value: plainOf(cell, type), origin: NOWHERE }, of);
}

function plainOf(cell: Cell, type: ScalarType): Const["value"] {
  switch (type.kind) {
    case "date":
      return formatDay(Number(cell));
    case "timestamp":
      return formatInstant(cell as bigint);
    case "decimal":
      return decimalText(cell as bigint);
    case "integer":
      return String(cell);
    case "float":
      return cell as number;
    case "text":
    case "boolean":
      return cell as string | boolean;
  }
}

function decimalText(units: bigint): string {
  const size = units < 0n ? -units : units;
  const fraction = String(size % DECIMAL_ONE)
    .padStart(9, "0")
    .replace(/0+$/u, "");
  return `${units < 0n ? "-" : ""}${size / DECIMAL_ONE}${fraction === "" ? "" : `.${fraction}`}`;
}
