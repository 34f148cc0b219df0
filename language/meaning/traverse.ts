import type { Bound, Collection, ListField, Pred, Ranking, Row, Step, Test, Value, Window, Zone } from "./ir.ts";

/**
 * A rewriting of the IR. `place` is the depth of the innermost scope where a node stands: 0 at the top of a segment, the collection's
 * depth in its steps and in what an aggregate works out per element. The functions below rewrite what a node consists of and leave the node itself to the caller.
 */
export interface Rewriter {
  readonly pred: (pred: Pred, place: number) => Pred;
  readonly value: (value: Value, place: number) => Value;
  readonly row: (row: Row, place: number) => Row;
  readonly collection: (collection: Collection, place: number) => Collection;
  readonly window: (window: Window, place: number) => Window;
  /** For the parts of rankings, which stand over rows of their own; absent where they are rewritten like all others. */
  readonly closed?: Rewriter;
}

/** The condition with its parts rewritten. */
export function partsOfPred(pred: Pred, place: number, by: Rewriter): Pred {
  switch (pred.kind) {
    case "always":
      return pred;
    case "and":
    case "or":
    case "countOf":
      return { ...pred, items: pred.items.map((item) => by.pred(item, place)) };
    case "not":
      return { ...pred, item: by.pred(pred.item, place) };
    case "test":
    case "settled":
      return { ...pred, test: partsOfTest(pred.test, place, by) };
  }
}

/** The test with its parts rewritten. */
export function partsOfTest(test: Test, place: number, by: Rewriter): Test {
  switch (test.kind) {
    case "compare":
      return { ...test, left: by.value(test.left, place), right: by.value(test.right, place) };
    case "between":
      return {
        ...test,
        value: by.value(test.value, place),
        from: test.from && by.value(test.from, place),
        to: test.to && by.value(test.to, place),
      };
    case "inWindow":
      return { ...test, value: by.value(test.value, place), window: by.window(test.window, place) };
    case "text":
      return { ...test, value: by.value(test.value, place), needle: by.value(test.needle, place) };
    case "oneOf":
    case "known":
    case "truth":
      return { ...test, value: by.value(test.value, place) };
    case "linked":
    case "segment":
      return { ...test, row: by.row(test.row, place) };
    case "exists":
      return { ...test, collection: by.collection(test.collection, place) };
    case "has":
      return {
        ...test,
        list: partsOfList(test.list, place, by),
        options: test.options.map((option) => by.value(option, place)),
      };
    case "listKnown":
      return { ...test, list: partsOfList(test.list, place, by) };
    case "anniversaryIn":
      return { ...test, value: by.value(test.value, place), window: by.window(test.window, place) };
    case "top":
      return { ...test, row: by.row(test.row, place), ranking: partsOfRanking(test.ranking, by) };
    case "bucket":
    case "stored":
      return { ...test, row: by.row(test.row, place) };
  }
}

const partsOfList = (list: ListField, place: number, by: Rewriter): ListField => ({
  ...list,
  row: by.row(list.row, place),
});

/** A ranking is closed: its parts stand at the top of a row of its own, wherever it stands. */
function partsOfRanking(ranking: Ranking, by: Rewriter): Ranking {
  const inside = by.closed ?? by;
  return {
    ...ranking,
    by: inside.value(ranking.by, 0),
    within: ranking.within && inside.pred(ranking.within, 0),
    per: ranking.per && inside.value(ranking.per, 0),
  };
}

const partsOfZone = (zone: Zone, place: number, by: Rewriter): Zone => zone && by.value(zone, place);

