import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../../language/diagnostics/diagnostic.ts";
import { codeFrame, PLAIN, renderDiagnostic } from "../../../language/diagnostics/render.ts";
import { sourceFile } from "../../../language/text/source.ts";
import { displayWidth, printable } from "../../../language/text/width.ts";

const diagnosticAt = (start: number, end: number): Diagnostic => ({
  code: "SEG1001",
  slug: "unexpected-text",
  severity: "error",
  file: "a.seg",
  span: { start, end },
  message: "This is wrong.",
  help: null,
  related: [],
  fixes: [],
});

/** `[|…|]` marks the span in the text; the frame is what stands below the first line of the rendered diagnostic. */
function check(marked: string, ...frame: readonly string[]): void {
  const start = marked.indexOf("[|");
  const end = marked.indexOf("|]") - 2;
  const source = sourceFile("a.seg", marked.replace("[|", "").replace("|]", ""));
  const [, ...lines] = renderDiagnostic(diagnosticAt(start, end), () => source, PLAIN).split("\n");
  expect(lines).toEqual(frame);
}

test("A frame shows the line and carets below the span", () => {
  check("segment A\n  where [|regon|] = 1\n", "  2 |   where regon = 1", "    |         ^^^^^");
  check("[|segment|]", "  1 | segment", "    | ^^^^^^^");
});

test("An empty span, the end of a line and the end of the file get one caret", () => {
  check("segment A[||]\nwhere", "  1 | segment A", "    |          ^");
  check("segment A\r\n[||]", "  2 |", "    | ^");
  check("[||]", "  1 |", "    | ^");
});

test("A span over several lines is marked on its first", () => {
  check("a [|b\n c|] d", "  1 | a b", "    |   ^");
});

test("Tabs are two columns, wide letters two, combining marks none", () => {
  check("\ta = [|b|]", "  1 |   a = b", "    |       ^");
  check('"東京" = [|"大阪"|]', '  1 | "東京" = "大阪"', "    |          ^^^^^^");
  check("e\u0301 [|x|]", "  1 | e\u0301 x", "    |   ^");
  check("👍🏽 [|x|]", "  1 | 👍🏽 x", `    | ${" ".repeat(displayWidth("👍🏽 "))}^`);
});

test("A line that no screen holds is cut around the span", () => {
  const frame = renderDiagnostic(
    {
      code: "SEG1001",
      slug: "x",
      severity: "error",
      file: "a.seg",
      span: { start: 5_000_000, end: 5_000_003 },
      message: "Wrong.",
      help: null,
      related: [],
      fixes: [],
    },
    () => sourceFile("a.seg", `${"a".repeat(5_000_000)}bad${"c".repeat(1000)}`),
    PLAIN,
  ).split("\n");
  expect(frame[1]).toBe(`  1 | …${"a".repeat(44)}bad${"c".repeat(44)}…`);
  expect(frame[2]).toBe(`    | ${" ".repeat(45)}^^^`);
});

/** A line of a list that is far too long, with the span in its middle, its beginning or its end. */
const LONG: readonly (readonly [what: string, line: string, marked: string])[] = [
  ["Latin letters", `segment A where region in [${'"DE", '.repeat(40)}"EUU"${', "FR"'.repeat(40)}]`, '"EUU"'],
  [
    "wide letters",
    `segment A where country in [${'"東京都", '.repeat(20)}"大阪府"${', "名古屋"'.repeat(20)}]`,
    '"大阪府"',
  ],
  ["letters of an odd width before wide ones", `x${"東".repeat(100)}!${"京".repeat(100)}`, "!"],
  ["combining marks", `country = "${"e\u0301".repeat(90)}" and regoin = "${"o\u0308\u0323".repeat(90)}"`, "regoin"],
  ["emoji", `tags = ["${"🎉".repeat(60)}", 5, "${"👩‍🚀".repeat(60)}"]`, "5"],
  ["tabs", `${"\t".repeat(30)}where regoin = "EU"${"\t".repeat(60)}and true`, "regoin"],
  ["a span that is too long itself", `segment A where ${"purchases".repeat(40)} = 3`, "purchases".repeat(40)],
  ["a wide span that is too long itself", `where "${"データ".repeat(60)}" = 3`, `"${"データ".repeat(60)}"`],
  ["a span at the beginning", `regoin = "${"x".repeat(200)}"`, "regoin"],
  ["a span at the end", `x = "${"é".repeat(200)}" and regoin`, "regoin"],
];

