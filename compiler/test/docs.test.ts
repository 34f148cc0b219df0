import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadProject } from "../../language/project.ts";
import { SHOP_MODEL } from "../../language/test/model.ts";
import { sourceFile } from "../../language/text/source.ts";
import { type Block, blocks, commands, linkedFiles, modelOf } from "./docs/markdown.ts";

const ROOT = new URL("../..", import.meta.url).pathname;

/** What git would keep: no dependencies, nothing generated. */
const FILES = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: ROOT, encoding: "utf8" })
  .split("\n")
  .filter((path) => path !== "" && existsSync(join(ROOT, path)));

const DOCUMENTS = FILES.filter((path) => path.endsWith(".md")).map((path) => {
  const text = readFileSync(join(ROOT, path), "utf8");
  return { path, text, blocks: blocks(text) };
});

/** Commands that install, or run everything: `.ci/run` runs each of them on a clean clone. */
const RUN_BY_CI = [
  "npm ci && npm run demo",
  "npm ci && npm test",
  "npm ci",
  "npm test",
  "npm run types",
  "npm run lint",
  "npm run demo",
  "npm run bench",
  "npm run agree",
];

const title = (path: string, block: Block): string => `${path}:${block.line}`;

describe("code blocks in the documentation", () => {
  for (const { path, text, blocks } of DOCUMENTS) {
    const segs = blocks.filter((block) => block.language === "seg");
    const model = modelOf(text);
    if (model !== null) {
      test(`${path}: its segments hold over ${model}`, () => {
        const from = join(ROOT, dirname(path), model);
        check([
          sourceFile("model.seg", readFileSync(from, "utf8")),
          ...segs.map((block) => sourceFile(title(path, block), block.text)),
        ]);
      });
    } else {
      for (const block of segs) {
        test(`${title(path, block)}: a seg block holds`, () => {
          const own = /^\s*(default\s+)?(entity|event)\s/m.test(block.text);
          check([...(own ? [] : [sourceFile("model.seg", SHOP_MODEL)]), sourceFile(title(path, block), block.text)]);
        });
      }
    }
    for (const block of blocks.filter((b) => b.language === "ts" || b.language === "js")) {
      test(`${title(path, block)}: a ${block.language} block can be read`, () => {
        expect(() => stripTypeScriptTypes(block.text)).not.toThrow();
      });
    }
    for (const block of blocks.filter((b) => b.language === "json")) {
      test(`${title(path, block)}: a json block can be read`, () => {
        expect(() => JSON.parse(block.text)).not.toThrow();
      });
    }
    const links = linkedFiles(text);
    if (links.length > 0) {
      test(`${path}: its links lead to files`, () => {
        expect(links.filter((target) => !existsSync(join(ROOT, dirname(path), target)))).toEqual([]);
      });
    }
  }
});

function check(files: Parameters<typeof loadProject>[0]): void {
  const { diagnostics } = loadProject(files, { lint: false });
  expect(diagnostics.filter((d) => d.severity !== "info").map((d) => `${d.file}: ${d.code} ${d.message}`)).toEqual([]);
}

/** Documents whose commands are for people who have the project before them. */
const SHELLS = DOCUMENTS.flatMap(({ path, blocks }) =>
  blocks.flatMap((block, i) => {
    if (!["sh", "bash", "shell"].includes(block.language)) return [];
    const next = blocks[i + 1];
    const lines = block.text.split("\n").length;
    const output =
      next !== undefined && next.language === "text" && next.line <= block.line + lines + 3 ? next.text : null;
    return [{ path, block, commands: commands(block).filter((command) => !RUN_BY_CI.includes(command)), output }];
  }),
).filter((shell) => shell.commands.length > 0);

describe.skipIf(SHELLS.length === 0)("commands in the documentation", () => {
  const scratch = mkdtempSync(join(tmpdir(), "seglang-docs-"));

  beforeAll(() => {
    for (const path of FILES) {
      mkdirSync(dirname(join(scratch, path)), { recursive: true });
      cpSync(join(ROOT, path), join(scratch, path));
    }
    symlinkSync(join(ROOT, "node_modules"), join(scratch, "node_modules"));
    run(scratch, "npm run build && node examples/shop/generate.ts");
  });

  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  for (const { path, block, commands, output } of SHELLS) {
    test(`${title(path, block)}: ${commands[0]}${commands.length > 1 ? " …" : ""}`, () => {
      const stdout = commands.map((command) => run(scratch, command)).join("");
      if (output !== null) expect(stdout.trimEnd()).toBe(output.trimEnd());
    });
  }
});

/** Runs a command in `cwd` as a person with `node_modules/.bin` would; its stdout. Fails with all that it said where it does not exit 0. */
function run(cwd: string, command: string): string {
  const env = { ...process.env, NO_COLOR: "1", PATH: `${join(ROOT, "node_modules/.bin")}:${process.env["PATH"]}` };
  const { status, stdout, stderr } = spawnSync("bash", ["-c", command], { cwd, env, encoding: "utf8" });
  expect({ command, status, stderr: status === 0 ? "" : `${stdout}${stderr}` }).toEqual({
    command,
    status: 0,
    stderr: "",
  });
  return stdout;
}
