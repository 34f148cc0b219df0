import { sql } from "kysely";
import { formatDay, formatInstant, monthLength } from "../../../language/meaning/calendar.ts";
import type { ScalarType } from "../../../language/types/type.ts";
import type { Dialect, NumberOperators, Operators, TextOperators, TimeOperators } from "../dialect.ts";
import { joined, number, plain, type Sql } from "../fragment.ts";
import type { Parameter } from "../statement.ts";

/**
 * GoogleSQL as BigQuery has it. Nothing is converted silently, so everything has its type written beside it. Decimals are NUMERIC, whose 29 and 9 digits are
 * those of the language; instants are TIMESTAMP; columns of text have no collation of their own; JSON is a column of type JSON or of JSON text.
 * An array that is missing is stored as an empty one: whoever has none is `has none`, and never missing. JSON with a number beyond doubles stops the run.
 */
export const bigquery: Dialect = {
  name: "bigquery",
  title: "BigQuery",
  support: {
    level: "reference",
    by: "executed in CI by GoogleSQL's reference server (@fivetrandevelopers/zetasql 1.13.0); never by BigQuery itself",
  },
  identifier: (name) => `\`${escaped(name, "`")}\``,
  repeats: true,
  placeholder: (index) => `@p${index}`,
  literal,
  limits: {
    decimalDigits: () => 38,
    depth: 200,
    joins: 60,
    relations: 200,
    columns: 1000,
    windows: Number.POSITIVE_INFINITY,
    copiesGroups: false,
  },
  namesValues: true,
  samples: () => true,
  operators: () => OPERATORS,
};

function literal(value: Parameter): string {
  if (value.value === null) return "null";
  const text = String(value.value);
  switch (value.type) {
    case "integer":
      return text.startsWith("-") ? `(${text})` : text;
    case "decimal":
      return `numeric ${textLiteral(text)}`;
    case "boolean":
      return text;
    case "text":
    case "date":
    case "float":
    case "timestamp":
      return textLiteral(text);
  }
}

/** A backslash begins an escape, also before a quote; a line ends a text, so that it is written as its number. */
const textLiteral = (text: string): string => `'${escaped(text, "'")}'`;

const escaped = (text: string, quote: string): string =>
  text
    .replaceAll("\\", "\\\\")
    .replaceAll(quote, `\\${quote}`)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

function typeName(type: ScalarType): string {
  switch (type.kind) {
    case "text":
      return "string";
    case "boolean":
      return "bool";
    case "integer":
      return "int64";
    case "decimal":
      return "numeric";
    case "float":
      return "float64";
    case "date":
    case "timestamp":
      return type.kind;
  }
}

const cast = (value: Sql, type: string): Sql => sql`cast(${value} as ${plain(type)})`;

/** In the type that the model gives it. A cast takes no digits, so that those after the point are rounded. */
const typed = (value: Sql, type: ScalarType): Sql =>
  type.kind === "decimal" ? decimal(value, type.scale) : cast(value, typeName(type));

const decimal = (value: Sql, scale: number): Sql => {
  const numeric = cast(value, "numeric");
  return scale === 9 ? numeric : sql`round(${numeric}, ${number(scale)})`;
};

const text: TextOperators = {
  exact: null,
  order: (value) => value,
  ordered: (value) => value,
  fold: (value) => sql`translate(${value}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')`,
  contains: (value, needle) => sql`strpos(${value}, ${needle}) > 0`,
  startsWith: (value, needle) => sql`starts_with(${value}, ${needle})`,
  endsWith: (value, needle) => sql`ends_with(${value}, ${needle})`,
};

/** A double of a column, missing where it is none. */
const finite = (value: Sql): Sql => sql`case when abs(${value}) < cast('inf' as float64) then ${value} end`;

/** What overflows raises; of these it is missing. */
const SAFE = { "+": "safe_add", "-": "safe_subtract", "*": "safe_multiply", "/": "safe_divide" } as const;

