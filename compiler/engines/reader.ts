import { formatInstant, parseDay, parseInstant } from "../../language/meaning/calendar.ts";
import { INTEGER_MAX, INTEGER_MIN } from "../../language/types/number.ts";
import type { JsonType, ListType, ScalarType } from "../../language/types/type.ts";
import { isNumberSource, type JsonValue, type NumberSource, parseJson, writeJson } from "./json.ts";

/** The types that a column of a file can have. */
export type ColumnType = ScalarType | ListType | JsonType;

/**
 * A value that was read, in its one spelling: text and JSON text as such; integers plain; decimals with as many decimals as the type;
 * floats numbers; dates `YYYY-MM-DD`; timestamps `YYYY-MM-DDTHH:MM:SS.ffffffZ`; missing null.
 */
export type Canonical = string | number | boolean | null | readonly Canonical[];

/** `UNREADABLE` where the cell does not parse: the run stops there. */
export const UNREADABLE = Symbol("unreadable");

/**
 * The reader specification: what a cell of a CSV or TSV file means, by the type that the model gives it. Section 8 of the language, to the letter;
 * every other reader (SQL in DuckDB, the page) agrees with this one on the fixtures in `compiler/test/fixtures/reader`.
 * Nothing is trimmed, and an empty cell is missing, quoted or not.
 */
export function readCell(type: ColumnType, text: string): Canonical | typeof UNREADABLE {
  if (text === "") return null;
  switch (type.kind) {
    case "text":
      return text;
    case "boolean":
      return readBoolean(text);
    case "integer":
      return readInteger(text);
    case "decimal":
      return readDecimal(text, type.precision, type.scale);
    case "float":
      return readFloat(text);
    case "date":
      return readDate(text);
    case "timestamp":
      return readTimestamp(text);
    case "list": {
      const value = parseJson(text);
      return value === undefined ? UNREADABLE : readValue(type, value);
    }
    case "json":
      return parseJson(text) === undefined ? UNREADABLE : text;
  }
}

/**
 * The same for a value of a JSON file: its JSON type has to be the model's. Integers and decimals may also be texts; dates and timestamps are texts.
 * `undefined` is a key that is not there.
 */
export function readValue(type: ColumnType, value: JsonValue | undefined): Canonical | typeof UNREADABLE {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case "text":
      return typeof value === "string" ? value : UNREADABLE;
    case "boolean":
      return typeof value === "boolean" ? value : UNREADABLE;
    case "integer":
      return typeof value === "string" ? readInteger(value) : readInteger(digitsOf(value).replace(/\.0*$/, ""));
    case "decimal":
      return readDecimal(typeof value === "string" ? value : digitsOf(value), type.precision, type.scale);
    case "float":
      return typeof value === "number" || isNumberSource(value) ? readFloat(sourceOf(value)) : UNREADABLE;
    case "date":
      return typeof value === "string" ? readDate(value) : UNREADABLE;
    case "timestamp":
      return typeof value === "string" ? readTimestamp(value) : UNREADABLE;
    case "list":
      return Array.isArray(value) ? readItems(type.of, value) : UNREADABLE;
    case "json":
      return writeJson(value) ?? UNREADABLE;
  }
}

function readItems(type: ScalarType, items: readonly JsonValue[]): Canonical | typeof UNREADABLE {
  const read: Canonical[] = [];
  for (const item of items) {
    const value = readValue(type, item);
    if (value === UNREADABLE) return UNREADABLE;
    read.push(value);
  }
  return read;
}

const sourceOf = (number: number | NumberSource): string =>
  typeof number === "number" ? String(number) : number.source;

