import { diagnose } from "../../language/diagnostics/catalog.ts";
import type { Diagnostic } from "../../language/diagnostics/diagnostic.ts";
import type { Origin, Value, Window } from "../../language/meaning/ir.ts";
import type { Program } from "../../language/meaning/program.ts";
import { visitSegments } from "./visit.ts";

/** What follows each person's own zone and no statement can list, at the places where it is written. The program is bound and normal. */
export function zoneProblems(program: Program, segments: Iterable<string>): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  const note = (slug: "too-many-offsets" | "not-in-each-zone", text: string, at: Origin): void => {
    found.set(`${at.file} ${at.span.start} ${at.span.end}`, diagnose(slug, { text }, at));
  };
  const window = (of: Window): void => {
    if (of.zone !== null) note("not-in-each-zone", of.words, of.origin);
  };
  visitSegments(program, segments, {
    pred(pred) {
      if (pred.kind !== "settled") return;
      const { test } = pred;
      if (test.kind === "inWindow") window(test.window);
      if (test.kind === "anniversaryIn") note("not-in-each-zone", test.window.words, test.window.origin);
    },
    value(value) {
      const zone = ownZone(value);
      if (zone === null || zone.kind === "offsets") return;
      const isSince = value.kind === "since";
      note(isSince ? "not-in-each-zone" : "too-many-offsets", wordsOf(value), value.origin);
    },
    window,
  });
  return [...found.values()];
}

const ownZone = (value: Value): Value | null =>
  value.kind === "since" || value.kind === "local_date" || value.kind === "part" ? value.zone : null;

function wordsOf(value: Value): string {
  if (value.kind === "since") return `${value.unit}s_since`;
  return value.kind === "part" ? value.part : "date";
}
