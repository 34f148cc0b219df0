import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, SHOP, seg } from "./harness.ts";

const read = (root: string, path: string): string => readFileSync(join(root, path), "utf8");

/** The text of one file after `seg check --fix`, what stderr says first, and the exit code. */
async function check(text: string, fixed: string, says: string, exit: number): Promise<void> {
  const root = folder({ ...SHOP, "some.seg": text });
  const answered = await seg(root, ["check", "--fix"]);
  expect(read(root, "some.seg")).toBe(fixed);
  expect(answered.stderr.trimStart().split("\n")[0]).toBe(says);
  expect(answered.exit).toBe(exit);
  for (const path of ["model.seg", "segments.seg"] as const) expect(read(root, path)).toBe(SHOP[path]);
}

test("A fix is applied and written", () =>
  check('segment Some where regon = "EU"\n', 'segment Some where region = "EU"\n', "Applied 1 fix in 1 file.", 0));

test("Several fixes go together, and what they bring to light is fixed too", () =>
  check(
    "Segment Some wehre regon == 'EU' && orders.count() >= 2;\n",
    'segment Some where region = "EU" and orders.count >= 2\n',
    "Applied 8 fixes in 1 file.",
    0,
  ));

test("What has no obvious repair stays, and is reported", () =>
  check(
    'segment Some where regon = "EU" or region = "NA" and orders\n',
    'segment Some where region = "EU" or region = "NA" and orders\n',
    "Applied 1 fix in 1 file.",
    1,
  ));

test("Without anything to fix no file is written", () =>
  check('segment Some where region = "EU"\n', 'segment Some where region = "EU"\n', "Nothing to fix.", 0));

test("Line ends and a byte order mark stay as they are", () =>
  check(
    '\ufeff// one\r\nsegment Some where regon = "EU"\r\n',
    '\ufeff// one\r\nsegment Some where region = "EU"\r\n',
    "Applied 1 fix in 1 file.",
    0,
  ));

test("Only what the arguments name is fixed", async () => {
  const text = 'segment One where regon = "EU"\nsegment Two where regon == "EU"\n';
  const both = { ...SHOP, "a.seg": text, "b.seg": text.replaceAll("One", "Three").replaceAll("Two", "Four") };
  const byName = folder(both);
  await seg(byName, ["check", "--fix", "Two"]);
  expect(read(byName, "a.seg")).toBe('segment One where regon = "EU"\nsegment Two where region = "EU"\n');
  expect(read(byName, "b.seg")).toBe(both["b.seg"]);
  const byPath = folder(both);
  await seg(byPath, ["check", "--fix", "b.seg"]);
  expect(read(byPath, "a.seg")).toBe(text);
  expect(read(byPath, "b.seg")).not.toContain("regon");
});

test("A link to a file stays a link, and a file keeps its permissions", async () => {
  const root = folder({ ...SHOP, "real/some.txt": 'segment Some where regon = "EU"\n' });
  chmodSync(join(root, "real/some.txt"), 0o600);
  symlinkSync("real/some.txt", join(root, "some.seg"));
  expect((await seg(root, ["check", "--fix"])).exit).toBe(0);
  expect(lstatSync(join(root, "some.seg")).isSymbolicLink()).toBe(true);
  expect(statSync(join(root, "real/some.txt")).mode & 0o777).toBe(0o600);
  expect(read(root, "real/some.txt")).toBe('segment Some where region = "EU"\n');
});

test("The remaining findings are those of the files as they are now, in every format", async () => {
  const root = folder({ ...SHOP, "some.seg": 'segment Some where regon = "EU" and nothing\n' });
  const { stdout } = await seg(root, ["check", "--fix", "--format", "concise"]);
  expect(stdout).toBe("some.seg:1:38: error SEG2001: Nothing called `nothing` can be used here.\n");
});
