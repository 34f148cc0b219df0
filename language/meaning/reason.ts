import type { Bound, Collection, Origin, Window } from "./ir.ts";
import { keyOf } from "./key.ts";
import { isNotAfter } from "./order-bounds.ts";
import type { Program } from "./program.ts";
import { type Form, formKey, type Term } from "./reason-form.ts";
import { opposite, type Reader, readerOf } from "./reason-read.ts";
import { type Allowed, between, intersect, isNothing, type Point, textOf, union } from "./reason-set.ts";
import { countTerm } from "./reason-term.ts";

/**
 * What follows from conditions whatever the data: intervals and sets of each value, counts of collections inside one another, nested windows. Sound and not
 * complete: what it says always holds, and it says nothing of what it does not know. The one reasoner without Z3.
 */
export interface Reasoner extends Reader {
  /** What is known where nothing is. `declared`: in data that keeps what the model says. */
  readonly nothing: (declared: boolean) => Facts;
  /** What is known where the form holds too; a clash where it cannot. */
  readonly assume: (facts: Facts, form: Form) => Facts | Clash;
  /** The same, into these facts themselves; null where they go together. After a clash they are of no use. */
  readonly add: (facts: Facts, form: Form) => Clash | null;
  /** Whether a form holds for all data. */
  readonly isAlways: (form: Form) => boolean;
  /** Whether the second holds wherever the first does. */
  readonly implies: (a: Form, b: Form) => boolean;
  /** Whether the elements of one collection are all among those of the other. */
  readonly isWithin: (a: Collection, b: Collection) => boolean;
  /** A text that two conditions share only where they hold for the same rows. */
  readonly normal: (form: Form) => string;
  /** Forms looked at so far, each time that one was. */
  readonly work: () => number;
}

/** Two conditions that cannot hold together; `by` is the earlier one, null where one alone cannot hold. */
export interface Clash {
  readonly kind: "clash";
  readonly by: Origin | null;
}

/** What holds at a place, on top of what holds around it. */
export interface Facts {
  readonly kind: "facts";
  readonly declared: boolean;
  readonly outer: Facts | null;
  readonly limits: Map<string, { readonly term: Term; readonly allowed: Allowed; readonly by: Origin }>;
  readonly windows: Map<string, { readonly window: Window; readonly positive: boolean; readonly by: Origin }[]>;
  readonly atoms: Map<string, { readonly positive: boolean; readonly by: Origin }>;
  /** The counts that are limited, by the link that their collections come from. */
  readonly counts: Map<string, string[]>;
}

/** Beyond so many ranges, branches or counts together nothing more is concluded, so that work grows with the text. */
const MOST_RANGES = 256;
const MOST_BRANCHES = 64;
const MOST_TOGETHER = 16;
const MOST_STEPS = 20_000;

