import { clockOf, parseInstant } from "../../language/meaning/calendar.ts";
import type { CompareOp, Const, Pred, Test, Value, Zone } from "../../language/meaning/ir.ts";
import { InternalError } from "../../language/text/assert.ts";
import { DATE } from "../../language/types/type.ts";
import { bucketTest } from "./bucket.ts";
import { medianTerm, mostFrequentTerm } from "./chosen.ts";
import { aggregateTerm, anyElement, countTerm } from "./collection.ts";
import { constant } from "./constant.ts";
import { gapsTerm } from "./gaps.ts";
import { groupAt } from "./groups.ts";
import { memberTest } from "./member.ts";
import { merged } from "./merge.ts";
import { moveOf } from "./move.ts";
import type { Place } from "./place.ts";
import type { Planner, Translation } from "./planner.ts";
import { rankTest, tileTerm } from "./ranking.ts";
import { rowHandle } from "./row.ts";
import { storedTest } from "./stored.ts";
import {
  ALWAYS,
  type Atom,
  atom,
  CLOCK,
  type Condition,
  type Constant,
  known,
  NEVER,
  negation,
  type Term,
} from "./term.ts";
import { wholeNumbers } from "./whole.ts";
import { withinWindow } from "./window.ts";
import { aheadTerm, zonedTerm } from "./zones.ts";

/** How the planner's conditions and values are made. */
export const TRANSLATION: Translation = { term: termOf, clock: clockTerm, conditions: conditionsOf };

/** A normal condition at a place, as conditions of which all hold. */
function conditionsOf(of: Planner, pred: Pred, place: Place): readonly Condition[] {
  const condition = conditionOf(of, pred, place);
  if (condition.kind === "and") return condition.items;
  return condition.kind === "always" && condition.value ? [] : [condition];
}

export function conditionOf(of: Planner, pred: Pred, place: Place): Condition {
  switch (pred.kind) {
    case "always":
      return { kind: "always", value: pred.value };
    case "and":
    case "or":
      return joined(
        pred.kind,
        pred.items.map((item) => conditionOf(of, item, place)),
      );
    case "settled": {
      const condition = testOf(of, pred.test, place);
      return pred.negated ? negation(condition) : condition;
    }
    case "countOf": {
      const op = pred.mode === "atLeast" ? ">=" : pred.mode === "atMost" ? "<=" : "=";
      return atom({ kind: "countOf", op, k: pred.k, items: pred.items.map((item) => conditionOf(of, item, place)) });
    }
    case "not":
    case "test":
      throw new InternalError(`${pred.kind} in a normal condition`);
  }
}

/** Flat, and without what decides nothing. */
function joined(kind: "and" | "or", items: readonly Condition[]): Condition {
  const flat = items.flatMap((item) => (item.kind === kind ? item.items : [item]));
  const decided = flat.find((item) => item.kind === "always" && item.value === (kind === "or"));
  if (decided !== undefined) return decided;
  const open = merged(
    kind,
    flat.filter((item) => item.kind !== "always"),
  );
  if (open.length === 1) return open[0] as Condition;
  return open.length === 0 ? { kind: "always", value: kind === "and" } : { kind, items: open };
}

/** The test, not negated. */
function testOf(of: Planner, test: Test, place: Place): Condition {
  const term = (value: Value): Term => of.term(value, place);
  switch (test.kind) {
    case "compare": {
      const { op, ignoreCase } = test;
      return asked({ kind: "compare", op, left: term(test.left), right: term(test.right), ignoreCase });
    }
    case "oneOf": {
      const options = test.options.filter((option) => option.value !== null).map(constant);
      return asked({ kind: "oneOf", value: term(test.value), options, ignoreCase: test.ignoreCase });
    }
    case "between": {
      const value = term(test.value);
      const bounds: Condition[] = [];
      const bound = (op: CompareOp, right: Term): void => {
        bounds.push(asked({ kind: "compare", op, left: value, right, ignoreCase: false }));
      };
      if (test.from !== null) bound(">=", term(test.from));
      if (test.to !== null) bound(test.toInclusive ? "<=" : "<", term(test.to));
      return bounds.length === 0 ? known(value) : joined("and", bounds);
    }
    case "inWindow":
      return joined("and", withinWindow(of, place, term(test.value), test.window));
    case "text": {
      const { mode, ignoreCase } = test;
      return atom({ kind: "text", mode, value: term(test.value), needle: term(test.needle), ignoreCase });
    }
    case "known":
      return known(term(test.value));
    case "linked": {
      const { present } = rowHandle(of, test.row, place);
      return present === null ? ALWAYS : known(present);
    }
    case "truth":
      return atom({ kind: "truth", value: term(test.value) });
    case "exists":
      return anyElement(of, test.collection, place);
    case "segment":
      return memberTest(of, test.name, test.row, place);
    case "top":
      return rankTest(of, test, place);
    case "bucket":
      return bucketTest(of, test, place);
    case "stored":
      return storedTest(of, test, place);
    case "has": {
      const list = rowHandle(of, test.list.row, place).list(test.list.field);
      const { ignoreCase } = test;
      const options = test.options.flatMap((option) => (option.kind === "const" ? constant(option) : []));
      if (test.mode === "any" && options.length > 1 && options.length === test.options.length)
        return atom({ kind: "hasAny", list, options, ignoreCase });
      const each = test.options.map((option) => atom({ kind: "has", list, value: term(option), ignoreCase }));
      return joined(test.mode === "all" ? "and" : "or", each);
    }
    case "listKnown":
      return known(rowHandle(of, test.list.row, place).list(test.list.field));
    case "anniversaryIn":
      throw new InternalError("days of return that were not worked out");
  }
}

