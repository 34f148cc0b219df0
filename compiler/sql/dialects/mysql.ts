import { sql } from "kysely";
import { formatDay, formatInstant } from "../../../language/meaning/calendar.ts";
import type { ScalarType } from "../../../language/types/type.ts";
import type { Constant } from "../../plan/term.ts";
import type {
  BoundConstant,
  Dialect,
  NumberOperators,
  Operators,
  Support,
  TextOperators,
  TimeOperators,
} from "../dialect.ts";
import { joined, number, plain, type Sql } from "../fragment.ts";
import { quotedText, writtenNumber } from "../literal.ts";
import type { Parameter } from "../statement.ts";

/** What MySQL and those who come from it say differently. */
export interface Branch {
  readonly name: string;
  readonly title: string;
  readonly support: Support;
  /** A collation of utf8mb4 that compares code points and leaves no blank out. */
  readonly collation: string;
  /** What stands before each row of `values`. */
  readonly row: string;
  readonly relations: number;
  /** JSON that raises where it is malformed. */
  readonly json: (column: Sql) => Sql;
  /** What stands under a name in a JSON object; `path` leads to it. */
  readonly member: (object: Sql, path: Sql, name: Sql) => Sql;
  /** A query of one value over one row, whose columns `o_.x` and `o_.y` hold these values. */
  readonly over: (row: readonly Held[], answer: Sql) => Sql;
  /** A count or place as a signed integer. */
  readonly counted: (count: Sql) => Sql;
}

/** A value of a row, and its type. */
export interface Held {
  readonly value: Sql;
  readonly name: "x" | "y";
  readonly type: string;
}

/**
 * Text may have any character set and collation: it is read as utf8mb4 in a collation that compares code points. Instants are DATETIME(6) in UTC, or
 * TIMESTAMP where the session's time zone is `+00:00`. Booleans are numbers, lists are JSON arrays. No mode of the session (`NO_BACKSLASH_ESCAPES`,
 * `ANSI_QUOTES`, `PIPES_AS_CONCAT`, strict or not) changes what is written here.
 */
export const mysql: Dialect = mysqlDialect({
  name: "mysql",
  title: "MySQL",
  support: {
    level: "reference",
    by: "what it shares with MariaDB is executed in CI by MariaDB 10.11; MySQL 9.7.4 itself executed every hand-written case once, by hand",
  },
  collation: "utf8mb4_0900_bin",
  row: "row",
  relations: 200,
  json: (column) => column,
  member: (object, path) => sql`json_extract(${object}, ${path})`,
  over(row, answer) {
    const columns = row.map(({ value, name }) => sql`${value} as ${plain(name)}`);
    return sql`(select ${answer} from lateral (select ${joined(columns, ", ")}) as o_)`;
  },
  counted: (count) => cast(count, "signed"),
});

/** The dialect of a branch. */
export function mysqlDialect(branch: Branch): Dialect {
  return {
    name: branch.name,
    title: branch.title,
    support: branch.support,
    identifier: (name) => `\`${name.replaceAll("`", "``")}\``,
    repeats: false,
    placeholder: () => "?",
    literal,
    limits: {
      decimalDigits: () => 38,
      depth: 400,
      joins: 55,
      relations: branch.relations,
      columns: 1000,
      windows: Number.POSITIVE_INFINITY,
      copiesGroups: false,
    },
    namesValues: true,
    samples: () => true,
    operators: () => operatorsOf(branch),
  };
}

function literal(value: Parameter): string {
  if (value.value === null) return "null";
  switch (value.type) {
    case "integer":
    case "decimal":
      return writtenNumber(value);
    case "boolean":
      return value.value === true ? "1" : "0";
    case "text":
      return textLiteral(String(value.value));
    case "date":
    case "timestamp":
    case "float":
      return quotedText(String(value.value));
  }
}

/** In hexadecimal digits, unless it is plain: whether a backslash means itself is up to the session. */
const textLiteral = (text: string): string =>
  /^[ -[\]-~]*$/.test(text) && !text.includes("'") ? quotedText(text) : `_utf8mb4 x'${hexadecimal(text)}'`;

/** The bytes of UTF-8. */
const hexadecimal = (text: string): string =>
  encodeURIComponent(text).replace(/%(..)|(.)/g, (_, byte: string | undefined, plain: string) =>
    (byte ?? plain.charCodeAt(0).toString(16)).toLowerCase(),
  );

