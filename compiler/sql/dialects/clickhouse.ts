import { sql } from "kysely";
import { dayNumber, formatDay, formatInstant } from "../../../language/meaning/calendar.ts";
import type { ScalarType } from "../../../language/types/type.ts";
import type { Constant } from "../../plan/term.ts";
import type {
  BoundConstant,
  Dialect,
  NumberOperators,
  Operators,
  Step,
  TextOperators,
  TimeOperators,
} from "../dialect.ts";
import { joined, number, plain, type Sql } from "../fragment.ts";
import { doubleQuoted, quotedText, writtenNumber } from "../literal.ts";
import type { Parameter } from "../statement.ts";

/** Rows that a join does not find are missing; names mean columns before they mean what the query calls something; great whole numbers in JSON are read; rows are numbered by lists too. */
const SETTINGS = [
  "join_use_nulls = 1",
  "prefer_column_name_to_alias = 1",
  "allow_simdjson = 0",
  "allow_suspicious_types_in_order_by = 1",
];

/**
 * Instants are DateTime64(6, 'UTC'), dates Date32, in columns also DateTime, DateTime64 of other digits, Date; texts may be of any kind. Every value is Nullable, for the engine fills what is
 * missing elsewhere with zeros and empty texts. An Array cannot be: a list that may be missing is a Variant(Array(…)), and one that is an Array is missing only where its row is.
 * The database must not be read with `readonly = 1`, which forbids the settings at the end.
 */
export const clickhouse: Dialect = {
  name: "clickhouse",
  title: "ClickHouse",
  support: { level: "verified", by: "executed by ClickHouse 26.7 in CI, inside the tests' own process (chdb 3.4.0)" },
  identifier: (name) => doubleQuoted(name.replaceAll("\\", "\\\\")),
  repeats: true,
  placeholder: (index, parameter) => `{p${index}:${placeholderType(parameter)}}`,
  literal,
  limits: {
    decimalDigits: () => 38,
    depth: 140,
    // Its own limit is 256 KiB.
    text: 250_000,
    joins: 100,
    relations: 200,
    columns: 1000,
    // `materialized` is read, and ignored.
    windows: Number.POSITIVE_INFINITY,
    copiesGroups: false,
    // The engine takes 100 in one another, and plans some dozens a second.
    inlined: { deep: 80, all: 500 },
  },
  namesValues: true,
  settings: `settings ${SETTINGS.join(", ")}`,
  samples: () => true,
  operators: () => OPERATORS,
};

function placeholderType({ type, value }: Parameter): string {
  if (value === null) return "Nullable(String)";
  switch (type) {
    case "text":
    case "date":
      return "String";
    case "boolean":
      return "Bool";
    case "integer":
      return "Int64";
    case "decimal":
      return `Decimal(38, ${fractionDigits(String(value))})`;
    case "float":
      return "Float64";
    case "timestamp":
      return INSTANT;
  }
}

const INSTANT = "DateTime64(6, 'UTC')";

const fractionDigits = (decimal: string): number => (decimal.split(".")[1] ?? "").length;

function literal(value: Parameter): string {
  if (value.value === null) return "null";
  const text = String(value.value);
  switch (value.type) {
    case "integer":
      return writtenNumber(value);
    case "boolean":
      return text;
    case "decimal":
      // A bare one would be read as a double.
      return `toDecimal128('${text}', ${fractionDigits(text)})`;
    case "timestamp":
      return instantText(text);
    case "text":
    case "date":
    case "float":
      return textLiteral(text);
  }
}

const textLiteral = (text: string): string => quotedText(text.replaceAll("\\", "\\\\"));

const instantText = (instant: string): string =>
  `toDateTime64('${instant.replace("T", " ").replace("Z", "")}', 6, 'UTC')`;

function typeName(type: ScalarType): string {
  switch (type.kind) {
    case "text":
      return "Nullable(String)";
    case "boolean":
      return "Nullable(Bool)";
    case "integer":
      return "Nullable(Int64)";
    case "decimal":
      return `Nullable(Decimal(38, ${type.scale}))`;
    case "float":
      return "Nullable(Float64)";
    case "date":
      return "Nullable(Date32)";
    case "timestamp":
      return `Nullable(${INSTANT})`;
  }
}