/** A reasoner over the conditions of a program as written. */
export function reasonerOf(program: Program): Reasoner {
  const reader = readerOf(program);
  const within = new Map<string, boolean>();
  /** How far the question that is asked just now has got, and how many questions stand around it. */
  let steps = 0;
  let around = 0;
  let work = 0;
  const nothing = (declared: boolean): Facts => layer(null, declared);
  const isAlways = (form: Form): boolean => assume(nothing(false), opposite(form)).kind === "clash";
  return { ...reader, nothing, assume, add, isAlways, implies, isWithin, normal, work: () => work };

  function assume(facts: Facts, form: Form): Facts | Clash {
    const top = layer(facts, facts.declared);
    const clash = add(top, form);
    return clash ?? top;
  }

  function implies(a: Form, b: Form): boolean {
    const facts = assume(nothing(false), a);
    return facts.kind === "facts" && assume(facts, opposite(b)).kind === "clash";
  }

  function add(facts: Facts, form: Form): Clash | null {
    if (around === 0) steps = 0;
    if (++steps > MOST_STEPS) return null;
    work++;
    around++;
    const clash = addForm(facts, form);
    around--;
    return clash;
  }

  function addForm(facts: Facts, form: Form): Clash | null {
    switch (form.kind) {
      case "always":
        return form.value ? null : { kind: "clash", by: null };
      case "and": {
        // What is plain first: it may decide about branches.
        for (const isBranch of [false, true])
          for (const item of form.items) {
            const clash = (item.kind === "or") === isBranch ? add(facts, item) : null;
            if (clash !== null) return clash;
          }
        return null;
      }
      case "or":
        return addBranches(facts, form.items);
      case "limits":
        return addLimits(facts, form.term, form.allowed, form.origin);
      case "window":
        return addWindow(facts, form);
      case "atom": {
        const known = lookup(facts, (at) => at.atoms.get(form.key));
        if (known !== null && known.positive !== form.positive) return { kind: "clash", by: known.by };
        if (known === null) facts.atoms.set(form.key, { positive: form.positive, by: form.origin });
        return null;
      }
    }
  }

  /** One of them holds: the only one that can, or what is known in all that can. */
  function addBranches(facts: Facts, items: readonly Form[]): Clash | null {
    if (items.length > MOST_BRANCHES) return null;
    let by: Origin | null = null;
    const left: Facts[] = [];
    for (const item of items) {
      const branch = assume(facts, item);
      if (branch.kind === "facts") left.push(branch);
      else by ??= branch.by;
    }
    const [first, ...others] = left;
    if (first === undefined) return { kind: "clash", by };
    if (others.length === 0) {
      takeOver(facts, first);
      return null;
    }
    for (const [key, { term, allowed, by: origin }] of first.limits) {
      let all: Allowed | null = allowed;
      for (const other of others) {
        const also = other.limits.get(key);
        all = also === undefined || all === null ? null : union(all, also.allowed, term.step);
      }
      const clash = all === null ? null : addLimits(facts, term, all, origin);
      if (clash !== null) return clash;
    }
    return null;
  }

  function addLimits(facts: Facts, term: Term, allowed: Allowed, by: Origin): Clash | null {
    const known = lookup(facts, (at) => at.limits.get(term.key));
    const before = known?.allowed ?? (facts.declared ? intersect(term.base, term.declared, term.step) : term.base);
    const clash: Clash = { kind: "clash", by: known?.by ?? null };
    if (before.ranges.length > MOST_RANGES && allowed.ranges.length > MOST_RANGES) return null;
    if (before.ranges.length + allowed.ranges.length > 2 * MOST_RANGES && known !== null) return null;
    const next = intersect(before, allowed, term.step);
    if (isNothing(next)) return clash;
    facts.limits.set(term.key, { term, allowed: next, by });
    return addConsequences(facts, term, next, by);
  }

  /** A value that only something has: then there is something. And counts of collections inside one another. */
  function addConsequences(facts: Facts, term: Term, allowed: Allowed, by: Origin): Clash | null {
    const { value } = term;
    if (value?.kind === "field" && value.row.kind === "pick" && !allowed.missing)
      return some(facts, value.row.collection, by);
    if (value?.kind !== "aggregate") return null;
    if (value.fn === "count" && value.of === null) return compareCounts(facts, term, value.collection, allowed);
    const isCounted = value.fn === "sum" || value.fn === "distinct" || value.fn === "count";
    const hasSome = isCounted ? !isNothing(allowed) && !touchesZero(allowed, term.step) : !allowed.missing;
    return hasSome ? some(facts, value.collection, by) : null;
  }

  function some(facts: Facts, collection: Collection, by: Origin): Clash | null {
    if (collection.steps.some(({ kind }) => kind === "per")) return null;
    const term = countTerm(collection, program.model);
    return addLimits(facts, term, between(1n, null, true, term.step), by);
  }

  function compareCounts(facts: Facts, term: Term, collection: Collection, allowed: Allowed): Clash | null {
    const base = JSON.stringify([keyOf(collection.from), collection.link, collection.depth]);
    const others = allOf(facts, (at) => at.counts.get(base));
    if (!others.includes(term.key) && others.length < MOST_TOGETHER) {
      const own = facts.counts.get(base);
      if (own === undefined) facts.counts.set(base, [term.key]);
      else own.push(term.key);
    }
    for (const key of others) {
      const other = key === term.key ? null : lookup(facts, (at) => at.limits.get(key));
      if (other?.term.value?.kind !== "aggregate") continue;
      const their = other.term.value.collection;
      const tooMany = isGreater(least(allowed), most(other.allowed)) && isWithin(collection, their);
      const tooFew = isGreater(least(other.allowed), most(allowed)) && isWithin(their, collection);
      if (tooMany || tooFew) return { kind: "clash", by: other.by };
    }
    return null;
  }

  function addWindow(facts: Facts, form: Extract<Form, { kind: "window" }>): Clash | null {
    const { term, window, positive, origin } = form;
    const others = allOf(facts, (at) => at.windows.get(term.key));
    for (const other of others.slice(0, MOST_TOGETHER)) {
      const clash = positive
        ? other.positive
          ? areApart(window, other.window)
          : isInside(window, other.window)
        : other.positive && isInside(other.window, window);
      if (clash) return { kind: "clash", by: other.by };
    }
    const own = facts.windows.get(term.key);
    const fact = { window, positive, by: origin };
    if (own === undefined) facts.windows.set(term.key, [fact]);
    else if (own.length < MOST_TOGETHER) own.push(fact);
    if (!positive) return null;
    return addLimits(facts, term, { ranges: term.base.ranges, missing: false }, origin);
  }

  function isWithin(a: Collection, b: Collection): boolean {
    const key = `${keyOf(a)} ${keyOf(b)}`;
    const known = within.get(key);
    if (known !== undefined) return known;
    const answer = keyOf(a) === keyOf(b) || isNarrower(a, b);
    within.set(key, answer);
    return answer;
  }

  /** Whether every step of `b` is one that the steps of `a` see to. */
  function isNarrower(a: Collection, b: Collection): boolean {
    if (keyOf(a.from) !== keyOf(b.from) || a.link !== b.link || a.depth !== b.depth) return false;
    if ([...a.steps, ...b.steps].some(({ kind }) => kind === "per" || kind === "flatten")) return false;
    let prefix = 0;
    const stepKey = (step: Collection["steps"][number] | undefined) => step && keyOf({ ...a, steps: [step] });
    while (prefix < b.steps.length && stepKey(a.steps[prefix]) === stepKey(b.steps[prefix])) prefix++;
    const rest = b.steps.slice(prefix);
    if (rest.length === 0) return true;
    // A step that numbers or compares elements depends on those before it.
    if (b.steps.some(({ kind }) => kind !== "where" && kind !== "window")) return false;
    const conditions = a.steps.flatMap((step) =>
      step.kind === "where" ? [reader.read(step.cond, false, a.depth)] : [],
    );
    const facts = assume(nothing(false), { kind: "and", items: conditions, origin: a.origin });
    return rest.every((step) => {
      if (step.kind === "where")
        return facts.kind === "clash" || assume(facts, reader.read(step.cond, true, a.depth)).kind === "clash";
      return (
        step.kind === "window" &&
        a.steps.some((other) => other.kind === "window" && isInside(other.window, step.window))
      );
    });
  }

  function normal(form: Form): string {
    return formKey(
      form,
      ({ term, allowed }) => {
        const all = intersect(term.base, allowed, term.step);
        return isNothing(all) ? "false" : `${term.key} ${textOf(all)}`;
      },
      (window) => keyOf(window),
    );
  }
}