/** `decimal` has all digits that there are, for a constant may lie beyond what a column holds. */
function typeName(type: ScalarType): string {
  switch (type.kind) {
    case "text":
      return "char character set utf8mb4";
    case "boolean":
    case "integer":
      return "signed";
    case "decimal":
      return `decimal(65, ${type.scale})`;
    case "float":
      return "double";
    case "date":
      return "date";
    case "timestamp":
      return "datetime(6)";
  }
}

const cast = (value: Sql, type: string): Sql => sql`cast(${value} as ${plain(type)})`;

/** Nothing but an error: a sum that leaves 64 bits. */
const RAISE = plain("9223372036854775807 + 1");

const times: TimeOperators = {
  now: sql`utc_timestamp(6)`,
  instant: (micros) => sql`timestamp ${plain(quotedText(spaced(formatInstant(micros))))}`,
  day: (day) => sql`date ${plain(quotedText(formatDay(day)))}`,
  clock: (instant, seconds) =>
    seconds === null ? instant : turned(sql`date_add(${instant}, interval ${seconds} second)`, instant),
  dayOf: (clock) => cast(clock, "date"),
  microsOfDay: (clock) => sql`(timestampdiff(microsecond, ${FIRST}, ${clock}) % 86400000000)`,
  midnight: (date, seconds) => turned(sql`date_sub(${cast(date, "datetime(6)")}, interval ${seconds} second)`, date),
  part(part, date) {
    if (part === "day_of_week") return sql`(weekday(${date}) + 1)`;
    // They are unsigned.
    return cast(sql`${plain(part === "day" ? "dayofmonth" : part)}(${date})`, "signed");
  },
  // Whole periods from a first of January that was a Monday.
  startOf: (period, date) =>
    sql`date_add(date '0001-01-01', interval timestampdiff(${plain(period)}, date '0001-01-01', ${date}) ${plain(period)})`,
  inYear: (year, date) => sql`date_add(${date}, interval ${number(year)} - year(${date}) year)`,
  shiftInstant: (instant, seconds) => shifted(instant, seconds, "second"),
  shiftDays: (date, days) => shifted(date, days, "day"),
  shiftMonths: (date, months) => shifted(date, months, "month"),
  daysBetween: (from, to) => sql`datediff(${to}, ${from})`,
  microsBetween: (from, to) => sql`timestampdiff(microsecond, ${from}, ${to})`,
  quotient: (dividend, divisor) => sql`(${dividend} div ${divisor})`,
};

const spaced = (instant: string): string => instant.replace("T", " ").replace("Z", "");

/** Before and after all that a column holds. */
const FIRST = plain("timestamp '0000-01-01 00:00:00'");
const LAST = plain("timestamp '9999-12-31 23:59:59.999999'");

/**
 * A date or instant that is moved. There is none after the year 9999 or before the year 0, and null would be missing: what is moved past them (a
 * `9999-12-31` that stands for "for ever") becomes what comes after, or before, all others.
 */
function shifted(value: Sql, by: number, unit: string): Sql {
  const moved = sql`date_add(${value}, interval ${number(by)} ${plain(unit)})`;
  return sql`coalesce(${moved}, ${by > 0 ? sql`greatest(${value}, ${LAST})` : sql`least(${value}, ${FIRST})`})`;
}

/** The same, moved by some hours in either direction. */
const turned = (moved: Sql, value: Sql): Sql =>
  sql`coalesce(${moved}, case when ${value} < date '5000-01-01' then ${FIRST} when ${value} is not null then ${LAST} end)`;

const LARGEST = "1.7976931348623157e308";

/** Only sums of a group leave the range without a word; what is computed of them raises then. */
const finite = (value: Sql): Sql => sql`case when abs(${value}) <= ${plain(LARGEST)} then ${value} end`;

