import type { Clock } from "../../language/meaning/calendar.ts";
import type { CompareOp } from "../../language/meaning/ir.ts";
import type { JsonType, ListType, ScalarType } from "../../language/types/type.ts";

/** The local date and clock time of an instant, as an evaluator keeps it: not a value of the language. */
export interface ClockType {
  readonly kind: "clock";
}

export const CLOCK: ClockType = { kind: "clock" };

/** What a column of a table holds. */
export type CellType = ScalarType | ListType | JsonType;

export type TermType = CellType | ClockType;

/** A part of a date; `day_of_week` is 1 (Monday) to 7. */
export type DatePart = "year" | "month" | "day" | "day_of_week";

/** A calendar period of several days. */
export type Period = "week" | "month" | "quarter" | "year";

/** A move by a whole number of one unit; months clamp to the end of the month. */
export interface Move {
  readonly unit: "second" | "day" | "month";
  readonly amount: number;
}

/** A value over the columns of a relation's sources, or missing. What was a row, a collection or a link in the IR is a column here. */
export type Term =
  | Constant
  /** A column of a table, as it lies in the data: read by its type. */
  | { readonly kind: "cell"; readonly source: string; readonly column: string; readonly type: CellType }
  /** A column of an earlier relation. */
  | { readonly kind: "column"; readonly source: string; readonly column: string; readonly type: TermType }
  | {
      readonly kind: "arithmetic";
      readonly op: "+" | "-" | "*" | "/";
      readonly left: Term;
      readonly right: Term;
      readonly type: ScalarType;
    }
  | { readonly kind: "negate"; readonly operand: Term; readonly type: ScalarType }
  | { readonly kind: "else"; readonly value: Term; readonly fallback: Term; readonly type: ScalarType }
  | { readonly kind: "widen"; readonly value: Term; readonly type: ScalarType }
  /** The local clock of a timestamp: in the project's zone, or so many seconds ahead of UTC. */
  | { readonly kind: "clock"; readonly value: Term; readonly ahead: Term | null; readonly type: ClockType }
  /** The day of a local clock. */
  | { readonly kind: "dayOf"; readonly value: Term; readonly type: ScalarType }
  /** A part of a date, or the hour of a local clock. */
  | { readonly kind: "part"; readonly part: DatePart | "hour"; readonly value: Term; readonly type: ScalarType }
  /** The first day of the calendar period that holds a date. */
  | { readonly kind: "startOf"; readonly unit: Period; readonly value: Term; readonly type: ScalarType }
  /** The first instant of a date in the zone. */
  | { readonly kind: "startOfDay"; readonly value: Term; readonly type: ScalarType }
  | { readonly kind: "shift"; readonly value: Term; readonly by: Move; readonly type: ScalarType }
  /** Whole days from a date, or of 24 hours from a timestamp, until `now`. */
  | { readonly kind: "daysSince"; readonly value: Term; readonly now: Constant; readonly type: ScalarType }
  /** Whole months or years from a date or a local clock until `now`. */
  | {
      readonly kind: "periodsSince";
      readonly unit: "month" | "year";
      readonly value: Term;
      readonly now: Clock;
      readonly type: ScalarType;
    }
  /** Which of the periods of a length before the end a time lies in, 0 for the last; missing from the end on. In microseconds of instants, in days of dates. */
  | {
      readonly kind: "periodIndex";
      readonly value: Term;
      readonly end: Term;
      readonly length: string;
      readonly type: ScalarType;
    }
  /** 1 + ⌊tiles · below / size⌋. */
  | {
      readonly kind: "tile";
      readonly tiles: number;
      readonly below: Term;
      readonly size: Term;
      readonly type: ScalarType;
    }
  /** The bucket of a row, 0 to 9,999, out of a seed and its key. */
  | { readonly kind: "bucket"; readonly seed: Constant; readonly key: Term; readonly type: ScalarType }
  /** A key as text. */
  | { readonly kind: "keyText"; readonly value: Term; readonly type: ScalarType }
  /** Microseconds between two timestamps, or days between two dates. */
  | { readonly kind: "elapsed"; readonly from: Term; readonly to: Term; readonly type: ScalarType }
  /** The first yearly return after a date that is on or after a known day. */
  | { readonly kind: "nextReturn"; readonly value: Term; readonly today: Constant; readonly type: ScalarType }
  /** A sum or average of floats, missing where it is too great for one. */
  | { readonly kind: "finite"; readonly value: Term; readonly type: ScalarType }
  | { readonly kind: "condition"; readonly condition: Condition; readonly type: ScalarType }
  /** 1 where the condition holds, else 0. */
  | { readonly kind: "flag"; readonly condition: Condition; readonly type: ScalarType }
  /** `yes` where the condition holds, else `no`; both have `type`. */
  | {
      readonly kind: "if";
      readonly condition: Condition;
      readonly yes: Term;
      readonly no: Term;
      readonly type: ScalarType;
    }
  /** As of the IR; all arguments of `least` and `greatest` have `type`. */
  | {
      readonly kind: "function";
      readonly fn: "abs" | "floor" | "ceil" | "least" | "greatest" | "distance_km";
      readonly args: readonly Term[];
      readonly type: ScalarType;
    }
  /** A path of a JSON value, missing where what is there has another type. */
  | { readonly kind: "json"; readonly value: Term; readonly path: string; readonly type: ScalarType }
  /** `value` where the condition holds, else missing. */
  | { readonly kind: "when"; readonly condition: Condition; readonly value: Term; readonly type: ScalarType };

