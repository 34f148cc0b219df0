import type { Pred } from "../../language/meaning/ir.ts";
import type { Planner } from "./planner.ts";
import { referencesOf } from "./scopes.ts";

/** Conditions that refer to one another may lie this deep in one another before one becomes a column. */
const DEEPEST = 24;

/** Tests that may be repeated. */
const FEW = 6;

/** Segments that become columns, so that what refers to them does not repeat them: those of one stage refer only to those of earlier ones. */
export interface Staging {
  readonly stages: readonly (readonly string[])[];
  readonly isStaged: (segment: string) => boolean;
}

/**
 * A segment is staged where it is used more than once (being asked for is a use) and is more than a few tests, and where conditions would
 * lie too deep.
 */
export function staging(of: Planner, segments: readonly string[]): Staging {
  const references = new Map<string, readonly string[]>();
  const uses = new Map(segments.map((name) => [name, 1]));
  const open = [...segments];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (references.has(name)) continue;
    const found = referencesOf(of.program, name);
    references.set(name, found);
    for (const reference of found) uses.set(reference, (uses.get(reference) ?? 0) + 1);
    open.push(...found);
  }
  const asked = new Set(segments);
  const stages: string[][] = [];
  const staged = new Map<string, number>();
  const conditions = new Map<string, Inlined>();
  for (const name of dependentsLast(references, segments)) {
    const own = of.program.segments.get(name)?.condition;
    const inlined: Inlined = { stage: 0, ...(own === undefined ? { depth: 0, tests: 0 } : measure(own)) };
    const ownDepth = inlined.depth;
    for (const reference of references.get(name) ?? []) {
      const stage = staged.get(reference);
      const inner = conditions.get(reference);
      if (stage !== undefined) inlined.stage = Math.max(inlined.stage, stage + 1);
      else if (inner !== undefined) {
        inlined.stage = Math.max(inlined.stage, inner.stage);
        inlined.depth = Math.max(inlined.depth, ownDepth + inner.depth);
        inlined.tests += inner.tests;
      }
    }
    conditions.set(name, inlined);
    const isReferredTo = (uses.get(name) ?? 0) > (asked.has(name) ? 1 : 0);
    const isShared = (uses.get(name) ?? 0) > 1 && inlined.tests > FEW;
    if (!isReferredTo || (!isShared && inlined.depth <= DEEPEST)) continue;
    staged.set(name, inlined.stage);
    while (stages.length <= inlined.stage) stages.push([]);
    stages[inlined.stage]?.push(name);
  }
  return { stages, isStaged: (segment) => staged.has(segment) };
}

/** A condition with those it refers to in it, as far as they are not staged. */
interface Inlined {
  /** The first stage that it may be part of. */
  stage: number;
  depth: number;
  tests: number;
}

/** How deep a condition goes and how much it asks, outside of collections. */
function measure(condition: Pred): { readonly depth: number; readonly tests: number } {
  if (condition.kind !== "and" && condition.kind !== "or" && condition.kind !== "countOf") {
    const isList = condition.kind === "settled" && condition.test.kind === "oneOf";
    return { depth: 1, tests: isList ? condition.test.options.length : 1 };
  }
  let depth = 0;
  let tests = 0;
  for (const item of condition.items) {
    const inner = measure(item);
    depth = Math.max(depth, inner.depth);
    tests += inner.tests;
  }
  return { depth: depth + 1, tests };
}

/** Each name after those it refers to. Without recursion, for chains may be long. */
function dependentsLast(
  references: ReadonlyMap<string, readonly string[]>,
  segments: readonly string[],
): readonly string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const stack: { readonly name: string; readonly left: string[] }[] = [];
  const enter = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    stack.push({ name, left: [...(references.get(name) ?? [])] });
  };
  for (const segment of segments) {
    enter(segment);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.left.shift();
      if (next !== undefined) enter(next);
      else {
        order.push(top.name);
        stack.pop();
      }
    }
  }
  return order;
}
