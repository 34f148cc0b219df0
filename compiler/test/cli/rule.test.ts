import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CATALOG } from "../../../language/diagnostics/catalog.ts";
import { folder, seg } from "./harness.ts";
import { reportOf } from "./shapes.ts";

test("A code is explained with an example, what is said of it, and how it is mended", async () => {
  const { exit, stdout, stderr } = await seg(folder({}), ["rule", "SEG3017"]);
  expect(stdout).toBe(`SEG3017  list-as-value  error

  A list stands after \`in\`: \`country in EU\`.

Wrong
  list DACH = ["AT", "CH", "DE"]
  segment Neighbours where country = DACH

  2 | segment Neighbours where country = DACH
    |                                    ^^^^

  \`DACH\` is a list, not one value.

Right
  list DACH = ["AT", "CH", "DE"]
  segment Neighbours where country in DACH

To mend it
  Write \`in DACH\`.
  - Write \`in\` (\`seg check --fix\` does it)
`);
  expect([exit, stderr]).toEqual([0, ""]);
});

test.each(["SEG1008", "seg1008", "1008", "and-or", "And-Or"])("%s names the same page", async (name) => {
  expect((await seg(folder({}), ["rule", name])).stdout).toMatch(/^SEG1008 {2}and-or {2}error\n/);
});

test("Several codes are explained one after another", async () => {
  const { stdout } = await seg(folder({}), ["rule", "SEG7402", "SEG1008"]);
  expect(stdout.match(/^SEG\d+/gm)).toEqual(["SEG7402", "SEG1008"]);
});

test.each(Object.entries(CATALOG))("%s fits a screen of 80 columns but for its own examples", async (slug, entry) => {
  const { exit, stdout } = await seg(folder({}), ["rule", slug], { columns: 80, env: { NO_COLOR: "1" } });
  expect(exit).toBe(0);
  const own = new Set(`${entry.bad}\n${entry.good}`.split("\n").map((line) => `  ${line}`));
  expect(stdout.split("\n").filter((line) => line.length > 80 && !own.has(line))).toEqual([]);
});

test("Without a code all of them are listed, in order", async () => {
  const { exit, stdout } = await seg(folder({}), ["rule"]);
  const codes = stdout.match(/^SEG\d{4}/gm) ?? [];
  expect(codes).toEqual(
    Object.values(CATALOG)
      .map((entry) => entry.number)
      .sort(),
  );
  expect(stdout).toContain("SEG1008  error    and-or\n");
  expect(exit).toBe(0);
});

test("JSON has the published shape", async () => {
  const root = folder({});
  const one = reportOf("rule", (await seg(root, ["rule", "SEG2001", "--format", "json"])).stdout);
  expect(one.rules).toMatchObject([
    {
      code: "SEG2001",
      slug: "unknown-name",
      message: "Nothing called `regoin` can be used here.",
      help: "Did you mean `region`?",
      fixes: [{ title: "Write `region`", preferred: true }],
      url: "docs/errors.md#seg2001",
    },
  ]);
  await seg(root, ["rule", "--report", "json=rules.json"]);
  const all = reportOf("rule", readFileSync(join(root, "rules.json"), "utf8"));
  expect(all.rules).toHaveLength(Object.keys(CATALOG).length);
});
