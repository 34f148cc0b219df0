import type { Program } from "../../language/meaning/program.ts";
import { InternalError } from "../../language/text/assert.ts";
import { INTEGER } from "../../language/types/type.ts";
import { addRelation, addTable, expose, finished, inOrder, type RelationBuilder } from "./builder.ts";
import { safe } from "./names.ts";
import type { Plan, Relation } from "./plan.ts";
import { entityOf, keyOf, type Planner, planner } from "./planner.ts";
import { rowsOf } from "./rows.ts";
import type { Term } from "./term.ts";
import { TRANSLATION } from "./translate.ts";

/** How often each key of a table stands there. */
export interface KeyPlan {
  readonly entity: string;
  /** As written in the model: that of the entity, or of its extension. */
  readonly table: readonly string[];
  /** Whether a row without a key is a problem: of an event only that its keys are unique. */
  readonly isRequired: boolean;
  /** The last has a row for each key, with the columns `key` and `rows`. */
  readonly relations: readonly Relation[];
  readonly key: Term;
}

/** What must hold of the keys that plans rely on: of existing rows of entities, and of extensions in use. */
export function planKeys(program: Program, keyed: Plan["keyed"], asOf: bigint, zone: string): readonly KeyPlan[] {
  return keyed.flatMap(({ entity, extensions }) => [
    ownKeys(planner(program, asOf, zone, TRANSLATION), entity),
    ...extensions.map((index) => extensionKeys(planner(program, asOf, zone, TRANSLATION), entity, index)),
  ]);
}

function ownKeys(of: Planner, name: string): KeyPlan {
  const entity = entityOf(of, name);
  const rows = rowsOf(of, name, null);
  const relation = of.newRelation("keys");
  const key = rows.handle(addRelation(relation, rows.relation, safe(name), "from", () => [])).field(keyOf(of, name));
  return { entity: name, table: entity.table, isRequired: entity.kind === "entity", ...counted(relation, key) };
}

function extensionKeys(of: Planner, name: string, index: number): KeyPlan {
  const extension = entityOf(of, name).extensions[index];
  if (extension === undefined) throw new InternalError(`${name} has no extension ${index}`);
  const relation = of.newRelation("keys");
  const source = addTable(relation, extension.table, "t", "from", []);
  const key: Term = { kind: "cell", source, column: extension.by, type: extension.byType };
  return { entity: name, table: extension.table, isRequired: true, ...counted(relation, key) };
}

function counted(relation: RelationBuilder, key: Term): Pick<KeyPlan, "relations" | "key"> {
  expose(relation, key, "key");
  expose(relation, { kind: "aggregate", fn: "count", filter: [], of: null, share: null, type: INTEGER }, "rows");
  relation.groupBy = [key];
  return { relations: [...inOrder(relation), finished(relation)], key };
}
