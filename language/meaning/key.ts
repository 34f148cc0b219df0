import type { Collection, ListField, Pred, Ranking, Row, Test, Value, Window } from "./ir.ts";

type Node = Pred | Test | Value | Row | Collection | Window | ListField | Ranking;

const KEYS = new WeakMap<object, string>();

/** A text that two nodes share exactly where they mean the same by their form: without where they come from and the words they were written in. */
export function keyOf(node: Node): string {
  const known = KEYS.get(node);
  if (known !== undefined) return known;
  const key = JSON.stringify(node, (name, value: unknown) => {
    if (name === "origin" || name === "words") return undefined;
    // The name of a list that options came from; the list that `has` asks is an object.
    if (name === "list" && typeof value === "string") return null;
    return isPlain(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
  });
  KEYS.set(node, key);
  return key;
}

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
