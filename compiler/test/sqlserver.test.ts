import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { loadProject } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";
import { compileSql, dialectOf } from "../sql/compile.ts";
import type { Runner } from "../sql/runner.ts";
import type { TestEngine } from "./load/creation.ts";
import { sqlserverEngine } from "./load/sqlserver.ts";
import { obey } from "./load/tsql/rules.ts";
import { pieces } from "./load/tsql/tokens.ts";

const MODEL = `default entity Customer from customers {
  id     : text key
  name   : text optional
  a      : decimal(12, 4) optional
  b      : decimal(38, 9) optional
  c      : decimal(30, 5) optional
  n      : integer optional
  x      : float optional
  at     : timestamp optional
  day    : date optional
  tags   : list of text optional
  orders : many Order by customer_id
}
event Order from orders at at {
  at          : timestamp
  customer_id : text
  labels      : list of text optional
  amount      : integer optional
}`;
const WHEN = { asOf: 0n, zone: "UTC", params: new Map() };

function compiled(where: string, shape: "members" | "sizes" = "members", inline = true) {
  const files = [sourceFile("model.seg", MODEL), sourceFile("segments.seg", `segment S where ${where}`)];
  const { program, diagnostics } = loadProject(files);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return compileSql(program, { dialect: "sqlserver", segments: ["S"], shape, inline, ...WHEN });
}

const sqlOf = (where: string, shape: "members" | "sizes" = "members"): string =>
  compiled(where, shape).statements[0]?.sql ?? "";

describe("a text in quotes is that text, by the documented rules: only a quote is doubled, nothing else has a meaning", () => {
  test.each([
    ["'", "N''''"],
    ["it's", "N'it''s'"],
    ["\\' or 1=1 --", "N'\\'' or 1=1 --'"],
    ["a\nb", "N'a\nb'"],
    ["]", "N']'"],
    ["\u02bc\u2019\uff07", "N'\u02bc\u2019\uff07'"],
  ])("%j", (value, literal) => {
    const { literal: write } = dialectOf("sqlserver");
    expect(write({ type: "text", value })).toBe(literal);
    expect(pieces(`${literal} + 1`)).toEqual([
      { kind: "text", text: value, isWide: true },
      { kind: "sign", text: "+" },
      { kind: "number", text: "1" },
    ]);
  });

  test.each([
    ["a]b", "[a]]b]"],
    ["]; drop table x --", "[]]; drop table x --]"],
    ['a"b', '[a"b]'],
  ])("and so is a name: %j", (name, quoted) => {
    expect(dialectOf("sqlserver").identifier(name)).toBe(quoted);
    expect(pieces(quoted)).toEqual([{ kind: "name", text: name }]);
  });
});

describe("what SQL Server refuses is refused by the emulation", () => {
  test.each([
    ["select sum((select 1)) from [t]", "130"],
    ["select 1 from [t] group by (select 1)", "144"],
    ["select 1 from (select [a] from [t] order by [a]) as [q]", "1033"],
    ["select 1 from [t] order by [a], [a] desc", "169"],
    ["select row_number() over (order by 1) from [t]", "408"],
    [`select ${"case when 1 = 1 then ".repeat(11)}1${" end".repeat(11)}`, "125"],
    ["select [a] = 1 from [t]", "102"],
    ["select case when 1 = 1 then [a] is null end from [t]", "102"],
    [`select [${"a".repeat(129)}]`, "103"],
    ["select @p2101", "8003"],
  ])("%s (%s)", (sql, message) => {
    expect(() => obey(sql)).toThrow(`(${message})`);
  });

  test("queries, orders and cases elsewhere are taken", () => {
    const taken =
      "select row_number() over (partition by [a] order by [b] desc, [c]), (select 1), case when [a] = 1 then 1 end from [t] where [a] in (select 1) order by [a]";
    expect(() => obey(taken)).not.toThrow();
  });
});

describe("a query never stands inside of an aggregate", () => {
  test.each([
    ['orders.where(labels has "a").count > 1', "members"],
    ['tags has "a"', "sizes"],
    ['orders.sum(if labels has any ["a", "b"] then amount else 0) > 1', "members"],
  ] as const)("%s, as %s", (where, shape) => {
    const sql = sqlOf(where, shape);
    expect(sql).toContain("openjson");
    expect(() => obey(sql)).not.toThrow();
  });
});

