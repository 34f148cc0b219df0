import { describe, expect, test } from "vitest";
import type { Slug } from "../diagnostics/catalog.ts";
import {
  daysInMonth,
  isDay,
  readDigits,
  readDuration,
  readText,
  readTimestamp,
  writeText,
} from "../syntax/literals.ts";
import { parse } from "../syntax/parse.ts";
import { DECLARATION_WORDS, LEXED, RESERVED, rowOf, TOKENS, type TokenName } from "../syntax/tokens.ts";
import { sourceFile } from "../text/source.ts";

const read = (text: string) => parse(sourceFile("test.seg", text));

/** The tokens of a text as `Type` or, where it is not plain from the type, `Type(text)`. */
function check(text: string, tokens: string): void {
  const shown = read(text).tokens.map((token) => {
    const row = rowOf(token.type);
    const written = text.slice(token.span.start, token.span.end);
    return row.text === written || (row.words?.length === 1 && row.words[0] === written)
      ? token.type
      : `${token.type}(${written})`;
  });
  expect(shown.join(" ")).toBe(tokens);
}

describe("tokens", () => {
  test.each([
    ["", ""],
    ["segment A where b", "Segment Name(A) Where Name(b)"],
    // labels
    ["a : b", "Label(a) Name(b)"],
    ["a: b", "Label(a) Name(b)"],
    ["where : segment : and :", "Label(where) Label(segment) Label(and)"],
    ["`a b` : c", "Label(`a b`) Name(c)"],
    ["a\n: b", "Name(a) Colon Name(b)"],
    // declaration words
    ["a segment B", "Name(a) Segment Name(B)"],
    ["a.segment B", "Name(a) Dot Name(segment) Name(B)"],
    ["a.\nsegment B", "Name(a) Dot Segment Name(B)"],
    ["a = segment", "Name(a) Equal Name(segment)"],
    ["a = list\n", "Name(a) Equal Name(list)"],
    ["a and\nlist = 3", "Name(a) And Name(list) Equal Number(3)"],
    ["a\nlist = 3", "Name(a) ListWord Equal Number(3)"],
    ["test contains 3", "Test Name(contains) Number(3)"],
    ["a = test contains 3", "Name(a) Equal Name(test) Contains Number(3)"],
    ["param x : list of text", "Param Label(x) ListOf Of Name(text)"],
    ["segment `A b` where", "Segment Name(`A b`) Where"],
    ["default entity A", "Default Entity Name(A)"],
    ["default\nentity A", "Name(default) Entity Name(A)"],
    ["segment where", "Segment Where"],
    ["segments", "Name(segments)"],
    // windows after a dot, and elsewhere
    ["a.last90d", "Name(a) WindowStep(.last90d)"],
    ["a . last90d", "Name(a) WindowStep(. last90d)"],
    ["a.next2w.count", "Name(a) WindowStep(.next2w) Dot Name(count)"],
    ["a.lasting", "Name(a) Dot Name(lasting)"],
    ["a.last", "Name(a) Dot Name(last)"],
    ["in last 90d", "In Last Duration(90d)"],
    ["in last 90 days", "In Last Duration(90 days)"],
    ["in last 3 full months", "In Last Number(3) Full Unit(months)"],
    ["in this month", "In This Unit(month)"],
    ["in 90d ago", "In Duration(90d) Ago"],
    ["in month", "In Name(month)"],
    // numbers and their like
    ["3 0.25 1_000 10% 0.5%", "Number(3) Number(0.25) Number(1_000) Percent(10%) Percent(0.5%)"],
    [
      "2026-01-31 2026-01-31T10:00 2026-01-31T10:00:01.5Z",
      "Date(2026-01-31) Timestamp(2026-01-31T10:00) Timestamp(2026-01-31T10:00:01.5Z)",
    ],
    ["2026-01-01..2026-01-31", "Date(2026-01-01) Range Date(2026-01-31)"],
    ["2026-01-01T10:00..2026-01-01T11:00+02:00", "Timestamp(2026-01-01T10:00) Range Timestamp(2026-01-01T11:00+02:00)"],
    ["18..25", "Number(18) Range Number(25)"],
    ["18.5..25", "Number(18.5) Range Number(25)"],
    ["2000-100", "Number(2000) Minus Number(100)"],
    [
      "15min 2h 90d 6w 3mo 1q 1y",
      "Duration(15min) Duration(2h) Duration(90d) Duration(6w) Duration(3mo) Duration(1q) Duration(1y)",
    ],
    ["3\ndays", "Number(3) Name(days)"],
    ["3 days : text", "Number(3) Label(days) Name(text)"],
    // open ranges
    ["65..", "Number(65) OpenRange(..)"],
    ["65..\nb", "Number(65) OpenRange(..) Name(b)"],
    ["65..]", "Number(65) OpenRange(..) RSquare"],
    ["65.. and", "Number(65) OpenRange(..) And"],
    ["..17", "Range Number(17)"],
    // names, texts, comments
    ["größe naïve_1 _x Ünïcode", "Name(größe) Name(naïve_1) Name(_x) Name(Ünïcode)"],
    ['`a "b" c`', 'Name(`a "b" c`)'],
    ['"a \\" // b" c', 'Text("a \\" // b") Name(c)'],
    ["a // b\n/* c */ d /// e", "Name(a) Name(d)"],
    ["a/b", "Name(a) Divide Name(b)"],
    ["@pii @tags(a)", "Annotation Name(pii) Annotation Name(tags) LParen Name(a) RParen"],
  ])("%s", check);
});

