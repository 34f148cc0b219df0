import { describe, expect, test } from "vitest";
import { folder, SHOP, seg } from "./harness.ts";
import { reportOf } from "./shapes.ts";

const LIFE = `segmentation Life {
  New   : signed_up_at in last 30d
  Other : otherwise
}
`;

const TESTS = `test Loyal as of 2026-06-30 with { region: "EU" } {
  "two orders" : { orders: 2 of { ordered_at: 2026-06-01T12:00 } } is in
  "one order"  : { orders: { ordered_at: 2026-06-01T12:00 } } is in
}
test Life as of 2026-06-30 {
  "new" : { signed_up_at: 3d ago } is New
}
test Life.New as of 2026-06-30 {
  "old" : { signed_up_at: 2020-01-01T00:00 } is out
}
`;

const FILES = { ...SHOP, "life.seg": LIFE, "tests.seg": TESTS };

describe("seg test", () => {
  test("prints each test with its cases; a failure shows what was expected, what came out, and the values that decided", async () => {
    const { exit, stdout, stderr } = await seg(folder(FILES), ["test"]);
    expect(stdout).toBe(`Loyal  tests.seg:1
  ok   two orders
  FAIL one order
      expected in, got out: \`orders.last90d >= 2\` does not hold, where \`orders.last90d\` is 1.

Life  tests.seg:5
  ok   new

Life.New  tests.seg:8
  ok   old
`);
    expect(stderr).toBe("4 cases: 3 passed and 1 failed.\n");
    expect(exit).toBe(1);
  });

  test.each([
    [["Life"], ["Life", "Life.New"]],
    [["Life.New"], ["Life.New"]],
    [["Loyal"], ["Loyal"]],
    [["tests.seg"], ["Loyal", "Life", "Life.New"]],
    [
      ["Loyal", "Life.New"],
      ["Loyal", "Life.New"],
    ],
  ])("seg test %j runs the tests of %j", async (args, groups) => {
    const { stdout } = await seg(folder(FILES), ["test", ...args, "--format", "json"]);
    expect(reportOf("test", stdout).tests.map((one: { group: string }) => one.group)).toEqual(groups);
  });

  test("is clean where all pass, wrong usage where there is none, and says so where a text has errors", async () => {
    expect((await seg(folder(FILES), ["test", "Life"])).exit).toBe(0);
    expect(await seg(folder(FILES), ["test", "Elsewhere"])).toMatchObject({ exit: 2, stdout: "" });
    expect((await seg(folder(SHOP), ["test", "--allow-empty"])).exit).toBe(0);
    const broken = { ...FILES, "broken.seg": 'segment Broken where regin = "EU"\n' };
    expect(await seg(folder(broken), ["test"])).toMatchObject({ exit: 1, stdout: "" });
  });

  test("has the formats of `check`: a finding for each case that failed", async () => {
    const lines = async (format: string) => (await seg(folder(FILES), ["test", "--format", format])).stdout;
    expect(await lines("concise")).toBe(
      "tests.seg:3:3: error SEG7151: “one order”: expected in of `Loyal`, got out.\n",
    );
    expect(await lines("github")).toContain("::error file=tests.seg,line=3");
    expect(JSON.parse(await lines("ndjson"))).toMatchObject({ code: "SEG7151", slug: "test-failed" });
    const report = reportOf("test", await lines("json"));
    expect(report.summary).toMatchObject({ cases: 4, failed: 1 });
    expect(report.diagnostics).toHaveLength(1);
  });

  test("a case whose rows are wrong in themselves is a finding (test-not-run)", async () => {
    const twice =
      'test Loyal as of 2026-06-30 { "x" : { region: "EU"  orders: 2 of { order_id: "1"  ordered_at: 1d ago } } is in }';
    const { exit, stdout } = await seg(folder({ ...SHOP, "t.seg": twice }), ["test", "--format", "concise"]);
    expect([exit, stdout]).toEqual([1, "t.seg:1:31: error SEG7152: “x”: the case cannot be decided.\n"]);
  });
});

describe("what seg test does not do, it says", () => {
  test("assertions are counted, and not tried", async () => {
    const asserts = { "claims.seg": "assert disjoint Loyal, Elsewhere\nassert Loyal within Life.Other\n" };
    const { exit, stderr } = await seg(folder({ ...FILES, ...asserts }), ["test", "Life"]);
    expect([exit, stderr]).toEqual([
      0,
      "2 cases: 2 passed.\n2 assertions not tried: this version does not prove them.\n",
    ]);
  });
  test("a segment that reads a snapshot has no list to be tried with", async () => {
    const reads = {
      "s.seg":
        'snapshot Spring of Loyal as of 2026-06-01\nsegment Faded where Spring and not Loyal\ntest Faded as of 2026-06-30 { "x" : { region: "EU" } is out }\n',
    };
    const { exit, stdout } = await seg(folder({ ...SHOP, ...reads }), ["test", "Faded"]);
    expect(exit).toBe(1);
    expect(stdout).toContain("The snapshot `Spring` has not been taken yet.");
  });
});

describe("a segmentation and its tiers, for every verb", () => {
  test("seg run counts tiers together; their sizes sum to the population", async () => {
    const { stdout } = await seg(folder(FILES), ["run", "Life", "--as-of", "2026-01-20", "--format", "json"]);
    const { segments, entities } = reportOf("run", stdout);
    const rows = segments.map(({ name, kind, size }: { name: string; kind: string; size: number }) => [
      name,
      kind,
      size,
    ]);
    expect(rows).toEqual([
      ["Life.New", "tier", 4],
      ["Life.Other", "tier", 0],
    ]);
    expect(entities[0].population).toBe(4);
  });
  test.each([
    [["list", "Life.New"], /^Life\.New\n/],
    [["compile", "Life.New", "--dialect", "postgres"], /signed_up_at/],
    [["run", "Life.New", "--as-of", "2026-06-30"], /Life\.New {2}0/],
  ])("seg %j", async (args, shown) => {
    const { exit, stdout } = await seg(folder(FILES), args);
    expect(stdout).toMatch(shown);
    expect(exit).toBe(0);
  });
  test("an unknown tier is told with the nearest", async () => {
    const { exit, stderr } = await seg(folder(FILES), ["run", "Life.Nwe"]);
    expect([exit, stderr]).toEqual([
      2,
      "error  There is no declaration `Life.Nwe` in the project.\nhelp   Write `Life.New`.\n",
    ]);
  });
});
