import { sql } from "kysely";
import { formatDay, formatInstant } from "../../../language/meaning/calendar.ts";
import type { ScalarType } from "../../../language/types/type.ts";
import type { Dialect, NumberOperators, Operators, TextOperators, TimeOperators } from "../dialect.ts";
import { joined, number, plain, type Sql } from "../fragment.ts";
import { quotedText, writtenNumber } from "../literal.ts";
import type { Parameter } from "../statement.ts";

/**
 * Databricks SQL and Apache Spark SQL of version 4, in ANSI mode (what overflows raises), in a session whose zone is UTC. Instants are TIMESTAMP; one without
 * a zone (TIMESTAMP_NTZ) is taken as UTC. JSON is a text or VARIANT; an object with one name twice is malformed. Texts have the collation UTF8_BINARY. Spark
 * replaces `${x}` in names too, so none may have it.
 */
export const databricks: Dialect = {
  name: "databricks",
  title: "Databricks",
  support: {
    level: "grammar",
    by: "read in CI by an independent grammar of Spark's language (dt-sql-parser 4.5.1); Apache Spark 4.3, whose language it shares, executes the same cases where it was started, which CI does not; never by Databricks itself",
  },
  placeholder: (index) => `:p${index}`,
  repeats: true,
  identifier: (name) => `\`${name.replaceAll("`", "``")}\``,
  literal,
  limits: {
    decimalDigits: () => 38,
    depth: 150,
    joins: 100,
    relations: 200,
    columns: 1000,
    windows: Number.POSITIVE_INFINITY,
    copiesGroups: false,
    // The analyzer of Spark takes a hundred steps, and a query in another one may be more than one of them.
    inlined: { deep: 60, all: 800 },
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
      return textLiteral(String(value.value));
    case "date":
    case "float":
    case "timestamp":
      return quotedText(String(value.value));
  }
}

/**
 * Whether a backslash escapes and two quotes are one depends on the session, and `${x}` and `{{x}}` are replaced even inside of quotes: a text with any of
 * these, or with control characters, is written as its bytes.
 */
