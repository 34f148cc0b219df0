import type { ScalarType } from "../../language/types/type.ts";
import type { CellType, Constant, DatePart, Period } from "../plan/term.ts";
import type { Sql } from "./fragment.ts";
import type { Parameter } from "./statement.ts";
import type { Storage, StoredAs } from "./storage.ts";

/** An engine's SQL, as far as it differs from that of others. To add an engine, write a file in `dialects/` and list it in `index.ts`. */
export interface Dialect {
  readonly name: string;
  /** As people call it. */
  readonly title: string;
  readonly support: Support;
  /** What stands for a parameter, the first one is 1. */
  readonly placeholder: (index: number, parameter: Parameter) => string;
  /** Whether one placeholder may stand in several places; where not, each place is a parameter of its own. */
  readonly repeats: boolean;
  /** A name in the engine's quotes. */
  readonly identifier: (name: string) => string;
  /** A value as text of SQL, for statements without parameters. Texts are well formed and hold no NUL. */
  readonly literal: (value: Parameter) => string;
  readonly limits: Limits;
  /** Whether a value of a row can be named where it stands, by a query over one row; elsewhere it is written again where it is used again. */
  readonly namesValues: boolean;
  /** Whether a column of a table is named there too, because reading it takes a long text; else only what is worked out. */
  readonly namesCells?: boolean;
  /** Whether a query may stand in what aggregates are of and rows are grouped by; true where it is left out. */
  readonly queriesInAggregates?: boolean;
  /** What stands at the end of each statement; nothing where it is left out. */
  readonly settings?: string;
  /** Whether it finds the member of a JSON value by this name; all of them where it is left out. */
  readonly findsMember?: (name: string) => boolean;
  /** Whether it has a bucket for a row: SHA-256, or a function that the connection has. */
  readonly samples: (storage: Storage) => boolean;
  readonly operators: (storage: Storage) => Operators;
}

/** How it is known that its SQL finds the people that the interpreter finds. */
export interface Support {
  /**
   * `verified`: the engine itself executes every case of the tests. `reference`: an independent implementation of its language does. `grammar`: an independent
   * grammar of its language reads every statement.
   */
  readonly level: "verified" | "reference" | "grammar";
  /** A sentence for people: what does it, in which version, and what nobody tried. */
  readonly by: string;
}

/** What the engine takes in one statement. */
export interface Limits {
  /** Digits of a decimal column. */
  readonly decimalDigits: (storage: Storage) => number;
  /** Conditions and values that lie in one another. */
  readonly depth: number;
  /** How many `case` may lie in one another, where that is fewer; steps then stand side by side in one of them. */
  readonly cases?: number;
  /** Of a text that is looked for in another one, in units of UTF-16; any length where it is left out. */
  readonly needle?: number;
  /** Of the text of a statement, in bytes of UTF-8, where that is fewer than a million. */
  readonly text?: number;
  readonly joins: number;
  /** Segments of which one statement lists the members, where those are fewer than elsewhere. */
  readonly lists?: number;
  /** Values and tests in one condition, or in one column, where the engine makes code of them that may have only some size. */
  readonly operations?: number;
  readonly relations: number;
  readonly columns: number;
  /** Queries with windows over queries with windows that it plans in reasonable time; of more, one in between is worked out by itself. */
  readonly windows: number;
  /**
   * Whether a query that groups rows is copied into the one that reads it: an engine that takes its readers for one row works the copy out again for each of
   * them.
   */
  readonly copiesGroups: boolean;
  /** Where each query is put into the place of those that read it: how many may lie in one another, and how many there may be once all of them are. */
  readonly inlined?: { readonly deep: number; readonly all: number };
}