/** The digits of a number without an exponent: of `1.5e3`, `1500.`. Empty where it is no number or has more digits than any type takes. */
function digitsOf(value: JsonValue): string {
  if (typeof value !== "number" && !isNumberSource(value)) return "";
  const source = sourceOf(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/.exec(source);
  if (match === null) return source;
  const [, sign, whole = "", fraction = "", exponent] = match;
  const shift = Number(exponent);
  if (Math.abs(shift) > 100) return /^0*$/.test(whole + fraction) ? "0" : "";
  const digits = `${"0".repeat(Math.max(0, -shift))}${whole}${fraction}${"0".repeat(Math.max(0, shift))}`;
  const point = Math.max(0, -shift) + whole.length + shift;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

const YES = ["true", "t", "1", "yes"];
const NO = ["false", "f", "0", "no"];

function readBoolean(text: string): boolean | typeof UNREADABLE {
  // Longer words cannot be one of these, and the case of A–Z alone is ignored: "YEſ" is not "yes".
  const word = text.length > 5 ? text : text.toLowerCase();
  return YES.includes(word) ? true : NO.includes(word) ? false : UNREADABLE;
}

function readInteger(text: string): string | typeof UNREADABLE {
  const match = /^([+-]?)(\d+)$/.exec(text);
  const digits = match === null ? "" : withoutLeadingZeros(match[2] as string);
  if (match === null || digits.length > 19) return UNREADABLE;
  const value = BigInt(`${match[1] === "-" ? "-" : ""}${digits === "" ? "0" : digits}`);
  return value < INTEGER_MIN || value > INTEGER_MAX ? UNREADABLE : String(value);
}

/** Exactly, or not at all: zeros may follow the last decimal of the type, other digits may not. */
function readDecimal(text: string, precision: number, scale: number): string | typeof UNREADABLE {
  const match = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))$/.exec(text);
  if (match === null) return UNREADABLE;
  const whole = withoutLeadingZeros(match[2] ?? "");
  const fraction = match[3] ?? match[4] ?? "";
  if (whole.length > precision - scale || !/^0*$/.test(fraction.slice(scale))) return UNREADABLE;
  const digits = `${whole === "" ? "0" : whole}${scale === 0 ? "" : `.${fraction.slice(0, scale).padEnd(scale, "0")}`}`;
  return match[1] === "-" && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

const withoutLeadingZeros = (digits: string): string => digits.replace(/^0+/, "");

/** NaN and the infinities, also those that a too large number becomes, are missing. */
function readFloat(text: string): number | null | typeof UNREADABLE {
  if (/^[+-]?(nan|inf(inity)?)$/i.test(text)) return null;
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text)) return UNREADABLE;
  const value = Number(text);
  return Number.isFinite(value) ? value + 0 : null;
}

function readDate(text: string): string | typeof UNREADABLE {
  return parseDay(text) === null ? UNREADABLE : text;
}

const TIMESTAMP = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d(:?\d\d)?)?$/;

/** Without an offset in UTC. Whatever its offset, it has to lie in the years 1 to 9999. */
function readTimestamp(text: string): string | typeof UNREADABLE {
  const instant = TIMESTAMP.test(text) ? parseInstant(text, "UTC") : null;
  if (instant === null) return UNREADABLE;
  const written = formatInstant(instant);
  return parseInstant(written, "UTC") === instant ? written : UNREADABLE;
}

/** What a cell of this type looks like, as the end of a sentence. */
export function describeCell(type: ColumnType): string {
  switch (type.kind) {
    case "text":
      return "a text";
    case "boolean":
      return "`true` or `false` (also `t` and `f`, `1` and `0`, `yes` and `no`)";
    case "integer":
      return "a whole number of 64 bits, written in digits alone";
    case "decimal":
      return `a number with at most ${type.precision - type.scale} digits before the point and ${type.scale} after it`;
    case "float":
      return "a number";
    case "date":
      return "a date, written `YYYY-MM-DD`";
    case "timestamp":
      return "a timestamp, written `YYYY-MM-DDTHH:MM:SS` with up to six decimals and, if it is not UTC, its offset";
    case "list":
      return `a list, written as a JSON array, each item ${describeCell(type.of)}`;
    case "json":
      return "JSON";
  }
}
