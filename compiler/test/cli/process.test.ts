import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { folder, SHOP } from "./harness.ts";

const SEG = fileURLToPath(new URL("../../cli/seg.ts", import.meta.url));

const start = (root: string, ...argv: readonly string[]) =>
  spawnSync(process.execPath, [SEG, ...argv], { cwd: root, encoding: "utf8" });

test("The executable answers with its exit code on its streams", () => {
  const clean = start(folder(SHOP), "check");
  expect([clean.status, clean.stdout]).toEqual([0, ""]);
  const found = start(folder({ ...SHOP, "b.seg": "segment B where regon" }), "check");
  expect(found.stdout).toContain("b.seg:1:17  error");
  expect(found.status).toBe(1);
  expect(start(folder({}), "chek").status).toBe(2);
});

test("Standard input is read", () => {
  const { status, stdout } = spawnSync(process.execPath, [SEG, "check", "-"], {
    cwd: folder(SHOP),
    encoding: "utf8",
    input: "segment B where regon",
  });
  expect([status, stdout.split("  ")[0]]).toEqual([1, "stdin.seg:1:17"]);
});

test("A reader that goes away is no error", async () => {
  const many = Array.from({ length: 3000 }, (_, i) => `segment S${i} where regon`).join("\n");
  const child = spawn(process.execPath, [SEG, "check"], {
    cwd: folder({ ...SHOP, "b.seg": many }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let talk = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    talk += text;
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const status = await new Promise((resolve) => child.on("close", resolve));
  expect(status).toBe(1);
  expect(talk).not.toMatch(/EPIPE/);
});

test("An old Node is told in one sentence which one is needed", () => {
  // The executable asks `process.versions`, so an old Node can be played.
  const old = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } });`;
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(old)}`, SEG, "check"],
    { encoding: "utf8" },
  );
  expect([status, stdout, stderr]).toEqual([2, "", "seg needs Node.js 22.13 or newer; this is 20.19.0.\n"]);
});
