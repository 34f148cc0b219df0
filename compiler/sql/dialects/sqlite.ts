import { sql } from "kysely";
import { formatDay, formatInstant, monthLength, parseInstant } from "../../../language/meaning/calendar.ts";
import { INTEGER_MAX, INTEGER_MIN } from "../../../language/types/number.ts";
import type { ScalarType } from "../../../language/types/type.ts";
import type { Constant } from "../../plan/term.ts";
import type { BoundConstant, Dialect, NumberOperators, Operators, TextOperators, TimeOperators } from "../dialect.ts";
import { joined, number, plain, type Sql } from "../fragment.ts";
import { doubleQuoted, quotedText, writtenNumber } from "../literal.ts";
import { unitsOf } from "../scale.ts";
import type { Parameter } from "../statement.ts";
import type { Storage } from "../storage.ts";

/**
 * Decimals are whole numbers of their smallest unit. Instants are text of 26 characters, or whole microseconds where the connection found a column that
 * is; local clocks are microseconds.
 */
export const sqlite: Dialect = {
  name: "sqlite",
  title: "SQLite",
  support: {
    level: "verified",
    by: "executed by SQLite 3.50.4 (Node's own) in every run of the tests, in both ways to store instants and decimals",
  },
  identifier: doubleQuoted,
  repeats: true,
  placeholder: (index) => `?${index}`,
  literal,
  limits: {
    decimalDigits: (storage) => (storage.decimals === "minor" ? 18 : 15),
    depth: 400,
    joins: 60,
    relations: 200,
    columns: 1000,
    windows: Number.POSITIVE_INFINITY,
    copiesGroups: false,
  },
  namesValues: true,
  samples: (storage) => storage.samples,
  operators,
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
    case "date":
    case "timestamp":
      return quotedText(String(value.value));
  }
}

/** With a point or an exponent, so that it is no integer. */
function floatDigits(value: number): string {
  const digits = String(value);
  return /[.e]/.test(digits) ? digits : `${digits}.0`;
}

const cast = (value: Sql, type: string): Sql => sql`cast(${value} as ${plain(type)})`;

const blob = (value: Sql): Sql => cast(value, "blob");

const text: TextOperators = {
  exact: null,
  order: (value) => value,
  ordered: (value) => value,
  fold: (value) => sql`lower(${value})`,
  contains: (value, needle) => sql`instr(${value}, ${needle}) > 0`,
  // By bytes: the length of a text would end at a character 0.
  startsWith: (value, needle) => sql`substr(${blob(value)}, 1, length(${blob(needle)})) = ${blob(needle)}`,
  endsWith: (value, needle) =>
    sql`(length(${blob(value)}) >= length(${blob(needle)}) and substr(${blob(value)}, length(${blob(value)}) - length(${blob(needle)}) + 1) = ${blob(needle)})`,
};

const power = (scale: number): string => `1${"0".repeat(scale)}`;

const numbers: NumberOperators = {
  decimals: { kind: "scaled" },
  // What leaves 64 bits becomes REAL without a word, and stays it: `abs` of the least integer is what raises.
  checked: (exact) => sql`case typeof(${exact}) when 'real' then abs(-9223372036854775808) else ${exact} end`,
  whole: (fn, value, type) => (type.kind === "float" ? wholeOfFloat(fn, value) : wholeOfUnits(fn, value, type)),
  extreme: (fn, values) => sql`${plain(fn === "least" ? "min" : "max")}(${joined(values, ", ")})`,
  toFloat: (exact, type) =>
    type.kind === "decimal" && type.scale > 0
      ? sql`(cast(${exact} as real) / ${plain(`${power(type.scale)}.0`)})`
      : cast(exact, "real"),
  sum: (exact) => sql`sum(${exact})`,
  sumAsFloat: (exact, type) => numbers.toFloat(sql`sum(${exact})`, type),
  finite: (value) => sql`case when abs(${value}) < 9e999 then ${value} end`,
  floats: (op, left, right) =>
    op === "/" ? sql`(${left} / nullif(${right}, 0))` : sql`(${left} ${plain(op)} ${right})`,
};

