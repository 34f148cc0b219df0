import { describe, expect, test } from "vitest";
import { loadProject } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";
import { bucketOf } from "../predicate/bucket.ts";
import { compileSql } from "../sql/compile.ts";
import { USUAL_STORAGE } from "../sql/storage.ts";

/** The hex digits are those that `sha256sum` prints for `seed:key`. */
test.each([
  ["spring", "c1", 0x6a462b51],
  ["spring", "1", 0x76458cd1],
  ["spring", "-9223372036854775808", 0x55a66458],
  ["été", "Zoë", 0xa8470050],
  ["", "", 0xe7ac0786],
  ["a", "b:c", 0xb0ee04f8],
  ["a:b", "c", 0xb0ee04f8],
  ['O\'Brien "x" 😀', "k", 0xd3c690fd],
])("bucket = first 8 hex digits of SHA-256 of `seed:key` in UTF-8, modulo 10,000: %s, %s", (seed, key, hash) => {
  expect(bucketOf(seed, key)).toBe(hash % 10_000);
});

describe("SQLite has no SHA-256: a sample is an error, except on a connection that brings the function along", () => {
  const { program } = loadProject([
    sourceFile("a.seg", "default entity Person from people { id : text key }\nsegment S where id is known"),
  ]);
  const [segment] = program.segments.values();
  if (segment === undefined) throw new Error("no segment");
  const row = { kind: "scope", depth: 0, entity: "Person" } as const;
  const codes = (dialect: string, samples: boolean, seed = "spring"): readonly string[] => {
    const test = { kind: "bucket", row, seed, from: 0, to: 1000 } as const;
    const condition = { kind: "test", test, origin: segment.origin } as const;
    return compileSql(
      { ...program, segments: new Map([["S", { ...segment, condition }]]) },
      {
        dialect,
        segments: ["S"],
        shape: "members",
        inline: false,
        asOf: 0n,
        zone: "UTC",
        params: new Map(),
        storage: { ...USUAL_STORAGE, samples },
      },
    ).diagnostics.map(({ code }) => code);
  };

  test.each([
    ["sqlite", false, ["SEG6141"]],
    ["sqlite", true, []],
    ["postgres", false, []],
    ["duckdb", false, []],
  ])("%s, with the function: %s", (dialect, samples, expected) => {
    expect(codes(dialect, samples)).toEqual(expected);
  });

  test("no engine takes a seed with the character 0", () => {
    expect(codes("duckdb", false, "a\0b")).toEqual(["SEG6005"]);
  });
});
