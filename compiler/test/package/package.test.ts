import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CompileRequest, compileProject } from "../../compile-project.ts";
import { SHOP } from "../cli/harness.ts";
import { bundleForBrowsers, inChromium } from "./browser.ts";
import { bring, execute, type Installed, install, ROOT } from "./installed.ts";

let installed: Installed;
beforeAll(async () => {
  installed = await install();
});
afterAll(() => installed?.remove());

/** A test of the installed package; skipped, with the reason, where what it needs could not be fetched. */
const check = (title: string, body: (folder: string) => Promise<void>): void =>
  test(title, async ({ skip }) => {
    if (installed.unreachable !== null) skip(`the registry cannot be reached: ${installed.unreachable}`);
    await body(installed.folder);
  });

test("The tarball has the command as two files, the library with its types, and the schemas", () => {
  expect(installed.files.filter((path) => !/^dist\/(language|compiler)\//.test(path)).sort()).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "compiler/cli/config/seglang.schema.json",
    "compiler/cli/report/reports.schema.json",
    "dist/command.js",
    "dist/licenses.md",
    "dist/seg.js",
    "package.json",
  ]);
  expect(
    installed.files.filter((path) => /\/(test|bench|cli)\/|tsbuildinfo|\.map$/.test(path) && path.startsWith("dist/")),
  ).toEqual([]);
});

check("The command checks and counts a project in the folder where it is installed", async (folder) => {
  for (const [path, text] of Object.entries(SHOP)) writeFileSync(join(folder, path), text);
  expect(await execute(folder, "npx", ["--no-install", "seg", "check"])).toMatchObject({ code: 0, stdout: "" });
  const run = await execute(folder, "npx", [
    "--no-install",
    "seg",
    "run",
    "Loyal",
    "--as-of",
    "2026-06-30",
    "--format",
    "json",
  ]);
  expect(run.code).toBe(0);
  expect(JSON.parse(run.stdout).segments).toMatchObject([{ name: "Loyal", size: 1 }]);
});

check("In an empty folder, `seg init`, `check` and `run` give a first number", async (folder) => {
  const npx = (...args: readonly string[]) => execute(folder, "npx", ["--no-install", "seg", ...args]);
  expect(await npx("init", "first")).toMatchObject({ code: 0 });
  expect(await npx("check", "--project", "first")).toMatchObject({ code: 0, stdout: "" });
  expect(await npx("run", "--project", "first")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("\n  Loyal  2   25.0%"),
  });
});

check("What is imported by name works in Node", async (folder) => {
  const script = `
    import { compileProject } from "seglang";
    for (const part of ["seglang/language", "seglang/compiler", "seglang/node"]) await import(part);
    const { statements, diagnostics, problems } = compileProject({
      files: ${JSON.stringify({ "model.seg": SHOP["model.seg"], "segments.seg": SHOP["segments.seg"] })},
      dialect: "sqlite", asOf: "2026-06-30",
    });
    console.log(JSON.stringify({ segments: statements.flatMap((one) => one.segments), diagnostics, problems }));`;
  const { stdout, stderr } = await execute(folder, "node", ["--input-type=module", "--eval", script]);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({ segments: ["Loyal", "Elsewhere"], diagnostics: [], problems: [] });
});

check("In Chromium the same import gives the same SQL, and nothing of Node is in it", async (folder) => {
  const request: CompileRequest = {
    files: { "model.seg": SHOP["model.seg"], "segments.seg": SHOP["segments.seg"] },
    dialect: "postgres",
    asOf: "2026-06-30",
    timezone: "Europe/Berlin",
  };
  const entry = join(folder, "entry.js");
  const asked = `globalThis.answer = JSON.stringify(compileProject(${JSON.stringify(request)}).statements);`;
  writeFileSync(entry, `import { compileProject } from "seglang";\n${asked}\n`);
  const script = await bundleForBrowsers(folder, entry);
  expect(script.match(/["'`]node:\w+["'`]|__vite-browser-external|\brequire\(/g)).toBeNull();
  // The browser that comes as a package is one for Linux.
  if (process.platform === "linux")
    expect(await inChromium(script)).toBe(JSON.stringify(compileProject(request).statements));
});

check("Types and schemas resolve for whoever uses the package", async (folder) => {
  bring("consumer", folder);
  expect(await execute(folder, join(ROOT, "node_modules/.bin/tsc"), ["-p", "consumer"])).toEqual({
    code: 0,
    stdout: "",
    stderr: "",
  });
});
