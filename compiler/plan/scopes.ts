import type { Collection, Pred, Program, Row, Step, Test, Value, Window } from "../../language/meaning/ir.ts";

/** What a collection's elements are asked: its steps, and what an aggregate works out of each element. */
export interface Asked {
  readonly collection: Collection;
  readonly of: Value | null;
  readonly cond: Pred | null;
}

/** Depths of the scopes around a collection that its elements are compared with (not those that only say whose elements they are). */
export function outerScopes({ collection, of, cond }: Asked): ReadonlySet<number> {
  const depths = new Set<number>();
  const seen = reader({ ...NOTHING, scope: (depth) => depth < collection.depth && depths.add(depth) });
  for (const step of collection.steps) seen.step(step);
  if (of !== null) seen.value(of);
  if (cond !== null) seen.pred(cond);
  return depths;
}

/** Depths of the scopes that a row depends on. */
export function scopesOf(row: Row): ReadonlySet<number> {
  const depths = new Set<number>();
  reader({ ...NOTHING, scope: (depth) => depths.add(depth) }).row(row);
  return depths;
}

/** The innermost scope whose rows the collection must be worked out for one by one; null where it is the same for all rows with the same owner. */
export function homeOf(asked: Asked): number | null {
  const outer = outerScopes(asked);
  return outer.size === 0 ? null : Math.max(...outer, ...scopesOf(asked.collection.from));
}

/** Whether something asked of the elements needs to tell them apart. */
export function needsNumbers({ collection, of, cond }: Asked): boolean {
  let found = false;
  const seen = reader({
    ...NOTHING,
    collection: (inner) => {
      if (homeOf(inner) === collection.depth) found = true;
    },
  });
  for (const step of collection.steps) seen.step(step);
  if (of !== null) seen.value(of);
  if (cond !== null) seen.pred(cond);
  return found;
}

/** Whether a condition of the elements alone needs to tell them apart. */
export function stepNeedsNumbers(collection: Collection, step: Step): boolean {
  return needsNumbers({ collection: { ...collection, steps: [step] }, of: null, cond: null });
}

/** Names of the segments that a segment asks of its subject's own row, outside of collections; each as often as it does. */
export function referencesOf(program: Program, segment: string): readonly string[] {
  const found: string[] = [];
  const condition = program.segments.get(segment)?.condition;
  const seen = reader({ ...NOTHING, segment: (name, isOfSubject) => isOfSubject && found.push(name) });
  if (condition !== undefined) seen.pred(condition);
  return found;
}

/**
 * How much lies inside of a collection: more than of each collection that is met in what is asked of its elements, also behind segments.
 * `known` remembers the heights of segments.
 */
export function heightOf(program: Program, { collection, of, cond }: Asked, known: Map<string, number>): number {
  let collections = collection.depth;
  let segments = 0;
  const seen = reader({
    ...NOTHING,
    collection: (inner) => {
      collections = Math.max(collections, inner.collection.depth);
    },
    segment: (name) => {
      segments = Math.max(segments, 1 + heightOfSegment(program, name, known));
    },
  });
  for (const step of collection.steps) seen.step(step);
  if (of !== null) seen.value(of);
  if (cond !== null) seen.pred(cond);
  return collections - collection.depth + segments;
}

function heightOfSegment(program: Program, segment: string, known: Map<string, number>): number {
  const answer = known.get(segment);
  if (answer !== undefined) return answer;
  let collections = 0;
  let segments = 0;
  const condition = program.segments.get(segment)?.condition;
  const seen = reader({
    ...NOTHING,
    collection: (inner) => {
      collections = Math.max(collections, inner.collection.depth);
    },
    segment: (name) => {
      segments = Math.max(segments, 1 + heightOfSegment(program, name, known));
    },
  });
  if (condition !== undefined) seen.pred(condition);
  known.set(segment, collections + segments);
  return collections + segments;
}

/** What is called for what is met. */
interface Seen {
  /** A scope row, but not one of a collection that is met. */
  readonly scope: (depth: number) => void;
  readonly collection: (asked: Asked) => void;
  /** A segment asked of a row; `isOfSubject`: of a scope row, outside of collections. */
  readonly segment: (name: string, isOfSubject: boolean) => void;
}

const NOTHING: Seen = { scope: () => {}, collection: () => {}, segment: () => {} };

function reader(seen: Seen) {
  const inside = (limit: number) =>
    reader({
      ...seen,
      scope: (depth) => depth < limit && seen.scope(depth),
      segment: (name) => seen.segment(name, false),
    });

  function pred(of: Pred): void {
    switch (of.kind) {
      case "always":
        return;
      case "and":
      case "or":
        return of.items.forEach(pred);
      case "not":
        return pred(of.item);
      case "test":
      case "settled":
        return test(of.test);
    }
  }

  function test(of: Test): void {
    switch (of.kind) {
      case "compare":
        value(of.left);
        return value(of.right);
      case "between":
        value(of.value);
        if (of.from !== null) value(of.from);
        if (of.to !== null) value(of.to);
        return;
      case "inWindow":
        value(of.value);
        return window(of.window);
      case "text":
        value(of.value);
        return value(of.needle);
      case "oneOf":
      case "known":
      case "truth":
        return value(of.value);
      case "segment":
        seen.segment(of.name, of.row.kind === "scope");
        return row(of.row);
      case "linked":
        return row(of.row);
      case "exists":
        return collection({ collection: of.collection, of: null, cond: null });
    }
  }

  function value(of: Value): void {
    switch (of.kind) {
      case "const":
      case "param":
      case "today":
      case "now":
        return;
      case "field":
      case "trait":
        return row(of.row);
      case "aggregate":
        return collection(of);
      case "arithmetic":
        value(of.left);
        return value(of.right);
      case "negate":
        return value(of.operand);
      case "else":
        value(of.value);
        return value(of.fallback);
      case "widen":
      case "local_date":
      case "shift":
      case "since":
        return value(of.value);
      case "condition":
        return pred(of.pred);
      case "when":
        pred(of.cond);
        return value(of.value);
    }
  }

  function row(of: Row): void {
    switch (of.kind) {
      case "scope":
        return seen.scope(of.depth);
      case "link":
        return row(of.from);
      case "pick":
        return collection({ collection: of.collection, of: null, cond: null });
    }
  }

  function collection(asked: Asked): void {
    seen.collection(asked);
    row(asked.collection.from);
    const inner = inside(asked.collection.depth);
    for (const step of asked.collection.steps) inner.step(step);
    if (asked.of !== null) inner.value(asked.of);
    if (asked.cond !== null) inner.pred(asked.cond);
  }

  function step(of: Step): void {
    if (of.kind === "where") pred(of.cond);
    else window(of.window);
  }

  function window(of: Window): void {
    for (const bound of [of.from, of.to]) if (bound?.kind === "value") value(bound.value);
  }

  return { pred, value, row, step };
}
