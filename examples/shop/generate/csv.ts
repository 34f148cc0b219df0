/** A cell; null is missing and becomes an empty one. */
export type Cell = string | number | boolean | null;
export type Row = readonly Cell[];

/** A table as RFC 4180 text: LF at each line's end, quotes where a cell needs them. */
export function csv(columns: readonly string[], rows: readonly Row[]): string {
  const lines = [columns.map(cell).join(",")];
  for (const row of rows) lines.push(row.map(cell).join(","));
  return `${lines.join("\n")}\n`;
}

const cell = (value: Cell): string => {
  if (value === null) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Cents as euros with two digits: 1999 is `19.99`. */
export function euros(cents: number): string {
  const whole = Math.trunc(Math.abs(cents) / 100);
  const rest = String(Math.abs(cents) % 100).padStart(2, "0");
  return `${cents < 0 ? "-" : ""}${whole}.${rest}`;
}
