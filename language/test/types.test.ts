import { describe, expect, test } from "vitest";
import { sameType } from "../types/equal.ts";
import { isExact, isNumber, isOrdered, isScalar, isTemporal } from "../types/kinds.ts";
import { compareNumbers, numberType, plainNumber } from "../types/number.ts";
import { describeType, printType } from "../types/print.ts";
import { BOOLEAN, DATE, decimal, ERROR, FLOAT, INTEGER, TEXT, TIMESTAMP, type Type } from "../types/type.ts";
import { arithmeticType, comparable, sumType, widen } from "../types/widen.ts";

const D = decimal(12, 2);
const LIST: Type = { kind: "list", of: TEXT };
const JSON_TYPE: Type = { kind: "json", paths: [{ name: "channel", type: TEXT }] };
const ALL: readonly Type[] = [
  TEXT,
  BOOLEAN,
  INTEGER,
  D,
  FLOAT,
  DATE,
  TIMESTAMP,
  LIST,
  JSON_TYPE,
  { kind: "entity", name: "Account" },
  { kind: "collection", of: "Purchase", grouped: false },
  { kind: "duration" },
  { kind: "window" },
  ERROR,
];

const print = (t: Type | null): string => (t === null ? "-" : printType(t));

describe("types are printed", () => {
  test("as a model file writes them", () => {
    expect(ALL.map(printType)).toEqual([
      "text",
      "boolean",
      "integer",
      "decimal(12, 2)",
      "float",
      "date",
      "timestamp",
      "list of text",
      "json { channel : text }",
      "Account",
      "many Purchase",
      "duration",
      "window",
      "unknown",
    ]);
  });
  test("with their article inside a sentence", () => {
    expect(ALL.map(describeType)).toEqual([
      "a text",
      "a yes/no value",
      "a whole number",
      "a number",
      "a number",
      "a date",
      "a timestamp",
      "a list of texts",
      "a JSON value",
      "one Account",
      "a collection of Purchase",
      "a duration",
      "a stretch of time",
      "something unreadable",
    ]);
  });
});

test("a type is the same as itself and as no other", () => {
  for (const [i, a] of ALL.entries())
    for (const [j, b] of ALL.entries())
      expect(sameType(a, structuredClone(b)), `${print(a)} ~ ${print(b)}`).toBe(i === j);
  expect(sameType(D, decimal(12, 3))).toBe(false);
  expect(sameType(LIST, { kind: "list", of: INTEGER })).toBe(false);
  expect(sameType(JSON_TYPE, { kind: "json", paths: [] })).toBe(false);
});

test("the families of types hold what they say", () => {
  const family = (holds: (t: Type) => boolean): string =>
    ALL.filter(holds)
      .map((t) => t.kind)
      .join(" ");
  expect(family(isNumber)).toBe("integer decimal float");
  expect(family(isExact)).toBe("integer decimal");
  expect(family(isTemporal)).toBe("date timestamp");
  expect(family(isOrdered)).toBe("text integer decimal float date timestamp");
  expect(family(isScalar)).toBe("text boolean integer decimal float date timestamp");
});

describe("numbers widen", () => {
  const check = (a: Type, b: Type, expected: string): void =>
    test(`${print(a)} and ${print(b)} to ${expected}`, () => {
      expect(print(widen(a, b))).toBe(expected);
      expect(print(widen(b, a))).toBe(expected);
    });
  check(INTEGER, INTEGER, "integer");
  check(INTEGER, D, "decimal(21, 2)");
  check(INTEGER, decimal(29, 0), "decimal(29, 0)");
  check(D, decimal(10, 4), "decimal(14, 4)");
  check(decimal(38, 9), D, "decimal(38, 9)");
  check(D, FLOAT, "float");
  check(INTEGER, FLOAT, "float");
  check(TEXT, INTEGER, "-");
  check(DATE, INTEGER, "-");
});

