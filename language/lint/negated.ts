import type { Collection, Origin, Pred, Step, Test, Value } from "../meaning/ir.ts";
import { keyOf } from "../meaning/key.ts";
import {
  partsOfCollection,
  partsOfRow,
  partsOfTest,
  partsOfValue,
  partsOfWindow,
  type Rewriter,
} from "../meaning/traverse.ts";
import { type Cause, type Missing, missingIn } from "./missing.ts";
import { rootsOf } from "./roots.ts";
import type { Linted } from "./rule.ts";

/** A negation that lets in rows for which an operand is missing, and says nothing of them. */
export interface Negated {
  /** The negation as written: `country != "FR"`. */
  readonly origin: Origin;
  /** What is missing of whom is included, in order of the text. */
  readonly causes: readonly Cause[];
  /** The entity of the rows it is about. */
  readonly entity: string;
}

/** What the conditions around a place say of who is missing: keys of values and rows that are asked whether they are known, or cannot be missing there. */
interface Spoken {
  readonly keys: ReadonlySet<string>;
  readonly outer: Spoken | null;
}

interface Place {
  readonly entity: string;
  readonly spoken: Spoken | null;
  /** The outermost negation around; null where nothing is negated. */
  readonly negation: Origin | null;
}

/** All such negations of a project. One beside which it is said who is meant (`is known`, `is missing`, a test that needs the value) is none. */
export function negatedIn(project: Linted): readonly Negated[] {
  const missing = missingIn(project);
  const found = new Map<string, Negated>();
  for (const root of rootsOf(project.program)) {
    const place = { entity: root.entity, spoken: null, negation: null };
    if (root.kind === "pred") visit(root.pred, false, place);
    else inside(place).value(root.value, 0);
  }
  return [...found.values()];

  function visit(pred: Pred, negated: boolean, place: Place): void {
    switch (pred.kind) {
      case "always":
        return;
      case "and":
      case "or": {
        const conjunctive = (pred.kind === "and") !== negated;
        const keys = new Set<string>();
        for (const item of pred.items) speak(item, pred.kind, negated, conjunctive, missing, keys);
        const spoken = keys.size === 0 ? place.spoken : { keys, outer: place.spoken };
        for (const item of pred.items) visit(item, negated, { ...place, spoken });
        return;
      }
      case "countOf":
        for (const item of pred.items) visit(item, negated, place);
        return;
      case "not":
        visit(pred.item, !negated, { ...place, negation: negated ? null : pred.origin });
        return;
      case "test":
      case "settled": {
        if (negated && place.negation !== null) report(pred.test, place, place.negation);
        partsOfTest(pred.test, 0, inside({ ...place, negation: null }));
      }
    }
  }

  function report(test: Test, place: Place, origin: Origin): void {
    const causes = missing.ofTest(test).filter((cause) => !isSpoken(cause, place.spoken));
    if (causes.length === 0) return;
    const key = `${origin.file} ${origin.span.start} ${origin.span.end}`;
    const before = found.get(key);
    if (before === undefined) found.set(key, { origin, causes, entity: place.entity });
    else found.set(key, { ...before, causes: [...before.causes, ...causes] });
  }

  /** Looks for negations in what a test or value consists of. */
  function inside(place: Place): Rewriter {
    const by: Rewriter = {
      pred: (pred) => {
        visit(pred, false, place);
        return pred;
      },
      value: (value, at) => {
        if (value.kind === "aggregate" && value.cond !== null) {
          collectionOf(value.collection, place);
          visit(value.cond, false, { ...place, entity: value.collection.entity });
          return value;
        }
        return partsOfValue(value, at, by);
      },
      row: (row, at) => partsOfRow(row, at, by),
      window: (window, at) => partsOfWindow(window, at, by),
      collection: (collection) => {
        collectionOf(collection, place);
        return collection;
      },
      closed: { ...EMPTY, pred: (pred) => closed(pred), value: (value) => closedValue(value) },
    };
    return by;

    function closed(pred: Pred): Pred {
      visit(pred, false, { ...place, spoken: null });
      return pred;
    }
    function closedValue(value: Value): Value {
      return inside({ ...place, spoken: null }).value(value, 0);
    }
  }

  /** Each step's condition, with what the steps before it say. */
  function collectionOf(collection: Collection, place: Place): void {
    let spoken = place.spoken;
    partsOfRow(collection.from, 0, inside(place));
    for (const step of collection.steps) {
      const within: Place = { entity: collection.entity, spoken, negation: null };
      if (step.kind !== "where") {
        partsOfCollection({ ...collection, from: SCOPE, steps: [step] }, 0, inside(within));
        continue;
      }
      visit(step.cond, false, within);
      spoken = saidBy(step, missing, spoken);
    }
  }
}

const SCOPE = { kind: "scope", depth: 0, entity: "" } as const;

const EMPTY: Rewriter = {
  pred: (pred) => pred,
  value: (value) => value,
  row: (row) => row,
  collection: (collection) => collection,
  window: (window) => window,
};

function saidBy(step: Extract<Step, { kind: "where" }>, missing: Missing, outer: Spoken | null): Spoken | null {
  const keys = new Set<string>();
  speak(step.cond, "and", false, true, missing, keys);
  return keys.size === 0 ? outer : { keys, outer };
}

/**
 * Adds what an item of an `and` or `or` says. Asking whether a value is known speaks of it, either way. Where all items must hold, a positive test
 * speaks of its operands too: they are known where it holds.
 */
function speak(
  item: Pred,
  kind: "and" | "or",
  negated: boolean,
  conjunctive: boolean,
  missing: Missing,
  keys: Set<string>,
): void {
  switch (item.kind) {
    case "and":
    case "or":
      // Further inside it is spoken of too, but nothing has to hold.
      for (const inner of item.items) speak(inner, kind, negated, conjunctive && item.kind === kind, missing, keys);
      return;
    case "not":
      speak(item.item, kind === "and" ? "or" : "and", !negated, conjunctive, missing, keys);
      return;
    case "test":
    case "settled":
      speakOfTest(item.test, conjunctive && !negated, missing, keys);
      return;
    case "always":
    case "countOf":
      return;
  }
}

function speakOfTest(test: Test, holds: boolean, missing: Missing, keys: Set<string>): void {
  switch (test.kind) {
    case "known":
      keys.add(keyOf(test.value));
      for (const cause of missing.ofValue(test.value)) for (const key of cause.keys) keys.add(key);
      return;
    case "linked":
      keys.add(keyOf(test.row));
      return;
    case "listKnown":
      keys.add(keyOf(test.list));
      return;
    case "exists":
      keys.add(keyOf(test.collection));
      return;
    case "compare":
      if (holds && isSome(test)) keys.add(keyOf((test.left as Extract<Value, { kind: "aggregate" }>).collection));
      break;
    default:
  }
  if (holds) for (const cause of missing.ofTest(test)) for (const key of cause.keys) keys.add(key);
}

/** `purchases >= 3`: there is one, at least. */
function isSome({ left, op, right }: Extract<Test, { kind: "compare" }>): boolean {
  if (left.kind !== "aggregate" || left.fn !== "count" || right.kind !== "const" || right.value === null) return false;
  const least = Number(right.value);
  return op === ">" ? least >= 0 : (op === "=" || op === ">=") && least >= 1;
}

function isSpoken(cause: Cause, spoken: Spoken | null): boolean {
  for (let at = spoken; at !== null; at = at.outer) {
    const { keys } = at;
    if (cause.keys.some((key) => keys.has(key))) return true;
  }
  return false;
}
