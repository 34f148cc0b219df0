import { diagnose } from "../../language/diagnostics/catalog.ts";
import type { Diagnostic } from "../../language/diagnostics/diagnostic.ts";
import type { Const, Pred, Value } from "../../language/meaning/ir.ts";
import type { Program } from "../../language/meaning/program.ts";
import {
  partsOfCollection,
  partsOfPred,
  partsOfRow,
  partsOfValue,
  partsOfWindow,
  type Rewriter,
} from "../../language/meaning/traverse.ts";

/** What no engine can hold, at the places where it is written. */
export function textProblems(program: Program, segments: Iterable<string>): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const constant of constantsOf(program, segments)) {
    const what = constant.type.kind === "text" && constant.value !== null ? problem(String(constant.value)) : null;
    if (what === null) continue;
    const { file, span } = constant.origin;
    found.set(`${file} ${span.start} ${span.end}`, diagnose("text-no-engine-holds", { what }, constant.origin));
  }
  return [...found.values()];
}

function problem(text: string): string | null {
  if (text.includes("\0")) return "the character with the number 0";
  return /\p{Surrogate}/u.test(text) ? "half of a character" : null;
}

/** The constants of normal segments, of the segments they read, and of the headers of entities. */
function constantsOf(program: Program, segments: Iterable<string>): readonly Const[] {
  const constants: Const[] = [];
  const open = [...segments];
  const seen = new Set(open);
  const by: Rewriter = {
    pred(pred: Pred, place) {
      if (pred.kind === "settled" && pred.test.kind === "oneOf")
        for (const option of pred.test.options) constants.push(option);
      if (pred.kind === "settled" && pred.test.kind === "segment" && !seen.has(pred.test.name)) {
        seen.add(pred.test.name);
        open.push(pred.test.name);
      }
      return partsOfPred(pred, place, by);
    },
    value(value: Value, place) {
      if (value.kind === "const") constants.push(value);
      return partsOfValue(value, place, by);
    },
    row: (row, place) => partsOfRow(row, place, by),
    collection: (collection, place) => partsOfCollection(collection, place, by),
    window: (window, place) => partsOfWindow(window, place, by),
  };
  for (const filter of program.filters.values()) by.pred(filter, 0);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const condition = program.segments.get(name)?.condition;
    if (condition !== undefined) by.pred(condition, 0);
  }
  return constants;
}
