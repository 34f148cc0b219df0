import { formatInstant, parseDay, parseInstant } from "../../language/meaning/calendar.ts";
import type { Const } from "../../language/meaning/ir.ts";
import type { Param } from "../../language/meaning/program.ts";
import type { ScalarType } from "../../language/types/type.ts";

/** A value for a param out of text: `3`, `true`, `2026-06-30`; null where the text is none of the param's type. A clock time is in the zone. */
export function paramValue({ type, origin }: Param, text: string, zone: string): Const | null {
  const value = constValue(type, text, zone);
  return value === null ? null : { kind: "const", type, value, origin };
}

const INTEGER_LIMIT = 2n ** 63n;

/** The canonical value of a text given for a type; null where it is none. */
function constValue(type: ScalarType, text: string, zone: string): string | number | boolean | null {
  switch (type.kind) {
    case "text":
      return text;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : null;
    case "integer": {
      if (!/^[+-]?\d{1,30}$/.test(text)) return null;
      const value = BigInt(text.replace("+", ""));
      return value < INTEGER_LIMIT && value >= -INTEGER_LIMIT ? String(value) : null;
    }
    case "decimal":
      return decimalValue(text, type.precision, type.scale);
    case "float": {
      const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
      return Number.isFinite(value) ? value : null;
    }
    case "date":
      return parseDay(text) === null ? null : text;
    case "timestamp": {
      const value = parseInstant(text, zone);
      return value === null ? null : formatInstant(value);
    }
  }
}

/** Plain decimal text of at most `scale` digits after the point, without needless zeros. */
function decimalValue(text: string, precision: number, scale: number): string | null {
  const [, sign, whole, fraction = ""] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  const digits = whole.replace(/^0+(?=\d)/, "");
  const rest = fraction.replace(/0+$/, "");
  if (rest.length > scale || (digits === "0" ? 0 : digits.length) > precision - scale) return null;
  const plain = rest === "" ? digits : `${digits}.${rest}`;
  return sign === "-" && plain !== "0" ? `-${plain}` : plain;
}
