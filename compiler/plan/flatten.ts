import type { Step } from "../../language/meaning/ir.ts";
import { addRelation } from "./builder.ts";
import type { Stage } from "./element-stages.ts";
import { safe } from "./names.ts";
import type { Handle } from "./place.ts";
import { keyOf, linkOf, type Planner } from "./planner.ts";
import { rowsOf } from "./rows.ts";

/** The rows that a link to many leads to, of all elements: from here on they are the elements. */
export function flattenStage(of: Planner, step: Extract<Step, { kind: "flatten" }>, stage: Stage): Stage {
  const { place, depth } = stage;
  const element = place.rows.get(depth) as Handle;
  const link = linkOf(of, element.entity, step.link);
  const rows = rowsOf(of, link.target, { entity: element.entity, field: link.field });
  const alias = addRelation(place.relation, rows.relation, safe(link.target), "inner", (name) => [
    [rows.handle(name).field(link.field), element.field(keyOf(of, element.entity))],
  ]);
  const homes = new Map([...place.homes].filter(([at]) => at !== depth));
  return { ...stage, place: { ...place, rows: new Map([...place.rows, [depth, rows.handle(alias)]]), homes } };
}