/** One row for each thing that engines say differently. Operands are never missing-safe unless it says so: SQL's own rule is that missing gives missing. */
export interface Operators {
  readonly constant: (constant: Constant) => BoundConstant;
  /** A column of a table, read as the model's type: NaN and infinities are missing. */
  readonly cell: (column: Sql, type: CellType, stored: StoredAs | null) => Sql;
  /** A condition as a value of type boolean. */
  readonly boolean: (condition: Sql) => Sql;
  /** That a boolean value is true. */
  readonly isTrue: (value: Sql) => Sql;
  readonly text: TextOperators;
  /** That a list of elements of the type has the value among them; `fold` with A–Z as a–z in both. */
  readonly has: (list: Sql, value: Sql, of: ScalarType, fold: boolean) => Sql;
  /**
   * That something holds of an element of a list: that it is `listed`, for engines that cannot ask this of one element. Null where neither can be asked in
   * the place of a condition: each value is asked for by itself.
   */
  readonly hasElement: ((list: Sql, of: ScalarType, holds: (element: Sql) => Sql, listed: Listed) => Sql) | null;
  /**
   * That an element of a list is among those of a JSON list of texts (with A–Z as a–z where `fold`), for an engine that asks no relation of its own from inside
   * of `exists`; `hasElement` where it is left out.
   */
  readonly hasListed?: (list: Sql, of: ScalarType, json: Sql, fold: boolean) => Sql;
  /** A list as the text of a JSON array of texts, what `text` makes of each element; a missing one is null in it. */
  readonly listText: (list: Sql, of: ScalarType, text: (element: Sql) => Sql) => Sql;
  /** What is at a path of a JSON value, missing where it is not of the type. */
  readonly json: (value: Sql, path: string, type: ScalarType) => Sql;
  /** A JSON value as its text; `cast(… as text)` where it is left out. */
  readonly jsonText?: (value: Sql) => Sql;
  readonly numbers: NumberOperators;
  readonly times: TimeOperators;
  /** A key as the text that names its row. */
  readonly keyText: (key: Sql, type: ScalarType) => Sql;
  /** The first 8 hex digits of SHA-256 of `seed:key` in UTF-8, as an unsigned integer, modulo 10,000. */
  readonly bucket: (seed: Sql, key: Sql) => Sql;
  /** Rows of one column, `value`, out of a JSON list of texts of so many characters at most; each is then cast to the type. */
  readonly list: (json: Sql, type: ScalarType, longest: number) => Sql;
  /** Rows of `zone` and `value`: an element of each JSON list of texts, beside the list's value; a union of `list`s where it is left out. */
  readonly spread?: (lists: readonly { readonly json: Sql; readonly value: Sql }[]) => Sql;
  /** A query of constant rows of integers of 64 bits, in parentheses; `values` where it is left out. */
  readonly rows?: (columns: readonly string[], rows: readonly (readonly Sql[])[]) => Sql;
  /** What `use` makes of a value's name; a query over one row where it is left out. */
  readonly named?: (value: Sql, use: (name: Sql) => Sql) => Sql;
}

/** A relation with the column `value`; elements are meant with A–Z as a–z where `fold`. */
export interface Listed {
  readonly relation: Sql;
  readonly fold: boolean;
}

/** How a constant is bound, and the name of the type that its parameter is cast to. */
export interface BoundConstant {
  readonly parameter: Parameter;
  readonly type: string;
  /** How a text is compared, where the engine must be told. */
  readonly collation?: string;
  /** Whether it need not be told of a literal beside another text, whose collation counts. */
  readonly yields?: boolean;
}

export interface TextOperators {
  /** What is equal where the text's bytes are, and nowhere else; null where the engine's own `=` compares bytes. */
  readonly exact: ((text: Sql) => Sql) | null;
  /** What has the order of the text's bytes. */
  readonly order: (text: Sql) => Sql;
  /** The text out of what `order` made of it. */
  readonly ordered: (order: Sql) => Sql;
  /** With A–Z as a–z. */
  readonly fold: (text: Sql) => Sql;
  readonly contains: (text: Sql, needle: Sql) => Sql;
  readonly startsWith: (text: Sql, needle: Sql) => Sql;
  readonly endsWith: (text: Sql, needle: Sql) => Sql;
}

