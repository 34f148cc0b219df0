import type { Collection, Origin, Pred, Row, Step, Value } from "../../../language/meaning/ir.ts";
import type { Program } from "../../../language/meaning/program.ts";
import type { Duration } from "../../../language/model/model.ts";
import { isScalar } from "../../../language/types/kinds.ts";
import { probes } from "./condition-probes.ts";
import {
  atField,
  compare,
  count,
  edges,
  intoElements,
  intoMembers,
  known,
  not,
  number,
  type Probe,
  situations,
  type Wrap,
} from "./probe.ts";

/** The names of what a value is made of. */
export function operatorsOf(value: Value): string[] {
  switch (value.kind) {
    case "arithmetic":
      return [value.op, ...operatorsOf(value.left), ...operatorsOf(value.right)];
    case "else":
      return ["else", ...operatorsOf(value.value)];
    case "since":
      return [`${value.unit}s_since`, ...operatorsOf(value.value)];
    case "aggregate":
      return [value.of?.kind === "gap" ? ".gaps" : `.${value.fn}`];
    case "group":
      return ["group"];
    case "groupAggregate":
      return ["aggregate of a group"];
    case "periodIndex":
      return [value.kind, ...operatorsOf(value.value)];
    case "field":
      return value.row.kind === "pick" ? [`.${value.row.which}`] : value.row.kind === "link" ? ["link"] : [];
    case "part":
      return [value.part, ...operatorsOf(value.value)];
    case "elapsed":
      return [`time between ${value.from.type.kind}s`, ...operatorsOf(value.from), ...operatorsOf(value.to)];
    case "widen":
    case "start_of":
    case "anniversary":
    case "local_date":
    case "shift":
      return [value.kind, ...operatorsOf(value.value)];
    case "function":
      return [value.fn, ...value.args.flatMap(operatorsOf)];
    case "json":
      return ["json"];
    case "if":
      return ["if", ...operatorsOf(value.yes), ...operatorsOf(value.no)];
    case "tile":
      return [value.tiles === "percentile" ? "percentile_rank" : "ntile"];
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

export function* valueProbes(values: readonly Value[], wrap: Wrap, program: Program): Generator<Probe> {
  for (const value of values) {
    switch (value.kind) {
      case "aggregate": {
        const o = value.origin;
        const n = count(value.collection, o);
        yield* situations(operatorsOf(value), wrap, { empty: compare(n, "=", number(0, o), o) });
        if (value.of && value.of.kind !== "gap")
          yield* valueProbes([value.of], intoElements(value.collection, wrap), program);
        if (value.cond) yield* probes(value.cond, intoElements(value.collection, wrap), program);
        yield* collectionProbes(value.collection, o, wrap, program);
        break;
      }
      case "field":
        yield* rowProbes(value.row, value.origin, wrap, program);
        break;
      case "json":
        yield* rowProbes(value.row, value.origin, wrap, program);
        break;
      case "function":
        yield* valueProbes(value.args, wrap, program);
        break;
      case "if":
        yield* situations(["if"], wrap, { below: not(value.cond), above: value.cond });
        yield* probes(value.cond, wrap, program);
        yield* valueProbes([value.yes, value.no], wrap, program);
        break;
      case "arithmetic":
        yield* valueProbes([value.left, value.right], wrap, program);
        break;
      case "else":
        yield* valueProbes([value.value, value.fallback], wrap, program);
        break;
      case "groupAggregate":
        if (value.of) yield* valueProbes([value.of], intoMembers(value, wrap), program);
        if (value.cond) yield* probes(value.cond, intoMembers(value, wrap), program);
        break;
      case "elapsed":
        yield* valueProbes([value.from, value.to], wrap, program);
        break;
      case "part":
      case "start_of":
      case "anniversary":
      case "widen":
      case "local_date":
      case "shift":
      case "since":
      case "periodIndex":
        yield* valueProbes([value.value], wrap, program);
        break;
      case "negate":
        yield* valueProbes([value.operand], wrap, program);
        break;
      case "condition":
        yield* probes(value.pred, wrap, program);
        break;
      // What it ranks by is of rows of its own.
      case "tile":
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

export function* collectionProbes(c: Collection, o: Origin, wrap: Wrap, program: Program): Generator<Probe> {
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
    } else if (step.kind === "take") {
      yield* takeProbes(before, step, wrap, program);
    } else if (step.kind === "neighbour") {
      yield* neighbourProbes({ ...c, steps: c.steps.slice(0, i + 1) }, step, wrap, program);
    } else if (step.kind === "per") {
      const groups = count({ ...c, steps: c.steps.slice(0, i + 1) }, o);
      yield* situations([GROUPING[step.key.kind] ?? ".per(value)"], wrap, {
        empty: compare(n, "=", number(0, o), o),
        // What happened has a calendar day.
        ...(step.key.kind === "start_of" ? {} : { missing: intoElements(before, (p) => p)(not(known(step.key, o))) }),
        at: compare(groups, "=", number(1, o), o),
        above: compare(groups, ">", number(1, o), o),
      });
      yield* valueProbes([step.key], intoElements(before, wrap), program);
    } else if (step.kind === "afterGap" || step.kind === "flatten") {
      const name = step.kind === "flatten" ? "collections of collections" : ".after_gap";
      const some = count({ ...c, steps: c.steps.slice(0, i + 1) }, o);
      yield* situations([name], wrap, {
        empty: compare(n, "=", number(0, o), o),
        below: compare(some, "=", number(0, o), o),
        above: compare(some, ">", number(0, o), o),
      });
    }
  }
}

/** Fewer elements than are taken, as many, and more. */
function* takeProbes(
  before: Collection,
  step: Extract<Step, { kind: "take" }>,
  wrap: Wrap,
  program: Program,
): Generator<Probe> {
  const o = step.origin;
  const n = count(before, o);
  yield* situations([`.${step.which}(n)`], wrap, {
    empty: compare(n, "=", number(0, o), o),
    below: compare(n, "<", number(step.n, o), o),
    at: compare(n, "=", number(step.n, o), o),
    above: compare(n, ">", number(step.n, o), o),
  });
  if (step.by) yield* valueProbes([step.by], intoElements(before, wrap), program);
}

const GROUPING: Readonly<Record<string, string>> = { periodIndex: ".per(7d)", start_of: ".per(month)" };

/** None and some that are left; the end of `within` hit; a field that is to be the same missing. `c` ends in the step. */
function* neighbourProbes(
  c: Collection,
  step: Extract<Step, { kind: "neighbour" }>,
  wrap: Wrap,
  program: Program,
): Generator<Probe> {
  const o = step.origin;
  const before: Collection = { ...c, steps: c.steps.slice(0, -1) };
  const left = count(c, o);
  const word = `.${step.negated ? "not_" : ""}${step.direction}_by`;
  yield* situations([word], wrap, {
    empty: compare(count(before, o), "=", number(0, o), o),
    below: compare(left, "=", number(0, o), o),
    above: compare(left, ">", number(0, o), o),
  });
  if (step.within !== null) {
    const without = (within: Duration | null): Value =>
      count({ ...c, steps: [...before.steps, { ...step, within }] }, o);
    yield* situations(["within"], wrap, {
      at: not(compare(left, "=", without({ ...step.within, amount: step.within.amount - 1 }), o)),
      above: not(compare(left, "=", without(null), o)),
    });
  }
  const fields = program.model.entities.get(c.entity)?.fields;
  for (const name of step.same) {
    const type = fields?.get(name)?.type;
    if (type === undefined || !isScalar(type)) continue;
    const row: Row = { kind: "scope", depth: c.depth, entity: c.entity };
    const isKnown: Pred = known({ kind: "field", row, field: name, type, origin: o }, o);
    const without = count({ ...c, steps: [...before.steps, { ...step, same: [] }] }, o);
    yield* situations(["same"], wrap, {
      missing: intoElements(before, (p) => p)(not(isKnown)),
      above: not(compare(left, "=", without, o)),
    });
  }
  yield* collectionProbes(step.other, o, wrap, program);
}
