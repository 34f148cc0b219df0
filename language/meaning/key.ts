import type { Collection, ListField, Pred, Ranking, Row, Test, Value, Window } from "./ir.ts";

type Node = Pred | Test | Value | Row | Collection | Window | ListField | Ranking;

const KEYS = new WeakMap<object, string>();

/** A text that two nodes share exactly where they mean the same by their form: without where they come from and the words they were written in. */
export function keyOf(node: Node): string {
  const known = KEYS.get(node);
  if (known !== undefined) return known;
  const key = textOf(node);
  KEYS.set(node, key);
  return key;
}

/** JSON with the properties of each node in the order of their names; a node's text is made once, whatever it stands in. */
function textOf(node: object): string {
  const parts: string[] = [];
  for (const name of Object.keys(node).sort()) {
    if (name === "origin" || name === "words") continue;
    const value = (node as Readonly<Record<string, unknown>>)[name];
    // The name of a list that options came from; the list that `has` asks is an object.
    const text = name === "list" && typeof value === "string" ? "null" : partOf(value);
    if (text !== undefined) parts.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${parts.join(",")}}`;
}

function partOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return Array.isArray(value) ? `[${value.map((item) => partOf(item) ?? "null").join(",")}]` : keyOf(value as Node);
}
