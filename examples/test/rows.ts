import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { micros } from "./calendar.ts";

/** A row of a CSV file, by column. An empty cell is null. */
export type Row = Readonly<Record<string, string | null>>;
/** The rows of all files of a folder, by the file's name without `.csv`. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** Reads every CSV file of a folder. */
export function readTables(folder: string): Tables {
  const names = readdirSync(folder).filter((name) => name.endsWith(".csv"));
  return Object.fromEntries(
    names.map((name) => [name.slice(0, -4), readCsv(readFileSync(join(folder, name), "utf8"))]),
  );
}

function readCsv(text: string): readonly Row[] {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[i++];
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ",") {
      record.push(cell);
      cell = "";
    } else if (c === "\n") {
      records.push([...record, cell]);
      record = [];
      cell = "";
    } else cell += c;
  }
  const [columns = [], ...rows] = records;
  return rows.map((row) =>
    Object.fromEntries(columns.map((column, i) => [column, row[i] === "" ? null : (row[i] ?? null)])),
  );
}

/** The rows of each value of a column; rows without a value are left out. */
export function by<A>(rows: readonly A[], column: (row: A) => string | null): ReadonlyMap<string, readonly A[]> {
  const groups = new Map<string, A[]>();
  for (const row of rows) {
    const value = column(row);
    if (value === null) continue;
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [row]);
    else group.push(row);
  }
  return groups;
}

/** The text of a cell, null where there is none. */
export const text = (row: Row, column: string): string | null => row[column] ?? null;
/** A whole number or a fraction that needs no exactness. */
export const number = (row: Row, column: string): number | null =>
  row[column] === null || row[column] === undefined ? null : Number(row[column]);
/** An amount in cents. */
export const cents = (row: Row, column: string): number | null => {
  const amount = number(row, column);
  return amount === null ? null : Math.round(amount * 100);
};
/** An instant in microseconds since 1970. */
export const time = (row: Row, column: string): number | null => {
  const cell = text(row, column);
  return cell === null ? null : micros(cell);
};
/** Yes or no. */
export const yes = (row: Row, column: string): boolean | null => {
  const cell = text(row, column);
  return cell === null ? null : cell === "true" || cell === "1";
};
