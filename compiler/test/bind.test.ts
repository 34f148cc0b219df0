import { describe, expect, test } from "vitest";
import { bind } from "../../language/meaning/bind.ts";
import { parseInstant } from "../../language/meaning/calendar.ts";
import { NO_CLAIMS } from "../../language/meaning/claims.ts";
import type { Bound, Const, Pred, Test, Value } from "../../language/meaning/ir.ts";
import type { Circumstances, Program, Trait } from "../../language/meaning/program.ts";
import type { DurationUnit } from "../../language/model/model.ts";
import { BOOLEAN, DATE, FLOAT, INTEGER, type ScalarType, TIMESTAMP } from "../../language/types/type.ts";
import { literal } from "./programs/generate.ts";
import { MODEL, PLACE } from "./programs/model.ts";

const origin = PLACE;
const PERSON = { kind: "scope", depth: 0, entity: "Person" } as const;
const field = (name: string, type: ScalarType): Value => ({ kind: "field", row: PERSON, field: name, type, origin });
const date = (text: string): Const => literal(DATE, text);
const time = (text: string): Const => literal(TIMESTAMP, text);
const ago = (amount: number, unit: DurationUnit): Bound => ({ kind: "asOf", shift: { amount: -amount, unit } });
const start = (value: Value): Bound => ({ kind: "value", value, edge: "start" });
const end = (value: Value): Bound => ({ kind: "value", value, edge: "end" });

function programOf(condition: Pred, traits: readonly Trait[] = [], params: Program["params"] = new Map()): Program {
  const rest = {
    kind: "segment",
    partOf: null,
    title: null,
    doc: null,
    owner: null,
    tags: [],
    deprecated: null,
    origin,
  } as const;
  return {
    model: MODEL,
    filters: new Map(),
    params,
    traits: new Map(traits.map((trait) => [trait.name, trait])),
    segments: new Map([["S", { ...rest, name: "S", entity: "Person", condition }]]),
    segmentations: new Map(),
    splits: new Map(),
    snapshots: new Map(),
    claims: NO_CLAIMS,
  };
}

const under = (asOf: string, zone: string, params: ReadonlyMap<string, Const> = new Map()): Circumstances => ({
  asOf: parseInstant(asOf, "UTC") as bigint,
  zone,
  params,
});

function bindTest(
  found: Test,
  circumstances: Circumstances,
  traits: readonly Trait[] = [],
  params: Program["params"] = new Map(),
): Test {
  const bound = bind(programOf({ kind: "test", test: found, origin }, traits, params), circumstances);
  const condition = bound.segments.get("S")?.condition;
  if (condition?.kind !== "test") throw new Error("no test");
  return condition.test;
}

function bindBound(bound: Bound, target: "date" | "timestamp", asOf: string, zone: string): Bound | null {
  const value = target === "date" ? field("d", DATE) : field("at", TIMESTAMP);
  const found: Test = {
    kind: "inWindow",
    value,
    window: { target, from: bound, to: null, words: "", zone: null, origin },
  };
  const answer = bindTest(found, under(asOf, zone));
  return answer.kind === "inWindow" ? answer.window.from : null;
}

describe("a bound of a window", () => {
  const check = (bound: Bound, [asOf, zone]: readonly [string, string], instant: string, day: string) => {
    const text = (target: "date" | "timestamp") => {
      const answer = bindBound(bound, target, asOf, zone);
      return answer?.kind === "at" ? String(answer.value.value).replace(/(:00)?\.000000Z$/, "Z") : answer;
    };
    expect([text("timestamp"), text("date")]).toEqual([instant, day]);
  };
  const UTC = ["2026-06-30T12:00:00Z", "UTC"] as const;
  const BERLIN = ["2026-06-30T22:30:00Z", "Europe/Berlin"] as const; // half past midnight on 1 July
  const SPRING = ["2026-03-29T22:00:00Z", "Europe/Berlin"] as const; // midnight after the day of 23 hours

  test("as-of, moved, is an instant, and for dates the local date of that instant", () => {
    check(ago(0, "d"), UTC, "2026-06-30T12:00Z", "2026-06-30");
    check(ago(90, "d"), UTC, "2026-04-01T12:00Z", "2026-04-01");
    check(ago(-7, "d"), UTC, "2026-07-07T12:00Z", "2026-07-07");
    check(ago(0, "d"), BERLIN, "2026-06-30T22:30Z", "2026-07-01");
    check(ago(1, "h"), BERLIN, "2026-06-30T21:30Z", "2026-06-30");
    check(ago(1, "d"), SPRING, "2026-03-28T22:00Z", "2026-03-28");
    check(ago(1, "mo"), SPRING, "2026-02-27T23:00Z", "2026-02-28");
    check(ago(1, "y"), ["2024-02-29T12:00:00Z", "UTC"], "2023-02-28T12:00Z", "2023-02-28");
  });

  test("a calendar period starts at its first local midnight", () => {
    check({ kind: "calendar", unit: "day", offset: 0 }, BERLIN, "2026-06-30T22:00Z", "2026-07-01");
    check({ kind: "calendar", unit: "day", offset: -1 }, SPRING, "2026-03-28T23:00Z", "2026-03-29");
    check({ kind: "calendar", unit: "week", offset: 0 }, UTC, "2026-06-29T00:00Z", "2026-06-29");
    check({ kind: "calendar", unit: "month", offset: -4 }, UTC, "2026-02-01T00:00Z", "2026-02-01");
    check({ kind: "calendar", unit: "quarter", offset: 1 }, BERLIN, "2026-09-30T22:00Z", "2026-10-01");
    check({ kind: "calendar", unit: "year", offset: 0 }, BERLIN, "2025-12-31T23:00Z", "2026-01-01");
  });

  test("a date is its start or its end, a timestamp the instant", () => {
    check(start(date("2026-03-29")), BERLIN, "2026-03-28T23:00Z", "2026-03-29");
    check(end(date("2026-03-29")), BERLIN, "2026-03-29T22:00Z", "2026-03-30");
    check(start(time("2026-03-29T02:30:00.000000")), BERLIN, "2026-03-29T01:30Z", "2026-03-29");
    check(end(time("2026-03-29T02:30:00.000000")), BERLIN, "2026-03-29T01:30Z", "2026-03-29");
    check(end(time("2026-03-29T22:30:00.000000Z")), BERLIN, "2026-03-29T22:30Z", "2026-03-30");
  });

  test("what is worked out of constants alone is a constant", () => {
    const shift = (value: Value, amount: number, unit: DurationUnit): Value => ({
      kind: "shift",
      value,
      by: { amount, unit },
      zone: null,
      type: value.type,
      origin,
    });
    check(
      start(shift({ kind: "today", zone: null, type: DATE, origin }, -1, "mo")),
      SPRING,
      "2026-02-27T23:00Z",
      "2026-02-28",
    );
    check(start(shift({ kind: "now", type: TIMESTAMP, origin }, -1, "mo")), SPRING, "2026-02-27T23:00Z", "2026-02-28");
    check(start(shift(time("2026-03-29T02:30:00.000000"), 1, "h")), SPRING, "2026-03-29T02:30Z", "2026-03-29");
    check(
      start({ kind: "local_date", value: { kind: "now", type: TIMESTAMP, origin }, zone: null, type: DATE, origin }),
      SPRING,
      "2026-03-29T22:00Z",
      "2026-03-30",
    );
    check(
      start({ kind: "else", value: date("2026-01-01"), fallback: field("d", DATE), type: DATE, origin }),
      UTC,
      "2026-01-01T00:00Z",
      "2026-01-01",
    );
  });

  test("one that depends on a row stays, and a missing one is missing", () => {
    expect(bindBound(start(field("at", TIMESTAMP)), "timestamp", ...UTC)?.kind).toBe("value");
    expect(bindBound(start(literal(DATE, null)), "timestamp", ...UTC)).toEqual({
      kind: "at",
      value: literal(TIMESTAMP, null),
    });
  });
});

