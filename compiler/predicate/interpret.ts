import {
  dayOf,
  hourOf,
  nextReturn,
  partOf,
  periodStart,
  shiftDay,
  shiftInstant,
} from "../../language/meaning/calendar.ts";
import type {
  Collection,
  Const,
  ListField,
  Pred,
  Row as RowExpr,
  Step,
  Test,
  Value,
} from "../../language/meaning/ir.ts";
import type { Circumstances, Program } from "../../language/meaning/program.ts";
import { InternalError } from "../../language/text/assert.ts";
import { compareText } from "../../language/text/compare.ts";
import { arithmetic, widen } from "./arithmetic.ts";
import { bucketOf } from "./bucket.ts";
import { type Cell, compareCells, fold, keyText, withinType } from "./cell.ts";
import { type Element, groupAt, grouped, isGroup, isNeighbour, periodOf, taken } from "./chains.ts";
import { constant } from "./constant.ts";
import { functionOf } from "./functions.ts";
import type { Interpretation, Scope } from "./interpretation.ts";
import { jsonValue } from "./json.ts";
import { keyProblems } from "./keys.ts";
import { inOrder } from "./order.ts";
import { openRankings, takes, tileOf } from "./ranking.ts";
import { remembered } from "./remembered.ts";
import { openRows, type Row, scalarOf, storedBy, type World } from "./rows.ts";
import { compares, hasHolds, isCount, textHolds } from "./tests.ts";
import { timesOf } from "./times.ts";
import { gapAggregate, isAfterGap } from "./waits.ts";
import { worked } from "./worked.ts";

export type { Cell } from "./cell.ts";
export { DataProblem, keyText } from "./cell.ts";
export { constant as constantCell } from "./constant.ts";
export type { Interpretation, Person, Scope } from "./interpretation.ts";
export type { KeyProblem } from "./keys.ts";
export type { World } from "./rows.ts";

/**
 * The language's document, rule by rule and person by person: slow, obvious, the judge of every other evaluator. It runs a program as
 * written, and as `bind` and `normalize` leave it. Every operand is evaluated, so that a data error does not depend on its neighbours.
 */
