import { expect, test } from "vitest";
import { folder, SHOP, seg } from "./harness.ts";
import { reportOf } from "./shapes.ts";

const AT = ["--as-of", "2026-06-30"];

test("Without a key it tells the segment in plain words, with the dates of its windows", async () => {
  const { exit, stdout, stderr } = await seg(folder(SHOP), ["explain", "Loyal", ...AT]);
  expect(stdout).toBe(
    [
      "Loyal is every customer for whom all of these hold:",
      "- the number of orders in last 90d (from 1 April 2026 00:00 until 30 June 2026 00:00) is at least 2",
      '- the region is "EU"',
      "",
    ].join("\n"),
  );
  expect([exit, stderr]).toEqual([0, ""]);
});

test("With a key it says why that person is in or out, and the nearest change", async () => {
  const { exit, stdout } = await seg(folder(SHOP), ["explain", "Loyal", "b", ...AT]);
  expect(stdout).toBe(
    [
      "Customer b is not in Loyal, as of 2026-06-30 00:00:00 in Europe/Berlin (2026-06-29T22:00:00Z).",
      "",
      "- all of these hold:",
      "  - the number of orders in last 90d (from 1 April 2026 00:00 until 30 June 2026 00:00) is at least 2",
      "      now 1",
      '      Order "3" 2 June 2026 02:00',
      '  + the region is "EU"',
      '      now "EU"',
      "",
      "To be in, this would have to change:",
      "  hold: the number of orders in last 90d (from 1 April 2026 00:00 until 30 June 2026 00:00) is at least 2 [now 1]",
      "",
    ].join("\n"),
  );
  expect(exit).toBe(0);
});

test("JSON has the published shape", async () => {
  const { stdout } = await seg(folder(SHOP), ["explain", "Loyal", "a", "--format", "json", ...AT]);
  expect(reportOf("explain", stdout)).toMatchObject({
    version: 1,
    asOf: "2026-06-29T22:00:00Z",
    timezone: "Europe/Berlin",
    explanations: [{ segment: "Loyal", entity: "Customer", key: "a", member: true }],
  });
});

test("A code is explained as `seg rule` does", async () => {
  const [one, other] = await Promise.all([
    seg(folder(SHOP), ["explain", "SEG2001"]),
    seg(folder(SHOP), ["rule", "SEG2001"]),
  ]);
  expect(one).toEqual(other);
});

test.each([
  ["an unknown segment", ["explain", "Loyl", "a"], 2, "There is no declaration `Loyl` in the project."],
  ["an unknown key", ["explain", "Loyal", "zz", ...AT], 2, "There is no Customer with the key `zz` as of then."],
  ["no name", ["explain"], 2, "Missing required argument `name`."],
  [
    "personal values into a file",
    ["explain", "Loyal", "a", "--show-pii"],
    2,
    "Personal values are shown on a terminal only.",
  ],
])("%s stops with a sentence", async (_, args, exit, sentence) => {
  const answer = await seg(folder(SHOP), args as string[]);
  expect(answer.stderr).toContain(sentence);
  expect([answer.exit, answer.stdout]).toEqual([exit, ""]);
});
