import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runTest } from "../../compiler/insight/run-test.ts";
import { loadProject } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";

const EXAMPLES = join(import.meta.dirname, "..");

/** Every example that has tests of its own, and the zone that `seg test` takes from its `seglang.json`. */
const PROJECTS = ["media", "nonprofit", "saas", "shop"].map((name) => {
  const folder = join(EXAMPLES, name);
  const files = readdirSync(folder).filter((file) => file.endsWith(".seg"));
  const project = loadProject(files.map((file) => sourceFile(file, readFileSync(join(folder, file), "utf8"))));
  const { timezone = "UTC" } = JSON.parse(readFileSync(join(folder, "seglang.json"), "utf8")) as {
    readonly timezone?: string;
  };
  return { name, zone: timezone, program: project.program };
});

describe.each(PROJECTS)("$name", ({ zone, program }) => {
  const { tests } = program.claims;

  test("tests three groups at least, people that are in and people that are not", () => {
    expect(new Set(tests.map(({ group }) => group)).size).toBeGreaterThanOrEqual(3);
    const expected = tests.flatMap((one) => one.cases.flatMap(({ people }) => people.map((p) => p.expected?.kind)));
    expect(new Set(expected)).toEqual(new Set(["in", "out", "part"]));
  });

  test.each(tests.flatMap((one) => one.cases.map((own) => [one.group, own.title, one, own] as const)))(
    "%s: %s",
    (_, __, one, own) => {
      const answers = runTest(program, one, { zone, params: new Map(), words: () => "" });
      const answer = answers.find((found) => found.case === own);
      expect(answer).toMatchObject({ passed: true, problem: null });
    },
  );

  test("parts people into tiers or arms", () => {
    expect(program.segmentations.size).toBeGreaterThan(0);
    expect(program.splits.size).toBeGreaterThan(0);
  });
});
