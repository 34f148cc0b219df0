import { describe, expect, test } from "vitest";
import { editDistance, nearest } from "../diagnostics/suggest.ts";

describe("the nearest name", () => {
  test.each([
    ["regoin", ["region", "reason"], "region"],
    ["Region", ["region"], "region"],
    ["purchase", ["purchases", "visits"], "purchases"],
    ["wehre", ["where", "there"], "where"],
    ["abc", ["abd"], "abd"],
    ["abc", ["xyz"], null],
    ["a", ["b"], null],
    ["ab", ["cd"], null],
    ["country", [], null],
    ["amount", ["amount"], null],
    ["cat", ["bat", "hat"], "bat"],
    ["x".repeat(1_000), ["y"], null],
  ] as const)("of %s among %j is %s", (name, candidates, expected) => {
    expect(nearest(name, candidates)).toBe(expected);
  });
});

describe("the distance", () => {
  test.each([
    ["", "", 0],
    ["abc", "abc", 0],
    ["abc", "acb", 1],
    ["abc", "ab", 1],
    ["abc", "abcd", 1],
    ["abc", "axc", 1],
    ["kitten", "sitting", 3],
  ] as const)("from %j to %j is %i", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });

  test("is given up where it is enough", () => {
    expect(editDistance("aaaaaaaa", "bbbbbbbb", 3)).toBe(3);
  });
});
