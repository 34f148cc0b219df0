import { InternalError } from "../text/assert.ts";
import { anniversaryWithin } from "./anniversary.ts";
import { compareConstants, foldCase, foldValue, verdictOn } from "./fold.ts";
import type { Collection, CompareOp, Const, Origin, Pred, Row, Step, Test, Value } from "./ir.ts";
import type { Program, Trait } from "./program.ts";
import { isMissingWithItsRow, relocate } from "./relocate.ts";
import { counted, joined, NO, opposite, YES } from "./settled.ts";
import { partsOfCollection, partsOfRow, partsOfTest, partsOfValue, partsOfWindow, type Rewriter } from "./traverse.ts";
import { turn } from "./turn.ts";
import { waysOf } from "./ways.ts";

/**
 * A bound program in the form that evaluators execute: negation only at tests (`settled`, with the answer where an operand is missing),
 * traits inlined, `and` and `or` flat, constants folded, comparisons of ages, waits and local dates with constants turned round into comparisons of the
 * column. Every segment keeps its members; references stay. `zone` is the one the program was bound for.
 */
export function normalize(program: Program, zone: string): Program {
  const bodies = new Map<string, Value>();
  const inlined = new Map<string, Value>();
  const by: Rewriter = {
    pred: (pred, place) => settle(pred, false, place),
    value: (value, place) =>
      value.kind === "trait" ? inline(value, place) : foldValue(partsOfValue(value, place, by)),
    row: (row, place) => partsOfRow(row, place, by),
    window: (window, place) => partsOfWindow(window, place, by),
    collection: (collection, place) => narrowed(partsOfCollection(collection, place, by)),
  };

  function settle(pred: Pred, negated: boolean, place: number): Pred {
    switch (pred.kind) {
      case "always":
        return pred.value !== negated ? YES(pred.origin) : NO(pred.origin);
      case "and":
      case "or":
        return joined(
          (pred.kind === "and") !== negated ? "and" : "or",
          pred.items.map((item) => settle(item, negated, place)),
          pred.origin,
        );
      case "countOf": {
        const count = counted({ ...pred, items: pred.items.map((item) => settle(item, false, place)) });
        return negated ? opposite(count) : count;
      }
      case "not":
        return settle(pred.item, !negated, place);
      case "test":
        return decide(partsOfTest(pred.test, place, by), negated, pred.origin, zone);
      case "settled":
        return decide(partsOfTest(pred.test, place, by), negated !== pred.negated, pred.origin, zone);
    }
  }

  /** A trait where it is used. Behind a link it is missing where the link is, also where it is a count. */
  function inline(value: Extract<Value, { kind: "trait" }>, place: number): Value {
    const row = by.row(value.row, place);
    const body = bodyOf(value.name);
    const path = pathOf(row);
    const name = path === null ? null : `${value.name} ${place} ${path}`;
    const known = name === null ? undefined : inlined.get(name);
    if (known !== undefined) return known;
    const moved = row.kind === "scope" && row.depth === 0 && place === 0 ? body : relocate(body, row, place);
    const cond = decide({ kind: "linked", row }, false, value.origin, zone);
    const answer =
      row.kind === "scope" || isMissingWithItsRow(body)
        ? moved
        : foldValue({ kind: "when", cond, value: moved, type: value.type, origin: value.origin });
    if (name !== null) inlined.set(name, answer);
    return answer;
  }

  function bodyOf(name: string): Value {
    const known = bodies.get(name);
    if (known !== undefined) return known;
    const trait = program.traits.get(name);
    if (trait === undefined) throw new InternalError(`no trait ${name}`);
    const body = by.value(trait.value, 0);
    bodies.set(name, body);
    return body;
  }

  const traits = [...program.traits.values()].map((trait): Trait => ({ ...trait, value: bodyOf(trait.name) }));
  return {
    ...program,
    traits: new Map(traits.map((trait) => [trait.name, trait])),
    filters: new Map([...program.filters].map(([name, filter]) => [name, by.pred(filter, 0)])),
    segments: new Map(
      [...program.segments].map(([name, segment]) => [name, { ...segment, condition: by.pred(segment.condition, 0) }]),
    ),
  };
}

/** What names a row that is reached by links alone. */
function pathOf(row: Row): string | null {
  if (row.kind === "scope") return `${row.depth}`;
  if (row.kind === "pick") return null;
  const from = pathOf(row.from);
  return from === null ? null : `${from}.${row.link}`;
}

/** A collection without steps that keep everything. One that keeps nothing has a `where` that never holds. */
function narrowed(collection: Collection): Collection {
  const steps: Step[] = [];
  for (const step of collection.steps) {
    const verdict = step.kind === "window" ? verdictOn(step.window) : null;
    if (step.kind === "neighbour" && keepsNothing(step.other)) {
      if (!step.negated) steps.push({ kind: "where", cond: NO(step.origin), origin: step.origin });
    } else if (verdict === "holds nothing" || (step.kind === "take" && step.n === 0))
      steps.push({ kind: "where", cond: NO(step.origin), origin: step.origin });
    else if (verdict === null && !(step.kind === "where" && step.cond.kind === "always" && step.cond.value))
      steps.push(step);
  }
  return { ...collection, steps };
}

