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
 * Written from the documentation. Redshift passes over blanks at the end of texts that it compares, so texts are compared, grouped and ordered by
 * their bytes. Instants are TIMESTAMP in UTC, which the session's zone must be where a column is TIMESTAMPTZ; lists and JSON are SUPER, days in a list
 * `2026-01-31` and instants `2026-01-31 10:00:00.000000`. Names are folded to lower case unless the session has `enable_case_sensitive_identifier`.
 */
export const redshift: Dialect = {
  name: "redshift",
  title: "Redshift",
  support: {
    level: "grammar",
    by: "a sample of its statements read by sqlfluff's grammar of Redshift (3.4.2), each word of it looked up in the documentation; executed in every run of the tests by an emulation, PostgreSQL with functions of Redshift's names; never by Redshift itself",
  },
  identifier: doubleQuoted,
  repeats: true,
  placeholder: (index) => `$${index}`,
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
  // A query in the place of a value must not lead through a second one to the row around it.
  namesValues: false,
  findsMember: (name) => !/\p{Lu}/u.test(name),
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

/** Without a backslash in quotes: whether it means itself there depends on the version and the session. */
function textLiteral(text: string): string {
  if (!text.includes("\\")) return quotedText(text);
  const pieces = text.split(/(\\+)/).filter((piece) => piece !== "");
  const written = pieces.map((piece) =>
    piece.startsWith("\\") ? (piece.length === 1 ? "chr(92)" : `repeat(chr(92), ${piece.length})`) : quotedText(piece),
  );
  return `(${written.join(" || ")})`;
}

/** A plain `varchar` would keep 256 bytes. */
const TEXT = "varchar(max)";

function typeName(type: ScalarType): string {
  switch (type.kind) {
    case "text":
      return TEXT;
    case "boolean":
    case "date":
    case "timestamp":
      return type.kind;
    case "integer":
      return "bigint";
    case "decimal":
      return `numeric(38, ${type.scale})`;
    case "float":
      return "double precision";
  }
}

const cast = (value: Sql, type: string): Sql => sql`cast(${value} as ${plain(type)})`;

const bytes = (text: Sql): Sql => sql`to_varbyte(${text}, 'utf8')`;

const text: TextOperators = {
  exact: bytes,
  order: bytes,
  ordered: (order) => sql`from_varbyte(${order}, 'utf8')`,
  fold: (value) => sql`translate(${value}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')`,
  // Where nothing stands is not documented.
  contains: (value, needle) =>
    sql`case when len(${needle}) = 0 then ${value} is not null else strpos(${value}, ${needle}) > 0 end`,
  startsWith: (value, needle) => sql`${bytes(sql`left(${value}, len(${needle}))`)} = ${bytes(needle)}`,
  endsWith: (value, needle) => sql`${bytes(sql`right(${value}, len(${needle}))`)} = ${bytes(needle)}`,
};

const double = (digits: string): Sql => cast(plain(quotedText(digits)), "double precision");
const LARGEST = double("1.7976931348623157e308");
/** Nearer to zero than this there are no doubles: the type is documented to begin at 1E-307. */
const SMALLEST = double("2.2250738585072014e-308");
const ONE = double("1");

/** What overflows or underflows raises, so both are foreseen. */
function floats(op: "+" | "-" | "*" | "/", x: Sql, y: Sql): Sql {
  const isSafe = sql`abs(${x}) - ${LARGEST} + abs(${y}) <= 0`;
  switch (op) {
    case "+":
      return sql`case when (${x} < 0) <> (${y} < 0) or ${isSafe} then ${x} + ${y} end`;
    case "-":
      return sql`case when (${x} < 0) = (${y} < 0) or ${isSafe} then ${x} - ${y} end`;
    case "*":
      return sql`case when abs(${y}) > ${LARGEST} / greatest(abs(${x}), ${ONE}) then null when ${y} <> 0 and abs(${y}) < ${SMALLEST} / nullif(least(abs(${x}), ${ONE}), 0) then 0 else ${x} * ${y} end`;
    case "/":
      return sql`case when abs(${x}) > ${LARGEST} * least(abs(${y}), ${ONE}) then null when ${x} <> 0 and abs(${x}) < ${SMALLEST} * greatest(abs(${y}), ${ONE}) then 0 else ${x} / nullif(${y}, 0) end`;
  }
}

/** Through its text, which becomes the nearest double. */
const nearest = (exact: Sql): Sql => cast(cast(exact, TEXT), "double precision");

/** The first of the texts that no other one comes before, or after. */
function extremeText(fn: "least" | "greatest", texts: readonly Sql[]): Sql {
  const last = texts[texts.length - 1] as Sql;
  const choices = texts.slice(0, -1).map((one, i) => {
    const others = texts
      .slice(i + 1)
      .map((other) => sql`${bytes(one)} ${plain(fn === "least" ? "<=" : ">=")} ${bytes(other)}`);
    return sql`when ${joined(others, " and ")} then ${one}`;
  });
  return sql`case ${joined(choices, " ")} else ${last} end`;
}

const numbers: NumberOperators = {
  decimals: {
    kind: "native",
    cast: (value, scale) => cast(value, `numeric(38, ${scale})`),
    product: (left, _, right) => sql`(${left} * ${right})`,
  },
  whole: (fn, value) => cast(sql`${plain(fn)}(${value})`, "bigint"),
  extreme: (fn, values, type) =>
    sql`case when ${joined(
      values.map((value) => sql`${value} is not null`),
      " and ",
    )} then ${type.kind === "text" ? extremeText(fn, values) : sql`${plain(fn)}(${joined(values, ", ")})`} end`,
  checked: (exact) => exact,
  toFloat: (exact, type) => (type.kind === "integer" ? cast(exact, "double precision") : nearest(exact)),
  sum: (exact, type) => cast(sql`sum(${exact})`, type.kind === "integer" ? "bigint" : "numeric(38, 9)"),
  sumAsFloat: (exact) => nearest(sql`sum(${exact})`),
  finite: (value) => value,
  floats: (op, left, right) => sql`(${floats(op, left, right)})`,
};

/** The greatest number of seconds that surely is an integer of 32 bits. */
const MOST_SECONDS = 2_000_000_000;

const added = (part: string, count: Sql, to: Sql): Sql => sql`dateadd(${plain(part)}, ${count}, ${to})`;
const between = (part: string, from: Sql, to: Sql): Sql => sql`datediff(${plain(part)}, ${from}, ${to})`;
const spaced = (instant: string): string => instant.replace("T", " ").replace("Z", "");

const times: TimeOperators = {
  now: sql`getdate()`,
  instant: (micros) => cast(plain(quotedText(spaced(formatInstant(micros)))), "timestamp"),
  day: (day) => cast(plain(quotedText(formatDay(day))), "date"),
  clock: (instant, seconds) => (seconds === null ? instant : added("second", seconds, instant)),
  dayOf: (clock) => cast(clock, "date"),
  microsOfDay: (clock) => between("microsecond", sql`date_trunc('day', ${clock})`, clock),
  midnight: (date, seconds) => added("second", sql`-${seconds}`, cast(date, "timestamp")),
  part: (part, date) =>
    part === "day_of_week"
      ? sql`((${cast(sql`extract(dow from ${date})`, "bigint")} + 6) % 7 + 1)`
      : cast(sql`extract(${plain(part)} from ${date})`, "bigint"),
  startOf: (period, date) => cast(sql`date_trunc(${plain(quotedText(period))}, ${cast(date, "timestamp")})`, "date"),
  // By months: a year after 29 February is 1 March to it.
  inYear: (year, date) =>
    cast(
      added("month", sql`12 * (${number(year)} - ${cast(sql`extract(year from ${date})`, "integer")})`, date),
      "date",
    ),
  shiftInstant(instant, seconds) {
    if (Math.abs(seconds) <= MOST_SECONDS) return added("second", number(seconds), instant);
    return added("second", number(seconds % 86_400), added("day", number(Math.trunc(seconds / 86_400)), instant));
  },
  shiftDays: (date, days) => cast(added("day", number(days), date), "date"),
  shiftMonths: (date, months) => cast(added("month", number(months), date), "date"),
  daysBetween: (from, to) => between("day", from, to),
  microsBetween: (from, to) => between("microsecond", from, to),
  quotient: (dividend, divisor) => sql`(${dividend} / ${divisor})`,
};

/**
 * What is at a path, by the type that it has. A value out of range is cast to null. Only a number that equals the whole number it is cast to is one.
 */
function json(value: Sql, path: string, type: ScalarType): Sql {
  const found = sql`${value}.${sql.id(path)}`;
  const kind = sql`json_typeof(${found})`;
  switch (type.kind) {
    case "boolean":
      return sql`case when ${kind} = 'boolean' then ${cast(found, "boolean")} end`;
    case "integer":
      return sql`case when ${kind} = 'number' then case when ${found} = ${cast(found, "bigint")} then ${cast(found, "bigint")} end end`;
    case "float":
      return sql`case when ${kind} = 'number' then ${cast(found, "double precision")} end`;
    default:
      return sql`case when ${kind} = 'string' then ${cast(found, TEXT)} end`;
  }
}

/** A value as it stands in a list: days and instants are texts there. */
function listed(value: Sql, of: ScalarType): Sql {
  if (of.kind === "date") return sql`to_char(${value}, 'YYYY-MM-DD')`;
  if (of.kind === "timestamp") return sql`to_char(${value}, 'YYYY-MM-DD HH24:MI:SS.US')`;
  return value;
}

/**
 * Numbers and yes/no by their values. Texts, whose blanks at the end `array_contains` would pass over, by how they stand in the list's JSON: between
 * commas, in quotes, which do not occur inside of one without a backslash before them. A missing list is `null` there.
 */
function has(list: Sql, value: Sql, of: ScalarType, fold: boolean): Sql {
  if (of.kind !== "text" && of.kind !== "date" && of.kind !== "timestamp")
    return sql`array_contains(${list}, ${value}, true)`;
  const folded = (written: Sql): Sql => (fold ? text.fold(written) : written);
  const whole = sql`json_serialize(${list})`;
  const inner = folded(sql`substring(${whole}, 2, len(${whole}) - 2)`);
  const element = folded(sql`json_serialize(${cast(cast(listed(value, of), TEXT), "super")})`);
  return sql`(${value} is not null and strpos(',' || ${inner} || ',', ',' || ${element} || ',') > 0)`;
}

const OPERATORS: Operators = {
  constant,
  cell(column, type) {
    if (type.kind === "list" || type.kind === "json") return column;
    // Of a CHAR column too, which loses its blanks by it.
    const value = cast(column, typeName(type));
    return type.kind === "float" ? sql`case when abs(${value}) <= ${LARGEST} then ${value} end` : value;
  },
  boolean: (condition) => sql`case when ${condition} then true else false end`,
  isTrue: (value) => value,
  text,
  has,
  hasElement: null,
  listText: (list) => sql`json_serialize(${list})`,
  json,
  jsonText: (value) => sql`json_serialize(${value})`,
  numbers,
  times,
  keyText: (key, type) => (type.kind === "text" ? key : cast(key, TEXT)),
  bucket: (seed, key) => sql`(strtol(substring(sha2(${seed} || ':' || ${key}, 256), 1, 8), 16) % 10000)`,
  list: (json, type) =>
    sql`select ${cast(cast(plain("e_"), TEXT), typeName(type))} as value from (select json_parse(${json}) as list_) as l_, l_.list_ as e_`,
  rows: rowsByUnion("bigint"),
};

function constant({ type, value }: Constant): BoundConstant {
  const written = type.kind === "timestamp" && value !== null ? spaced(String(value)) : value;
  return { parameter: { type: type.kind, value: written }, type: typeName(type) };
}
