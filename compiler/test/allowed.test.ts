import { describe, expect, test } from "vitest";
import { DIALECTS } from "../sql/index.ts";
import { statementsOf } from "./allowed/corpus.ts";
import { DATABRICKS } from "./allowed/databricks.ts";
import { REDSHIFT } from "./allowed/redshift.ts";
import { SNOWFLAKE } from "./allowed/snowflake.ts";
import { SQLSERVER } from "./allowed/sqlserver.ts";
import { TRINO } from "./allowed/trino.ts";
import { type Allowed, notAllowed } from "./allowed/walk.ts";

/** The dialects that no engine executes as its own in every run. */
const LISTS: readonly Allowed[] = [DATABRICKS, REDSHIFT, SNOWFLAKE, SQLSERVER, TRINO];

/** Each is a model, twelve segments and those that read them. */
const SEEDS = 10;

describe.each(LISTS.map((list) => [list.dialect, list] as const))("%s", (dialect, list) => {
  test("writes nothing that was not looked up in its documentation", () => {
    const found = new Map<string, string>();
    const asked = new Set<string>();
    for (const { from, segments, sql } of statementsOf(dialect, SEEDS)) {
      for (const segment of segments) asked.add(`${from}, ${segment}`);
      for (const what of notAllowed(sql, list)) if (!found.has(what)) found.set(what, `${from}, ${segments[0]}`);
    }
    expect([...found].map(([what, where]) => `${what} in ${where}`)).toEqual([]);
    expect(asked.size).toBeGreaterThan(1500);
  }, 300_000);

  test("is registered, and nothing is looked up twice", () => {
    expect(DIALECTS.has(dialect)).toBe(true);
    for (const entries of [list.functions, list.types, list.words, list.signs]) {
      const all = Object.values(entries).flat();
      expect(all.filter((one, i) => all.indexOf(one) !== i)).toEqual([]);
    }
  });
});

const ONE: Allowed = {
  dialect: "redshift",
  pages: "https://example.com/",
  lexical: { backslashes: false, names: '"' },
  functions: { "strings.html": ["cast", "left"] },
  types: { "types.html": ["numeric(n, n)", "double precision"] },
  words: { "select.html": ["select", "as", "from", "left", "join", "in"] },
  signs: { "signs.html": ["=", "<="] },
};

test.each([
  ['select left("a", 3) from "t"', []],
  ['select right("a", 3) from "t"', ["function right"]],
  ['select cast("a" as numeric(38, 9)) as "b", cast(cast(1 as double precision) as text)', ["type text"]],
  ['select "a" in (1) qualify', ["word qualify"]],
  ["select \"a\" = '--' <= 1 -- not", ["comment -- not"]],
  ['select "a" <> 1', ["sign <>"]],
  ["select 'cast(x as text)' from \"evil(\"", []],
])("of %s it finds %j", (sql, found) => {
  expect(notAllowed(sql, ONE)).toEqual(found);
});
