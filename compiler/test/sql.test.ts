import { describe, expect, test } from "vitest";
import { parseInstant } from "../../language/meaning/calendar.ts";
import type { Program } from "../../language/meaning/program.ts";
import { loadProject } from "../../language/project.ts";
import { SHOP_MODEL } from "../../language/test/model.ts";
import { sourceFile } from "../../language/text/source.ts";
import { compileSql, dialectOf, type SqlOptions } from "../sql/compile.ts";
import { DIALECTS } from "../sql/index.ts";
import { keyCheckSql, keyProblems } from "../sql/keys.ts";
import type { Shape, Statement } from "../sql/statement.ts";
import { storageKey, USUAL_STORAGE } from "../sql/storage.ts";
import { difference } from "./sql/difference.ts";

/** The mission's own line, over tables as a small shop has them. */
const MISSION_MODEL = `default entity Customer from crm.customers {
  customer_id : text key
  region      : text in ["EU", "NA"]
  purchases   : many Purchase by customer_id
}
event Purchase from crm.purchases at ordered_at {
  order_id   : text key
  ordered_at : timestamp
}`;
const MISSION = 'segment Loyal where purchases.last90d > 3 and region in ["EU"]';

function program(text: string, model = SHOP_MODEL): Program {
  const project = loadProject([sourceFile("model.seg", model), sourceFile("segments.seg", text)]);
  expect(project.diagnostics.filter((d) => d.severity === "error").map((d) => d.message)).toEqual([]);
  return project.program;
}

const WHEN = { asOf: parseInstant("2026-06-30T00:00:00Z", "UTC") as bigint, zone: "UTC", params: new Map() };

function compiled(of: Program, options: Partial<SqlOptions> = {}) {
  const segments = [...of.segments.keys()];
  return compileSql(of, { dialect: "duckdb", segments, shape: "members", inline: false, ...WHEN, ...options });
}

function statements(of: Program, options: Partial<SqlOptions> = {}): readonly Statement[] {
  const { statements: found, diagnostics } = compiled(of, options);
  expect(diagnostics).toEqual([]);
  return found;
}

const shown = ({ sql, parameters }: Pick<Statement, "sql" | "parameters">): string =>
  [
    `${sql};`,
    ...parameters.map(({ type, value }, index) => `-- ${index + 1} ${type} ${JSON.stringify(value)}`),
    "",
  ].join("\n");

/** What people read: the text of DuckDB, and how each other dialect differs from it. Update them with `vitest run -u` and look at the difference. */
const GOLDEN: Readonly<Record<string, readonly [model: string, text: string, options?: Partial<SqlOptions>]>> = {
  mission: [MISSION_MODEL, MISSION],
  "mission-inline": [MISSION_MODEL, MISSION, { inline: true }],
  "winback-flags": [
    SHOP_MODEL,
    `segment Loyal where purchases.last90d > 3 and region in ["EU"]
segment Winback where purchases.last2y.sum(amount) >= 500 and no purchases.last180d and churn_risk > 0.4 and marketing_consent and not Loyal`,
    { shape: "flags" },
  ],
  "nested-sizes": [
    SHOP_MODEL,
    'segment Nested where purchases.where(items.where(price > Customer.credit) and product.brand = "Acme").last90d > 1 and visits.latest.page = "pricing"',
    { shape: "sizes", zone: "Asia/Kolkata" },
  ],
  "mission-view": [MISSION_MODEL, MISSION, { shape: "view" }],
  "two-lists": [MISSION_MODEL, `${MISSION}\nsegment Others where not Loyal`],
};

const GENERIC = dialectOf("duckdb");

/** Holds a dialect's text to its golden file: the generic text, or the lines that differ from it. */
async function expectGolden(name: string, dialect: string, textIn: (dialect: string) => string): Promise<void> {
  const [text, generic] = [textIn(dialect), textIn(GENERIC.name)];
  if (dialect === GENERIC.name) await expect(text).toMatchFileSnapshot(`./sql/golden/${name}.sql`);
  else
    await expect(difference(text, dialectOf(dialect), generic, GENERIC)).toMatchFileSnapshot(
      `./sql/golden/${name}.${dialect}.diff`,
    );
}

