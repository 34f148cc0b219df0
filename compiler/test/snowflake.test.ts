import { expect, test } from "vitest";
import { dialectOf } from "../sql/compile.ts";
import { meantBySnowflake } from "./allowed/snowflake-text.ts";
import { tokens } from "./allowed/tokens.ts";

const literal = (value: string): string => dialectOf("snowflake").literal({ type: "text", value });

/** Beside those that every engine of the tests is asked for (`escape.test.ts`): each ends or begins a quote, an escape or a comment somewhere. */
const TEXTS = [
  ..."'\"\\`$&{}%?:;-/*#@!~^|<>\n\r\t\b\f\u0000\u0001\u007f\u0085\u2028\u2029\ufeff\u200b\u202eé漢😀",
  "\\'",
  "'\\",
  "\\\\'",
  "''",
  "\\''",
  "' or 1=1 --",
  "\\' or 1=1 --",
  "\\\\' or 1=1 --",
  "\\x27 or 1=1 --",
  "\\u0027 or 1=1 --",
  "\\047 or 1=1 --",
  "\\47",
  "\\0",
  "\\n",
  "\n\\",
  "\u00011",
  "\u0001f",
  "$$",
  "&name",
  "{{ ref('x') }}",
  "a\\",
  "",
  " ",
];

test("a text means itself by Snowflake's rules of quotes, and is one token", () => {
  for (const text of TEXTS) {
    const written = literal(text);
    expect([text, meantBySnowflake(written)]).toEqual([text, text]);
    const read = tokens(`${written} = ${written}`, { backslashes: true, names: '"' }).filter(
      ({ kind }) => kind === "text",
    );
    expect([text, read.map((token) => token.text)]).toEqual([text, [written, written]]);
  }
});

test.each([
  ["'it''s'", "it's"],
  ["'it\\'s'", "it's"],
  ["'a\\\\b\\nc'", "a\\b\nc"],
  ["'\\u26c4\\x21\\041\\0'", "⛄!!\0"],
  ["'\\z'", "z"],
])("%s means %j", (written, text) => {
  expect(meantBySnowflake(written)).toBe(text);
});

test("whole numbers that leave 64 bits are pushed out of 38 digits", () => {
  const { checked } = dialectOf("snowflake").operators({
    decimals: "number",
    samples: false,
    columns: new Map(),
  }).numbers;
  expect(checked).toBeDefined();
  const most = 10n ** 38n - 1n;
  for (const [x, isWithin] of [
    [2n ** 63n - 1n, true],
    [2n ** 63n, false],
    [-(2n ** 63n), true],
    [-(2n ** 63n) - 1n, false],
  ] as const) {
    const [above, below] = [most - (2n ** 63n - 1n), most - 2n ** 63n];
    expect(x + above <= most && x - below >= -most).toBe(isWithin);
  }
});
