import type { Collection, Const, Origin, Pred, Row, Test, Value, Window } from "../../../language/meaning/ir.ts";
import type { Program } from "../../../language/meaning/program.ts";
import { FLOAT, INTEGER } from "../../../language/types/type.ts";

/** What may happen to an operator's operands. */
export const SITUATIONS = ["missing", "below", "at", "above", "empty", "tie", "dirty"] as const;
export type Situation = (typeof SITUATIONS)[number];

/** Puts a condition about an element back in front of the subject: "there is an element for which …". */
export type Wrap = (inner: Pred) => Pred;

/** A question about the people of a case: for whom an operator is in a situation. */
export interface Probe {
  readonly operator: string;
  readonly situation: Situation;
  readonly pred: Pred;
}

export const or = (origin: Origin, ...items: Pred[]): Pred => ({ kind: "or", items, origin });
export const and = (origin: Origin, ...items: Pred[]): Pred => ({ kind: "and", items, origin });
export const not = (item: Pred): Pred => ({ kind: "not", item, origin: item.origin });
export const test = (t: Test, origin: Origin): Pred => ({ kind: "test", test: t, origin });
export const known = (value: Value, origin: Origin): Pred => test({ kind: "known", value }, origin);
export const compare = (left: Value, op: "=" | "<" | ">", right: Value, origin: Origin, ignoreCase = false): Pred =>
  test({ kind: "compare", op, left, right, ignoreCase }, origin);
export const number = (n: number, origin: Origin): Const => ({
  kind: "const",
  type: INTEGER,
  value: String(n),
  origin,
});
export const count = (collection: Collection, origin: Origin): Value => ({
  kind: "aggregate",
  fn: "count",
  collection,
  of: null,
  cond: null,
  type: INTEGER,
  origin,
});

/** A probe of each situation for each operator. */
export function* situations(
  operators: Iterable<string>,
  wrap: Wrap,
  of: Partial<Record<Situation, Pred>>,
): Generator<Probe> {
  for (const operator of operators) {
    for (const [situation, pred] of Object.entries(of))
      yield { operator, situation: situation as Situation, pred: wrap(pred) };
  }
}

/** Before, at and after the bounds of a window that stands still (bound, not anchored). */
export function edges(value: Value, window: Window, o: Origin): Partial<Record<Situation, Pred>> {
  const from = window.from?.kind === "at" ? window.from.value : null;
  const to = window.to?.kind === "at" ? window.to.value : null;
  const ends = [from, to].filter((c): c is Const => c !== null);
  return {
    ...(from ? { below: compare(value, "<", from, o) } : {}),
    ...(to ? { above: compare(value, ">", to, o) } : {}),
    ...(ends.length ? { at: or(o, ...ends.map((c) => compare(value, "=", c, o))) } : {}),
  };
}

/** Puts a condition about an element in front of its collection: "there is an element for which …". */
export const intoElements =
  (c: Collection, wrap: Wrap): Wrap =>
  (inner) =>
    wrap(
      test(
        {
          kind: "exists",
          collection: { ...c, steps: [...c.steps, { kind: "where", cond: inner, origin: inner.origin }] },
        },
        inner.origin,
      ),
    );

/** Puts a condition about an element of a group in front of the group: "there is an element of it for which …". */
export const intoMembers =
  ({ depth }: { readonly depth: number }, wrap: Wrap): Wrap =>
  (inner) => {
    const origin = inner.origin;
    const part: Value = { kind: "groupAggregate", depth, fn: "share", of: null, cond: inner, type: FLOAT, origin };
    return wrap(compare(part, ">", { kind: "const", type: FLOAT, value: 0, origin }, origin));
  };

/** When an element happened; null of what has no time. */
export function atField(c: Collection, row: Row, program: Program, o: Origin): Value | null {
  const entity = program.model.entities.get(c.entity);
  const field = entity?.at ? entity.fields.get(entity.at) : undefined;
  if (!field || (field.type.kind !== "date" && field.type.kind !== "timestamp")) return null;
  return { kind: "field", row, field: field.name, type: field.type, origin: o };
}
