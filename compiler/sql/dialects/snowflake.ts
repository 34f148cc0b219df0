import { sql } from "kysely";
import { formatDay, formatInstant } from "../../../language/meaning/calendar.ts";
import type { ScalarType } from "../../../language/types/type.ts";
import type { Constant } from "../../plan/term.ts";
import { rowsByUnion } from "../constant-rows.ts";
import type { BoundConstant, Dialect, NumberOperators, Operators, TextOperators, TimeOperators } from "../dialect.ts";
import { joined, number, plain, type Sql } from "../fragment.ts";
import { doubleQuoted, quotedText, writtenNumber } from "../literal.ts";
import type { Parameter } from "../statement.ts";

/**
 * Written from the documentation. Names are quoted, so that they are found as they are stored: usually in capital letters. Instants are TIMESTAMP_NTZ in
 * UTC, which the session's zone must be where a column is TIMESTAMP_LTZ; lists are ARRAY, JSON is VARIANT or OBJECT; texts have no collation.
 */
export const snowflake: Dialect = {
  name: "snowflake",
  title: "Snowflake",
  support: {
    level: "grammar",
    by: "a sample of its statements read by sqlfluff's grammar of Snowflake (3.4.2), each word of it looked up in the documentation; executed in every run of the tests by an emulation, DuckDB with functions of Snowflake's names; never by Snowflake itself",
  },
  identifier: doubleQuoted,
  repeats: false,
  placeholder: () => "?",
  literal,
  // No `with … as materialized`, so nothing is worked out alone.
  limits: {
    decimalDigits: () => 38,
    depth: 150,
    joins: 100,
    relations: 200,
    columns: 1000,
    windows: Number.POSITIVE_INFINITY,
    copiesGroups: false,
  },
  // Queries in the place of a value are taken in few forms.
  namesValues: false,
  samples: () => true,
  operators: () => OPERATORS,
};

function literal(value: Parameter): string {
  if (value.value === null) return "null";
  switch (value.type) {
    case "integer":
    case "decimal":
      return writtenNumber(value);
    case "boolean":
      return String(value.value);
    case "text":
    case "date":
    case "float":
    case "timestamp":
      return textLiteral(String(value.value));
  }
}