/** Microseconds of a day, and of more years than there are, which keep quotients from being negative. */
const DAY = 86_400_000_000n;
const AHEAD = 4_000_000n * DAY;

const secondsOf = (date: Sql): Sql => sql`cast(strftime('%s', ${date}) as integer)`;

/**
 * A date or instant that was moved. SQLite knows none after the year 9999 and answers null, which would be missing: what is moved past it
 * (a `9999-12-31` that stands for "for ever") becomes a text that comes after every date.
 */
function shifted(moved: Sql, from: Sql, by: number): Sql {
  if (by <= 0) return sql`(${moved})`;
  return sql`coalesce(${moved}, case when ${from} is null then null else '9999-12-32' end)`;
}

/** Instants as text of 26 characters. */
const asText = {
  instant: (micros: bigint): string => formatInstant(micros).replace("T", " ").replace("Z", ""),
  toMicros: (instant: Sql): Sql =>
    sql`(${secondsOf(sql`substr(${instant}, 1, 19)`)} * 1000000 + cast(substr(${instant}, 21, 6) as integer))`,
};

function timesOf(isMicros: boolean): TimeOperators {
  const toMicros = isMicros ? (instant: Sql): Sql => instant : asText.toMicros;
  const clockText = sql`(strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')`;
  return {
    now: isMicros ? sql`(cast(round(unixepoch('now', 'subsec') * 1000) as integer) * 1000)` : clockText,
    instant: (micros) => (isMicros ? number(micros) : plain(quotedText(asText.instant(micros)))),
    day: (day) => plain(quotedText(formatDay(day))),
    clock: (instant, seconds) =>
      seconds === null ? toMicros(instant) : sql`(${toMicros(instant)} + ${seconds} * 1000000)`,
    dayOf: (clock) =>
      sql`date(((${clock} + ${number(AHEAD)}) / ${number(DAY)} - ${number(AHEAD / DAY)}) * 86400, 'unixepoch')`,
    microsOfDay: (clock) => sql`((${clock} + ${number(AHEAD)}) % ${number(DAY)})`,
    midnight: (date, seconds) =>
      isMicros
        ? sql`((${secondsOf(date)} - ${seconds}) * 1000000)`
        : sql`(datetime(${secondsOf(date)} - ${seconds}, 'unixepoch') || '.000000')`,
    part: (part, date) =>
      part === "day_of_week"
        ? sql`((cast(strftime('%w', ${date}) as integer) + 6) % 7 + 1)`
        : sql`cast(strftime(${plain(PARTS[part])}, ${date}) as integer)`,
    startOf(period, date) {
      // The next Monday from six days before on is the last one.
      if (period === "week") return sql`date(${date}, '-6 days', 'weekday 1')`;
      if (period !== "quarter") return sql`date(${date}, ${plain(quotedText(`start of ${period}`))})`;
      const back = sql`((cast(strftime('%m', d.v) as integer) - 1) % 3)`;
      return sql`(select date(d.v, 'start of month', '-' || ${back} || ' months') from (select ${date} as v) as d)`;
    },
    inYear(year, date) {
      const day = sql`substr(${date}, 5)`;
      const kept = monthLength(year, 2) === 28 ? sql`case ${day} when '-02-29' then '-02-28' else ${day} end` : day;
      return sql`(${plain(quotedText(String(year).padStart(4, "0")))} || ${kept})`;
    },
    shiftInstant: (instant, seconds) =>
      isMicros
        ? sql`(${instant} + ${number(BigInt(seconds) * 1_000_000n)})`
        : shifted(
            sql`datetime(substr(${instant}, 1, 19), ${plain(quotedText(`${seconds} seconds`))}) || substr(${instant}, 20)`,
            instant,
            seconds,
          ),
    shiftDays: (date, days) => shifted(sql`date(${date}, ${plain(quotedText(`${days} days`))})`, date, days),
    shiftMonths: (date, months) => {
      // Clamped to the end of the month without the modifier `floor`, which SQLite before 3.46 answers with null; the date is named, so that
      // nested shifts do not double the text. Nothing ends later than the last month that there is.
      const modifier = (count: number): Sql => plain(quotedText(`${count} months`));
      const end = sql`coalesce(date(d.v, 'start of month', ${modifier(months + 1)}, '-1 day'), '9999-12-31')`;
      const moved = sql`min(${end}, date(d.v, ${modifier(months)}))`;
      return sql`(select ${shifted(moved, sql`d.v`, months)} from (select ${date} as v) as d)`;
    },
    daysBetween: (from, to) => sql`((${secondsOf(to)} - ${secondsOf(from)}) / 86400)`,
    microsBetween: (from, to) => sql`(${toMicros(to)} - ${toMicros(from)})`,
    quotient: (dividend, divisor) => sql`(${dividend} / ${divisor})`,
  };
}

