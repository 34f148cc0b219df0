import type { Collection, Step } from "../../language/meaning/ir.ts";
import { INTEGER } from "../../language/types/type.ts";
import { addRelation, column, type RelationBuilder, rankNames, through } from "./builder.ts";
import { flattenStage } from "./flatten.ts";
import { groupStage } from "./groups.ts";
import { safe } from "./names.ts";
import { neighbourStage } from "./neighbour.ts";
import { type Handle, type Home, type Homestead, handleThrough, type Place } from "./place.ts";
import type { Planner } from "./planner.ts";
import { stepNeedsNumbers } from "./scopes.ts";
import { takeStage } from "./take.ts";
import type { Condition, Term } from "./term.ts";
import { afterGapStage, waitStage } from "./waits.ts";
import { windowConditions } from "./window.ts";

/**
 * The elements so far, in a relation to which conditions, joins and columns may still be added: one row an element, beside the rows around it.
 * What reads the relation asks for the columns it needs, through the place's handles.
 */
export interface Stage {
  /** The element stands at `depth`, the rows around it below. */
  readonly place: Place;
  readonly depth: number;
  /** Whose element it is, at the place. */
  readonly owner: () => Term;
  /** The wait since the element before, in microseconds or days; null where nobody worked it out. */
  readonly wait: (() => Term) | null;
}

/** The steps of a collection, and what aggregates need before they can ask. */
export type AnyStep = Step | { readonly kind: "wait" };

/** Elements that are there already, or can be made: starts a relation over them. */
export interface Elements {
  /** Different for each. */
  readonly name: string;
  readonly open: (relation: RelationBuilder) => Stage;
}

/** What a step may need besides the elements before it. */
export interface Around {
  /** The elements of a collection that stands where this one does, of the same owners. */
  readonly beside: (other: Collection) => Elements;
  /** Whether collections inside aggregates over a group are compared with its elements, which must be told apart for it. */
  readonly areMembersAsked: boolean;
}

/** A step that is a condition on each element by itself, and does not care which others there are. */
type PlainStep = Extract<Step, { kind: "where" | "window" }>;

const isPlain = (step: AnyStep): step is PlainStep => step.kind === "where" || step.kind === "window";

/** The steps up to the last one that needs those before it finished, and the conditions after it. */
export function cut(steps: readonly AnyStep[]): {
  readonly staged: readonly AnyStep[];
  readonly rest: readonly PlainStep[];
} {
  const rest: PlainStep[] = [];
  for (const step of steps.toReversed()) {
    if (!isPlain(step)) break;
    rest.unshift(step);
  }
  return { staged: steps.slice(0, steps.length - rest.length), rest };
}

/** The elements after some steps, of which the last is a staged one: a relation for each that is staged, over the one before. */
export function afterSteps(
  of: Planner,
  collection: Collection,
  steps: readonly AnyStep[],
  from: Elements,
  around: Around,
): Elements {
  const label = safe(collection.link);
  let before = from;
  let plain: PlainStep[] = [];
  for (const step of steps) {
    if (isPlain(step)) {
      plain.push(step);
      continue;
    }
    const [here, asked] = [before, plain];
    const group = step.kind === "per" ? ` at ${collection.depth}${around.areMembersAsked ? " of members" : ""}` : "";
    const name = `${here.name} then ${shape([...asked, step])}${group}`;
    const stage = stageOnce(of, name, collection.depth, () => {
      const relation = of.newRelation(`${label}_${STAGE_NAMES[step.kind]}`);
      const left = asked.filter((one) => stepNeedsNumbers(collection, one));
      const isOfMembers = step.kind === "per" && around.areMembersAsked;
      const needsNumbers =
        left.length > 0 || isOfMembers || (step.kind !== "wait" && stepNeedsNumbers(collection, step));
      if (!needsNumbers) return afterStep(of, step, filtered(of, asked, here.open(relation)), around);
      const alone = asked.filter((one) => !left.includes(one));
      return afterStep(of, step, filtered(of, left, numbered(of, collection, alone, here).open(relation)), around);
    });
    before = reread(name, stage, collection.depth, label);
    plain = [];
  }
  return before;
}

/** The elements after all steps. */
export function afterAll(of: Planner, collection: Collection, from: Elements, around: Around): Elements {
  const { staged, rest } = cut(collection.steps);
  const before = afterSteps(of, collection, staged, from, around);
  if (rest.length === 0) return before;
  const left = rest.filter((one) => stepNeedsNumbers(collection, one));
  const alone = rest.filter((one) => !left.includes(one));
  const ready = left.length === 0 ? before : numbered(of, collection, alone, before);
  return {
    name: `${before.name} all ${shape(rest)}`,
    open: (relation) => filtered(of, left.length === 0 ? rest : left, ready.open(relation)),
  };
}

