import type { Bound, Collection, Pred, Row, Step, Test, Value, Window } from "./ir.ts";

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
}

/** The condition with its parts rewritten. */
export function partsOfPred(pred: Pred, place: number, by: Rewriter): Pred {
  switch (pred.kind) {
    case "always":
      return pred;
    case "and":
    case "or":
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
  }
}

/** The value with its parts rewritten. */
export function partsOfValue(value: Value, place: number, by: Rewriter): Value {
  switch (value.kind) {
    case "const":
    case "param":
    case "today":
    case "now":
      return value;
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
    case "local_date":
    case "shift":
    case "since":
      return { ...value, value: by.value(value.value, place) };
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
    steps: collection.steps.map((step): Step => {
      if (step.kind === "where") return { ...step, cond: by.pred(step.cond, collection.depth) };
      return { ...step, window: by.window(step.window, collection.depth) };
    }),
  };
}

/** The window with the values of its bounds rewritten. */
export function partsOfWindow(window: Window, place: number, by: Rewriter): Window {
  const bound = (old: Bound | null): Bound | null =>
    old?.kind === "value" ? { ...old, value: by.value(old.value, place) } : old;
  return { ...window, from: bound(window.from), to: bound(window.to) };
}
