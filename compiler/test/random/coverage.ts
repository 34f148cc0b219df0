import type { Collection, Const, Origin, Pred, Row, Test, Value, Window } from "../../../language/meaning/ir.ts";
import type { Circumstances, Program } from "../../../language/meaning/program.ts";
import { BOOLEAN, INTEGER } from "../../../language/types/type.ts";
import { interpret } from "../../predicate/interpret.ts";
import type { World } from "../../predicate/rows.ts";

/**
 * What the people of a case did to the operators of its segments: for every test, probes that are segments themselves ("the left side is
 * missing", "equal to the edge", …) are put to the interpreter, and the people they hold for are counted.
 */
export const SITUATIONS = ["missing", "below", "at", "above", "empty", "tie", "dirty"] as const;
export type Situation = (typeof SITUATIONS)[number];
export type Coverage = Map<string, Map<Situation, number>>;

/** Puts a condition about an element back in front of the subject: "there is an element for which …". */
type Wrap = (inner: Pred) => Pred;

interface Probe {
  readonly operator: string;
  readonly situation: Situation;
  readonly pred: Pred;
}

const or = (origin: Origin, ...items: Pred[]): Pred => ({ kind: "or", items, origin });
const and = (origin: Origin, ...items: Pred[]): Pred => ({ kind: "and", items, origin });
const not = (item: Pred): Pred => ({ kind: "not", item, origin: item.origin });
const test = (t: Test, origin: Origin): Pred => ({ kind: "test", test: t, origin });
const known = (value: Value, origin: Origin): Pred => test({ kind: "known", value }, origin);
const compare = (left: Value, op: "=" | "<" | ">", right: Value, origin: Origin, ignoreCase = false): Pred =>
  test({ kind: "compare", op, left, right, ignoreCase }, origin);
const number = (n: number, origin: Origin): Const => ({ kind: "const", type: INTEGER, value: String(n), origin });
const count = (collection: Collection, origin: Origin): Value => ({
  kind: "aggregate",
  fn: "count",
  collection,
  of: null,
  cond: null,
  type: INTEGER,
  origin,
});

/** The probes of a condition, and of everything inside it. */
function* probes(pred: Pred, wrap: Wrap, program: Program): Generator<Probe> {
  switch (pred.kind) {
    case "always":
      return;
    case "and":
    case "or":
      for (const item of pred.items) yield* probes(item, wrap, program);
      return;
    case "not":
      yield* probes(pred.item, wrap, program);
      return;
    case "test":
      yield* testProbes(pred.test, pred.origin, wrap, program);
      return;
    case "settled":
      yield* testProbes(pred.test, pred.origin, wrap, program);
  }
}

function* situations(operators: Iterable<string>, wrap: Wrap, of: Partial<Record<Situation, Pred>>): Generator<Probe> {
  for (const operator of operators) {
    for (const [situation, pred] of Object.entries(of))
      yield { operator, situation: situation as Situation, pred: wrap(pred) };
  }
}

