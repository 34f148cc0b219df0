import { describe, expect, test } from "vitest";
import { reasonerOf } from "../meaning/reason.ts";
import { loadProject } from "../project.ts";
import { sourceFile } from "../text/source.ts";
import { SHOP_MODEL } from "./model.ts";

/** Forms that the reasoner looks at to tell whether the condition can hold. */
function workOf(condition: string): number {
  const files = [sourceFile("model.seg", SHOP_MODEL), sourceFile("a.seg", `segment Subject where ${condition}`)];
  const { program } = loadProject(files);
  const subject = program?.segments.get("Subject");
  if (program === null || subject === undefined) throw new Error("does not compile");
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