test("comments are kept with their places, in order", () => {
  const text = "// one\na /* two\nlines */ b /// three\n//// four";
  const { comments } = read(text);
  expect(comments.map((c) => [c.kind, c.text])).toEqual([
    ["line", "// one"],
    ["block", "/* two\nlines */"],
    ["doc", "/// three"],
    ["line", "//// four"],
  ]);
  for (const c of comments) expect(text.slice(c.span.start, c.span.end)).toBe(c.text);
});

test("tokens and comments are in order, do not overlap, and leave out nothing but blanks and colons of labels", () => {
  const text = 'segment A "T"\r\n  where a.last90d > 3 /* c */ and b in 65.. // d\nentity E from t { x : text }';
  const { tokens, comments } = read(text);
  const all = [...tokens.map((t) => t.span), ...comments.map((c) => c.span)].sort((a, b) => a.start - b.start);
  let end = 0;
  for (const at of all) {
    expect(text.slice(end, at.start)).toMatch(/^[\s:]*$/);
    end = at.end;
  }
  expect(text.slice(end)).toBe("");
});

/** What the lexer alone finds wrong. */
function checkWrong(slug: Slug, text: string, blamed: string): void {
  const { diagnostics } = read(text);
  expect(diagnostics.map((d) => [d.slug, text.slice(d.span.start, d.span.end)])).toEqual([[slug, blamed]]);
}

describe("what cannot be read is found once, at its place", () => {
  test.each<readonly [Slug, string, string]>([
    ["unknown-character", "segment A where b > €3", "€"],
    ["unknown-character", "segment A where b > \u0000\u0001\u00023", "\u0000\u0001\u0002"],
    ["unknown-character", "segment A where b > \ud8003", "\ud800"],
    ["unknown-character", "segment A where b > 😀3", "😀"],
    ["unclosed-text", 'segment A where b = "x\nsegment B where c', '"'],
    ["unclosed-text", 'segment A where b = "x\\"', '"'],
    ["unclosed-text", "segment A where b = 'x", "'"],
    ["unclosed-text", 'segment A where b = x"', '"'],
    ["unclosed-comment", "segment A where b /* c\nsegment B where d", "/*"],
    ["unclosed-comment", "segment A where b /*/", "/*"],
    ["bad-quoted-name", "segment A where `b", "`"],
    ["bad-quoted-name", "segment A where ``", "``"],
    ["text-escape", 'segment A where b = "a\\d"', "\\d"],
    ["text-escape", 'segment A where b = "\\u{110000}"', "\\u"],
    ["text-character", 'segment A where b = "a\ud800"', '"a\ud800"'],
    ["text-character", 'segment A where b = "\\u{D800}"', '"\\u{D800}"'],
    ["text-character", 'segment A where b = "a\u0000"', '"a\u0000"'],
    ["window-step", "segment A where b.last5", "last5"],
    ["minutes-or-months", "segment A where b.last90m", "last90m"],
    ["date-shape", "segment A where b = 2026-1-5", "2026-1-5"],
    ["no-such-day", "segment A where b = 2026-02-30", "2026-02-30"],
    ["no-such-time", "segment A where b = 2026-02-30T10:00", "2026-02-30T10:00"],
    ["odd-blank", "segment A where b\u00a0> 3 and\u00a0c", "\u00a0"],
    ["reserved-name", "segment A where by = 3", "by"],
  ])("%s: %s", checkWrong);
});