const textLiteral = (text: string): string =>
  /['"\\${}\p{Cc}]/u.test(text) ? `cast(X'${hexOf(text)}' as string)` : `'${text}'`;

/** Of the bytes of its UTF-8. */
const hexOf = (text: string): string =>
  encodeURIComponent(text).replace(/%(..)|[^%]/g, (sign, hex) => hex ?? sign.charCodeAt(0).toString(16).toUpperCase());

/** Every decimal has 9 digits after the point: beside one that has fewer, Spark takes them away from a comparison. */
const DECIMAL = "decimal(38, 9)";

function typeName(type: ScalarType): string {
  switch (type.kind) {
    case "text":
      return "string";
    case "boolean":
      return "boolean";
    case "integer":
      return "bigint";
    case "decimal":
      return DECIMAL;
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
  startsWith: (value, needle) => sql`startswith(${value}, ${needle})`,
  endsWith: (value, needle) => sql`endswith(${value}, ${needle})`,
};

const nearest = (exact: Sql): Sql => cast(cast(exact, "string"), "double");

const double = (digits: string): Sql => cast(plain(`'${digits}'`), "double");

/**
 * A result of more than 38 digits loses some after the point, so factors have few enough. Up to six digits after the point are kept however many stand
 * before it.
 */
function product(left: Sql, leftScale: number, right: Sql, rightScale: number): Sql {
  const [most, least] = leftScale + rightScale <= 6 ? [38, 38] : [19, 18];
  return sql`(${cast(left, `decimal(${most}, ${leftScale})`)} * ${cast(right, `decimal(${least}, ${rightScale})`)})`;
}

/** Beyond 64 bits, `floor` and `ceil` of a double would answer the last integer. */
function wholeOfDouble(fn: "floor" | "ceil", value: Sql): Sql {
  const isOutside = sql`${value} < ${double("-9223372036854775808")} or ${value} >= ${double("9223372036854775808")}`;
  return sql`case when ${isOutside} then cast(raise_error('a number leaves 64 bits') as bigint) else ${plain(fn)}(${value}) end`;
}

const numbers: NumberOperators = {
  decimals: {
    kind: "native",
    cast: (value) => cast(value, DECIMAL),
    sum: (op, left, right) => sql`(${cast(left, "decimal(37, 9)")} ${plain(op)} ${cast(right, "decimal(37, 9)")})`,
    product,
  },
  whole: (fn, value, type) =>
    type.kind === "float" ? wholeOfDouble(fn, value) : cast(sql`${plain(fn)}(${value})`, "bigint"),
  extreme: (fn, values) =>
    sql`case when ${joined(
      values.map((value) => sql`${value} is not null`),
      " and ",
    )} then ${plain(fn)}(${joined(values, ", ")}) end`,
  checked: (exact) => exact,
  toFloat: (exact, type) => (type.kind === "integer" ? cast(exact, "double") : nearest(exact)),
  // Of integers of 64 bits, a part of the sum may leave them where the whole does not.
  sum: (exact, type) =>
    type.kind === "integer" ? cast(sql`sum(${cast(exact, "decimal(38, 0)")})`, "bigint") : sql`sum(${exact})`,
  sumAsFloat: (exact, type) => nearest(sql`sum(${type.kind === "integer" ? cast(exact, "decimal(38, 0)") : exact})`),
  double,
  // NaN is greater than all else.
  finite: (value) => sql`case when abs(${value}) < ${double("Infinity")} then ${value} end`,
  floats: (op, left, right) =>
    op === "/" ? sql`(${left} / nullif(${right}, 0))` : sql`(${left} ${plain(op)} ${right})`,
};

const afterSeconds = (instant: Sql, seconds: Sql): Sql => sql`timestampadd(second, ${seconds}, ${instant})`;

const times: TimeOperators = {
  now: sql`current_timestamp()`,
  instant: (micros) => sql`timestamp ${plain(quotedText(formatInstant(micros)))}`,
  day: (day) => sql`date ${plain(quotedText(formatDay(day)))}`,
  clock: (instant, seconds) => (seconds === null ? instant : afterSeconds(instant, cast(seconds, "int"))),
  dayOf: (clock) => cast(clock, "date"),
  microsOfDay: (clock) => sql`pmod(unix_micros(${clock}), 86400000000)`,
  midnight: (date, seconds) => afterSeconds(cast(date, "timestamp"), cast(sql`-(${seconds})`, "int")),
  part: (part, date) =>
    cast(part === "day_of_week" ? sql`weekday(${date}) + 1` : sql`${plain(part)}(${date})`, "bigint"),
  startOf: (period, date) => sql`trunc(${date}, ${plain(quotedText(period))})`,
  inYear: (year, date) => sql`add_months(${date}, (${number(year)} - year(${date})) * 12)`,
  shiftInstant: (instant, seconds) => afterSeconds(instant, number(seconds)),
  shiftDays: (date, days) => sql`date_add(${date}, ${number(days)})`,
  shiftMonths: (date, months) => sql`add_months(${date}, ${number(months)})`,
  daysBetween: (from, to) => cast(sql`datediff(${to}, ${from})`, "bigint"),
  microsBetween: (from, to) => sql`(unix_micros(${to}) - unix_micros(${from}))`,
  quotient: (dividend, divisor) => sql`(${dividend} div ${divisor})`,
};

/** By the type of what is there. A path knows no way to write all signs of a name; a map takes any, but is made of the whole value. */
function json(value: Sql, path: string, type: ScalarType): Sql {
  const parsed = sql`parse_json(${cast(value, "string")})`;
  const found = /^[\p{L}\p{N}_ .-]*$/u.test(path)
    ? sql`variant_get(${parsed}, ${plain(quotedText(`$["${path}"]`))})`
    : sql`element_at(try_cast(${parsed} as map<string, variant>), ${plain(textLiteral(path))})`;
  const kind = sql`schema_of_variant(${found})`;
  const isNumber = sql`(${kind} = 'BIGINT' or ${kind} = 'DOUBLE' or ${kind} like 'DECIMAL%')`;
  switch (type.kind) {
    case "boolean":
      return sql`case when ${kind} = 'BOOLEAN' then ${cast(found, "boolean")} end`;
    case "integer":
      return sql`case when ${isNumber} and ${cast(found, "double")} % 1 = 0 then try_cast(try_cast(${found} as decimal(38, 0)) as bigint) end`;
    case "float":
      return sql`case when ${isNumber} then ${numbers.finite(cast(found, "double"))} end`;
    default:
      return sql`case when ${kind} = 'STRING' then ${cast(found, "string")} end`;
  }
}

const folded = (list: Sql): Sql => sql`transform(${list}, x -> ${text.fold(plain("x"))})`;

const OPERATORS: Operators = {
  constant: (constant) => ({
    parameter: { type: constant.type.kind, value: constant.value },
    type: typeName(constant.type),
  }),
  cell(column, type, stored) {
    if (type.kind === "list") return cast(column, `array<${typeName(type.of)}>`);
    if (type.kind === "json") return column;
    if (type.kind === "text") return stored === "castText" ? cast(column, "string") : column;
    const value = cast(column, typeName(type));
    return type.kind === "float" ? numbers.finite(value) : value;
  },
  boolean: (condition) => sql`case when ${condition} then true else false end`,
  isTrue: (value) => value,
  text,
  has: (list, value, _, fold) => sql`array_contains(${fold ? folded(list) : list}, ${value})`,
  hasElement: (list, _, __, { relation, fold }) =>
    sql`arrays_overlap(${fold ? folded(list) : list}, (select collect_list(value) from ${relation}))`,
  listText: (list, _, answer) => sql`to_json(transform(${list}, x -> ${cast(answer(plain("x")), "string")}))`,
  json,
  jsonText: (value) => cast(value, "string"),
  numbers,
  times,
  keyText: (key, type) => (type.kind === "text" ? key : cast(key, "string")),
  bucket: (seed, key) =>
    sql`(cast(conv(substr(sha2(cast(${seed} || ':' || ${key} as binary), 256), 1, 8), 16, 10) as bigint) % 10000)`,
  list: (json, type) =>
    sql`select ${cast(sql`items.value`, typeName(type))} as value from (select explode(from_json(${json}, 'array<string>')) as value) as items`,
  spread(lists) {
    const rows = lists.map(({ json, value }) => sql`(${json}, ${value})`);
    return sql`select explode(from_json(l_.names, 'array<string>')) as zone, l_.value from values ${joined(rows, ", ")} as l_(names, value)`;
  },
};
