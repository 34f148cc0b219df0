import { describe, expect, test } from "vitest";
import { type Verdict, verdictsOf } from "../../language/lint/verdicts.ts";
import type { Origin, Pred, Value } from "../../language/meaning/ir.ts";
import type { Program } from "../../language/meaning/program.ts";
import {
  partsOfCollection,
  partsOfPred,
  partsOfRow,
  partsOfValue,
  partsOfWindow,
  type Rewriter,
} from "../../language/meaning/traverse.ts";
import { interpret } from "../predicate/interpret.ts";
import type { World } from "../predicate/rows.ts";
import { readWorld } from "../predicate/world.ts";
import { type Judged, judge } from "./random/agree.ts";
import { generate } from "./random/generate.ts";
import { type Rng, rng } from "./random/rng.ts";
import type { Case, Gen, GenSegment } from "./random/shape.ts";

const SIZE = { segments: 12, people: 40 };
const SEEDS = Array.from({ length: 16 }, (_, i) => i + 1);
const MIXED = 40;

/** The conditions that a condition consists of, where its own names hold. */
function leavesOf(gen: Gen): readonly Gen[] {
  if (gen.kind === "and" || gen.kind === "or" || gen.kind === "counted") return gen.items.flatMap(leavesOf);
  return gen.kind === "not" ? leavesOf(gen.item) : [gen];
}

const OPERATORS = ["=", "!=", "<", "<=", ">", ">="];

/** The condition, or one about the same values that compares them otherwise. */
function turned(r: Rng, gen: Gen): Gen {
  if (gen.kind !== "compare" || gen.ignoreCase || r.chance(0.3)) return gen;
  return { ...gen, op: r.pick(gen.left.type === "boolean" ? ["=", "!="] : OPERATORS) };
}

/** Segments out of conditions of few others, so that much in them follows from one another, or cannot hold together. */
function mixed(c: Case): Case {
  const r = rng(c.seed);
  const sources = c.segments.filter(({ name }) => /^S\d/.test(name));
  const more = Array.from({ length: MIXED }, (_, i): GenSegment => {
    const { of } = r.pick(sources);
    const own = sources.filter((one) => one.of === of);
    const few = [r.pick(own), r.pick(own)].flatMap(({ cond }) => leavesOf(cond)).slice(0, 3);
    const item = (depth: number): Gen => {
      if (depth < 2 && r.chance(0.4)) {
        const items = [item(depth + 1), item(depth + 1)];
        return { kind: r.pick(["and", "or"] as const), type: "yes", items };
      }
      const leaf = turned(r, r.pick(few));
      return r.chance(0.2) ? { kind: "not", type: "yes", item: leaf } : leaf;
    };
    return {
      name: `V${i}`,
      of,
      cond: { kind: r.pick(["and", "or"] as const), type: "yes", items: [item(0), item(0), item(0)] },
    };
  });
  return { ...c, segments: [...sources, ...more] };
}

const isAt = (a: Origin, b: Origin): boolean =>
  a.file === b.file && a.span.start === b.span.start && a.span.end === b.span.end;

/** The condition, with what a verdict says of one in it put in that one's place; `which` of those that stand at its place. Null where there is none. */
function believed(pred: Pred, verdict: Verdict, which: number): Pred | null {
  let seen = 0;
  const isMeant = (origin: Origin): boolean => isAt(origin, verdict.origin) && seen++ === which;
  const by: Rewriter = {
    pred(inner, place) {
      if ((inner.kind === "and" || inner.kind === "or") && verdict.kind === "redundant") {
        const items = inner.items.filter((item) => !isMeant(item.origin));
        return { ...inner, items: items.map((item) => partsOfPred(item, place, by)) };
      }
      if (verdict.kind !== "redundant" && isMeant(inner.origin))
        return { kind: "always", value: verdict.kind === "always", origin: inner.origin };
      return partsOfPred(inner, place, by);
    },
    value: (value: Value, place) => partsOfValue(value, place, by),
    row: (row, place) => partsOfRow(row, place, by),
    window: (window, place) => partsOfWindow(window, place, by),
    collection(collection, place) {
      const steps = collection.steps.map((step) =>
        step.kind === "window" && isMeant(step.origin)
          ? ({
              kind: "where",
              cond: { kind: "always", value: false, origin: step.origin },
              origin: step.origin,
            } as const)
          : step,
      );
      return partsOfCollection({ ...collection, steps }, place, by);
    },
  };
  const answer = by.pred(pred, 0);
  return seen > which ? answer : null;
}

/** Who is in the segment when the verdict is believed, in each way in which its place can be understood. */
function answersOf({ program, when }: Judged, world: World, name: string, verdict: Verdict): readonly string[] {
  const segment = program.segments.get(name);
  if (segment === undefined) return [];
  // A negation may stand at the very place of what it negates.
  return [0, 1].flatMap((which) => {
    const condition = believed(segment.condition, verdict, which);
    if (condition === null) return [];
    const segments = new Map(program.segments).set(name, { ...segment, condition });
    const changed: Program = { ...program, segments };
    return [interpret(changed, world, when).members(name).join(" ")];
  });
}

const segmentAt = ({ program }: Judged, { span }: Origin): string | null => {
  for (const { name, condition } of program.segments.values())
    if (/^[SV]\d+$/.test(name) && condition.origin.span.start <= span.start && span.end <= condition.origin.span.end)
      return name;
  return null;
};

describe("what the reasoner says holds of all people", () => {
  test("no verdict is contradicted by people made up", () => {
    const counts: Record<Verdict["kind"], number> = { never: 0, always: 0, dead: 0, redundant: 0 };
    for (const seed of SEEDS) {
      const judged = judge(mixed(generate(seed, SIZE)));
      const world = readWorld(judged.program.model, judged.case.tables);
      for (const verdict of verdictsOf(judged)) {
        const name = segmentAt(judged, verdict.origin);
        if (verdict.declared || name === null) continue;
        const answers = answersOf(judged, world, name, verdict);
        if (answers.length === 0) continue;
        counts[verdict.kind]++;
        const { start, end } = verdict.origin.span;
        expect(answers, `seed ${seed}, ${name}: ${judged.text.slice(start, end)} is ${verdict.kind}`).toContain(
          (judged.members.get(name) ?? []).join(" "),
        );
      }
    }
    // Many of each kind were tried.
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(50);
  });

  test("a verdict that is wrong would be", () => {
    let noticed = 0;
    for (const seed of SEEDS.slice(0, 5)) {
      const judged = judge(mixed(generate(seed, SIZE)));
      const world = readWorld(judged.program.model, judged.case.tables);
      const told = verdictsOf(judged);
      for (const [name, { condition }] of judged.program.segments) {
        const members = judged.members.get(name) ?? [];
        if (members.length === 0 || told.some(({ origin }) => isAt(origin, condition.origin))) continue;
        const wrong: Verdict = { kind: "never", origin: condition.origin, by: null, declared: false };
        if (!answersOf(judged, world, name, wrong).includes(members.join(" "))) noticed++;
      }
    }
    expect(noticed).toBeGreaterThan(50);
  });
});