describe.each([...DIALECTS.keys()])("%s", (dialect) => {
  test.each(Object.entries(GOLDEN))("writes %s", async (name, [model, text, options]) => {
    const of = program(text, model);
    await expectGolden(name, dialect, (which) =>
      statements(of, { ...options, dialect: which })
        .map(shown)
        .join("\n"),
    );
  });

  test("the same input gives the same bytes, whatever the order of files and declarations", () => {
    const text = GOLDEN["winback-flags"]?.[1] ?? "";
    const [first, second] = [text, text.split("\n").reverse().join("\n")].map((some) =>
      statements(program(some), { dialect, segments: ["Winback", "Loyal"] }).map(shown),
    );
    expect(first).toEqual(second);
  });

  test("without parameters nothing is bound, and nothing is missing", () => {
    const of = program(GOLDEN["winback-flags"]?.[1] ?? "");
    for (const { sql, parameters } of statements(of, { dialect, inline: true })) {
      expect(parameters).toEqual([]);
      expect(sql).not.toMatch(/[$?]\d/);
    }
  });

  test("a check of keys asks each table that a segment relies on", async () => {
    const of = program(
      'segment A where purchases.where(product.brand = "x") and account.plan = "team" and churn_risk > 0.5 and visits',
    );
    const checksIn = (which: string) => keyCheckSql(of, { dialect: which, segments: ["A"], inline: false, ...WHEN });
    const checks = checksIn(dialect);
    expect(checks.map(({ table }) => table.join("."))).toEqual([
      "crm.customers",
      "churn_scores",
      "shop.products",
      "crm.accounts",
    ]);
    await expectGolden("keys", dialect, (which) => checksIn(which).slice(0, 2).map(shown).join("\n"));
  });
});

