import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Diagnostic, Severity } from "../../../language/diagnostics/diagnostic.ts";
import { sourceFile } from "../../../language/text/source.ts";
import type { Findings } from "../../cli/report/findings.ts";
import { githubAnnotations, stepSummary, unannotated } from "../../cli/report/github.ts";
import { folder, SHOP, seg } from "./harness.ts";
import { reportOf } from "./shapes.ts";

const BROKEN = {
  ...SHOP,
  "more/broken.seg": 'segment Broken where regon = "EU"\n\nsegment Lone where customer_id = 1, 100%\n',
};

test("Concise is a line a finding", async () => {
  const { exit, stdout } = await seg(folder(BROKEN), ["check", "Broken", "--format", "concise"]);
  expect(stdout).toBe("more/broken.seg:1:22: error SEG2001: Nothing called `regon` can be used here.\n");
  expect(exit).toBe(1);
});

test("NDJSON has each finding as in the report of JSON, on a line of its own", async () => {
  const root = folder(BROKEN);
  const { stdout } = await seg(root, ["check", "--format", "ndjson"]);
  const whole = reportOf("check", (await seg(root, ["check", "--format", "json"])).stdout);
  expect(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual(whole.diagnostics);
  expect(whole.diagnostics.length).toBeGreaterThan(1);
  expect((await seg(folder(SHOP), ["check", "--format", "ndjson"])).stdout).toBe("");
});

test("GitHub gets annotations by lines and columns, and everything in the step summary", async () => {
  const root = folder(BROKEN);
  const around = { env: { GITHUB_STEP_SUMMARY: "summary.md", GITHUB_WORKSPACE: join(root, "..") } };
  const { exit, stdout } = await seg(root, ["check", "Broken", "--format", "github"], around);
  const path = `${root.split("/").at(-1)}/more/broken.seg`;
  expect(stdout).toBe(
    `::error file=${path},line=1,endLine=1,col=22,endColumn=27,title=SEG2001 unknown-name::Nothing called \`regon\` can be used here.%0ADid you mean \`region\`?\n`,
  );
  expect(readFileSync(join(root, "summary.md"), "utf8")).toBe(
    `### Segments: 1 error, no warnings, no notes

<table>
<tr><td>error</td><td><code>more/broken.seg:1</code></td><td>Nothing called <code>regon</code> can be used here. Did you mean <code>region</code>?</td><td>SEG2001</td></tr>
</table>

`,
  );
  expect(exit).toBe(1);
});

test("A report in any format is written besides the one on stdout", async () => {
  const root = folder(BROKEN);
  const reports = ["concise", "json", "ndjson", "github", "pretty"].flatMap((f) => ["--report", `${f}=out/${f}`]);
  await seg(root, ["check", ...reports]);
  for (const format of ["concise", "json", "ndjson", "github", "pretty"])
    expect(readFileSync(join(root, "out", format), "utf8")).toBe(
      (await seg(root, ["check", "--format", format])).stdout,
    );
});

const finding = (severity: Severity, message: string, help: string | null = null): Diagnostic => ({
  code: "SEG1001",
  slug: "unexpected-text",
  severity,
  file: "a,b:c.seg",
  span: { start: 0, end: 3 },
  message,
  help,
  related: [],
  fixes: [],
});

const findings = (diagnostics: readonly Diagnostic[]): Findings => ({
  diagnostics,
  sourceOf: (path) => sourceFile(path, "a\nb"),
});

const IO = { env: {}, cwd: "/" };

test("GitHub's annotations are ten of a kind, the worst first", () => {
  const many = findings([
    ...Array.from({ length: 3 }, () => finding("info", "Note.")),
    ...Array.from({ length: 12 }, () => finding("warning", "Warning.")),
    ...Array.from({ length: 11 }, () => finding("error", "Error.")),
  ]);
  const kinds = githubAnnotations(many, IO).match(/^::\w+/gm) ?? [];
  expect(kinds.join(" ")).toBe(
    [
      ...Array.from({ length: 10 }, () => "::error"),
      ...Array.from({ length: 10 }, () => "::warning"),
      ...Array.from({ length: 3 }, () => "::notice"),
    ].join(" "),
  );
  expect(unannotated(many)).toBe("GitHub shows 10 annotations of a kind; 3 findings more in the step summary.");
  expect(unannotated(findings([finding("error", "Error.")]))).toBeNull();
  expect(stepSummary(many).match(/<tr>/g)).toHaveLength(26);
});

test("No text can end a command, a property or a table", () => {
  const hostile = findings([finding("error", "50 % of `a\n::stop` <b>", "One, two: three")]);
  expect(githubAnnotations(hostile, IO)).toBe(
    "::error file=a%2Cb%3Ac.seg,line=1,endLine=2,title=SEG1001 unexpected-text::50 %25 of `a%0A::stop` <b>%0AOne, two: three\n",
  );
  expect(stepSummary(hostile)).toContain("<td>50 % of <code>a�::stop</code> &lt;b&gt; One, two: three</td>");
});

test("A step summary stays below what GitHub takes, and says what is missing", () => {
  const text = stepSummary(findings(Array.from({ length: 20_000 }, () => finding("error", "x".repeat(100)))));
  expect(text.length).toBeLessThan(1_000_000);
  expect(text).toMatch(/<tr><td colspan="4">[\d,]+ findings more<\/td><\/tr>\n<\/table>\n\n$/);
});