test("a mark of the byte order at the beginning is no mistake, elsewhere it is an odd blank", () => {
  expect(read("\ufeffsegment A where b").diagnostics).toEqual([]);
  expect(read("segment A\ufeff where b").diagnostics.map((d) => d.slug)).toEqual(["odd-blank"]);
});

describe("literals", () => {
  test.each([
    ["90d", 90, "d", null],
    ["90 days", 90, "d", null],
    ["1 day", 1, "d", null],
    ["1_000h", 1000, "h", null],
    ["90days", 90, "d", "90 days"],
    ["3 m", 3, "mo", "3min"],
    ["2 Weeks", 2, "w", "2w"],
  ] as const)("the duration %s", (text, amount, unit, say) => {
    const duration = readDuration(text);
    expect([duration?.amount, duration?.unit, duration?.wrong?.say[0] ?? null]).toEqual([amount, unit, say]);
  });

  test.each([
    ["2026-01-31T10:00", "2026-01-31T10:00:00.000000"],
    ["2026-01-31T10:00:59.123456+02:00", "2026-01-31T10:00:59.123456+02:00"],
    ["2026-01-31T23:59Z", "2026-01-31T23:59:00.000000Z"],
    ["2026-01-31T24:00Z", null],
    ["2026-01-31T10:60", null],
    ["2026-01-31T10:00:60", null],
    ["2026-01-31T10:00:00.1234567", null],
    ["2026-01-31T10:00+19:00", null],
    ["2026-02-29T10:00", null],
  ] as const)("the time %s", (text, full) => {
    expect(readTimestamp(text)).toBe(full);
  });

  test.each([
    ["2024-02-29", true],
    ["1900-02-29", false],
    ["2000-02-29", true],
    ["0000-01-01", false],
    ["0001-01-01", true],
    ["9999-12-31", true],
    ["2026-04-31", false],
    ["2026-00-10", false],
  ] as const)("the day %s", (text, exists) => {
    expect(isDay(text)).toBe(exists);
  });

  test("months have the days they have", () => {
    expect(Array.from({ length: 12 }, (_, i) => daysInMonth(2026, i + 1))).toEqual([
      31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
    ]);
  });

  test.each([
    ["3", "Number"],
    ["3%", "Percent"],
    ["3d", "Duration"],
    ["3x", "Wrong"],
    ["2026-01-01", "Date"],
    ["2026-01-01T00:00", "Timestamp"],
  ] as const)("the digits %s", (text, type) => {
    expect(readDigits(text).type).toBe(type);
  });

  test.each(["", "a", 'say "hi"', "back\\slash", "line\nbreak\ttab", "😀", "it's"])(
    "writing and reading %j gives it back",
    (value) => {
      const written = writeText(value);
      expect(readText(written, 1, written.length - 1)).toEqual({ value, problems: [] });
    },
  );
});

describe("the table of tokens", () => {
  const rows = Object.keys(TOKENS).map((name) => [name as TokenName, rowOf(name as TokenName)] as const);

  test("has a label and a sentence for each", () => {
    expect(rows.filter(([, row]) => row.label === "" || !/[.?]$/.test(row.doc)).map(([name]) => name)).toEqual([]);
  });

  test("says each word and each sign once, but `list`, which opens a declaration or a type", () => {
    const said = rows.flatMap(([, row]) => [...(row.words ?? []), ...(row.text === undefined ? [] : [row.text])]);
    expect(said.filter((word, i) => said.indexOf(word) !== i)).toEqual(["list"]);
  });

  test("reserves the words of the language's document", () => {
    expect([...RESERVED.keys()].sort()).toEqual(
      "and by else false has if in is no not of or per then true where".split(" "),
    );
  });

  test("knows the words that open a declaration, also of later versions", () => {
    expect([...DECLARATION_WORDS.keys()]).toEqual(
      "segment trait entity event extend param list segmentation split snapshot policy assert test".split(" "),
    );
  });

  test("gives every text of one sign to one type", () => {
    expect(new Set(LEXED.map((type) => type.name)).size).toBe(LEXED.length);
  });
});
