import type { Test } from "../../language/meaning/ir.ts";
import { TEXT } from "../../language/types/type.ts";
import { addRelation, addTable, column, expose, type RelationBuilder } from "./builder.ts";
import { safe } from "./names.ts";
import type { Place } from "./place.ts";
import { keyOf, once, type Planner, relyOnKey } from "./planner.ts";
import { rowHandle } from "./row.ts";
import { MEMBERSHIP_TABLE, storedRows } from "./stored-tables.ts";
import { type Condition, known, type Term } from "./term.ts";

/** That a row's key is among those that a snapshot stored. */
export function storedTest(of: Planner, test: Extract<Test, { kind: "stored" }>, place: Place): Condition {
  const handle = rowHandle(of, test.row, place);
  const own = handle.field(keyOf(of, handle.entity));
  const key: Term = own.type.kind === "text" ? own : { kind: "keyText", value: own, type: TEXT };
  const stored = storedKeys(of, test.snapshot, handle.entity);
  const join = `stored ${stored.name} ${JSON.stringify(key)}`;
  let alias = place.relation.joins.get(join);
  if (alias === undefined) {
    relyOnKey(of, handle.entity);
    alias = addRelation(place.relation, stored, stored.name, "left", (name) => [[column(name, "key", TEXT), key]]);
    place.relation.joins.set(join, alias);
  }
  return known(column(alias, "key", TEXT));
}

/** The keys that a snapshot stored, each once. */
function storedKeys(of: Planner, snapshot: string, entity: string): RelationBuilder {
  return once(of, `stored ${snapshot}`, () => {
    const relation = of.newRelation(`stored_${safe(snapshot)}`);
    addTable(relation, MEMBERSHIP_TABLE, "t", "from", []);
    const { filter, key } = storedRows("t", snapshot, entity);
    relation.filter.push(...filter);
    relation.groupBy = [key];
    expose(relation, key, "key");
    return relation;
  });
}
