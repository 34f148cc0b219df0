import { diagnose } from "../../language/diagnostics/catalog.ts";
import type { Diagnostic } from "../../language/diagnostics/diagnostic.ts";
import type { Program } from "../../language/meaning/program.ts";
import type { Dialect } from "./dialect.ts";
import { grouped } from "./limits.ts";
import { visitSegments } from "./visit.ts";

/** Texts that are longer than what the engine looks for inside of another one, at the places where that is asked. */
export function needleProblems(
  program: Program,
  segments: Iterable<string>,
  { limits: { needle }, title }: Dialect,
): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  if (needle === undefined) return [];
  visitSegments(program, segments, {
    pred(pred) {
      if (pred.kind !== "settled" || pred.test.kind !== "text" || pred.test.mode !== "contains") return;
      const { needle: text } = pred.test;
      if (text.kind !== "const" || String(text.value).length <= needle) return;
      const { file, span } = text.origin;
      const finding = diagnose("needle-too-long", { engine: title, most: grouped(needle) }, text.origin);
      found.set(`${file} ${span.start} ${span.end}`, finding);
    },
    value: () => {},
    window: () => {},
  });
  return [...found.values()];
}
