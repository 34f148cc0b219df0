import type { Origin, Pred, Test, Value } from "../../../language/meaning/ir.ts";
import type { Program } from "../../../language/meaning/program.ts";
import { BOOLEAN } from "../../../language/types/type.ts";
import {
  and,
  compare,
  count,
  edges,
  known,
  not,
  number,
  or,
  type Probe,
  situations,
  test,
  type Wrap,
} from "./probe.ts";
import { collectionProbes, operatorsOf, valueProbes } from "./value-probes.ts";

/** The probes of a condition, and of everything inside it. */
export function* probes(pred: Pred, wrap: Wrap, program: Program): Generator<Probe> {
  switch (pred.kind) {
    case "always":
      return;
    case "countOf":
      yield* situations([pred.mode], wrap, { at: pred, above: not(pred) });
      for (const item of pred.items) yield* probes(item, wrap, program);
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
    case "anniversaryIn":
      yield* situations(["anniversary in"], wrap, {
        missing: not(known(t.value, o)),
        at: test(t, o),
        above: and(o, known(t.value, o), not(test(t, o))),
      });
      yield* valueProbes([t.value], wrap, program);
      return;
    case "has": {
      const there: Test = { kind: "listKnown", list: t.list };
      const unknown = t.options.filter((option) => option.kind !== "const").map((option) => not(known(option, o)));
      yield* situations([`has ${t.mode}${t.ignoreCase ? " ignoring case" : ""}`], wrap, {
        missing: or(o, not(test(there, o)), ...unknown),
        at: test(t, o),
        above: and(o, test(there, o), not(test(t, o))),
      });
      yield* valueProbes(t.options, wrap, program);
      return;
    }
    case "listKnown":
      yield* situations(["list is known"], wrap, { missing: not(test(t, o)), at: test(t, o) });
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
    case "top":
      yield* situations([`${t.which}${t.ties ? " with ties" : ""}`], wrap, {
        missing: not(test({ ...t, amount: { kind: "share", share: "1" } }, o)),
        at: test(t, o),
        above: not(test(t, o)),
      });
      return;
    case "bucket":
      yield* situations(["sample or arm"], wrap, { at: test(t, o), above: not(test(t, o)) });
      return;
    case "segment":
      yield* situations(["segment"], wrap, { at: test(t, o), above: not(test(t, o)) });
      return;
    case "stored":
      yield* situations(["snapshot"], wrap, { at: test(t, o), above: not(test(t, o)) });
  }
}
