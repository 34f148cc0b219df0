import { describe, expect, test } from "vitest";
import { verdictsOf } from "../lint/verdicts.ts";
import type { Program } from "../meaning/program.ts";
import { reasonerOf } from "../meaning/reason.ts";
import { loadProject } from "../project.ts";
import { sourceFile } from "../text/source.ts";
import { SHOP_MODEL } from "./model.ts";

function programOf(condition: string): Program {
  const files = [sourceFile("model.seg", SHOP_MODEL), sourceFile("a.seg", `segment Subject where ${condition}`)];
  return loadProject(files, { lint: false }).program;
}

/** Forms that the reasoner looks at to tell whether the condition can hold. */
function workOf(condition: string): number {
  const program = programOf(condition);
  const subject = program.segments.get("Subject");
  if (subject === undefined) throw new Error("does not compile");
  const reasoner = reasonerOf(program);
  reasoner.assume(reasoner.nothing(false), reasoner.read(subject.condition, false, 0));
  return reasoner.work();
}

/** One inside the other, `n` deep. */
const nested = (n: number, wrap: (inner: string, i: number) => string): string => {
  let text = "visits_count > 1";
  for (let i = 0; i < n; i++) text = wrap(text, i);
  return text;
};

describe("the reasoner's work grows with the text", () => {
  test.each<[string, (n: number) => string]>([
    [
      "alternatives of which one is left, inside one another",
      (n) =>
        nested(n, (inner, i) => `((visits_count = -${i + 1} and visits_count > 0) or (credit > ${i} and ${inner}))`),
    ],
    [
      "alternatives that may all hold, inside one another",
      (n) => nested(n, (inner, i) => `(credit = ${i} or (visits_count > ${i} and ${inner}))`),
    ],
    ["a long row", (n) => Array.from({ length: n }, (_, i) => `(credit = ${i} or visits_count > ${i})`).join(" and ")],
    [
      "values that depend on values",
      (n) => nested(n, (inner, i) => `(if ${inner} then ${i} else visits_count) > ${i}`),
    ],
  ])("%s", (_, write) => {
    const [one, two] = [workOf(write(10)), workOf(write(20))];
    expect(two).toBeGreaterThan(one);
    expect(two).toBeLessThanOrEqual(one * 4);
  });
});

/** Forms that are looked at for all that is told of the condition. */
function workOfVerdicts(condition: string): number {
  const program = programOf(condition);
  if (!program.segments.has("Subject")) throw new Error("does not compile");
  const reasoner = reasonerOf(program);
  verdictsOf({ program }, reasoner);
  return reasoner.work();
}

const row = (n: number, connective: string, item: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => item(i)).join(` ${connective} `);

describe("all that is told of a condition costs work that grows with its text", () => {
  test.each<[string, (n: number) => string]>([
    ["a long row of `and` about one value", (n) => row(n, "and", (i) => `credit > ${i}`)],
    ["a long row of `or` about one value", (n) => row(n, "or", (i) => `credit = ${i}`)],
    [
      "a long row of `and` about many counts",
      (n) => row(n, "and", (i) => `purchases.where(amount > ${i}) >= ${i + 1}`),
    ],
    ["a long row of `or` about many counts", (n) => row(n, "or", (i) => `purchases.where(amount > ${i}) >= ${i + 1}`)],
    ["windows beside windows", (n) => row(n, "and", (i) => `signed_up_at in last ${i + 1}d`)],
    ["a long row of alternatives", (n) => row(n, "and", (i) => `(credit = ${i} or purchases > ${i})`)],
    ["a long row of pairs", (n) => row(n, "or", (i) => `(credit = ${i} and purchases > ${i})`)],
  ])("%s", (_, write) => {
    const [one, two] = [workOfVerdicts(write(100)), workOfVerdicts(write(200))];
    expect(two).toBeGreaterThan(one);
    // Twice the text, and at most some four times the work: no step is taken for each combination.
    expect(two).toBeLessThanOrEqual(one * 5);
    expect(two).toBeLessThan(2_000_000);
  });
});
