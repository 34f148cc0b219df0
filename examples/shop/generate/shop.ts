import { euros } from "./csv.ts";
import { addEdges } from "./edges.ts";
import { addHistory } from "./history.ts";
import { addPerson } from "./people.ts";
import { random } from "./random.ts";
import { PRODUCTS, STORES } from "./stock.ts";
import { emptyTables, type Tables } from "./tables.ts";

/** The whole shop: `size` customers with their histories, each from a seed of their own, and those on the edges. */
export function shop(size: number): Tables {
  const tables = emptyTables();
  for (const s of STORES) tables.stores.rows.push([s.id, s.city, s.country, s.openedOn]);
  for (const p of PRODUCTS) tables.products.rows.push([p.id, p.brand, p.category, euros(p.cents)]);
  for (let n = 1; n <= size; n++) {
    const r = random(n);
    addHistory(tables, r, addPerson(tables, r, n));
  }
  addEdges(tables);
  return tables;
}
