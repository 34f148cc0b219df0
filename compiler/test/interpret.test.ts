import { describe, expect, test } from "vitest";
import { parseInstant } from "../../language/meaning/calendar.ts";
import { loadProject } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";
import { DataProblem } from "../predicate/cell.ts";
import { type Interpretation, interpret } from "../predicate/interpret.ts";
import { readWorld, type Tables } from "../predicate/world.ts";

interface Given {
  readonly model: string;
  readonly tables: Tables;
  readonly declarations?: string;
  readonly asOf?: string;
  readonly zone?: string;
}

/** The interpretation of `segment S where …` over the given model and rows. */
function given(
  { model, tables, declarations = "", asOf = "2026-06-30T00:00:00Z", zone = "UTC" }: Given,
  where: string,
  of = "",
): Interpretation {
  const text = `${declarations}\nsegment S ${of === "" ? "" : `of ${of} `}where ${where}\n`;
  const project = loadProject([sourceFile("model.seg", model), sourceFile("segments.seg", text)]);
  expect(project.diagnostics.filter((d) => d.severity === "error").map((d) => `${d.code} ${d.message}`)).toEqual([]);
  const circumstances = { asOf: parseInstant(asOf, "UTC") as bigint, zone, params: new Map() };
  return interpret(project.program, readWorld(project.model, tables), circumstances);
}

const membersOf = (data: Given, where: string, of = ""): string => given(data, where, of).members("S").join(" ");

describe("who is in, by the rules of two-valued logic", () => {
  const data: Given = {
    model: `default entity P from p { id : text key  n : integer optional  t : text optional  b : boolean optional  m : many E by p_id }
            event E from e at at { at : timestamp  x : integer optional }`,
    tables: {
      p: [{ id: "a", n: 1, t: "x", b: true }, { id: "b", n: 2, t: "", b: false }, { id: "c" }],
      e: [{ p_id: "a", at: "2026-01-01T00:00:00Z" }],
    },
  };
  const check = (where: string, expected: string) => expect([where, membersOf(data, where)]).toEqual([where, expected]);

  test("a positive test with a missing operand is false, and its negation true", () => {
    for (const [positive, members, others] of [
      ["n = 1", "a", "b c"],
      ["n < 2", "a", "b c"],
      ["n >= 2", "b", "a c"],
      ["n in [1, 5]", "a", "b c"],
      ["n in 2..", "b", "a c"],
      [`t contains ""`, "a b", "c"],
      [`t starts with "x"`, "a", "b c"],
      ["b", "a", "b c"],
      ["m.max(x) > 0", "", "a b c"],
      ["n + m.avg(x) > 0", "", "a b c"],
      ["n / 0 > 0", "", "a b c"],
    ] as const) {
      check(positive, members);
      check(`not ${positive}`, others);
      check(`not (not ${positive})`, members);
    }
  });

  test("`!=` and `not in` are `not` around `=` and `in`", () => {
    check("n != 1", "b c");
    check("n not in [1]", "b c");
    check("not n != 1", "a");
  });

  test("everybody is in exactly one of `S` and `not S`, and De Morgan holds", () => {
    check("n = 1 or not n = 1", "a b c");
    check("n > 1 and not n > 1", "");
    check(`not (n = 1 or t = "x")`, "b c");
    check(`not n = 1 and not t = "x"`, "b c");
    check(`not (n = 2 and t = "x")`, "a b c");
    check(`not n = 2 or not t = "x"`, "a b c");
  });

  test("a default stands for a missing value, and being known is never missing", () => {
    check("(n else 7) > 1", "b c");
    check("n is known", "a b");
    check("n is missing", "c");
    check("not n is known", "c");
  });

  test("of nothing, `count`, `sum` and `distinct` are 0 and other aggregates are missing", () => {
    check("m.count = 0", "b c");
    check("m.sum(x) = 0", "a b c");
    check("m.distinct(x) = 0", "a b c");
    for (const nothing of ["avg(x)", "min(x)", "max(x)"]) check(`m.${nothing} is missing`, "a b c");
    check("m.share(x > 0) is missing", "b c");
    check("m.share(x > 0) = 0", "a");
    check("m.latest.x is missing", "a b c");
  });
});