const PARTS = { year: "'%Y'", month: "'%m'", day: "'%d'" } as const;

/** Whole units, or a double, named so that they are worked out once. What leaves 64 bits raises: `abs` of the least integer does. */
const wholeOfUnits = (fn: "floor" | "ceil", value: Sql, type: ScalarType): Sql => {
  const one = plain(power(type.kind === "decimal" ? type.scale : 0));
  const step = fn === "floor" ? sql`- (w_.v % ${one} < 0)` : sql`+ (w_.v % ${one} > 0)`;
  return sql`(select w_.v / ${one} ${step} from (select ${value} as v) as w_)`;
};

const wholeOfFloat = (fn: "floor" | "ceil", value: Sql): Sql =>
  sql`(select case when w_.v >= -9223372036854775808.0 and w_.v < 9223372036854775808.0 then cast(w_.v as integer) when w_.v is not null then abs(-9223372036854775808) end from (select ${plain(fn)}(${value}) as v) as w_)`;

/** An element of a JSON array as a column of its type holds it; what has another type equals nothing. */
function elementOf(of: ScalarType, decimals: Storage["decimals"], isMicros: boolean): Sql {
  const value = plain("e_.value");
  const only = (types: string, element: Sql): Sql => sql`case when e_.type in (${plain(types)}) then ${element} end`;
  switch (of.kind) {
    case "text":
    case "date":
      return only("'text'", value);
    case "boolean":
      return only("'true', 'false'", value);
    case "integer":
      return only("'integer'", value);
    case "decimal":
      if (decimals === "minor") return only("'integer'", value);
      return only("'integer', 'real'", cast(sql`round(${value} * ${plain(power(of.scale))})`, "integer"));
    case "float":
      return only("'integer', 'real'", cast(value, "real"));
    case "timestamp":
      if (!isMicros) return only("'text'", value);
      return sql`case e_.type when 'integer' then ${value} when 'text' then ${asText.toMicros(value)} end`;
  }
}

