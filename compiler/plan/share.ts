import { compareText } from "../../language/text/compare.ts";
import type { Aggregate, Column, Relation } from "./plan.ts";
import { type Atom, type Condition, type Constant, compare, type Term } from "./term.ts";

/**
 * A grouped relation whose aggregates no longer ask what they all ask: that becomes a filter of the rows, and of times that each of them
 * bounds, the widest bounds do.
 */
export function shared(relation: Relation): Relation {
  const aggregates = relation.columns.flatMap(({ value }) => (value.kind === "aggregate" ? [value] : []));
  if (aggregates.length === 0) return relation;
  const common = commonConditions(aggregates);
  const bounds = [...commonBounds(aggregates, common, "from"), ...commonBounds(aggregates, common, "to")];
  const asked = new Set([...common, ...bounds].map((condition) => JSON.stringify(condition)));
  const columns = relation.columns.map((column): Column => {
    if (column.value.kind !== "aggregate") return column;
    const filter = column.value.filter.filter((condition) => !asked.has(JSON.stringify(condition)));
    return { ...column, value: { ...column.value, filter } };
  });
  return { ...relation, filter: [...relation.filter, ...common, ...bounds], columns };
}

function commonConditions(aggregates: readonly Aggregate[]): readonly Condition[] {
  const [first, ...others] = aggregates;
  if (first === undefined) return [];
  const asked = others.map((other) => new Set(other.filter.map((condition) => JSON.stringify(condition))));
  return first.filter.filter((condition) => asked.every((set) => set.has(JSON.stringify(condition))));
}

interface TimeBound {
  readonly column: Term;
  readonly op: ">=" | "<";
  readonly at: Constant & { readonly value: string };
}

/** `column >= t`, or `column < t`, with the least or greatest t, for each column of which every aggregate asks such a thing. */
function commonBounds(
  aggregates: readonly Aggregate[],
  common: readonly Condition[],
  end: "from" | "to",
): readonly Condition[] {
  const asked = new Set(common.map((condition) => JSON.stringify(condition)));
  const found = aggregates.map(({ filter }) => {
    const bounds = new Map<string, TimeBound>();
    for (const condition of filter) {
      const bound = asked.has(JSON.stringify(condition)) ? null : timeBound(condition, end);
      if (bound !== null) bounds.set(JSON.stringify(bound.column), bound);
    }
    return bounds;
  });
  const conditions: Condition[] = [];
  for (const [column, first] of found[0] ?? []) {
    let widest = first;
    let everywhere = true;
    for (const bounds of found) {
      const bound = bounds.get(column);
      if (bound === undefined) everywhere = false;
      else if (compareText(bound.at.value, widest.at.value) < 0 === (end === "from")) widest = bound;
    }
    if (everywhere) conditions.push(compare(widest.column, widest.op, widest.at));
  }
  return conditions;
}

/** Dates and instants are written so that their texts have the order of time. */
function timeBound(condition: Condition, end: "from" | "to"): TimeBound | null {
  if (condition.kind !== "atom" || condition.negated) return null;
  const of: Atom = condition.atom;
  if (of.kind !== "compare" || of.left.kind !== "column" || of.right.kind !== "constant") return null;
  const { type, value } = of.right;
  if ((type.kind !== "date" && type.kind !== "timestamp") || typeof value !== "string") return null;
  const op = end === "from" ? ">=" : "<";
  return of.op === op ? { column: of.left, op, at: { ...of.right, value } } : null;
}
