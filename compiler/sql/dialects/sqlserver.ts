import { sql } from "kysely";
import type { ScalarType } from "../../../language/types/type.ts";
import type { Constant } from "../../plan/term.ts";
import type { BoundConstant, Dialect, NumberOperators, Operators, TextOperators } from "../dialect.ts";
import { joined, number, plain, type Sql } from "../fragment.ts";
import { quotedText, writtenNumber } from "../literal.ts";
import type { Parameter } from "../statement.ts";
import { instantText, sqlserverTimes } from "./sqlserver-times.ts";

/**
 * SQL Server 2022, compatibility level 160. There is no boolean: a condition is never a value, and `bit` is compared with 1. Texts are `nvarchar` of any
 * collation and are compared in one that has the bytes of UTF-8. Lists and JSON are texts of JSON. Instants are `datetime2` in UTC, or `datetimeoffset`.
 */
export const sqlserver: Dialect = {
  name: "sqlserver",
  title: "SQL Server",
  support: {
    level: "grammar",
    by: "read by the ANTLR grammar of T-SQL (antlr4ts-sql 1.1.0), each word of it looked up in the documentation; executed in every run of the tests by an emulation, PostgreSQL with types and functions that do what the documentation says; never by SQL Server itself",
  },
  identifier: (name) => `[${name.replaceAll("]", "]]")}]`,
  placeholder: (index) => `@p${index}`,
  repeats: true,
  literal,
  limits: {
    decimalDigits: () => 38,
    depth: 120,
    cases: 10,
    needle: 4000,
    joins: 60,
    relations: 100,
    columns: 1000,
    windows: Number.POSITIVE_INFINITY,
    copiesGroups: false,
  },
  namesValues: true,
  namesCells: true,
  queriesInAggregates: false,
  samples: () => true,
  operators: () => OPERATORS,
};

function literal(value: Parameter): string {
  if (value.value === null) return "null";
  switch (value.type) {
    case "integer":
    case "decimal":
      return writtenNumber(value);
    case "float":
      return writtenNumber({ ...value, value: floatDigits(Number(value.value)) });
    case "boolean":
      return value.value === true ? "1" : "0";
    case "text":
      return `N${quotedText(String(value.value))}`;
    case "date":
    case "timestamp":
      return quotedText(String(value.value));
  }
}

/** With an exponent: without one it would be a decimal. */
function floatDigits(value: number): string {
  const digits = String(value);
  return digits.includes("e") ? digits : `${digits}e0`;
}

/**
 * A decimal's type. Of sums, the engine takes digits after the point away where those before it might need the place; with 29 before it on both sides
 * there are 9 after it.
 */
const decimalType = (scale: number): string => `decimal(${29 + scale}, ${scale})`;

function typeName(type: ScalarType): string {
  switch (type.kind) {
    case "text":
      return "nvarchar(max)";
    case "boolean":
      return "bit";
    case "integer":
      return "bigint";
    case "decimal":
      return decimalType(type.scale);
    case "float":
      return "float";
    case "date":
      return "date";
    case "timestamp":
      return "datetime2(6)";
  }
}

const cast = (value: Sql, type: string): Sql => sql`cast(${value} as ${plain(type)})`;

/**
 * Of UTF-8, by its bytes. Whatever a text comes out of (a column of a table, a constant, JSON) gives it this collation, and nothing gives it again: the engine takes
 * none for a text that has been given one.
 */
const COLLATION = "Latin1_General_100_BIN2_UTF8";

const collated = (text: Sql): Sql => sql`${text} collate ${plain(COLLATION)}`;

/**
 * The bytes of UTF-8, closed by a sign: `=`, `group by` and `order by` put blanks behind the shorter one of two texts, in this collation too. No other
 * sign that texts have comes before this one, so that the order stays that of the bytes.
 */
const closed = (text: Sql): Sql => sql`(${cast(text, "varchar(max)")} + char(1))`;

const text: TextOperators = {
  exact: closed,
  order: closed,
  ordered: (order) => sql`left(${order}, len(${order}) - 1)`,
  fold: (value) => sql`translate(${value}, N'ABCDEFGHIJKLMNOPQRSTUVWXYZ', N'abcdefghijklmnopqrstuvwxyz')`,
  // Nothing is found to be in a text at its place 0; the length of a text leaves out blanks at its end.
  contains: (value, needle) =>
    sql`charindex(${needle}, ${value}) > case when datalength(${needle}) = 0 then -1 else 0 end`,
  startsWith: (value, needle) => sql`${closed(sql`left(${value}, len(${needle} + N'.') - 1)`)} = ${closed(needle)}`,
  endsWith: (value, needle) => sql`${closed(sql`right(${value}, len(${needle} + N'.') - 1)`)} = ${closed(needle)}`,
};

const LARGEST = "1.7976931348623157e308";
const SMALLEST = "4.9406564584124654e-324";

