import { describe, expect, test } from "vitest";
import { bind } from "../../language/meaning/bind.ts";
import { parseInstant } from "../../language/meaning/calendar.ts";
import type { Circumstances, Program, Test, Value } from "../../language/meaning/ir.ts";
import { normalize } from "../../language/meaning/normalize.ts";
import {
  partsOfCollection,
  partsOfPred,
  partsOfRow,
  partsOfValue,
  partsOfWindow,
  type Rewriter,
} from "../../language/meaning/traverse.ts";
import { DataProblem } from "../predicate/cell.ts";
import { interpret } from "../predicate/interpret.ts";
import { readWorld } from "../predicate/world.ts";
import { generateProgram } from "./programs/generate.ts";
import { rng } from "./random/rng.ts";

/** As-ofs at the ends of months and years, on leap days, and around the hours when clocks change. */
const MOMENTS: readonly (readonly [asOf: string, zone: string])[] = [
  ["2026-06-30T12:00:00Z", "UTC"],
  ["2026-02-28T12:00:00Z", "UTC"],
  ["2024-02-29T12:00:00Z", "UTC"],
  ["2026-12-31T23:59:59.999999Z", "UTC"],
  ["2026-03-29T01:30:00Z", "Europe/Berlin"],
  ["2026-04-29T00:30:00Z", "Europe/Berlin"],
  ["2026-10-25T01:30:00Z", "Europe/Berlin"],
  ["2026-11-25T01:30:00Z", "Europe/Berlin"],
  ["2026-11-01T04:31:00Z", "America/St_Johns"],
  ["1998-10-25T02:30:00Z", "America/St_Johns"],
  ["1998-11-25T03:31:00Z", "America/St_Johns"],
  ["1999-10-25T02:45:00Z", "America/St_Johns"],
  ["2011-12-31T10:00:00Z", "Pacific/Apia"],
];

/** Every node of a program, counted by kind. */
function census(program: Program): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  const derived = ({ kind }: Value) => kind === "since" || kind === "local_date";
  const onTest = (found: Test) => {
    count(found.kind);
    if (found.kind === "compare" && derived(found.left) && found.right.kind === "const")
      count("derived beside a constant");
  };
  const by: Rewriter = {
    pred: (pred, place) => {
      count(pred.kind);
      if (pred.kind === "test" || pred.kind === "settled") onTest(pred.test);
      if (pred.kind === "settled" && pred.whenMissing !== pred.negated) count("settled otherwise");
      if (
        (pred.kind === "and" || pred.kind === "or") &&
        (pred.items.length < 2 || pred.items.some((i) => i.kind === pred.kind))
      )
        count("not flat");
      return partsOfPred(pred, place, by);
    },
    value: (value, place) => {
      count(value.kind);
      if (value.kind === "since" && value.now === null) count("since without now");
      return partsOfValue(value, place, by);
    },
    row: (row, place) => {
      if (row.kind === "scope" && row.depth > place) count("scope out of reach");
      return partsOfRow(row, place, by);
    },
    collection: (collection, place) => {
      if (collection.depth !== place + 1) count("depth out of step");
      return partsOfCollection(collection, place, by);
    },
    window: (window, place) => {
      for (const bound of [window.from, window.to]) if (bound) count(`bound ${bound.kind}`);
      return partsOfWindow(window, place, by);
    },
  };
  for (const segment of program.segments.values()) by.pred(segment.condition, 0);
  return counts;
}

/** The members of every segment; null where the data are not in order. */
function answers(program: Program, world: Parameters<typeof interpret>[1], circumstances: Circumstances) {
  const judge = interpret(program, world, circumstances);
  return [...program.segments.keys()].map((name) => {
    try {
      return { name, members: judge.members(name) };
    } catch (error) {
      if (!(error instanceof DataProblem)) throw error;
      return { name, members: null };
    }
  });
}

const ROUNDS = 40;

describe("programs at random, over people at random", () => {
  const seen = new Map<string, number>();
  const left = new Map<string, number>();
  const add = (to: Map<string, number>, from: ReadonlyMap<string, number>) => {
    for (const [name, count] of from) to.set(name, (to.get(name) ?? 0) + count);
  };
  let filled = 0;
  let asked = 0;

  for (const [index, [asOf, zone]] of MOMENTS.entries()) {
    test(`bound and normal programs have the members of what was written, as of ${asOf} in ${zone}`, () => {
      const circumstances = { asOf: parseInstant(asOf, "UTC") as bigint, zone, params: new Map() };
      for (let round = 0; round < ROUNDS; round++) {
        const seed = index * 1000 + round;
        const { program, tables } = generateProgram(rng(seed), asOf, zone);
        const world = readWorld(program.model, tables);
        const bound = bind(program, circumstances);
        const normal = normalize(bound, zone);
        add(seen, census(bound));
        add(left, census(normal));

        const written = answers(program, world, circumstances);
        const afterBind = answers(bound, world, circumstances);
        const afterNormalize = answers(normal, world, circumstances);
        written.forEach(({ name, members }, i) => {
          if (members === null) return;
          expect(afterBind[i], `seed ${seed}`).toEqual({ name, members });
          expect(afterNormalize[i], `seed ${seed}`).toEqual({ name, members });
          asked++;
          if (members.length > 0) filled++;
        });
        const judge = interpret(program, world, circumstances);
        const of = (name: string) => written.find((answer) => answer.name === name)?.members ?? null;
        for (const segment of program.segments.values()) {
          const [inside, outside] = [of(segment.name), of(`Not${segment.name}`)];
          if (inside === null || outside === null) continue;
          expect([...inside, ...outside].sort()).toEqual([...judge.population(segment.entity)].sort());
        }
      }
    });
  }

  test("all that a normal program may not have is gone, and what was turned round was there before", () => {
    for (const kind of ["not", "test", "trait", "param", "today", "now", "bound asOf", "bound calendar"])
      expect([kind, left.get(kind) ?? 0]).toEqual([kind, 0]);
    for (const kind of [
      "settled otherwise",
      "not flat",
      "since without now",
      "scope out of reach",
      "depth out of step",
    ])
      expect([kind, left.get(kind) ?? 0]).toEqual([kind, 0]);
    expect(seen.get("derived beside a constant")).toBeGreaterThan(1000);
    expect(left.get("derived beside a constant") ?? 0).toBeLessThan((seen.get("derived beside a constant") ?? 0) / 10);
    expect(filled / asked).toBeGreaterThan(0.3);
    for (const kind of ["trait", "segment", "inWindow", "bound value", "between", "oneOf", "condition", "linked"])
      expect(seen.get(kind)).toBeGreaterThan(100);
    expect(left.get("when")).toBeGreaterThan(10);
  });
});
