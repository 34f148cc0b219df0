import { sql } from "kysely";
import { formatDay, formatInstant, monthLength } from "../../../language/meaning/calendar.ts";
import type { ScalarType } from "../../../language/types/type.ts";
import type { Dialect, NumberOperators, Operators, TextOperators, TimeOperators } from "../dialect.ts";
import { joined, number, plain, type Sql } from "../fragment.ts";
import { doubleQuoted, quotedText, writtenNumber } from "../literal.ts";
import type { Parameter } from "../statement.ts";

/**
 * Instants are `timestamptz`; a column without a zone is taken as UTC, which the session's zone must be. Columns of text must have a deterministic
 * collation (all but those made otherwise on purpose).
 */
export const postgres: Dialect = {
  name: "postgres",
  title: "PostgreSQL",
  support: {
    level: "verified",
    by: "executed by PostgreSQL 18.6 (PGlite) in every run of the tests, and by a PostgreSQL 15 server in CI",
  },
  identifier: doubleQuoted,
  repeats: true,
  placeholder: (index) => `$${index}`,
  literal,
  // PGlite breaks where conditions lie more than 200 deep; the server takes more.
  limits: {
    decimalDigits: () => 38,
    depth: 150,
    joins: 100,
    relations: 300,
    columns: 1000,
    windows: 1,
    copiesGroups: true,
  },
  namesValues: true,
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

/** With `E`, so that a backslash means itself whatever the session says of strings. */
function textLiteral(text: string): string {
  const quoted = quotedText(text);
  return text.includes("\\") ? `E${quoted.replaceAll("\\", "\\\\")}` : quoted;
}

function typeName(type: ScalarType): string {
  switch (type.kind) {
    case "text":
      return "text";
    case "boolean":
      return "boolean";
    case "integer":
      return "bigint";
    case "decimal":
      return `numeric(38, ${type.scale})`;
    case "float":
      return "double precision";
    case "date":
      return "date";
    case "timestamp":
      return "timestamptz";
  }
}

const cast = (value: Sql, type: string): Sql => sql`cast(${value} as ${plain(type)})`;

const text: TextOperators = {
  exact: null,
  order: (value) => sql`${value} collate "C"`,
  ordered: (value) => value,
  fold: (value) => sql`translate(${value}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')`,
  contains: (value, needle) => sql`strpos(${value}, ${needle}) > 0`,
  startsWith: (value, needle) => sql`starts_with(${value}, ${needle})`,
  endsWith: (value, needle) => sql`right(${value}, length(${needle})) = ${needle}`,
};

const LARGEST = "1.7976931348623157e308";
const SMALLEST = "4.9406564584124654e-324";
const double = (digits: string): Sql => sql`cast(${plain(`'${digits}'`)} as double precision)`;

/** PostgreSQL raises where a double overflows, and where it underflows: both are foreseen. */
function floats(op: "+" | "-" | "*" | "/"): Sql {
  switch (op) {
    case "+":
      return sql`case when (o_.x < 0) <> (o_.y < 0) or abs(o_.x) - ${double(LARGEST)} + abs(o_.y) <= 0 then o_.x + o_.y end`;
    case "-":
      return sql`case when (o_.x < 0) = (o_.y < 0) or abs(o_.x) - ${double(LARGEST)} + abs(o_.y) <= 0 then o_.x - o_.y end`;
    case "*":
      return sql`case when abs(o_.y) > ${double(LARGEST)} / greatest(abs(o_.x), 1) then null when o_.y <> 0 and abs(o_.y) < ${double(SMALLEST)} / nullif(least(abs(o_.x), 1), 0) then 0 else o_.x * o_.y end`;
    case "/":
      return sql`case when abs(o_.x) > ${double(LARGEST)} * least(abs(o_.y), 1) then null when o_.x <> 0 and abs(o_.x) < ${double(SMALLEST)} * greatest(abs(o_.y), 1) then 0 else o_.x / nullif(o_.y, 0) end`;
  }
}

const numbers: NumberOperators = {
  decimals: {
    kind: "native",
    cast: (value, scale) => cast(value, `numeric(38, ${scale})`),
    product: (left, _, right) => sql`(${left} * ${right})`,
  },
  whole: (fn, value) => cast(sql`${plain(fn)}(${value})`, "bigint"),
  extreme: (fn, values, type) =>
    sql`case when num_nulls(${joined(values, ", ")}) = 0 then ${plain(fn)}(${joined(
      type.kind === "text" ? values.map(text.order) : values,
      ", ",
    )}) end`,
  checked: (exact) => exact,
  toFloat: (exact) => cast(exact, "double precision"),
  sum: (exact, type) => cast(sql`sum(${exact})`, type.kind === "integer" ? "bigint" : "numeric(38, 9)"),
  sumAsFloat: (exact) => cast(sql`sum(${exact})`, "double precision"),
  finite: (value) => value,
  floats: (op, left, right) => sql`(select ${floats(op)} from (select ${left} as x, ${right} as y) as o_)`,
};

const times: TimeOperators = {
  now: sql`current_timestamp`,
  instant: (micros) =>
    sql`timestamptz ${plain(quotedText(formatInstant(micros).replace("T", " ").replace("Z", "+00")))}`,
  day: (day) => sql`date ${plain(quotedText(formatDay(day)))}`,
  clock(instant, seconds) {
    const utc = sql`(${instant} at time zone 'UTC')`;
    return seconds === null ? utc : sql`(${utc} + make_interval(secs => ${seconds}))`;
  },
  dayOf: (clock) => cast(clock, "date"),
  microsOfDay: (clock) => cast(sql`extract(epoch from ${clock} - date_trunc('day', ${clock})) * 1000000`, "bigint"),
  midnight: (date, seconds) =>
    sql`((cast(${date} as timestamp) - make_interval(secs => ${seconds})) at time zone 'UTC')`,
  part: (part, date) => cast(sql`extract(${plain(part === "day_of_week" ? "isodow" : part)} from ${date})`, "bigint"),
  startOf: (period, date) => cast(sql`date_trunc(${plain(quotedText(period))}, ${cast(date, "timestamp")})`, "date"),
  inYear(year, date) {
    const [month, day] = [times.part("month", date), times.part("day", date)];
    const inFebruary = sql`case when ${month} = 2 and ${day} = 29 then 28 else ${day} end`;
    return sql`make_date(${number(year)}, ${cast(month, "integer")}, ${cast(monthLength(year, 2) === 28 ? inFebruary : day, "integer")})`;
  },
  shiftInstant: (instant, seconds) => sql`(${instant} + make_interval(secs => ${number(seconds)}))`,
  shiftDays: (date, days) => sql`(${date} + ${number(days)})`,
  shiftMonths: (date, months) => cast(sql`${date} + make_interval(months => ${number(months)})`, "date"),
  daysBetween: (from, to) => cast(sql`${to} - ${from}`, "bigint"),
  microsBetween: (from, to) => cast(sql`(extract(epoch from ${to}) - extract(epoch from ${from})) * 1000000`, "bigint"),
  quotient: (dividend, divisor) => sql`(${dividend} / ${divisor})`,
};

/** By the type of what is there. A number beyond doubles is none; one too near to zero is zero. */
function json(value: Sql, path: string, type: ScalarType): Sql {
  const at = plain(textLiteral(path));
  const kind = sql`jsonb_typeof(${value} -> ${at})`;
  const found = sql`(${value} ->> ${at})`;
  const exact = cast(found, "numeric");
  switch (type.kind) {
    case "boolean":
      return sql`case when ${kind} = 'boolean' then ${cast(found, "boolean")} end`;
    case "integer":
      return sql`case when ${kind} = 'number' then case when ${exact} = trunc(${exact}) and ${exact} between -9223372036854775808 and 9223372036854775807 then ${cast(exact, "bigint")} end end`;
    case "float":
      return sql`case when ${kind} = 'number' then case when abs(${exact}) < ${cast(plain("'1e-323'"), "numeric")} then 0 when abs(${exact}) <= ${cast(plain(`'${LARGEST}'`), "numeric")} then ${cast(exact, "double precision")} end end`;
    default:
      return sql`case when ${kind} = 'string' then ${found} end`;
  }
}

const OPERATORS: Operators = {
  constant: (constant) => ({
    parameter: { type: constant.type.kind, value: constant.value },
    type: typeName(constant.type),
  }),
  cell(column, type, stored) {
    if (type.kind === "list") return cast(column, `${typeName(type.of)}[]`);
    if (type.kind === "json") return cast(column, "jsonb");
    if (type.kind === "text") return stored === "castText" ? cast(column, "text") : column;
    const value = cast(column, typeName(type));
    if (type.kind !== "float") return value;
    return sql`case when ${value} in (${double("NaN")}, ${double("Infinity")}, ${double("-Infinity")}) then null else ${value} end`;
  },
  boolean: (condition) => sql`case when ${condition} then true else false end`,
  isTrue: (value) => value,
  text,
  has: (list, value, _, fold) =>
    fold
      ? sql`exists (select 1 from unnest(${list}) as e_(v) where ${text.fold(plain("e_.v"))} = ${value})`
      : sql`${value} = any(${list})`,
  hasElement: (list, _, holds) => sql`exists (select 1 from unnest(${list}) as e_(v) where ${holds(plain("e_.v"))})`,
  listText: (list, _, answer) =>
    sql`case when ${list} is not null then (select ${cast(sql`coalesce(json_agg(${cast(answer(plain("e_.v")), "text")} order by e_.n), '[]')`, "text")} from unnest(${list}) with ordinality as e_(v, n)) end`,
  json,
  numbers,
  times,
  keyText: (key, type) => (type.kind === "text" ? key : cast(key, "text")),
  bucket: (seed, key) =>
    sql`(cast(cast('x' || encode(substr(sha256(convert_to(${seed} || ':' || ${key}, 'UTF8')), 1, 4), 'hex') as bit(32)) as bigint) % 10000)`,
  list: (json, type) =>
    sql`select ${cast(sql`items.value`, typeName(type))} as value from jsonb_array_elements_text(cast(${json} as jsonb)) as items(value)`,
};