describe("which rows exist", () => {
  const model = `default entity P from p { id : text key  team : Team optional by team_id  es : many E by p_id  ds : many D by p_id  ahead : many B by p_id }
                 entity Team from team since born until died { id : integer key  born : timestamp optional  died : date optional  people : many P by team_id }
                 event E from e where kind = "e" at at once per code { at : timestamp  code : text optional  x : integer optional }
                 event D from d at day { day : date }
                 event B from b at at scheduled { at : timestamp }`;
  const check = (tables: Tables, where: string, expected: string, of = "", rest: Partial<Given> = {}) =>
    expect(membersOf({ model, tables, ...rest }, where, of)).toBe(expected);
  const p = [
    { id: "a", team_id: 1 },
    { id: "b", team_id: 2 },
    { id: "c", team_id: 3 },
  ];

  test("an entity row is there from its `since` until its `until`, seen from as-of", () => {
    const before = "2026-06-29T23:59:59.999999Z";
    const at = "2026-06-30T00:00:00Z";
    const team = (one: object, two: object) => ({
      p,
      team: [
        { id: 1, ...one },
        { id: 2, ...two },
      ],
    });
    check(team({ born: before }, { born: at }), "team is known", "a");
    check(team({ died: "2026-06-29" }, { died: "2026-06-30" }), "team is known", "b");
    check(team({}, { born: at }), "team.people.count = 1", "a");
    check(team({ born: before }, { born: at }), "id is known", "1", "Team");
    // Half past midnight on 1 July in Berlin: who left on the 30th is gone.
    check(team({ died: "2026-06-30" }, { died: "2026-07-01" }), "team is known", "b", "", {
      asOf: "2026-06-30T22:30:00Z",
      zone: "Europe/Berlin",
    });
  });

  test("an event is there once it has happened, if it has a time, its kind and an owner", () => {
    const e = (more: object) => ({ kind: "e", p_id: "a", at: "2026-01-01T00:00:00Z", ...more });
    const one = (more: object, expected: string) => check({ p, e: [e(more)] }, "es", expected);
    one({}, "a");
    one({ at: "2026-06-29T23:59:59.999999Z" }, "a");
    one({ at: "2026-06-30T00:00:00Z" }, "");
    one({ at: null }, "");
    one({ kind: "other" }, "");
    one({ kind: null }, "");
    one({ p_id: null }, "");
    one({ p_id: "nobody" }, "");
  });

  test("one with a date has happened before the local date of as-of; a scheduled one is there ahead", () => {
    const d = (day: string) => ({ p, d: [{ p_id: "a", day }] });
    check(d("2026-06-29"), "ds", "a");
    check(d("2026-06-30"), "ds", "");
    check(d("2026-06-30"), "ds", "a", "", { asOf: "2026-06-30T22:30:00Z", zone: "Europe/Berlin" });
    const b = (at: string | null) => ({ p, b: [{ p_id: "a", at }] });
    check(b("2026-07-01T00:00:00Z"), "ahead.next7d", "a");
    check(b("2026-07-07T00:00:00Z"), "ahead.next7d", "");
    check(b("2026-06-30T00:00:00Z"), "ahead.next7d", "a");
    check(b("2026-06-29T23:59:59Z"), "ahead.next7d", "");
    check(b(null), "ahead", "");
  });

  test("`once per` keeps the first of each that exists and has an owner, and all without a value", () => {
    const e = (p_id: string, code: string | null, at: string, x: number) => ({
      kind: "e",
      p_id,
      code,
      at: `2026-01-${at}T00:00:00Z`,
      x,
    });
    const rows = (...found: object[]) => ({ p, e: found as Tables[string] });
    check(rows(e("a", "k", "02", 1), e("a", "k", "01", 2)), "es.sum(x) = 2", "a");
    check(rows(e("a", "k", "01", 1), e("b", "k", "02", 1)), "es", "a");
    check(rows(e("nobody", "k", "01", 1), e("b", "k", "02", 1)), "es", "b");
    check(rows({ ...e("a", "k", "01", 1), kind: "other" }, e("b", "k", "02", 1)), "es", "b");
    check(rows(e("a", null, "01", 1), e("a", null, "01", 1), e("a", null, "02", 1)), "es = 3", "a");
    check(rows(e("a", "k", "01", 5), e("a", "k", "01", 4)), "es.sum(x) = 4", "a"); // the same instant: by the fields
    check(rows(e("a", "k", "01", 5), { ...e("a", "k", "01", 4), x: null }), "es.sum(x) = 0 and es", "a"); // missing is lowest
  });
});