describe.each([80, 120, 40])("On a screen of %i columns", (columns) => {
  test.each(LONG)("a line of %s is cut to fit, with carets below the span", (_, line, marked) => {
    const source = sourceFile("a.seg", line);
    const start = line.indexOf(marked);
    const [shown = "", carets = "", ...more] = codeFrame(source, { start, end: start + marked.length }, PLAIN, columns);
    expect(more).toEqual([]);
    expect(displayWidth(shown)).toBeLessThanOrEqual(columns);
    expect(displayWidth(shown)).toBeGreaterThan(columns - 10);
    const text = shown.slice("  1 | ".length);
    const before = carets.slice("    | ".length).indexOf("^");
    const count = carets.length - carets.indexOf("^");
    const under = columnsOf(text, before, before + count);
    const tabless = marked.replaceAll("\t", "  ");
    expect([under, columnsOf(tabless, 0, count)]).toEqual([under, under.replace(/…$/, "")]);
    expect(text).not.toMatch(/^…?\p{M}|\ud83c$/u);
  });
  test.each(["データ".repeat(3), "e\u0301", "🎉", "x"])("a short line with %s is whole", (text) => {
    const line = `a "${text}" b`;
    const [shown, carets] = codeFrame(
      sourceFile("a.seg", line),
      { start: line.length - 1, end: line.length },
      PLAIN,
      columns,
    );
    expect(shown).toBe(`  1 | ${line}`);
    expect(carets).toBe(`    | ${" ".repeat(displayWidth(`a "${text}" `))}^`);
  });
  test("help is broken at blanks, below itself", () => {
    const help =
      "Write `.sum(amount)`, `.avg(amount)`, `.max(amount)`, `.latest.amount` for the last one, `.where(amount …)` to ask each.";
    const finding = { ...diagnosticAt(0, 1), help };
    const [, , , first = "", ...rest] = renderDiagnostic(finding, () => sourceFile("a.seg", "a"), PLAIN, columns).split(
      "\n",
    );
    expect(first).toMatch(/^ {2}help {2}Write/);
    for (const line of [first, ...rest]) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    expect([first, ...rest].map((line) => line.slice("  help  ".length)).join(" ")).toBe(help);
    for (const line of rest) expect(line).toMatch(/^ {8}\S/);
  });
});

test("Marks beyond all measure are cut too", () => {
  const marks = "\u0301".repeat(50_000);
  const source = sourceFile("a.seg", `a${marks} = regoin${marks} b`);
  const start = source.text.indexOf("regoin");
  const lines = codeFrame(source, { start, end: start + 6 }, PLAIN, 80);
  expect(lines.join("").length).toBeLessThan(2000);
  expect(lines[0]).toContain("regoin");
});

/** The letters that stand in these columns. */
function columnsOf(text: string, from: number, to: number): string {
  let [column, found] = [0, ""];
  for (const letter of text) {
    const width = displayWidth(letter);
    if (column >= from && column + width <= to && !(width === 0 && column === from)) found += letter;
    column += width;
  }
  return found;
}

test("Nothing in a file or a message can command the terminal or turn a line round", () => {
  check('"\u001b[2J\u202e" = [|x|]', '  1 | "�[2J�" = x', "    |           ^");
  expect(printable("a\u0007b\nc\td\ud800")).toBe("a�b�c\td�");
});

test("Place, severity, message, code, related places and help stand in this order", () => {
  const sources = new Map([
    ["m.seg", sourceFile("m.seg", "region : text")],
    ["s.seg", sourceFile("s.seg", "segment A where regon")],
  ]);
  const diagnostic: Diagnostic = {
    code: "SEG2001",
    slug: "unknown-field",
    severity: "error",
    file: "s.seg",
    span: { start: 16, end: 21 },
    message: "There is no `regon`.",
    help: "Write `region`.",
    related: [{ file: "m.seg", span: { start: 0, end: 6 }, message: "It may be this." }],
    fixes: [],
  };
  expect(renderDiagnostic(diagnostic, (path) => sources.get(path) ?? null, PLAIN)).toBe(
    [
      "s.seg:1:17  error  There is no `regon`.  SEG2001",
      "  1 | segment A where regon",
      "    |                 ^^^^^",
      "  see   m.seg:1:1  It may be this.",
      "  1 | region : text",
      "    | ^^^^^^",
      "  help  Write `region`.",
    ].join("\n"),
  );
});