/** SQL Server raises where a double overflows: that is foreseen. */
function floats(op: "+" | "-" | "*" | "/"): Sql {
  const [largest, smallest] = [plain(LARGEST), plain(SMALLEST)];
  switch (op) {
    case "+":
      return sql`case when sign(o_.x) <> sign(o_.y) or abs(o_.x) - ${largest} + abs(o_.y) <= 0 then o_.x + o_.y end`;
    case "-":
      return sql`case when sign(o_.x) = sign(o_.y) or abs(o_.x) - ${largest} + abs(o_.y) <= 0 then o_.x - o_.y end`;
    case "*":
      return sql`case when abs(o_.y) > ${largest} / greatest(abs(o_.x), 1e0) then null when o_.y <> 0 and abs(o_.y) < ${smallest} / nullif(least(abs(o_.x), 1e0), 0) then 0e0 else o_.x * o_.y end`;
    case "/":
      return sql`case when abs(o_.x) > ${largest} * least(abs(o_.y), 1e0) then null when o_.x <> 0 and abs(o_.x) < ${smallest} * greatest(abs(o_.y), 1e0) then 0e0 else o_.x / nullif(o_.y, 0) end`;
  }
}

/** The number in its smallest unit. Arithmetic would take digits away on the way there. */
const unitsOf = (value: Sql, scale: number): Sql =>
  scale === 0
    ? cast(value, "decimal(38, 0)")
    : cast(sql`replace(${cast(cast(value, decimalType(scale)), "varchar(50)")}, '.', '')`, "decimal(38, 0)");

/**
 * The product of two decimals of 29 digits before the point has six digits after it at most. Those with more are multiplied in their smallest units, and
 * what lies before the point is put together with what lies behind it.
 */
function exactProduct(left: Sql, leftScale: number, right: Sql, rightScale: number): Sql {
  const scale = leftScale + rightScale;
  const one = plain(`1${"0".repeat(scale)}`);
  const rest = sql`(m_.v % ${one})`;
  const whole = cast(sql`(m_.v - ${rest}) / ${one}`, decimalType(0));
  const product = sql`${unitsOf(left, leftScale)} * ${unitsOf(right, rightScale)}`;
  return sql`(select ${whole} + ${rest} * ${plain(`0.${"1".padStart(scale, "0")}`)} from (select ${product} as v) as m_)`;
}

const numbers: NumberOperators = {
  decimals: {
    kind: "native",
    cast: (value, scale) => cast(value, decimalType(scale)),
    product: (left, leftScale, right, rightScale) =>
      leftScale + rightScale > 6
        ? exactProduct(left, leftScale, right, rightScale)
        : sql`(${cast(left, decimalType(leftScale))} * ${cast(right, decimalType(rightScale))})`,
  },
  count: "count_big",
  whole: (fn, value) => cast(sql`${plain(fn === "floor" ? "floor" : "ceiling")}(${value})`, "bigint"),
  extreme(fn, values, type) {
    const known = joined(
      values.map((value) => sql`${value} is not null`),
      " and ",
    );
    // Of texts longer than 8,000 bytes `least` knows nothing.
    if (type.kind === "text") return text.ordered(extremeText(fn, values.map(text.order), known));
    return sql`case when ${known} then ${plain(fn)}(${joined(values, ", ")}) end`;
  },
  checked: (exact) => exact,
  toFloat: (exact) => cast(exact, "float"),
  sum: (exact, type) =>
    type.kind === "integer"
      ? cast(sql`sum(${cast(exact, "decimal(38, 0)")})`, "bigint")
      : cast(sql`sum(${exact})`, decimalType(9)),
  sumAsFloat: (exact, type) =>
    cast(sql`sum(${type.kind === "integer" ? cast(exact, "decimal(38, 0)") : exact})`, "float"),
  double: (digits) => plain(`${digits}e0`),
  finite: (value) => value,
  floats: (op, left, right) => sql`(select ${floats(op)} from (select ${left} as x, ${right} as y) as o_)`,
};

function extremeText(fn: "least" | "greatest", values: readonly Sql[], known: Sql): Sql {
  const aggregate = plain(fn === "least" ? "min" : "max");
  const rows = values.map((value) => sql`(${value})`);
  return sql`(select ${aggregate}(e_.v) from (values ${joined(rows, ", ")}) as e_(v) where ${known})`;
}

const INTEGERS = "[type] = 2";

/** An element of a JSON array, of the type; what has another one is missing. */
function elementOf(of: ScalarType): Sql {
  const value = plain("e_.[value]");
  const only = (type: number, element: Sql): Sql => sql`case when e_.[type] = ${number(type)} then ${element} end`;
  switch (of.kind) {
    case "text":
      return only(1, collated(value));
    case "boolean":
      return only(3, cast(value, "bit"));
    case "integer":
      return only(2, sql`try_cast(${value} as bigint)`);
    case "decimal":
      return only(
        2,
        sql`coalesce(try_cast(${value} as ${plain(decimalType(of.scale))}), try_cast(try_cast(${value} as float) as ${plain(decimalType(of.scale))}))`,
      );
    case "float":
      return only(2, sql`try_cast(${value} as float)`);
    case "date":
      return only(1, sql`try_cast(${value} as date)`);
    case "timestamp":
      return only(1, inUtc(sql`try_cast(${value} as datetimeoffset(6))`));
  }
}