describe("the order of a collection", () => {
  const model = `default entity P from p { id : text key  es : many E by p_id  ks : many K by p_id }
                 event E from e at at { at : timestamp  x : integer optional  t : text optional }
                 event K from k at at { at : timestamp  x : integer  k : text key }`;
  const check = (table: string, rows: readonly object[], where: string) =>
    expect([
      where,
      membersOf({ model, tables: { p: [{ id: "a" }], [table]: rows.map((row) => ({ p_id: "a", ...row })) } }, where),
    ]).toEqual([where, "a"]);
  const at = "2026-01-01T00:00:00Z";
  const later = "2026-01-02T00:00:00Z";

  test("is by the instant, then the key, then each field with missing lowest", () => {
    check(
      "e",
      [
        { at, x: 9 },
        { at: later, x: 1 },
      ],
      "es.first.x = 9 and es.latest.x = 1",
    );
    check(
      "e",
      [
        { at, x: 2 },
        { at, x: 1 },
      ],
      "es.first.x = 1 and es.latest.x = 2",
    );
    check("e", [{ at, x: 2 }, { at }], "es.first.x is missing and es.latest.x = 2");
    check(
      "e",
      [
        { at, x: 1, t: "😀" },
        { at, x: 1, t: "\uffee" },
      ],
      `es.latest.t = "😀"`,
    );
    check(
      "k",
      [
        { at, k: "b", x: 1 },
        { at, k: "a", x: 2 },
      ],
      "ks.first.x = 2 and ks.latest.x = 1",
    );
    check(
      "k",
      [
        { at, k: "a", x: 2 },
        { at, k: "a", x: 1 },
      ],
      "ks.first.x = 1 and ks.latest.x = 2",
    );
  });

  test("is kept by every step", () => {
    check(
      "e",
      [
        { at, x: 1 },
        { at: later, x: 2 },
        { at: later, x: 3 },
      ],
      "es.where(x < 3).latest.x = 2",
    );
    check(
      "e",
      [
        { at, x: 1 },
        { at: later, x: 2 },
      ],
      "es.since(2026-01-02).first.x = 2",
    );
  });
});

