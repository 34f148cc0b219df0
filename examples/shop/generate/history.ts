import { type Cell, euros } from "./csv.ts";
import { addLooks } from "./looks.ts";
import type { Life } from "./people.ts";
import type { Random } from "./random.ts";
import { PRODUCTS, STORES } from "./stock.ts";
import type { Tables } from "./tables.ts";
import { AS_OF, blankInstant, DAY, day, dayOf, instant } from "./time.ts";

/** Adds all that a customer did. */
export function addHistory(tables: Tables, r: Random, life: Life): void {
  const before = { orders: tables.orders.rows.length, items: tables.order_items.rows.length };
  addOrders(tables, r, life);
  addVisits(tables, r, life);
  addEmails(tables, r, life);
  addConsents(tables, r, life);
  addAppointments(tables, r, life);
  addLooks(tables, r, life, tables.orders.rows.slice(before.orders), tables.order_items.rows.slice(before.items));
}

const PAGES = ["/", "/boots", "/tents", "/packs", "/sale", "/cart", "/help/returns", null];

function addOrders(tables: Tables, r: Random, life: Life): void {
  const { orders, gap } = life.habit;
  if (orders === "none") return;
  const end = Math.min(life.until, AS_OF + 2 * DAY);
  if (orders === "one") {
    if (life.from < end) addOrder(tables, r, life, r.between(life.from, end));
    return;
  }
  let at = life.from + r.between(0, gap[1] * DAY);
  while (at < end) {
    addOrder(tables, r, life, at);
    at += r.between(gap[0] * DAY, gap[1] * DAY);
  }
}

/** Adds an order with its items. One in a hundred is delivered twice by the queue, the second time some minutes later. */
function addOrder(tables: Tables, r: Random, life: Life, at: number): void {
  const id = `O${String(tables.orders.rows.length + 1).padStart(6, "0")}`;
  let cents = 0;
  for (
    let i = r.weighted([
      [5, 1],
      [3, 2],
      [1, 3],
    ]);
    i > 0;
    i--
  ) {
    const product = r.pick(PRODUCTS);
    const quantity = r.between(life.habit.pieces[0], life.habit.pieces[1]);
    cents += product.cents * quantity;
    const known = r.chance(98);
    tables.order_items.rows.push([
      tables.order_items.rows.length + 1,
      id,
      known ? product.id : null,
      quantity,
      r.chance(97) ? euros(product.cents) : null,
    ]);
  }
  const discount = r.chance(life.habit.discount) ? Math.trunc((cents * r.pick([5, 10, 20, 30])) / 100) : 0;
  const row = (time: number): Cell[] => [
    id,
    life.id,
    instant(time),
    euros(cents - discount),
    euros(discount),
    context,
    cart,
  ];
  // Nine in ten came out of a cart of the web shop.
  const cart = id.endsWith("7") ? null : `K${id.slice(1)}`;
  const context = orderContext(r, discount > 0);
  tables.orders.rows.push(row(at));
  if (r.chance(1)) tables.orders.rows.push(row(at + r.between(60, 600)));
}

/** What the web shop noted in JSON. A coupon's number instead of its text is missing by the model's types. */
function orderContext(r: Random, discounted: boolean): string | null {
  if (r.chance(2)) return null;
  const channel = r.weighted([
    [6, "web"],
    [3, "app"],
    [1, "store"],
  ]);
  if (!discounted) return JSON.stringify({ channel });
  return JSON.stringify({ channel, coupon: r.chance(3) ? 2026 : r.pick(["SPRING10", "HELLO", "CLUB"]) });
}

function addVisits(tables: Tables, r: Random, life: Life): void {
  const step = Math.trunc(365 / life.habit.visits);
  const last = Math.min(dayOf(life.until), dayOf(AS_OF) + 1);
  for (let d = dayOf(life.from) + r.between(0, step); d <= last; d += r.between(1, 2 * step)) {
    tables.visits.rows.push([life.id, day(d), r.pick(PAGES), r.chance(8) ? null : r.between(1, 1_800)]);
  }
}

/** A newsletter about each month of the last year; the log writes its times with a blank and without a zone. */
function addEmails(tables: Tables, r: Random, life: Life): void {
  if (!life.hasEmail) return;
  const opens = r.pick([5, 20, 40, 70]);
  for (let month = 0; month < 12; month++) {
    const at = AS_OF - (365 - month * 30) * DAY + r.between(7 * 3600, 9 * 3600);
    if (at < life.from || r.chance(15)) continue;
    const id = `M${String(month + 1).padStart(2, "0")}-${life.id}`;
    const campaign = r.chance(5) ? null : `newsletter-${month + 1}`;
    tables.email_events.rows.push([id, life.id, "sent", blankInstant(at), campaign]);
    if (at <= life.until && r.chance(opens)) {
      tables.email_events.rows.push([id, life.id, "opened", blankInstant(at + r.between(60, 5 * DAY)), campaign]);
    }
  }
}

function addConsents(tables: Tables, r: Random, life: Life): void {
  const say = (at: number, channel: string, granted: boolean): void => {
    tables.consents.rows.push([life.id, instant(at), channel, granted ? 1 : 0]);
  };
  if (r.chance(85)) say(life.from, "email", r.chance(75));
  if (r.chance(20)) say(life.from, "sms", r.chance(40));
  if (life.until > life.from && r.chance(15)) say(r.between(life.from, life.until), "email", r.chance(30));
}

function addAppointments(tables: Tables, r: Random, life: Life): void {
  if (!r.chance(8)) return;
  const id = tables.appointments.rows.length + 1;
  const at = AS_OF + r.between(-120, 40) * DAY + r.between(9, 18) * 3600;
  const store = life.store ?? r.pick(STORES).id;
  const topic = r.pick(["boots", "packs", "tents", null]);
  const deposit = id % 4 === 0 ? null : (id % 4) * 20;
  const currency = deposit === null ? null : store === "S05" ? "CHF" : "EUR";
  tables.appointments.rows.push([id, life.id, store, instant(at), topic, deposit, currency]);
}