/** A backslash has a meaning in quotes: itself is written twice, what is not seen by its number. */
const textLiteral = (text: string): string =>
  quotedText(text.replaceAll("\\", "\\\\")).replaceAll(
    /[\p{Cc}\u2028\u2029\ufeff]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const INTEGER = "number(38, 0)";

function typeName(type: ScalarType): string {
  switch (type.kind) {
    case "text":
      return "varchar";
    case "boolean":
    case "date":
      return type.kind;
    case "integer":
      return INTEGER;
    case "decimal":
      return `number(38, ${type.scale})`;
    case "float":
      return "double";
    case "timestamp":
      return "timestamp_ntz";
  }
}

const cast = (value: Sql, type: string): Sql => sql`cast(${value} as ${plain(type)})`;

const text: TextOperators = {
  exact: null,
  order: (value) => value,
  ordered: (order) => order,
  fold: (value) => sql`translate(${value}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')`,
  // Where nothing stands is not documented.
  contains: (value, needle) =>
    sql`case when length(${needle}) = 0 then ${value} is not null else contains(${value}, ${needle}) end`,
  startsWith: (value, needle) => sql`left(${value}, length(${needle})) = ${needle}`,
  endsWith: (value, needle) => sql`right(${value}, length(${needle})) = ${needle}`,
};

/** Numbers have 38 digits: what leaves 64 bits is pushed out of them, and back. */
const MOST = 10n ** 38n - 1n;
const push = (bits: bigint): Sql => cast(plain(quotedText(String(MOST - bits))), INTEGER);
const [ABOVE, BELOW] = [push(2n ** 63n - 1n), push(2n ** 63n)];
const checked = (exact: Sql): Sql => sql`((((${exact} + ${ABOVE}) - ${ABOVE}) - ${BELOW}) + ${BELOW})`;

const LARGEST = cast(plain("'1.7976931348623157e308'"), "double");

/** Through its text, which becomes the nearest double. */
const nearest = (exact: Sql): Sql => cast(cast(exact, "varchar"), "double");

const numbers: NumberOperators = {
  decimals: {
    kind: "native",
    cast: (value, scale) => cast(value, `number(38, ${scale})`),
    product: (left, _, right) => sql`(${left} * ${right})`,
  },
  whole: (fn, value) => checked(cast(sql`${plain(fn)}(${value})`, INTEGER)),
  extreme: (fn, values) =>
    sql`case when ${joined(
      values.map((value) => sql`${value} is not null`),
      " and ",
    )} then ${plain(fn)}(${joined(values, ", ")}) end`,
  checked,
  wide: (integer) => integer,
  toFloat: (exact, type) => (type.kind === "integer" ? cast(exact, "double") : nearest(exact)),
  sum: (exact, type) =>
    type.kind === "integer" ? checked(sql`sum(${exact})`) : cast(sql`sum(${exact})`, "number(38, 9)"),
  sumAsFloat: (exact) => nearest(sql`sum(${exact})`),
  // What is no number is greater than all that are.
  finite: (value) => sql`case when abs(${value}) <= ${LARGEST} then ${value} end`,
  floats: (op, left, right) =>
    op === "/" ? sql`(${left} / nullif(${right}, 0))` : sql`(${left} ${plain(op)} ${right})`,
};

const added = (part: string, count: Sql, to: Sql): Sql => sql`dateadd(${plain(part)}, ${count}, ${to})`;
const between = (part: string, from: Sql, to: Sql): Sql => sql`datediff(${plain(part)}, ${from}, ${to})`;
const spaced = (instant: string): string => instant.replace("T", " ").replace("Z", "");

const times: TimeOperators = {
  instant: (micros) => cast(plain(quotedText(spaced(formatInstant(micros)))), "timestamp_ntz"),
  day: (day) => cast(plain(quotedText(formatDay(day))), "date"),
  now: sql`sysdate()`,
  clock: (instant, seconds) => (seconds === null ? instant : added("second", seconds, instant)),
  dayOf: (clock) => cast(clock, "date"),
  microsOfDay: (clock) => between("microsecond", sql`date_trunc('day', ${clock})`, clock),
  midnight: (date, seconds) => added("second", sql`-${seconds}`, cast(date, "timestamp_ntz")),
  part: (part, date) =>
    part === "day_of_week" ? sql`dayofweekiso(${date})` : sql`${plain(part === "day" ? "dayofmonth" : part)}(${date})`,
  // Where the session begins a week does not matter.
  startOf: (period, date) =>
    period === "week"
      ? cast(added("day", sql`1 - dayofweekiso(${date})`, date), "date")
      : cast(sql`date_trunc(${plain(quotedText(period))}, ${date})`, "date"),
  inYear: (year, date) => cast(added("month", sql`12 * (${number(year)} - year(${date}))`, date), "date"),
  shiftInstant: (instant, seconds) => added("second", number(seconds), instant),
  shiftDays: (date, days) => cast(added("day", number(days), date), "date"),
  shiftMonths: (date, months) => cast(added("month", number(months), date), "date"),
  daysBetween: (from, to) => between("day", from, to),
  microsBetween: (from, to) => between("microsecond", from, to),
  // A quotient of numbers has six digits after the point and is rounded, so it is made whole before.
  quotient: (dividend, divisor) => cast(sql`((${dividend} - mod(${dividend}, ${divisor})) / ${divisor})`, INTEGER),
};

const IN_64_BITS = plain("between -9223372036854775808 and 9223372036854775807");

/** What a VARIANT holds, as a value of the type where it is of it. A number is whole where its value is. */
function held(value: Sql, type: ScalarType): Sql {
  const kind = sql`typeof(${value})`;
  const double = cast(value, "double");
  switch (type.kind) {
    case "boolean":
      return sql`as_boolean(${value})`;
    case "integer": {
      const whole = cast(value, INTEGER);
      const exact = sql`try_cast(${cast(value, "varchar")} as number(38, 18))`;
      return sql`case ${kind} when 'INTEGER' then case when ${whole} ${IN_64_BITS} then ${whole} end when 'DECIMAL' then case when ${exact} = floor(${exact}) and ${exact} ${IN_64_BITS} then ${cast(exact, INTEGER)} end when 'DOUBLE' then case when ${double} = floor(${double}) and abs(${double}) < 9223372036854775808 then ${cast(double, INTEGER)} end end`;
    }
    case "float":
      return sql`case when ${kind} in ('INTEGER', 'DECIMAL', 'DOUBLE') then ${numbers.finite(double)} end`;
    case "decimal":
      return sql`case when ${kind} in ('INTEGER', 'DECIMAL', 'DOUBLE') then ${cast(value, `number(38, ${type.scale})`)} end`;
    case "date":
      return cast(value, "date");
    case "timestamp":
      return cast(value, "timestamp_ntz");
    case "text":
      return sql`as_varchar(${value})`;
  }
}

const element = plain("e_");

const OPERATORS: Operators = {
  constant,
  cell(column, type, stored) {
    if (type.kind === "list" || type.kind === "json") return column;
    if (type.kind === "text") return stored === "castText" ? cast(column, "varchar") : column;
    const value = cast(column, typeName(type));
    return type.kind === "float" ? numbers.finite(value) : value;
  },
  boolean: (condition) => sql`case when ${condition} then true else false end`,
  isTrue: (value) => value,
  text,
  has(list, value, of, fold) {
    const one = held(element, of);
    return sql`array_size(filter(${list}, ${element} -> ${fold ? text.fold(one) : one} = ${value})) > 0`;
  },
  hasElement: null,
  listText: (list) => sql`to_json(${list})`,
  json: (value, path, type) => held(sql`get(${value}, ${plain(textLiteral(path))})`, type),
  jsonText: (value) => sql`to_json(${value})`,
  numbers,
  times,
  keyText: (key, type) => (type.kind === "text" ? key : cast(key, "varchar")),
  bucket: (seed, key) => sql`mod(to_number(substr(sha2(${seed} || ':' || ${key}, 256), 1, 8), 'XXXXXXXX'), 10000)`,
  list: (json, type) =>
    sql`select ${cast(sql`as_varchar(f_.value)`, typeName(type))} as ${sql.id("value")} from table(flatten(input => parse_json(${json}))) as f_`,
  rows: rowsByUnion(INTEGER),
};

function constant({ type, value }: Constant): BoundConstant {
  const written = type.kind === "timestamp" && value !== null ? spaced(String(value)) : value;
  return { parameter: { type: type.kind, value: written }, type: typeName(type) };
}
