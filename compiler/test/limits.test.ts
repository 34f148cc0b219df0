import { afterAll, beforeAll, expect, it } from "vitest";
import { parseInstant } from "../../language/meaning/calendar.ts";
import { loadProject } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";
import { interpret } from "../predicate/interpret.ts";
import { readWorld, type Tables } from "../predicate/world.ts";
import { compileSql } from "../sql/compile.ts";
import type { Statement } from "../sql/statement.ts";
import type { TestEngine } from "./load/creation.ts";
import { describeEngines } from "./load/engines.ts";

const MODEL = `default entity Person from people {
  id        : text key
  n         : integer
  m         : integer optional
  purchases : many Purchase by person_id
}
event Purchase from orders at at {
  order_id : text key
  at       : timestamp
  category : text
  amount   : integer
}`;

const TABLES: Tables = {
  people: Array.from({ length: 40 }, (_, i) => ({ id: `p${i}`, n: i * 3, m: i % 5 === 0 ? null : i % 7 })),
  // Somebody has more of them than a funnel has steps.
  orders: Array.from({ length: 200 }, (_, i) => ({
    order_id: `o${i}`,
    person_id: i % 3 === 0 ? "p1" : `p${i % 37}`,
    at: `2026-0${1 + Math.floor(i / 40)}-${10 + (i % 15)}T${10 + Math.floor(i / 20)}:00:00Z`,
    category: `c${i % 9}`,
    amount: i % 11,
  })),
};
const WHEN = { asOf: parseInstant("2026-06-30T00:00:00Z", "UTC") as bigint, zone: "UTC", params: new Map() };

/** A way to ask for more and more, until the compiler says no or divides it. */
interface Growth {
  readonly title: string;
  readonly shape: "members" | "flags";
  /** No more is asked, though an engine might take it. */
  readonly most: number;
  /** The same of DuckDB in the place of Snowflake: it is not told which queries to work out by themselves, and plans for minutes. */
  readonly mostOnDuckdb?: number;
  readonly text: (n: number) => string;
  /** The last segment alone, which reads those before it. */
  readonly isChain?: boolean;
}

const times = (n: number, one: (i: number) => string): string[] => Array.from({ length: n }, (_, i) => one(i));
const chain = (n: number, one: (before: string) => string, first: string): string =>
  times(n, (i) => `segment S${i} where ${i === 0 ? first : one(`S${i - 1}`)}`).join("\n");
const any = (n: number, one: (i: number) => string): string => `segment S where ${times(n, one).join(" or ")}`;
const many = (n: number): string => times(n, (i) => `segment S${i} where n > ${i}`).join("\n");

const GROWTHS: readonly Growth[] = [
  { title: "segments, as members", shape: "members", most: 400, text: many },
  { title: "segments, as flags", shape: "flags", most: 1000, text: many },
  {
    title: "ranks, one of the other",
    shape: "members",
    most: 100,
    text: (n) => chain(n, (before) => `top 90% by n of ${before}`, "top 90% by n"),
    isChain: true,
  },
  {
    title: "ranks, each of two of the same",
    shape: "members",
    most: 9,
    text: (n) => chain(n, (before) => `top 90% by n of (${before} and not bottom 2 by m of ${before})`, "top 90% by n"),
    isChain: true,
  },
  {
    title: "segments that read one another",
    shape: "members",
    most: 160,
    text: (n) => chain(n, (before) => `not ${before} or n = 6`, "n > 3"),
    isChain: true,
  },
  {
    title: "latest elements",
    shape: "members",
    most: 120,
    text: (n) => any(n, (i) => `purchases.where(category = "c${i}").latest.amount > ${i}`),
  },
  {
    title: "counts",
    shape: "members",
    most: 400,
    text: (n) => any(n, (i) => `purchases.where(category = "c${i}" and amount > ${i % 7}) > ${i % 3}`),
  },
  {
    title: "choices",
    shape: "members",
    most: 100,
    text: (n) => `segment S where (${times(n, (i) => `if n = ${i} then ${i % 7} else `).join("")}5) > 3`,
  },
  {
    title: "steps of a funnel",
    shape: "members",
    most: 30,
    mostOnDuckdb: 6,
    text: (n) => `segment S where purchases${".followed_by(purchases.where(amount > 2)".repeat(n)}${")".repeat(n)}`,
  },
];

describeEngines("as much as it takes in one statement, by %s,", ({ open, isEmulated }) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await open();
  }, 120_000);
  afterAll(() => engine.close());

  it.each(GROWTHS)("of $title", { timeout: 300_000 }, async (growth) => {
    const { shape, text, isChain = false } = growth;
    const { mostOnDuckdb = growth.most } = growth;
    const most = isEmulated && engine.dialect === "snowflake" ? mostOnDuckdb : growth.most;
    const compiled = (n: number) => {
      const project = loadProject([sourceFile("m.seg", MODEL), sourceFile("s.seg", text(n))], { lint: false });
      expect(project.diagnostics).toEqual([]);
      const all = [...project.program.segments.keys()];
      const segments = isChain ? all.slice(-1) : all;
      const { dialect, storage } = engine;
      return {
        ...project,
        segments,
        ...compileSql(project.program, { dialect, storage, segments, shape, inline: false, ...WHEN }),
      };
    };
    const isOne = (n: number): boolean => {
      const { statements, diagnostics } = compiled(n);
      for (const { code } of diagnostics) expect(code).toMatch(/^SEG600[34]$/);
      return statements.length === 1;
    };
    let [taken, refused] = isOne(most) ? [most, most + 1] : [1, most];
    while (taken + 1 < refused) {
      const middle = (taken + refused) >> 1;
      if (isOne(middle)) taken = middle;
      else refused = middle;
    }
    const { program, model, segments, statements } = compiled(taken);
    const [statement] = statements as [Statement];
    const judge = interpret(program, readWorld(program.model, TABLES), WHEN);
    const runner = await engine.load(model, TABLES);
    const rows = await runner.execute(statement);
    for (const [index, segment] of segments.entries()) {
      const found =
        shape === "flags"
          ? rows.filter((row) => Number(row[statement.columns[index] ?? ""]) === 1)
          : rows.filter((row) => (row["segment"] ?? segment) === segment);
      expect(found.map((row) => row["key"]).toSorted(), segment).toEqual(judge.members(segment).toSorted());
    }
    expect(rows.length).toBeGreaterThan(0);
  });
});