describe("references, traits and links", () => {
  const data: Given = {
    model: `default entity P from p { id : text key  n : integer optional  boss : P optional by boss_id  team : many P by boss_id }`,
    tables: {
      p: [
        { id: "a", n: 1 },
        { id: "b", n: 2, boss_id: "a" },
        { id: "c", boss_id: "b" },
        { id: "d", boss_id: "gone" },
      ],
    },
    declarations: `trait size = team.count
                   trait leads = team.count > 0
                   trait level = n else 0
                   segment Leads where size >= 1
                   segment Led where boss in Leads`,
  };
  const check = (where: string, expected: string) => expect([where, membersOf(data, where)]).toEqual([where, expected]);

  test("a trait of a missing row is missing, also where it counts or has a default", () => {
    check("size = 0", "c d");
    check("boss.size = 1", "b c");
    check("boss.size = 0", "");
    check("boss.size is missing", "a d");
    check("boss.level = 0", "");
    check("not boss.level = 0", "a b c d");
    check("boss.leads", "b c");
    check("not boss.leads", "a d");
  });

  test("a collection of a missing row is empty", () => {
    check("boss.team.count = 0", "a d");
    check("no boss.team", "a d");
  });

  test("a segment of another row is asked of that row, and of a missing one is not met", () => {
    check("Leads", "a b");
    check("boss in Leads", "b c");
    check("not boss in Leads", "a d");
    check("Led", "b c");
    check("team.where(Leads)", "a");
    check("team.where(not Leads)", "b");
    check("team.where(size = 0)", "b");
  });

  test("links go on and on", () => {
    check("boss.boss.n = 1", "c");
    check("boss.boss.boss is missing", "a b c d");
    check("team.where(boss.n = 1)", "a");
  });
});

describe("dirty data", () => {
  const model = `default entity P from p { id : text key  n : integer optional  d : decimal(12, 2) optional  f : float optional  team : Team optional by team_id  es : many E by p_id }
                 entity Team from team { id : integer key }
                 event E from e at at { k : text key  at : timestamp  p : P optional by p_id  big : decimal(38, 9) optional }
                 extend P from scores by pid { score : float }`;
  const stops = (tables: Tables, where: string) =>
    expect(() => membersOf({ model, tables }, where)).toThrow(DataProblem);

  test("a number that leaves its type stops the run", () => {
    stops({ p: [{ id: "a", n: "9223372036854775807" }] }, "n + 1 > 0");
    stops({ p: [{ id: "a", n: "9223372036854775807" }] }, "n < 0 and n * 2 > 0");
    const big = "9".repeat(29);
    const at = "2026-01-01T00:00:00Z";
    stops(
      {
        p: [{ id: "a" }],
        e: [
          { k: "1", p_id: "a", at, big },
          { k: "2", p_id: "a", at, big },
        ],
      },
      "es.sum(big) > 0",
    );
  });

  test("a cell that does not parse stops the run and says where", () => {
    const check = (cell: object, message: string) =>
      expect(() => membersOf({ model, tables: { p: [{ id: "ok" }, { id: "a", ...cell }] } }, "n > 0")).toThrow(message);
    check({ n: 1.5 }, "1.5 is not of type integer (table p, row 2, column n).");
    check({ n: "9223372036854775808" }, `"9223372036854775808" is not of type integer`);
    check({ d: "1.005" }, `"1.005" is not of type decimal`);
    check({ d: "12345678901" }, `"12345678901" is not of type decimal`);
    check({ f: "one" }, `"one" is not of type float`);
    check({ id: 7 }, "7 is not of type text");
  });

  test("keys are missing or twice only among rows that exist, and in the tables of extensions", () => {
    const check = (tables: Tables, entities: readonly string[], expected: readonly unknown[]) =>
      expect(given({ model, tables }, "n > 0").keyProblems(entities)).toEqual(expected);
    check(
      {
        p: [{ id: "a" }, { id: "b" }],
        scores: [
          { pid: "a", score: 1 },
          { pid: "zz", score: 1 },
        ],
      },
      ["P", "Team"],
      [],
    );
    check(
      { p: [{ id: "a" }, { id: null }, {}] },
      ["P"],
      [{ kind: "missingKey", entity: "P", table: ["p"], offenders: [], count: 2 }],
    );
    check(
      { p: ["d", "b", "d", "c", "b", "a", "c", "a"].map((id) => ({ id })) },
      ["P"],
      [{ kind: "duplicateKey", entity: "P", table: ["p"], offenders: ["a", "b", "c"], count: 4 }],
    );
    check(
      { scores: [{ pid: "a" }, { pid: "a" }, { pid: null }] },
      ["P"],
      [
        { kind: "missingKey", entity: "P", table: ["scores"], offenders: [], count: 1 },
        { kind: "duplicateKey", entity: "P", table: ["scores"], offenders: ["a"], count: 1 },
      ],
    );
    check(
      { team: [{ id: 10 }, { id: 9 }, { id: 10 }, { id: 9 }] },
      ["Team"],
      [{ kind: "duplicateKey", entity: "Team", table: ["team"], offenders: ["10", "9"], count: 2 }],
    );
    const at = "2026-01-01T00:00:00Z";
    check(
      { e: [{ k: "1", at }, { k: "1", at }, { at }, { k: "2", at }, { k: "2", at: "2027-01-01T00:00:00Z" }] },
      ["E"],
      [{ kind: "duplicateKey", entity: "E", table: ["e"], offenders: ["1"], count: 1 }],
    );
  });

  test("keys come as text in the order of their bytes", () => {
    const people = given(
      { model, tables: { p: ["b", "a", "B", "😀", "\uffee", "a "].map((id) => ({ id })) } },
      "n is missing",
    );
    expect(people.population("P")).toEqual(["B", "a", "a ", "b", "\uffee", "😀"]);
    expect(people.members("S")).toEqual(people.population("P"));
    const teams = given({ model, tables: { team: [9, 10, -1].map((id) => ({ id })) } }, "n > 0");
    expect(teams.population("Team")).toEqual(["-1", "10", "9"]);
  });
});

