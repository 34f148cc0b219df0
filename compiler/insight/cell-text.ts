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

/** More elements of a list than these are counted. */
const MOST = 8;

/** The elements of a list as people read them; null is unknown. */
export function listText(cell: Cell, of: ScalarType, telling: Telling): string | null {
  if (!Array.isArray(cell)) return null;
  const elements = (cell as readonly Cell[]).filter((element) => element !== null);
  if (elements.length === 0) return "nothing";
  const shown = elements.slice(0, MOST).map((element) => cellText(element, of, telling));
  const more = elements.length > MOST ? [`${elements.length - MOST} more`] : [];
  return [...shown, ...more].join(", ");
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
