import type { CalendarUnit, Duration, Place } from "../model/model.ts";
import type { ScalarType } from "../types/type.ts";
import type { Window } from "./ir-window.ts";
import type { Zone, Zoned, ZoneOffsets } from "./ir-zone.ts";

export type { Bound, Window } from "./ir-window.ts";
export type { Zone, Zoned, ZoneOffsets } from "./ir-zone.ts";

/**
 * Conditions, values, rows and collections: resolved, typed, serialisable. As written, `not`, references, traits and symbolic windows are intact;
 * `bind` and `normalize` answer the same types in narrower forms, named below. What declares them is in `program.ts`.
 */

/** Where in the text a node comes from. */
export type Origin = Place;

// ---- conditions -----------------------------------------------------------------------------------------------------

/** A condition: true or false, never missing. Every positive test with a missing operand is false. */
export type Pred =
  | { readonly kind: "always"; readonly value: boolean; readonly origin: Origin }
  | { readonly kind: "and" | "or"; readonly items: readonly Pred[]; readonly origin: Origin }
  /** How many of the items hold. `k` is 0 or more. `all of`, `any of` and `none of` are `and`, `or` and `not` around `or`. */
  | {
      readonly kind: "countOf";
      readonly mode: "atLeast" | "atMost" | "exactly";
      readonly k: number;
      readonly items: readonly Pred[];
      readonly origin: Origin;
    }
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
  /** Another segment (tier, arm, snapshot), of the entity of `row`. False where the row is missing. */
  | { readonly kind: "segment"; readonly name: string; readonly row: Row }
  /** A list holds any, or all, of the options (of the type of its elements). A missing list or option makes it false; of no options, `all` holds for a known list. */
  | {
      readonly kind: "has";
      readonly mode: "any" | "all";
      readonly list: ListField;
      readonly options: readonly Value[];
      readonly ignoreCase: boolean;
    }
  /** `interests is known`. */
  | { readonly kind: "listKnown"; readonly list: ListField }
  /** Whether a yearly return after the date `value` lies in the window (of target date); 29 February returns on the 28th in common years. */
  | { readonly kind: "anniversaryIn"; readonly value: Value; readonly window: Window }
  /** `top 10% by x of S per f with ties`, in the whole population of `row`'s entity. False where the row is missing or not ranked. */
  | {
      readonly kind: "top";
      readonly which: "top" | "bottom";
      readonly amount:
        | { readonly kind: "count"; readonly n: number }
        | { readonly kind: "share"; readonly share: string };
      readonly ties: boolean;
      readonly ranking: Ranking;
      readonly row: Row;
    }
  /** Whether from <= bucket(seed, key of the row) < to, of 10,000 buckets. False where the row is missing. */
  | { readonly kind: "bucket"; readonly row: Row; readonly seed: string; readonly from: number; readonly to: number }
  /** Whether the row's key is in the stored list of a snapshot. False where the row is missing. */
  | { readonly kind: "stored"; readonly snapshot: string; readonly row: Row };

/** A field of a list type, or missing. */
export interface ListField {
  readonly row: Row;
  readonly field: string;
  readonly of: ScalarType;
  readonly origin: Origin;
}

/**
 * An order of an entity's whole population. `by`, `within` and `per` are closed like a trait's value: over the row of depth 0, a row of `entity`, wherever the ranking stands.
 * Whoever has no `by`, no `per`, or is not in `within` is not ranked. Equal values by the smaller key first, in both directions.
 */
export interface Ranking {
  readonly entity: string;
  readonly by: Value;
  readonly within: Pred | null;
  readonly per: Value | null;
}

// ---- values ---------------------------------------------------------------------------------------------------------

