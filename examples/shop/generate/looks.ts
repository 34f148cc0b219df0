import type { Row } from "./csv.ts";
import type { Life } from "./people.ts";
import type { Random } from "./random.ts";
import { PRODUCTS } from "./stock.ts";
import type { Tables } from "./tables.ts";
import { AS_OF, DAY, instant, SPRING } from "./time.ts";

const HOUR = 3_600;
const NOWS = [AS_OF, SPRING] as const;

/** An instant some seconds before a moment, a microsecond beside it, or exactly. */
const beside = (r: Random, seconds: number): string =>
  r.pick([instant(seconds), instant(seconds), instant(seconds - 1, 999_999), instant(seconds, 1)]);

/** Adds the articles that somebody looked at, those they put into carts, and what the model says of offers. */
export function addLooks(tables: Tables, r: Random, life: Life, orders: readonly Row[], items: readonly Row[]): void {
  addBoughtCarts(tables, r, life, orders);
  if (r.chance(3)) addCart(tables, r, life);
  if (r.chance(12)) addViews(tables, r, life, items);
  if (r.chance(60)) tables.offer_scores.rows.push([life.id, r.pick(["0.05", "0.0499", "0.12", "-0.02"])]);
}

/** Things were put into a bought cart before it was bought, sometimes in that very second or later, if that is in the last two days. */
function addBoughtCarts(tables: Tables, r: Random, life: Life, orders: readonly Row[]): void {
  for (const [, , orderedAt, , , , cart] of orders) {
    const at = Date.parse(String(orderedAt)) / 1000;
    if (cart === null || !NOWS.some((now) => at > now - 2 * DAY && at < now)) continue;
    for (let i = r.between(0, 2); i > 0; i--) {
      const added = at + r.pick([-5 * HOUR, -2 * HOUR, -600, 0, 600]);
      tables.cart_adds.rows.push([life.id, instant(added), cart ?? null, r.pick(PRODUCTS).id]);
    }
  }
}

/** A cart that nobody bought, added to within two days of a moment, often on the edge of a day or an hour before it. */
function addCart(tables: Tables, r: Random, life: Life): void {
  const now = r.pick(NOWS);
  const cart = r.chance(10) ? null : `K-${life.id}`;
  for (let i = r.between(1, 2); i > 0; i--) {
    const at = r.chance(40) ? beside(r, now - r.pick([1, 24]) * HOUR) : instant(now - r.between(0, 40 * HOUR));
    tables.cart_adds.rows.push([life.id, at, cart, r.chance(5) ? null : r.pick(PRODUCTS).id]);
  }
}

/** Two to four looks at each of some articles within nine days of a moment; some of them were bought once. */
function addViews(tables: Tables, r: Random, life: Life, items: readonly Row[]): void {
  const now = r.pick(NOWS);
  for (let i = r.between(1, 2); i > 0; i--) {
    const bought = items.length > 0 && r.chance(30) ? (r.pick(items)[2] ?? null) : null;
    const product = bought ?? (r.chance(4) ? null : r.pick(PRODUCTS).id);
    for (let looks = r.between(2, 4); looks > 0; looks--) {
      const at = r.chance(20) ? beside(r, now - r.pick([7, 7, 0]) * DAY) : instant(now - r.between(0, 8 * DAY));
      tables.product_views.rows.push([life.id, at, product]);
    }
  }
}