/** The value with its parts rewritten. */
export function partsOfValue(value: Value, place: number, by: Rewriter): Value {
  switch (value.kind) {
    case "const":
    case "param":
    case "now":
    case "gap":
    case "group":
      return value;
    case "today":
      return { ...value, zone: partsOfZone(value.zone, place, by) };
    case "field":
    case "trait":
      return { ...value, row: by.row(value.row, place) };
    case "aggregate": {
      const collection = by.collection(value.collection, place);
      const inside = value.collection.depth;
      return {
        ...value,
        collection,
        of: value.of && by.value(value.of, inside),
        cond: value.cond && by.pred(value.cond, inside),
      };
    }
    case "arithmetic":
      return { ...value, left: by.value(value.left, place), right: by.value(value.right, place) };
    case "negate":
      return { ...value, operand: by.value(value.operand, place) };
    case "else":
      return { ...value, value: by.value(value.value, place), fallback: by.value(value.fallback, place) };
    case "widen":
    case "start_of":
      return { ...value, value: by.value(value.value, place) };
    case "local_date":
    case "shift":
    case "part":
    case "since":
    case "anniversary":
      return { ...value, value: by.value(value.value, place), zone: partsOfZone(value.zone, place, by) };
    case "offsets":
      return { ...value, zone: by.value(value.zone, place) };
    case "zoned":
      return {
        ...value,
        zone: by.value(value.zone, place),
        otherwise: by.value(value.otherwise, place),
        groups: value.groups.map((group) => ({ ...group, value: by.value(group.value, place) })),
      };
    case "if":
      return {
        ...value,
        cond: by.pred(value.cond, place),
        yes: by.value(value.yes, place),
        no: by.value(value.no, place),
      };
    case "function":
      return { ...value, args: value.args.map((arg) => by.value(arg, place)) };
    case "json":
      return { ...value, row: by.row(value.row, place) };
    case "elapsed":
      return { ...value, from: by.value(value.from, place), to: by.value(value.to, place) };
    case "tile":
      return { ...value, row: by.row(value.row, place), ranking: partsOfRanking(value.ranking, by) };
    case "groupAggregate":
      return {
        ...value,
        of: value.of && by.value(value.of, value.depth + 1),
        cond: value.cond && by.pred(value.cond, value.depth + 1),
      };
    case "periodIndex":
      return {
        ...value,
        value: by.value(value.value, place),
        windows: value.windows.map((window) => by.window(window, place)),
      };
    case "condition":
      return { ...value, pred: by.pred(value.pred, place) };
    case "when":
      return { ...value, cond: by.pred(value.cond, place), value: by.value(value.value, place) };
  }
}

/** The row with its parts rewritten. */
export function partsOfRow(row: Row, place: number, by: Rewriter): Row {
  switch (row.kind) {
    case "scope":
      return row;
    case "link":
      return { ...row, from: by.row(row.from, place) };
    case "pick":
      return { ...row, collection: by.collection(row.collection, place) };
  }
}

/** The collection with its parts rewritten; its own depth stays. */
export function partsOfCollection(collection: Collection, place: number, by: Rewriter): Collection {
  return {
    ...collection,
    from: by.row(collection.from, place),
    steps: collection.steps.map((step) => partsOfStep(step, collection.depth, place, by)),
  };
}

/** The step with its parts rewritten. `depth` is that of the elements, `place` where the collection stands. */
export function partsOfStep(step: Step, depth: number, place: number, by: Rewriter): Step {
  switch (step.kind) {
    case "where":
      return { ...step, cond: by.pred(step.cond, depth) };
    case "window":
      return { ...step, window: by.window(step.window, depth) };
    case "take":
      return { ...step, by: step.by && by.value(step.by, depth) };
    case "neighbour":
      return { ...step, other: by.collection(step.other, place) };
    case "per":
      return { ...step, key: by.value(step.key, depth) };
    case "afterGap":
    case "flatten":
      return step;
  }
}

/** The window with the values of its bounds rewritten. */
export function partsOfWindow(window: Window, place: number, by: Rewriter): Window {
  return {
    ...window,
    from: window.from && partsOfBound(window.from, place, by),
    to: window.to && partsOfBound(window.to, place, by),
    zone: partsOfZone(window.zone, place, by),
  };
}

const partsOfBound = (bound: Bound, place: number, by: Rewriter): Bound =>
  bound.kind === "value" ? { ...bound, value: by.value(bound.value, place) } : bound;