/** An overflow raises, so it is foreseen. */
function floats(op: "+" | "-" | "*" | "/"): Sql {
  switch (op) {
    case "+":
      return sql`case when (o_.x < 0) <> (o_.y < 0) or abs(o_.x) - ${plain(LARGEST)} + abs(o_.y) <= 0 then o_.x + o_.y end`;
    case "-":
      return sql`case when (o_.x < 0) = (o_.y < 0) or abs(o_.x) - ${plain(LARGEST)} + abs(o_.y) <= 0 then o_.x - o_.y end`;
    case "*":
      return sql`case when abs(o_.y) <= ${plain(LARGEST)} / greatest(abs(o_.x), 1e0) then o_.x * o_.y end`;
    case "/":
      return sql`case when abs(o_.x) <= ${plain(LARGEST)} * least(abs(o_.y), 1e0) then o_.x / nullif(o_.y, 0) end`;
  }
}

/** One more than what 29 digits hold. */
const TOO_GREAT = plain(`1${"0".repeat(29)}`);

const numbersOf = ({ over, counted }: Branch): NumberOperators => ({
  decimals: {
    kind: "native",
    // A cast would answer the greatest number there is.
    cast: (value) =>
      over(
        [{ value, name: "x", type: "decimal(65, 9)" }],
        sql`case when abs(o_.x) < ${TOO_GREAT} then o_.x when o_.x is not null then ${RAISE} end`,
      ),
    product: (left, _, right) => sql`(${left} * ${right})`,
  },
  whole(fn, value, type) {
    // `div` raises where its answer leaves 64 bits; of a double it would see fifteen digits.
    if (type.kind !== "float") return sql`(${plain(fn)}(${value}) div 1)`;
    return over(
      [{ value: sql`${plain(fn)}(${value})`, name: "x", type: "double" }],
      sql`case when o_.x >= -9223372036854775808e0 and o_.x < 9223372036854775808e0 then ${cast(plain("o_.x"), "signed")} when o_.x is not null then ${RAISE} end`,
    );
  },
  extreme: (fn, values) => sql`${plain(fn)}(${joined(values, ", ")})`,
  checked: (exact) => exact,
  // A column may be unsigned, and what is computed of it would be too.
  wide: (exact, type) => (type.kind === "integer" ? cast(exact, "signed") : exact),
  counted,
  toFloat: (exact) => cast(exact, "double"),
  sum: (exact, type) =>
    type.kind === "integer"
      ? sql`(sum(${exact}) div 1)`
      : sql`case when abs(sum(${exact})) >= ${TOO_GREAT} then ${RAISE} else sum(${exact}) end`,
  sumAsFloat: (exact) => cast(sql`sum(${exact})`, "double"),
  double: (digits) => cast(plain(quotedText(digits)), "double"),
  finite,
  dividend: finite,
  floats: (op, left, right) =>
    over(
      [
        { value: left, name: "x", type: "double" },
        { value: right, name: "y", type: "double" },
      ],
      floats(op),
    ),
});

const NUMBERS = plain("'INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL'");

