import { readdirSync, readFileSync } from "node:fs";
import { SHOP_MODEL } from "../../../language/test/model.ts";
import { rng } from "../random/rng.ts";
import { mutate } from "./mutate.ts";
import { type Reached, throughEveryStage } from "./stages.ts";

const EXAMPLES = new URL("../../../examples/", import.meta.url);

/** The texts that are mutated: every file of the examples, over the model beside it. */
export function seeds(): readonly { readonly model: string; readonly text: string }[] {
  const found = [{ model: SHOP_MODEL, text: SHOP_MODEL }];
  for (const folder of readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const files = readdirSync(new URL(`${folder.name}/`, EXAMPLES)).filter((name) => name.endsWith(".seg"));
    const read = (name: string): string => readFileSync(new URL(`${folder.name}/${name}`, EXAMPLES), "utf8");
    const model = files.includes("model.seg") ? read("model.seg") : SHOP_MODEL;
    for (const name of files) if (name !== "model.seg") found.push({ model, text: read(name) });
  }
  return found;
}

/** Mutates `count` times from a seed on; the answer says how far the texts came. A failure names its seed and its text. */
export function fuzz(seed: number, count: number, progress: (done: number) => void = () => {}): Reached {
  const texts = seeds();
  const total: Reached = { diagnostics: 0, segments: 0, statements: 0 };
  for (let i = seed; i < seed + count; i++) {
    const r = rng(i);
    const { model, text } = r.pick(texts);
    const mutated = mutate(
      r,
      text,
      texts.map((t) => t.text),
    );
    try {
      const reached = throughEveryStage(model, mutated);
      total.diagnostics += reached.diagnostics;
      total.segments += reached.segments;
      total.statements += reached.statements;
    } catch (error) {
      throw new Error(`seed ${i}: ${(error as Error).stack}\n----\n${mutated}\n----`);
    }
    progress(i - seed + 1);
  }
  return total;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const count = Number(process.argv[2] ?? 100_000);
  const started = performance.now();
  const reached = fuzz(Number(process.argv[3] ?? 1), count, (done) => {
    if (process.stderr.isTTY && done % 200 === 0) process.stderr.write(`\r${done} of ${count}`);
  });
  console.log(`\n${count} texts in ${Math.round((performance.now() - started) / 1000)} s, no crash:`, reached);
}
