import { counted, distance } from "./choice-gen.ts";
import { collection, windowText } from "./collection-gen.ts";
import type { Context } from "./context.ts";
import { listTest } from "./list-gen.ts";
import { rank, sample } from "./population-gen.ts";
import type { Gen } from "./shape.ts";
import { compare, groupCount, linked, membership, textTest } from "./test-gen.ts";
import { difference, returns } from "./time-gen.ts";
import { value } from "./value-gen.ts";

/** A condition; always one, because every entity has some field. */
export function condition(c: Context, budget: number): Gen {
  const { r } = c;
  const composite = budget > 0;
  for (let attempt = 0; attempt < 20; attempt++) {
    const made = r.weighted<() => Gen | null>([
      [
        composite ? 3 : 0,
        () => ({
          kind: r.pick(["and", "or"]),
          type: "yes",
          items: Array.from({ length: 2 + r.below(2) }, () => condition(c, budget - 1)),
        }),
      ],
      [composite ? 2 : 0, () => ({ kind: "not", type: "yes", item: condition(c, budget - 1) })],
      [composite ? 2 : 0, () => counted(c, budget)],
      [3, () => listTest(c)],
      [0.5, () => distance(c)],
      [6, () => compare(c, budget)],
      [2, () => membership(c, budget)],
      [2, () => textTest(c)],
      [1, () => difference(c, budget)],
      [0.5, () => returns(c, windowText(c, [], true))],
      [
        1,
        () => {
          const v = value(c, r.pick(["text", "integer", "decimal", "float", "date", "timestamp", "boolean"]), budget);
          return v && { kind: "is", type: "yes", what: r.pick(["known", "missing"]), value: v };
        },
      ],
      [1, () => linked(c)],
      [c.scopes.length === 1 ? 1 : 0, () => rank(c, budget)],
      [c.scopes.length === 1 ? 1 : 0, () => sample(c)],
      [
        1,
        () => {
          const v = value(c, "boolean", 0);
          return v && { kind: "truth", type: "yes", value: v };
        },
      ],
      [
        composite ? 4 : 1,
        () => {
          const coll = collection(c, budget);
          if (coll?.group && r.chance(0.5)) return groupCount(c, coll);
          return coll && { kind: "exists", type: "yes", no: r.chance(0.4), collection: coll };
        },
      ],
      [
        c.scopes.length === 1 && c.group?.entity !== c.scopes[0] ? 1 : 0,
        () => {
          const others = c.earlier.filter((s) => s.of === c.scopes[0]);
          return others.length ? { kind: "segment", type: "yes", name: r.pick(others).name } : null;
        },
      ],
    ])();
    if (made) return made;
  }
  return {
    kind: "exists",
    type: "yes",
    no: true,
    collection: { path: "visits", entity: "Visit", steps: [], group: null },
  };
}
