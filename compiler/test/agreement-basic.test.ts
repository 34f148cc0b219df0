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
import { duckdbEngine, pgliteEngine, sqliteEngine, type Tables, type TestEngine } from "./load.ts";
import { AS_OF, SHOP_TABLES } from "./sql/shop-world.ts";

/** Conditions of every kind, with what data and engines disagree about. */
const CONDITIONS: Readonly<Record<string, readonly string[]>> = {
  "comparisons of text": [
    'region = "EU"',
    'region != "EU"',
    'country = "" or country > "Z"',
    'country <= "é"',
    'email < "😀"',
    'email >= "\u{ffee}"',
    'not (country < "z")',
    'region = "eu" ignoring case',
    'country != "US" ignoring case',
    'country in ["DE", "é", "\'; drop table customers; --"]',
    'country not in ["DE"]',
    'country in ["us", "DE"] ignoring case',
    'email = "\\\\\' or 1=1 --"',
    "country = region",
    'country in "A".."z"',
  ],
  "tests of text": [
    'email contains "shop"',
    'email contains "SHOP" ignoring case',
    'email starts with "A"',
    'email starts with "a" ignoring case',
    'email ends with "example"',
    'email ends with " "',
    'email contains ""',
    'not (email contains "%")',
    'country ends with "é"',
    "email starts with customer_id",
    "email contains country",
    "email ends with country",
    'email starts with "a long text that is longer than all of them"',
    'email ends with "a long text that is longer than all of them"',
  ],
  "what is missing": [
    "country is known",
    "country is missing",
    "score is missing",
    "account is known",
    "account is missing",
    "churn_risk is missing",
    "not (score > 0.2)",
    '(country else "?") = "?"',
    "(visits_count else 0) < 1",
    "(score else credit else 5) > 4.0",
    "purchases.avg(amount) is missing",
    "marketing_consent",
    "not marketing_consent",
    "marketing_consent = false",
    "marketing_consent is missing",
  ],
  numbers: [
    "visits_count > 2",
    "visits_count = 9223372036854775807",
    "visits_count in 0..3",
    "visits_count in [3, 30]",
    "visits_count > 2.5",
    "visits_count > score",
    "credit > 12.4",
    "credit = 0.3",
    "credit in [0.30, 12.5]",
    "credit = score",
    "score = 0.1",
    "score > 0.1",
    "credit + 1 > 13.4",
    "credit - 0.1 = 0.2",
    "credit * 3 = 0.9",
    "credit * 1.5 > 1",
    "-credit > 3",
    "credit / 2 = 6.25",
    "credit / 0 is missing",
    "credit / visits_count is known",
    "score * 10 is missing",
    "score + score is missing",
    "1 / (score * 10) = 0",
    "(score else 0.25) = 0.25",
    "visits_count * 0 = 0",
    "churn_risk > 0.4",
    "churn_risk * 100 >= 40",
  ],
  "dates and timestamps": [
    "birth_date < 2000-03-01",
    "birth_date = 2000-02-29",
    "birth_date in 1990-01-01..2000-12-31",
    "birth_date in last 30d",
    "birth_date in yesterday",
    "signed_up_at < 2026-03-01",
    "signed_up_at = 2026-02-28",
    "signed_up_at = 2026-03-01",
    "signed_up_at >= 2026-02-28T23:59:59.999999Z",
    "signed_up_at in last 1mo",
    "signed_up_at in this month",
    "signed_up_at in previous quarter",
    "signed_up_at in last 2 full months",
    "signed_up_at in 2026-01-01..2026-02-28",
    "signed_up_at in 60d ago..29d ago",
    "age(birth_date) >= 18",
    "age(birth_date) = 26",
    "years_since(birth_date) in [0, 18, 126]",
    "months_since(birth_date) > 200",
    "months_since(birth_date) + 0 > 200",
    "days_since(birth_date) = 1",
    "days_since(birth_date) * 1 > 6000",
    "days_since(signed_up_at) < 30",
    "days_since(signed_up_at) + 0 = 58",
    "months_since(signed_up_at) + 0 = 1",
    "months_since(signed_up_at) * 2 >= 2",
    "years_since(signed_up_at) + 0 = 1",
    "birth_date + 18y <= today",
    "birth_date + 1mo = 2000-03-29",
    "birth_date - 1d = 2000-02-28",
    "signed_up_at + 30d < now",
    "signed_up_at + 90min > 2026-02-01T00:00Z",
    "signed_up_at = birth_date",
    "signed_up_at > birth_date",
    "purchases.max(ordered_at) > signed_up_at + 1d",
    "purchases.max(ordered_at) = birth_date",
    "days_since(purchases.latest.ordered_at) >= 1",
  ],
  collections: [
    "purchases",
    "no purchases",
    "purchases > 1",
    "purchases.last90d = 2",
    "purchases.last90d >= 3",
    "not (purchases.last90d > 1)",
    "purchases.last1mo or purchases.during(previous month) > 1",
    "purchases.since(2026-03-29)",
    "purchases.on(2026-03-29)",
    "purchases.before(2026-01-01)",
    "purchases.during(2026-01-01..2026-03-28) > 0",
    "bookings.next7d",
    "bookings > 0",
    "visits.last30d",
    "visits.last1d > 1",
    "visits.on(2026-03-29) = 3",
    "visits.during(this year).count >= 1",
    "purchases.sum(amount) > 40",
    "purchases.sum(amount) = 0",
    "purchases.last90d.sum(amount) >= 51",
    "purchases.avg(amount) = 20",
    "purchases.avg(amount) > 12.5",
    "purchases.min(amount) < 1",
    'purchases.max(category) = "toys"',
    'purchases.min(category) < "a"',
    "purchases.max(ordered_at) >= 2026-03-29T01:30Z",
    "purchases.distinct(category) = 2",
    'purchases.share(category = "shoes") > 0.3',
    'purchases.share(category = "shoes") is missing',
    "purchases.sum(amount * 2) = 80",
    'purchases.where(category = "shoes" and amount > 5).last90d.sum(amount) >= 20',
    'purchases.where(category != "shoes") > 1',
    "purchases.where(amount is missing)",
    "visits.sum(seconds) > 20",
    "visits.avg(seconds) = 30",
    "visits.distinct(page) = 1",
    "visits.max(visited_on) < 2026-03-01",
    'purchases.latest.category = "shoes"',
    'purchases.latest.category != "shoes"',
    "purchases.first.amount is missing",
    'purchases.first.category = "shoes"',
    "purchases.latest.amount > purchases.first.amount",
    'purchases.where(amount > 5).latest.product.brand = "Acme"',
    "visits.latest.page is missing",
    "visits.first.seconds = 30",
    "purchases.latest is known",
    "purchases.where(marketing_consent and amount > 0)",
    "purchases.during(signed_up_at..signed_up_at + 60d)",
    "purchases.during(signed_up_at + 60d..)",
    "visits.during(signed_up_at..signed_up_at + 60d)",
    "visits.during(birth_date..birth_date + 60d)",
    "purchases.during(birth_date..birth_date + 40d)",
    "purchases.during(2026-01-01..birth_date)",
    "purchases.where(ordered_at in last 90d).count = 1",
  ],
  "links and nests": [
    'account.plan = "team"',
    "account.seats > 1",
    "not (account.seats > 1)",
    "account.members > 1",
    "account.members.where(purchases) > 1",
    "account.members.where(region = Customer.region) > 0",
    'purchases.where(product.brand = "Acme")',
    "purchases.where(product is missing)",
    "purchases.where(product.price > 5).sum(product.price) >= 10",
    "purchases.where(items)",
    "purchases.where(no items) > 1",
    "purchases.where(items.where(quantity >= 2))",
    "purchases.where(items.sum(quantity) > 2)",
    "purchases.sum(items.sum(quantity)) > 2",
    "purchases.max(items.count) = 2",
    "purchases.latest.items > 0",
    "purchases.where(items.max(price) > 20)",
    "visits.where(purchases.latest.amount > seconds)",
    "purchases.where(no visits.where(visited_on > ordered_at))",
    "purchases.where(visits.where(visited_on = ordered_at)) > 0",
    "purchases.where(visits.last30d)",
    "purchases.where(amount > credit) > 0",
    "purchases.where(items.where(price > Customer.credit))",
    "purchases.where(items.where(price >= Purchase.amount))",
    "purchases.where(purchases.where(category = Purchase.category) > 0)",
    "purchases.where(account.members.where(visits_count > Customer.visits_count)) > 0",
    "visits.where(purchases.where(ordered_at < visited_on)) > 0",
    'account.members.where(purchases.where(product.brand = "Acme" and amount > Customer.credit)) > 0',
    "purchases.avg(visits.where(visited_on < ordered_at).count) > 0",
    "purchases.share(items.where(quantity > visits_count)) >= 0",
  ],
  "references and traits": [
    "Europeans",
    "not Europeans",
    "Europeans or (Buyers and not Europeans)",
    "not (Buyers and Europeans)",
    "account in BusyAccounts",
    "account not in BusyAccounts",
    "account.members.where(Buyers) > 0",
    "purchases.where(Buyers and amount > 10) > 0",
    "Nested and not Europeans",
    "spent > 20",
    "is_big",
    "not is_big",
    "is_big = marketing_consent",
    "account.size + visits_count > 3",
    "(account.size else 7) = 7",
    "account.size > 1",
    "account.size = 0",
    "purchases.where(is_dear)",
    "purchases.latest.is_dear",
    "purchases.where(dearness > 10).sum(dearness) > 20",
    "min_spent > 3",
    "spent >= min_spent",
  ],
  "shapes of conditions": [
    '(region = "EU" or visits_count > 2) and not (country is missing or purchases)',
    'not (region = "EU" and (visits_count > 2 or not purchases))',
    'not (not (not (region = "EU")))',
    'country = "DE" or country = "us" or country = "é" or visits_count = 3',
    'country != "DE" and country != "us" and visits_count > -10',
    'visits_count = 1 or visits_count = 2 or region = "NA" or visits_count in [3, 4]',
    "purchases > 0 and purchases.last90d > 0 and purchases.sum(amount) > 0 and purchases.last180d.sum(amount) > 20",
  ],
};