const layer = (outer: Facts | null, declared: boolean): Facts => ({
  kind: "facts",
  declared,
  outer,
  limits: new Map(),
  windows: new Map(),
  atoms: new Map(),
  counts: new Map(),
});

/** What is known in a layer right on top of these facts, into them: no form is read twice, however deep it stands. */
function takeOver(facts: Facts, layer: Facts): void {
  for (const [key, limit] of layer.limits) facts.limits.set(key, limit);
  for (const [key, atom] of layer.atoms) facts.atoms.set(key, atom);
  for (const [key, windows] of layer.windows) {
    const own = facts.windows.get(key) ?? [];
    facts.windows.set(key, [...own, ...windows].slice(0, MOST_TOGETHER));
  }
  for (const [base, keys] of layer.counts) {
    const own = facts.counts.get(base) ?? [];
    facts.counts.set(base, [...own, ...keys].slice(0, MOST_TOGETHER));
  }
}

function lookup<T>(facts: Facts, find: (at: Facts) => T | undefined): T | null {
  for (let at: Facts | null = facts; at !== null; at = at.outer) {
    const found = find(at);
    if (found !== undefined) return found;
  }
  return null;
}

function allOf<T>(facts: Facts, find: (at: Facts) => readonly T[] | undefined): readonly T[] {
  const all: T[] = [];
  for (let at: Facts | null = facts; at !== null; at = at.outer) all.push(...(find(at) ?? []));
  return all;
}

const touchesZero = (allowed: Allowed, step: bigint | null): boolean => {
  const zero = allowed.ranges.some(({ from }) => typeof from === "number") ? 0 : 0n;
  return (
    !isNothing(intersect({ ...allowed, missing: false }, between(zero, zero, true, step), step)) || allowed.missing
  );
};

const least = ({ ranges }: Allowed): Point | null => ranges[0]?.from ?? null;
const most = ({ ranges }: Allowed): Point | null => ranges.at(-1)?.to ?? null;
const isGreater = (a: Point | null, b: Point | null): boolean => a !== null && b !== null && a > b;

/** Whether whatever lies in one window lies in the other, whenever they are asked. */
export function isInside(a: Window, b: Window): boolean {
  if (a.target !== b.target || zoneKey(a) !== zoneKey(b)) return false;
  return starts(b.from, a.from) && ends(a.to, b.to);
}

const starts = (outer: Bound | null, inner: Bound | null): boolean =>
  outer === null || (inner !== null && isNotAfter(outer, inner));
const ends = (inner: Bound | null, outer: Bound | null): boolean =>
  outer === null || (inner !== null && isNotAfter(inner, outer));

/** Whether nothing lies in both. */
export function areApart(a: Window, b: Window): boolean {
  if (a.target !== b.target || zoneKey(a) !== zoneKey(b)) return false;
  const before = (x: Bound | null, y: Bound | null) => x !== null && y !== null && isNotAfter(x, y);
  return before(a.to, b.from) || before(b.to, a.from);
}

const zoneKey = ({ zone }: Window): string => (zone === null ? "" : keyOf(zone));