/** As `Const` of the IR, without its origin; a timestamp is absolute. */
export interface Constant {
  readonly kind: "constant";
  readonly type: ScalarType;
  readonly value: string | number | boolean | null;
  /** In a plan for a view: so many seconds after the engine's clock, in place of the value. */
  readonly ahead?: number;
}

/** True or false. A test that is not negated is false where an operand is missing, one that is negated is true there. */
export type Condition =
  | { readonly kind: "always"; readonly value: boolean }
  | { readonly kind: "and" | "or"; readonly items: readonly Condition[] }
  | { readonly kind: "atom"; readonly atom: Atom; readonly negated: boolean };

export type Atom =
  | {
      readonly kind: "compare";
      readonly op: CompareOp;
      readonly left: Term;
      readonly right: Term;
      readonly ignoreCase: boolean;
    }
  /** `options` may be empty. */
  | {
      readonly kind: "oneOf";
      readonly value: Term;
      readonly options: readonly Constant[];
      readonly ignoreCase: boolean;
    }
  | {
      readonly kind: "text";
      readonly mode: "contains" | "startsWith" | "endsWith";
      readonly value: Term;
      readonly needle: Term;
      readonly ignoreCase: boolean;
    }
  /** A list has an element that equals the value. */
  | { readonly kind: "has"; readonly list: Term; readonly value: Term; readonly ignoreCase: boolean }
  /** A list has an element that equals one of the values. */
  | {
      readonly kind: "hasAny";
      readonly list: Term;
      readonly options: readonly Constant[];
      readonly ignoreCase: boolean;
    }
  | { readonly kind: "known"; readonly value: Term }
  | { readonly kind: "truth"; readonly value: Term }
  /** A count, missing where there are none, is 1 or more. */
  | { readonly kind: "any"; readonly count: Term }
  /** A 0/1 column is 1. */
  | { readonly kind: "flag"; readonly flag: Term }
  /** How many of the conditions hold, held against `k`. */
  | {
      readonly kind: "countOf";
      readonly op: ">=" | "<=" | "=";
      readonly k: number;
      readonly items: readonly Condition[];
    }
  /** Membership of the subject in a segment that an earlier stage works out; only while planning. */
  | { readonly kind: "staged"; readonly segment: string };

export const ALWAYS: Condition = { kind: "always", value: true };
export const NEVER: Condition = { kind: "always", value: false };

export const atom = (of: Atom, negated = false): Condition => ({ kind: "atom", atom: of, negated });

export const compare = (left: Term, op: CompareOp, right: Term): Condition =>
  atom({ kind: "compare", op, left, right, ignoreCase: false });

export const known = (value: Term): Condition => atom({ kind: "known", value });

/** Exact negation, down to the atoms. */
export function negation(condition: Condition): Condition {
  switch (condition.kind) {
    case "always":
      return { kind: "always", value: !condition.value };
    case "and":
      return { kind: "or", items: condition.items.map(negation) };
    case "or":
      return { kind: "and", items: condition.items.map(negation) };
    case "atom":
      return { ...condition, negated: !condition.negated };
  }
}

