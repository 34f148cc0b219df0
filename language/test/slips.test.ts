import { describe, expect, test } from "vitest";
import { applyFixes } from "../diagnostics/apply-fixes.ts";
import type { Slug } from "../diagnostics/catalog.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import { parse } from "../syntax/parse.ts";
import { sourceFile } from "../text/source.ts";
import { showDeclaration } from "./show.ts";

const PATH = "test.seg";
const read = (text: string) => parse(sourceFile(PATH, text));
const shape = (text: string): string[] => read(text).file.declarations.map(showDeclaration);
const slugs = (text: string): string[] => read(text).diagnostics.map((d) => d.slug);
const fixed = (text: string, fix: Fix): string => applyFixes([sourceFile(PATH, text)], [fix]).sources[0]?.text ?? "";

/** A slip is found once, read as what it means, and its one preferred fix writes just that. */
function check(slug: Slug, written: string, meant: string): void {
  expect(slugs(written)).toEqual([slug]);
  const preferred = read(written).diagnostics.flatMap((d) => d.fixes.filter((fix) => fix.preferred));
  expect(preferred.map((fix) => fixed(written, fix))).toEqual([meant]);
  expect(slugs(meant)).toEqual([]);
  expect(shape(written)).toEqual(shape(meant));
}

const inSegment = (slug: Slug, written: string, meant: string): void =>
  check(slug, `segment S where ${written}`, `segment S where ${meant}`);

