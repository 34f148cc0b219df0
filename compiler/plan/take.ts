import type { Step } from "../../language/meaning/ir.ts";
import { rankNames } from "./builder.ts";
import type { Stage } from "./element-stages.ts";
import type { Handle } from "./place.ts";
import type { Order } from "./plan.ts";
import type { Planner } from "./planner.ts";
import { orderOf, rankOrderOf } from "./rows.ts";
import { known } from "./term.ts";

/** The first or last elements of each owner, or those with the greatest or least value. */
export function takeStage(of: Planner, step: Extract<Step, { kind: "take" }>, stage: Stage): Stage {
  const { place, depth, owner } = stage;
  const { relation } = place;
  const element = place.rows.get(depth) as Handle;
  const order: Order[] = [];
  if (step.by === null) order.push(...orderOf(of, element, step.which === "latest" ? "descending" : "ascending"));
  else {
    const term = of.term(step.by, place);
    relation.filter.push(known(term));
    order.push({ term, isKnown: true, descending: step.which === "top" }, ...tiesOf(of, element));
  }
  const keep = { kind: "first", n: step.n } as const;
  relation.rank = { ...rankNames(relation), partitionBy: [owner()], orderBy: order, keep };
  return stage;
}

/** Equal ones by the smaller key, groups by the smaller value. */
function tiesOf(of: Planner, element: Handle): readonly Order[] {
  if (element.group === null) return rankOrderOf(of, element);
  return [{ term: element.group.value(), isKnown: true, descending: false }];
}
