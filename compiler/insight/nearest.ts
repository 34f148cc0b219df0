import type { Origin, Pred } from "../../language/meaning/ir.ts";
import { sentenceOf } from "../../language/meaning/words.ts";
import { type Asking, type Reason, referred, scopeOf, valuesOf } from "./explain.ts";

/** A test that would have to turn round. */
export interface Flip {
  readonly text: string;
  /** What it would have to be. */
  readonly wanted: boolean;
  readonly values: Reason["values"];
  readonly origin: Origin;
}

/** The fewest tests whose turning round turns the condition round; of equal choices the first in the text. Work is linear in the condition. */
export function nearest(pred: Pred, asking: Asking): readonly Flip[] {
  switch (pred.kind) {
    case "always":
      return [];
    case "not":
      return pred.item.kind === "test" && referred(pred.item.test, asking) === null
        ? [flipOf(pred, asking)]
        : nearest(pred.item, asking);
    case "test":
    case "settled": {
      const reference = pred.kind === "test" ? referred(pred.test, asking) : null;
      if (reference === null) return [flipOf(pred, asking)];
      return nearest(reference.condition, { ...asking, open: new Set([...asking.open, reference.name]) });
    }
    case "and":
    case "or":
      return turned(pred.items, pred.kind === "and" ? pred.items.length : 1, asking);
    case "countOf": {
      const { mode, k, items } = pred;
      if (mode === "atLeast") return turned(items, k, asking);
      if (mode === "atMost") return turned(items, k + 1, asking);
      const met = items.filter((item) => asking.person.holds(item, scopeOf(asking))).length;
      if (met === k) return cheapest(items.map((item) => nearest(item, asking)));
      return some(items, met < k, Math.abs(met - k), asking);
    }
  }
}

/** What brings the number of items that hold from one side of `k` to the other: at least `k`, or less. */
function turned(items: readonly Pred[], k: number, asking: Asking): readonly Flip[] {
  const met = items.filter((item) => asking.person.holds(item, scopeOf(asking))).length;
  return met >= k ? some(items, false, met - k + 1, asking) : some(items, true, k - met, asking);
}

/** The cheapest `count` items made to hold, or not to. */
function some(items: readonly Pred[], wanted: boolean, count: number, asking: Asking): readonly Flip[] {
  const open = items
    .filter((item) => asking.person.holds(item, scopeOf(asking)) !== wanted)
    .map((item) => nearest(item, asking))
    .filter((flips) => flips.length > 0);
  if (open.length < count) return [];
  const chosen = new Set(open.toSorted((a, b) => a.length - b.length).slice(0, count));
  return open.filter((flips) => chosen.has(flips)).flat();
}

const cheapest = (choices: readonly (readonly Flip[])[]): readonly Flip[] =>
  choices.filter((flips) => flips.length > 0).toSorted((a, b) => a.length - b.length)[0] ?? [];

function flipOf(pred: Pred, asking: Asking): Flip {
  const inner = pred.kind === "not" ? pred.item : pred;
  return {
    text: sentenceOf(pred, asking.of).text,
    wanted: !asking.person.holds(pred, scopeOf(asking)),
    values: inner.kind === "test" || inner.kind === "settled" ? valuesOf(inner.test, asking) : [],
    origin: pred.origin,
  };
}