describe("a slip is understood, reported once, and mended by its fix", () => {
  test.each<readonly [Slug, string, string]>([
    ["other-quotes", "a = 'x'", 'a = "x"'],
    ["other-quotes", "a = 'it''s'", 'a = "it\'s"'],
    ["other-quotes", "a = '\"'", 'a = "\\""'],
    ["other-quotes", "a = ''", 'a = ""'],
    ["other-quotes", "a = “x”", 'a = "x"'],
    ["other-quotes", "a = „x“", 'a = "x"'],
    ["other-quotes", "a = ‘x’", 'a = "x"'],
    ["other-quotes", "a = «x»", 'a = "x"'],
    ["other-operator", "a == 1", "a = 1"],
    ["other-operator", "a === 1", "a = 1"],
    ["other-operator", "a <> 1", "a != 1"],
    ["other-operator", "a !== 1", "a != 1"],
    ["other-operator", "a ≠ 1", "a != 1"],
    ["other-operator", "a ≥ 1", "a >= 1"],
    ["other-operator", "a => 1", "a >= 1"],
    ["other-operator", "a ≤ 1", "a <= 1"],
    ["other-operator", "a =< 1", "a <= 1"],
    ["other-operator", "a – 1 > 0", "a - 1 > 0"],
    ["other-operator", "a − 1 > 0", "a - 1 > 0"],
    ["other-operator", "a — 1 > 0", "a - 1 > 0"],
    ["other-operator", "a × 2 > 0", "a * 2 > 0"],
    ["other-operator", "a ÷ 2 > 0", "a / 2 > 0"],
    ["other-operator", "a in 18–25", "a in 18..25"],
    ["other-operator", "a in 18…25", "a in 18..25"],
    ["other-operator", "a in 18...25", "a in 18..25"],
    ["other-operator", "a && b", "a and b"],
    ["other-operator", "a&&b", "a and b"],
    ["other-operator", "a & b", "a and b"],
    ["other-operator", "a || b", "a or b"],
    ["other-operator", "a|b", "a or b"],
    ["other-operator", "!a", "not a"],
    ["other-operator", "a and !b", "a and not b"],
    ["other-operator", "!(a or b)", "not (a or b)"],
    ["word-spelling", "a AND b", "a and b"],
    ["word-spelling", "a And b", "a and b"],
    ["word-spelling", "a AND b AND NOT c", "a and b and not c"],
    ["word-spelling", "a IN [1] AND b", "a in [1] and b"],
    ["word-spelling", "a IS MISSING", "a is missing"],
    ["word-spelling", 'a STARTS WITH "x"', 'a starts with "x"'],
    ["word-spelling", "a in LAST 30d", "a in last 30d"],
    ["word-spelling", "a = TRUE", "a = true"],
    ["word-spelling", "a adn b", "a and b"],
    ["word-spelling", "a andd b", "a and b"],
    ["word-spelling", "a ro b", "a or b"],
    ["word-spelling", 'a contians "x"', 'a contains "x"'],
    ["word-spelling", "a and nto b", "a and not b"],
    ["word-spelling", 'a starts "x"', 'a starts with "x"'],
    ["word-spelling", "a in this months", "a in this month"],
    ["null-word", "a = null", "a is missing"],
    ["null-word", "a != null", "a is known"],
    ["null-word", "a is null", "a is missing"],
    ["null-word", "a is not null", "a is known"],
    ["null-word", "a is NULL", "a is missing"],
    ["is-compare", 'a is "FR"', 'a = "FR"'],
    ["is-compare", 'a is not "x"', 'a != "x"'],
    ["is-compare", "a is b", "a = b"],
    ["is-compare", "a is not missing", "a is known"],
    ["is-compare", "a is not known", "a is missing"],
    ["is-compare", 'a is in ["x"]', 'a in ["x"]'],
    ["is-compare", 'a is not in ["x"]', 'a not in ["x"]'],
    ["is-compare", "a not = 3", "a != 3"],
    ["between", "a between 1 and 5", "a in 1..5"],
    ["between", "a between 1 and 5 and b", "a in 1..5 and b"],
    ["between", "a not between 1 and 5", "a not in 1..5"],
    ["range-compare", "a = 1..5", "a in 1..5"],
    ["range-compare", "a != 1..5", "a not in 1..5"],
    ["empty-parentheses", "purchases.count() > 3", "purchases.count > 3"],
    ["empty-parentheses", "purchases.last90d.count ( ) > 3", "purchases.last90d.count  > 3"],
    ["empty-parentheses", "a > today()", "a > today"],
    ["last-elements", "purchases.last(5)", "purchases.latest(5)"],
    ["last-period", "a in last month", "a in previous month"],
    ["last-period", "a in last full week", "a in previous week"],
    ["last-period", "purchases.during(last year).count > 1", "purchases.during(previous year).count > 1"],
    ["spaced-window", "a in last90d", "a in last 90d"],
    ["spaced-window", "purchases.during(next7d)", "purchases.during(next 7d)"],
    ["spaced-window", "purchases.last 90 days > 3", "purchases.last90d > 3"],
    ["spaced-window", "purchases.last 90d > 3", "purchases.last90d > 3"],
    ["trailing-comma", "a in [1, 2,]", "a in [1, 2]"],
    ["trailing-comma", "p.top(3, by: x,)", "p.top(3, by: x)"],
    ["rank-clause-order", "top 10% of B by x", "top 10% by x of B"],
    ["rank-clause-order", "top 10% with ties per c by x and d", "top 10% by x per c with ties and d"],
    ["rank-clause-order", "top 10% by x per c of (a or b)", "top 10% by x of (a or b) per c"],
    ["rank-clause-twice", "top 10% by x of B of C", "top 10% by x of B "],
    ["missing-word", "top 10% x", "top 10% by x"],
    ["missing-comma", "a in [1 2]", "a in [1, 2]"],
    ["list-brackets", "a in (1, 2)", "a in [1, 2]"],
    ["list-brackets", 'a has any "x"', 'a has any ["x"]'],
    ["list-brackets", 'a has any ("x")', 'a has any ["x"]'],
    ["list-brackets", 'a has all ("x", "y")', 'a has all ["x", "y"]'],
    ["condition-brackets", "all of [a, b > 3]", "all of (a, b > 3)"],
    ["is-compare", 'a has not "x"', 'a has none ["x"]'],
    ["is-compare", "a has no EU", "a has none EU"],
    ["is-compare", 'a has any of ["x"]', 'a has any ["x"]'],
    ["missing-word", "at least 2 (a, b)", "at least 2 of (a, b)"],
    ["word-spelling", "IF a THEN b ELSE c", "if a then b else c"],
    ["word-spelling", 'a HAS ANY ["x"]', 'a has any ["x"]'],
    ["word-spelling", "AT LEAST 2 OF (a, b)", "at least 2 of (a, b)"],
    ["list-brackets", 'a in ("EU")', 'a in ["EU"]'],
    ["odd-blank", "a\u00a0=\u00a01", "a = 1"],
    ["odd-blank", "a =\u202f1", "a = 1"],
    ["odd-blank", "a\u200b = 1", "a = 1"],
    ["semicolon", "a = 1;", "a = 1"],
    ["comment-mark", "a = 1 # why", "a = 1 // why"],
    ["duration-shape", "a in last 90days", "a in last 90 days"],
    ["duration-shape", "a in last 90 d", "a in last 90d"],
    ["duration-shape", "a in last 90D", "a in last 90d"],
    ["duration-shape", "a in last 2hrs", "a in last 2h"],
    ["duration-shape", "p.last90days", "p.last90d"],
    ["duration-shape", "p.last2Weeks > 1", "p.last2w > 1"],
    ["number-shape", "a > .5", "a > 0.5"],
    ["number-shape", "a > 1__0", "a > 10"],
  ])("%s: %s", inSegment);

  test.each<readonly [Slug, string, string]>([
    ["word-spelling", "segment S wehre a", "segment S where a"],
    ["word-spelling", "segment S\nWhere a", "segment S\nwhere a"],
    ["word-spelling", "Segment S where a", "segment S where a"],
    ["word-spelling", "SEGMENT S WHERE a", "segment S where a"],
    ["word-spelling", "segmnt S where a", "segment S where a"],
    ["word-spelling", "segment A where b\nsegmetn S where a", "segment A where b\nsegment S where a"],
    ["word-spelling", "trati x = 1", "trait x = 1"],
    ["word-spelling", "parm x = 1", "param x = 1"],
    ["word-spelling", "entity A form t { }", "entity A from t { }"],
    ["word-spelling", "entity A from t { a : text optinal }", "entity A from t { a : text optional }"],
    ["word-spelling", "event A from t scheduld { }", "event A from t scheduled { }"],
    ["other-operator", "segment S = a", "segment S where a"],
    ["other-operator", "trait x == 1", "trait x = 1"],
    ["other-operator", "trait x where 1", "trait x = 1"],
    ["missing-word", "segment S a", "segment S where a"],
    ["missing-word", "S where a", "segment S where a"],
    ["missing-word", "trait x 3", "trait x = 3"],
    ["missing-word", "event A from t once b { }", "event A from t once per b { }"],
    ["missing-word", "event A from t fresh 2h { }", "event A from t fresh within 2h { }"],
    ["stray-colon", "segment S: where a", "segment S where a"],
    ["semicolon", "segment S where a;\nsegment T where b", "segment S where a\nsegment T where b"],
    ["default-what", "default event E from t { }", "event E from t { }"],
    ["clause-order", "segment S where a of B", "segment S of B where a"],
    ["unclosed-bracket", "segment S where (a", "segment S where (a)"],
    ["unclosed-bracket", "segment S where a in [1, 2", "segment S where a in [1, 2]"],
    ["unclosed-bracket", "entity A from t { a : text", "entity A from t { a : text}"],
  ])("%s: %s", check);
});

