import type { Row } from "../../language/meaning/ir.ts";
import { InternalError } from "../../language/text/assert.ts";
import { addRelation, column, expose, type RelationBuilder } from "./builder.ts";
import { safe } from "./names.ts";
import type { Home, Opened, Place } from "./place.ts";
import { keyOf, once, type Planner, relyOnKey } from "./planner.ts";
import { rowHandle } from "./row.ts";
import { rowsOf } from "./rows.ts";
import { type Condition, known } from "./term.ts";

/** That a row is a member of a segment of its entity. */
export function memberTest(of: Planner, segment: string, row: Row, place: Place): Condition {
  if (place.reference !== null && row.kind === "scope") return place.reference(segment);
  const handle = rowHandle(of, row, place);
  const key = handle.field(keyOf(of, handle.entity));
  const members = membersOf(of, segment);
  const join = `members ${members.name} ${JSON.stringify(key)}`;
  let alias = place.relation.joins.get(join);
  if (alias === undefined) {
    relyOnKey(of, handle.entity);
    alias = addRelation(place.relation, members, members.name, "left", (name) => [
      [column(name, "key", key.type), key],
    ]);
    place.relation.joins.set(join, alias);
  }
  return known(column(alias, "key", key.type));
}

/** The keys of the members of a segment, to be joined. */
function membersOf(of: Planner, segment: string): RelationBuilder {
  return once(of, `members ${segment}`, () => {
    const found = of.program.segments.get(segment);
    if (found === undefined) throw new InternalError(`no segment ${segment}`);
    const relation = of.newRelation(`in_${safe(segment)}`);
    const opened = subjectHome(of, found.entity).open(relation);
    expose(relation, opened.id, "key");
    relation.filter.push(...of.conditions(found.condition, { relation, ...opened, reference: null }));
    return relation;
  });
}

/** The subject's rows, told apart by their key. */
export function subjectHome(of: Planner, entity: string): Home {
  const rows = rowsOf(of, entity, null);
  const home: Home = {
    name: entity,
    label: safe(entity),
    open(relation): Opened {
      const handle = rows.handle(addRelation(relation, rows.relation, safe(entity), "from", () => []));
      const id = handle.field(keyOf(of, entity));
      return { rows: new Map([[0, handle]]), homes: new Map([[0, { home, id: () => id }]]), id };
    },
  };
  relyOnKey(of, entity);
  return home;
}
