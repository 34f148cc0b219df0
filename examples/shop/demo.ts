/** `npm run demo`: makes the shop's data where it is missing, then checks and counts the shop's segments as a person would. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { generate } from "./generate.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const SEG = fileURLToPath(new URL("../../dist/seg.js", import.meta.url));
const DATA = fileURLToPath(new URL("./data", import.meta.url));

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

function seg(...args: readonly string[]): void {
  say(`\n$ npx seg ${args.join(" ")}\n`);
  const { status } = spawnSync(process.execPath, [SEG, ...args], { cwd: PROJECT, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

say(
  "An outdoor shop: 10,000 customers, and what people ask of them. The ten of examples/shop/segments.seg are counted here.",
);
if (!existsSync(DATA)) {
  generate(DATA);
  say("Its data has just been made, from a seed, in examples/shop/data.");
}

seg("check", "examples/shop/segments.seg");
seg("run", "examples/shop/segments.seg", "--as-of", "2026-07-01");

say(`
Change a number in examples/shop/segments.seg and run it again. Or see the SQL behind a segment:

  npx seg compile --project examples/shop Loyal --dialect postgres

README.md says where next.`);
