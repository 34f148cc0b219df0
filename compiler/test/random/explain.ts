import type { TestEngine } from "../load/creation.ts";
import { disagreements, judge } from "./agree.ts";
import { printSegment } from "./print.ts";
import type { Case } from "./shape.ts";
import { shrink } from "./shrink.ts";

/** What a conformance case can be made of: the smallest case that still fails on the engine, as text and rows, with what it answers. */
export async function explain(c: Case, engine: TestEngine, label: string): Promise<string> {
  const fails = async (smaller: Case): Promise<boolean> => {
    try {
      return (await disagreements(judge(smaller), engine, label)).length > 0;
    } catch {
      return false;
    }
  };
  const small = await shrink(c, fails);
  const what = await disagreements(judge(small), engine, label);
  return [
    `seed ${c.seed}, as of ${small.asOf} in ${small.zone}`,
    ...small.segments.map(printSegment),
    JSON.stringify(small.tables),
    ...what.map((d) => `${d.engine}, ${d.segment}: ${d.what}`),
    judge(small).text,
  ].join("\n");
}
