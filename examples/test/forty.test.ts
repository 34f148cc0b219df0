import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const EXAMPLES = new URL("..", import.meta.url).pathname;
const PROJECTS = ["shop", "saas", "media", "nonprofit"];
const read = (...path: readonly string[]): string => readFileSync(join(EXAMPLES, ...path), "utf8");

/** The numbered declarations of a project: a segment, a segmentation or a snapshot with a title. */
const numbered = (project: string) =>
  readdirSync(join(EXAMPLES, project))
    .filter((file) => file.endsWith(".seg"))
    .flatMap((file) => [
      ...read(project, file).matchAll(
        /^\/\/\/ (\d+)\..*\n(?:(?:@|\/\/\/).*\n)*(?:segment|segmentation|snapshot) (\w+) "([^"]+)"/gm,
      ),
    ])
    .map(([, number, name, title]) => ({ number: Number(number), name, title }))
    .sort((a, b) => a.number - b.number);

/** Not said yet. */
const MISSING: ReadonlySet<number> = new Set([3, 4, 15, 23, 24, 25, 27, 33, 38, 39]);

test("the forty stand in the four projects, each once", () => {
  const numbers = PROJECTS.flatMap((project) => numbered(project).map(({ number }) => number));
  const expected = Array.from({ length: 40 }, (_, i) => i + 1).filter((n) => !MISSING.has(n));
  expect(numbers.sort((a, b) => a - b)).toEqual(expected);
});

describe.each(PROJECTS)("%s", (project) => {
  test("lists its own with their titles in its README", () => {
    const rows = [...read(project, "README.md").matchAll(/^\| (\d+) \| `(\w+)` \| (.+) \|$/gm)];
    expect(rows.map(([, number, name, title]) => ({ number: Number(number), name, title }))).toEqual(numbered(project));
  });

  test("is read a second time without the language and the compiler", () => {
    const own = readdirSync(join(EXAMPLES, project, "test")).filter((name) => /^(read|plainly|forty)/.test(name));
    const texts = [
      ...["rows.ts", "calendar.ts", "answer.ts"].map((file) => read("test", file)),
      ...own.map((file) => read(project, "test", file)),
    ];
    expect(own.length).toBeGreaterThan(0);
    for (const text of texts) expect(text).not.toMatch(/from ".*(language|compiler|engines)\b/);
  });
});
