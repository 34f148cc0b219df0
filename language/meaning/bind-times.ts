import { instantsOf } from "./bind-window.ts";
import type { Collection, Value, Window } from "./ir.ts";
import type { Circumstances, Program } from "./program.ts";

/** From one instant until before another, as far as anything is known of them. */
export type Times = readonly [from: bigint, to: bigint];

/** The years whose offsets are known at all. */
const ALL: Times = [0n, 4_102_444_800_000_000n];

/** Which times the elements of the collections around a place can have, so that no more offsets are listed than are asked for. */
export interface TimesInQuestion {
  /** Does `work` on a collection, and on what is asked of its elements after it; `bound` binds one of its windows. */
  during(collection: Collection, work: () => Collection, bound: (window: Window) => Window): Collection;
  /** The times that a value can be of which anything is asked. */
  of(value: Value): Times;
}

/** While a program is bound, collection by collection. */
export function timesInQuestion(program: Program, { asOf }: Circumstances): TimesInQuestion {
  const byDepth = new Map<number, { readonly entity: string; readonly times: Times }>();
  const open = new Set<number>();

  /** What the windows say before anything but a condition follows; later ones do not bound what was asked before. */
  function timesOf(collection: Collection, bound: (window: Window) => Window): Times {
    const entity = program.model.entities.get(collection.entity);
    let [from, to] = ALL;
    // Windows before the elements became others were about those.
    if (collection.steps.some((step) => step.kind === "flatten")) return ALL;
    if (entity?.kind === "event" && entity.at !== null && !entity.scheduled && asOf < to) to = asOf;
    for (const step of collection.steps) {
      if (step.kind === "where") continue;
      if (step.kind !== "window") break;
      const [start, end] = instantsOf(bound(step.window));
      if (start !== null && start > from) from = start;
      if (end !== null && end < to) to = end;
    }
    return [from, to];
  }

  return {
    during(collection, work, bound) {
      const { depth, entity } = collection;
      const around = open.has(depth) ? byDepth.get(depth) : undefined;
      byDepth.set(depth, { entity, times: timesOf(collection, bound) });
      const isOuter = !open.has(depth);
      open.add(depth);
      const answer = work();
      if (isOuter) open.delete(depth);
      if (around !== undefined) byDepth.set(depth, around);
      return answer;
    },
    of(value) {
      if (value.kind !== "field" || value.row.kind !== "scope") return ALL;
      const found = byDepth.get(value.row.depth);
      const isItsTime = program.model.entities.get(value.row.entity)?.at === value.field;
      return found !== undefined && isItsTime && found.entity === value.row.entity ? found.times : ALL;
    },
  };
}
