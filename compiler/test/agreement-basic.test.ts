import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bind } from "../../language/meaning/bind.ts";
import { parseInstant } from "../../language/meaning/calendar.ts";
import { normalize } from "../../language/meaning/normalize.ts";
import { loadProject } from "../../language/project.ts";
import { SHOP_MODEL } from "../../language/test/model.ts";
import { sourceFile } from "../../language/text/source.ts";
import { type Interpretation, interpret } from "../predicate/interpret.ts";
import { readWorld } from "../predicate/world.ts";
import { compileSql } from "../sql/compile.ts";
import type { Runner } from "../sql/runner.ts";
import type { Shape } from "../sql/statement.ts";
import type { TestEngine } from "./load/creation.ts";
import { duckdbEngine } from "./load/duckdb.ts";
import { pgliteEngine } from "./load/pglite.ts";
import { sqliteEngine } from "./load/sqlite.ts";
import { CONDITIONS, DECLARATIONS } from "./sql/conditions.ts";
import { AS_OF, SHOP_TABLES } from "./sql/shop-world.ts";
import { UNLUCKY, UNLUCKY_MODEL, UNLUCKY_TABLES } from "./sql/unlucky-world.ts";

const ALL = Object.values(CONDITIONS).flat();
const nameOf = (index: number): string => `Case${index}`;

const cases = ALL.map((condition, index) => `segment ${nameOf(index)} where ${condition}`).join("\n");
const project = loadProject([sourceFile("model.seg", SHOP_MODEL), sourceFile("cases.seg", `${DECLARATIONS}${cases}`)]);
const asOf = parseInstant(AS_OF, "UTC") as bigint;
const when = (zone: string) => ({ asOf, zone, params: new Map() });
const judgeIn = (zone: string): Interpretation =>
  interpret(project.program, readWorld(project.model, SHOP_TABLES), when(zone));

test("every condition is sound", () => {
  const errors = project.diagnostics.filter((d) => d.severity === "error");
  expect(errors.map((d) => d.message)).toEqual([]);
});

test("every kind of node is among them", () => {
  const kinds = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("kind" in node && typeof node.kind === "string")
      kinds.add("fn" in node ? `${node.fn}` : "mode" in node ? `${node.mode}` : node.kind);
    for (const part of node instanceof Map ? node.values() : Object.values(node)) visit(part);
  };
  for (const zone of ["UTC", "Europe/Berlin"]) visit(normalize(bind(project.program, when(zone)), zone).segments);
  expect([...kinds].sort()).toEqual(expect.arrayContaining(KINDS));
});

/** What `ir.ts` has of normal programs. */
const KINDS = [
  ...["and", "or", "settled"],
  ...[
    "compare",
    "oneOf",
    "between",
    "inWindow",
    "contains",
    "startsWith",
    "endsWith",
    "known",
    "linked",
    "truth",
    "exists",
    "segment",
  ],
  ...["const", "field", "arithmetic", "negate", "else", "widen", "local_date", "shift", "since", "condition", "when"],
  ...["count", "sum", "avg", "min", "max", "distinct", "share"],
  ...["scope", "link", "pick", "where", "window", "at", "value"],
].sort();

const ENGINES: readonly (readonly [string, () => TestEngine | Promise<TestEngine>])[] = [
  ["DuckDB", duckdbEngine],
  ["SQLite", sqliteEngine],
  ["SQLite with microseconds and minor units", () => sqliteEngine({ timestamps: "micros", decimals: "minor" })],
  ["PostgreSQL", pgliteEngine],
];

const unlucky = loadProject([
  sourceFile("model.seg", UNLUCKY_MODEL),
  sourceFile("cases.seg", UNLUCKY.map((condition, index) => `segment Unlucky${index} where ${condition}`).join("\n")),
]);

test("names may be unlucky", () => {
  expect(unlucky.diagnostics.filter((d) => d.severity === "error").map((d) => d.message)).toEqual([]);
});

