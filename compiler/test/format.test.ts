import { expect, it } from "vitest";
import { format } from "../../language/format/format.ts";
import { loadProject } from "../../language/project.ts";
import { parse } from "../../language/syntax/parse.ts";
import { sourceFile } from "../../language/text/source.ts";
import { meaningHashes } from "../cli/meaning-hash.ts";
import { companions } from "./random/agree.ts";
import { generate } from "./random/generate.ts";
import { printModel, printSegments } from "./random/print.ts";

const SEEDS = Array.from({ length: 300 }, (_, i) => i + 1);

function formatted(path: string, text: string): string {
  const result = format(sourceFile(path, text));
  if ("text" in result) return result.text;
  throw new Error(`${result.diagnostics[0]?.message}\n${text}`);
}

/** The same tokens, some of them on lines of their own. */
function stretched(text: string): string {
  const moved = parse(sourceFile("a.seg", text)).tokens.filter(({ type }) =>
    /^(And|Or|Is|Else|Dot|RParen)$/.test(type),
  );
  const cuts = [0, ...moved.map(({ span }) => span.start), text.length];
  return cuts
    .slice(1)
    .map((cut, i) => text.slice(cuts[i], cut))
    .join("\n   ");
}

it("random segments mean the same after formatting, whatever their layout was", () => {
  let segments = 0;
  let changed = 0;
  for (const seed of SEEDS) {
    const random = generate(seed, { segments: 12, people: 1 });
    const written = {
      model: printModel(random.model),
      segments: printSegments({ ...random, segments: [...random.segments, ...companions(random.segments)] }),
    };
    const canonical = {
      model: formatted("model.seg", written.model),
      segments: formatted("segments.seg", written.segments),
    };
    if (canonical.segments !== written.segments) changed++;
    expect(formatted("segments.seg", canonical.segments)).toBe(canonical.segments);
    expect(formatted("segments.seg", stretched(written.segments))).toBe(canonical.segments);
    const [before, after] = [written, canonical].map((texts) => {
      const { program, diagnostics } = loadProject(
        Object.entries(texts).map(([name, text]) => sourceFile(`${name}.seg`, text)),
        { lint: false },
      );
      expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      const hash = meaningHashes(program);
      return [...program.segments.keys()].sort().map((name) => `${name} ${hash(name)}`);
    });
    expect(after, canonical.segments).toEqual(before);
    segments += after?.length ?? 0;
  }
  expect(segments).toBeGreaterThan(5000);
  expect(changed).toBe(SEEDS.length);
});