test("words that were meant inside stand before the whole test, in the fix", () => {
  const written = 'segment S where a not contains "x"';
  expect(slugs(written)).toEqual(["not-inside"]);
  expect(shape(written)).toEqual(['segment S where (a not contains "x")']);
  const [fix] = read(written).diagnostics.flatMap((d) => d.fixes);
  expect(fix?.preferred).toBe(true);
  expect(fixed(written, fix as Fix)).toBe('segment S where not a contains "x"');
});

/** What may be meant in two ways is not decided: each way is a fix, and none is preferred. */
function checkChoice(slug: Slug, written: string, ...readings: readonly string[]): void {
  const text = `segment S where ${written}`;
  const { diagnostics } = read(text);
  expect(diagnostics.map((d) => d.slug)).toEqual([slug]);
  const fixes = diagnostics.flatMap((d) => d.fixes);
  expect(fixes.map((fix) => fixed(text, fix))).toEqual(readings.map((reading) => `segment S where ${reading}`));
  for (const reading of readings) expect(slugs(`segment S where ${reading}`)).toEqual([]);
  expect(fixes.some((fix) => fix.preferred)).toBe(readings.length === 1);
}

describe("what has two readings offers both", () => {
  const rows: readonly (readonly [Slug, string, ...string[]])[] = [
    ["and-or", "a or b and c", "a or (b and c)", "(a or b) and c"],
    ["and-or", "a and b or c and d", "(a and b) or (c and d)", "a and (b or c) and d"],
    ["and-or", "a and b and c or d", "(a and b and c) or d", "a and b and (c or d)"],
    ["else-reach", "a + b else 0 > 3", "a + (b else 0) > 3", "(a + b) else 0 > 3"],
    ["else-reach", "a else 0 + b > 3", "(a else 0) + b > 3", "a else (0 + b) > 3"],
    ["else-reach", "a * b else 0 - c > 3", "a * (b else 0) - c > 3", "(a * b) else (0 - c) > 3"],
    ["else-reach", "-a else 0 > 3", "-(a else 0) > 3", "(-a) else 0 > 3"],
    ["if-reach", "a > if b then 1 else 2", "a > (if b then 1 else 2)"],
    ["if-reach", "not if a then b else c", "not (if a then b else c)"],
    ["if-reach", "a and if b then c else d", "a and (if b then c else d)"],
    ["if-reach", "1 + if a then 1 else 2 > 3", "1 + (if a then 1 else 2) > 3"],
    ["if-reach", "if a then if b then 1 else 2 else 3", "if a then (if b then 1 else 2) else 3"],
    ["has-which", 'a has ["x"]', 'a has any ["x"]', 'a has all ["x"]'],
    ["condition-in-branch", "if a then b > 3 else c", "if a then (b > 3) else c"],
    ["condition-in-branch", "if a then b and c else d", "if a then (b and c) else d"],
    ["if-reach", "if a then b else c and d", "(if a then b else c) and d", "if a then b else (c and d)"],
    ["if-reach", "if a then 1 else 2 > b", "(if a then 1 else 2) > b", "if a then 1 else (2 > b)"],
    [
      "default-of-if",
      "if a then b else 1 else c",
      "if a then (b else 1) else c",
      "if a then b else (1 else c)",
      "(if a then b else 1) else c",
    ],
    ["minutes-or-months", "a in last 3m", "a in last 3min", "a in last 3mo"],
    ["minutes-or-months", "a in last 3 m", "a in last 3min", "a in last 3mo"],
    ["minutes-or-months", "p.last3m", "p.last3min", "p.last3mo"],
    ["window-step", "p.last5", "p.latest(5)", "p.last5d"],
    ["missing-connective", "a = 1 b = 2", "a = 1 and b = 2", "a = 1 or b = 2"],
    ["comparison-chain", "1 < a < 5", "1 < a and a < 5"],
    ["comparison-chain", "5 >= a + 1 > b", "5 >= a + 1 and a + 1 > b"],
    ["date-shape", "a = 2026-1-5", "a = 2026-01-05"],
    ["no-such-day", "a = 2026-02-30", "a = 2026-02-28"],
    ["no-such-day", "a = 2023-02-29", "a = 2023-02-28"],
  ];
  test.each(rows.map((row) => [row[0], row[1], row] as const))("%s: %s", (_, __, row) => checkChoice(...row));

  test("a month alone may be its first day, all of it, or a subtraction", () => {
    const text = "segment S where a in 2026-02";
    const [found] = read(text).diagnostics;
    expect(found?.slug).toBe("date-shape");
    expect(found?.fixes.map((fix) => fixed(text, fix).slice(21))).toEqual([
      "2026-02-01",
      "2026-02-01..2026-02-28",
      "2026 - 2",
    ]);
  });
});

