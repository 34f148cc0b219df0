import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, seg } from "./harness.ts";
import { reportOf } from "./shapes.ts";

const MESSY = "segment   A where   not b.last(90 days) // why\r\n";
const NEAT = "segment A where no b.last90d  // why\n";
const PROJECT = { "seglang.json": "{}", "messy.seg": MESSY, "neat.seg": NEAT, "more/messy.seg": MESSY };
const BROKEN = "segment A where b ==\n";

const text = (root: string, path: string): string => readFileSync(join(root, path), "utf8");

test("Files are written in their canonical layout and listed on stderr; a second run finds nothing", async () => {
  const root = folder(PROJECT);
  expect(await seg(root, ["fmt"])).toEqual({
    exit: 0,
    stdout: "",
    stderr: "messy.seg\nmore/messy.seg\nFormatted 2 of 3 files.\n",
  });
  expect([text(root, "messy.seg"), text(root, "more/messy.seg"), text(root, "neat.seg")]).toEqual([NEAT, NEAT, NEAT]);
  expect(await seg(root, ["fmt"])).toEqual({ exit: 0, stdout: "", stderr: "Nothing to format.\n" });
  expect(readdirSync(root).sort()).toEqual(["messy.seg", "more", "neat.seg", "seglang.json"]);
});

test("`--check` names files that would change, exits 1 and writes nothing", async () => {
  const root = folder(PROJECT);
  expect(await seg(root, ["fmt", "--check"])).toEqual({
    exit: 1,
    stdout: "",
    stderr: "messy.seg\nmore/messy.seg\nNot formatted: 2 of 3 files.\n",
  });
  expect(text(root, "messy.seg")).toBe(MESSY);
  expect((await seg(root, ["fmt", "--check", "neat.seg"])).exit).toBe(0);
});

test.each([
  [["more/"], ["more/messy.seg"]],
  [["messy.seg"], ["messy.seg"]],
  [["**/messy.seg"], ["messy.seg", "more/messy.seg"]],
  [["neat.seg"], []],
])("%j is all that is formatted", async (paths, changed) => {
  const { stderr } = await seg(folder(PROJECT), ["fmt", ...paths]);
  expect(stderr.split("\n").filter((line) => line.endsWith(".seg"))).toEqual(changed);
});

test("A file with syntax errors is left as it is, its findings go to stdout, and others are formatted: exit 1", async () => {
  const root = folder({ ...PROJECT, "broken.seg": BROKEN });
  const { exit, stdout, stderr } = await seg(root, ["fmt"]);
  expect(exit).toBe(1);
  expect(stdout).toMatch(/^broken\.seg:1:19 {2}error /);
  expect(stderr).toBe(
    "\nmessy.seg\nmore/messy.seg\nFormatted 2 of 4 files. Left as before, because of errors: 1 file.\n",
  );
  expect([text(root, "broken.seg"), text(root, "messy.seg")]).toEqual([BROKEN, NEAT]);
  const json = await seg(root, ["fmt", "--format", "json", "--report", "json=fmt.json"]);
  expect(reportOf("check", json.stdout)).toMatchObject({ diagnostics: [{ file: "broken.seg" }, {}] });
  expect(text(root, "fmt.json")).toBe(json.stdout);
});

test("Errors of meaning are none of its business", async () => {
  expect((await seg(folder({ "a.seg": "segment A where nobody_knows_this = 1\n" }), ["fmt", "--check"])).exit).toBe(0);
});

test("A byte order mark and other line ends are changes, bytes that are not UTF-8 a finding", async () => {
  const bytes = Buffer.from([0x73, 0xff, 0x0a]);
  const root = folder({ "mark.seg": `\ufeff${NEAT}`, "other.seg": bytes });
  const { exit, stderr, stdout } = await seg(root, ["fmt"]);
  expect([exit, stderr]).toEqual([
    1,
    "\nmark.seg\nFormatted 1 of 2 files. Left as before, because of errors: 1 file.\n",
  ]);
  expect(stdout).toContain("other.seg");
  expect(text(root, "mark.seg")).toBe(NEAT);
  expect(readFileSync(join(root, "other.seg")).equals(bytes)).toBe(true);
});

test("`-` is read from stdin and written to stdout, with findings on stderr", async () => {
  const root = folder({});
  expect(await seg(root, ["fmt", "-"], { stdin: MESSY })).toEqual({ exit: 0, stdout: NEAT, stderr: "" });
  expect(await seg(root, ["fmt", "-", "--check"], { stdin: NEAT })).toEqual({ exit: 0, stdout: "", stderr: "" });
  expect(await seg(root, ["fmt", "-", "--check", "--stdin-filename", "x/a.seg"], { stdin: MESSY })).toEqual({
    exit: 1,
    stdout: "",
    stderr: "x/a.seg\nNot formatted: 1 file.\n",
  });
  const broken = await seg(root, ["fmt", "-", "--stdin-filename", "x/a.seg"], { stdin: BROKEN });
  expect([broken.exit, broken.stdout]).toEqual([1, ""]);
  expect(broken.stderr).toMatch(/^x\/a\.seg:1:19 {2}error /);
});

test("A link stays a link, and a file keeps its permissions", async () => {
  const root = folder({ "a.seg": MESSY });
  chmodSync(join(root, "a.seg"), 0o640);
  symlinkSync("a.seg", join(root, "b.seg"));
  expect((await seg(root, ["fmt", "b.seg"])).exit).toBe(0);
  expect(lstatSync(join(root, "b.seg")).isSymbolicLink()).toBe(true);
  expect(statSync(join(root, "a.seg")).mode & 0o777).toBe(0o640);
  expect(text(root, "a.seg")).toBe(NEAT);
});

test.each([
  [["Loyal"], "`seg fmt` takes paths, and `Loyal` is a name."],
  [["more"], "The folder is written `more/`."],
  [["nothing.seg"], "No `.seg` file of the project matches `nothing.seg`."],
  [["-", "neat.seg"], "`-` is formatted alone."],
  [["--stdin-filename", "a.seg"], "there is no `-`"],
  [["--project", "nowhere"], "There is no folder `nowhere`."],
])("%j is wrong usage", async (argv, said) => {
  const { exit, stdout, stderr } = await seg(folder(PROJECT), ["fmt", ...argv]);
  expect([exit, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(said);
});

test("A project that `seg init` begins is canonical", async () => {
  const root = folder({});
  expect((await seg(root, ["init"])).exit).toBe(0);
  expect(await seg(root, ["fmt", "--check"])).toMatchObject({ exit: 0, stderr: "Nothing to format.\n" });
});

test("A folder without files is wrong usage, unless `--allow-empty` permits it", async () => {
  const root = folder({ "seglang.json": "{}" });
  expect((await seg(root, ["fmt"])).exit).toBe(2);
  expect((await seg(root, ["fmt", "--allow-empty"])).exit).toBe(0);
});