const numbers: NumberOperators = {
  decimals: {
    kind: "native",
    cast: decimal,
    product: (left, _, right) => sql`(${left} * ${right})`,
  },
  whole: (fn, value) => cast(sql`${plain(fn)}(${value})`, "int64"),
  extreme: (fn, values) => sql`${plain(fn)}(${joined(values, ", ")})`,
  checked: (exact) => exact,
  toFloat: (exact) => cast(exact, "float64"),
  sum: (exact) => sql`sum(${exact})`,
  sumAsFloat: (exact) => cast(sql`sum(${cast(exact, "bignumeric")})`, "float64"),
  double: plain,
  // As its shortest text; a zero is positive then.
  floatPart: (value) => cast(sql`${value} + 0`, "string"),
  finite: (value) => value,
  floats: (op, left, right) => sql`${plain(SAFE[op])}(${left}, ${right})`,
};

/** The calendar, in days and in microseconds since 1970. */
const DAYS = { first: -719_162, last: 2_932_896 } as const;
const MICROS = { first: -62_135_596_800_000_000n, last: 253_402_300_799_999_999n } as const;

/** A value that is to move forth or back, held so far from the end of the calendar that it ends there: leaving it would raise. */
const held = (value: Sql, isForth: boolean, farthest: Sql): Sql =>
  sql`${plain(isForth ? "least" : "greatest")}(${value}, ${farthest})`;

const times: TimeOperators = {
  now: sql`current_timestamp()`,
  instant: (micros) =>
    sql`timestamp ${plain(textLiteral(formatInstant(micros).replace("T", " ").replace("Z", "+00")))}`,
  day: (day) => sql`date ${plain(textLiteral(formatDay(day)))}`,
  // The local clock is an instant that reads in UTC what the clock shows; in the last hours of the calendar it is that of UTC.
  clock: (instant, seconds) =>
    seconds === null ? instant : sql`ifnull(safe.timestamp_add(${instant}, interval ${seconds} second), ${instant})`,
  dayOf: (clock) => sql`date(${clock}, 'UTC')`,
  microsOfDay: (clock) => sql`timestamp_diff(${clock}, timestamp_trunc(${clock}, day, 'UTC'), microsecond)`,
  midnight: (date, seconds) =>
    sql`ifnull(safe.timestamp_sub(timestamp(${date}, 'UTC'), interval ${seconds} second), timestamp(${date}, 'UTC'))`,
  part: (part, date) =>
    part === "day_of_week"
      ? sql`(mod(extract(dayofweek from ${date}) + 5, 7) + 1)`
      : sql`extract(${plain(part)} from ${date})`,
  startOf: (period, date) => sql`date_trunc(${date}, ${plain(period === "week" ? "isoweek" : period)})`,
  inYear(year, date) {
    const [month, day] = [times.part("month", date), times.part("day", date)];
    const inFebruary = sql`case when ${month} = 2 and ${day} = 29 then 28 else ${day} end`;
    return sql`date(${number(year)}, ${month}, ${monthLength(year, 2) === 28 ? inFebruary : day})`;
  },
  shiftInstant(instant, seconds) {
    const isForth = seconds >= 0;
    const farthest = times.instant((isForth ? MICROS.last : MICROS.first) - BigInt(seconds) * 1_000_000n);
    return sql`timestamp_add(${held(instant, isForth, farthest)}, interval ${number(seconds)} second)`;
  },
  shiftDays(date, days) {
    const isForth = days >= 0;
    const farthest = times.day((isForth ? DAYS.last : DAYS.first) - days);
    return sql`date_add(${held(date, isForth, farthest)}, interval ${number(days)} day)`;
  },
  // Months are of different lengths, so that here the end stands for what could not be moved.
  shiftMonths(date, months) {
    const isForth = months >= 0;
    // The least of the date and the first day is the first day, and missing where the date is.
    const end = held(plain("m_"), !isForth, times.day(isForth ? DAYS.last : DAYS.first));
    return sql`(select ifnull(safe.date_add(m_, interval ${number(months)} month), ${end}) from unnest([${date}]) as m_)`;
  },
  daysBetween: (from, to) => sql`date_diff(${to}, ${from}, day)`,
  microsBetween: (from, to) => sql`timestamp_diff(${to}, ${from}, microsecond)`,
  quotient: (dividend, divisor) => sql`div(${dividend}, ${divisor})`,
};