/** Whether the value is never missing. */
export function isFilled(term: Term): boolean {
  switch (term.kind) {
    case "constant":
      return term.value !== null;
    case "else":
      return isFilled(term.value) || isFilled(term.fallback);
    case "widen":
      return isFilled(term.value);
    case "function":
      return term.fn !== "distance_km" && term.args.every(isFilled);
    case "condition":
    case "flag":
      return true;
    case "if":
      return isFilled(term.yes) && isFilled(term.no);
    case "json":
    case "cell":
    case "column":
    case "arithmetic":
    case "negate":
    case "clock":
    case "dayOf":
    case "part":
    case "startOf":
    case "startOfDay":
    case "shift":
    case "daysSince":
    case "periodsSince":
    case "tile":
    case "bucket":
    case "keyText":
    case "elapsed":
    case "periodIndex":
    case "nextReturn":
    case "finite":
    case "when":
      return false;
  }
}

/** What stands for the columns and for the staged segments of a term or condition. */
export interface Substitution {
  readonly column: (column: Extract<Term, { kind: "column" | "cell" }>) => Term;
  readonly staged: (segment: string) => Atom;
}

/** The term with its columns replaced. */
export function substitute(term: Term, by: Substitution): Term {
  switch (term.kind) {
    case "constant":
      return term;
    case "cell":
    case "column":
      return by.column(term);
    case "arithmetic":
      return { ...term, left: substitute(term.left, by), right: substitute(term.right, by) };
    case "negate":
      return { ...term, operand: substitute(term.operand, by) };
    case "else":
      return { ...term, value: substitute(term.value, by), fallback: substitute(term.fallback, by) };
    case "clock":
      return { ...term, value: substitute(term.value, by), ahead: term.ahead && substitute(term.ahead, by) };
    case "json":
    case "widen":
    case "dayOf":
    case "part":
    case "startOf":
    case "startOfDay":
    case "shift":
    case "daysSince":
    case "periodsSince":
    case "nextReturn":
    case "finite":
    case "keyText":
      return { ...term, value: substitute(term.value, by) };
    case "tile":
      return { ...term, below: substitute(term.below, by), size: substitute(term.size, by) };
    case "bucket":
      return { ...term, key: substitute(term.key, by) };
    case "elapsed":
      return { ...term, from: substitute(term.from, by), to: substitute(term.to, by) };
    case "periodIndex":
      return { ...term, value: substitute(term.value, by), end: substitute(term.end, by) };
    case "condition":
    case "flag":
      return { ...term, condition: substituteIn(term.condition, by) };
    case "function":
      return { ...term, args: term.args.map((arg) => substitute(arg, by)) };
    case "if":
      return {
        ...term,
        condition: substituteIn(term.condition, by),
        yes: substitute(term.yes, by),
        no: substitute(term.no, by),
      };
    case "when":
      return { ...term, condition: substituteIn(term.condition, by), value: substitute(term.value, by) };
  }
}

/** The condition with its columns and staged segments replaced. */
export function substituteIn(condition: Condition, by: Substitution): Condition {
  switch (condition.kind) {
    case "always":
      return condition;
    case "and":
    case "or":
      return { ...condition, items: condition.items.map((item) => substituteIn(item, by)) };
    case "atom":
      return { ...condition, atom: substituteInAtom(condition.atom, by) };
  }
}

function substituteInAtom(of: Atom, by: Substitution): Atom {
  switch (of.kind) {
    case "compare":
      return { ...of, left: substitute(of.left, by), right: substitute(of.right, by) };
    case "has":
      return { ...of, list: substitute(of.list, by), value: substitute(of.value, by) };
    case "hasAny":
      return { ...of, list: substitute(of.list, by) };
    case "text":
      return { ...of, value: substitute(of.value, by), needle: substitute(of.needle, by) };
    case "oneOf":
    case "known":
    case "truth":
      return { ...of, value: substitute(of.value, by) };
    case "any":
      return { ...of, count: substitute(of.count, by) };
    case "flag":
      return { ...of, flag: substitute(of.flag, by) };
    case "countOf":
      return { ...of, items: of.items.map((item) => substituteIn(item, by)) };
    case "staged":
      return by.staged(of.segment);
  }
}
