import type { CompareOp, Const, Origin, Pred, Test, Value, Window } from "./ir.ts";
import { keyOf } from "./key.ts";
import type { Program } from "./program.ts";
import { type Form, sizeOf, type Term } from "./reason-form.ts";
import {
  type Allowed,
  between,
  complement,
  holds,
  isNothing,
  KNOWN,
  type Point,
  pointOf,
  points,
  satisfying,
  stepOf,
} from "./reason-set.ts";
import { countedTerm, countTerm, termOf } from "./reason-term.ts";
import { relocate } from "./relocate.ts";
import { partsOfCollection, partsOfRow, partsOfValue, partsOfWindow, type Rewriter } from "./traverse.ts";

/** Reads conditions into forms; one a program, for it remembers what others refer to. */
export interface Reader {
  /** `place` is the depth of the innermost scope. */
  readonly read: (pred: Pred, negated: boolean, place: number) => Form;
}

/** What is larger, or further away, when it stands in the place of its name, stays a name. */
const MOST_TESTS = 200;
const MOST_TEXT = 4_000;
const MOST_LEVELS = 30;
/** So many values of one condition are looked into; `if` and `else` inside one another would double them at every level. */
const MOST_VALUES = 2_000;

/** A reader of the conditions of a program as written. */
export function readerOf(program: Program): Reader {
  const { model } = program;
  const segments = new Map<string, Form | null>();
  const traits = new Map<string, Value | null>();
  let levels = 0;
  let values = 0;
  const forms = { plain: new WeakMap<Pred, Form>(), negated: new WeakMap<Pred, Form>() };
  return { read: remembered };

  /** A condition stands at one place. */
  function remembered(pred: Pred, negated: boolean, place: number): Form {
    const known = negated ? forms.negated : forms.plain;
    let form = known.get(pred);
    if (form === undefined) {
      values = 0;
      form = read(pred, negated, place);
      known.set(pred, form);
    }
    return form;
  }

  function read(pred: Pred, negated: boolean, place: number): Form {
    const { origin } = pred;
    switch (pred.kind) {
      case "always":
        return { kind: "always", value: pred.value !== negated, origin };
      case "and":
      case "or":
        return joined(
          (pred.kind === "and") !== negated,
          pred.items.map((item) => read(item, negated, place)),
          origin,
        );
      case "not":
        return read(pred.item, !negated, place);
      case "countOf":
        return readCount(pred, negated, place);
      case "test":
        return readTest(pred.test, negated, place, origin);
      case "settled":
        return readTest(pred.test, negated !== pred.negated, place, origin);
    }
  }

  function readCount(pred: Extract<Pred, { kind: "countOf" }>, negated: boolean, place: number): Form {
    const { mode, k, items, origin } = pred;
    if (mode === "atLeast" && (k === 1 || k === items.length))
      return joined(
        (k !== 1) !== negated,
        items.map((item) => read(item, negated, place)),
        origin,
      );
    const key = JSON.stringify(["count of", ...items.map((item) => keyOf(item))]);
    const term = countedTerm(key, 0, items.length, false);
    const op = mode === "exactly" ? "=" : mode === "atLeast" ? ">=" : "<=";
    return limits(term, satisfying(op, BigInt(k), 1n), negated, origin);
  }

  function readTest(test: Test, negated: boolean, place: number, origin: Origin): Form {
    const atom = (key: string): Form => ({ kind: "atom", key, positive: !negated, origin });
    switch (test.kind) {
      case "compare":
        return readCompare(test, negated, place, origin);
      case "oneOf": {
        const value = inlined(test.value, place);
        if (test.ignoreCase) return atom(keyOf(test));
        const at = test.options.map((option) => exactPoint(option, value)).filter((point) => point !== null);
        if (at.length < test.options.length) return atom(keyOf(test));
        return ofValue(value, points(at, stepOf(coreOf(value).type)), negated, place, origin);
      }
      case "between": {
        const value = inlined(test.value, place);
        const [from, to] = [test.from, test.to].map((end) => (end?.kind === "const" ? exactPoint(end, value) : null));
        if ((test.from !== null && from === null) || (test.to !== null && to === null)) return atom(keyOf(test));
        const range = between(from ?? null, to ?? null, test.toInclusive, stepOf(coreOf(value).type));
        return ofValue(value, range, negated, place, origin);
      }
      case "inWindow": {
        const value = inlined(test.value, place);
        const days = daysOf(test.window);
        if (days !== null && value.type.kind === "date") return ofValue(value, days, negated, place, origin);
        return { kind: "window", term: termOf(value, model), window: test.window, positive: !negated, origin };
      }
      case "known":
        return ofValue(inlined(test.value, place), KNOWN, negated, place, origin);
      case "truth":
        return ofValue(inlined(test.value, place), points([1n], 1n), negated, place, origin);
      case "exists": {
        const count = inlined(countTerm(test.collection, model).value as Value, place);
        return ofValue(count, between(1n, null, true, stepOf(count.type)), negated, place, origin);
      }
      case "segment":
        return readSegment(test, negated, place, origin);
      case "bucket": {
        const term = countedTerm(JSON.stringify(["bucket", test.seed, keyOf(test.row)]), 0, 9999, true);
        return limits(term, between(BigInt(test.from), BigInt(test.to), false, 1n), negated, origin);
      }
      case "has": {
        if (test.mode === "any" && test.options.length > 1 && test.options.every((option) => option.kind === "const"))
          return joined(
            negated,
            test.options.map((o) => readTest({ ...test, options: [o] }, negated, place, origin)),
            origin,
          );
        return atom(keyOf(test.options.length === 1 ? { ...test, mode: "any" } : test));
      }
      case "linked":
        return test.row.kind === "scope" ? { kind: "always", value: !negated, origin } : atom(keyOf(test));
      case "text":
      case "listKnown":
      case "anniversaryIn":
      case "top":
      case "stored":
        return atom(keyOf(test));
    }
  }

  function readCompare(
    test: Extract<Test, { kind: "compare" }>,
    negated: boolean,
    place: number,
    origin: Origin,
  ): Form {
    const [left, right] = [inlined(test.left, place), inlined(test.right, place)];
    if (left.kind === "const" && right.kind !== "const")
      return readCompare({ ...test, op: FLIPPED[test.op], left: right, right: left }, negated, place, origin);
    const plain = right.kind === "const" && !test.ignoreCase ? exactPoint(right, left) : null;
    if (plain !== null)
      return ofValue(left, satisfying(test.op, plain, stepOf(coreOf(left).type)), negated, place, origin);
    const [a, b] = [keyOf(left), keyOf(right)];
    const op = a <= b ? test.op : FLIPPED[test.op];
    const key = JSON.stringify(["compare", test.ignoreCase, ...(a <= b ? [a, b] : [b, a])]);
    const base = { ...between(-1n, 1n, true, 1n), missing: true };
    const term: Term = { key, step: 1n, base, declared: base, value: null };
    return limits(term, satisfying(op, 0n, 1n), negated, origin);
  }

  /** A segment of this very row is put in its place; of others its name is all that is known. */
  function readSegment(
    test: Extract<Test, { kind: "segment" }>,
    negated: boolean,
    place: number,
    origin: Origin,
  ): Form {
    const name: Form = { kind: "atom", key: keyOf(test), positive: !negated, origin };
    const { row } = test;
    const segment = program.segments.get(test.name);
    if (row.kind !== "scope" || segment === undefined || levels >= MOST_LEVELS) return name;
    if (row.depth > 0 || place > 0) {
      const whole = segmentForm(test.name);
      if (whole === null) return name;
      const value: Value = { kind: "condition", pred: segment.condition, type: { kind: "boolean" }, origin };
      const moved = relocate(value, row, place);
      levels++;
      const form = moved.kind === "condition" ? at(read(moved.pred, negated, place), origin) : name;
      levels--;
      return sizeOf(form) <= MOST_TESTS ? form : name;
    }
    const whole = segmentForm(test.name);
    if (whole === null) return name;
    return at(negated ? opposite(whole) : whole, origin);
  }

  function segmentForm(name: string): Form | null {
    const known = segments.get(name);
    if (known !== undefined) return known;
    const segment = program.segments.get(name);
    if (segment === undefined) return null;
    levels++;
    const form = read(segment.condition, false, 0);
    levels--;
    const answer = sizeOf(form) <= MOST_TESTS ? form : null;
    segments.set(name, answer);
    return answer;
  }

  /** The value with the traits of rows in play in their place, where they are small. */
  function inlined(value: Value, place: number): Value {
    let found = false;
    const by: Rewriter = {
      pred: (pred) => pred,
      value: (inner, at) => {
        if (inner.kind !== "trait") return partsOfValue(inner, at, by);
        const body = inner.row.kind === "scope" ? bodyOf(inner.name) : null;
        if (body === null) return inner;
        found = true;
        return inner.row.kind === "scope" && inner.row.depth === 0 && at === 0 ? body : relocate(body, inner.row, at);
      },
      row: (row, at) => partsOfRow(row, at, by),
      window: (window, at) => partsOfWindow(window, at, by),
      collection: (collection, at) => partsOfCollection(collection, at, by),
    };
    const answer = by.value(value, place);
    return found ? answer : value;
  }

  function bodyOf(name: string): Value | null {
    const known = traits.get(name);
    if (known !== undefined) return known;
    const trait = program.traits.get(name);
    if (trait === undefined || levels >= MOST_LEVELS) return null;
    levels++;
    const body = inlined(trait.value, 0);
    levels--;
    const answer = keyOf(body).length <= MOST_TEXT ? body : null;
    traits.set(name, answer);
    return answer;
  }

  /** The value is one of those, or is not. */
  function ofValue(value: Value, of: Allowed, negated: boolean, place: number, origin: Origin): Form {
    const core = coreOf(value);
    return among(core, negated ? complement(of, stepOf(core.type)) : of, place, origin);
  }

  /** The value is one of the allowed, missing perhaps among them. */
  function among(value: Value, allowed: Allowed, place: number, origin: Origin): Form {
    const step = stepOf(value.type);
    if (isNothing(allowed)) return { kind: "always", value: false, origin };
    if (++values > MOST_VALUES) return { kind: "limits", term: termOf(value, model), allowed, origin };
    switch (value.kind) {
      case "const": {
        const point = pointOf(value);
        if (point === null && value.value !== null) break;
        return { kind: "always", value: holds(allowed, point), origin };
      }
      case "widen":
        // A float is another number: what is inside is not looked at here.
        if (value.type.kind === "float") break;
        return among(value.value, allowed, place, origin);
      case "else": {
        const { fallback } = value;
        if (fallback.kind === "const") {
          const point = exactPoint(fallback, value.value);
          if (fallback.value === null || point !== null)
            return among(value.value, { ...allowed, missing: holds(allowed, point) }, place, origin);
        }
        const known = among(value.value, { ...allowed, missing: false }, place, origin);
        const missing = among(value.value, complement(KNOWN, step), place, origin);
        return joined(false, [known, joined(true, [missing, among(fallback, allowed, place, origin)], origin)], origin);
      }
      case "if": {
        const branch = (negated: boolean, inner: Value): Form =>
          joined(true, [read(value.cond, negated, place), among(inner, allowed, place, origin)], origin);
        return joined(false, [branch(false, value.yes), branch(true, value.no)], origin);
      }
      case "condition": {
        const [yes, no] = [holds(allowed, 1n), holds(allowed, 0n)];
        if (yes === no) return { kind: "always", value: yes, origin };
        return at(read(value.pred, no, place), origin);
      }
      default:
    }
    return { kind: "limits", term: termOf(value, model), allowed, origin };
  }
}