const arrayName = (of: ScalarType): string => `Array(${typeName(of)})`;

const cast = (value: Sql, type: string): Sql => sql`cast(${value} as ${plain(type)})`;

/** A name for a value, without a query of its own. */
const named = (value: Sql, use: (name: Sql) => Sql, name = "o_"): Sql =>
  sql`arrayMap(${plain(name)} -> ${use(plain(name))}, [${value}])[1]`;

/** `value` where the condition that must not hold does not; raises where it does. Under a missing value lies another one, which `throwIf` would see. */
const unless = (condition: Sql, message: string, value: Sql): Sql =>
  sql`case when throwIf(ifNull(${condition}, 0), ${plain(quotedText(`seg: ${message}`))}) = 0 then ${value} end`;

const text: TextOperators = {
  exact: null,
  order: (value) => value,
  ordered: (value) => value,
  fold: (value) => sql`lower(${value})`,
  contains: (value, needle) => sql`position(${value}, ${needle}) > 0`,
  startsWith: (value, needle) => sql`startsWith(${value}, ${needle})`,
  endsWith: (value, needle) => sql`endsWith(${value}, ${needle})`,
};

/** A whole number of any kind as an integer of 64 bits. */
const whole64 = (value: Sql): Sql => {
  const isOutside = (name: Sql): Sql => sql`${name} not between -9223372036854775808 and 9223372036854775807`;
  const fits = (name: Sql): Sql => sql`accurateCastOrNull(${name}, 'Int64')`;
  return named(value, (name) => unless(isOutside(name), "a number leaves its type", fits(name)), "i_");
};

/** Neither a cast nor the arithmetic of decimals minds a digit too many; before the point 29 are allowed. */
const decimal = (value: Sql, scale: number): Sql => {
  const isTooGreat = (name: Sql): Sql => sql`abs(${name}) >= toDecimal256('1${plain("0".repeat(29))}', 0)`;
  const fits = (name: Sql): Sql => cast(name, `Nullable(Decimal(38, ${scale}))`);
  return named(value, (name) => unless(isTooGreat(name), "a number leaves its type", fits(name)), "d_");
};

/** A decimal is cast by way of a double that is not the nearest, but its text is. */
const nearest = (exact: Sql): Sql => sql`toFloat64(toString(${exact}))`;

/** With so many bits that no sum or product of two leaves them, nor what may lie under a missing one, which the engine computes with as well. */
const wide = (exact: Sql, type: ScalarType): Sql =>
  type.kind === "decimal" ? cast(exact, `Nullable(Decimal(76, ${type.scale}))`) : sql`toInt128(${exact})`;

const numbers: NumberOperators = {
  decimals: {
    kind: "native",
    cast: decimal,
    boundsWhole: true,
    product: (left, _, right) => sql`(${left} * ${right})`,
  },
  whole: (fn, value) => whole64(sql`${plain(fn)}(${value})`),
  extreme: (fn, values) =>
    sql`case when ${joined(
      values.map((value) => sql`${value} is not null`),
      " and ",
    )} then ${plain(fn)}(${joined(values, ", ")}) end`,
  checked: whole64,
  wide,
  counted: (count) => sql`toInt64(${count})`,
  toFloat: (exact, type) => (type.kind === "integer" ? sql`toFloat64(${exact})` : nearest(exact)),
  sum(exact, type) {
    const sum = sql`sum(${wide(exact, type)})`;
    return type.kind === "decimal" ? decimal(sum, type.scale) : whole64(sum);
  },
  sumAsFloat: (exact, type) => nearest(sql`sum(${wide(exact, type)})`),
  finite: (value) => sql`ifNotFinite(${value}, null)`,
  floats: (op, left, right) =>
    op === "/" ? sql`(${left} / nullif(${right}, 0))` : sql`(${left} ${plain(op)} ${right})`,
};

const micros = (instant: Sql): Sql => sql`toUnixTimestamp64Micro(${instant})`;
const asInstant = (date: Sql): Sql => cast(date, `Nullable(${INSTANT})`);
const instant = (at: bigint): Sql => plain(instantText(formatInstant(at)));

