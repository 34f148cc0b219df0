import type { Row } from "../../language/meaning/ir.ts";
import { InternalError } from "../../language/text/assert.ts";
import { addRelation } from "./builder.ts";
import { pickHandle } from "./collection.ts";
import { safe } from "./names.ts";
import type { Handle, Place } from "./place.ts";
import { keyOf, linkOf, type Planner, relyOnKey } from "./planner.ts";
import { rowsOf } from "./rows.ts";

/** The row at a place; what it is linked by is joined there. */
export function rowHandle(of: Planner, row: Row, place: Place): Handle {
  switch (row.kind) {
    case "scope": {
      const handle = place.rows.get(row.depth);
      if (handle === undefined) throw new InternalError(`no row of depth ${row.depth}`);
      return handle;
    }
    case "link":
      return linkHandle(of, rowHandle(of, row.from, place), row.link, place);
    case "pick":
      return pickHandle(of, row, place);
  }
}

function linkHandle(of: Planner, from: Handle, name: string, place: Place): Handle {
  const link = linkOf(of, from.entity, name);
  const rows = rowsOf(of, link.target, null);
  const key = keyOf(of, link.target);
  const join = `link ${from.id} ${name}`;
  let alias = place.relation.joins.get(join);
  if (alias === undefined) {
    relyOnKey(of, link.target);
    alias = addRelation(place.relation, rows.relation, safe(name), "left", (target) => [
      [rows.handle(target).field(key), from.field(link.field)],
    ]);
    place.relation.joins.set(join, alias);
  }
  const handle = rows.handle(alias);
  return { ...handle, present: handle.field(key) };
}