function* testProbes(t: Test, o: Origin, wrap: Wrap, program: Program): Generator<Probe> {
  switch (t.kind) {
    case "compare": {
      const operators = [
        t.op + (t.ignoreCase ? " ignoring case" : ""),
        ...operatorsOf(t.left),
        ...operatorsOf(t.right),
      ];
      const boolean = t.left.type.kind === "boolean";
      yield* situations(operators, wrap, {
        missing: or(o, not(known(t.left, o)), not(known(t.right, o))),
        ...(boolean ? {} : { below: compare(t.left, "<", t.right, o), above: compare(t.left, ">", t.right, o) }),
        at: compare(t.left, "=", t.right, o, t.ignoreCase),
      });
      yield* valueProbes([t.left, t.right], wrap, program);
      return;
    }
    case "oneOf":
      yield* situations([`in list${t.ignoreCase ? " ignoring case" : ""}`], wrap, {
        missing: not(known(t.value, o)),
        at: test(t, o),
        above: and(o, known(t.value, o), not(test(t, o))),
      });
      yield* valueProbes([t.value], wrap, program);
      return;
    case "between": {
      const ends = [t.from, t.to].filter((v): v is Value => v !== null);
      yield* situations(["in range"], wrap, {
        missing: not(known(t.value, o)),
        ...(t.from ? { below: compare(t.value, "<", t.from, o) } : {}),
        ...(t.to ? { above: compare(t.value, ">", t.to, o) } : {}),
        at: or(o, ...ends.map((end) => compare(t.value, "=", end, o))),
      });
      yield* valueProbes([t.value, ...ends], wrap, program);
      return;
    }
    case "inWindow":
      yield* situations(["in window"], wrap, { missing: not(known(t.value, o)), ...edges(t.value, t.window, o) });
      yield* valueProbes([t.value], wrap, program);
      return;
    case "text":
      yield* situations([t.mode + (t.ignoreCase ? " ignoring case" : "")], wrap, {
        missing: not(known(t.value, o)),
        at: test(t, o),
        above: and(o, known(t.value, o), not(test(t, o))),
      });
      yield* valueProbes([t.value, t.needle], wrap, program);
      return;
    case "known":
      yield* situations(["is known"], wrap, { missing: not(test(t, o)), at: test(t, o) });
      yield* valueProbes([t.value], wrap, program);
      return;
    case "linked":
      yield* situations(["link is known"], wrap, { missing: not(test(t, o)), at: test(t, o) });
      return;
    case "truth":
      yield* situations(["yes/no"], wrap, {
        missing: not(known(t.value, o)),
        at: test(t, o),
        above: compare(t.value, "=", { kind: "const", type: BOOLEAN, value: false, origin: o }, o),
      });
      yield* valueProbes([t.value], wrap, program);
      return;
    case "exists": {
      const n = count(t.collection, o);
      yield* situations(["any?"], wrap, {
        empty: compare(n, "=", number(0, o), o),
        at: compare(n, "=", number(1, o), o),
        above: compare(n, ">", number(1, o), o),
      });
      yield* collectionProbes(t.collection, o, wrap, program);
      return;
    }
    case "segment":
      yield* situations(["segment"], wrap, { at: test(t, o), above: not(test(t, o)) });
  }
}

/** Before, at and after the bounds of a window that stands still (bound, not anchored). */
function edges(value: Value, window: Window, o: Origin): Partial<Record<Situation, Pred>> {
  const from = window.from?.kind === "at" ? window.from.value : null;
  const to = window.to?.kind === "at" ? window.to.value : null;
  const ends = [from, to].filter((c): c is Const => c !== null);
  return {
    ...(from ? { below: compare(value, "<", from, o) } : {}),
    ...(to ? { above: compare(value, ">", to, o) } : {}),
    ...(ends.length ? { at: or(o, ...ends.map((c) => compare(value, "=", c, o))) } : {}),
  };
}

/** The names of what a value is made of. */
function operatorsOf(value: Value): string[] {
  switch (value.kind) {
    case "arithmetic":
      return [value.op, ...operatorsOf(value.left), ...operatorsOf(value.right)];
    case "else":
      return ["else", ...operatorsOf(value.value)];
    case "since":
      return [`${value.unit}s_since`, ...operatorsOf(value.value)];
    case "aggregate":
      return [`.${value.fn}`];
    case "field":
      return value.row.kind === "pick" ? [`.${value.row.which}`] : value.row.kind === "link" ? ["link"] : [];
    case "widen":
    case "local_date":
    case "shift":
      return [value.kind, ...operatorsOf(value.value)];
    case "negate":
      return ["negate", ...operatorsOf(value.operand)];
    case "const":
    case "param":
    case "trait":
    case "today":
    case "now":
    case "condition":
    case "when":
      return [];
    default:
      throw new Error(`no probe of ${value.kind} yet`);
  }
}

function* valueProbes(values: readonly Value[], wrap: Wrap, program: Program): Generator<Probe> {
  for (const value of values) {
    switch (value.kind) {
      case "aggregate": {
        const o = value.origin;
        const n = count(value.collection, o);
        yield* situations([`.${value.fn}`], wrap, { empty: compare(n, "=", number(0, o), o) });
        if (value.of) yield* valueProbes([value.of], intoElements(value.collection, wrap), program);
        if (value.cond) yield* probes(value.cond, intoElements(value.collection, wrap), program);
        yield* collectionProbes(value.collection, o, wrap, program);
        break;
      }
      case "field":
        yield* rowProbes(value.row, value.origin, wrap, program);
        break;
      case "arithmetic":
        yield* valueProbes([value.left, value.right], wrap, program);
        break;
      case "else":
        yield* valueProbes([value.value, value.fallback], wrap, program);
        break;
      case "widen":
      case "local_date":
      case "shift":
      case "since":
        yield* valueProbes([value.value], wrap, program);
        break;
      case "negate":
        yield* valueProbes([value.operand], wrap, program);
        break;
      case "condition":
        yield* probes(value.pred, wrap, program);
        break;
      case "const":
      case "param":
      case "trait":
      case "today":
      case "now":
      case "when":
        break;
    }
  }
}

