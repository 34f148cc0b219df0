import type { Tables } from "../../compiler/index.ts";
import { shop } from "../../examples/shop/generate/shop.ts";
import { type Circumstances, parseInstant } from "../../language/index.ts";
import { AS_OF, ZONE } from "./files.ts";

/** What the page asks about: the shop's as-of and zone, parameters as written. */
export const SHOP: Circumstances = { asOf: parseInstant(AS_OF, ZONE) ?? 0n, zone: ZONE, params: new Map() };

/** The generated rows of the shop, by table and column; the same ones each time. */
export function shopTables(customers: number): Tables {
  return Object.fromEntries(
    Object.entries(shop(customers)).map(([name, { columns, rows }]) => [
      name,
      rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]]))),
    ]),
  );
}
