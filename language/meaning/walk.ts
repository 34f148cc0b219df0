import type { Collection, Pred, Row, Test, Value, Window } from "./ir.ts";
import {
  partsOfCollection,
  partsOfPred,
  partsOfRow,
  partsOfTest,
  partsOfValue,
  partsOfWindow,
  type Rewriter,
} from "./traverse.ts";

/**
 * What is called for every node, outer before inner, in order of the text. `place` is the depth of the innermost scope where it stands. Where `pred` or
 * `value` answers false, not for what is inside.
 */
export interface Visitor {
  readonly pred?: (pred: Pred, place: number) => boolean | undefined;
  readonly value?: (value: Value, place: number) => boolean | undefined;
  readonly row?: (row: Row, place: number) => void;
  readonly collection?: (collection: Collection, place: number) => void;
  readonly window?: (window: Window, place: number) => void;
}

function rewriter(visitor: Visitor): Rewriter {
  const by: Rewriter = {
    pred: (pred, place) => (visitor.pred?.(pred, place) === false ? pred : partsOfPred(pred, place, by)),
    value: (value, place) => (visitor.value?.(value, place) === false ? value : partsOfValue(value, place, by)),
    row: (row, place) => {
      visitor.row?.(row, place);
      return partsOfRow(row, place, by);
    },
    collection: (collection, place) => {
      visitor.collection?.(collection, place);
      return partsOfCollection(collection, place, by);
    },
    window: (window, place) => {
      visitor.window?.(window, place);
      return partsOfWindow(window, place, by);
    },
  };
  return by;
}

/** Visits a condition and all that is in it. */
export function walkPred(pred: Pred, place: number, visitor: Visitor): void {
  rewriter(visitor).pred(pred, place);
}

/** Visits a value and all that is in it. */
export function walkValue(value: Value, place: number, visitor: Visitor): void {
  rewriter(visitor).value(value, place);
}

/** Visits what a test consists of. */
export function walkTest(test: Test, place: number, visitor: Visitor): void {
  partsOfTest(test, place, rewriter(visitor));
}
