import { assertNever } from "../../language/text/assert.ts";
import type { ScalarType } from "../../language/types/type.ts";
import { DataError } from "../sql/runner.ts";
import { shownValue } from "./messages.ts";
import type { ColumnType } from "./reader.ts";
import type { NeededColumn } from "./tables.ts";

/** Answers the rows of a statement of ours without parameters. */
export type Query = (sql: string) => readonly Readonly<Record<string, unknown>>[];

/** A table of a SQLite file: its name there and all its columns. */
export interface SqliteTable {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface Checked {
  /** Columns of timestamps that are whole microseconds. */
  readonly micros: readonly string[];
  readonly notes: readonly string[];
}

const ident = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Looks at all values of the needed columns in one pass: SQLite's columns promise no type. Throws `DataError` for the first column with values in a form
 * that is not read, with the view that mends it. `where` names the file.
 */
export function checkTable(
  query: Query,
  table: SqliteTable,
  columns: readonly NeededColumn[],
  decimals: "number" | "minor",
  where: string,
): Checked {
  const tests = columns.map((column) => ({
    column,
    x: ident(column.name),
    forms: formsOf(column.type, ident(column.name), decimals),
  }));
  const counts = tests.flatMap(({ x, forms }, index) => [
    `count(${x}) - coalesce(sum(${forms.usual} or ${forms.micros ?? "0"}), 0) as "bad${index}"`,
    `coalesce(sum(${forms.micros ?? "0"}), 0) as "micros${index}"`,
    `coalesce(sum(${forms.usual}), 0) as "usual${index}"`,
    `max(case when ${forms.micros ?? "0"} then abs(${x}) end) as "greatest${index}"`,
  ]);
  const [row = {}] = counts.length === 0 ? [] : query(`select ${counts.join(", ")} from ${ident(table.name)}`);
  const number = (name: string, index: number): number => Number(row[`${name}${index}`] ?? 0);
  tests.forEach(({ column, x, forms }, index) => {
    const bad = number("bad", index);
    if (bad > 0) {
      const good = `(${forms.usual} or ${forms.micros ?? "0"})`;
      const [first] = query(
        `select cast(${x} as text) as "value" from ${ident(table.name)} where ${x} is not null and not ${good} limit 1`,
      );
      throw unread(table, column, offenders(column, bad, String(first?.["value"])), decimals, where);
    }
    if (forms.micros !== null && number("micros", index) > 0 && number("usual", index) > 0)
      throw unread(table, column, "texts and numbers side by side,", decimals, where);
  });
  const micros = tests.filter((_, index) => number("micros", index) > 0);
  return {
    micros: micros.map(({ column }) => column.name),
    notes: micros
      .filter(({ column }) => number("greatest", columns.indexOf(column)) < JANUARY_1970)
      .map(
        ({ column }) =>
          `All of \`${table.name}.${column.name}\` in ${where} lies within weeks of 1970-01-01 when read as microseconds. Are they seconds or milliseconds?`,
      ),
  };
}

function offenders(column: NeededColumn, count: number, first: string): string {
  const values = count === 1 ? "a value" : `${count} values`;
  return column.hidden
    ? `${values} not shown (\`@pii\` or \`@sensitive\`),`
    : `${values}, such as ${shownValue(column, first)},`;
}

/** Microseconds of seven weeks: today's instants in seconds or milliseconds are less. */
const JANUARY_1970 = 2 ** 42;

interface Forms {
  /** SQL, 1 for a value in the usual form, 0 else; missing values are not asked. */
  readonly usual: string;
  /** The same for whole microseconds; null but for timestamps. */
  readonly micros: string | null;
}

const DIGITS = (count: number): string => "[0-9]".repeat(count);
const DAY = `${DIGITS(4)}-${DIGITS(2)}-${DIGITS(2)}`;

function formsOf(type: ColumnType, x: string, decimals: "number" | "minor"): Forms {
  const usual = (test: string): Forms => ({ usual: `coalesce(${test}, 0)`, micros: null });
  switch (type.kind) {
    case "text":
      return usual(`typeof(${x}) = 'text'`);
    case "boolean":
      return usual(`typeof(${x}) = 'integer' and ${x} in (0, 1)`);
    case "integer":
      return usual(`typeof(${x}) = 'integer'`);
    case "decimal":
      return usual(
        decimals === "minor"
          ? `typeof(${x}) = 'integer'`
          : `typeof(${x}) in ('integer', 'real') and abs(cast(${x} as real)) < 9e999`,
      );
    case "float":
      return usual(`typeof(${x}) in ('integer', 'real')`);
    case "date":
      return usual(`typeof(${x}) = 'text' and ${x} glob '${DAY}' and ${x} >= '0001-01-01' and date(${x}) = ${x}`);
    case "timestamp": {
      const pattern = `${DAY} ${DIGITS(2)}:${DIGITS(2)}:${DIGITS(2)}.${DIGITS(6)}`;
      const text = `typeof(${x}) = 'text' and ${x} glob '${pattern}' and ${x} >= '0001-01-01' and datetime(substr(${x}, 1, 19)) = substr(${x}, 1, 19)`;
      return {
        ...usual(text),
        micros: `coalesce(typeof(${x}) = 'integer' and ${x} between -62135596800000000 and 253402300799999999, 0)`,
      };
    }
    case "list":
      return usual(
        `case when typeof(${x}) = 'text' and json_valid(${x}) then json_type(${x}) = 'array' and not exists (select 1 from json_each(${x}) as e where e.type <> 'null' and not (${elementForm(type.of, decimals)})) else 0 end`,
      );
    case "json":
      return usual(`typeof(${x}) = 'text' and json_valid(${x})`);
    default:
      return assertNever(type);
  }
}

/** What an element of a JSON array is, by its type; an instant or a day is written as in a column. */
function elementForm(of: ScalarType, decimals: "number" | "minor"): string {
  switch (of.kind) {
    case "text":
      return "e.type = 'text'";
    case "boolean":
      return "e.type in ('true', 'false')";
    case "integer":
      return "e.type = 'integer' and typeof(e.value) = 'integer'";
    case "decimal":
      return decimals === "minor" ? "e.type = 'integer'" : "e.type in ('integer', 'real')";
    case "float":
      return "e.type in ('integer', 'real')";
    case "date":
      return formsOf(of, "e.value", "number").usual;
    case "timestamp":
      return formsOf(of, "e.value", "number").usual;
  }
}

function unread(
  table: SqliteTable,
  column: NeededColumn,
  what: string,
  decimals: "number" | "minor",
  where: string,
): DataError {
  const mended = mend(column.type, ident(column.name), decimals);
  const message = `${where}, table \`${table.name}\`: the column \`${column.name}\` holds ${what} and \`${column.type.kind}\` is read from ${describe(column.type, decimals)}.`;
  if (mended === null) return new DataError(message);
  const view = `${table.name}_mended`;
  const columns = table.columns.map((name) => (name === column.name ? `${mended} as ${ident(name)}` : ident(name)));
  return new DataError(
    `${message} A view mends it, for \`from ${view}\` in the model:\ncreate view ${ident(view)} as select ${columns.join(", ")} from ${ident(table.name)};`,
  );
}

function describe(type: ColumnType, decimals: "number" | "minor"): string {
  switch (type.kind) {
    case "text":
      return "text";
    case "boolean":
      return "0 and 1";
    case "integer":
      return "whole numbers";
    case "decimal":
      return decimals === "minor" ? "whole numbers of its smallest unit" : "numbers";
    case "float":
      return "numbers";
    case "date":
      return "text `YYYY-MM-DD`";
    case "timestamp":
      return "text `YYYY-MM-DD HH:MM:SS.ffffff` in UTC, or from whole microseconds since 1970, one of them in the whole column";
    case "list":
      return `JSON arrays of ${describe(type.of, decimals)}`;
    case "json":
      return "JSON text";
  }
}

/** SQL that brings the usual other forms of `x` into the one that is read; null where there is no telling. */
function mend(type: ColumnType, x: string, decimals: "number" | "minor"): string | null {
  const lower = `lower(cast(${x} as text))`;
  switch (type.kind) {
    case "text":
      return `cast(${x} as text)`;
    case "boolean":
      return `case when ${lower} in ('true', 't', 'yes', '1') then 1 when ${lower} in ('false', 'f', 'no', '0') then 0 end`;
    case "integer":
      return `cast(${x} as integer)`;
    case "decimal":
      return decimals === "minor" ? `cast(round(${x} * ${10 ** type.scale}) as integer)` : `cast(${x} as real)`;
    case "float":
      return `cast(${x} as real)`;
    case "date":
      return `date(${x})`;
    case "timestamp":
      return `case typeof(${x}) when 'integer' then strftime('%Y-%m-%d %H:%M:%S', ${x} / 1000000, 'unixepoch') || printf('.%06d', ${x} % 1000000) else strftime('%Y-%m-%d %H:%M:%f', ${x}) || '000' end`;
    case "list":
    case "json":
      return null;
  }
}