function limits(term: Term, of: Allowed, negated: boolean, origin: Origin): Form {
  return { kind: "limits", term, allowed: negated ? complement(of, term.step) : of, origin };
}

const joined = (conjunctive: boolean, items: readonly Form[], origin: Origin): Form => ({
  kind: conjunctive ? "and" : "or",
  items,
  origin,
});

const FLIPPED: Readonly<Record<CompareOp, CompareOp>> = { "=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

/** All of a form as it is blamed from somewhere else. */
function at(form: Form, origin: Origin): Form {
  return form.kind === "and" || form.kind === "or"
    ? { ...form, items: form.items.map((item) => at(item, origin)), origin }
    : { ...form, origin };
}

/** The negation of a form. */
export function opposite(form: Form): Form {
  switch (form.kind) {
    case "always":
      return { ...form, value: !form.value };
    case "and":
    case "or":
      return { ...form, kind: form.kind === "and" ? "or" : "and", items: form.items.map(opposite) };
    case "limits":
      return { ...form, allowed: complement(form.allowed, form.term.step) };
    case "window":
    case "atom":
      return { ...form, positive: !form.positive };
  }
}

/** What a wider number is made of, where all comparisons stay exact: whole numbers and decimals; a whole number beside a float. */
function coreOf(value: Value): Value {
  if (value.kind !== "widen") return value;
  return value.type.kind === "float" && value.value.type.kind !== "integer" ? value : coreOf(value.value);
}

/** A double beyond which whole numbers have no double of their own. */
const EXACT = 2 ** 53;

/** A constant as a point beside a value; null where it is none, or the comparison would not be exact. */
function exactPoint(constant: Const, value: Value): Point | null {
  const core = coreOf(value);
  if (constant.type.kind !== "float" || core.type.kind === "float") return pointOf(constant);
  const double = Number(constant.value);
  if (constant.value === null || core.type.kind !== "integer" || !(Math.abs(double) < EXACT)) return null;
  const below = BigInt(Math.floor(double)) * 1_000_000_000n;
  return Number.isInteger(double) ? below : below + 500_000_000n;
}

/** The days between two dates; null of other windows. */
function daysOf({ from, to }: Window): Allowed | null {
  const [start, end] = [from, to].map((bound) => {
    if (bound?.kind !== "value" || bound.value.kind !== "const" || bound.value.type.kind !== "date") return null;
    const point = pointOf(bound.value);
    return typeof point === "bigint" ? point + (bound.edge === "end" ? 1n : 0n) : null;
  });
  if ((from !== null && start === null) || (to !== null && end === null)) return null;
  return between(start ?? null, end ?? null, false, 1n);
}
