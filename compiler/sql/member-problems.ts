import { diagnose } from "../../language/diagnostics/catalog.ts";
import type { Diagnostic } from "../../language/diagnostics/diagnostic.ts";
import type { Program } from "../../language/meaning/program.ts";
import type { Dialect } from "./dialect.ts";
import { visitSegments } from "./visit.ts";

/** Members of JSON values that the engine does not find, at the places where they are asked for. */
export function memberProblems(
  program: Program,
  segments: Iterable<string>,
  { findsMember, title }: Dialect,
): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  if (findsMember === undefined) return [];
  visitSegments(program, segments, {
    pred: () => {},
    value(value) {
      if (value.kind !== "json" || findsMember(value.path)) return;
      const { file, span } = value.origin;
      const finding = diagnose("member-not-found", { member: value.path, engine: title }, value.origin);
      found.set(`${file} ${span.start} ${span.end}`, finding);
    },
    window: () => {},
  });
  return [...found.values()];
}
