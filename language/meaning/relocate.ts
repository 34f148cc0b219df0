import type { Row, Value } from "./ir.ts";
import { partsOfCollection, partsOfPred, partsOfRow, partsOfValue, partsOfWindow, type Rewriter } from "./traverse.ts";

/** Rankings stand over rows of their own. */
const UNCHANGED: Rewriter = {
  pred: (pred) => pred,
  value: (value) => value,
  row: (row) => row,
  collection: (collection) => collection,
  window: (window) => window,
};

/**
 * A value over the row of depth 0, as it stands for `root` where the innermost scope is `place`: what was depth 0 becomes `root`,
 * the scopes of its own collections come after `place`.
 */
export function relocate(value: Value, root: Row, place: number): Value {
  const by: Rewriter = {
    pred: (pred, at) => partsOfPred(pred, at, by),
    value: (inner, at) => ofDepth(partsOfValue(inner, at, by), (depth) => depth + place),
    window: (window, at) => partsOfWindow(window, at, by),
    collection: (collection, at) => {
      const parts = partsOfCollection(collection, at, by);
      return { ...parts, depth: parts.depth + place };
    },
    closed: UNCHANGED,
    row: (row, at) => {
      if (row.kind !== "scope") return partsOfRow(row, at, by);
      return row.depth === 0 ? deeper(root, place, at) : { ...row, depth: row.depth + place };
    },
  };
  return by.value(value, 0);
}

/** What names a scope without a row. */
function ofDepth(value: Value, moved: (depth: number) => number): Value {
  const names = value.kind === "gap" || value.kind === "group" || value.kind === "groupAggregate";
  return names ? { ...value, depth: moved(value.depth) } : value;
}

/** A row that was written where the innermost scope is `place`, as it stands `by` scopes further in. */
function deeper(root: Row, place: number, by: number): Row {
  if (by === 0) return root;
  const move: Rewriter = {
    pred: (pred, at) => partsOfPred(pred, at, move),
    value: (value, at) => ofDepth(partsOfValue(value, at, move), (depth) => (depth > place ? depth + by : depth)),
    window: (window, at) => partsOfWindow(window, at, move),
    collection: (collection, at) => {
      const parts = partsOfCollection(collection, at, move);
      return { ...parts, depth: parts.depth + by };
    },
    closed: UNCHANGED,
    row: (row, at) => {
      if (row.kind !== "scope") return partsOfRow(row, at, move);
      return row.depth > place ? { ...row, depth: row.depth + by } : row;
    },
  };
  return move.row(root, place);
}

/** Whether the value is missing wherever the row of depth 0 is (a count of its collections is 0 there, not missing). */
export function isMissingWithItsRow(value: Value): boolean {
  switch (value.kind) {
    case "field":
    case "trait":
      return standsOnSubject(value.row);
    case "tile":
      return standsOnSubject(value.row);
    case "aggregate":
      return (
        value.fn !== "count" && value.fn !== "sum" && value.fn !== "distinct" && standsOnSubject(value.collection.from)
      );
    case "arithmetic":
      return isMissingWithItsRow(value.left) || isMissingWithItsRow(value.right);
    case "elapsed":
      return isMissingWithItsRow(value.from) || isMissingWithItsRow(value.to);
    case "offsets":
      return false;
    case "zoned":
      return [value.otherwise, ...value.groups.map((group) => group.value)].every(isMissingWithItsRow);
    case "negate":
      return isMissingWithItsRow(value.operand);
    case "widen":
    case "local_date":
    case "shift":
    case "since":
    case "part":
    case "start_of":
    case "anniversary":
    case "when":
      return isMissingWithItsRow(value.value);
    case "else":
      return isMissingWithItsRow(value.value) && isMissingWithItsRow(value.fallback);
    case "if":
      return isMissingWithItsRow(value.yes) && isMissingWithItsRow(value.no);
    case "function":
      return value.args.some(isMissingWithItsRow);
    case "json":
      return standsOnSubject(value.row);
    case "const":
    case "param":
    case "today":
    case "now":
    case "condition":
      return false;
    case "gap":
    // They stand inside a collection, which decides.
    case "group":
    case "groupAggregate":
    case "periodIndex":
      return false;
  }
}

function standsOnSubject(row: Row): boolean {
  if (row.kind === "scope") return row.depth === 0;
  return standsOnSubject(row.kind === "link" ? row.from : row.collection.from);
}