describe("what cannot be meant is said, without a fix that would guess", () => {
  test.each<readonly [Slug, string]>([
    ["comparison-chain", "a = b = c"],
    ["comparison-chain", "a < b > c"],
    ["other-word", 'a like "%x%"'],
    ["other-word", "a equals 3"],
    ["other-word", "a more than 3"],
    ["missing-operator", 'a "x"'],
    ["range-compare", "a > 1..5"],
    ["window-step", "p.last5parsecs"],
    ["duration-whole", "a in last 1.5d"],
    ["duration-length", "a in last 9999y"],
    ["number-length", `a > ${"9".repeat(40)}`],
    ["number-shape", "a > 12abc"],
    ["no-such-day", "a = 2026-13-01"],
    ["no-such-time", "a > 2026-01-31T25:00"],
    ["no-such-time", "a > 2026-01-31T10"],
    ["missing-value", "a in last 90"],
    ["missing-value", "a in last 3 full"],
  ])("%s: %s", (slug, written) => {
    const { diagnostics } = read(`segment S where ${written}`);
    expect(diagnostics.map((d) => d.slug)).toEqual([slug]);
    expect(diagnostics.flatMap((d) => d.fixes)).toEqual([]);
  });
});

describe("what looks like a slip and is none", () => {
  test.each([
    "a.AND.Segment.wehre",
    "`AND` = 1",
    "`null` = 1",
    "fields = 1 and ands = 2 and orb = 3",
    "a = 1\n  and organic = 2",
    "nto = 3",
    "Known = Missing",
    "last5 > 3 and next90d = 2",
    'a = "it\'s – “fine” && so"',
    "a - 1 > 0 and a -1 > 0",
    "inn in inns",
  ])("%s", (condition) => {
    expect(slugs(`segment S where ${condition}`)).toEqual([]);
  });
});
