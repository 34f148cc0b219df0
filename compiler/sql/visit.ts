import type { Pred, Value, Window } from "../../language/meaning/ir.ts";
import type { Program } from "../../language/meaning/program.ts";
import {
  partsOfCollection,
  partsOfPred,
  partsOfRow,
  partsOfValue,
  partsOfWindow,
  type Rewriter,
} from "../../language/meaning/traverse.ts";

/** Shows every condition, value and window of normal segments, of the segments they read, and of the headers of entities. */
export function visitSegments(
  program: Program,
  segments: Iterable<string>,
  see: {
    readonly pred: (pred: Pred) => void;
    readonly value: (value: Value) => void;
    readonly window: (window: Window) => void;
  },
): void {
  const open = [...segments];
  const seen = new Set(open);
  const by: Rewriter = {
    pred(pred, place) {
      see.pred(pred);
      if (pred.kind === "settled" && pred.test.kind === "segment" && !seen.has(pred.test.name)) {
        seen.add(pred.test.name);
        open.push(pred.test.name);
      }
      return partsOfPred(pred, place, by);
    },
    value(value, place) {
      see.value(value);
      return partsOfValue(value, place, by);
    },
    row: (row, place) => partsOfRow(row, place, by),
    collection: (collection, place) => partsOfCollection(collection, place, by),
    window(window, place) {
      see.window(window);
      return partsOfWindow(window, place, by);
    },
  };
  for (const filter of program.filters.values()) by.pred(filter, 0);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const condition = program.segments.get(name)?.condition;
    if (condition !== undefined) by.pred(condition, 0);
  }
}
