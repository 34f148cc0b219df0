import type { Pred } from "../../language/meaning/ir.ts";
import type { Program } from "../../language/meaning/program.ts";
import {
  partsOfCollection,
  partsOfPred,
  partsOfRow,
  partsOfValue,
  partsOfWindow,
  type Rewriter,
} from "../../language/meaning/traverse.ts";

/** The program with no segments and traits but those named and what they refer to, so that work on a few does not grow with the project. */
export function reachable(program: Program, segments: readonly string[]): Program {
  const wanted = new Set<string>();
  const traits = new Set<string>();
  const open: (() => void)[] = [];
  const want = (names: Set<string>, name: string, visit: () => void): void => {
    if (names.has(name)) return;
    names.add(name);
    open.push(visit);
  };
  const wantSegment = (name: string): void =>
    want(wanted, name, () => {
      const condition = program.segments.get(name)?.condition;
      if (condition !== undefined) by.pred(condition, 0);
    });
  const by: Rewriter = {
    pred(pred: Pred, place) {
      if ((pred.kind === "test" || pred.kind === "settled") && pred.test.kind === "segment")
        wantSegment(pred.test.name);
      return partsOfPred(pred, place, by);
    },
    value(value, place) {
      if (value.kind === "trait")
        want(traits, value.name, () => {
          const trait = program.traits.get(value.name);
          if (trait !== undefined) by.value(trait.value, 0);
        });
      return partsOfValue(value, place, by);
    },
    row: (row, place) => partsOfRow(row, place, by),
    collection: (collection, place) => partsOfCollection(collection, place, by),
    window: (window, place) => partsOfWindow(window, place, by),
  };
  for (const name of segments) wantSegment(name);
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) visit();
  return {
    ...program,
    segments: new Map([...program.segments].filter(([name]) => wanted.has(name))),
    traits: new Map([...program.traits].filter(([name]) => traits.has(name))),
  };
}