describe("a statement", () => {
  const one = (text: string, options?: Partial<SqlOptions>): Statement =>
    statements(program(text), options)[0] as Statement;

  test("asks what several segments ask once", () => {
    const texts = ["purchases.last90d > 1", "purchases.last90d > 2 or visits", "purchases.last90d.count + 1 > 5"];
    const { sql } = one(texts.map((text, i) => `segment S${i} where ${text}`).join("\n"), { shape: "sizes" });
    expect(sql.match(/count\(/g)?.length).toBe(2 + texts.length + 1);
  });

  test("bounds the rows it groups by the widest of the windows", () => {
    const { sql, parameters } = one(
      "segment A where purchases.last7d > 1\nsegment B where purchases.last90d.sum(amount) > 5",
      {
        shape: "flags",
      },
    );
    expect(sql).toMatch(
      /from "purchase_rows" as "purchase"\n {4}where "purchase"\."ordered_at" >= cast\(\$(\d+) as timestamp\)\n {4}group by/,
    );
    expect(parameters.map(({ value }) => value)).toContain("2026-04-01T00:00:00.000000Z");
  });

  test("does not bound them where one of its aggregates is about all time", () => {
    const { sql } = one("segment A where purchases.last7d > 1\nsegment B where purchases > 5", { shape: "flags" });
    expect(sql).toMatch(/from "purchase_rows" as "purchase"\n {4}group by/);
  });

  test("has DuckDB work out by itself what stands on six windows over one another, which it would plan ever slower", () => {
    const takes = (n: number) => `segment A where purchases${".latest(9).first(9)".repeat(n / 2)}.count > 1`;
    const alone = (n: number, dialect: string) => one(takes(n), { dialect }).sql.match(/ as materialized \(/g)?.length;
    expect([alone(4, "duckdb"), alone(6, "duckdb"), alone(12, "duckdb")]).toEqual([undefined, 1, 2]);
    expect(alone(12, "sqlite")).toBe(undefined);
  });

  test("has PostgreSQL work out groups and numbered rows by themselves, which it would work out again for each row that reads them", () => {
    const alone = (text: string) =>
      [...one(`segment A where ${text}`, { dialect: "postgres" }).sql.matchAll(/"(\w+)" as materialized \(/g)].map(
        ([, name]) => name,
      );
    expect(alone("region is known")).toEqual([]);
    expect(alone("visits > 1")).toEqual(["customer_visits"]);
    // Of an order that is delivered twice one is numbered 1.
    expect(alone("purchases.latest.amount > 1")).toEqual(["purchase_rows", "customer_purchases"]);
  });

  test("never joins a subquery to the row it stands in", () => {
    const { sql } = one(
      "segment A where purchases.where(no visits.where(visited_on > ordered_at) and items.where(price > Customer.credit)) > 1",
    );
    const before = [...sql.matchAll(/(\w+) \(\s*select/g)].map(([, word]) => word);
    expect(new Set(before)).toEqual(new Set(["as", "from"]));
    expect(sql).not.toContain("exists");
  });

  test("repeats no large segment that others refer to", () => {
    const tests = Array.from({ length: 30 }, (_, i) => `visits_count != ${i} or score > ${i}`)
      .map((t) => `(${t})`)
      .join(" and ");
    const { sql } = one(
      `segment Big where ${tests}\nsegment A where Big and purchases\nsegment B where not Big and no purchases`,
      {
        shape: "sizes",
      },
    );
    expect(sql.match(/"score" > /g)?.length).toBe(30);
    expect(sql).toContain('"big"');
  });

  test("keeps what refers to itself through many levels flat", () => {
    const chain = Array.from({ length: 120 }, (_, i) => `segment S${i + 1} where not S${i} or visits_count = ${i}`);
    const { sql } = one(["segment S0 where marketing_consent", ...chain].join("\n"), { segments: ["S120"] });
    expect(sql.length).toBeLessThan(20_000);
    expect(nestingOf(sql)).toBeLessThan(60);
  });

  test("puts long rows of conditions into parentheses", () => {
    const many = Array.from({ length: 1000 }, (_, i) => `visits_count > score * ${i}`).join(" or ");
    const { sql } = one(`segment A where ${many}`, { inline: true });
    expect(Math.max(...rowsOf(sql))).toBeLessThanOrEqual(50);
  });

  test("puts long lists into a relation of their own, as one parameter", () => {
    const list = Array.from({ length: 1001 }, (_, i) => `"c${i}"`).join(", ");
    const found = one(`segment A where country in [${list}]\nsegment B where country not in [${list}]`);
    expect(found.sql.match(/"list" as/g)?.length).toBe(1);
    expect(found.parameters.length).toBeLessThan(10);
  });

  test("puts shorter lists there too when there are too many values in all", () => {
    const list = (name: string) => Array.from({ length: 900 }, (_, i) => `"${name}${i}"`).join(", ");
    const found = one(
      `segment A where country in [${list("c")}] or email in [${list("e")}] or customer_id in [${list("k")}]`,
    );
    expect(found.parameters.length).toBeLessThan(2000);
  });

  test("compares a row of equalities as a list", () => {
    const found = one('segment A where country = "a" or country = "b" or country in ["c", "a"]');
    expect(found.sql).toContain('"customer"."country" in (');
    expect(found.parameters.map(({ value }) => value)).toEqual(expect.arrayContaining(["a", "b", "c"]));
  });

  test("serves several segments by its columns", () => {
    const found = one(
      "segment `Größe 1` where visits_count > 1\nsegment Key where visits_count > 2\nsegment key where visits_count > 3",
      { shape: "flags" },
    );
    expect(found.columns).toEqual(["gr_e_1", "key_2", "key_3"]);
    expect(found.segments).toEqual(["Größe 1", "Key", "key"]);
  });

  test("is divided where it would be too large", () => {
    const texts = Array.from({ length: 40 }, (_, i) => {
      const tests = Array.from({ length: 200 }, (_, j) => `visits_count + ${i} > score * ${i * 1000 + j}`);
      return `segment S${i} where ${tests.join(" or ")}`;
    });
    const found = statements(program(texts.join("\n")), { shape: "sizes" });
    expect(found.length).toBeGreaterThan(1);
    expect(found.flatMap(({ segments }) => segments)).toEqual(texts.map((_, i) => `S${i}`));
    for (const { sql, parameters } of found) {
      expect(sql.length).toBeLessThanOrEqual(200 * 1024);
      expect(parameters.length).toBeLessThanOrEqual(2000);
    }
  });

  test("grows with what is asked, not faster", () => {
    const sizes = [50, 100, 200].map((count) => {
      const texts = Array.from(
        { length: count },
        (_, i) => `segment S${i} where purchases.last${i + 1}d > ${i} and not (score > 0.${i})`,
      );
      return one(texts.join("\n"), { shape: "sizes" }).sql.length;
    });
    expect((sizes[2] ?? 0) / (sizes[1] ?? 1)).toBeLessThan(2.2);
    expect((sizes[1] ?? 0) / (sizes[0] ?? 1)).toBeLessThan(2.2);
  });
});

/** How deep parentheses go. */
function nestingOf(sql: string): number {
  let [depth, deepest] = [0, 0];
  for (const letter of sql) {
    if (letter === "(") deepest = Math.max(deepest, ++depth);
    if (letter === ")") depth--;
  }
  return deepest;
}

/** How many `or` stand side by side, for each pair of parentheses. */
function rowsOf(sql: string): readonly number[] {
  const rows: number[] = [];
  const open = [0];
  for (const [token] of sql.matchAll(/[()]| or /g)) {
    if (token === "(") open.push(0);
    else if (token === ")") rows.push(open.pop() ?? 0);
    else open.push((open.pop() ?? 0) + 1);
  }
  return [...rows, ...open];
}

describe("what an engine cannot do is said", () => {
  const codes = (of: Program, options: Partial<SqlOptions>) =>
    compiled(of, options).diagnostics.map(({ code, message }) => `${code} ${message}`);

  const MONEY = `default entity Customer from customers {
  id     : text key
  credit : decimal(18, 2)
}`;

  test("more digits than SQLite has", () => {
    const of = program("segment A where credit > 1\nsegment B where credit > 2", MONEY);
    expect(codes(of, { dialect: "sqlite" })).toEqual([
      "SEG6002 `credit` has 18 digits, and SQLite computes exactly with at most 15 of them.",
    ]);
    expect(codes(of, { dialect: "duckdb" })).toEqual([]);
    expect(codes(of, { dialect: "sqlite", storage: { ...USUAL_STORAGE, decimals: "minor" } })).toEqual([]);
  });

  test("more values than a statement takes", () => {
    const many = Array.from({ length: 2500 }, (_, i) => `visits_count + ${i} > ${i + 5000}`).join(" or ");
    expect(codes(program(`segment A where ${many}`), {})).toEqual([
      "SEG6003 For DuckDB, `A` becomes a statement of 5,001 parameters, and 2,000 are the most.",
    ]);
  });

  test("more values than a list is held against, one by one, unless they are inlined", () => {
    const list = Array.from({ length: 2001 }, (_, i) => `"Tag ${i}"`).join(", ");
    const tagged = program(
      `segment A where tags has any [${list}]`,
      "default entity Customer from customers { id : text key  tags : list of text optional }",
    );
    for (const dialect of ["redshift", "snowflake"]) {
      expect(codes(tagged, { dialect })[0]).toMatch(/^SEG6003 .* 2,001 parameters, and 2,000 are the most\.$/);
      expect(codes(tagged, { dialect, inline: true })).toEqual([]);
    }
    expect(codes(tagged, { dialect: "postgres" })).toEqual([]);
  });

  test("more text than an engine takes in a statement, though several segments are divided long before", () => {
    const many = (n: number) =>
      program(`segment A where ${Array.from({ length: n }, (_, i) => `score * ${i} > credit`).join(" or ")}`);
    expect(codes(many(4000), { inline: true })).toEqual([]);
    expect(codes(many(4000), { inline: true, dialect: "clickhouse" })[0]).toMatch(
      /^SEG6003 For ClickHouse, `A` becomes a statement of (more than )?\d+ KB, and 244 are the most\.$/,
    );
    expect(codes(many(15_000), { inline: true })).toEqual([
      "SEG6003 For DuckDB, `A` becomes a statement of more than 976 KB, and 976 are the most.",
    ]);
  });

  test("more tables than SQLite joins", () => {
    const many = Array.from({ length: 70 }, (_, i) => `purchases.where(category = "c${i}").latest.amount > ${i}`).join(
      " or ",
    );
    expect(codes(program(`segment A where ${many}`), { dialect: "sqlite" })).toEqual([
      "SEG6003 For SQLite, `A` becomes a statement of 71 tables at once, and 60 are the most.",
    ]);
    expect(codes(program(`segment A where ${many}`), { dialect: "postgres" })).toEqual([]);
  });

  test("more segments, or more in one condition, than Trino takes", () => {
    const many = Array.from({ length: 400 }, (_, i) => `segment S${i} where visits_count > ${i}`).join("\n");
    const counts = (dialect: string, shape: Shape) =>
      statements(program(many), { dialect, shape }).map(({ segments }) => segments.length);
    expect(counts("trino", "members")).toEqual([100, 100, 100, 100]);
    expect(counts("trino", "flags")).toEqual([400]);
    expect(counts("postgres", "members")).toEqual([400]);
    const long = (n: number) =>
      program(`segment A where ${Array.from({ length: n }, (_, i) => `score * ${i} > credit`).join(" or ")}`);
    expect(codes(long(200), { dialect: "trino" })).toEqual([]);
    expect(codes(long(300), { dialect: "trino" })[0]).toMatch(
      /^SEG6003 For Trino, `A` becomes a statement of [\d,]+ values and tests in one condition, and 1,600 are the most\.$/,
    );
    const list = Array.from({ length: 900 }, (_, i) => `"c${i}"`).join(", ");
    expect(codes(program(`segment A where country in [${list}]`), { dialect: "trino" })).toEqual([]);
  });

  test("more queries in one another than an engine takes, where each stands in the place of those that read it", () => {
    const ranks = (n: number, of: (before: string) => string): Program =>
      program(
        Array.from(
          { length: n },
          (_, i) => `segment S${i} where top 90% by score${i === 0 ? "" : of(`S${i - 1}`)}`,
        ).join("\n"),
      );
    const one = (of: Program, n: number, dialect: string) => codes(of, { dialect, segments: [`S${n - 1}`] });
    const chain = ranks(30, (before) => ` of ${before}`);
    expect(one(chain, 26, "clickhouse")).toEqual([]);
    expect(one(chain, 30, "clickhouse")).toEqual([
      "SEG6003 For ClickHouse, `S29` becomes a statement of 90 queries in one another, and 80 are the most.",
    ]);
    expect(one(chain, 20, "databricks")).toEqual([]);
    expect(one(chain, 26, "databricks")).toEqual([
      "SEG6003 For Databricks, `S25` becomes a statement of 78 queries in one another, and 60 are the most.",
    ]);
    expect(one(chain, 13, "trino")).toEqual([]);
    expect(one(chain, 16, "trino")).toEqual([
      "SEG6003 For Trino, `S15` becomes a statement of 48 queries in one another, and 40 are the most.",
    ]);
    expect(one(chain, 30, "postgres")).toEqual([]);
    const twice = ranks(7, (before) => ` of (${before} and not bottom 2 by score of ${before})`);
    expect(one(twice, 6, "clickhouse")).toEqual([]);
    expect(one(twice, 7, "clickhouse")).toEqual([
      "SEG6003 For ClickHouse, `S6` becomes a statement of 823 queries, and 500 are the most.",
    ]);
    expect(one(twice, 5, "trino")).toEqual([
      "SEG6003 For Trino, `S4` becomes a statement of 199 queries, and 100 are the most.",
    ]);
  });

  test("more depth than an engine follows", () => {
    const deep = `visits_count${" + 1".repeat(180)}`;
    expect(codes(program(`segment A where ${deep} > 0`), { dialect: "postgres" })).toEqual([
      "SEG6004 The conditions of `A` lie deeper in one another than PostgreSQL takes.",
    ]);
  });
});

describe("how data is stored", () => {
  const of = program("segment A where signed_up_at < 2026-01-01T00:00Z and credit > 1.5");
  const sqlOf = (options: Partial<SqlOptions>): string => statements(of, options)[0]?.sql ?? "";

  test("SQLite compares text with text, and microseconds with microseconds", () => {
    expect(statements(of, { dialect: "sqlite" })[0]?.parameters).toContainEqual({
      type: "text",
      value: "2026-01-01 00:00:00.000000",
    });
    const columns = new Map([[storageKey(["crm", "customers"], "signed_up_at"), "micros" as const]]);
    const micros = statements(of, { dialect: "sqlite", storage: { ...USUAL_STORAGE, columns } })[0];
    expect(micros?.parameters).toContainEqual({ type: "integer", value: "1767225600000000" });
    expect(micros?.sql).toContain('strftime(\'%s\', substr("t"."deleted_at", 1, 19))');
  });

  test("SQLite reads minor units as they are", () => {
    expect(sqlOf({ dialect: "sqlite" })).toContain('cast(round("t"."credit" * 100) as integer)');
    expect(sqlOf({ dialect: "sqlite", storage: { ...USUAL_STORAGE, decimals: "minor" } })).toContain(
      '"t"."credit" as "credit"',
    );
  });

  test("PostgreSQL casts texts of other types", () => {
    const columns = new Map([[storageKey(["crm", "customers"], "customer_id"), "castText" as const]]);
    expect(sqlOf({ dialect: "postgres", storage: { ...USUAL_STORAGE, columns } })).toContain(
      'cast("t"."customer_id" as text)',
    );
    expect(sqlOf({ dialect: "postgres" })).toContain('"t"."customer_id" as "customer_id"');
  });
});

test("rows of a check of keys become problems", () => {
  const check = { entity: "Customer", table: ["crm", "customers"] };
  const rows = [
    { problem: "missingKey", key: null, count: 2 },
    { problem: "duplicateKey", key: "a", count: 4 },
    { problem: "duplicateKey", key: "b", count: 4 },
  ];
  expect(keyProblems(check, rows)).toEqual([
    { ...check, kind: "missingKey", offenders: [], count: 2 },
    { ...check, kind: "duplicateKey", offenders: ["a", "b"], count: 4 },
  ]);
  expect(keyProblems(check, [])).toEqual([]);
});
