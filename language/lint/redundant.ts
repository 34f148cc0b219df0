import type { Pred } from "../meaning/ir.ts";
import { keyOf } from "../meaning/key.ts";
import type { Reasoner } from "../meaning/reason.ts";
import type { Form } from "../meaning/reason-form.ts";
import type { Verdict } from "./verdicts.ts";

/** So many items that speak of one thing are held against each other, each with each; of more, neighbours. */
const MOST_PAIRED = 12;
const MOST_KEYS = 8;

/** Items of an `and` or `or` that another one sees to: of two that say the same the later one. What asks whether something is known is left, for it makes plain. */
export function redundantIn(
  pred: Extract<Pred, { kind: "and" | "or" }>,
  forms: readonly Form[],
  reasoner: Reasoner,
): readonly Verdict[] {
  const by = new Map<number, number>();
  for (const [a, b] of pairsOf(forms, reasoner)) {
    const [x, y] = [forms[a] as Form, forms[b] as Form];
    if (by.has(a) || by.has(b) || isSettled(x, reasoner) || isSettled(y, reasoner)) continue;
    const [forward, backward] = [reasoner.implies(x, y), reasoner.implies(y, x)];
    // Of an `and` the wider one goes, of an `or` the narrower.
    const goesLater = pred.kind === "and" ? forward : backward;
    if (goesLater && !makesPlain(pred.items[b] as Pred, x)) by.set(b, a);
    else if ((forward || backward) && !goesLater && !makesPlain(pred.items[a] as Pred, y)) by.set(a, b);
  }
  return [...by].map(([item, other]) => ({
    kind: "redundant",
    origin: (pred.items[item] as Pred).origin,
    by: (pred.items[other] as Pred).origin,
    declared: false,
  }));
}

/** What never or always holds is told as that. */
const isSettled = (form: Form, reasoner: Reasoner): boolean =>
  reasoner.isAlways(form) || reasoner.assume(reasoner.nothing(false), form).kind === "clash";

/** Whether a condition says what another one only implies: that something is known, or that something happened. */
function makesPlain(pred: Pred, other: Form): boolean {
  if (pred.kind === "not") return makesPlain(pred.item, other);
  if (pred.kind !== "test") return false;
  const { kind } = pred.test;
  return kind === "known" || kind === "linked" || kind === "listKnown" || (kind === "exists" && !counts(other));
}

function counts(form: Form): boolean {
  if (form.kind === "and" || form.kind === "or") return form.items.some(counts);
  return form.kind === "limits" && form.term.value?.kind === "aggregate" && form.term.value.fn === "count";
}

/** Pairs of items that speak of one thing, the earlier one first, in order of the later one. */
function pairsOf(forms: readonly Form[], reasoner: Reasoner): readonly (readonly [number, number])[] {
  const groups = new Map<string, number[]>();
  for (const [i, form] of forms.entries()) {
    for (const key of new Set([...keysOf(form, MOST_KEYS), `= ${reasoner.normal(form)}`])) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [i]);
      else group.push(i);
    }
  }
  const pairs = new Map<string, readonly [number, number]>();
  for (const group of groups.values()) {
    for (const [at, b] of group.entries()) {
      const others = group.length <= MOST_PAIRED ? group.slice(0, at) : group.slice(Math.max(0, at - 1), at);
      for (const a of others) pairs.set(`${a} ${b}`, [a, b]);
    }
  }
  return [...pairs.values()].sort((x, y) => x[1] - y[1] || x[0] - y[0]);
}

/** What a form speaks of: values, and of counts and what only something has the link. */
function keysOf(form: Form, most: number): readonly string[] {
  switch (form.kind) {
    case "always":
      return [];
    case "and":
    case "or":
      return form.items
        .slice(0, most)
        .flatMap((item) => keysOf(item, most))
        .slice(0, most);
    case "limits":
    case "window": {
      const { key, value } = form.term;
      const collection =
        value?.kind === "aggregate"
          ? value.collection
          : value?.kind === "field" && value.row.kind === "pick"
            ? value.row.collection
            : null;
      return collection === null ? [key] : [key, `${keyOf(collection.from)} ${collection.link} ${collection.depth}`];
    }
    case "atom":
      return [form.key];
  }
}