describe("values meet in a comparison", () => {
  const check = (a: Type, b: Type, expected: string): void =>
    test(`${print(a)} and ${print(b)} as ${expected}`, () => {
      expect(print(comparable(a, b))).toBe(expected);
      expect(print(comparable(b, a))).toBe(expected);
    });
  check(TEXT, TEXT, "text");
  check(TEXT, INTEGER, "-");
  check(TEXT, DATE, "-");
  check(BOOLEAN, BOOLEAN, "boolean");
  check(BOOLEAN, INTEGER, "-");
  check(INTEGER, FLOAT, "float");
  check(DATE, DATE, "date");
  check(DATE, TIMESTAMP, "date");
  check(TIMESTAMP, TIMESTAMP, "timestamp");
  check(LIST, LIST, "-");
});

describe("arithmetic has the type", () => {
  const check = (a: Type, op: "+" | "-" | "*" | "/", b: Type, expected: string): void =>
    test(`${print(a)} ${op} ${print(b)} is ${expected}`, () => {
      expect(print(arithmeticType(op, a, b))).toBe(expected);
    });
  check(INTEGER, "+", INTEGER, "integer");
  check(INTEGER, "*", INTEGER, "integer");
  check(INTEGER, "/", INTEGER, "float");
  check(D, "/", D, "float");
  check(D, "+", D, "decimal(13, 2)");
  check(D, "-", decimal(5, 4), "decimal(15, 4)");
  check(D, "+", INTEGER, "decimal(22, 2)");
  check(decimal(38, 9), "+", decimal(38, 9), "decimal(38, 9)");
  check(D, "*", D, "decimal(24, 4)");
  check(D, "*", INTEGER, "decimal(31, 2)");
  check(decimal(10, 5), "*", decimal(10, 4), "decimal(20, 9)");
  check(decimal(10, 5), "*", decimal(10, 5), "-");
  check(D, "*", FLOAT, "float");
  check(decimal(10, 9), "*", FLOAT, "float");
  check(TEXT, "+", TEXT, "-");
});

test("a sum keeps its kind and leaves room for many", () => {
  expect([INTEGER, D, FLOAT, TEXT].map((t) => print(sumType(t)))).toEqual(["integer", "decimal(31, 2)", "float", "-"]);
});

describe("number literals", () => {
  const check = (text: string, percent: boolean, negative: boolean, plain: string, type: string): void =>
    test(`${negative ? "-" : ""}${text}${percent ? "%" : ""} is ${plain}, ${type}`, () => {
      expect(plainNumber(text, percent, negative)).toBe(plain);
      expect(print(numberType(plain))).toBe(type);
    });
  check("3", false, false, "3", "integer");
  check("0", false, true, "0", "integer");
  check("0.0", false, true, "0", "integer");
  check("007.50", false, false, "7.5", "decimal(2, 1)");
  check("0.25", false, true, "-0.25", "decimal(2, 2)");
  check("10", true, false, "0.1", "decimal(1, 1)");
  check("0.5", true, false, "0.005", "decimal(3, 3)");
  check("150", true, false, "1.5", "decimal(2, 1)");
  check("9223372036854775807", false, false, "9223372036854775807", "integer");
  check("9223372036854775808", false, true, "-9223372036854775808", "integer");
  check("9223372036854775808", false, false, "9223372036854775808", "decimal(19, 0)");
  check("1".repeat(29), false, false, "1".repeat(29), "decimal(29, 0)");
  check("1".repeat(30), false, false, "1".repeat(30), "-");
  check("0.123456789", false, false, "0.123456789", "decimal(9, 9)");
  check("0.1234567891", false, false, "0.1234567891", "-");
});

test("number texts are compared exactly", () => {
  const signs = (
    [
      ["1", "2"],
      ["2", "10"],
      ["0.1", "0.10"],
      ["-1", "0"],
      ["9007199254740993", "9007199254740992"],
      ["0.3", "0.25"],
    ] as const
  ).map(([a, b]) => Math.sign(compareNumbers(a, b)));
  expect(signs).toEqual([-1, -1, 0, -1, 1, 1]);
});
