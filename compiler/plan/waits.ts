import type { Step } from "../../language/meaning/ir.ts";
import { INTEGER_MAX } from "../../language/types/number.ts";
import { INTEGER } from "../../language/types/type.ts";
import { column, expose, type RelationBuilder } from "./builder.ts";
import { reopened, type Stage } from "./element-stages.ts";
import type { Handle } from "./place.ts";
import type { Order, Windowed } from "./plan.ts";
import { entityOf, type Planner } from "./planner.ts";
import { orderOf } from "./rows.ts";
import { type Constant, compare, type Term } from "./term.ts";

/** Each element with the wait since the one before, in the order of the collection. */
export function waitStage(of: Planner, stage: Stage): Stage {
  const element = elementOf(stage);
  const at = element.field(timeOf(of, element));
  const orderBy = orderOf(of, element, "ascending");
  const before = worked(of, stage, at, {
    kind: "windowed",
    fn: "previous",
    of: at,
    partitionBy: [stage.owner()],
    orderBy,
  });
  return { ...before.stage, wait: () => elapsed(before.value, before.at) };
}

/**
 * Elements after a wait of more than the gap since the nearest earlier instant. Of elements at one instant only the first has another instant
 * before it: that is the least of theirs.
 */
export function afterGapStage(of: Planner, { gap }: Extract<Step, { kind: "afterGap" }>, stage: Stage): Stage {
  const at = elementOf(stage).field(timeOf(of, elementOf(stage)));
  const owner = stage.owner();
  const orderBy: readonly Order[] = [{ term: at, isKnown: true, descending: false }];
  const first = worked(of, stage, at, { kind: "windowed", fn: "previous", of: at, partitionBy: [owner], orderBy });
  const partitionBy = [first.stage.owner(), first.at];
  const all = worked(of, first.stage, first.at, {
    kind: "windowed",
    fn: "least",
    of: first.value,
    partitionBy,
    orderBy: [],
  });
  all.stage.place.relation.filter.push(compare(elapsed(all.value, all.at), ">", lengthOf(gap, at)));
  return all.stage;
}

const elementOf = ({ place, depth }: Stage): Handle => place.rows.get(depth) as Handle;

const timeOf = (of: Planner, { entity }: Handle): string => entityOf(of, entity).at ?? "";

/** The value as a column, seen from a relation after it, beside the element's time. */
function worked(
  of: Planner,
  stage: Stage,
  at: Term,
  value: Windowed,
): { readonly stage: Stage; readonly value: Term; readonly at: Term } {
  const { relation } = stage.place;
  const name = expose(relation, value, "before");
  const next: RelationBuilder = of.newRelation(relation.name);
  const { stage: after, alias } = reopened(stage, stage.depth, next, "element");
  const here = elementOf(after).field(timeOf(of, elementOf(after)));
  return { stage: after, value: column(alias, name, at.type), at: here };
}

const elapsed = (from: Term, to: Term): Term => ({ kind: "elapsed", from, to, type: INTEGER });

/** In microseconds beside an instant, in days beside a date. */
function lengthOf(gap: Extract<Step, { kind: "afterGap" }>["gap"], at: Term): Constant {
  const minutes = BigInt(gap.amount) * (MINUTES[gap.unit] ?? 0n);
  const length = at.type.kind === "date" ? minutes / 1440n : minutes * 60_000_000n;
  return { kind: "constant", type: INTEGER, value: String(length > INTEGER_MAX ? INTEGER_MAX : length) };
}

const MINUTES: Readonly<Record<string, bigint>> = { min: 1n, h: 60n, d: 1440n, w: 10_080n };
