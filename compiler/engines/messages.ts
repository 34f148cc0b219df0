import { nearest } from "../../language/diagnostics/suggest.ts";
import { printType } from "../../language/types/print.ts";
import { DataError } from "../sql/runner.ts";
import { type ColumnType, describeCell } from "./reader.ts";
import type { NeededColumn } from "./tables.ts";

const LONGEST_SHOWN = 60;

/** A value of the data inside a sentence: clipped, on one line, and not at all where the model hides it. */
export function shownValue(column: { readonly hidden: boolean }, value: string): string {
  if (column.hidden) return "a value that is not shown (`@pii` or `@sensitive`)";
  const characters = [...value];
  const clipped = characters.length > LONGEST_SHOWN ? `${characters.slice(0, LONGEST_SHOWN).join("")}…` : value;
  return `\`${[...clipped].map(visible).join("")}\``;
}

/** Control characters by their escapes, so that data cannot steer a terminal. */
function visible(character: string): string {
  const point = character.codePointAt(0) as number;
  const steers =
    point < 32 ||
    (point >= 127 && point < 160) ||
    (point >= 0x202a && point <= 0x202e) ||
    (point >= 0x2066 && point <= 0x2069);
  return steers ? `\\u{${point.toString(16)}}` : character;
}

/** A cell or value that does not parse. `where` ends before the colon. */
export function unreadable(where: string, column: NeededColumn, value: string): DataError {
  return new DataError(`${where}: ${shownValue(column, value)} is not ${describeCell(column.type)}.`);
}

/** A column that is not there. `where` ends before the colon. */
export function missingColumn(where: string, column: string, present: Iterable<string>): DataError {
  const near = nearest(column, present);
  const advice =
    near === null
      ? `Write \`from "…"\` after the field's type if the column has another name`
      : `Did the model mean \`${near}\`? Then write \`from ${JSON.stringify(near)}\` after the field's type`;
  return new DataError(`${where}: there is no column \`${column}\`. ${advice}.`);
}

/** A column whose own type is not the model's. `where` ends before the colon. */
export function wrongType(where: string, column: NeededColumn, native: string): DataError {
  return new DataError(
    `${where}: the column \`${column.name}\` has the type ${native}, which is not read as \`${printType(column.type)}\`. ${advice(column.type, native)}`,
  );
}

function advice(type: ColumnType, native: string): string {
  if (type.kind === "decimal" && /^(DOUBLE|FLOAT|real|double)/i.test(native))
    return "Declare the field as `float`, or store the column as a decimal.";
  return "Declare the field by the column's type, or convert the column.";
}

/** Where exact arithmetic left its range. The engine's own words would show values. */
export const overflow = (): DataError =>
  new DataError(
    "A number that a segment computes is too large: integers have 64 bits, decimals 29 digits before the point and 9 after it.",
  );