export function interpret(program: Program, world: World, circumstances: Circumstances): Interpretation {
  const { asOf, zone } = circumstances;
  const rows = openRows(program.model, world, circumstances, (row) => {
    const filter = program.filters.get(row.entity.name);
    return filter === undefined || holds(filter, [row]);
  });
  const memberships = new Map<string, Map<Row, boolean>>();
  const traits = new Map<string, Map<Row, Cell>>();

  const standingOf = openRankings(rows, evaluate, holds);
  const constants = new Map<Const, Cell>();
  const times = timesOf(
    circumstances,
    (value, scope) => evaluate(value, scope),
    (node) => constantOf(node),
  );

  function constantOf(node: Const): Cell {
    const known = constants.get(node);
    if (known !== undefined) return known;
    const cell = constant(node, zone);
    constants.set(node, cell);
    return cell;
  }

  // ---- conditions: "a customer is in, or out" -----------------------------------------------------------------------

  function holds(pred: Pred, scope: Scope): boolean {
    switch (pred.kind) {
      case "always":
        return pred.value;
      case "and":
        return pred.items.map((item) => holds(item, scope)).every(Boolean);
      case "or":
        return pred.items.map((item) => holds(item, scope)).some(Boolean);
      // "`at least 2 of (a, b, c)`, `at most`, `exactly`": how many of the conditions hold.
      case "countOf":
        return isCount(pred, pred.items.filter((item) => holds(item, scope)).length);
      // "`not` is exact negation of the whole test that follows it."
      case "not":
        return !holds(pred.item, scope);
      case "test":
        return passes(pred.test, scope) ?? false;
      case "settled": {
        const passed = passes(pred.test, scope);
        return passed === null ? pred.whenMissing : passed !== pred.negated;
      }
    }
  }

  /** Null where an operand is missing. "A positive test with a missing operand is false." */
  function passes(test: Test, scope: Scope): boolean | null {
    switch (test.kind) {
      case "compare": {
        const [left, right] = [evaluate(test.left, scope), evaluate(test.right, scope)];
        if (left === null || right === null) return null;
        return compares(test.op, fold(left, test.ignoreCase), fold(right, test.ignoreCase));
      }
      case "oneOf": {
        const value = evaluate(test.value, scope);
        const options = test.options.map((option) => constantOf(option));
        if (value === null) return null;
        const folded = fold(value, test.ignoreCase);
        return options.some((option) => option !== null && compareCells(folded, fold(option, test.ignoreCase)) === 0);
      }
      case "between": {
        // "A range of numbers or of dates includes both ends; one of timestamps is from ≤ t < to."
        const value = evaluate(test.value, scope);
        const from = test.from === null ? "open" : { end: evaluate(test.from, scope) };
        const to = test.to === null ? "open" : { end: evaluate(test.to, scope) };
        if (value === null || (from !== "open" && from.end === null) || (to !== "open" && to.end === null)) return null;
        const above = from === "open" || compareCells(from.end, value) <= 0;
        const below = to === "open" || compareCells(value, to.end) < (test.toInclusive ? 1 : 0);
        return above && below;
      }
      case "inWindow":
        return times.within(evaluate(test.value, scope), test.window, scope);
      case "text": {
        const [value, needle] = [evaluate(test.value, scope), evaluate(test.needle, scope)];
        if (value === null || needle === null) return null;
        return textHolds(test.mode, fold(value, test.ignoreCase) as string, fold(needle, test.ignoreCase) as string);
      }
      case "known":
        return evaluate(test.value, scope) !== null;
      case "linked":
        return rowOf(test.row, scope) !== null;
      case "truth":
        return evaluate(test.value, scope) as boolean | null;
      // "A bare collection asks is there any? where yes/no is expected."
      case "exists":
        return elements(test.collection, scope).length > 0;
      case "segment": {
        const row = rowOf(test.row, scope);
        return row === null ? null : isMember(test.name, row);
      }
      // "In the entity's whole population, or in S. Equal values by key, so exactly 100; `with ties` lets all equals in."
      case "top": {
        const row = rowOf(test.row, scope);
        const standing = row === null ? null : standingOf(test.ranking, row);
        if (standing === null) return null;
        const ahead = test.which === "top" ? standing.above : standing.below;
        return ahead + (test.ties ? 0n : standing.before) < takes(test.amount, standing.size);
      }
      // "A stored list of keys; not yet taken is an error that says so."
      case "stored": {
        const row = rowOf(test.row, scope);
        const stored = storedBy(world, test.snapshot, row?.entity.name ?? "");
        return row === null ? null : stored.has(keyOf(row) ?? "");
      }
      // "Bucket = first 8 hex digits of SHA-256 of `seed:key` in UTF-8, as an unsigned integer, modulo 10,000."
      case "bucket": {
        const row = rowOf(test.row, scope);
        const key = row === null ? null : keyOf(row);
        if (key === null) return null;
        const bucket = bucketOf(test.seed, key);
        return test.from <= bucket && bucket < test.to;
      }
      // "Holds when any yearly return after `d` lies in W (29 February returns on the 28th in common years)."
      case "anniversaryIn": {
        const day = evaluate(test.value, scope) as number | null;
        return day === null ? null : times.hasReturnIn(day, test.window, scope);
      }
      // "A missing list: every test of it is false. Null elements are ignored, duplicates irrelevant."
      case "has": {
        const options = test.options.map((option) => evaluate(option, scope));
        return hasHolds(test, listOf(test.list, scope), options);
      }
      case "listKnown":
        return listOf(test.list, scope) !== null;
    }
  }

  function isMember(name: string, row: Row): boolean {
    const segment = program.segments.get(name);
    if (segment === undefined) throw new InternalError(`no segment ${name}`);
    return remembered(memberships, name, row, () => holds(segment.condition, [row]));
  }

  // ---- values -------------------------------------------------------------------------------------------------------

  function evaluate(value: Value, scope: Scope): Cell {
    switch (value.kind) {
      case "const":
        return constantOf(value);
      case "param": {
        const bound = circumstances.params.get(value.name) ?? program.params.get(value.name)?.value;
        if (bound === undefined) throw new InternalError(`no parameter ${value.name}`);
        return constantOf(bound);
      }
      case "field": {
        const row = rowOf(value.row, scope);
        return row === null ? null : rows.field(row, value.field);
      }
      case "trait": {
        const row = rowOf(value.row, scope);
        const trait = program.traits.get(value.name);
        if (trait === undefined) throw new InternalError(`no trait ${value.name}`);
        return row === null ? null : remembered(traits, value.name, row, () => evaluate(trait.value, [row]));
      }
      case "aggregate": {
        const found = elements(value.collection, scope);
        if (value.of?.kind === "gap") return gapAggregate(value.fn, found.map(instantOf));
        const inside = found.map((element) => elementScope(value.collection, scope, element));
        return worked(value, inside, evaluate, holds);
      }
      case "arithmetic":
        return arithmetic(value.op, evaluate(value.left, scope), evaluate(value.right, scope), value.type);
      case "negate": {
        const operand = evaluate(value.operand, scope);
        if (operand === null) return null;
        return typeof operand === "number" ? -operand : withinType(-(operand as bigint), value.type);
      }
      // "`x else 0` gives a default."
      case "else": {
        const [known, fallback] = [evaluate(value.value, scope), evaluate(value.fallback, scope)];
        return known ?? fallback;
      }
      case "widen":
        return widen(evaluate(value.value, scope), value.value.type, value.type);
      // "`t op d` of a timestamp and a date compares `date(t)`."
      case "local_date": {
        const instant = evaluate(value.value, scope);
        return instant === null ? null : dayOf(instant as bigint, times.zone(value.zone, scope));
      }
      case "shift": {
        const moved = evaluate(value.value, scope);
        if (moved === null) return null;
        return typeof moved === "number"
          ? shiftDay(moved, value.by)
          : shiftInstant(moved as bigint, value.by, times.zone(value.zone, scope));
      }
      // "`date(t)`, `year month day hour`, `day_of_week` 1 (Monday) to 7 … in the project's zone."
      case "part": {
        const cell = evaluate(value.value, scope);
        if (cell === null) return null;
        if (value.part === "hour") return BigInt(hourOf(cell as bigint, times.zone(value.zone, scope)));
        return BigInt(partOf(value.part, cell as number));
      }
      // "`start_of(month, t)`"; weeks start on Monday.
      case "start_of": {
        const day = evaluate(value.value, scope);
        return day === null ? null : periodStart(value.unit, 0, day as number);
      }
      // "`anniversary(d)`: the next on or after today."
      case "anniversary": {
        const day = evaluate(value.value, scope);
        const today =
          value.now === null ? dayOf(asOf, times.zone(value.zone, scope)) : (constantOf(value.now) as number);
        return day === null ? null : nextReturn(day as number, today);
      }
      // "`t2 - t1`": of timestamps the microseconds, of dates the days between.
      case "elapsed": {
        const [from, to] = [evaluate(value.from, scope), evaluate(value.to, scope)];
        if (from === null || to === null) return null;
        return BigInt(to as number | bigint) - BigInt(from as number | bigint);
      }
      case "offsets":
        throw new InternalError("offsets are no value");
      // "Each person's own zone; the project's where missing or unknown."
      case "zoned": {
        const own = evaluate(value.zone, scope) as string | null;
        const group = own === null ? undefined : value.groups.find(({ zones }) => zones.includes(own));
        return evaluate(group === undefined ? value.otherwise : group.value, scope);
      }
      case "today":
        return dayOf(asOf, times.zone(value.zone, scope));
      case "now":
        return asOf;
      case "since": {
        const then = evaluate(value.value, scope);
        return then === null ? null : times.since(value, then, scope);
      }
      // "Equal values share a tile."
      case "tile": {
        const row = rowOf(value.row, scope);
        const standing = row === null ? null : standingOf(value.ranking, row);
        return standing === null ? null : tileOf(value.tiles, standing);
      }
      case "condition":
        return holds(value.pred, scope);
      case "when": {
        const [met, inner] = [holds(value.cond, scope), evaluate(value.value, scope)];
        return met ? inner : null;
      }
      // "`if c then a else b`", of which both are evaluated.
      case "if": {
        const [yes, no] = [evaluate(value.yes, scope), evaluate(value.no, scope)];
        return holds(value.cond, scope) ? yes : no;
      }
      case "function":
        return functionOf(
          value,
          value.args.map((arg) => evaluate(arg, scope)),
        );
      // "JSON paths are typed: a number only if the JSON value is one, and so on; anything else is missing."
      case "json": {
        const row = rowOf(value.row, scope);
        return row === null ? null : jsonValue(rows.field(row, value.field), value.path, value.type);
      }
      case "gap":
        throw new InternalError("a wait that no aggregate is over");
      // "In their conditions `group` is the group's value and fields stand inside aggregates."
      case "group":
        return groupAt(scope, value.depth).value;
      case "groupAggregate": {
        const around = scope.slice(0, value.depth + 1);
        const inside = groupAt(scope, value.depth).members.map((member) => [...around, member]);
        return worked(value, inside, evaluate, holds);
      }
      // "Rolling periods, counted back from the end of the windows, else from as-of."
      case "periodIndex": {
        const ends = value.windows.map((window) => times.end(window, scope));
        return periodOf(evaluate(value.value, scope), ends, value.length);
      }
    }
  }

  // ---- rows and collections -----------------------------------------------------------------------------------------

  function rowOf(row: RowExpr, scope: Scope): Row | null {
    switch (row.kind) {
      case "scope": {
        const found = scope[row.depth];
        if (found === undefined || isGroup(found)) throw new InternalError(`no row at depth ${row.depth}`);
        return found;
      }
      // "A link whose key finds no row is missing."
      case "link": {
        const from = rowOf(row.from, scope);
        return from === null ? null : rows.one(from, row.link);
      }
      // "`.latest` is the greatest, `.first` the least."
      case "pick":
        return rowsIn(row.collection, scope).at(row.which === "first" ? 0 : -1) ?? null;
    }
  }

  function listOf({ row, field }: Pick<ListField, "row" | "field">, scope: Scope): Cell {
    const found = rowOf(row, scope);
    return found === null ? null : rows.field(found, field);
  }

  /** The elements of a collection that is not grouped. */
  function rowsIn(collection: Collection, scope: Scope): readonly Row[] {
    const found = elements(collection, scope);
    if (found.some(isGroup)) throw new InternalError("groups where rows are asked for");
    return found as readonly Row[];
  }

  /** "A chain reads left to right; each step narrows it." A missing row has no elements. */
  function elements(collection: Collection, scope: Scope): readonly Element[] {
    const from = rowOf(collection.from, scope);
    const all: readonly Element[] = from === null ? [] : rows.many(from, collection.link);
    return collection.steps.reduce((left, step) => narrowed(left, step, collection, scope), all);
  }

  function narrowed(left: readonly Element[], step: Step, collection: Collection, scope: Scope): readonly Element[] {
    const inside = (element: Element): Scope => elementScope(collection, scope, element);
    switch (step.kind) {
      case "where":
        return left.filter((element) => holds(step.cond, inside(element)));
      case "window":
        return left.filter((element) => times.within(instantOf(element), step.window, inside(element)) ?? false);
      // "Elements with / without an element of B at a.at < b.at ≤ a.at + within (or before)."
      case "neighbour": {
        const others = rowsIn(step.other, scope);
        return left.filter((a) => others.some((b) => isNeighbour(a as Row, b, step, rows, zone)) !== step.negated);
      }
      // "Groups, one per known value."
      case "per":
        return grouped(left as readonly Row[], (element) => evaluate(step.key, inside(element)));
      case "take":
        return taken(left, step, (by, element) => evaluate(by, inside(element)));
      // "Elements that have an earlier one, and none within 180 d before."
      case "afterGap": {
        const instants = left.map(instantOf);
        return left.filter((element) => isAfterGap(instantOf(element), instants, step.gap, zone));
      }
      // "A collection of collections flattens", and stands in the order of its own elements.
      case "flatten":
        return (left as readonly Row[]).flatMap((element) => rows.many(element, step.link)).sort(inOrder);
    }
  }

  const elementScope = (collection: Collection, scope: Scope, element: Element): Scope => [
    ...scope.slice(0, collection.depth),
    element,
  ];

  function instantOf(event: Element): Cell {
    if (isGroup(event) || event.entity.at === null) throw new InternalError("what has no time is asked when");
    return rows.field(event, event.entity.at);
  }

  const keysOf = (found: readonly Row[]): readonly string[] =>
    found.flatMap((row) => keyOf(row) ?? []).sort(compareText);

  function keyOf(row: Row): string | null {
    const name = row.entity.key;
    const cell = name === null ? null : rows.field(row, name);
    return name === null || cell === null ? null : keyText(cell, scalarOf(row.entity, name));
  }

  return {
    population: (entity) => keysOf(rows.existing(entity)),
    members(name) {
      const segment = program.segments.get(name);
      if (segment === undefined) throw new InternalError(`no segment ${name}`);
      return keysOf(rows.existing(segment.entity).filter((row) => isMember(name, row)));
    },
    person(entity, key) {
      const row = rows.existing(entity).find((found) => keyOf(found) === key);
      return row === undefined ? null : { row, holds, evaluate, list: listOf, elements };
    },
    keyProblems: (entities) => keyProblems(program.model, world, rows, entities),
  };
}