/** From here to there a text is read as the Date32 that it says; others come by way of an instant, for they would become the nearest of these. */
const [FIRST, LAST] = [dayNumber(1900, 1, 1), dayNumber(2299, 12, 31)];

/** Looked up in sorted arrays: a tree of cases would be written again for each query that reads it. */
function step(at: Sql, of: "instant" | "day", steps: readonly Step[]): Sql {
  const bounds = steps.map(({ from }) => String(from ?? "-9223372036854775808")).join(", ");
  const values = steps.map(({ value }) => value).join(", ");
  const place = of === "instant" ? micros(at) : sql`toInt64(${at})`;
  return sql`transform(roundDown(${place}, [${plain(bounds)}]), [${plain(bounds)}], [${plain(values)}], 0)`;
}

const times: TimeOperators = {
  now: sql`now64(6, 'UTC')`,
  instant,
  step,
  day: (day) =>
    day >= FIRST && day <= LAST
      ? sql`toDate32(${plain(quotedText(formatDay(day)))})`
      : sql`toDate32(${instant(BigInt(day) * 86_400_000_000n)})`,
  clock: (instant, seconds) => (seconds === null ? instant : sql`addSeconds(${instant}, ${seconds})`),
  dayOf: (clock) => sql`toDate32(${clock})`,
  microsOfDay: (clock) => sql`(${micros(clock)} - ${micros(asInstant(sql`toDate32(${clock})`))})`,
  midnight: (date, seconds) => sql`subtractSeconds(${asInstant(date)}, ${seconds})`,
  part: (part, date) => sql`${plain(PARTS[part])}(${date})`,
  startOf(period, date) {
    // The functions that are made for it answer with a Date, which begins in 1970.
    const firstOf = (part: Sql): Sql => sql`addDays(${date}, 1 - ${part})`;
    switch (period) {
      case "week":
        return firstOf(sql`toDayOfWeek(${date})`);
      case "month":
        return firstOf(sql`toDayOfMonth(${date})`);
      case "year":
        return firstOf(sql`toDayOfYear(${date})`);
      case "quarter":
        return sql`addMonths(${firstOf(sql`toDayOfMonth(${date})`)}, -((toMonth(${date}) - 1) % 3))`;
    }
  },
  inYear: (year, date) => sql`addYears(${date}, ${number(year)} - toYear(${date}))`,
  shiftInstant: (instant, seconds) => sql`addSeconds(${instant}, ${number(seconds)})`,
  shiftDays: (date, days) => sql`addDays(${date}, ${number(days)})`,
  shiftMonths: (date, months) => sql`addMonths(${date}, ${number(months)})`,
  daysBetween: (from, to) => sql`(toInt64(${to}) - toInt64(${from}))`,
  microsBetween: (from, to) => sql`(${micros(to)} - ${micros(from)})`,
  quotient: (dividend, divisor) => sql`intDiv(${dividend}, ${divisor})`,
};

const PARTS = { year: "toYear", month: "toMonth", day: "toDayOfMonth", day_of_week: "toDayOfWeek" } as const;

/** By the type of what is there; a number that was written as one with a point is whole where its double is. */
function json(value: Sql, path: string, type: ScalarType): Sql {
  const at = plain(textLiteral(path));
  const kind = sql`JSONType(${value}, ${at})`;
  const found = (as: ScalarType): Sql => sql`JSONExtract(${value}, ${at}, ${plain(quotedText(typeName(as)))})`;
  switch (type.kind) {
    case "boolean":
      return sql`case when ${kind} = 'Bool' then ${found(type)} end`;
    case "integer":
      return sql`case when ${kind} in ('Int64', 'UInt64') then ${found(type)} when ${kind} = 'Double' then accurateCastOrNull(${found({ kind: "float" })}, 'Int64') end`;
    case "float":
      return sql`case when ${kind} in ('Int64', 'UInt64', 'Double') then ${numbers.finite(found(type))} end`;
    default:
      return sql`case when ${kind} = 'String' then ${found({ kind: "text" })} end`;
  }
}

