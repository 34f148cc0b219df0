import { type Context, constant, listPaths } from "./context.ts";
import type { Gen } from "./shape.ts";
import { value } from "./value-gen.ts";

/** A test of a list, or whether there is one. */
export function listTest(c: Context): Gen | null {
  const { r } = c;
  const found = listPaths(c);
  if (found.length === 0) return null;
  const { path, of } = r.pick(found);
  if (r.chance(0.15)) return { kind: "linked", type: "yes", what: r.pick(["known", "missing"]), path };
  const ignoreCase = of === "text" && r.chance(0.3);
  if (r.chance(0.4)) {
    const held = r.chance(0.5) ? value(c, of, 0) : null;
    // A sum of decimals has more digits than a list of them holds, and is none of its values.
    const isWide = held?.kind === "groupAggregate" && held.fn === "sum" && of === "decimal";
    const asked: Gen = held === null || isWide ? { kind: "const", type: of, text: constant(c, of) } : held;
    return { kind: "has", type: "yes", path, words: "has", value: asked, set: [], ignoreCase };
  }
  const size = r.weighted([
    [1, 0],
    [4, 1],
    [6, 2],
    [3, 3],
  ]);
  const set = Array.from({ length: size }, () => constant({ ...c, r: { ...r, chance: () => false } }, of));
  const words = r.pick(["has any", "has all", "has none"] as const);
  return { kind: "has", type: "yes", path, words, value: null, set, ignoreCase };
}