/** By the type of what is there: each of these functions raises, and so is missing, at what has another one. */
function json(value: Sql, path: string, type: ScalarType): Sql {
  const member = sql`${value}[${plain(textLiteral(path))}]`;
  switch (type.kind) {
    case "boolean":
      return sql`safe.bool(${member})`;
    case "integer":
      return sql`safe.int64(${member})`;
    case "float":
      return sql`safe.float64(${member})`;
    default:
      return sql`safe.string(${member})`;
  }
}

/** An element of a list in the type that the model gives it: arrays themselves are not cast. */
const element = (of: ScalarType): Sql => {
  const name = plain("e_");
  if (of.kind === "text") return name;
  const value = typed(name, of);
  return of.kind === "float" ? finite(value) : value;
};

const anyElement = (list: Sql, of: ScalarType, holds: (element: Sql) => Sql): Sql =>
  sql`exists (select 1 from unnest(${list}) as e_ where ${holds(element(of))})`;

const OPERATORS: Operators = {
  constant: (constant) => ({
    parameter: { type: constant.type.kind, value: constant.value },
    type: typeName(constant.type),
  }),
  cell(column, type, stored) {
    if (type.kind === "list") return column;
    // Of both a JSON value and a text, `%t` is the text; of what is missing it would be the word NULL.
    if (type.kind === "json")
      return sql`case when ${column} is not null then parse_json(format('%t', ${column}), wide_number_mode => 'round') end`;
    if (type.kind === "text") return stored === "castText" ? cast(column, "string") : column;
    const value = typed(column, type);
    return type.kind === "float" ? finite(value) : value;
  },
  boolean: (condition) => sql`case when ${condition} then true else false end`,
  isTrue: (value) => value,
  text,
  has(list, value, of, fold) {
    if (of.kind === "text" && !fold) return sql`${value} in unnest(${list})`;
    return anyElement(list, of, (element) => sql`${fold ? text.fold(element) : element} = ${value}`);
  },
  hasElement: anyElement,
  hasListed(list, of, json, fold) {
    const listed = sql`json_value_array(${json})`;
    const values =
      of.kind === "text" ? listed : sql`array(select ${cast(plain("i_"), typeName(of))} from unnest(${listed}) as i_)`;
    return anyElement(list, of, (element) => sql`${fold ? text.fold(element) : element} in unnest(${values})`);
  },
  listText: (list, of, answer) =>
    sql`case when ${list} is not null then to_json_string(array(select ${cast(answer(element(of)), "string")} from unnest(${list}) as e_ with offset as n_ order by n_)) end`,
  json,
  jsonText: (value) => sql`case when ${value} is not null then to_json_string(${value}) end`,
  numbers,
  times,
  keyText: (key, type) => (type.kind === "text" ? key : cast(key, "string")),
  bucket: (seed, key) => sql`mod(cast('0x' || substr(to_hex(sha256(${seed} || ':' || ${key})), 1, 8) as int64), 10000)`,
  list: (json, type) =>
    sql`select ${cast(sql`i_`, typeName(type))} as ${sql.id("value")} from unnest(json_value_array(${json})) as i_`,
  rows(columns, rows) {
    const [first = [], ...others] = rows;
    const named = first.map((value, i) => sql`${value} as ${sql.id(columns[i] as string)}`);
    const structs = [sql`struct(${joined(named, ", ")})`, ...others.map((row) => sql`(${joined(row, ", ")})`)];
    return sql`(select * from unnest([${joined(structs, ", ")}]))`;
  },
};
