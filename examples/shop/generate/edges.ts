import type { Cell } from "./csv.ts";
import type { Tables } from "./tables.ts";
import { AS_OF, DAY, instant } from "./time.ts";

const DAYS_90_AGO = AS_OF - 90 * DAY;
const LONG_AGO = AS_OF - 400 * DAY;

/** What differs from an ordinary customer of the edges. Absent is ordinary, null is missing. */
interface Person {
  readonly region?: Cell;
  readonly country?: Cell;
  readonly birth?: Cell;
  readonly signedUp?: string | null;
  readonly deleted?: string | null;
  readonly isTest?: Cell;
  readonly orders?: readonly string[];
  readonly visits?: readonly string[];
}

/**
 * Customers who stand exactly on an edge: of a window, of as-of, of a birthday, of a night with 23 or 25 hours,
 * and those whose texts look like programs. `three` orders inside the window make the fourth decide about `Loyal`.
 */
export function addEdges(tables: Tables): void {
  const three = [10, 20, 30].map((days) => instant(AS_OF - days * DAY));
  const edges: readonly Person[] = [
    { orders: [...three, instant(DAYS_90_AGO)] }, // the first instant of the window: in
    { orders: [...three, instant(DAYS_90_AGO - 1, 999_999)] }, // a microsecond too early
    { orders: [...three, instant(AS_OF - 1, 999_999)] }, // the last instant: in
    { orders: [...three, instant(AS_OF)] }, // has not happened yet
    { orders: [...three, "2026-03-29T01:00:00Z"], visits: ["2026-03-29"] }, // the hour that Berlin skipped
    { orders: [...three, "2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z"] }, // half past two, twice
    { orders: [...three, instant(AS_OF - DAY)], region: null },
    { orders: [...three, instant(AS_OF - DAY)], region: "eu" },
    { orders: [...three, instant(AS_OF - DAY)], region: "EU " },
    { orders: [...three, instant(AS_OF - DAY)], region: "\"'; drop table customers; --" },
    { orders: [...three, instant(AS_OF - DAY)], country: "\\' or 1=1 --", region: "" },
    { orders: [...three, instant(AS_OF - DAY)], isTest: true },
    { orders: [...three, instant(AS_OF - DAY)], isTest: null },
    { orders: [...three, instant(AS_OF - DAY)], signedUp: null },
    { orders: [...three, instant(AS_OF - DAY)], signedUp: instant(AS_OF) }, // exists from as-of on, so not yet
    { orders: [...three, instant(AS_OF - DAY)], deleted: instant(AS_OF) }, // still exists at that instant
    { orders: [...three, instant(AS_OF - DAY)], deleted: instant(AS_OF - 1) },
    { birth: "2008-02-29", country: "DE" },
    { birth: "2008-07-01", country: "DE" }, // eighteen today
    { birth: "2008-07-02", country: "DE" }, // eighteen tomorrow
    { birth: "1991-07-01", country: "DE" }, // thirty-five today
    { birth: "1991-07-02", country: "DE" },
    { visits: ["2026-06-30", "2026-07-01"] }, // as-of's own day is not visible yet
    { visits: ["2026-05-31", "2026-06-01"] }, // the two days around `last 30d`
  ];
  for (const [i, person] of edges.entries()) addEdge(tables, `E${String(i + 1).padStart(2, "0")}`, person);

  // A yes and a no in the same instant: the order of a collection decides, and it is the same everywhere.
  const at = instant(AS_OF - 5 * DAY);
  tables.consents.rows.push(["E01", at, "email", 0], ["E01", at, "email", 1]);
  // Rows of nobody, a refund, and a JSON text without what the model declares.
  tables.orders.rows.push(["O-ORPHAN", "C99999", instant(LONG_AGO), "10.00", "0.00", null, null]);
  tables.orders.rows.push(["O-REFUND", "E02", instant(LONG_AGO), "-25.00", "0.00", "{}", null]);
  tables.visits.rows.push(["C99999", "2026-06-15", "/", 3]);
}

function addEdge(tables: Tables, id: string, person: Person): void {
  const or = <T>(value: T | undefined, ordinary: T): T => (value === undefined ? ordinary : value);
  tables.customers.rows.push([
    id,
    `${id.toLowerCase()}@edges.example`,
    or(person.region, "EU"),
    or(person.country, "FR"),
    or(person.birth, null),
    or(person.signedUp, instant(LONG_AGO)),
    or(person.deleted, null),
    or(person.isTest, false),
    0,
    "S01",
  ]);
  for (const [i, at] of (person.orders ?? []).entries()) {
    tables.orders.rows.push([`O-${id}-${i + 1}`, id, at, "50.00", "0.00", '{"channel":"web"}', null]);
  }
  for (const on of person.visits ?? []) tables.visits.rows.push([id, on, "/cart", 60]);
}