describe("values", () => {
  const check = (value: Value, expected: Value, params: ReadonlyMap<string, Const> = new Map()) => {
    const declared = new Map([["least", { name: "least", type: INTEGER, value: literal(INTEGER, "3"), origin }]]);
    const traits: Trait[] = [
      { name: "start", title: null, doc: null, entity: "Person", value: date("2026-01-01"), kpi: false, origin },
      {
        name: "wait",
        title: null,
        doc: null,
        entity: "Person",
        value: {
          kind: "since",
          unit: "day",
          value: field("at", TIMESTAMP),
          zone: null,
          now: null,
          type: INTEGER,
          origin,
        },
        kpi: false,
        origin,
      },
    ];
    const bound = bindTest(
      { kind: "known", value },
      under("2026-06-30T22:30:00Z", "Europe/Berlin", params),
      traits,
      declared,
    );
    expect(bound).toEqual({ kind: "known", value: expected });
  };
  const least: Value = { kind: "param", name: "least", type: INTEGER, origin };

  test("a parameter is its own value, or the one given for this run", () => {
    check(least, literal(INTEGER, "3"));
    check(least, literal(INTEGER, "5"), new Map([["least", literal(INTEGER, "5")]]));
  });

  test("`today` and `now` are constants, and every timestamp is absolute", () => {
    check({ kind: "today", zone: null, type: DATE, origin }, date("2026-07-01"));
    check({ kind: "now", type: TIMESTAMP, origin }, time("2026-06-30T22:30:00.000000Z"));
    check(time("2026-07-01T00:00:00.000000"), time("2026-06-30T22:00:00.000000Z"));
    check(time("2026-07-01T00:00:00.000000Z"), time("2026-07-01T00:00:00.000000Z"));
  });

  test("what is counted until now counts until as-of, or its local date", () => {
    const since = (value: Value, now: Const | null): Value => ({
      kind: "since",
      unit: "month",
      value,
      zone: null,
      now,
      type: INTEGER,
      origin,
    });
    check(since(field("d", DATE), null), since(field("d", DATE), date("2026-07-01")));
    check(since(field("at", TIMESTAMP), null), since(field("at", TIMESTAMP), time("2026-06-30T22:30:00.000000Z")));
  });

  test("a constant trait of a row that surely is there is that constant; other traits stay", () => {
    const trait = (name: string, type: ScalarType, row: Extract<Value, { kind: "trait" }>["row"]): Value => ({
      kind: "trait",
      name,
      row,
      type,
      origin,
    });
    const boss = { kind: "link", from: PERSON, link: "boss", entity: "Person" } as const;
    check(trait("start", DATE, PERSON), date("2026-01-01"));
    check(trait("start", DATE, boss), trait("start", DATE, boss));
    check(trait("wait", INTEGER, PERSON), trait("wait", INTEGER, PERSON));
  });

  test("everything else is as written", () => {
    check(field("f", FLOAT), field("f", FLOAT));
    check(literal(BOOLEAN, true), literal(BOOLEAN, true));
    check(
      { kind: "else", value: field("n", INTEGER), fallback: least, type: INTEGER, origin },
      { kind: "else", value: field("n", INTEGER), fallback: literal(INTEGER, "3"), type: INTEGER, origin },
    );
  });
});
