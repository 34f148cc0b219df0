import type { ListType } from "../../language/types/type.ts";
import type { ColumnType } from "./reader.ts";

/** `"name"`, with its quotes doubled. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `'text'`, with its quotes doubled. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** How DuckDB holds a type. Timestamps are instants in UTC without a zone, JSON is checked text. */
export function duckdbType(type: ColumnType): string {
  switch (type.kind) {
    case "text":
    case "json":
      return "VARCHAR";
    case "boolean":
      return "BOOLEAN";
    case "integer":
      return "BIGINT";
    case "decimal":
      return `DECIMAL(${type.precision},${type.scale})`;
    case "float":
      return "DOUBLE";
    case "date":
      return "DATE";
    case "timestamp":
      return "TIMESTAMP";
    case "list":
      return `${duckdbType(type.of)}[]`;
  }
}

const FLOAT = "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?";
const NO_NUMBER = "(?i)[+-]?(nan|inf(inity)?)";
const DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
const CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?";
const OFFSET = "([+-])([01][0-9]|2[0-3])(?::?([0-5][0-9]))?";

/** JSON that DuckDB takes though it is none (a comma too much, NaN, infinities), and some that is right: to be looked at once more. */
export const DOUBTFUL_JSON = ",\\s*[\\]}]|(?i:nan|inf)";

/**
 * SQL that reads the CSV cell `x`, text or NULL, as `readCell` does; fails where that finds it unreadable, and takes no list. JSON is let through where it
 * matches `DOUBTFUL_JSON`. Patterns are ASCII on purpose.
 */
export function readCellSql(type: Exclude<ColumnType, ListType>, x: string): string {
  const matches = (pattern: string): string => `regexp_full_match(${x}, ${literal(pattern)})`;
  const cases = (...branches: readonly (readonly [condition: string, value: string])[]): string =>
    `case when ${x} is null then null ${branches.map(([condition, value]) => `when ${condition} then ${value}`).join(" ")} else error('unreadable') end`;
  switch (type.kind) {
    case "text":
      return x;
    case "boolean":
      return cases(
        [`lower(${x}) in ('true', 't', '1', 'yes')`, "true"],
        [`lower(${x}) in ('false', 'f', '0', 'no')`, "false"],
      );
    case "integer":
      return cases([matches("[+-]?[0-9]+"), `cast(${x} as bigint)`]);
    case "decimal": {
      const digits = `[+-]?0*[0-9]{0,${type.precision - type.scale}}(\\.[0-9]{0,${type.scale}}0*)?`;
      return cases([
        `${matches(digits)} and ${matches("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)")}`,
        `cast(${x} as ${duckdbType(type)})`,
      ]);
    }
    case "float":
      return cases([matches(FLOAT), finite(`cast(${x} as double)`)], [matches(NO_NUMBER), "null"]);
    case "date":
      return cases([`${matches(DATE)} and ${x} >= '0001-01-01'`, `cast(${x} as date)`]);
    case "timestamp": {
      const plain = `cast(replace(rtrim(${x}, 'Z'), 'T', ' ') as timestamp)`;
      const part = (group: number): string =>
        `regexp_extract(${x}, ${literal(`^${DATE}[T ]${CLOCK.replaceAll("(", "(?:").replaceAll("(?:?:", "(?:")}${OFFSET}$`)}, ${group})`;
      const clock = `regexp_extract(${x}, ${literal(`^${DATE}[T ]${CLOCK}`)})`;
      const minutes = `(cast(${part(2)} as integer) * 60 + coalesce(try_cast(${part(3)} as integer), 0))`;
      const shifted = `(cast(replace(${clock}, 'T', ' ') as timestamp) - to_minutes(case when ${part(1)} = '-' then -${minutes} else ${minutes} end))`;
      return cases(
        [`${matches(`${DATE}[T ]${CLOCK}Z?`)} and ${x} >= '0001'`, plain],
        [matches(`${DATE}[T ]${CLOCK}${OFFSET}`), within(shifted)],
      );
    }
    case "json":
      return cases([`json_valid(${x})`, x]);
  }
}

const finite = (x: string): string => `case when isfinite(${x}) then ${x} + 0 end`;

const within = (x: string): string =>
  `case when ${x} between timestamp '0001-01-01 00:00:00' and timestamp '9999-12-31 23:59:59.999999' then ${x} else error('unreadable') end`;

/** How a column that has a type of its own is read: its value, and a test for values that the model's type cannot hold. */
export interface NativeRead {
  readonly sql: string;
  /** Null where there are no such values. */
  readonly unreadable: string | null;
}

const INTEGERS = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"];
const WIDE_INTEGERS = ["UBIGINT", "HUGEINT", "UHUGEINT"];

/**
 * The column `x` of DuckDB's type `native` (Parquet files and database files have some) read by the model's type; null where the two do not meet.
 * SQL that meets an unreadable value fails with `message`.
 */
export function readNative(type: ColumnType, native: string, x: string, message = "unreadable"): NativeRead | null {
  const as = (sql: string): NativeRead => ({ sql, unreadable: null });
  const checked = (sql: string, unreadable: string): NativeRead => ({
    sql: `case when ${unreadable} then error(${literal(message)}) else ${sql} end`,
    unreadable: `${x} is not null and ${unreadable}`,
  });
  const cast = `cast(${x} as ${duckdbType(type)})`;
  const whole = INTEGERS.includes(native) || WIDE_INTEGERS.includes(native);
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(native);
  switch (type.kind) {
    case "text":
      if (native === "VARCHAR") return as(x);
      return native === "UUID" || native.startsWith("ENUM(") ? as(cast) : null;
    case "boolean":
      return native === "BOOLEAN" ? as(x) : null;
    case "integer":
      if (INTEGERS.includes(native)) return as(native === "BIGINT" ? x : cast);
      return WIDE_INTEGERS.includes(native) || decimal?.[2] === "0"
        ? checked(`try_${cast}`, `try_${cast} is null and ${x} is not null`)
        : null;
    case "decimal":
      if (native === duckdbType(type)) return as(x);
      return whole || decimal !== null ? checked(`try_${cast}`, `try_${cast} is distinct from ${x}`) : null;
    case "float":
      return whole || decimal !== null || native === "DOUBLE" || native === "FLOAT" ? as(finite(cast)) : null;
    case "date":
      return native === "DATE" ? as(x) : null;
    case "timestamp":
      if (native === "TIMESTAMP") return as(x);
      if (native === "TIMESTAMP WITH TIME ZONE") return as(`(${x} at time zone 'UTC')`);
      return /^TIMESTAMP_(S|MS|NS)$/.test(native) ? as(cast) : null;
    case "json":
      if (native === "JSON") return as(cast);
      if (native === "VARCHAR") return checked(x, `not json_valid(${x})`);
      return /^(STRUCT|MAP)\(|\]$/.test(native) ? as(`cast(to_json(${x}) as varchar)`) : null;
    case "list": {
      const inner = native.endsWith("[]") ? readNative(type.of, native.slice(0, -2), "item", message) : null;
      if (inner === null) return null;
      return as(inner.sql === "item" ? x : `list_transform(${x}, lambda item: ${inner.sql})`);
    }
  }
}