function operatorsOf(branch: Branch): Operators {
  const { collation, row, json, member, over } = branch;
  const collated = plain(`collate ${collation}`);
  const exact = (value: Sql): Sql => sql`convert(${value} using utf8mb4) ${collated}`;

  const text: TextOperators = {
    exact: null,
    order: (value) => value,
    ordered: (value) => value,
    // The bytes are taken for those of a character set of one byte each that has no other letters with two cases.
    fold: (value) => exact(sql`cast(lower(convert(cast(${value} as binary) using tis620)) as binary)`),
    contains: (value, needle) => sql`locate(${needle}, ${value}) > 0`,
    startsWith: (value, needle) => sql`left(${value}, char_length(${needle})) = ${needle}`,
    endsWith: (value, needle) => sql`right(${value}, char_length(${needle})) = ${needle}`,
  };

  /** A scalar JSON value as one of the type; missing where it is of another. */
  const scalar = (value: Sql, type: ScalarType): Sql => {
    const kind = sql`json_type(${value})`;
    const found = sql`json_unquote(${value})`;
    const double = cast(found, "double");
    switch (type.kind) {
      case "boolean":
        return sql`case when ${kind} = 'BOOLEAN' then case ${found} when 'true' then 1 else 0 end end`;
      case "integer": {
        const whole = cast(found, "decimal(65, 0)");
        return sql`case when ${kind} in (${NUMBERS}) then case when ${double} = floor(${double}) and ${whole} between -9223372036854775808 and 9223372036854775807 then ${cast(whole, "signed")} end end`;
      }
      case "decimal":
        return sql`case when ${kind} in (${NUMBERS}) then ${cast(found, typeName(type))} end`;
      case "float":
        // What is greater is read as the greatest.
        return sql`case when ${kind} in (${NUMBERS}) then case when abs(${double}) < ${plain(LARGEST)} or trim(leading '-' from ${found}) in ('1.7976931348623157e308', '1.7976931348623157e+308') then ${double} end end`;
      case "text":
        return sql`case when ${kind} = 'STRING' then ${exact(found)} end`;
      case "date":
      case "timestamp":
        return sql`case when ${kind} = 'STRING' then ${cast(found, typeName(type))} end`;
    }
  };

  // MySQL does not take the bare column of a named query.
  const elements = (list: Sql): Sql => sql`json_table(coalesce(${list}), '$[*]' columns (v json path '$')) as e_`;
  const zones = (names: Sql): Sql =>
    sql`json_table(${names}, '$[*]' columns (zone varchar(60) character set utf8mb4 ${collated} path '$')) as l`;
  const element = (of: ScalarType): Sql => scalar(plain("e_.v"), of);
  // Counted, for MySQL answers `exists` once for all rows.
  const hasElement = (list: Sql, of: ScalarType, holds: (element: Sql) => Sql): Sql =>
    sql`(select count(*) from ${elements(list)} where ${holds(element(of))}) > 0`;

  return {
    constant: (constant) => boundConstant(constant, collation),
    cell(column, type) {
      switch (type.kind) {
        case "text":
          return exact(column);
        case "json":
          return json(column);
        case "boolean":
          return sql`(${column} <> 0)`;
        case "float":
          return cast(column, "double");
        case "decimal":
          return cast(column, `decimal(38, ${type.scale})`);
        // As they are, so that an index on them serves.
        case "integer":
        case "date":
        case "timestamp":
        case "list":
          return column;
      }
    },
    boolean: (condition) => sql`case when ${condition} then 1 else 0 end`,
    isTrue: (value) => value,
    text,
    has: (list, value, of, fold) => hasElement(list, of, (one) => sql`${fold ? text.fold(one) : one} = ${value}`),
    hasElement,
    listText: (list, of, answer) =>
      sql`case when ${list} is not null then (select coalesce(json_arrayagg(${exact(answer(element(of)))}), '[]') from ${elements(list)}) end`,
    json: (value, path, type) =>
      scalar(member(value, plain(textLiteral(`$.${JSON.stringify(path)}`)), exact(plain(textLiteral(path)))), type),
    jsonText: exact,
    numbers: numbersOf(branch),
    times,
    keyText: (key, type) => (type.kind === "text" ? key : exact(key)),
    bucket: (seed, key) =>
      sql`(${cast(sql`conv(left(sha2(concat(${seed}, ':', ${key}), 256), 8), 16, 10)`, "signed")} % 10000)`,
    list(values, type, longest) {
      // What has a length can be looked up.
      const held = longest > 250 ? "longtext" : "varchar(250)";
      const column = plain(`value ${held} character set utf8mb4 collate ${collation} path '$'`);
      const value = type.kind === "text" ? plain("items.value") : cast(plain("items.value"), typeName(type));
      return sql`select ${value} as value from json_table(${values}, '$[*]' columns (${column})) as items`;
    },
    // Without `distinct` MySQL takes the value for one of all rows, also of those that it finds no zone for.
    spread: (lists) =>
      joined(
        lists.map(({ json, value }) => sql`select distinct zone, ${value} as value from ${zones(json)}`),
        " union all ",
      ),
    rows(columns, rows) {
      const first = columns.map((name) => sql`cast(0 as signed) as ${sql.id(name)}`);
      const values = rows.map((cells) => sql`${plain(row)}(${joined(cells, ", ")})`);
      return sql`(select ${joined(first, ", ")} where 1 = 0 union all values ${joined(values, ", ")})`;
    },
    named: (value, use) => over([{ value, name: "x", type: "datetime(6)" }], use(plain("o_.x"))),
  };
}

function boundConstant({ type, value }: Constant, collation: string): BoundConstant {
  const name = typeName(type);
  if (type.kind === "text") return { parameter: { type: "text", value }, type: name, collation, yields: true };
  if (type.kind === "timestamp" && value !== null)
    return { parameter: { type: "text", value: spaced(String(value)) }, type: name };
  return { parameter: { type: type.kind, value }, type: name };
}
