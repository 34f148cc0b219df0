import { diagnose } from "../../language/diagnostics/catalog.ts";
import type { Diagnostic } from "../../language/diagnostics/diagnostic.ts";
import type { Origin } from "../../language/meaning/ir.ts";
import type { Program } from "../../language/meaning/program.ts";
import { visitSegments } from "./visit.ts";

/** What no engine can hold, at the places where it is written. */
export function textProblems(program: Program, segments: Iterable<string>): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  const check = (text: unknown, origin: Origin): void => {
    const what = typeof text === "string" ? problem(text) : null;
    if (what === null) return;
    const { file, span } = origin;
    found.set(`${file} ${span.start} ${span.end}`, diagnose("text-no-engine-holds", { what }, origin));
  };
  visitSegments(program, segments, {
    pred(pred) {
      if (pred.kind !== "settled") return;
      if (pred.test.kind === "oneOf") for (const { value, origin } of pred.test.options) check(value, origin);
      if (pred.test.kind === "bucket") check(pred.test.seed, pred.origin);
    },
    value(value) {
      if (value.kind === "const") check(value.value, value.origin);
    },
    window: () => {},
  });
  return [...found.values()];
}

function problem(text: string): string | null {
  if (text.includes("\0")) return "the character with the number 0";
  return /\p{Surrogate}/u.test(text) ? "half of a character" : null;
}
