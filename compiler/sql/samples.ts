import { diagnose } from "../../language/diagnostics/catalog.ts";
import type { Diagnostic } from "../../language/diagnostics/diagnostic.ts";
import type { Program } from "../../language/meaning/program.ts";
import type { Dialect } from "./dialect.ts";
import type { Storage } from "./storage.ts";
import { visitSegments } from "./visit.ts";

/** Samples and arms of splits that the engine cannot draw, at the places where they are written. */
export function sampleProblems(
  program: Program,
  segments: Iterable<string>,
  dialect: Dialect,
  storage: Storage,
): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  if (dialect.samples(storage)) return [];
  visitSegments(program, segments, {
    pred(pred) {
      if (pred.kind !== "settled" || pred.test.kind !== "bucket") return;
      const { file, span } = pred.origin;
      const finding = diagnose("sample-without-hash", { engine: dialect.title }, pred.origin);
      found.set(`${file} ${span.start} ${span.end}`, finding);
    },
    value: () => {},
    window: () => {},
  });
  return [...found.values()];
}