const keepsNothing = (collection: Collection): boolean =>
  collection.steps.some((step) => step.kind === "where" && step.cond.kind === "always");

/**
 * The one place that decides what a test answers where an operand is missing: no, and so yes under `not`. Its parts are normal already;
 * what follows from them alone, or can be said more plainly, is.
 */
function decide(test: Test, negated: boolean, origin: Origin, zone: string): Pred {
  const plain = simpler(test) ?? partsPerZone(test, origin);
  if (plain === null) {
    const turned = turn(test, origin, zone);
    if (turned === null) return { kind: "settled", test, negated, whenMissing: negated, origin };
    const items = turned.anyOf.map((item) => decide(item, negated, origin, zone));
    return joined(negated ? "and" : "or", items, origin);
  }
  if (typeof plain === "boolean") return plain !== negated ? YES(origin) : NO(origin);
  if (plain.kind === "parts") return decideParts(plain.pred, negated, zone);
  if (plain.kind === "test") return decide(plain.test, negated, origin, zone);
  if (plain.kind === "guarded") {
    const items = [negated ? opposite(plain.cond) : plain.cond, decide(plain.test, negated, origin, zone)];
    return joined(negated ? "or" : "and", items, origin);
  }
  if (plain.kind === "either") {
    const items = plain.tests.map((item) => decide(item, negated, origin, zone));
    return joined(negated ? "and" : "or", items, origin);
  }
  return plain.negated === negated ? plain.pred : opposite(plain.pred);
}

/** A condition of tests with normal parts, decided test by test. */
function decideParts(pred: Pred, negated: boolean, zone: string): Pred {
  switch (pred.kind) {
    case "always":
      return pred.value !== negated ? YES(pred.origin) : NO(pred.origin);
    case "and":
    case "or":
      return joined(
        (pred.kind === "and") !== negated ? "and" : "or",
        pred.items.map((item) => decideParts(item, negated, zone)),
        pred.origin,
      );
    case "test":
      return decide(pred.test, negated, pred.origin, zone);
    case "not":
      return decideParts(pred.item, !negated, zone);
    case "countOf":
    case "settled":
      throw new InternalError(`${pred.kind} among the parts of a test`);
  }
}

/** What a test is the same as: yes or no, another test, `and` and `or` of others, a condition (negated), a test where a condition holds, either of two tests. */
type Simpler =
  | boolean
  | { readonly kind: "test"; readonly test: Test }
  | { readonly kind: "parts"; readonly pred: Pred }
  | { readonly kind: "pred"; readonly pred: Pred; readonly negated: boolean }
  | { readonly kind: "guarded"; readonly cond: Pred; readonly test: Test }
  | { readonly kind: "either"; readonly tests: readonly Test[] };

/** Null where there is nothing simpler. */
function simpler(test: Test): Simpler | null {
  switch (test.kind) {
    case "compare":
      return simplerCompare(test);
    case "oneOf":
      return simplerOneOf(test);
    case "between":
      return simplerBetween(test);
    case "inWindow": {
      const verdict = verdictOn(test.window);
      if (verdict === "holds nothing" || isMissing(test.value)) return false;
      if (verdict === "holds all") return { kind: "test", test: { kind: "known", value: test.value } };
      return guarded(test.value, (value) => ({ ...test, value }));
    }
    case "text":
      return simplerText(test);
    case "known":
      return simplerKnown(test.value);
    case "linked":
      if (test.row.kind === "pick") return { kind: "test", test: { kind: "exists", collection: test.row.collection } };
      return test.row.kind === "scope" ? true : null;
    case "truth":
      if (test.value.kind === "const") return test.value.value === true;
      if (test.value.kind === "condition") return { kind: "pred", pred: test.value.pred, negated: false };
      return guarded(test.value, (value) => ({ ...test, value }));
    case "exists":
      return keepsNothing(test.collection) ? false : null;
    case "top": {
      const { by, within } = test.ranking;
      const nobody = isMissing(by) || (within?.kind === "always" && !within.value);
      return nobody || (test.amount.kind === "share" && Number(test.amount.share) === 0) ? false : null;
    }
    case "bucket":
      if (test.from >= test.to) return false;
      return test.from <= 0 && test.to >= 10_000 ? { kind: "test", test: { kind: "linked", row: test.row } } : null;
    case "anniversaryIn": {
      if (verdictOn(test.window) === "holds nothing" || isMissing(test.value)) return false;
      const pred = anniversaryWithin(test.value, test.window, test.window.origin);
      return pred === null ? null : { kind: "parts", pred };
    }
    case "has":
      return simplerHas(test);
    case "listKnown":
    case "stored":
    case "segment":
      return null;
  }
}

const isMissing = (value: Value): boolean => value.kind === "const" && value.value === null;

/** A test of a value that is missing where a condition does not hold is that test, and the condition. */
function guarded(value: Value, test: (inner: Value) => Test): Simpler | null {
  return value.kind === "when" ? { kind: "guarded", cond: value.cond, test: test(value.value) } : null;
}

