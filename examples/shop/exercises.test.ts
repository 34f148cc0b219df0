import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { interpret } from "../../compiler/predicate/interpret.ts";
import { readWorld } from "../../compiler/predicate/world.ts";
import { parseInstant } from "../../language/meaning/calendar.ts";
import { loadProject } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";
import { shop } from "./generate/shop.ts";
import { records } from "./test/plainly.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const DOCUMENT = read("../../docs/language.md");
const EXERCISES = DOCUMENT.slice(DOCUMENT.indexOf("## Exercises"), DOCUMENT.indexOf("## Counting and choosing"));
const QUESTIONS = [...EXERCISES.matchAll(/^(\d+)\. (.+)$/gm)].map(([, number, question]) => ({
  number: Number(number),
  question: question as string,
}));
const ANSWERS = /```seg\n([\s\S]*?)```/.exec(EXERCISES)?.[1] ?? "";

const DAY = 86_400_000;
const NOW = Date.parse("2026-06-30T22:00:00Z");
const YEAR_AGO = Date.parse("2025-06-30T22:00:00Z");
const THIS_YEAR = Date.parse("2025-12-31T23:00:00Z");
const LAST_YEAR = Date.parse("2024-12-31T23:00:00Z");

/** A time of the shop's files to the microsecond, as milliseconds: the shop has nothing finer that an exercise turns on, but its edges. */
const time = (cell: unknown): number => {
  const [, to, fraction] = /^(.{19})(?:\.(\d+))?/.exec(String(cell)) ?? [];
  return Date.parse(`${(to ?? "").replace(" ", "T")}Z`) + Number(`0.${fraction ?? 0}`) * 1000;
};

const t = shop(2000);
const rows = Object.fromEntries(Object.entries(t).map(([name, table]) => [name, records(table)]));
type Row = ReturnType<typeof records>[number];
const of = (name: string): readonly Row[] => rows[name] ?? [];

const people = of("customers").filter(
  (c) =>
    (c["signed_up_at"] === null || time(c["signed_up_at"]) < NOW) &&
    (c["deleted_at"] === null || time(c["deleted_at"]) >= NOW) &&
    c["is_test"] !== true,
);
const ids = new Set(people.map((c) => c["customer_id"]));
const firsts = new Map<unknown, Row>();
for (const order of of("orders").toSorted((a, b) => time(a["ordered_at"]) - time(b["ordered_at"])))
  if (time(order["ordered_at"]) < NOW && ids.has(order["customer_id"]) && !firsts.has(order["order_id"]))
    firsts.set(order["order_id"], order);

const ordersOf = (c: Row, from = -Infinity, to = NOW): readonly Row[] =>
  [...firsts.values()].filter(
    (o) => o["customer_id"] === c["customer_id"] && time(o["ordered_at"]) >= from && time(o["ordered_at"]) < to,
  );
const cents = (list: readonly Row[]): number => list.reduce((sum, o) => sum + Math.round(Number(o["amount"]) * 100), 0);
const BERLINERS = new Set(
  of("stores")
    .filter((s) => s["city"] === "Berlin")
    .map((s) => s["store_id"]),
);

/** The English of each exercise, read by hand. */
const PLAINLY: readonly ((c: Row) => boolean)[] = [
  (c) => c["country"] === "DE",
  (c) => c["country"] !== null && c["country"] !== "DE",
  (c) => c["loyalty_points"] !== null && Number(c["loyalty_points"]) >= 500,
  (c) => ordersOf(c).length === 0,
  (c) => ordersOf(c, NOW - 30 * DAY).length > 0,
  (c) => ordersOf(c, YEAR_AGO).length >= 3,
  (c) => cents(ordersOf(c)) > 100_000,
  (c) => ordersOf(c).length > 0 && cents(ordersOf(c)) / ordersOf(c).length > 15_000,
  (c) => ordersOf(c, LAST_YEAR, THIS_YEAR).length > 0 && ordersOf(c, THIS_YEAR).length === 0,
  (c) =>
    c["birth_date"] !== null && String(c["birth_date"]) <= "2008-07-01" && BERLINERS.has(c["home_store_id"] as string),
  (c) =>
    c["signed_up_at"] !== null &&
    ordersOf(c, time(c["signed_up_at"]), Math.min(NOW, time(c["signed_up_at"]) + 14 * DAY)).length > 0,
  (c) =>
    (c["Sales Region"] === "EU" || c["Sales Region"] === null) &&
    !of("visits").some(
      (v) =>
        v["customer_id"] === c["customer_id"] &&
        String(v["visited_on"]) >= "2026-04-02" &&
        String(v["visited_on"]) < "2026-07-01",
    ),
];

describe("the exercises of docs/language.md", () => {
  const { program, diagnostics } = loadProject([
    sourceFile("model.seg", read("model.seg")),
    sourceFile("answers.seg", ANSWERS),
  ]);
  const zone = "Europe/Berlin";
  const answers = interpret(program, readWorld(program.model, rows), {
    asOf: parseInstant("2026-07-01", zone) as bigint,
    zone,
    params: new Map(),
  });

  test("are twelve, follow at most 1,500 words, and their answers hold", () => {
    expect(QUESTIONS.map((q) => q.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(DOCUMENT.slice(0, DOCUMENT.indexOf("## Exercises")).split(/\s+/).length).toBeLessThanOrEqual(1500);
    expect(diagnostics).toEqual([]);
  });

  for (const { number, question } of QUESTIONS) {
    test(`${number}. ${question}`, () => {
      const is = PLAINLY[number - 1] as (c: Row) => boolean;
      const expected = people
        .filter(is)
        .map((c) => String(c["customer_id"]))
        .sort();
      expect(expected.length).toBeGreaterThan(0);
      expect([...answers.members(`Exercise${number}`)].sort()).toEqual(expected);
    });
  }
});