test("no more than ten cases lie in one another: beyond it is said, but for a chain of them", () => {
  const nested = (depth: number): string =>
    depth === 0 ? "1" : `(if n > ${depth} then ${nested(depth - 1)} else ${depth})`;
  const chain = (length: number): string =>
    length === 0 ? "1" : `(if n > ${length} then ${length} else ${chain(length - 1)})`;
  expect(compiled(`${chain(50)} = 3`).diagnostics).toEqual([]);
  expect(compiled(`${nested(8)} = 3`).diagnostics).toEqual([]);
  expect(compiled(`${nested(11)} = 3`).diagnostics.map(({ code }) => code)).toEqual(["SEG6004"]);
});

describe("by the emulation", () => {
  let engine: TestEngine;
  let runner: Runner;
  beforeAll(async () => {
    engine = await sqlserverEngine();
    const { program } = loadProject([sourceFile("model.seg", `${MODEL}\nsegment S where n = 1`)]);
    runner = await engine.load(program.model, {
      customers: [
        {
          id: "a",
          name: "x",
          a: "0.0001",
          b: "0.12345",
          c: "12345678901234567890.12345",
          n: 1,
          at: "9999-12-31T23:59:59Z",
          day: "9999-12-31",
        },
        { id: "b", name: "x ", a: "99999999.9999", b: "99999999999999999999.987654321", at: "0001-01-01T00:00:00Z" },
        { id: "c", name: "X", day: "0001-01-01" },
        { id: "d", name: "x\t" },
        { id: "e", name: "" },
      ],
      orders: [],
    });
  }, 120_000);
  afterAll(() => engine.close());

  const members = async (sql: string): Promise<readonly unknown[]> =>
    (await runner.execute({ sql, parameters: [] })).map(({ key }) => key);

  it.each([
    ['name = "x"', ["a"]],
    ['name = "x "', ["b"]],
    ['name < "x "', ["a", "c", "d", "e"]],
    ['name ends with " "', ["b"]],
    ['name starts with ""', ["a", "b", "c", "d", "e"]],
    ['name contains ""', ["a", "b", "c", "d", "e"]],
    ['name = "x" ignoring case', ["a", "c"]],
  ])("texts are their bytes: %s", async (where, keys) => {
    expect(await members(sqlOf(where))).toEqual(keys);
  });

  it.each([
    ["what closes texts", / \+ char\(1\)/g, 'name = "x"'],
    ["the collation", / collate Latin1_General_100_BIN2_UTF8/g, 'name = "x"'],
  ])("would notice without %s", async (_, dropped, where) => {
    const sql = sqlOf(where);
    expect(sql.replaceAll(dropped, "")).not.toBe(sql);
    const answer = await members(sql.replaceAll(dropped, "")).catch(() => "refused");
    expect(answer).not.toEqual(["a"]);
  });

  it.each([
    ["a * c = 1234567890123456.789012345", ["a"]],
    ["b + n = 1.12345", ["a"]],
    ["b - a = 99999999999899999999.987754321", ["b"]],
  ])("products and sums keep their digits: %s", async (where, keys) => {
    expect(await members(sqlOf(where))).toEqual(keys);
  });

  it("a product in the engine's own way would lose some", async () => {
    const plainly =
      "select case when cast(0.1234567 as decimal(36, 7)) * cast(1 as decimal(31, 2)) = 0.1234567 then 'kept' else 'lost' end as [key]";
    expect(await members(plainly)).toEqual(["lost"]);
  });

  it.each([
    ["at + 7d > 2026-01-01T00:00Z", ["a"]],
    ["at + 90 days < 2026-01-01T00:00Z", ["b"]],
    ["day + 1y > 2026-01-01", ["a"]],
    ["day + 1mo < 2026-01-01", ["c"]],
  ])("no time leaves the years that there are: %s", async (where, keys) => {
    expect(await members(sqlOf(where))).toEqual(keys);
  });
});
