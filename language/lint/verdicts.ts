import type { Collection, Origin, Pred, Test, Value } from "../meaning/ir.ts";
import { areApart, type Clash, type Facts, type Reasoner, reasonerOf } from "../meaning/reason.ts";
import type { Form } from "../meaning/reason-form.ts";
import { partsOfRow, partsOfStep, partsOfTest, partsOfValue, type Rewriter } from "../meaning/traverse.ts";
import { isEmptyBetween, isEmptyWindow } from "./empty-range.ts";
import { redundantIn } from "./redundant.ts";
import { rootsOf } from "./roots.ts";
import type { Linted } from "./rule.ts";

/** What the reasoner finds out about a condition as written. */
export interface Verdict {
  /** `never`: it cannot hold. `always`: it cannot fail. `dead`: it cannot hold where it stands. `redundant`: it changes nothing where it stands. */
  readonly kind: "never" | "always" | "dead" | "redundant";
  readonly origin: Origin;
  /** The condition that sees to it; null where it does so itself. */
  readonly by: Origin | null;
  /** Whether it is so only in data that keeps what the model says. */
  readonly declared: boolean;
}

const VERDICTS = new WeakMap<Pick<Linted, "program">, readonly Verdict[]>();

/** All verdicts about a project, each condition looked at once. */
export function verdictsOf(
  project: Pick<Linted, "program">,
  reasoner: Reasoner = reasonerOf(project.program),
): readonly Verdict[] {
  const known = VERDICTS.get(project);
  if (known !== undefined) return known;
  const found: Verdict[] = [];
  const look = lookerInto(reasoner, found);
  for (const root of rootsOf(project.program)) {
    if (root.kind === "pred") look.pred(root.pred, 0, reasoner.nothing(false));
    else look.value(root.value, 0);
  }
  lookAtTiers(project, reasoner, found);
  VERDICTS.set(project, found);
  return found;
}

interface Looker {
  readonly pred: (pred: Pred, place: number, around: Facts) => void;
  readonly value: (value: Value, place: number) => void;
}

function lookerInto(reasoner: Reasoner, found: Verdict[]): Looker {
  const inside: Rewriter = {
    pred: (pred, place) => {
      look(pred, place, reasoner.nothing(false));
      return pred;
    },
    value: (value, place) => {
      if (value.kind !== "if") return partsOfValue(value, place, inside);
      lookAtBranches(value, place, reasoner.nothing(false));
      return value;
    },
    row: (row, place) => partsOfRow(row, place, inside),
    window: (window) => window,
    collection: (collection, place) => {
      lookAtSteps(collection, place);
      return collection;
    },
  };
  return { pred: look, value: (value, place) => void inside.value(value, place) };

  /** `around` is what holds where the condition stands. */
  function look(pred: Pred, place: number, around: Facts): void {
    switch (pred.kind) {
      case "always":
        return;
      case "not":
        look(pred.item, place, reasoner.nothing(false));
        return;
      case "countOf":
        for (const item of pred.items) look(item, place, reasoner.nothing(false));
        return;
      case "and":
      case "or":
        lookAtMany(pred, place, around);
        return;
      case "test":
      case "settled":
        lookAtTest(pred.test, pred.origin, place);
        partsOfTest(pred.test, place, inside);
        return;
    }
  }

  function lookAtMany(pred: Extract<Pred, { kind: "and" | "or" }>, place: number, around: Facts): void {
    const forms = pred.items.map((item) => reasoner.read(item, false, place));
    const told = pred.kind === "and" ? together(pred.items, forms, found, reasoner) : apart(pred, forms, place, around);
    if (!told) found.push(...redundantIn(pred, forms, reasoner));
    const plain = forms.filter((form) => form.kind !== "or");
    const facts = pred.kind === "and" && !told ? knownOf(plain, around, reasoner) : around;
    for (const item of pred.items) look(item, place, item.kind === "or" ? facts : reasoner.nothing(false));
  }

  /** Items of an `or`: those that cannot hold here, or that leave nothing out together. Answers whether something was told. */
  function apart(
    pred: Extract<Pred, { kind: "and" | "or" }>,
    forms: readonly Form[],
    place: number,
    around: Facts,
  ): boolean {
    let told = false;
    for (const [i, form] of forms.entries()) {
      const here = reasoner.assume(around, form);
      const item = pred.items[i];
      if (here.kind === "facts" || item === undefined || clashOf(form, reasoner, false) !== null) continue;
      found.push({ kind: "dead", origin: item.origin, by: here.by, declared: false });
      told = true;
    }
    if (told || forms.some((form) => reasoner.isAlways(form))) return true;
    const items = pred.items.map((item) => reasoner.read(item, true, place));
    return tell("always", pred.origin, { kind: "and", items, origin: pred.origin });
  }

  /** Tells that a form cannot hold, with or without the model's help. */
  function tell(kind: Verdict["kind"], origin: Origin, form: Form): boolean {
    for (const declared of [false, true]) {
      const clash = clashOf(form, reasoner, declared);
      if (clash === null) continue;
      found.push({ kind, origin, by: kind === "always" ? null : clash.by, declared });
      return true;
    }
    return false;
  }

  function lookAtTest(test: Test, origin: Origin, place: number): void {
    if (isToldElsewhere(test)) return;
    const form = reasoner.read({ kind: "test", test, origin }, false, place);
    if (tell("never", origin, form)) return;
    tell("always", origin, reasoner.read({ kind: "test", test, origin }, true, place));
  }

  /** `if c then a else if d …`: `d` is asked where `c` does not hold. */
  function lookAtBranches(value: Extract<Value, { kind: "if" }>, place: number, around: Facts): void {
    look(value.cond, place, reasoner.nothing(false));
    const yes = reasoner.read(value.cond, false, place);
    const no = reasoner.read(value.cond, true, place);
    for (const [form, branch] of [
      [yes, value.yes],
      [no, value.no],
    ] as const) {
      const here = reasoner.assume(around, form);
      if (here.kind === "clash" && around.outer !== null && clashOf(form, reasoner, false) === null)
        found.push({ kind: "dead", origin: branch.origin, by: here.by, declared: false });
      const facts = here.kind === "facts" ? here : around;
      if (branch.kind === "if") lookAtBranches(branch, place, facts);
      else inside.value(branch, place);
    }
  }

  /** Steps one after the other hold together; windows that are apart leave nothing. */
  function lookAtSteps(collection: Collection, place: number): void {
    partsOfRow(collection.from, place, inside);
    const conditions: Pred[] = [];
    const windows: Extract<Collection["steps"][number], { kind: "window" }>[] = [];
    for (const step of collection.steps) {
      if (step.kind === "per" || step.kind === "flatten") {
        conditions.length = 0;
        windows.length = 0;
      }
      if (step.kind === "where") {
        look(step.cond, collection.depth, reasoner.nothing(false));
        conditions.push(step.cond);
      } else partsOfStep(step, collection.depth, place, inside);
      if (step.kind !== "window" || isEmptyWindow(step.window)) continue;
      const other = windows.find(({ window }) => areApart(window, step.window));
      if (other !== undefined) found.push({ kind: "never", origin: step.origin, by: other.origin, declared: false });
      windows.push(step);
    }
    if (conditions.length < 2) return;
    const forms = conditions.map((cond) => reasoner.read(cond, false, collection.depth));
    together(conditions, forms, found, reasoner);
  }
}

