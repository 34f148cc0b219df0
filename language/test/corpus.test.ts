import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { mend } from "../diagnostics/apply-fixes.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { loadProject } from "../project.ts";
import { positionAt, type SourceFile, sourceFile } from "../text/source.ts";
import { displayWidth } from "../text/width.ts";
import { expectFixed } from "./expect-fixed.ts";
import { SHOP_MODEL } from "./model.ts";

/**
 * Files as people get them wrong, with what is to be said of them:
 *
 *     segment Loyal where regoin = "EU"
 *     //                  ^^^^^^ SEG2001 unknown-name
 *
 * Carets stand below the columns of a terminal; `//|` before them where the finding begins in the first two columns, `|` instead of them where it takes
 * no column, `…` after them where it goes on in the next line. Below `// fixed:`, as comments, stands the whole text with all preferred
 * fixes, which has no findings. Files are read over the shop's model, unless they declare one.
 */
interface Case {
  readonly text: string;
  readonly expected: readonly string[];
  readonly fixed: string | null;
}

const FOLDER = join(import.meta.dirname, "corpus");
const EXPECTATION = /^\/\/(\|?)( *)(\^+…?|\|) (SEG\d{4} [a-z-]+)$/;

function read(file: string): Case {
  const [body = "", fixed] = readFileSync(join(FOLDER, file), "utf8").split(/^\/\/ fixed:\n/m);
  const lines: string[] = [];
  const expected: string[] = [];
  for (const line of body.split("\n")) {
    const [whole, edge = "", blanks = "", marks = "", what = ""] = EXPECTATION.exec(line) ?? [];
    if (whole === undefined) lines.push(line);
    else expected.push(`${lines.length} ${blanks.length + (edge === "" ? 2 : 0)} ${marks} ${what}`);
  }
  const text = fixed === undefined ? lines.join("\n") : `${lines.join("\n").trimEnd()}\n`;
  return { text, expected, fixed: fixed?.replace(/^\/\/ ?/gm, "") ?? null };
}

const sources = (text: string): readonly SourceFile[] => [
  sourceFile("case.seg", text),
  ...(/^(default )?(entity|event) /m.test(text) ? [] : [sourceFile("model.seg", SHOP_MODEL)]),
];

/** A finding as a line below its text would say it. */
function marked({ span, code, slug }: Diagnostic, file: SourceFile): string {
  const { line, column } = positionAt(file, span.start);
  const width = (text: string): number => displayWidth(text.replaceAll("\t", "  "));
  const [start = "", ...more] = file.text.slice(span.start, span.end).split("\n");
  const before = width(file.text.slice(span.start - column + 1, span.start));
  const marks = width(start) === 0 ? "|" : "^".repeat(width(start)) + (more.length > 0 ? "…" : "");
  return `${line} ${before} ${marks} ${code} ${slug}`;
}

/** Files that are wrong are not looked at for style, unless they are there to show it. */
const isAboutStyle = (expected: readonly string[]): boolean => expected.some((line) => line.includes(" SEG5"));

const FILES = readdirSync(FOLDER).filter((file) => file.endsWith(".seg"));

test("there are enough wrong files, and none without an expectation", () => {
  expect(FILES.length).toBeGreaterThan(60);
  expect(FILES.filter((file) => read(file).expected.length === 0)).toEqual([]);
});

describe("what is said, and where", () => {
  test.each(FILES)("%s", (file) => {
    const { text, expected } = read(file);
    const [source] = sources(text) as [SourceFile];
    const { diagnostics } = loadProject(sources(text), { lint: isAboutStyle(expected) });
    expect(diagnostics.map((one) => marked(one, source))).toEqual(expected);
  });
});

describe("with its fixes nothing is wrong in", () => {
  test.each(FILES.filter((file) => read(file).fixed !== null))("%s", (file) => {
    const { text, fixed } = read(file);
    const lint = isAboutStyle(read(file).expected);
    const mended = mend(sources(text), (texts) => loadProject(texts, { lint }).diagnostics).sources;
    expect(mended[0]?.text).toBe(fixed);
    expect(loadProject(mended, { lint }).diagnostics).toEqual([]);
  });
});

test("a file beyond all measure has one finding that says so", () => {
  const slugs = (text: string): readonly string[] =>
    loadProject(sources(text), { lint: false }).diagnostics.map(({ slug }) => slug);
  expect(slugs("// \n".repeat(1_250_001))).toEqual(["too-large"]);
  const many = slugs(Array.from({ length: 300 }, (_, i) => `segment A${i} where marketing_consent;\n`).join(""));
  expect([many.length, many.at(-1)]).toEqual([201, "too-many"]);
});

describe("no fix makes it worse, and each removes what it is for", () => {
  test.each(FILES)("%s", (file) => {
    expectFixed(sources(read(file).text));
  });
});
