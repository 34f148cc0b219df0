import { sql } from "kysely";
import { formatDay, formatInstant, monthLength } from "../../../language/meaning/calendar.ts";
import type { ScalarType } from "../../../language/types/type.ts";
import type { Dialect, NumberOperators, Operators, TextOperators, TimeOperators } from "../dialect.ts";
import { joined, number, plain, type Sql } from "../fragment.ts";
import { doubleQuoted, quotedText, writtenNumber } from "../literal.ts";
import type { Parameter } from "../statement.ts";

/** Instants are TIMESTAMP in UTC; the session's time zone must be UTC where a column is TIMESTAMP WITH TIME ZONE. */
export const duckdb: Dialect = {
  name: "duckdb",
  title: "DuckDB",
  support: { level: "verified", by: "executed by DuckDB 1.5.5 in every run of the tests, over files and tables" },
  identifier: doubleQuoted,
  repeats: true,
  placeholder: (index) => `$${index}`,
  literal,
  limits: {
    decimalDigits: () => 38,
    depth: 400,
    joins: 100,
    relations: 200,
    columns: 1000,
    windows: 6,
    copiesGroups: false,
  },
  namesValues: true,
  samples: () => true,
  operators: () => OPERATORS,
};

function literal(value: Parameter): string {
  switch (value.type) {
    case "integer":
    case "decimal":
      return writtenNumber(value);
    case "boolean":
      return value.value === null ? "null" : String(value.value);
    case "timestamp":
      return value.value === null ? "null" : quotedText(spaced(String(value.value)));
    case "text":
    case "date":
    case "float":
      return value.value === null ? "null" : quotedText(String(value.value));
  }
}

/** Without the letters of ISO: a naive timestamp. */
const spaced = (instant: string): string => instant.replace("T", " ").replace("Z", "");

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
      return "timestamp";
  }
}

const cast = (value: Sql, type: string): Sql => sql`cast(${value} as ${plain(type)})`;

const text: TextOperators = {
  exact: null,
  order: (value) => value,
  ordered: (value) => value,
  fold: (value) => sql`translate(${value}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')`,
  contains: (value, needle) => sql`contains(${value}, ${needle})`,
  startsWith: (value, needle) => sql`starts_with(${value}, ${needle})`,
  endsWith: (value, needle) => sql`suffix(${value}, ${needle})`,
};

const decimal = (value: Sql, scale: number): Sql => cast(value, `decimal(38, ${scale})`);

/** A decimal of many digits is not cast to the nearest double, but its text is. */
const nearest = (exact: Sql): Sql => cast(cast(exact, "varchar"), "double");

const numbers: NumberOperators = {
  decimals: {
    kind: "native",
    cast: decimal,
    product: (left, leftScale, right, rightScale) => sql`(${decimal(left, leftScale)} * ${decimal(right, rightScale)})`,
  },
  whole: (fn, value) => cast(sql`${plain(fn)}(${value})`, "bigint"),
  extreme: (fn, values) =>
    sql`case when ${joined(
      values.map((value) => sql`${value} is not null`),
      " and ",
    )} then ${plain(fn)}(${joined(values, ", ")}) end`,
  checked: (exact) => exact,
  toFloat: (exact, type) => (type.kind === "integer" ? cast(exact, "double") : nearest(exact)),
  sum: (exact, type) => cast(sql`sum(${exact})`, type.kind === "integer" ? "bigint" : "decimal(38, 9)"),
  sumAsFloat: (exact) => nearest(sql`sum(${exact})`),
  finite: (value) => sql`case when isfinite(${value}) then ${value} end`,
  floats: (op, left, right) =>
    op === "/" ? sql`(${left} / nullif(${right}, 0))` : sql`(${left} ${plain(op)} ${right})`,
};