function asked(test: Atom): Condition {
  const plain = wholeNumbers(test) ?? test;
  return plain.kind === "oneOf" && plain.options.length === 0 ? NEVER : atom(plain);
}

/** A normal value at a place. */
function termOf(of: Planner, value: Value, place: Place): Term {
  const term = (inner: Value): Term => of.term(inner, place);
  const { type } = value;
  switch (value.kind) {
    case "const":
      return constant(value);
    case "field":
      return rowHandle(of, value.row, place).field(value.field);
    case "aggregate": {
      if (value.of?.kind === "gap") return gapsTerm(of, { ...value, of: value.of }, place);
      if (value.fn === "count") return countTerm(of, value.collection, place);
      if (value.fn === "median" && value.of !== null) return medianTerm(of, { ...value, of: value.of }, place);
      if (value.fn === "most_frequent" && value.of !== null)
        return mostFrequentTerm(of, { ...value, of: value.of }, place);
      return filled(value, aggregateTerm(of, value, place));
    }
    case "arithmetic":
      return { kind: "arithmetic", op: value.op, left: term(value.left), right: term(value.right), type };
    case "negate":
      return { kind: "negate", operand: term(value.operand), type };
    case "else":
      return { kind: "else", value: term(value.value), fallback: term(value.fallback), type };
    case "widen":
      return { kind: "widen", value: term(value.value), type };
    case "local_date":
      return { kind: "dayOf", value: clockIn(of, value.value, value.zone, place), type: DATE };
    case "part": {
      const { part } = value;
      return {
        kind: "part",
        part,
        value: part === "hour" ? clockIn(of, value.value, value.zone, place) : term(value.value),
        type,
      };
    }
    case "start_of": {
      const { unit } = value;
      return unit === "day" ? term(value.value) : { kind: "startOf", unit, value: term(value.value), type };
    }
    case "shift":
      return { kind: "shift", value: term(value.value), by: moveOf(value.by), type };
    case "elapsed":
      return { kind: "elapsed", from: term(value.from), to: term(value.to), type };
    case "anniversary": {
      if (value.now === null) throw new InternalError("an anniversary that is not bound");
      return { kind: "nextReturn", value: term(value.value), today: constant(value.now), type };
    }
    case "zoned":
      return zonedTerm(of, value, place);
    case "offsets":
      throw new InternalError("offsets are no value");
    case "since":
      return sinceTerm(of, value, place);
    case "tile":
      return tileTerm(of, value, place);
    case "condition":
      return { kind: "condition", condition: conditionOf(of, value.pred, place), type };
    case "when":
      return { kind: "when", condition: conditionOf(of, value.cond, place), value: term(value.value), type };
    case "if": {
      const condition = conditionOf(of, value.cond, place);
      return { kind: "if", condition, yes: term(value.yes), no: term(value.no), type };
    }
    case "function":
      return { kind: "function", fn: value.fn, args: value.args.map(term), type };
    case "json":
      return rowHandle(of, value.row, place).json(value.field, value.path, type);
    case "group":
      return groupAt(place, value.depth).value();
    case "groupAggregate":
      return filled(value, groupAt(place, value.depth).aggregate(value));
    case "gap":
      throw new InternalError("a wait that no aggregate is over");
    case "periodIndex":
      throw new InternalError("a period that nothing is grouped by");
    case "param":
    case "trait":
    case "today":
    case "now":
      throw new InternalError(`${value.kind} in a normal value`);
  }
}

/** Sums and numbers of different values are 0 of nothing; what is too great for a float is missing. */
function filled({ fn, of, type }: Extract<Value, { kind: "aggregate" | "groupAggregate" }>, aggregate: Term): Term {
  const isEmptyZero = fn === "sum" || fn === "distinct";
  const answer: Term = isEmptyZero ? { kind: "else", value: aggregate, fallback: zero(type), type } : aggregate;
  const canOverflow = (fn === "sum" || fn === "avg") && of?.type.kind === "float";
  return canOverflow ? { kind: "finite", value: answer, type } : answer;
}

const zero = (type: Constant["type"]): Constant => ({
  kind: "constant",
  type,
  value: type.kind === "float" ? 0 : "0",
});

/** The local clock of a timestamp; that of a field is worked out once with its row. */
function clockTerm(of: Planner, value: Value, place: Place): Term {
  if (value.kind === "field" && !of.fixedOffset) return rowHandle(of, value.row, place).clock(value.field);
  return { kind: "clock", value: of.term(value, place), ahead: null, type: CLOCK };
}

/** The local clock of a timestamp in the project's zone, or in each person's. */
function clockIn(of: Planner, value: Value, zone: Zone, place: Place): Term {
  if (zone === null) return clockTerm(of, value, place);
  if (zone.kind !== "offsets") throw new InternalError("offsets of each zone that were not found");
  const instant = of.term(value, place);
  return { kind: "clock", value: instant, ahead: aheadTerm(of, zone, instant, place), type: CLOCK };
}

function sinceTerm(of: Planner, value: Extract<Value, { kind: "since" }>, place: Place): Term {
  const { unit, now, type } = value;
  if (now === null) throw new InternalError("a time since that is not bound");
  if (unit === "day") return { kind: "daysSince", value: of.term(value.value, place), now: constant(now), type };
  const isDate = value.value.type.kind === "date";
  const from = isDate ? of.term(value.value, place) : clockTerm(of, value.value, place);
  return { kind: "periodsSince", unit, value: from, now: clockOf(instantOf(now), isDate ? "UTC" : of.zone), type };
}

function instantOf({ value }: Const): bigint {
  const micros = parseInstant(String(value), "UTC");
  if (micros === null) throw new InternalError(`not a time: ${value}`);
  return micros;
}