const hasElement = (list: Sql, of: ScalarType, holds: (element: Sql) => Sql): Sql =>
  sql`exists (select 1 from openjson(${list}) as e_ where ${holds(elementOf(of))})`;

/** An instant with or without an offset, without it as the clock in UTC: what has none is taken to be there. */
const inUtc = (value: Sql): Sql => cast(sql`switchoffset(${value}, '+00:00')`, "datetime2(6)");

/** By the type of what is there. A number beyond doubles is none; one that was written with a point is whole where its double is. */
function json(value: Sql, path: string, type: ScalarType): Sql {
  const key = collated(plain(`N${quotedText(path)}`));
  // An array's elements have keys too, and a text or number alone has no rows at all.
  const members = sql`openjson(case when isjson(${value}, value) = 1 and isjson(${value}, object) = 0 then N'{}' else ${value} end)`;
  const found = (of: Sql): Sql =>
    sql`(select max(${of}) from ${members} as j_ where ${closed(collated(plain("j_.[key]")))} = ${closed(key)})`;
  const double = plain("try_cast(j_.[value] as float)");
  switch (type.kind) {
    case "boolean":
      return cast(
        found(plain("case when j_.[type] = 3 then case j_.[value] when N'true' then 1 else 0 end end")),
        "bit",
      );
    case "integer":
      return found(
        sql`case when j_.${plain(INTEGERS)} then coalesce(try_cast(j_.[value] as bigint), case when ${double} = floor(${double}) then try_cast(${double} as bigint) end) end`,
      );
    case "float":
      return found(sql`case when j_.${plain(INTEGERS)} then ${double} end`);
    default:
      return found(sql`case when j_.[type] = 1 then ${collated(plain("j_.[value]"))} end`);
  }
}

const OPERATORS: Operators = {
  constant: boundConstant,
  cell(column, type) {
    switch (type.kind) {
      case "list":
      case "json":
        return cast(column, "nvarchar(max)");
      case "timestamp":
        return inUtc(cast(column, "datetimeoffset(6)"));
      case "text":
      case "boolean":
      case "integer":
      case "decimal":
      case "float":
      case "date":
        return typed(column, type);
    }
  },
  boolean: (condition) => sql`case when ${condition} then cast(1 as bit) else cast(0 as bit) end`,
  isTrue: (value) => sql`${value} = 1`,
  text,
  has: (list, value, of, fold) =>
    hasElement(list, of, (element) => {
      if (of.kind !== "text") return sql`${element} = ${value}`;
      return sql`${closed(fold ? text.fold(element) : element)} = ${closed(value)}`;
    }),
  hasElement,
  listText(list, of, answer) {
    const known = cast(answer(elementOf(of)), "nvarchar(max)");
    const element = sql`coalesce(N'"' + string_escape(${known}, 'json') + N'"', N'null')`;
    const elements = sql`string_agg(${element}, N',') within group (order by cast(e_.[key] as int))`;
    return sql`case when ${list} is not null then (select N'[' + coalesce(${elements}, N'') + N']' from openjson(${list}) as e_) end`;
  },
  json,
  jsonText: (value) => value,
  numbers,
  times: sqlserverTimes,
  keyText: (key, type) => (type.kind === "text" ? key : collated(cast(key, "nvarchar(50)"))),
  bucket: (seed, key) =>
    sql`(cast(cast(substring(hashbytes('SHA2_256', ${cast(sql`${seed} + N':' + ${key}`, "varchar(max)")}), 1, 4) as binary(4)) as bigint) % 10000)`,
  list: (json, type) => sql`select ${typed(plain("items.[value]"), type)} as [value] from openjson(${json}) as items`,
  rows(columns, rows) {
    const named = joined(
      columns.map((column) => sql`cast(${sql.id("v_", column)} as bigint) as ${sql.id(column)}`),
      ", ",
    );
    const names = joined(
      columns.map((column) => sql.id(column)),
      ", ",
    );
    const nothing = columns.map(() => plain("0"));
    const values = (rows.length === 0 ? [nothing] : rows).map((row) => sql`(${joined(row, ", ")})`);
    const where = plain(rows.length === 0 ? " where 1 = 0" : "");
    return sql`(select ${named} from (values ${joined(values, ", ")}) as ${sql.id("v_")}(${names})${where})`;
  },
};

const typed = (value: Sql, type: ScalarType): Sql =>
  type.kind === "text" ? collated(cast(value, typeName(type))) : cast(value, typeName(type));

function boundConstant({ type, value }: Constant): BoundConstant {
  const collation = type.kind === "text" ? { collation: COLLATION } : {};
  if (value === null) return { parameter: { type: "text", value }, type: typeName(type), ...collation };
  const written = type.kind === "timestamp" ? instantText(String(value)) : value;
  return { parameter: { type: type.kind, value: written }, type: typeName(type), ...collation };
}
