import { expect, test } from "vitest";
import type { Diagnostic } from "../../../language/diagnostics/diagnostic.ts";
import { PLAIN, renderDiagnostic } from "../../../language/diagnostics/render.ts";
import { sourceFile } from "../../../language/text/source.ts";
import { displayWidth, printable } from "../../../language/text/width.ts";

/** `[|…|]` marks the span in the text; the frame is what stands below the first line of the rendered diagnostic. */
function check(marked: string, ...frame: readonly string[]): void {
  const start = marked.indexOf("[|");
  const end = marked.indexOf("|]") - 2;
  const source = sourceFile("a.seg", marked.replace("[|", "").replace("|]", ""));
  const diagnostic: Diagnostic = {
    code: "SEG1001",
    slug: "unexpected-text",
    severity: "error",
    file: "a.seg",
    span: { start, end },
    message: "This is wrong.",
    help: null,
    related: [],
    fixes: [],
  };
  const [, ...lines] = renderDiagnostic(diagnostic, () => source, PLAIN).split("\n");
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
  expect(frame[1]).toBe(`  1 | …${"a".repeat(50)}bad${"c".repeat(47)}…`);
  expect(frame[2]).toBe(`    | ${" ".repeat(51)}^^^`);
});

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
