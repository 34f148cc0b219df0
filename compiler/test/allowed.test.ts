import { describe, expect, test } from "vitest";
import { DIALECTS } from "../sql/index.ts";
import { statementsOf } from "./allowed/corpus.ts";
import { REDSHIFT } from "./allowed/redshift.ts";
import { type Allowed, notAllowed } from "./allowed/walk.ts";

/** The dialects that no engine of the tests executes as its own. */
const LISTS: readonly Allowed[] = [REDSHIFT];

/** Each is a model, twelve segments and those that read them. */
const SEEDS = 20;

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

  test("is registered, and each entry names a page", () => {
    expect(DIALECTS.has(dialect)).toBe(true);
    const pages = [list.functions, list.types, list.words, list.signs].flatMap((entries) => Object.entries(entries));
    expect(pages.filter(([, page]) => page === "")).toEqual([]);
  });
});

const ONE: Allowed = {
  dialect: "redshift",
  pages: "https://example.com/",
  lexical: { backslashes: false, names: '"' },
  functions: { cast: "cast", left: "left" },
  types: { "numeric(n, n)": "types", "double precision": "types" },
  words: { select: "select", as: "select", from: "select", left: "select", join: "select", in: "select" },
  signs: { "=": "signs", "<=": "signs" },
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
