import type { Collection, Pred, Ranking, Row, Step, Value } from "../../language/meaning/ir.ts";
import type { Program } from "../../language/meaning/program.ts";
import {
  partsOfCollection,
  partsOfPred,
  partsOfRow,
  partsOfValue,
  partsOfWindow,
  type Rewriter,
} from "../../language/meaning/traverse.ts";

/** What a collection's elements are asked: its steps, and what an aggregate works out of each element. */
export interface Asked {
  readonly collection: Collection;
  readonly of: Value | null;
  readonly cond: Pred | null;
}

/** Depths of the scopes around a collection that its elements are compared with (not those that only say whose elements they are). */
export function outerScopes(asked: Asked): readonly number[] {
  return [...meet(insideOf(asked)).scopes].filter((depth) => depth < asked.collection.depth);
}

/** Depths of the scopes that a row depends on. */
export function scopesOf(row: Row): readonly number[] {
  const { scopes, collections } = meet((by) => by.row(row, 0));
  const innermost = Math.min(...collections.map(({ collection }) => collection.depth));
  return [...scopes].filter((depth) => depth < innermost);
}

/** The innermost scope whose rows the collection must be worked out for one by one; null where it is the same for all rows with the same owner. */
export function homeOf(asked: Asked): number | null {
  const outer = outerScopes(asked);
  return outer.length === 0 ? null : Math.max(...outer, ...scopesOf(asked.collection.from));
}

/** Whether something asked of the elements needs to tell them apart. */
export const needsNumbers = (asked: Asked): boolean =>
  meet(insideOf(asked)).collections.some((inner) => homeOf(inner) === asked.collection.depth);

/** Whether a condition of the elements alone needs to tell them apart. */
export const stepNeedsNumbers = (collection: Collection, step: Step): boolean =>
  needsNumbers({ collection: { ...collection, steps: [step] }, of: null, cond: null });

/** Whether something in an aggregate over the elements of a group of the collection needs to tell them apart. */
export function membersNeedNumbers(asked: Asked): boolean {
  const { depth } = asked.collection;
  const own = meet(insideOf(asked)).groups.filter((aggregate) => aggregate.depth === depth);
  return own.some(({ of, cond }) => {
    const met = meet((by) => {
      if (of !== null) by.value(of, depth + 1);
      if (cond !== null) by.pred(cond, depth + 1);
    });
    return met.collections.some((inner) => [depth, depth + 1].includes(homeOf(inner) ?? 0));
  });
}

/** Names of the segments that a segment asks of its subject's own row, outside of collections; each as often as it does. */
export function referencesOf(program: Program, segment: string): readonly string[] {
  const condition = program.segments.get(segment)?.condition;
  if (condition === undefined) return [];
  const { segments } = meet((by) => by.pred(condition, 0));
  return segments.flatMap(({ name, isOfSubject }) => (isOfSubject ? [name] : []));
}

/**
 * How much lies inside of a collection: more than of each collection that is met in what is asked of its elements, also behind segments.
 * `known` remembers the heights of segments.
 */
export const heightOf = (program: Program, asked: Asked, known: Map<string, number>): number =>
  height(program, asked.collection.depth, meet(insideOf(asked)), known);

function height(
  program: Program,
  depth: number,
  { collections, segments, rankings }: Met,
  known: Map<string, number>,
): number {
  const deepest = collections.reduce((most, inner) => Math.max(most, inner.collection.depth), depth);
  const behind = [
    ...segments.map(({ name }) => 1 + heightOfSegment(program, name, known)),
    ...rankings.map((ranking) => 1 + height(program, 0, meet(partsOf(ranking)), known)),
  ];
  return deepest - depth + behind.reduce((most, one) => Math.max(most, one), 0);
}

function heightOfSegment(program: Program, name: string, known: Map<string, number>): number {
  const answer = known.get(name);
  const condition = program.segments.get(name)?.condition;
  if (answer !== undefined || condition === undefined) return answer ?? 0;
  const found = height(
    program,
    0,
    meet((by) => by.pred(condition, 0)),
    known,
  );
  known.set(name, found);
  return found;
}

/** What is met in a part of a normal program. */
interface Met {
  /** Depths of scope rows. */
  readonly scopes: Set<number>;
  readonly collections: Asked[];
  /** Aggregates over the elements of groups. */
  readonly groups: Extract<Value, { kind: "groupAggregate" }>[];
  /** `isOfSubject`: asked of the subject's own row, outside of collections. */
  readonly segments: { readonly name: string; readonly isOfSubject: boolean }[];
  /** What they ask is asked of rows of their own, and not among the rest. */
  readonly rankings: Ranking[];
}

const insideOf =
  ({ collection, of, cond }: Asked) =>
  (by: Rewriter): void => {
    partsOfCollection(withoutOwner(collection, JSON.stringify(collection.from)), 0, by);
    if (of !== null) by.value(of, collection.depth);
    if (cond !== null) by.pred(cond, collection.depth);
  };

const partsOf =
  ({ by: value, within, per }: Ranking) =>
  (by: Rewriter): void => {
    by.value(value, 0);
    if (within !== null) by.pred(within, 0);
    if (per !== null) by.value(per, 0);
  };

const UNSEEN: Rewriter = {
  pred: (pred) => pred,
  value: (value) => value,
  row: (row) => row,
  collection: (collection) => collection,
  window: (window) => window,
};

/** A row that stands for whose elements they are, where that is not the question. */
const SUBJECT: Row = { kind: "scope", depth: Number.POSITIVE_INFINITY, entity: "" };

/** The collection, and those beside it that belong to the same owner, without saying whose elements they are. */
function withoutOwner(collection: Collection, owner: string): Collection {
  const steps = collection.steps.map((step): Step => {
    if (step.kind !== "neighbour" || JSON.stringify(step.other.from) !== owner) return step;
    return { ...step, other: withoutOwner(step.other, owner) };
  });
  return { ...collection, from: SUBJECT, steps };
}

function meet(visit: (by: Rewriter) => void): Met {
  const met: Met = { scopes: new Set(), collections: [], groups: [], segments: [], rankings: [] };
  const by: Rewriter = {
    pred(pred, place) {
      if (pred.kind === "settled" && pred.test.kind === "segment")
        met.segments.push({ name: pred.test.name, isOfSubject: place === 0 && pred.test.row.kind === "scope" });
      if (pred.kind === "settled" && pred.test.kind === "top") met.rankings.push(pred.test.ranking);
      if (pred.kind === "settled" && pred.test.kind === "exists")
        met.collections.push({ collection: pred.test.collection, of: null, cond: null });
      return partsOfPred(pred, place, by);
    },
    value(value, place) {
      if (value.kind === "aggregate") met.collections.push(value);
      if (value.kind === "group" || value.kind === "groupAggregate") met.scopes.add(value.depth);
      if (value.kind === "groupAggregate") met.groups.push(value);
      if (value.kind === "tile") met.rankings.push(value.ranking);
      return partsOfValue(value, place, by);
    },
    row(row, place) {
      if (row.kind === "scope" && row !== SUBJECT) met.scopes.add(row.depth);
      if (row.kind === "pick") met.collections.push({ collection: row.collection, of: null, cond: null });
      return partsOfRow(row, place, by);
    },
    collection: (collection, place) => partsOfCollection(collection, place, by),
    window: (window, place) => partsOfWindow(window, place, by),
    closed: UNSEEN,
  };
  visit(by);
  return met;
}