/** Items that have to hold together and cannot, told at the first that meets another. Answers whether something was told, or is told of one alone. */
function together(items: readonly Pred[], forms: readonly Form[], found: Verdict[], reasoner: Reasoner): boolean {
  if (forms.some((form) => clashOf(form, reasoner, false) !== null)) return true;
  for (const declared of [false, true]) {
    const facts = reasoner.nothing(declared);
    // What is plain first, as the reasoner does.
    const order = [...forms.keys()].sort(
      (a, b) => Number(forms[a]?.kind === "or") - Number(forms[b]?.kind === "or") || a - b,
    );
    for (const i of order) {
      const next = reasoner.add(facts, forms[i] as Form);
      if (next === null) continue;
      if (declared && forms.some((form) => clashOf(form, reasoner, true) !== null)) return false;
      found.push({ kind: "never", origin: (items[i] as Pred).origin, by: next.by, declared });
      return true;
    }
  }
  return false;
}

const clashOf = (form: Form, reasoner: Reasoner, declared: boolean): Clash | null => {
  const facts = reasoner.assume(reasoner.nothing(declared), form);
  return facts.kind === "clash" ? facts : null;
};

function knownOf(forms: readonly Form[], around: Facts, reasoner: Reasoner): Facts {
  const facts = reasoner.assume(around, { kind: "and", items: forms, origin: NOWHERE });
  return facts.kind === "facts" ? facts : around;
}

const NOWHERE: Origin = { file: "", span: { start: 0, end: 0 } };

/** What another rule tells, or the declaration that is named; and whether something is known, which people also ask to be sure. */
function isToldElsewhere(test: Test): boolean {
  switch (test.kind) {
    case "between":
      return isEmptyBetween(test);
    case "inWindow":
    case "anniversaryIn":
      return isEmptyWindow(test.window);
    case "truth":
      return test.value.kind === "trait" || test.value.kind === "condition";
    case "segment":
    case "known":
    case "listKnown":
    case "linked":
      return true;
    default:
      return false;
  }
}

/** A tier is asked of whom none before it takes. */
function lookAtTiers({ program }: Pick<Linted, "program">, reasoner: Reasoner, found: Verdict[]): void {
  for (const { tiers, of } of program.segmentations.values()) {
    const facts = reasoner.nothing(false);
    const inOf = of === null ? undefined : program.segments.get(of);
    if (inOf !== undefined && reasoner.add(facts, reasoner.read(inOf.condition, false, 0)) !== null) continue;
    // What takes all that are left; nobody comes to those behind it.
    let by: Origin | null = null;
    for (const { condition, origin } of tiers) {
      const form: Form = condition === null ? YES : reasoner.read(condition, false, 0);
      const here = by === null ? reasoner.assume(facts, form) : ({ kind: "clash", by } as const);
      if (here.kind === "clash" && clashOf(form, reasoner, false) === null)
        found.push({ kind: "dead", origin, by: here.by, declared: false });
      if (by !== null) break;
      const rest = condition === null ? null : reasoner.add(facts, reasoner.read(condition, true, 0));
      if (rest !== null) by = origin;
    }
  }
}

const YES: Form = { kind: "always", value: true, origin: NOWHERE };