const DECLARATIONS = `param min_spent : integer = 20
segment Europeans where region = "EU" or region = "eu" ignoring case
segment Buyers where purchases.last90d > 0 and (visits_count is known or country is missing) and not (credit > 1000) or email contains "@"
segment Nested where not (Buyers and not Europeans)
segment BusyAccounts of Account where members > 1 and members.where(purchases)
trait spent = purchases.sum(amount)
trait is_big = purchases.sum(amount) > 50 or visits_count > 10
trait size of Account = members.count
trait is_dear of Purchase = amount > 30 and items
trait dearness of Purchase = amount * 2
`;

const ALL = Object.values(CONDITIONS).flat();
const nameOf = (index: number): string => `Case${index}`;

function projectOf() {
  // `and` beside `or` wants parentheses.
  const declarations = DECLARATIONS.replace(
    /where (purchases\.last90d.*1000\)) or (.*)/,
    (_, all: string, other: string) => `where (${all}) or ${other}`,
  );
  const cases = ALL.map((condition, index) => `segment ${nameOf(index)} where ${condition}`).join("\n");
  return loadProject([sourceFile("model.seg", SHOP_MODEL), sourceFile("cases.seg", `${declarations}${cases}`)]);
}

const project = projectOf();
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

/** Names that our own relations, sources and columns have, that engines reserve, or that only quotes keep together. */
const UNLUCKY_MODEL = `default entity T from customer_rows {
  key    : text key
  place  : integer optional from "select"
  part   : text optional from "a ""quoted"" name"
  \`o_\`   : timestamp optional from "Größe"
  events : many R by owner
  friend : T optional by friend
}
event R from flags at number once per part {
  owner  : text
  number : timestamp
  part   : text optional
  count  : integer optional
  \`order\` : decimal(9, 3) optional from "group"
  rows   : T optional by owner
}
extend T from "list" by key {
  value : float
}
`;
const UNLUCKY_TABLES: Tables = {
  customer_rows: [
    { key: "a", select: "1", 'a ""quoted"" name': "x", Größe: "2026-01-31T12:00:00Z", friend: "b" },
    { key: "b", select: null, 'a ""quoted"" name': null, Größe: null, friend: "nobody" },
    { key: "c", select: "3", 'a ""quoted"" name': "z", Größe: "2026-03-29T01:30:00Z", friend: null },
  ],
  flags: [
    { owner: "a", number: "2026-01-01T00:00:00Z", part: "p", count: "1", group: "0.125" },
    { owner: "a", number: "2026-01-02T00:00:00Z", part: "p", count: "2", group: "0.250" },
    { owner: "a", number: "2026-01-03T00:00:00Z", part: null, count: "3", group: null },
    { owner: "a", number: "2026-01-03T00:00:00Z", part: null, count: "4", group: "1" },
    { owner: "c", number: "2026-03-29T01:30:00Z", part: "q", count: null, group: "-1.5" },
  ],
  list: [
    { key: "a", value: 1.5 },
    { key: "c", value: -2 },
  ],
};
const UNLUCKY: readonly string[] = [
  "place > 0 and part is known",
  "events = 3",
  "events.sum(count) = 8",
  'events.latest.count = 4 and events.first.part = "p"',
  "events.sum(`order`) > 1",
  'events.where(rows.place > 0 and rows.part = "x")',
  "events.where(events.where(count > R.count) > 0) > 1",
  "events.where(number = `o_`)",
  "value > 0 or friend.place is missing",
  "friend in Unlucky0 or Unlucky1",
  "value / (value * value) < 1",
  "(value else value) * value > 2",
  "`o_` + 1h > 2026-03-29T02:00Z",
  "events.during(`o_`..2026-12-31)",
];

const unlucky = loadProject([
  sourceFile("model.seg", UNLUCKY_MODEL.replaceAll('""', '\\"')),
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
        for (const inline of [false, true]) {
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
    const tables = JSON.parse(JSON.stringify(UNLUCKY_TABLES).replaceAll('\\"\\"', '\\"')) as Tables;
    const judge = interpret(unlucky.program, readWorld(unlucky.model, tables), when("Europe/Berlin"));
    const { dialect } = engine;
    const other = await engine.load(unlucky.model, tables);
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