const times: TimeOperators = {
  now: sql`cast(current_timestamp at time zone 'UTC' as timestamp)`,
  instant: (micros) => sql`timestamp ${plain(quotedText(spaced(formatInstant(micros))))}`,
  day: (day) => sql`date ${plain(quotedText(formatDay(day)))}`,
  clock: (instant, seconds) => (seconds === null ? instant : sql`(${instant} + to_seconds(${seconds}))`),
  dayOf: (clock) => cast(clock, "date"),
  microsOfDay: (clock) => sql`(epoch_us(${clock}) - epoch_us(date_trunc('day', ${clock})))`,
  midnight: (date, seconds) => sql`(cast(${date} as timestamp) - to_seconds(${seconds}))`,
  part: (part, date) => sql`${plain(part === "day_of_week" ? "isodow" : part)}(${date})`,
  startOf: (period, date) => cast(sql`date_trunc(${plain(quotedText(period))}, ${date})`, "date"),
  inYear(year, date) {
    const [month, day] = [times.part("month", date), times.part("day", date)];
    const inFebruary = sql`case when ${month} = 2 and ${day} = 29 then 28 else ${day} end`;
    return sql`make_date(${number(year)}, ${month}, ${monthLength(year, 2) === 28 ? inFebruary : day})`;
  },
  shiftInstant: (instant, seconds) => sql`(${instant} + to_seconds(${number(seconds)}))`,
  shiftDays: (date, days) => sql`(${date} + ${number(days)})`,
  shiftMonths: (date, months) => cast(sql`${date} + to_months(${number(months)})`, "date"),
  daysBetween: (from, to) => sql`(${to} - ${from})`,
  microsBetween: (from, to) => sql`(epoch_us(${to}) - epoch_us(${from}))`,
  quotient: (dividend, divisor) => sql`(${dividend} // ${divisor})`,
};

/** A path in quotes has neither quotes nor stars in it; a pointer takes them, but reads a number as a place in an array. */
const pathText = (path: string): string =>
  /["*\\]/.test(path) ? `/${path.replaceAll("~", "~0").replaceAll("/", "~1")}` : `$."${path}"`;

/** By the type of what is there; a number that was written as one with a point is whole where its double is. */
function json(value: Sql, path: string, type: ScalarType): Sql {
  const at = plain(quotedText(pathText(path)));
  const kind = sql`json_type(${value}, ${at})`;
  const found = sql`json_extract_string(${value}, ${at})`;
  switch (type.kind) {
    case "boolean":
      return sql`case when ${kind} = 'BOOLEAN' then ${cast(found, "boolean")} end`;
    case "integer": {
      const double = cast(found, "double");
      return sql`case when ${kind} in ('BIGINT', 'UBIGINT', 'HUGEINT') then try_cast(${found} as bigint) when ${kind} = 'DOUBLE' and ${double} = trunc(${double}) then try_cast(${double} as bigint) end`;
    }
    case "float":
      return sql`case when ${kind} in ('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE') then ${numbers.finite(cast(found, "double"))} end`;
    default:
      return sql`case when ${kind} = 'VARCHAR' then ${found} end`;
  }
}

const OPERATORS: Operators = {
  constant: (constant) => ({
    parameter: { type: constant.type.kind, value: constant.value },
    type: typeName(constant.type),
  }),
  cell(column, type, stored) {
    if (type.kind === "list") return cast(column, `${typeName(type.of)}[]`);
    if (type.kind === "json") return column;
    if (type.kind === "text") return stored === "castText" ? cast(column, "varchar") : column;
    const value = cast(column, typeName(type));
    return type.kind === "float" ? numbers.finite(value) : value;
  },
  boolean: (condition) => sql`case when ${condition} then true else false end`,
  isTrue: (value) => value,
  text,
  has: (list, value, _, fold) =>
    fold
      ? sql`list_contains(list_transform(${list}, lambda x: ${text.fold(plain("x"))}), ${value})`
      : sql`list_contains(${list}, ${value})`,
  hasElement: (list, _, holds) => sql`exists (select 1 from unnest(${list}) as e_(v) where ${holds(plain("e_.v"))})`,
  listText: (list, _, answer) =>
    sql`cast(to_json(list_transform(${list}, lambda x: ${cast(answer(plain("x")), "varchar")})) as varchar)`,
  json,
  numbers,
  times,
  keyText: (key, type) => (type.kind === "text" ? key : cast(key, "varchar")),
  bucket: (seed, key) => sql`(cast('0x' || substr(sha256(${seed} || ':' || ${key}), 1, 8) as bigint) % 10000)`,
  list: (json, type) =>
    sql`select ${cast(sql`items.value`, typeName(type))} as value from (select unnest(from_json(${json}, '["VARCHAR"]')) as value) as items`,
};