function* rowProbes(row: Row, o: Origin, wrap: Wrap, program: Program): Generator<Probe> {
  if (row.kind === "link") yield* rowProbes(row.from, o, wrap, program);
  if (row.kind !== "pick") return;
  const c = row.collection;
  const n = count(c, o);
  const at = atField(c, { kind: "scope", depth: c.depth, entity: c.entity }, program, o);
  const picked = atField(c, row, program, o);
  yield* situations([`.${row.which}`], wrap, {
    empty: compare(n, "=", number(0, o), o),
    ...(at && picked
      ? {
          tie: compare(
            count({ ...c, steps: [...c.steps, { kind: "where", cond: compare(at, "=", picked, o), origin: o }] }, o),
            ">",
            number(1, o),
            o,
          ),
        }
      : {}),
  });
  yield* collectionProbes(c, o, wrap, program);
}

function atField(c: Collection, row: Row, program: Program, o: Origin): Value | null {
  const entity = program.model.entities.get(c.entity);
  const field = entity?.at ? entity.fields.get(entity.at) : undefined;
  if (!field || (field.type.kind !== "date" && field.type.kind !== "timestamp")) return null;
  return { kind: "field", row, field: field.name, type: field.type, origin: o };
}

const intoElements =
  (c: Collection, wrap: Wrap): Wrap =>
  (inner) =>
    wrap(
      test(
        {
          kind: "exists",
          collection: { ...c, steps: [...c.steps, { kind: "where", cond: inner, origin: inner.origin }] },
        },
        inner.origin,
      ),
    );

function* collectionProbes(c: Collection, o: Origin, wrap: Wrap, program: Program): Generator<Probe> {
  for (const [i, step] of c.steps.entries()) {
    const before: Collection = { ...c, steps: c.steps.slice(0, i) };
    const n = count(before, o);
    if (step.kind === "where") {
      yield* situations([".where"], wrap, { empty: compare(n, "=", number(0, o), o) });
      yield* probes(step.cond, intoElements(before, wrap), program);
    } else if (step.kind === "window") {
      const at = atField(c, { kind: "scope", depth: c.depth, entity: c.entity }, program, o);
      if (at) yield* situations(["window step"], intoElements(before, wrap), edges(at, step.window, o));
      yield* situations(["window step"], wrap, { empty: compare(n, "=", number(0, o), o) });
    }
  }
}

/** Adds what a bound program's people did to its operators. `dirty` are the keys of people who have a row that breaks a promise of the model. */
export function addCoverage(
  into: Coverage,
  bound: Program,
  world: World,
  when: Circumstances,
  dirty: ReadonlySet<string>,
): void {
  const segments = new Map(bound.segments);
  const asked: { probe: Probe; name: string }[] = [];
  const operatorsOfSegment = new Map<string, Set<string>>();
  for (const s of bound.segments.values()) {
    for (const probe of probes(s.condition, (p) => p, bound)) {
      const name = `probe ${asked.length}`;
      asked.push({ probe, name });
      segments.set(name, { ...s, name, condition: probe.pred });
      const seen = operatorsOfSegment.get(s.name) ?? new Set<string>();
      operatorsOfSegment.set(s.name, seen.add(probe.operator));
    }
  }
  const judge = interpret({ ...bound, segments }, world, when);
  const add = (operator: string, situation: Situation, n: number): void => {
    const row = into.get(operator) ?? new Map<Situation, number>();
    into.set(operator, row.set(situation, (row.get(situation) ?? 0) + n));
  };
  for (const { probe, name } of asked) add(probe.operator, probe.situation, judge.members(name).length);
  for (const [segment, operators] of operatorsOfSegment) {
    const s = bound.segments.get(segment);
    if (!s) continue;
    const dirtyPeople = judge.population(s.entity).filter((key) => dirty.has(`${s.entity}:${key}`)).length;
    for (const operator of operators) add(operator, "dirty", dirtyPeople);
  }
}

/** The table, operators down, situations across; a dot where a situation cannot be. */
export function printCoverage(coverage: Coverage): string {
  const lines = [`${"operator".padEnd(26)}${SITUATIONS.map((s) => s.padStart(9)).join("")}`];
  for (const [operator, row] of [...coverage].sort(([a], [b]) => (a < b ? -1 : 1))) {
    lines.push(
      `${operator.padEnd(26)}${SITUATIONS.map((s) => (row.has(s) ? String(row.get(s)) : ".").padStart(9)).join("")}`,
    );
  }
  return lines.join("\n");
}