/** A value, or missing. */
export type Value =
  | Const
  | Zoned
  | ZoneOffsets
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
  /**
   * `count` has `cond: null` and counts elements, or, with `of`, those that have a value; `share` has `cond`, evaluated per element; the others have `of`, over the element's row.
   * Behind a `per` step the elements are groups.
   */
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
  /** `yes` where the condition holds, else `no`; both have `type`. */
  | {
      readonly kind: "if";
      readonly cond: Pred;
      readonly yes: Value;
      readonly no: Value;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /**
   * Missing where an argument is. `abs` keeps the type; `floor`, `ceil` of a decimal or float are integers; `least`, `greatest` have arguments of `type`;
   * `distance_km` has four floats in degrees (lat1, lon1, lat2, lon2), a haversine of radius 6,371,008.8 m.
   */
  | {
      readonly kind: "function";
      readonly fn: "abs" | "floor" | "ceil" | "least" | "greatest" | "distance_km";
      readonly args: readonly Value[];
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /** A declared path of a JSON field: missing where the JSON value there is not of the type. */
  | {
      readonly kind: "json";
      readonly row: Row;
      readonly field: string;
      readonly path: string;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /** A part of a date (`day_of_week` is 1, Monday, to 7), or the local hour of a timestamp: integer. Parts of a timestamp's day stand over `local_date`. */
  | {
      readonly kind: "part";
      readonly part: "year" | "month" | "day" | "hour" | "day_of_week";
      readonly value: Value;
      readonly zone: Zone;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /** The first day of the calendar period that holds a date: a date. */
  | {
      readonly kind: "start_of";
      readonly unit: CalendarUnit;
      readonly value: Value;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /** From `from` to `to`, both timestamps (integer microseconds) or both dates (integer days); possibly negative. */
  | {
      readonly kind: "elapsed";
      readonly from: Value;
      readonly to: Value;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /** The first yearly return after a date that is on or after today: a date; 29 February returns on the 28th in common years. `now` is null as written, today's date after `bind`. */
  | {
      readonly kind: "anniversary";
      readonly value: Value;
      readonly zone: Zone;
      readonly now: Const | null;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /** `1 + floor(tiles * (strictly below) / n)` among the ranked rows, integer; of `percentile`, (strictly below) / n, float. Missing where the row is or is not ranked. */
  | {
      readonly kind: "tile";
      readonly tiles: number | "percentile";
      readonly ranking: Ranking;
      readonly row: Row;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /**
   * The wait in days (float) between the element before, in the order of the collection that the aggregate around it is over, and the element;
   * missing for the first one. `depth` is that of the element. Only as `of` of an aggregate.
   */
  | { readonly kind: "gap"; readonly depth: number; readonly type: ScalarType; readonly origin: Origin }
  /** The value that the elements of the group at `depth` share. */
  | { readonly kind: "group"; readonly depth: number; readonly type: ScalarType; readonly origin: Origin }
  /** An aggregate over the elements of the group at `depth`; `of` and `cond` are over the element's row, which has the depth `depth + 1`. As of `aggregate` otherwise. */
  | {
      readonly kind: "groupAggregate";
      readonly depth: number;
      readonly fn: AggregateFn;
      readonly of: Value | null;
      readonly cond: Pred | null;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /**
   * Which of the periods of a length, counted back from the end, an instant or day lies in: 0 is the last one, end - length <= t < end; integer, missing at or after the end.
   * The end is the least of those of `windows`, each of which has one; there is at least one. Only as the key of a `per` step.
   */
  | {
      readonly kind: "periodIndex";
      readonly value: Value;
      readonly length: Duration;
      readonly windows: readonly Window[];
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /** The calendar day of a timestamp in the zone. */
  | {
      readonly kind: "local_date";
      readonly value: Value;
      readonly zone: Zone;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /**
   * A date or timestamp moved by a duration (its amount may be negative). A timestamp only by `min h d w`, or where it is the same for everybody by
   * `mo q y` of the zone too; a date by whole days, `w mo q y`.
   */
  | {
      readonly kind: "shift";
      readonly value: Value;
      readonly by: Duration;
      readonly zone: Zone;
      readonly type: ScalarType;
      readonly origin: Origin;
    }
  /** As-of's local day; as-of. Absent after `bind`. */
  | { readonly kind: "today"; readonly zone: Zone; readonly type: ScalarType; readonly origin: Origin }
  | { readonly kind: "now"; readonly type: ScalarType; readonly origin: Origin }
  /** `days_since`, `months_since`, `years_since` of one date or timestamp: integer. `now` is null as written, a constant of the argument's type after `bind`. */
  | {
      readonly kind: "since";
      readonly unit: "day" | "month" | "year";
      readonly value: Value;
      readonly zone: Zone;
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

/** `count` of a value counts those that have it; only of `gap`. `median` is the nearest rank (the lower middle of an even number), `most_frequent` the least of the values that are there most often. */
export type AggregateFn = "count" | "sum" | "avg" | "min" | "max" | "distinct" | "share" | "median" | "most_frequent";

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

/**
 * The rows that `link` (to many) of `from` leads to, narrowed step by step; the order of steps matters. `depth` is that of its elements' scope.
 * `entity` is that of the elements behind all steps.
 */
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
  /**
   * The first or last `n` in the collection's order, or the `n` with the greatest or least `by` (over the element; null for `first` and `latest`),
   * equal ones by the smaller key, without one in the collection's order; missing `by` is left out.
   */
  | {
      readonly kind: "take";
      readonly which: "first" | "latest" | "top" | "bottom";
      readonly n: number;
      readonly by: Value | null;
      readonly origin: Origin;
    }
  /** Elements that have an earlier one (an earlier instant), and none within the duration before: none with at - gap <= other.at < at. */
  | { readonly kind: "afterGap"; readonly gap: Duration; readonly origin: Origin }
  /**
   * Elements with (`negated`: without) an element b of `other` after them, at < b.at <= at + within, or before them, at - within <= b.at < at; `within` null is without end.
   * `other` stands where this collection stands and has its depth. `same` are fields of both entities, equal and known.
   */
  | {
      readonly kind: "neighbour";
      readonly direction: "followed" | "preceded";
      readonly negated: boolean;
      readonly other: Collection;
      readonly within: Duration | null;
      readonly same: readonly string[];
      readonly origin: Origin;
    }
  /** The rows that a link to many leads to, of all elements one after the other: from here on the elements are rows of `entity`, at the same depth. */
  | { readonly kind: "flatten"; readonly link: string; readonly entity: string; readonly origin: Origin }
  /** Groups of the elements, one for each known value of `key` (over the element): from here on the scope at the depth is a group. Only `where`, `top`, `bottom` follow. */
  | { readonly kind: "per"; readonly key: Value; readonly origin: Origin }
  /** Elements whose `at` lies in the window (`window.target` is the type of that field). */
  | { readonly kind: "window"; readonly window: Window; readonly origin: Origin };