const FLIPPED: Readonly<Record<CompareOp, CompareOp>> = { "=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

function simplerCompare(test: Extract<Test, { kind: "compare" }>): Simpler | null {
  const { left, right, op, ignoreCase } = test;
  if (isMissing(left) || isMissing(right)) return false;
  if (left.kind === "const") {
    if (right.kind === "const") return compareConstants(op, left, right, ignoreCase);
    return { kind: "test", test: { ...test, op: FLIPPED[op], left: right, right: left } };
  }
  if (left.kind === "condition" && right.kind === "const" && op === "=")
    return { kind: "pred", pred: left.pred, negated: right.value === false };
  return guarded(left, (value) => ({ ...test, left: value })) ?? guarded(right, (value) => ({ ...test, right: value }));
}

function simplerOneOf(test: Extract<Test, { kind: "oneOf" }>): Simpler | null {
  const { value, ignoreCase } = test;
  const options = new Map<Const["value"], Const>();
  for (const option of test.options) if (option.value !== null) options.set(option.value, option);
  if (options.size === 0 || isMissing(value)) return false;
  if (value.kind === "const")
    return [...options.values()].some((option) => compareConstants("=", value, option, ignoreCase));
  if (options.size < test.options.length) return { kind: "test", test: { ...test, options: [...options.values()] } };
  return guarded(value, (inner) => ({ ...test, value: inner }));
}

function simplerBetween(test: Extract<Test, { kind: "between" }>): Simpler | null {
  const { value, from, to, toInclusive } = test;
  const below: CompareOp = toInclusive ? "<=" : "<";
  if ([value, from, to].some((part) => part !== null && isMissing(part))) return false;
  if (from === null && to === null) return { kind: "test", test: { kind: "known", value } };
  if (from?.kind === "const" && to?.kind === "const" && !compareConstants(below, from, to, false)) return false;
  if (value.kind === "const" && from?.kind !== "when" && to?.kind !== "when") {
    const above = from === null || (from.kind === "const" ? compareConstants(">=", value, from, false) : null);
    const under = to === null || (to.kind === "const" ? compareConstants(below, value, to, false) : null);
    if (above !== null && under !== null) return above && under;
  }
  return guarded(value, (inner) => ({ ...test, value: inner }));
}

function simplerText(test: Extract<Test, { kind: "text" }>): Simpler | null {
  const { value, needle, mode, ignoreCase } = test;
  if (isMissing(value) || isMissing(needle)) return false;
  if (needle.kind === "const" && needle.value === "") return { kind: "test", test: { kind: "known", value } };
  if (value.kind === "const" && needle.kind === "const") {
    const [text, part] = [foldCase(String(value.value), ignoreCase), foldCase(String(needle.value), ignoreCase)];
    if (mode === "contains") return text.includes(part);
    return mode === "startsWith" ? text.startsWith(part) : text.endsWith(part);
  }
  return (
    guarded(value, (inner) => ({ ...test, value: inner })) ?? guarded(needle, (inner) => ({ ...test, needle: inner }))
  );
}

/** A missing option makes it false; of no options, all are there in a known list, and none of them is any. */
function simplerHas(test: Extract<Test, { kind: "has" }>): Simpler | null {
  const { mode, list } = test;
  if (test.options.some(isMissing)) return false;
  if (test.options.length === 0) return mode === "all" ? { kind: "test", test: { kind: "listKnown", list } } : false;
  const different = new Map(test.options.map((option) => [option.kind === "const" ? option.value : option, option]));
  if (different.size === test.options.length) return null;
  return { kind: "test", test: { ...test, options: [...different.values()] } };
}

/** A test of what differs from zone to zone in few ways, way by way, so that each can be turned round. */
function partsPerZone(test: Test, origin: Origin): Simpler | null {
  const pred = waysOf(test, origin);
  return pred === null ? null : { kind: "parts", pred };
}

function simplerKnown(value: Value): Simpler | null {
  const known = (inner: Value): Test => ({ kind: "known", value: inner });
  switch (value.kind) {
    case "const":
      return value.value !== null;
    case "condition":
    case "group":
      return true;
    case "groupAggregate":
      return value.fn === "count" || value.fn === "share" ? true : null;
    case "aggregate":
      return value.fn === "count" ? true : null;
    // Neither a wider number, nor another date, nor a part of one is missing where the value is not.
    case "widen":
    case "local_date":
    case "shift":
    case "since":
    case "part":
    case "start_of":
    case "anniversary":
      return { kind: "test", test: known(value.value) };
    case "else":
      return { kind: "either", tests: [known(value.value), known(value.fallback)] };
    case "when":
      return guarded(value, known);
    case "if":
      return isConstantly(value.yes) && isConstantly(value.no) ? true : null;
    case "field":
    case "trait":
    case "arithmetic":
    case "negate":
    case "function":
    case "json":
    case "elapsed":
    case "zoned":
    case "offsets":
    case "tile":
    case "gap":
    case "periodIndex":
    case "param":
    case "today":
    case "now":
      return null;
  }
}

const isConstantly = (value: Value): boolean =>
  value.kind === "condition" || (value.kind === "const" && value.value !== null);
