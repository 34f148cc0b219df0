import { type Answer, answer } from "../../test/answer.ts";
import { addMonths, DAY, HOUR, localDay, monthsFrom, startOf } from "../../test/calendar.ts";
import { by, cents, number, type Row, type Tables, text, time, yes } from "../../test/rows.ts";

const ZONE = "Europe/Berlin";

interface Item {
  readonly product: string | null;
  /** Null where the product is unknown. */
  readonly brand: string | null;
  readonly quantity: number | null;
}

interface Order {
  readonly at: number;
  readonly cents: number;
  readonly discount: number;
  readonly cart: string | null;
  readonly items: readonly Item[];
}

interface Look {
  readonly at: number;
  /** The cart or the article. */
  readonly what: string | null;
}

interface Customer {
  readonly id: string;
  readonly country: string | null;
  readonly uplift: number | null;
  readonly orders: readonly Order[];
  readonly cartAdds: readonly Look[];
  readonly views: readonly Look[];
}

interface Shop {
  readonly now: number;
  readonly customers: readonly Customer[];
}

/** The shop as of a moment: who exists, and what has happened. */
export function readShop(tables: Tables, now: number): Shop {
  const rows = (name: string): readonly Row[] => tables[name] ?? [];
  const owner = (row: Row): string | null => text(row, "customer_id");
  const people = rows("customers").filter((c) => {
    const signedUp = time(c, "signed_up_at");
    const deleted = time(c, "deleted_at");
    return (signedUp === null || signedUp < now) && (deleted === null || deleted >= now) && yes(c, "is_test") !== true;
  });

  const brands = new Map(rows("products").map((p) => [text(p, "product_id"), text(p, "brand")]));
  const items = by(rows("order_items"), (i) => text(i, "order_id"));
  const orders = by(deliveredOnce(rows("orders"), now), owner);
  const looks = (name: string, column: string, what: string) => {
    const found = by(rows(name), owner);
    return (id: string): readonly Look[] =>
      (found.get(id) ?? [])
        .map((row) => ({ at: time(row, column) as number, what: text(row, what) }))
        .filter(({ at }) => at < now);
  };
  const cartAdds = looks("cart_adds", "added_at", "cart_id");
  const views = looks("product_views", "viewed_at", "product_id");
  const uplifts = new Map(rows("offer_scores").map((s) => [owner(s), number(s, "offer_uplift")]));

  const customers = people.map((c) => {
    const id = owner(c) as string;
    return {
      id,
      country: text(c, "country"),
      uplift: uplifts.get(id) ?? null,
      orders: (orders.get(id) ?? []).map((o) => ({
        at: time(o, "ordered_at") as number,
        cents: cents(o, "amount") as number,
        discount: cents(o, "discount") as number,
        cart: text(o, "cart_id"),
        items: (items.get(text(o, "order_id") as string) ?? []).map((i) => ({
          product: text(i, "product_id"),
          brand: brands.get(text(i, "product_id")) ?? null,
          quantity: number(i, "quantity"),
        })),
      })),
      cartAdds: cartAdds(id),
      views: views(id),
    };
  });
  return { now, customers };
}

/** The queue delivers some orders twice: the first delivery counts. */
function deliveredOnce(orders: readonly Row[], now: number): readonly Row[] {
  const first = new Map<string, Row>();
  for (const order of orders) {
    const id = text(order, "order_id") as string;
    const at = time(order, "ordered_at") as number;
    const known = first.get(id);
    if (at < now && (known === undefined || at < (time(known, "ordered_at") as number))) first.set(id, order);
  }
  return [...first.values()];
}

const since = (orders: readonly Order[], start: number): readonly Order[] => orders.filter(({ at }) => at >= start);
const total = (orders: readonly Order[]): number => orders.reduce((sum, order) => sum + order.cents, 0);

/** 5. Bargain hunters: at least four orders last year, more than half of them with a discount. */
function saleHunter({ orders }: Customer, { now }: Shop): boolean {
  const year = since(orders, now - 365 * DAY);
  return year.length >= 4 && 2 * year.filter(({ discount }) => discount > 0).length > year.length;
}

/** 6. Brand devotees: their most frequent brand of the year is Nordlys and at least 60 % of their items are from it. */
function nordlysFan({ orders }: Customer, { now }: Shop): boolean {
  const items = since(orders, monthsFrom(now, -12, ZONE)).flatMap((order) => order.items);
  const counts = new Map<string, number>();
  for (const { brand } of items) if (brand !== null) counts.set(brand, (counts.get(brand) ?? 0) + 1);
  const nordlys = counts.get("Nordlys") ?? 0;
  const others = [...counts].filter(([brand]) => brand !== "Nordlys").map(([, count]) => count);
  return nordlys > Math.max(0, ...others) && 10 * nordlys >= 6 * items.length;
}

/** 7. Cart abandoners: put something in a cart in the last day, waited at least an hour, and have not bought that same cart. */
function cartAbandoner({ cartAdds, orders }: Customer, { now }: Shop): boolean {
  return cartAdds.some(
    (add) =>
      add.at >= now - DAY &&
      add.at < now - HOUR &&
      !orders.some((order) => order.cart !== null && order.cart === add.what && order.at > add.at),
  );
}