/** By the type of what is there; an integer beyond 64 bits is read as a double, and is none. */
function json(value: Sql, path: string, type: ScalarType): Sql {
  const at = plain(quotedText(`$."${path}"`));
  // A path knows no way to write quotes, or what would be an escape.
  const isPlain = !/["\\]/.test(path);
  const member = (what: "type" | "value"): Sql =>
    sql`(select m_.${plain(what)} from json_each(${value}) as m_ where m_.key = ${plain(quotedText(path))} and typeof(m_.key) = 'text')`;
  const kind = isPlain ? sql`json_type(${value}, ${at})` : member("type");
  const found = isPlain ? sql`json_extract(${value}, ${at})` : member("value");
  switch (type.kind) {
    case "boolean":
      return sql`case ${kind} when 'true' then 1 when 'false' then 0 end`;
    case "integer":
      return sql`case when ${kind} in ('integer', 'real') then (select case typeof(j_.v) when 'integer' then j_.v else case when j_.v = cast(j_.v as integer) and abs(j_.v) < 9223372036854775808.0 and ${kind} = 'real' then cast(j_.v as integer) end end from (select ${found} as v) as j_) end`;
    case "float":
      return sql`case when ${kind} in ('integer', 'real') then ${numbers.finite(cast(found, "real"))} end`;
    default:
      return sql`case when ${kind} = 'text' then ${found} end`;
  }
}

function operators(storage: Storage): Operators {
  // Columns of both kinds are compared in one form.
  const isMicros = [...storage.columns.values()].includes("micros");
  const times = timesOf(isMicros);
  const typeName = (type: ScalarType): string => {
    switch (type.kind) {
      case "integer":
      case "decimal":
      case "boolean":
        return "integer";
      case "float":
        return "real";
      case "text":
      case "date":
        return "text";
      case "timestamp":
        return isMicros ? "integer" : "text";
    }
  };
  const hasElement = (list: Sql, of: ScalarType, holds: (element: Sql) => Sql): Sql => {
    const element = elementOf(of, storage.decimals, isMicros);
    return sql`exists (select 1 from json_each(${list}) as e_ where ${holds(element)})`;
  };
  return {
    constant: (constant) => boundConstant(constant, isMicros, typeName(constant.type)),
    cell(column, type, stored) {
      switch (type.kind) {
        case "list":
        case "json":
          return column;
        case "text":
          return sql`${column} collate binary`;
        case "decimal":
          if (storage.decimals === "minor") return column;
          return cast(sql`round(${column}${plain(type.scale === 0 ? "" : ` * ${power(type.scale)}`)})`, "integer");
        case "float":
          return numbers.finite(cast(column, "real"));
        case "timestamp":
          if (isMicros) return stored === "micros" ? column : asText.toMicros(column);
          return column;
        case "boolean":
        case "integer":
        case "date":
          return column;
      }
    },
    boolean: (condition) => sql`case when ${condition} then 1 else 0 end`,
    isTrue: (value) => sql`${value} = 1`,
    text,
    has: (list, value, of, fold) =>
      hasElement(list, of, (element) => sql`${fold ? text.fold(element) : element} = ${value}`),
    hasElement,
    listText(list, of, answer) {
      const element = answer(elementOf(of, storage.decimals, isMicros));
      // Seventeen digits, so that no double becomes another one.
      const text = of.kind === "float" ? sql`printf('%!.17g', ${element})` : cast(element, "text");
      const known = sql`case when ${element} is not null then ${text} end`;
      return sql`case when ${list} is not null then (select json_group_array(${known}) from json_each(${list}) as e_) end`;
    },
    json,
    numbers,
    times,
    keyText: (key, type) => (type.kind === "text" ? key : cast(key, "text")),
    bucket: (seed, key) => sql`seg_bucket(${seed}, ${key})`,
    list: (json, type) =>
      sql`select ${cast(sql`items.value`, typeName(type))} as value from json_each(${json}) as items`,
  };
}

function boundConstant({ type, value }: Constant, isMicros: boolean, typeName: string): BoundConstant {
  if (value === null) return { parameter: { type: "text", value: null }, type: typeName };
  switch (type.kind) {
    case "decimal": {
      const units = unitsOf(String(value), type.scale);
      // Further away than any integer, and exactly on that side of all of them.
      if (units < INTEGER_MIN || units > INTEGER_MAX)
        return { parameter: { type: "float", value: Number(units) }, type: "real" };
      return { parameter: { type: "integer", value: String(units) }, type: typeName };
    }
    case "timestamp":
      return isMicros
        ? { parameter: { type: "integer", value: String(parseInstant(String(value), "UTC")) }, type: typeName }
        : { parameter: { type: "text", value: String(value).replace("T", " ").replace("Z", "") }, type: typeName };
    case "date":
      return { parameter: { type: "text", value }, type: typeName };
    case "text":
    case "boolean":
    case "integer":
    case "float":
      return { parameter: { type: type.kind, value }, type: typeName };
  }
}
