import type { Entity } from "../../language/model/model.ts";
import { isScalar } from "../../language/types/kinds.ts";
import { type Cell, compareCells } from "./cell.ts";
import type { Row } from "./rows.ts";

/** "Order within a collection is by (instant, key), without a key by (instant, then each declared field, missing lowest)." */
export const inOrder = (a: Row, b: Row): number => by([a.entity.at, a.entity.key], a, b);

/** "Ranks break ties by the smaller key", those without one by the order of the collection. */
export const inRank = (a: Row, b: Row): number => by([a.entity.key, a.entity.at], a, b);

function by(first: readonly (string | null)[], a: Row, b: Row): number {
  for (const name of [...first, ...a.entity.fields.keys()]) {
    if (name === null || !hasOrder(a.entity, name)) continue;
    const [x, y] = [cellOf(a, name), cellOf(b, name)];
    if (x === null || y === null) {
      if (x !== y) return x === null ? -1 : 1;
      continue;
    }
    const difference = compareCells(x, y);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The cell of a field of the entity's own table. */
export const cellOf = (row: Row, name: string): Cell => row.cells.get(name) ?? null;

/** Hidden fields come last of all, so that rows which differ in a link only have an order too. Fields of extensions follow the key. */
function hasOrder(entity: Entity, name: string): boolean {
  const field = entity.fields.get(name);
  return field !== undefined && field.extension === null && isScalar(field.type);
}
