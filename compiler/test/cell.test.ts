import { describe, expect, test } from "vitest";
import { decimal, FLOAT, INTEGER } from "../../language/types/type.ts";
import { aggregate, arithmetic } from "../predicate/arithmetic.ts";
import {
  type Cell,
  compareCells,
  DataProblem,
  decimalText,
  nearestDouble,
  parseDecimal,
  parseInteger,
} from "../predicate/cell.ts";
import { rng } from "./random/rng.ts";

const MONEY = decimal(12, 2);
const units = (text: string): bigint => parseDecimal(text) as bigint;

describe("exact numbers", () => {
  test("a decimal is read to its ninth digit after the point, or not at all", () => {
    const check = (text: string, expected: bigint | null) => expect(parseDecimal(text)).toBe(expected);
    check("0", 0n);
    check("-0.5", -500_000_000n);
    check("1.000000001", 1_000_000_001n);
    check("1.0000000010000000000", 1_000_000_001n);
    check("1.0000000001", null);
    check(`${"9".repeat(29)}.999999999`, 10n ** 38n - 1n);
    check(`1${"0".repeat(29)}`, null);
    for (const wrong of ["", ".5", "1.", "1e3", "+1", " 1", "1,5", "--1", "NaN"]) check(wrong, null);
    for (const text of ["0", "-0.5", "1.000000001", "12345678901234567890.5"])
      expect(decimalText(units(text))).toBe(text);
  });

  test("an integer has 64 bits", () => {
    const check = (text: string, expected: bigint | null) => expect(parseInteger(text)).toBe(expected);
    check("9223372036854775807", 2n ** 63n - 1n);
    check("9223372036854775808", null);
    check("-9223372036854775808", -(2n ** 63n));
    check("-9223372036854775809", null);
    for (const wrong of ["", "1.0", "1e3", "+1", "-"]) check(wrong, null);
  });

  test("sums and products are exact, and stop the run where they leave their type", () => {
    const check = (op: "+" | "-" | "*", a: Cell, b: Cell, type: typeof INTEGER, expected: Cell | "stops") => {
      const work = () => arithmetic(op, a, b, type);
      if (expected === "stops") expect(work).toThrow(DataProblem);
      else expect(work()).toBe(expected);
    };
    check("+", 2n ** 63n - 2n, 1n, INTEGER, 2n ** 63n - 1n);
    check("+", 2n ** 63n - 1n, 1n, INTEGER, "stops");
    check("-", -(2n ** 63n), 1n, INTEGER, "stops");
    check("*", 2n ** 32n, 2n ** 31n, INTEGER, "stops");
    check("*", 2n ** 32n, -(2n ** 31n), INTEGER, -(2n ** 63n));
    check("+", units("0.1"), units("0.2"), MONEY, units("0.3"));
    check("*", units("0.25"), units("0.3"), MONEY, units("0.075"));
    check("*", units("-1.5"), units("1.5"), MONEY, units("-2.25"));
    check("+", units("9".repeat(29)), units("1"), MONEY, "stops");
    check("*", units("1000000000000000"), units("-100000000000000"), MONEY, "stops");
    check("+", null, 1n, INTEGER, null);
  });

  test("a division is missing by zero, and no answer is infinite or not a number", () => {
    const check = (op: "+" | "*" | "/", a: number, b: number, expected: number | null) =>
      expect(arithmetic(op, a, b, FLOAT)).toBe(expected);
    check("/", 7, 2, 3.5);
    check("/", 7, 0, null);
    check("/", 0, 0, null);
    check("*", 1e300, 1e300, null);
    check("+", 1e308, 1e308, null);
  });
});

describe("the nearest double", () => {
  test("is exact where there is one, and rounds halves to even", () => {
    const check = (text: string, expected: number) => expect(nearestDouble(units(text), 1_000_000_000n)).toBe(expected);
    check("0", 0);
    check("0.1", 0.1);
    check("-0.3", -0.3);
    check("150.1", 150.1);
    check("9007199254740993", 9007199254740992);
    check("9007199254740995", 9007199254740996);
    check("9007199254740993.000000001", 9007199254740994);
    check("4503599627370496.5", 4503599627370496);
    check("4503599627370497.5", 4503599627370498);
    check("4503599627370496.25", 4503599627370496);
    check("99999999999999999999999999999.999999999", 1e29);
  });

  test("is the one that the platform reads from the same digits", () => {
    const r = rng(7);
    for (let i = 0; i < 20_000; i++) {
      const digits = Array.from({ length: 1 + r.below(38) }, () => r.below(10)).join("");
      const value = BigInt(digits) * (r.chance(0.5) ? 1n : -1n);
      expect(nearestDouble(value, 1_000_000_000n)).toBe(Number(decimalText(value)));
    }
  });
});

describe("aggregates", () => {
  const check = (
    fn: "sum" | "avg" | "min" | "max" | "distinct",
    values: readonly Cell[],
    type: typeof INTEGER,
    expected: Cell,
  ) => expect(aggregate(fn, values, type)).toBe(expected);

  test("of nothing, `sum` and `distinct` are 0 and the others missing; missing values are skipped", () => {
    for (const nothing of [[], [null, null]]) {
      check("sum", nothing, INTEGER, 0n);
      check("sum", nothing, FLOAT, 0);
      check("distinct", nothing, INTEGER, 0n);
      for (const fn of ["avg", "min", "max"] as const) check(fn, nothing, INTEGER, null);
    }
    check("avg", [1n, null, 2n], INTEGER, 1.5);
    check("min", [null, 2n, 1n], INTEGER, 1n);
    check("distinct", [1n, 1n, null, 2n], INTEGER, 2n);
  });

  test("`avg` is the exact sum as a double over the count", () => {
    check("avg", [units("0.1"), units("0.2")], MONEY, 0.15);
    check("avg", [2n ** 63n - 1n, 2n ** 63n - 1n, 2n], INTEGER, 2 ** 64 / 3);
  });

  test("`sum` stops the run only where the whole sum leaves its type", () => {
    check("sum", [2n ** 63n - 1n, 1n, -1n], INTEGER, 2n ** 63n - 1n);
    expect(() => aggregate("sum", [2n ** 63n - 1n, 1n], INTEGER)).toThrow(DataProblem);
  });

  test("text has the order of its code points, and false comes before true", () => {
    check("max", ["\uffee", "😀", "z"], { kind: "text" }, "😀");
    check("min", ["a", "B", ""], { kind: "text" }, "");
    expect(compareCells(false, true)).toBeLessThan(0);
  });
});