export interface NumberOperators {
  readonly decimals: NativeDecimals | ScaledDecimals;
  /** The whole number below or above a decimal or float; raises where it leaves 64 bits. */
  readonly whole: (fn: "floor" | "ceil", value: Sql, type: ScalarType) => Sql;
  /** The least or greatest of values of one type; missing where one is. */
  readonly extreme: (fn: "least" | "greatest", values: readonly Sql[], type: ScalarType) => Sql;
  /** A product, sum or difference of integers; raises where it leaves 64 bits. */
  readonly checked: (exact: Sql) => Sql;
  /** An integer or decimal as one of more bits, whose sums and products are then checked; left out where the engine's own arithmetic raises when it should. */
  readonly wide?: (exact: Sql, type: ScalarType) => Sql;
  /** The name of the aggregate that counts rows in 64 bits; `count` where it is left out. */
  readonly count?: string;
  /** A count or place as an integer of 64 bits like any other; as it is where left out. */
  readonly counted?: (count: Sql) => Sql;
  /** The double nearest to an integer or decimal. */
  readonly toFloat: (exact: Sql, type: ScalarType) => Sql;
  /** The sum of a group's integers or decimals; raises where it leaves the type. */
  readonly sum: (exact: Sql, type: ScalarType) => Sql;
  /** The double nearest to that sum, however great it is. */
  readonly sumAsFloat: (exact: Sql, type: ScalarType) => Sql;
  /** A double of our own; a cast text where it is left out. */
  readonly double?: (digits: string) => Sql;
  /** What is alike where doubles are, for an engine that takes none in `partition by`. */
  readonly floatPart?: (value: Sql) => Sql;
  /** The double, missing where it is none. */
  readonly finite: (value: Sql) => Sql;
  /** A sum of doubles that is divided by a number of them; as it is where left out. */
  readonly dividend?: (sum: Sql) => Sql;
  /** Arithmetic that may leave the range of doubles; it may answer an infinity that `finite` finds. */
  readonly floats: (op: "+" | "-" | "*" | "/", left: Sql, right: Sql) => Sql;
}

/** The engine has decimals. */
export interface NativeDecimals {
  readonly kind: "native";
  /** Raises where the number does not fit 38 digits. */
  readonly cast: (value: Sql, scale: number) => Sql;
  /** The exact sum or difference; `+` and `-` as they are where it is left out. */
  readonly sum?: (op: "+" | "-", left: Sql, right: Sql) => Sql;
  /**
   * Whether `cast` raises for more than 29 digits before the point, whatever stands after it; then what is computed has as many after it as its type says. Elsewhere it has 9,
   * which leaves room for 29.
   */
  readonly boundsWhole?: boolean;
  /** The exact product; the operands' scales are at most 9 together. */
  readonly product: (left: Sql, leftScale: number, right: Sql, rightScale: number) => Sql;
}

/** Decimals are whole numbers of their smallest unit; a term's scale says which. */
export interface ScaledDecimals {
  readonly kind: "scaled";
}

/** Where a value begins: at an instant in microseconds since 1970, or on a day since then; the first one holds before all. */
export interface Step {
  readonly from: bigint | number | null;
  readonly value: number;
}

export interface TimeOperators {
  /** A constant instant or day of our own. */
  readonly instant: (micros: bigint) => Sql;
  readonly day: (day: number) => Sql;
  /** The engine's own clock, as an instant. Only views read it. */
  readonly now: Sql;
  /** The local clock of an instant, `seconds` ahead of UTC; null is UTC. */
  readonly clock: (instant: Sql, seconds: Sql | null) => Sql;
  readonly dayOf: (clock: Sql) => Sql;
  readonly microsOfDay: (clock: Sql) => Sql;
  /** The instant of a date's midnight, `seconds` ahead of UTC. */
  readonly midnight: (date: Sql, seconds: Sql) => Sql;
  readonly part: (part: DatePart, date: Sql) => Sql;
  /** The first day of the period that holds a date, as a date. */
  readonly startOf: (period: Period, date: Sql) => Sql;
  /** The same day of another year; 29 February is the 28th of a common one. */
  readonly inYear: (year: number, date: Sql) => Sql;
  /** The value of the last step that is not later than an instant or a day; a tree of cases where it is left out. */
  readonly step?: (at: Sql, of: "instant" | "day", steps: readonly Step[]) => Sql;
  readonly shiftInstant: (instant: Sql, seconds: number) => Sql;
  readonly shiftDays: (date: Sql, days: number) => Sql;
  readonly shiftMonths: (date: Sql, months: number) => Sql;
  /** Whole days between two dates. */
  readonly daysBetween: (from: Sql, to: Sql) => Sql;
  readonly microsBetween: (from: Sql, to: Sql) => Sql;
  /** A quotient of integers that are not negative, rounded down. */
  readonly quotient: (dividend: Sql, divisor: Sql) => Sql;
}
