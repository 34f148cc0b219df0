import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Diagnostic, Severity } from "../../../language/diagnostics/diagnostic.ts";
import { verdict } from "../../cli/commands/check.ts";
import { withLevels } from "../../cli/project.ts";
import { folder, SHOP, seg } from "./harness.ts";
import { reportOf } from "./shapes.ts";

const BROKEN = {
  ...SHOP,
  "more/broken.seg": 'segment Broken where regon = "EU"\n\nsegment Fine where region = "EU"\n',
};

test("A clean project exits 0, with nothing on stdout and what is not checked on stderr", async () => {
  const { exit, stdout, stderr } = await seg(folder(SHOP), ["check"]);
  expect(stdout).toBe("");
  expect(stderr.split("\n")).toEqual([
    "No findings in 2 files.",
    expect.stringMatching(/^Not checked in this version: /),
    "",
  ]);
  expect(exit).toBe(0);
});

test("Findings go to stdout with place, line and carets, and exit 1", async () => {
  const { exit, stdout, stderr } = await seg(folder(BROKEN), ["check"]);
  expect(stdout.split("\n").slice(0, 3)).toEqual([
    expect.stringMatching(/^more\/broken\.seg:1:22 {2}error {2}.*`regon`.* {2}SEG2\d{3}$/),
    '  1 | segment Broken where regon = "EU"',
    "    |                      ^^^^^",
  ]);
  expect(stdout).toContain("  help  Did you mean `region`?\n");
  expect(stderr).toMatch(/^\n1 error in 3 files\.\n`seg rule SEG2001` explains it; `seg check --fix` mends it\.\n/);
  expect(exit).toBe(1);
});

test("JSON has the published shape, with positions from 1 and fixes", async () => {
  const { exit, stdout } = await seg(folder(BROKEN), ["check", "--format", "json"]);
  const report = reportOf("check", stdout);
  expect(report).toMatchObject({
    version: 1,
    diagnostics: [
      {
        severity: "error",
        file: "more/broken.seg",
        range: { start: { line: 1, column: 22 }, end: { line: 1, column: 27 } },
        fixes: [{ preferred: true, edits: [{ file: "more/broken.seg", newText: "region" }] }],
      },
    ],
    summary: { errors: 1, warnings: 0, infos: 0 },
  });
  expect(exit).toBe(1);
  reportOf("check", (await seg(folder(SHOP), ["check", "--format", "json"])).stdout);
});

test("Each assertion and policy says, in text and in JSON, that this version does not prove it; alone it fails nothing", async () => {
  const claims = {
    "claims.seg": "assert disjoint Loyal, Elsewhere\npolicy Own for all segments forbid fields marked pii\n",
  };
  const text = await seg(folder({ ...SHOP, ...claims }), ["check"]);
  expect(text.stdout).toContain("This version does not check whether nobody is in two of `Loyal`, `Elsewhere`.");
  expect(text.stdout).toContain(
    "This version does not check whether every segment it is for keeps to the policy `Own`.",
  );
  expect(text.stderr).toMatch(/^\n2 \w+ in 3 files\.\n(.*\n)*Not checked in this version: policies, assertions, /u);
  expect(text.exit).toBe(0);
  const { exit, stdout } = await seg(folder({ ...SHOP, ...claims }), ["check", "--format", "json"]);
  const report = reportOf("check", stdout);
  expect(report.diagnostics.map(({ slug, severity }: { slug: string; severity: string }) => [slug, severity])).toEqual([
    ["not-proved", "info"],
    ["not-proved", "info"],
  ]);
  expect([exit, report.summary]).toEqual([0, { errors: 0, warnings: 0, infos: 2 }]);
});

test("A report is written besides the one on stdout", async () => {
  const root = folder(BROKEN);
  const { stdout } = await seg(root, ["check", "--report", "json=out/check.json", "--report", "pretty=check.txt"]);
  reportOf("check", readFileSync(join(root, "out/check.json"), "utf8"));
  expect(readFileSync(join(root, "check.txt"), "utf8")).toBe(stdout);
});

test.each([
  [["check", "more/"], 1],
  [["check", "more/broken.seg"], 1],
  [["check", "**/broken.seg"], 1],
  [["check", "*.seg"], 0],
  [["check", "segments.seg"], 0],
  [["check", "Broken"], 1],
  [["check", "Fine"], 0],
  [["check", "Loyal", "Fine"], 0],
  [["check", "Loyal", "more/"], 1],
  [["check", "model.seg", "Customer"], 0],
])("%j looks only at what it names: exit %i", async (argv, exit) => {
  expect((await seg(folder(BROKEN), argv)).exit).toBe(exit);
});

