import { describe, expect, test } from "vitest";
import { bind } from "../../language/meaning/bind.ts";
import { parseInstant } from "../../language/meaning/calendar.ts";
import type { Test, Value } from "../../language/meaning/ir.ts";
import { normalize } from "../../language/meaning/normalize.ts";
import { printPred } from "../../language/meaning/print.ts";
import type { Circumstances, Program } from "../../language/meaning/program.ts";
import {
  partsOfCollection,
  partsOfPred,
  partsOfRow,
  partsOfValue,
  partsOfWindow,
  type Rewriter,
} from "../../language/meaning/traverse.ts";
import { loadProject } from "../../language/project.ts";
import { SHOP_MODEL } from "../../language/test/model.ts";
import { sourceFile } from "../../language/text/source.ts";
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

describe("the normal form", () => {
  const TRAITS = `
    param none : text = ""
    trait n_orders = purchases.count
    trait busy = purchases.last90d.count > 3
    trait waits = days_since(signed_up_at)
    trait cost of Product = price else 0
    trait brand_name of Product = brand
    trait over_seats of Account = members.where(visits_count > seats).count
    trait dear of Purchase = items.where(price > amount).count
    segment Other where busy
    `;
  const normalOf = (where: string, asOf: string, zone: string): string => {
    const text = `${TRAITS} segment S where ${where}`;
    const project = loadProject([sourceFile("model.seg", SHOP_MODEL), sourceFile("segments.seg", text)]);
    expect(project.diagnostics.filter((d) => d.severity === "error").map((d) => `${d.code} ${d.message}`)).toEqual([]);
    const circumstances = { asOf: parseInstant(asOf, "UTC") as bigint, zone, params: new Map() };
    const segment = normalize(bind(project.program, circumstances), zone).segments.get("S");
    return segment === undefined ? "none" : printPred(segment.condition);
  };
  /** The zeros of full hours are left out, and so is what a missing operand answers: always as `settled-not` says. */
  const check = (where: string, expected: string, asOf = "2026-06-30T12:00:00Z", zone = "Europe/Berlin") => {
    const brief = normalOf(where, asOf, zone).replace(/(T\d\d:\d\d):00\.000000Z/g, "$1Z");
    expect([where, brief.replace(/ missing=(true|false)\)/g, ")")]).toEqual([where, expected]);
  };

  test("has negation at its tests, and there the answer where an operand is missing", () => {
    expect(normalOf(`not country = "DE"`, "2026-06-30", "UTC")).toBe(`(settled-not (= country "DE") missing=true)`);
    expect(normalOf(`country = "DE"`, "2026-06-30", "UTC")).toBe(`(settled (= country "DE") missing=false)`);
    check(
      `not (country = "DE" and (score > 1 or not is_test))`,
      `(or (settled-not (= country "DE")) (and (settled-not (> score 1:f)) (settled (truth is_test))))`,
    );
    check(
      "not (is_test or marketing_consent)",
      "(and (settled-not (truth is_test)) (settled-not (truth marketing_consent)))",
    );
    check(
      "is_test and (marketing_consent and score > 1)",
      "(and (settled (truth is_test)) (settled (truth marketing_consent)) (settled (> score 1:f)))",
    );
    check(
      "no purchases.where(not amount > 1)",
      "(settled-not (exists (purchases (where (settled-not (> 1.amount 1:d12.2))))))",
    );
  });

  test("compares the column itself with constants", () => {
    check("age(birth_date) >= 18", "(settled (<= birth_date 2008-06-30))");
    check("not age(birth_date) >= 18", "(settled-not (<= birth_date 2008-06-30))");
    check("18 > age(birth_date)", "(settled (>= birth_date 2008-07-01))");
    check("age(birth_date) = 18", "(settled (between birth_date 2007-07-01 2008-06-30))");
    check("year(birth_date) = 1990", "(settled (between birth_date 1990-01-01 1990-12-31))");
    check("year(birth_date) < 1990", "(settled (<= birth_date 1989-12-31))");
    check("year(signed_up_at) >= 2026", "(settled (>= signed_up_at 2025-12-31T23:00Z))");
    check("start_of(week, birth_date) = 2026-01-05", "(settled (between birth_date 2026-01-05 2026-01-11))");
    check("start_of(week, birth_date) = 2026-01-06", "false");
    check("start_of(month, birth_date) > 2026-01-06", "(settled (>= birth_date 2026-02-01))");
    check("year(today) = 2026", "true");
    check("age(birth_date) in 18..25", "(settled (between birth_date 2000-07-01 2008-06-30))");
    check(
      "age(birth_date) in [18, 19, 30]",
      "(or (settled (between birth_date 2006-07-01 2008-06-30)) (settled (between birth_date 1995-07-01 1996-06-30)))",
    );
    check("days_since(signed_up_at) >= 30", "(settled (<= signed_up_at 2026-05-31T12:00Z))");
    check("days_since(signed_up_at) < 30", "(settled (> signed_up_at 2026-05-31T12:00Z))");
    check("years_since(signed_up_at) >= 1", "(settled (<= signed_up_at 2025-06-30T12:00Z))");
    check("signed_up_at < 2026-03-30", "(settled (< signed_up_at 2026-03-29T22:00Z))");
    check("signed_up_at >= 2026-03-29", "(settled (>= signed_up_at 2026-03-28T23:00Z))");
    check(
      "signed_up_at = 2026-03-29",
      "(settled (between signed_up_at 2026-03-28T23:00Z 2026-03-29T22:00Z half-open))",
    );
    check("age(birth_date) is known", "(settled (known birth_date))");
    check("waits >= 7", "(settled (<= signed_up_at 2026-06-23T12:00Z))");
  });

  test("counts months to the end of the month, and leaves what no plain range answers", () => {
    const february = "2026-02-28T12:00:00Z";
    check("months_since(birth_date) = 1", "(settled (between birth_date 2026-01-01 2026-01-31))", february);
    check("months_since(birth_date) >= 1", "(settled (<= birth_date 2026-04-30))", "2026-05-30T12:00:00Z");
    check("months_since(signed_up_at) >= 2", "(settled (<= signed_up_at 2026-04-30T12:00Z))");
    check(
      "months_since(signed_up_at) >= 1",
      "(settled (>= (months_since signed_up_at 2026-02-28T12:00Z) 1))",
      february,
      "UTC",
    );
    check(
      "signed_up_at < 1998-10-25",
      "(settled (< (local_date signed_up_at) 1998-10-25))",
      february,
      "America/St_Johns",
    );
    check("signed_up_at < 1998-10-24", "(settled (< signed_up_at 1998-10-24T02:30Z))", february, "America/St_Johns");
    check("signed_up_at > birth_date", "(settled (> (local_date signed_up_at) birth_date))");
    check("age(birth_date) >= 5000", "(settled (>= (years_since birth_date 2026-06-30) 5000))");
  });

  test("has traits in their place, and behind a link only where the link leads somewhere", () => {
    const last90d = "(purchases [@2026-04-01T12:00Z @2026-06-30T12:00Z])";
    check(
      "n_orders >= 2 and not busy",
      `(and (settled (>= (count purchases) 2)) (settled-not (> (count ${last90d}) 3)))`,
    );
    check("purchases.where(busy)", `(settled (exists (purchases (where (settled (> (count ${last90d}) 3))))))`);
    check(`purchases.latest.product.brand_name = "x"`, `(settled (= (latest purchases).product.brand "x"))`);
    check(
      "purchases.where(product.cost = 0)",
      "(settled (exists (purchases (where (and (settled (linked 1.product)) (settled (= (else 1.product.price 0:d12.2) 0:d12.2)))))))",
    );
    check(
      "not account.over_seats = 0",
      "(or (settled-not (linked account)) (settled-not (= (count (account.members (where (settled (> 1.visits_count account.seats))))) 0)))",
    );
    check(
      "purchases.where(dear = 0)",
      "(settled (exists (purchases (where (settled (= (count (1.items (where (settled (> 2.price 1.amount))))) 0))))))",
    );
    check(
      "(purchases.where(amount > 5).latest.dear else 1) = 0",
      "(settled (= (else (when (settled (exists (purchases (where (settled (> 1.amount 5:d12.2)))))) (count ((latest (purchases (where (settled (> 1.amount 5:d12.2))))).items (where (settled (> 1.price (latest (purchases (where (settled (> 2.amount 5:d12.2))))).amount)))))) 1) 0))",
    );
    check("Other or not Other", "(or (settled (segment Other)) (settled-not (segment Other)))");
  });

  test("has what follows from constants worked out", () => {
    check("score > 1 + 2", "(settled (> score 3:f))");
    check("credit > 1.5 * 2", "(settled (> credit 3:d12.2))");
    check(`country contains none`, "(settled (known country))");
    check("not (score else 1) is known", "false");
    check("purchases.latest is known", "(settled (exists purchases))");
    check("purchases.where(1 > 2).count > 0", "false");
    check("signed_up_at in 2026-02-01T00:00..2026-02-01T00:00", "false");
  });
});