/** A number beyond doubles, outside of texts, and what stands before it. */
const BEYOND = String.raw`((?:"(?:[^"\\]|\\.)*"|[^"])*?)-?[0-9]+(?:\.[0-9]+)?[eE]\+?0*(?:309|3[1-9][0-9]|[4-9][0-9]{2}|[1-9][0-9]{3,})`;

/** A number beyond doubles is no reason to refuse the JSON around it, as the engine does. */
function readableJson(text: Sql): Sql {
  const mended = sql`replaceRegexpAll(${text}, ${plain(textLiteral(BEYOND))}, ${plain(textLiteral(String.raw`\1null`))})`;
  const checked = named(mended, (name) => unless(sql`not isValidJSON(${name})`, "a text is no JSON", name), "k_");
  return sql`case when isValidJSON(${text}) then ${text} else ${checked} end`;
}

/** The elements of a list; none of a missing one. */
const elements = (list: Sql, of: ScalarType): Sql => sql`variantElement(${list}, ${plain(quotedText(arrayName(of)))})`;

const some = (list: Sql, of: ScalarType, holds: (element: Sql) => Sql): Sql =>
  sql`arrayExists(e_ -> ${holds(plain("e_"))}, ${elements(list, of)})`;

/** A JSON list of texts of our own as an array, which cannot be Nullable. */
const texts = (json: Sql): Sql => sql`JSONExtract(ifNull(${json}, ''), 'Array(String)')`;

const OPERATORS: Operators = {
  constant,
  cell(column, type) {
    switch (type.kind) {
      case "list": {
        const list = cast(cast(column, arrayName(type.of)), `Variant(${arrayName(type.of)})`);
        return sql`case when ${column} is not null then ${list} end`;
      }
      case "json":
        return named(cast(column, "Nullable(String)"), readableJson, "j_");
      case "integer":
        return sql`accurateCast(${column}, 'Nullable(Int64)')`;
      case "float":
        return numbers.finite(cast(column, typeName(type)));
      case "text":
      case "decimal":
      case "boolean":
      case "date":
      case "timestamp":
        return cast(column, typeName(type));
    }
  },
  boolean: (condition) => sql`case when ${condition} then true else false end`,
  isTrue: (value) => value,
  text,
  has: (list, value, of, fold) => some(list, of, (element) => sql`${fold ? text.fold(element) : element} = ${value}`),
  hasElement: some,
  listText: (list, of, answer) =>
    sql`case when ${list} is not null then toJSONString(arrayMap(e_ -> toString(${answer(plain("e_"))}), ${elements(list, of)})) end`,
  json,
  jsonText: (value) => value,
  numbers,
  times,
  keyText: (key, type) => (type.kind === "text" ? key : sql`toString(${key})`),
  bucket: (seed, key) =>
    sql`(reinterpretAsUInt32(reverse(substring(SHA256(concat(${seed}, ':', ${key})), 1, 4))) % 10000)`,
  list(json, type) {
    const value = plain("items.value");
    const read = type.kind === "date" ? cast(value, `Nullable(${INSTANT})`) : value;
    return sql`select ${cast(read, typeName(type))} as value from (select arrayJoin(${texts(json)}) as value) as items`;
  },
  spread(lists) {
    const pairs = lists.map(({ json, value }) => sql`arrayMap(z_ -> (z_, ${value}), ${texts(json)})`);
    return sql`select tupleElement(pairs.pair, 1) as zone, tupleElement(pairs.pair, 2) as value from (select arrayJoin(arrayConcat(${joined(pairs, ", ")})) as pair) as pairs`;
  },
  rows(columns, rows) {
    const structure = columns.map((name) => `${name} Int64`).join(", ");
    const values = rows.map((row) => sql`(${joined(row, ", ")})`);
    return sql`(select * from values(${plain(quotedText(structure))}, ${joined(values, ", ")}))`;
  },
  named,
};

function constant({ type, value }: Constant): BoundConstant {
  if (type.kind === "date" && value !== null) {
    const isFar = String(value) < formatDay(FIRST) || String(value) > formatDay(LAST);
    if (isFar) return { parameter: { type: "timestamp", value: `${value}T00:00:00.000000Z` }, type: typeName(type) };
  }
  return { parameter: { type: type.kind, value }, type: typeName(type) };
}
