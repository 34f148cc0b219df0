import type { Planner } from "./planner.ts";
import { referencesOf } from "./scopes.ts";
import type { Condition } from "./term.ts";

/** Conditions that refer to one another may lie this deep in one another before one becomes a column. */
const DEEPEST = 24;

/** Segments that become columns, so that what refers to them does not repeat them: those of one stage refer only to those of earlier ones. */
export interface Staging {
  readonly stages: readonly (readonly string[])[];
  readonly isStaged: (segment: string) => boolean;
}

/** A segment is staged where several refer to it, where it is asked for itself and referred to, or where conditions would lie too deep. */
export function staging(of: Planner, segments: readonly string[]): Staging {
  const references = new Map<string, readonly string[]>();
  const uses = new Map<string, number>();
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
  const stageOf = new Map<string, number>();
  const depths = new Map<string, number>();
  const firstStages = new Map<string, number>();
  for (const name of dependentsLast(references, segments)) {
    let depth = 1 + depthOf(of, name);
    let stage = 0;
    for (const reference of references.get(name) ?? []) {
      const staged = stageOf.get(reference);
      stage = Math.max(stage, staged === undefined ? (firstStages.get(reference) ?? 0) : staged + 1);
      if (staged === undefined) depth = Math.max(depth, 1 + depthOf(of, name) + (depths.get(reference) ?? 0));
    }
    firstStages.set(name, stage);
    depths.set(name, depth);
    const count = uses.get(name) ?? 0;
    if (count === 0 || (count === 1 && !asked.has(name) && depth <= DEEPEST)) continue;
    stageOf.set(name, stage);
    (stages[stage] ??= []).push(name);
  }
  return { stages, isStaged: (segment) => stageOf.has(segment) };
}

/** How deep a segment's own condition goes, outside of collections. */
function depthOf(of: Planner, segment: string): number {
  const measure = (condition: { readonly kind: string; readonly items?: readonly unknown[] }): number =>
    condition.items === undefined
      ? 1
      : 1 + condition.items.reduce<number>((most, item) => Math.max(most, measure(item as Condition)), 0);
  const condition = of.program.segments.get(segment)?.condition;
  return condition === undefined ? 0 : measure(condition);
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
