import type { Atom, Condition, Constant } from "./term.ts";

/**
 * Side by side, the same condition twice is one. `x = a or x = b` is `x in (a, b)`, and `x != a and x != b` is `x not in (a, b)`: one atom,
 * however long the list.
 */
export function merged(kind: "and" | "or", conditions: readonly Condition[]): readonly Condition[] {
  if (conditions.length < 2) return conditions;
  const items = [...new Map(conditions.map((item) => [JSON.stringify(item), item])).values()];
  const negated = kind === "and";
  const answer: (Condition | string)[] = [];
  const lists = new Map<
    string,
    { readonly first: Condition; readonly of: OneOf; readonly options: Map<string, Constant> }
  >();
  for (const item of items) {
    const of = item.kind === "atom" && item.negated === negated ? oneOf(item.atom) : null;
    if (of === null) {
      answer.push(item);
      continue;
    }
    const key = JSON.stringify([of.value, of.ignoreCase]);
    let list = lists.get(key);
    if (list === undefined) {
      list = { first: item, of, options: new Map() };
      lists.set(key, list);
      answer.push(key);
    }
    for (const option of of.options) list.options.set(String(option.value), option);
  }
  return answer.map((item) => {
    const list = typeof item === "string" ? lists.get(item) : undefined;
    if (typeof item !== "string" || list === undefined) return item as Condition;
    if (list.options.size === 1) return list.first;
    return { kind: "atom", atom: { ...list.of, options: [...list.options.values()] }, negated };
  });
}

type OneOf = Extract<Atom, { kind: "oneOf" }>;

function oneOf(atom: Atom): OneOf | null {
  if (atom.kind === "oneOf") return atom;
  if (atom.kind !== "compare" || atom.op !== "=" || atom.right.kind !== "constant" || atom.right.value === null)
    return null;
  return { kind: "oneOf", value: atom.left, options: [atom.right], ignoreCase: atom.ignoreCase };
}