describe("the time that has passed", () => {
  const model = `default entity P from p { id : text key  d : date optional  at : timestamp optional }`;
  const check = (asOf: string, zone: string, cell: object, where: string) =>
    expect([where, membersOf({ model, tables: { p: [{ id: "in", ...cell }] }, asOf, zone }, where)]).toEqual([
      where,
      "in",
    ]);
  const since = (asOf: string, zone: string, at: string, days: number, months: number, years: number) =>
    check(
      asOf,
      zone,
      { at },
      `days_since(at) = ${days} and months_since(at) = ${months} and years_since(at) = ${years}`,
    );

  test("a day of timestamps is 24 hours; months and years compare local clock times", () => {
    since("2026-06-30T12:00:00Z", "UTC", "2026-06-30T12:00:00Z", 0, 0, 0);
    since("2026-06-30T12:00:00Z", "UTC", "2026-06-30T12:00:00.000001Z", -1, -1, -1);
    since("2026-06-30T12:00:00Z", "UTC", "2026-05-30T12:00:00Z", 31, 1, 0);
    since("2026-06-30T12:00:00Z", "UTC", "2026-05-30T12:00:00.000001Z", 30, 0, 0);
    since("2026-06-30T12:00:00Z", "UTC", "2026-05-31T12:00:00Z", 30, 1, 0); // clamped to 30 June
    since("2026-03-29T10:00:00Z", "Europe/Berlin", "2026-02-28T11:00:00Z", 28, 1, 0); // 12:00 on both days, 28 days and 23 hours
    since("2026-03-28T11:00:00Z", "Europe/Berlin", "2025-03-28T11:00:00Z", 365, 12, 1);
  });

  test("29 February comes after the 28th and is an anniversary on 1 March", () => {
    const days = (asOf: string, d: string, months: number, years: number) =>
      check(asOf, "UTC", { d }, `months_since(d) = ${months} and years_since(d) = ${years} and age(d) = ${years}`);
    days("2026-02-28T00:00:00Z", "2008-02-29", 216, 17);
    days("2026-03-01T00:00:00Z", "2008-02-29", 216, 18);
    days("2028-02-29T00:00:00Z", "2008-02-29", 240, 20);
    days("2026-02-28T00:00:00Z", "2026-01-31", 1, 0);
    days("2024-02-29T00:00:00Z", "2023-02-28", 12, 1);
  });
});