/** 8. Looked at the same product three times this week and never bought it. */
function hesitatingOnOneProduct({ views, orders }: Customer, { now }: Shop): boolean {
  const bought = new Set(orders.flatMap(({ items }) => items.map(({ product }) => product)));
  for (const product of new Set(views.map(({ what }) => what))) {
    if (product === null || bought.has(product)) continue;
    const looks = views.filter(({ at, what }) => what === product && at >= now - 7 * DAY);
    if (looks.length >= 3) return true;
  }
  return false;
}

/** 14. Bought ten or more pieces of one article in a single order, this year. */
function bulkBuyer({ orders }: Customer, { now }: Shop): boolean {
  const start = startOf(`${localDay(now, ZONE).slice(0, 4)}-01-01`, ZONE);
  return since(orders, start).some(({ items }) => items.some(({ quantity }) => quantity !== null && quantity >= 10));
}

/** 19. Exactly one order ever, placed 30 to 60 days ago. */
function secondOrderDue({ orders }: Customer, { now }: Shop): boolean {
  const [only] = orders;
  return only !== undefined && orders.length === 1 && only.at >= now - 60 * DAY && only.at < now - 30 * DAY;
}

/** 20. Came back: ordered in the last 30 days after at least 180 days without an order. */
function wonBack({ orders }: Customer, { now }: Shop): boolean {
  return since(orders, now - 30 * DAY).some(({ at }) => {
    const earlier = orders.filter((other) => other.at < at);
    return earlier.length > 0 && earlier.every((other) => other.at < at - 180 * DAY);
  });
}

/** The ids of the fifth, of those with three orders at least, that spent most in all. Of equal ones the smaller id first. */
function bigSpenders({ customers }: Shop): ReadonlySet<string> {
  const ranked = customers
    .filter(({ orders }) => orders.length >= 3)
    .map(({ id, orders }) => ({ id, spent: total(orders) }))
    .sort((a, b) => b.spent - a.spent || (a.id < b.id ? -1 : 1));
  return new Set(ranked.slice(0, Math.ceil(ranked.length / 5)).map(({ id }) => id));
}

/** 24. Late for their own rhythm: more than twice their median gap since the last order. */
function late({ orders }: Customer, { now }: Shop): boolean {
  const times = orders.map(({ at }) => at).sort((a, b) => a - b);
  const gaps: number[] = [];
  for (let i = 1; i < times.length; i++) gaps.push(((times[i] as number) - (times[i - 1] as number)) / DAY);
  gaps.sort((a, b) => a - b);
  const median = gaps[Math.ceil(gaps.length / 2) - 1];
  const wait = Math.floor((now - (times.at(-1) ?? now)) / DAY);
  return median !== undefined && wait > 2 * median;
}

/** 25. The ids of the 500 of each country who spent most last quarter, and of those who spent as much as the last of them. */
function topPerCountry({ customers, now }: Shop): ReadonlySet<string> {
  const today = localDay(now, ZONE);
  const month = 3 * Math.trunc((Number(today.slice(5, 7)) - 1) / 3) + 1;
  const quarter = `${today.slice(0, 5)}${String(month).padStart(2, "0")}-01`;
  const start = startOf(addMonths(quarter, -3), ZONE);
  const end = startOf(quarter, ZONE);
  const found = new Set<string>();
  for (const [, people] of by(customers, ({ country }) => country)) {
    const spenders = people
      .map(({ id, orders }) => ({ id, orders: orders.filter(({ at }) => at >= start && at < end) }))
      .filter(({ orders }) => orders.length > 0)
      .map(({ id, orders }) => ({ id, spent: total(orders) }))
      .sort((a, b) => b.spent - a.spent);
    const least = spenders[Math.min(500, spenders.length) - 1]?.spent ?? 0;
    for (const { id, spent } of spenders) if (spent >= least) found.add(id);
  }
  return found;
}

/** 28. Persuadable: an offer raises their purchase probability by five points or more, and they rarely buy without one. */
function persuadable({ uplift, orders }: Customer, { now }: Shop): boolean {
  const year = since(orders, monthsFrom(now, -12, ZONE));
  const undiscounted = year.filter(({ discount }) => discount === 0).length;
  return uplift !== null && uplift >= 0.05 && year.length > 0 && 5 * undiscounted < year.length;
}

/** The answers of the shop's ten. */
export function readForty(shop: Shop): readonly Answer[] {
  const { customers } = shop;
  const spenders = bigSpenders(shop);
  const top = topPerCountry(shop);
  return [
    answer(5, "SaleHunters", customers, (c) => saleHunter(c, shop)),
    answer(6, "NordlysFans", customers, (c) => nordlysFan(c, shop)),
    answer(7, "CartAbandoners", customers, (c) => cartAbandoner(c, shop)),
    answer(8, "HesitatingOnOneProduct", customers, (c) => hesitatingOnOneProduct(c, shop)),
    answer(14, "BulkBuyers", customers, (c) => bulkBuyer(c, shop)),
    answer(19, "SecondOrderDue", customers, (c) => secondOrderDue(c, shop)),
    answer(20, "WonBack", customers, (c) => wonBack(c, shop)),
    answer(24, "LateBigSpenders", customers, (c) => spenders.has(c.id) && late(c, shop)),
    answer(25, "TopPerCountry", customers, (c) => top.has(c.id)),
    answer(28, "Persuadable", customers, (c) => persuadable(c, shop)),
  ];
}