describe.each(ENGINES)("%s answers as the interpreter", (_, open) => {
  let engine: TestEngine;
  let runner: Runner;

  beforeAll(async () => {
    engine = await open();
    runner = await engine.load(project.model, SHOP_TABLES);
  });
  afterAll(() => engine.close());

  async function answers(segments: readonly string[], shape: Shape, inline: boolean, zone: string) {
    const { dialect, storage } = engine;
    const { statements, diagnostics } = compileSql(project.program, {
      dialect,
      segments,
      shape,
      inline,
      storage,
      ...when(zone),
    });
    expect(diagnostics).toEqual([]);
    const rows = [];
    for (const statement of statements) rows.push({ statement, rows: await runner.execute(statement) });
    return rows;
  }

  const names = ALL.map((_condition, index) => nameOf(index));

  for (const zone of ["UTC", "Europe/Berlin", "America/St_Johns"]) {
    const judge = judgeIn(zone);
    test.each(Object.entries(CONDITIONS))(`${zone}: %s, one by one`, async (_title, conditions) => {
      const found: Record<string, unknown> = {};
      const expected: Record<string, unknown> = {};
      for (const condition of conditions) {
        const name = nameOf(ALL.indexOf(condition));
        // Literals do not depend on the zone.
        for (const inline of zone === "UTC" ? [false, true] : [false]) {
          const [answer] = await answers([name], "members", inline, zone);
          found[`${condition}${inline ? ", inline" : ""}`] = answer?.rows.map((row) => row["key"]);
          expected[`${condition}${inline ? ", inline" : ""}`] = judge.members(name);
        }
      }
      expect(found).toEqual(expected);
    });
  }

  test("all together, as lists of members", async () => {
    const judge = judgeIn("Europe/Berlin");
    const found = new Map(names.map((name) => [name, [] as unknown[]]));
    for (const { rows } of await answers(names, "members", false, "Europe/Berlin"))
      for (const row of rows) found.get(String(row["segment"]))?.push(row["key"]);
    const expected = names.map((name) => [ALL[names.indexOf(name)], judge.members(name)]);
    expect([...found].map(([name, keys]) => [ALL[names.indexOf(name)], keys])).toEqual(expected);
  });

  test("all together, as flags", async () => {
    const judge = judgeIn("UTC");
    for (const { statement, rows } of await answers(names, "flags", true, "UTC")) {
      expect(rows.map((row) => row["key"])).toEqual(judge.population(statement.entity));
      statement.segments.forEach((name, index) => {
        const members = rows.filter((row) => Number(row[statement.columns[index] as string]) === 1);
        expect([ALL[names.indexOf(name)], members.map((row) => row["key"])]).toEqual([
          ALL[names.indexOf(name)],
          judge.members(name),
        ]);
      });
    }
  });

  test("all together, as sizes", async () => {
    const judge = judgeIn("America/St_Johns");
    for (const { statement, rows } of await answers(names, "sizes", false, "America/St_Johns")) {
      expect(rows.length).toBe(1);
      expect(Number(rows[0]?.["population"])).toBe(judge.population(statement.entity).length);
      const sizes = statement.columns.map((column) => Number(rows[0]?.[column]));
      expect(sizes).toEqual(statement.segments.map((name) => judge.members(name).length));
    }
  });

  test("with unlucky names", async () => {
    const judge = interpret(unlucky.program, readWorld(unlucky.model, UNLUCKY_TABLES), when("Europe/Berlin"));
    const { dialect } = engine;
    const other = await engine.load(unlucky.model, UNLUCKY_TABLES);
    const segments = UNLUCKY.map((_condition, index) => `Unlucky${index}`);
    for (const some of [...segments.map((name) => [name]), segments]) {
      const { storage } = engine;
      const options = { dialect, storage, segments: some, shape: "members", inline: some.length > 1 } as const;
      const { statements } = compileSql(unlucky.program, { ...options, ...when("Europe/Berlin") });
      const rows = await other.execute(statements[0] as (typeof statements)[number]);
      const found = some.flatMap((name) =>
        rows.filter((row) => (row["segment"] ?? name) === name).map((row) => [name, row["key"]]),
      );
      expect([some, found]).toEqual([some, some.flatMap((name) => judge.members(name).map((key) => [name, key]))]);
    }
    runner = await engine.load(project.model, SHOP_TABLES);
  });

  test("segments of several entities, in a statement each", async () => {
    const judge = judgeIn("UTC");
    const found = await answers(["BusyAccounts", "Europeans"], "members", false, "UTC");
    expect(found.map(({ statement }) => statement.entity)).toEqual(["Account", "Customer"]);
    expect(found.map(({ rows }) => rows.map((row) => row["key"]))).toEqual([
      judge.members("BusyAccounts"),
      judge.members("Europeans"),
    ]);
  });
});
