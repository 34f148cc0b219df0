import { describe, expect, it } from "vitest";
import { loadProject } from "../project.ts";
import { parse } from "../syntax/parse.ts";
import { sourceFile } from "../text/source.ts";
import { corpus, MODEL } from "./corpus.ts";
import { parseByHand } from "./hand.ts";

describe("what the front end is measured on", () => {
  const text = corpus(500).join("\n");

  it("is read into the same tree by the parser by hand and by the product's", () => {
    const { file, diagnostics } = parse(sourceFile("corpus.seg", text));
    expect(diagnostics).toEqual([]);
    expect(parseByHand(text)).toEqual(file.declarations);
  });

  it("has no finding", () => {
    const { diagnostics, program } = loadProject([sourceFile("model.seg", MODEL), sourceFile("corpus.seg", text)]);
    expect(diagnostics.filter((d) => d.severity === "error")).toEqual([]);
    expect(program.segments.size).toBe(500);
  });

  it("differs where a number does, so that equal trees say something", () => {
    expect(parseByHand(text.replace("age >= ", "age >= 1"))).not.toEqual(parseByHand(text));
  });
});