test("Paths are those of where the command runs; the project is found upwards", async () => {
  const { stdout } = await seg(folder(BROKEN), ["check"], { cwd: "more" });
  expect(stdout).toMatch(/^broken\.seg:1:22 /);
  const above = folder(Object.fromEntries(Object.entries(BROKEN).map(([path, text]) => [`shop/${path}`, text])));
  for (const argv of [
    ["check", "shop/"],
    ["check", "--project", "shop"],
    ["check", "shop/more/broken.seg"],
  ]) {
    expect((await seg(above, argv)).stdout, argv.join(" ")).toMatch(/^shop\/more\/broken\.seg:1:22 /);
  }
});

test("A project below another is a project of its own", async () => {
  const root = folder({
    ...SHOP,
    "other/seglang.json": "{}",
    "other/model.seg": "broken",
    "node_modules/x/a.seg": "broken",
    ".git/a.seg": "broken",
  });
  expect(await seg(root, ["check"])).toMatchObject({ exit: 0, stdout: "" });
  expect((await seg(root, ["check"], { cwd: "other" })).exit).toBe(1);
  expect(await seg(root, ["check", "other/", "segments.seg"])).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining("belong to different projects: `other`, `.`"),
  });
});

test("A folder without files is wrong usage, and `--allow-empty` permits it", async () => {
  const root = folder({ "readme.txt": "", "shop/seglang.json": "{}" });
  expect(await seg(root, ["check"])).toMatchObject({
    exit: 2,
    stderr:
      "error  There is no `.seg` file here.\nhelp   There are projects below it: `shop`. Name one with `--project`.\n",
  });
  expect((await seg(root, ["check", "--allow-empty"])).exit).toBe(0);
  expect((await seg(root, ["check", "x.seg", "--allow-empty"])).exit).toBe(0);
});

test("`-` reads a text that is not saved, in the place of the file it is called", async () => {
  const root = folder(SHOP);
  const piped = { stdin: 'segment New where regon = "EU"' };
  expect((await seg(root, ["check", "-"], piped)).stdout).toMatch(/^stdin\.seg:1:19 /);
  expect((await seg(root, ["check", "-", "--stdin-filename", "new/draft.seg"], piped)).stdout).toMatch(
    /^new\/draft\.seg:1:19 /,
  );
  const replaced = { stdin: 'segment Loyal where region = "EU"' };
  expect(await seg(root, ["check", "-", "--stdin-filename", "segments.seg"], replaced)).toMatchObject({
    exit: 0,
    stdout: "",
  });
});

test("Warnings fail the check only beyond `--max-warnings`, notes never", () => {
  expect(verdict({ errors: 0, warnings: 3, infos: 9 }, null).exit).toBe(0);
  expect(verdict({ errors: 0, warnings: 3, infos: 9 }, 3).exit).toBe(0);
  expect(verdict({ errors: 0, warnings: 3, infos: 9 }, 2).exit).toBe(1);
  expect(verdict({ errors: 1, warnings: 0, infos: 0 }, 2).exit).toBe(1);
});

test("The configuration switches warnings off and makes errors or notes of them; errors stay", () => {
  const found: Diagnostic = {
    code: "SEG5003",
    slug: "double-negation",
    severity: "warning",
    file: "a.seg",
    span: { start: 0, end: 1 },
    message: "",
    help: null,
    related: [],
    fixes: [],
  };
  const levels = (level: "off" | Severity, severity: Severity = "warning") =>
    withLevels([{ ...found, severity }], new Map([["SEG5003", level]])).map((one) => one.severity);
  expect(levels("off")).toEqual([]);
  expect(levels("info")).toEqual(["info"]);
  expect(levels("error")).toEqual(["error"]);
  expect(levels("off", "info")).toEqual([]);
  expect(levels("off", "error")).toEqual(["error"]);
});

test("A file that is not UTF-8 is a finding", async () => {
  const { exit, stdout } = await seg(folder({ ...SHOP, "latin.seg": Uint8Array.from([0x73, 0xe9, 0x67]) }), ["check"]);
  expect(stdout).toBe("latin.seg  error  `latin.seg` is not UTF-8 text.  SEG7410\n  help  Save it as UTF-8.\n");
  expect(exit).toBe(1);
});

test("A byte order mark is not part of a text", async () => {
  expect((await seg(folder({ ...SHOP, "bom.seg": '\ufeffsegment Bom where region = "EU"\n' }), ["check"])).exit).toBe(
    0,
  );
});

test("A wrong configuration exits 2 with a code frame", async () => {
  const { exit, stderr, stdout } = await seg(folder({ ...SHOP, "seglang.json": '{ "timezon": "UTC" }' }), ["check"]);
  expect(stderr).toBe(
    [
      "seglang.json:1:3  error  There is no setting `timezon`.  SEG7402",
      '  1 | { "timezon": "UTC" }',
      "    |   ^^^^^^^^^",
      "  help  Write `timezone`.",
      "",
    ].join("\n"),
  );
  expect([exit, stdout]).toEqual([2, ""]);
});
