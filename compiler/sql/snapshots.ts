import { diagnose } from "../../language/diagnostics/catalog.ts";
import type { Diagnostic } from "../../language/diagnostics/diagnostic.ts";
import type { Program } from "../../language/meaning/program.ts";
import type { Dialect } from "./dialect.ts";
import { visitSegments } from "./visit.ts";

/** Snapshots that segments read: SQL of this version does not read stored lists. */
export function snapshotProblems(
  program: Program,
  segments: Iterable<string>,
  dialect: Dialect,
): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  visitSegments(program, segments, {
    pred(pred) {
      if (pred.kind !== "settled" || pred.test.kind !== "stored") return;
      const name = pred.test.snapshot;
      found.set(name, diagnose("snapshot-in-sql", { name, engine: dialect.title }, pred.origin));
    },
    value: () => {},
  });
  return [...found.values()];
}
