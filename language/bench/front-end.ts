import { celEnv, parse as parseCel, plan } from "@bufbuild/cel";
import { checkParsePolicySet, validate } from "@cedar-policy/cedar-wasm/nodejs";
import { loadProject } from "../project.ts";
import { parse } from "../syntax/parse.ts";
import { sourceFile } from "../text/source.ts";
import { corpus, MODEL } from "./corpus.ts";
import { CEDAR_SCHEMA, EQUIVALENT_MODEL, equivalents } from "./equivalents.ts";
import { parseByHand } from "./hand.ts";
import type { Comparison } from "./report.ts";

const BY_HAND = "parser by hand";
const OURS = "Seglang, parse with recovery";

/** What reading and checking text costs, beside a parser by hand and beside the front ends of other languages. */
export function frontEnd(): readonly Comparison[] {
  const text = corpus(2000).join("\n");
  const texts = equivalents(300);
  const model = sourceFile("model.seg", MODEL);
  const small = sourceFile("model.seg", EQUIVALENT_MODEL);
  const env = celEnv();
  const policies = texts.map(({ cedar }) => cedar).join("\n");
  const segments = texts.map(({ seg }) => seg).join("\n");
  return [
    {
      title: "Parsing a file of 2,000 segments",
      explanation:
        "Both make the same tree, with a place for every node. The one by hand gives up at the first mistake; the product's goes on behind each and says what to write.",
      per: { unit: "segment", count: 2000 },
      bytes: text.length,
      ways: [
        { name: BY_HAND, run: () => parseByHand(text) },
        { name: OURS, run: () => parse(sourceFile("corpus.seg", text)) },
      ],
      goals: [{ way: OURS, atMost: 8, of: BY_HAND }],
    },
    {
      title: "Parsing and checking 2,000 segments",
      explanation: "Names, types, circles and what the segments mean, over a model of three entities.",
      per: { unit: "segment", count: 2000 },
      bytes: text.length,
      ways: [
        { name: BY_HAND, run: () => parseByHand(text) },
        {
          name: "Seglang, parse, check and lower",
          run: () => loadProject([model, sourceFile("corpus.seg", text)], { lint: false }),
        },
        { name: "Seglang, all that and the warnings", run: () => loadProject([model, sourceFile("corpus.seg", text)]) },
      ],
      goals: [],
    },
    {
      title: "Parsing one condition at a time",
      explanation: "300 conditions of eight tests each, written in three languages, each a text of its own.",
      per: { unit: "condition", count: texts.length },
      bytes: segments.length,
      ways: [
        { name: OURS, run: () => texts.map(({ seg }) => parse(sourceFile("one.seg", seg))) },
        { name: BY_HAND, run: () => texts.map(({ seg }) => parseByHand(seg)) },
        { name: "@bufbuild/cel, parse", run: () => texts.map(({ cel }) => parseCel(cel)) },
        { name: "@bufbuild/cel, parse and plan", run: () => texts.map(({ cel }) => plan(env, parseCel(cel))) },
        {
          name: "@cedar-policy/cedar-wasm, parse",
          run: () => texts.map(({ cedar }) => succeeded(checkParsePolicySet({ staticPolicies: cedar }))),
        },
      ],
      goals: [{ way: "@bufbuild/cel, parse", atLeast: 8, of: OURS }],
    },
    {
      title: "Parsing and checking 300 conditions together",
      explanation:
        "Cedar's validator reads its schema, ours the model, in the same call. CEL has no checker in JavaScript.",
      per: { unit: "condition", count: texts.length },
      bytes: segments.length,
      ways: [
        {
          name: "Seglang, parse, check and lower",
          run: () =>
            sound(
              loadProject([small, sourceFile("all.seg", segments)], { lint: false }).program.segments.size,
              texts.length,
            ),
        },
        {
          name: "@cedar-policy/cedar-wasm, validate",
          run: () => succeeded(validate({ schema: CEDAR_SCHEMA, policies: { staticPolicies: policies } })),
        },
      ],
      goals: [],
    },
  ];
}

/** A peer that refuses its text would be fast. */
function succeeded<A extends { readonly type: string }>(answer: A): A {
  const errors = "validationErrors" in answer ? (answer.validationErrors as readonly unknown[]) : [];
  if (answer.type !== "success" || errors.length > 0) throw new Error(JSON.stringify(answer).slice(0, 500));
  return answer;
}

function sound(size: number, wanted: number): number {
  if (size !== wanted) throw new Error(`${size} segments instead of ${wanted}`);
  return size;
}
