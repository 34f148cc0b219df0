import type { Cell } from "../generate/csv.ts";
import type { Table, Tables } from "../generate/tables.ts";

const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;
const NOW = micros("2026-06-30T22:00:00Z");

/** Microseconds since 1970; below 2^53 for every date of the shop. */
function micros(text: string): number {
  const [, to, fraction] = /^(.{19})(?:\.(\d{6}))?/.exec(text) as unknown as [string, string, string | undefined];
  return Date.parse(`${to.replace(" ", "T")}Z`) * 1000 + Number(fraction ?? 0);
}

const cents = (text: unknown): number => Math.round(Number(text) * 100);

type Fields = Readonly<Record<string, Cell>>;

interface Order {
  readonly at: number;
  readonly cents: number;
  readonly discounted: boolean;
  readonly bulk: boolean;
}

/** The rows of a table as records, by column. */
export const records = (table: Table): readonly Fields[] =>
  table.rows.map((row) => Object.fromEntries(table.columns.map((column, i) => [column, row[i] as Cell])));

/**
 * The members of the shop's segments as of 2026-07-01 in Berlin, in the order of the tables: the English of `segments.seg`
 * read a second time, by hand, without the language.
 */
export function readPlainly(t: Tables): Readonly<Record<string, readonly string[]>> {
  const by = (rows: readonly Fields[], column: string): ReadonlyMap<Cell, readonly Fields[]> => {
    const groups = new Map<Cell, Fields[]>();
    for (const row of rows) {
      const group = groups.get(row[column] as Cell) ?? [];
      groups.set(row[column] as Cell, group);
      group.push(row);
    }
    return groups;
  };

  const customers = records(t.customers).filter(
    (c) =>
      (c["signed_up_at"] === null || micros(String(c["signed_up_at"])) < NOW) &&
      (c["deleted_at"] === null || micros(String(c["deleted_at"])) >= NOW) &&
      c["is_test"] !== true,
  );
  const bulky = new Set(
    records(t.order_items)
      .filter((i) => Number(i["quantity"]) >= 10)
      .map((i) => i["order_id"]),
  );
  const first = new Map<Cell, Fields>();
  for (const o of records(t.orders)) {
    const earlier = first.get(o["order_id"] as Cell);
    if (micros(String(o["ordered_at"])) >= NOW) continue;
    if (earlier === undefined || micros(String(o["ordered_at"])) < micros(String(earlier["ordered_at"])))
      first.set(o["order_id"] as Cell, o);
  }
  const orders = by([...first.values()], "customer_id");
  const consents = by(
    records(t.consents).filter((c) => c["channel"] === "email" && micros(String(c["given_at"])) < NOW),
    "customer_id",
  );
  const visits = by(records(t.visits), "customer_id");
  const opened = by(
    records(t.email_events).filter((e) => e["event_name"] === "opened"),
    "customer_id",
  );
  const appointments = by(records(t.appointments), "customer_id");
  const risk = new Map(records(t.churn_scores).map((s) => [s["customer_id"], Number(s["churn_risk"])]));
  const cities = new Map(records(t.stores).map((s) => [s["store_id"], s["city"]]));

  const found: Record<string, string[]> = {};
  const add = (segment: string, key: Cell | undefined, is: boolean): void => {
    const members = found[segment] ?? [];
    found[segment] = members;
    if (is) members.push(String(key));
  };
  const lively = new Map<Cell, { all: number; buyers: number }>();

  for (const c of customers) {
    const id = c["customer_id"] as Cell;
    const mine: readonly Order[] = (orders.get(id) ?? []).map((o) => ({
      at: micros(String(o["ordered_at"])),
      cents: cents(o["amount"]),
      discounted: cents(o["discount"]) > 0,
      bulk: bulky.has(o["order_id"] as Cell),
    }));
    const from = (start: number, end = NOW): readonly Order[] => mine.filter((o) => o.at >= start && o.at < end);
    const quarter = from(NOW - 90 * DAY);
    const before = from(NOW - 180 * DAY, NOW - 90 * DAY);
    const twoYears = from(micros("2024-06-30T22:00:00Z"));
    const signedUp = c["signed_up_at"] === null ? null : micros(String(c["signed_up_at"]));

    const yes = (consents.get(id) ?? [])
      .toSorted(
        (a, b) =>
          micros(String(a["given_at"])) - micros(String(b["given_at"])) || Number(a["granted"]) - Number(b["granted"]),
      )
      .at(-1);
    const mailable = c["email"] !== null && yes !== undefined && yes["granted"] === 1;
    const winback =
      twoYears.reduce((sum, o) => sum + o.cents, 0) >= 30_000 &&
      twoYears.filter((o) => o.discounted).length * 2 <= twoYears.length &&
      before.length + quarter.length === 0 &&
      (risk.get(id) ?? 0) > 0.4 &&
      mailable;

    add("Loyal", id, quarter.length > 3 && c["Sales Region"] === "EU");
    add("Mailable", id, mailable);
    add("Winback", id, winback);
    add(
      "SlowStarters",
      id,
      signedUp !== null &&
        signedUp >= NOW - 60 * DAY &&
        signedUp < NOW - 14 * DAY &&
        from(signedUp, signedUp + 14 * DAY).length === 0 &&
        (visits.get(id) ?? []).some(
          (v) => String(v["visited_on"]) >= "2026-06-01" && String(v["visited_on"]) < "2026-07-01",
        ) &&
        mailable,
    );
    add("SecondOrderDue", id, mine.length === 1 && from(NOW - 60 * DAY, NOW - 30 * DAY).length === 1);
    add("SlowingDown", id, before.length >= 2 && quarter.length * 2 < before.length && !winback);
    add(
      "BulkBuyers",
      id,
      from(micros("2025-12-31T23:00:00Z")).some((o) => o.bulk),
    );
    const born = c["birth_date"] === null ? null : Number(String(c["birth_date"]).replaceAll("-", ""));
    const age = born === null ? -1 : Math.trunc((20260701 - born) / 10_000);
    add(
      "CityClimbers",
      id,
      age >= 18 &&
        age <= 34 &&
        ["AT", "CH", "DE"].includes(String(c["country"])) &&
        ["Berlin", "Hamburg", "Vienna", "Zurich"].includes(String(cities.get(c["home_store_id"] as Cell))),
    );
    const within = (at: unknown, start: number, end: number): boolean =>
      micros(String(at)) >= start && micros(String(at)) < end;
    add(
      "CallToRemind",
      id,
      (appointments.get(id) ?? []).some((a) => within(a["starts_at"], NOW, NOW + 7 * DAY)) &&
        !(opened.get(id) ?? []).some((e) => within(e["happened_at"], NOW - 30 * DAY, NOW)),
    );
    const at = lively.get(c["home_store_id"] as Cell) ?? { all: 0, buyers: 0 };
    lively.set(c["home_store_id"] as Cell, {
      all: at.all + 1,
      buyers: at.buyers + (quarter.length > 0 ? 1 : 0),
    });
  }
  for (const { store_id } of records(t.stores)) {
    const { all, buyers } = lively.get(store_id as Cell) ?? { all: 0, buyers: 0 };
    add("LivelyStores", store_id, all >= 100 && buyers * 100 > all * 33);
  }
  return found;
}
