import { sql } from "kysely";
import { formatDay, formatInstant } from "../../../language/meaning/calendar.ts";
import type { ScalarType } from "../../../language/types/type.ts";
import type { Dialect, NumberOperators, Operators, TextOperators, TimeOperators } from "../dialect.ts";
import { joined, number, plain, type Sql } from "../fragment.ts";
import { doubleQuoted, quotedText } from "../literal.ts";
import type { Parameter } from "../statement.ts";

/**
 * Instants are TIMESTAMP WITH TIME ZONE; a column without a zone is taken as UTC, which the session's zone must be. JSON is a text. Values are bound
 * with `execute … using`. Names are compared without their case.
 */
export const trino: Dialect = {
  name: "trino",
  title: "Trino",
  support: {
    level: "grammar",
    by: "read in CI by an independent grammar of its language (dt-sql-parser 4.5.1); Trino 476 itself executes the same cases where it was started, which CI does not",
  },
  placeholder: () => "?",
  repeats: false,
  identifier: doubleQuoted,
  literal,
  limits: {
    decimalDigits: () => 38,
    depth: 400,
    joins: 100,
    // Its stack ends at some 270 and its code at about 2,000, in a server with the stack that Java gives it.
    lists: 150,
    operations: 1600,
    relations: 200,
    columns: 1000,
    windows: Number.POSITIVE_INFINITY,
    copiesGroups: false,
    // Each may be more than one of its 150 stages, and the stack ends at some 50 in one another.
    inlined: { deep: 40, all: 100 },
  },
  namesValues: true,
  samples: () => true,
  operators: () => OPERATORS,
};

function literal(value: Parameter): string {
  if (value.value === null) return "null";
  switch (value.type) {
    case "integer":
      return String(value.value).startsWith("-") ? `(${value.value})` : String(value.value);
    case "decimal":
      return `decimal '${value.value}'`;
    case "boolean":
      return String(value.value);
    case "timestamp":
      return quotedText(zoned(String(value.value)));
    case "text":
    case "date":
    case "float":
      return quotedText(String(value.value));
  }
}

/** `2026-01-31 10:00:00.000000 UTC`. */
const zoned = (instant: string): string => instant.replace("T", " ").replace("Z", " UTC");

function typeName(type: ScalarType): string {
  switch (type.kind) {
    case "text":
      return "varchar";
    case "boolean":
      return "boolean";
    case "integer":
      return "bigint";
    case "decimal":
      return `decimal(38, ${type.scale})`;
    case "float":
      return "double";
    case "date":
      return "date";
    case "timestamp":
      return "timestamp(6) with time zone";
  }
}

const cast = (value: Sql, type: string): Sql => sql`cast(${value} as ${plain(type)})`;

const text: TextOperators = {
  exact: null,
  order: (value) => value,
  ordered: (value) => value,
  fold: (value) => sql`translate(${value}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')`,
  contains: (value, needle) => sql`strpos(${value}, ${needle}) > 0`,
  startsWith: (value, needle) => sql`starts_with(${value}, ${needle})`,
  endsWith: (value, needle) => sql`starts_with(reverse(${value}), reverse(${needle}))`,
};

const decimal = (value: Sql, scale: number): Sql => cast(value, `decimal(38, ${scale})`);

/** A decimal is not cast to the nearest double, but its text is. */
const nearest = (exact: Sql): Sql => cast(cast(exact, "varchar"), "double");

const numbers: NumberOperators = {
  decimals: {
    kind: "native",
    cast: decimal,
    product: (left, leftScale, right, rightScale) => sql`(${decimal(left, leftScale)} * ${decimal(right, rightScale)})`,
  },
  whole: (fn, value) => cast(sql`${plain(fn)}(${value})`, "bigint"),
  extreme: (fn, values) => sql`${plain(fn)}(${joined(values, ", ")})`,
  checked: (exact) => exact,
  toFloat: (exact, type) => (type.kind === "integer" ? cast(exact, "double") : nearest(exact)),
  // Of integers of 64 bits, a part of the sum may leave them where the whole does not.
  sum: (exact, type) =>
    type.kind === "integer" ? cast(sql`sum(${decimal(exact, 0)})`, "bigint") : decimal(sql`sum(${exact})`, 9),
  sumAsFloat: (exact, type) => nearest(sql`sum(${type.kind === "integer" ? decimal(exact, 0) : exact})`),
  finite: (value) => sql`case when is_finite(${value}) then ${value} end`,
  floats: (op, left, right) =>
    op === "/" ? sql`(${left} / nullif(${right}, 0))` : sql`(${left} ${plain(op)} ${right})`,
};

const EPOCH = plain("timestamp '1970-01-01 00:00:00.000000'");

/** The local time of an instant in UTC. */
const utc = (instant: Sql): Sql => cast(sql`${instant} at time zone 'UTC'`, "timestamp(6)");

/** Whole seconds, for differences know no microseconds, and the last six digits of the text. */
const microsOf = (clock: Sql): Sql =>
  sql`(date_diff('second', ${EPOCH}, date_trunc('second', ${clock})) * 1000000 + cast(substr(cast(${clock} as varchar), -6) as bigint))`;

