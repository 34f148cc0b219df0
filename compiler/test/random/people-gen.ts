import type { Pools } from "./pools.ts";
import type { Rng } from "./rng.ts";
import type { GenCell, GenEntity, GenField, GenJson, GenList, GenModel, GenRow, GenScalar, GenType } from "./shape.ts";

function cell(r: Rng, p: Pools, type: GenType, missing: number): GenScalar {
  if (r.chance(missing)) return null;
  switch (type) {
    case "text":
      return r.pick(r.chance(0.1) ? p.dirtyText : p.text);
    case "boolean":
      return r.chance(0.5);
    case "integer":
      return r.pick(p.integer);
    case "decimal":
      return r.pick(p.decimal);
    case "float":
      return r.chance(0.1) ? r.pick(p.dirtyFloat) : Number(r.pick(p.float));
    case "date":
      return r.pick(p.date);
    case "timestamp":
      return r.pick(p.timestamp);
  }
}

/** Few elements, some of them missing or there twice; a list may be empty or missing itself. */
function listCell(r: Rng, p: Pools, { of }: GenList): GenCell {
  if (r.chance(0.2)) return null;
  return Array.from({ length: r.below(5) }, () => cell(r, p, of, 0.15));
}

/** Numbers as they may be written: whole ones with and without a point, such as no type holds, and texts that look like them. */
const NUMBERS = ["3.0", "1e1", "-0", "0.5", "9007199254740993", "-1.5e2", "1e400", "true"];
/** No integer. Read as a float it would stop the run where it is rounded. */
const BEYOND = "9223372036854775808";

/** An object whose paths have what is declared, something else, null, or nothing; now and then no object. */
function jsonCell(r: Rng, p: Pools, { paths }: GenJson): GenCell {
  if (r.chance(0.15)) return null;
  if (r.chance(0.08)) return r.pick(["null", "[]", "{}", "3", '"x"', '[{"t0": "EU"}]']);
  const members = paths.flatMap(({ name, type }) => {
    const value = r.weighted<() => string | null>([
      [6, () => JSON.stringify(scalarJson(r, p, type))],
      [1, () => null],
      [1, () => r.pick(["null", '["EU"]', '{"t0": "EU"}', '"1"', '"true"'])],
      [2, () => r.pick(type === "float" ? NUMBERS : [...NUMBERS, BEYOND])],
    ])();
    return value === null ? [] : [`${JSON.stringify(name)}: ${value}`];
  });
  return `{${members.join(", ")}}`;
}

const scalarJson = (r: Rng, p: Pools, type: GenType): GenScalar => {
  const made = cell(r, p, type, 0);
  return type === "integer" || type === "float" ? Number(made) : made;
};

function row(r: Rng, p: Pools, fields: readonly GenField[]): Record<string, GenCell> {
  const made: Record<string, GenCell> = {};
  for (const f of fields) made[f.column] = cell(r, p, f.type, 0.2);
  return made;
}

function entityRow(r: Rng, p: Pools, { fields, lists, json }: GenEntity): Record<string, GenCell> {
  const made = row(r, p, fields);
  for (const list of lists) made[list.column] = listCell(r, p, list);
  for (const one of json) made[one.column] = jsonCell(r, p, one);
  return made;
}

const keyText = (type: GenType, i: number): string =>
  type === "text" ? `${String.fromCharCode(97 + (i % 26))}${i}${i % 7 === 0 ? "é" : ""}` : String(i * 7 - 20);

/** Rows for every table: people with nothing, ties, orphans, duplicates of event keys, values outside of lists, owners that are not there. */
export function generatePeople(r: Rng, model: GenModel, p: Pools, count: number): Record<string, GenRow[]> {
  const find = (name: string): GenEntity | undefined => model.entities.find((e) => e.name === name);
  const customer = find("Customer") as GenEntity;
  const keyType = (customer.fields[0] as GenField).type;
  const tables: Record<string, Record<string, GenCell>[]> = {};
  const add = (table: string, made: Record<string, GenCell>): void => {
    const rows = tables[table];
    if (rows) rows.push(made);
    else tables[table] = [made];
  };

  const accounts = Array.from({ length: 6 }, (_, i) => i + 1);
  const account = find("Account") as GenEntity;
  for (const id of accounts) add(account.table, { ...entityRow(r, p, account), account_key: String(id) });
  const product = find("Product") as GenEntity;
  const products = Array.from({ length: 5 }, (_, i) => i + 1);
  for (const id of products) add(product.table, { ...entityRow(r, p, product), product_key: String(id) });

  const keys = Array.from({ length: count }, (_, i) => keyText(keyType, i));
  for (const id of keys) {
    add(customer.table, {
      ...entityRow(r, p, customer),
      id,
      account_id: r.chance(0.2) ? null : String(r.pick([...accounts, 99])),
    });
  }
  if (model.extension) {
    for (const id of keys)
      if (r.chance(0.6)) add(model.extension.table, { ...row(r, p, model.extension.fields), customer_id: id });
    add(model.extension.table, { ...row(r, p, model.extension.fields), customer_id: keyText(keyType, 5000) });
  }

  for (const event of model.entities.filter((e) => e.event)) {
    const made: Record<string, GenCell>[] = [];
    let n = 0;
    const owners: (string | null)[] = [null, keyText(keyType, 5001)];
    for (const id of keys) {
      const times = r.weighted([
        [3, 0],
        [2, 1],
        [2, 2],
        [2, 3],
        [1, 6],
      ]);
      for (let i = 0; i < times; i++) owners.push(id);
    }
    for (const owner of owners) {
      const next: Record<string, GenCell> = { ...entityRow(r, p, event), customer_id: owner };
      if (event.eventName) next["event_name"] = r.chance(0.05) ? null : event.eventName;
      if (event.key) next[event.key] = event.key === "order_id" ? `o${n++}` : String(n++);
      if (event.name === "Purchase") next["product_id"] = r.chance(0.2) ? null : String(r.pick([...products, 77]));
      const before = made[made.length - 1];
      // The same again: what `distinct` must not count twice. Lists and JSON too, which take no part in the order of events.
      if (before && r.chance(0.25))
        for (const f of [...event.fields, ...event.lists, ...event.json])
          if (f.name !== event.key) next[f.column] = before[f.column] as GenCell;
      const at = (event.fields.find((f) => f.name === event.header.at) as GenField).column;
      if (before && r.chance(0.2)) next[at] = before[at] as GenCell;
      if (before && event.key === "order_id" && r.chance(0.12)) next["order_id"] = before["order_id"] as GenCell;
      if (event.key === "order_id" && r.chance(0.04)) next["order_id"] = null;
      made.push(next);
      add(event.table, next);
    }
    const item = event.name === "Purchase" ? find("Item") : undefined;
    if (item) {
      let itemId = 1;
      for (const purchase of made) {
        const times = r.weighted([
          [4, 0],
          [3, 1],
          [2, 2],
        ]);
        for (let i = 0; i < times; i++)
          add(item.table, {
            ...entityRow(r, p, item),
            item_id: String(itemId++),
            order_id: r.chance(0.05) ? null : (purchase["order_id"] as GenCell),
          });
      }
    }
  }
  return tables;
}
