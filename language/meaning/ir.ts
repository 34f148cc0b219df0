import type { Duration, Model, Place } from "../model/model.ts";
import type { ScalarType } from "../types/type.ts";

/**
 * What a project means: resolved, typed, serialisable. As written, `not`, references, traits and symbolic windows are intact;
 * `bind` and `normalize` answer the same types in narrower forms, named below.
 */
export interface Program {
  readonly model: Model;
  /** The `where` of entity headers: conditions over the row of depth 0. */
  readonly filters: ReadonlyMap<string, Pred>;
  readonly params: ReadonlyMap<string, Param>;
  readonly traits: ReadonlyMap<string, Trait>;
  /** In order of file path, then offset. A declaration with an error, or that reads one with an error, is not here. */
  readonly segments: ReadonlyMap<string, Segment>;
}

export interface Param {
  readonly name: string;
  readonly type: ScalarType;
  readonly value: Const;
  readonly origin: Origin;
}

export interface Trait {
  readonly name: string;
  readonly title: string | null;
  readonly doc: string | null;
  readonly entity: string;
  /** Over the row of depth 0, a row of `entity`. A yes/no trait is a value of type boolean. */
  readonly value: Value;
  readonly kpi: boolean;
  readonly origin: Origin;
}

export interface Segment {
  readonly name: string;
  readonly title: string | null;
  readonly doc: string | null;
  readonly entity: string;
  readonly owner: string | null;
  readonly tags: readonly string[];
  readonly deprecated: string | null;
  /** Over the row of depth 0, a row of `entity`. */
  readonly condition: Pred;
  readonly origin: Origin;
}

/** Where in the text a node comes from. */
export type Origin = Place;

/** What a program is evaluated under, besides the data. Nothing reads a clock or an environment. */
export interface Circumstances {
  /** Microseconds since 1970 UTC. */
  readonly asOf: bigint;
  /** The project's time zone, a name that `isZone` knows. */
  readonly zone: string;
  /** In the place of the parameters' own values. */
  readonly params: ReadonlyMap<string, Const>;
}

// ---- conditions -----------------------------------------------------------------------------------------------------

/** A condition: true or false, never missing. Every positive test with a missing operand is false. */
export type Pred =
  | { readonly kind: "always"; readonly value: boolean; readonly origin: Origin }
  | { readonly kind: "and" | "or"; readonly items: readonly Pred[]; readonly origin: Origin }
  /** Exact negation. Absent after `normalize`. */
  | { readonly kind: "not"; readonly item: Pred; readonly origin: Origin }
  /** A positive test. Absent after `normalize`. */
  | { readonly kind: "test"; readonly test: Test; readonly origin: Origin }
  /**
   * Only after `normalize`: the test, or its negation, and the answer where an operand is missing
   * (so `whenMissing` equals `negated` by rule 2 of the language, and every evaluator may rely on either).
   */
  | {
      readonly kind: "settled";
      readonly test: Test;
      readonly negated: boolean;
      readonly whenMissing: boolean;
      readonly origin: Origin;
    };

export type CompareOp = "=" | "<" | "<=" | ">" | ">=";

/** `!=`, `not in` and `has none` are `not` around these. */
export type Test =
  /** Both sides have the same type (`widen`, `local_date` stand where one was made so). */
  | {
      readonly kind: "compare";
      readonly op: CompareOp;
      readonly left: Value;
      readonly right: Value;
      readonly ignoreCase: boolean;
    }
  /** `options` have the type of `value`; it may be empty. `list` names the declaration they came from. */
  | {
      readonly kind: "oneOf";
      readonly value: Value;
      readonly options: readonly Const[];
      readonly ignoreCase: boolean;
      readonly list: string | null;
    }
  /** A range of numbers, dates or texts: from <= value <= to; of timestamps: from <= value < to. A missing bound value makes it false; a null bound is open. */
  | {
      readonly kind: "between";
      readonly value: Value;
      readonly from: Value | null;
      readonly to: Value | null;
      readonly toInclusive: boolean;
    }
  /** `value` is a date or a timestamp, as `window.target` says. */
  | { readonly kind: "inWindow"; readonly value: Value; readonly window: Window }
  | {
      readonly kind: "text";
      readonly mode: "contains" | "startsWith" | "endsWith";
      readonly value: Value;
      readonly needle: Value;
      readonly ignoreCase: boolean;
    }
  /** `x is known`; `x is missing` is `not` around it. Also of a link (`row`): whether it finds a row. */
  | { readonly kind: "known"; readonly value: Value }
  | { readonly kind: "linked"; readonly row: Row }
  /** A bare boolean value. */
  | { readonly kind: "truth"; readonly value: Value }
  /** A bare collection: is there any? */
  | { readonly kind: "exists"; readonly collection: Collection }
  /** Another segment, of the entity of `row`. False where the row is missing. */
  | { readonly kind: "segment"; readonly name: string; readonly row: Row };

// ---- values ---------------------------------------------------------------------------------------------------------