const times: TimeOperators = {
  now: cast(sql`current_timestamp`, "timestamp(6) with time zone"),
  instant: (micros) => sql`timestamp ${plain(quotedText(zoned(formatInstant(micros))))}`,
  day: (day) => sql`date ${plain(quotedText(formatDay(day)))}`,
  clock: (instant, seconds) => (seconds === null ? utc(instant) : sql`date_add('second', ${seconds}, ${utc(instant)})`),
  dayOf: (clock) => cast(clock, "date"),
  microsOfDay: (clock) =>
    sql`(${microsOf(clock)} - date_diff('day', date '1970-01-01', ${cast(clock, "date")}) * 86400000000)`,
  midnight: (date, seconds) =>
    sql`with_timezone(date_add('second', -(${seconds}), ${cast(date, "timestamp(6)")}), 'UTC')`,
  part: (part, date) => sql`${plain(part)}(${date})`,
  startOf: (period, date) => sql`date_trunc(${plain(quotedText(period))}, ${date})`,
  inYear: (year, date) => sql`date_add('year', ${number(year)} - year(${date}), ${date})`,
  shiftInstant: (instant, seconds) => sql`date_add('second', ${number(seconds)}, ${instant})`,
  shiftDays: (date, days) => sql`date_add('day', ${number(days)}, ${date})`,
  shiftMonths: (date, months) => sql`date_add('month', ${number(months)}, ${date})`,
  daysBetween: (from, to) => sql`date_diff('day', ${from}, ${to})`,
  microsBetween: (from, to) => sql`(${microsOf(utc(to))} - ${microsOf(utc(from))})`,
  quotient: (dividend, divisor) => sql`(${dividend} / ${divisor})`,
};

/** By the first letter of the text of what is there. A number in the place of a name would be a place in an array too. */
function json(value: Sql, path: string, type: ScalarType): Sql {
  const at = plain(quotedText(`$["${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"]`));
  const parsed = sql`json_parse(${value})`;
  const whole = /^\d+$/.test(path) ? sql`case when json_format(${parsed}) like '{%' then ${parsed} end` : parsed;
  const found = sql`json_extract(${whole}, ${at})`;
  const scalar = sql`json_extract_scalar(${whole}, ${at})`;
  const kind = sql`substr(json_format(${found}), 1, 1)`;
  const isNumber = sql`${kind} in ('-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9')`;
  switch (type.kind) {
    case "boolean":
      return sql`case when ${kind} in ('t', 'f') then ${cast(scalar, "boolean")} end`;
    case "integer": {
      const double = cast(scalar, "double");
      return sql`case when ${isNumber} then coalesce(try_cast(${scalar} as bigint), case when strpos(${scalar}, '.') > 0 and ${double} = floor(${double}) then try_cast(${double} as bigint) end) end`;
    }
    case "float":
      return sql`case when ${isNumber} then ${numbers.finite(cast(scalar, "double"))} end`;
    default:
      return sql`case when ${kind} = '"' then ${scalar} end`;
  }
}

const folded = (list: Sql): Sql => sql`transform(${list}, x -> ${text.fold(plain("x"))})`;

const OPERATORS: Operators = {
  constant: (constant) => ({
    parameter: { type: constant.type.kind, value: constant.value },
    type: typeName(constant.type),
  }),
  cell(column, type, stored) {
    if (type.kind === "list") return cast(column, `array(${typeName(type.of)})`);
    if (type.kind === "json") return column;
    if (type.kind === "text") return stored === "castText" ? cast(column, "varchar") : column;
    const value = cast(column, typeName(type));
    return type.kind === "float" ? numbers.finite(value) : value;
  },
  boolean: (condition) => sql`case when ${condition} then true else false end`,
  isTrue: (value) => value,
  text,
  has: (list, value, _, fold) => sql`contains(${fold ? folded(list) : list}, ${value})`,
  hasElement: (list, _, __, { relation, fold }) =>
    sql`arrays_overlap(${fold ? folded(list) : list}, (select array_agg(value) from ${relation}))`,
  listText: (list, _, answer) =>
    sql`json_format(cast(transform(${list}, x -> ${cast(answer(plain("x")), "varchar")}) as json))`,
  json,
  jsonText: (value) => value,
  numbers,
  times,
  keyText: (key, type) => (type.kind === "text" ? key : cast(key, "varchar")),
  bucket: (seed, key) => sql`(from_base(substr(to_hex(sha256(to_utf8(${seed} || ':' || ${key}))), 1, 8), 16) % 10000)`,
  list: (json, type) =>
    sql`select ${cast(type.kind === "timestamp" ? sql`from_iso8601_timestamp_nanos(items.value)` : sql`items.value`, typeName(type))} as value from unnest(cast(json_parse(${json}) as array(varchar))) as items(value)`,
  // A union would be a stage for each of its parts, and a query may have 150.
  spread(lists) {
    const rows = lists.map(({ json, value }) => sql`(${json}, ${value})`);
    return sql`select z_.name as zone, l_.value from (values ${joined(rows, ", ")}) as l_(names, value) cross join unnest(cast(json_parse(l_.names) as array(varchar))) as z_(name)`;
  },
};
