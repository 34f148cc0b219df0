import { describe, expect, test } from "vitest";
import { applyFixes, mend } from "../diagnostics/apply-fixes.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import { type SourceFile, sourceFile } from "../text/source.ts";

/** A fix of edits `[file:]start-end:new text`. */
const fix = (...edits: readonly string[]): Fix => ({
  title: edits.join(", "),
  preferred: true,
  edits: edits.map((edit) => {
    const [, file = "a", start, end, newText = ""] = /^(?:(\w):)?(\d+)-(\d+):(.*)$/.exec(edit) ?? [];
    return { file, span: { start: Number(start), end: Number(end) }, newText };
  }),
});

const TEXT = "0123456789";

describe("fixes that go together", () => {
  function check(fixes: readonly Fix[], text: string, applied = fixes.length): void {
    const result = applyFixes([sourceFile("a", TEXT)], fixes);
    expect([result.sources[0]?.text, result.applied]).toEqual([text, applied]);
  }
  test.each([
    ["in any order", [fix("5-6:x"), fix("1-2:y")], "0y234x6789", 2],
    ["side by side", [fix("1-2:x"), fix("2-3:y")], "0xy3456789", 2],
    ["of several edits", [fix("0-0:(", "5-5:)"), fix("2-3:x")], "(01x34)56789", 2],
    ["one inside another: the first", [fix("1-5:x"), fix("2-3:y")], "0x56789", 1],
    ["two insertions at one place: the first", [fix("3-3:x"), fix("3-3:y")], "012x3456789", 1],
    ["an insertion at the edge of a change: the first", [fix("3-5:x"), fix("5-5:y")], "012x56789", 1],
    ["whole or not at all", [fix("1-2:x"), fix("8-9:y", "1-1:z")], "0x23456789", 1],
    ["not with itself", [fix("1-3:x", "2-4:y")], TEXT, 0],
    ["of a file that is not there", [fix("b:1-2:x")], TEXT, 0],
  ] as const)("%s", (_, fixes, text, applied) => {
    check(fixes, text, applied);
  });
});

test("a file that no fix changes is the same object", () => {
  const sources = [sourceFile("a", TEXT), sourceFile("b", TEXT)];
  const result = applyFixes(sources, [fix("b:0-1:x")]);
  expect(result.sources[0]).toBe(sources[0]);
  expect(result.sources[1]?.text).toBe("x123456789");
});

/** Finds each letter of `found` in each file: an error whose fix writes what stands for it there. */
const checker =
  (found: Readonly<Record<string, string>>, severity: Diagnostic["severity"] = "error") =>
  (sources: readonly SourceFile[]): readonly Diagnostic[] =>
    sources.flatMap(({ path, text }) =>
      [...text].flatMap((letter, i) =>
        found[letter] === undefined
          ? []
          : [
              {
                code: "SEG1001",
                slug: "x",
                severity,
                file: path,
                span: { start: i, end: i + 1 },
                message: "",
                help: null,
                related: [],
                fixes: [fix(`${path}:${i}-${i + 1}:${found[letter]}`)],
              } satisfies Diagnostic,
            ],
      ),
    );

describe("mending", () => {
  function check(
    texts: Readonly<Record<string, string>>,
    found: Readonly<Record<string, string>>,
    expected: Readonly<Record<string, string>>,
    applied: number,
    held: readonly string[] = [],
  ): void {
    const sources = Object.entries(texts).map(([path, text]) => sourceFile(path, text));
    const mended = mend(sources, checker(found));
    expect(Object.fromEntries(mended.sources.map(({ path, text }) => [path, text]))).toEqual(expected);
    expect([mended.applied, [...mended.held]]).toEqual([applied, held]);
  }
  test("goes on until nothing is found", () => check({ a: "xax" }, { x: "y", y: "z" }, { a: "zaz" }, 4));
  test("ends where fixes undo each other", () => check({ a: "x" }, { x: "y", y: "x" }, { a: "x" }, 10));
  test("leaves a file alone that would have more errors, and mends the others", () =>
    check({ a: "q-x", b: "x" }, { x: "z", q: "qq" }, { a: "q-x", b: "z" }, 1, ["a"]));
  test("does nothing where nothing is found", () => check({ a: "x" }, {}, { a: "x" }, 0));
  test("leaves out what is not preferred", () => {
    const sources = [sourceFile("a", "x")];
    const ask = (texts: readonly SourceFile[]) =>
      checker({ x: "y" })(texts).map((one) => ({
        ...one,
        fixes: one.fixes.map((offered) => ({ ...offered, preferred: false })),
      }));
    expect(mend(sources, ask)).toMatchObject({ sources, applied: 0 });
  });
});

test("work grows with the text: fixes of one file are put in by one pass", () => {
  const sources = [sourceFile("a", "x".repeat(20_000))];
  let checks = 0;
  const found = checker({ x: "y" });
  const mended = mend(sources, (texts) => {
    checks++;
    return found(texts);
  });
  expect(mended.applied).toBe(20_000);
  expect(checks).toBe(2);
});