/** What relations are named after. */
const STAGE_NAMES: Readonly<Record<Exclude<AnyStep["kind"], PlainStep["kind"]>, string>> = {
  take: "taken",
  afterGap: "after_gap",
  neighbour: "beside",
  flatten: "flat",
  per: "groups",
  wait: "waits",
};

function filtered(of: Planner, steps: readonly PlainStep[], stage: Stage): Stage {
  stage.place.relation.filter.push(...conditionsOf(of, steps, stage));
  return stage;
}

/** One staged step over elements whose relation is still open. It may close that and answer a later one. */
function afterStep(of: Planner, step: Exclude<AnyStep, PlainStep>, stage: Stage, around: Around): Stage {
  switch (step.kind) {
    case "take":
      return takeStage(of, step, stage);
    case "neighbour": {
      const label = `${safe(step.other.link)}_${step.direction}`;
      return neighbourStage(of, step, stage, around.beside(step.other).open(of.newRelation(label)));
    }
    case "flatten":
      return flattenStage(of, step, stage);
    case "afterGap":
      return afterGapStage(of, step, stage);
    case "wait":
      return waitStage(of, stage);
    case "per":
      return groupStage(of, step, stage);
  }
}

/** The conditions of steps, which stand at the element's place. */
export function conditionsOf(of: Planner, steps: readonly PlainStep[], { place, depth }: Stage): readonly Condition[] {
  return steps.flatMap((step) => {
    if (step.kind === "where") return of.conditions(step.cond, place);
    return windowConditions(of, place, place.rows.get(depth) as Handle, step.window);
  });
}

/** The stage of that name, made when first asked for, as it is for elements of the depth: those who share it may count the scopes around it differently. */
export function stageOnce(of: Planner, name: string, depth: number, make: () => Stage): Stage {
  const known = of.elements.get(name) ?? make();
  of.elements.set(name, known);
  if (known.depth === depth) return known;
  const at = (one: number): number => (one === known.depth ? depth : one);
  const rows = new Map([...known.place.rows].map(([one, row]) => [at(one), row] as const));
  const homes = new Map([...known.place.homes].map(([one, home]) => [at(one), home] as const));
  return { ...known, depth, place: { ...known.place, rows, homes } };
}

/** A stage as elements that later relations read. */
export const reread = (name: string, stage: Stage, depth: number, label: string): Elements => ({
  name,
  open: (relation) => reopened(stage, depth, relation, label).stage,
});

/** A stage in a relation that reads its own under an alias. */
export function reopened(
  { place, owner, wait }: Stage,
  depth: number,
  into: RelationBuilder,
  hint: string,
): { readonly stage: Stage; readonly alias: string } {
  const { relation } = place;
  const alias = addRelation(into, relation, hint, "from", () => []);
  const rows = new Map([...place.rows].map(([at, row]) => [at, handleThrough(relation, alias, row)] as const));
  const homes = new Map<number, Homestead>();
  for (const [at, { home, id }] of place.homes)
    homes.set(at, { home, id: () => through(relation, alias, id(), "around") });
  const outside: Place = { relation: into, rows, homes, reference: null };
  const stage: Stage = {
    place: outside,
    depth,
    owner: () => through(relation, alias, owner(), "owner"),
    wait: wait && (() => through(relation, alias, wait(), "wait")),
  };
  return { stage, alias };
}

/**
 * Elements with a number each, in a relation before the one that is wanted; `steps`, which are asked of them alone, are asked there.
 * Rows that get their numbers in no certain order are alike in all that is read of them, so it does not matter which has which.
 */
export function numbered(
  of: Planner,
  { depth, link }: Collection,
  steps: readonly PlainStep[],
  from: Elements,
): Elements {
  const label = safe(link);
  const numbers = of.newRelation(`${label}_numbered`);
  const stage = filtered(of, steps, from.open(numbers));
  const { number, part } = rankNames(numbers);
  numbers.rank = { number, part, partitionBy: [], orderBy: [], keep: { kind: "all" } };
  const open = (relation: RelationBuilder): Stage => {
    const { stage: inner, alias } = reopened(stage, depth, relation, label);
    const homes = new Map([...inner.place.homes, [depth, { home, id: () => column(alias, number, INTEGER) }] as const]);
    return { ...inner, place: { ...inner.place, homes } };
  };
  const home: Home = {
    name: numbers.name,
    label,
    open(relation) {
      const { rows, homes } = open(relation).place;
      return { rows, homes, id: (homes.get(depth) as Homestead).id() };
    },
  };
  return { name: numbers.name, open };
}

/** A text that is the same for parts of the IR that mean the same. */
export const shape = (part: unknown): string =>
  JSON.stringify(part, (key, value) => (key === "origin" || key === "words" ? undefined : value));
