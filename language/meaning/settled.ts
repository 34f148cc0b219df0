import { InternalError } from "../text/assert.ts";
import type { Origin, Pred } from "./ir.ts";

/** Conditions out of settled conditions, as plain as constants and their form allow. */

export const YES = (origin: Origin): Pred => ({ kind: "always", value: true, origin });
export const NO = (origin: Origin): Pred => ({ kind: "always", value: false, origin });

/** `and`, `or` of settled items: flat, and decided by an item that decides it. */
export function joined(kind: "and" | "or", items: readonly Pred[], origin: Origin): Pred {
  const flat: Pred[] = [];
  for (const item of items) {
    if (item.kind === "always") {
      if (item.value === (kind === "or")) return { ...item, origin };
    } else if (item.kind === kind) {
      for (const inner of item.items) flat.push(inner);
    } else flat.push(item);
  }
  if (flat.length === 0) return kind === "and" ? YES(origin) : NO(origin);
  return flat.length === 1 ? (flat[0] as Pred) : { kind, items: flat, origin };
}

/** The negation of a settled condition. */
export function opposite(pred: Pred): Pred {
  switch (pred.kind) {
    case "always":
      return { ...pred, value: !pred.value };
    case "and":
    case "or":
      return { ...pred, kind: pred.kind === "and" ? "or" : "and", items: pred.items.map(opposite) };
    case "settled":
      return { ...pred, negated: !pred.negated, whenMissing: !pred.whenMissing };
    case "countOf":
      return notCounted(pred);
    case "not":
    case "test":
      throw new InternalError(`${pred.kind} among settled conditions`);
  }
}

type Counted = Extract<Pred, { kind: "countOf" }>;

/** How many of settled items hold: without those that are decided, and as `and` or `or` where it is one of these. */
export function counted(pred: Counted): Pred {
  const { mode, origin } = pred;
  const items = pred.items.filter((item) => item.kind !== "always");
  const k = pred.k - pred.items.filter((item) => item.kind === "always" && item.value).length;
  const all = items.length;
  switch (mode) {
    case "atLeast":
      if (k <= 0) return YES(origin);
      if (k > all) return NO(origin);
      if (k === 1) return joined("or", items, origin);
      return k === all ? joined("and", items, origin) : { ...pred, k, items };
    case "atMost":
      if (k < 0) return NO(origin);
      if (k >= all) return YES(origin);
      if (isNegation(k, items)) return { ...pred, k, items };
      if (k === 0) return joined("and", items.map(opposite), origin);
      return k === all - 1 ? joined("or", items.map(opposite), origin) : { ...pred, k, items };
    case "exactly":
      if (k < 0 || k > all) return NO(origin);
      if (k === all) return joined("and", items, origin);
      return k === 0 ? joined("and", items.map(opposite), origin) : { ...pred, k, items };
  }
}

/** Not at least k is at most k - 1, and the other way round; not exactly k is at most none of that one, so that nothing is there twice. */
function notCounted(pred: Counted): Pred {
  switch (pred.mode) {
    case "atLeast":
      return counted({ ...pred, mode: "atMost", k: pred.k - 1 });
    case "atMost":
      return isNegation(pred.k, pred.items)
        ? (pred.items[0] as Pred)
        : counted({ ...pred, mode: "atLeast", k: pred.k + 1 });
    case "exactly":
      return { ...pred, mode: "atMost", k: 0, items: [pred] };
  }
}

/** Whether it is the negation of one `exactly`, which has no other form. */
const isNegation = (k: number, items: readonly Pred[]): boolean => {
  const [only] = items;
  return k === 0 && items.length === 1 && only?.kind === "countOf" && only.mode === "exactly";
};