/** A value, or missing. */
export type Value =
  | Const
  /** Absent after `bind`. */
  | { readonly kind: "param"; readonly name: string; readonly type: ScalarType; readonly origin: Origin }
  | {
      readonly kind: "field";
      readonly row: Row;
      readonly field: string;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /** A trait of the entity of `row`; missing where the row is. Absent after `normalize` (inlined). */
  | {
      readonly kind: "trait";
      readonly name: string;
      readonly row: Row;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /** `count` has `of: null, cond: null`; `share` has `cond`, evaluated per element; the others have `of`, over the element's row. */
  | {
      readonly kind: "aggregate";
      readonly fn: AggregateFn;
      readonly collection: Collection;
      readonly of: Value | null;
      readonly cond: Pred | null;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /** Both operands and the answer have `type` (`/` is always float, its operands too). */
  | {
      readonly kind: "arithmetic";
      readonly op: "+" | "-" | "*" | "/";
      readonly left: Value;
      readonly right: Value;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  | { readonly kind: "negate"; readonly operand: Value; readonly type: ScalarType; readonly origin: Origin }
  /** Both have `type`. */
  | {
      readonly kind: "else";
      readonly value: Value;
      readonly fallback: Value;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /** integer → decimal → float; decimal → decimal of a larger scale. To float: the nearest double. */
  | { readonly kind: "widen"; readonly value: Value; readonly type: ScalarType; readonly origin: Origin }
  /** The calendar day of a timestamp in the zone. */
  | { readonly kind: "local_date"; readonly value: Value; readonly type: ScalarType; readonly origin: Origin }
  /** A date or timestamp moved by a duration (its amount may be negative). A timestamp only by `min h d w`; a date by whole days, `w mo q y`. */
  | {
      readonly kind: "shift";
      readonly value: Value;
      readonly by: Duration;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /** As-of's local day; as-of. Absent after `bind`. */
  | { readonly kind: "today" | "now"; readonly type: ScalarType; readonly origin: Origin }
  /** `days_since`, `months_since`, `years_since` of one date or timestamp: integer. `now` is null as written, a constant of the argument's type after `bind`. */
  | {
      readonly kind: "since";
      readonly unit: "day" | "month" | "year";
      readonly value: Value;
      readonly now: Const | null;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /** Only after `normalize`: `value` where `cond` holds, else missing. It stands for a trait of a linked row whose link may be missing. */
  | {
      readonly kind: "when";
      readonly cond: Pred;
      readonly value: Value;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /** A condition as a value of type boolean, never missing (yes/no traits, `.sum` never). */
  | { readonly kind: "condition"; readonly pred: Pred; readonly type: ScalarType; readonly origin: Origin };

export type AggregateFn = "count" | "sum" | "avg" | "min" | "max" | "distinct" | "share";

/**
 * text: the text. boolean: itself. integer, decimal: plain decimal text (`"-3"`, `"0.25"`). float: a number.
 * date: `YYYY-MM-DD`. timestamp: `YYYY-MM-DDTHH:MM:SS.ffffffZ`, or without the `Z` where it is a clock time of the zone (as written only; absolute after `bind`).
 * null is missing.
 */
export interface Const {
  readonly kind: "const";
  readonly type: ScalarType;
  readonly value: string | number | boolean | null;
  readonly origin: Origin;
}

// ---- rows and collections -------------------------------------------------------------------------------------------

/** One row, or missing. */
export type Row =
  /** The row a condition is about: depth 0 is the subject, each collection's elements are one deeper than where it stands. */
  | { readonly kind: "scope"; readonly depth: number; readonly entity: string }
  /** A link to one. */
  | { readonly kind: "link"; readonly from: Row; readonly link: string; readonly entity: string }
  /** `.first` and `.latest`: the least or greatest by (instant, key, then each declared field, missing lowest). */
  | {
      readonly kind: "pick";
      readonly which: "first" | "latest";
      readonly collection: Collection;
      readonly entity: string;
    };

/** The rows that `link` (to many) of `from` leads to, narrowed step by step. `depth` is that of its elements' scope. */
export interface Collection {
  readonly from: Row;
  readonly link: string;
  readonly entity: string;
  readonly depth: number;
  readonly steps: readonly Step[];
  readonly origin: Origin;
}

export type Step =
  | { readonly kind: "where"; readonly cond: Pred; readonly origin: Origin }
  /** Elements whose `at` lies in the window (`window.target` is the type of that field). */
  | { readonly kind: "window"; readonly window: Window; readonly origin: Origin };

// ---- windows --------------------------------------------------------------------------------------------------------

/**
 * Half open: from <= t < to, null is open. `target` is the type of what is held against it: a timestamp against instants,
 * a date against the local dates of the bounds. from >= to, or a missing bound value, holds nothing.
 */
export interface Window {
  readonly target: "date" | "timestamp";
  readonly from: Bound | null;
  readonly to: Bound | null;
  /** The words in the text, for people: `last 90d`. */
  readonly words: string;
  readonly origin: Origin;
}

export type Bound =
  /** As-of, moved. */
  | { readonly kind: "asOf"; readonly shift: Duration }
  /** The local start of the calendar period `offset` periods after the one that holds as-of. */
  | { readonly kind: "calendar"; readonly unit: "day" | "week" | "month" | "quarter" | "year"; readonly offset: number }
  /** A constant or a value per row (anchored), date or timestamp. `edge: "end"` of a date is the end of that day (the next day's start); of a timestamp both edges are the instant. */
  | { readonly kind: "value"; readonly value: Value; readonly edge: "start" | "end" }
  /** Only after `bind`: an instant for a timestamp target, a day for a date target, exactly the half-open bound. */
  | { readonly kind: "at"; readonly value: Const };
