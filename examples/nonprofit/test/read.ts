import { localDay } from "../../test/calendar.ts";
import { by, number, type Row, type Tables, text, time, yes } from "../../test/rows.ts";

export const ZONE = "Europe/Paris";

export interface Answered {
  readonly at: number;
  readonly question: string | null;
  readonly score: number | null;
}

export interface Order {
  readonly at: number;
  readonly billed: string | null;
  readonly shipped: string | null;
  /** The tags of each item's product; none where it has none, or is unknown. */
  readonly items: readonly (readonly string[])[];
}

export interface Measured {
  readonly on: string;
  readonly degrees: number | null;
}

export interface Visit {
  readonly on: string;
  readonly store: string | null;
}

export interface Supporter {
  readonly id: string;
  readonly household: string | null;
  readonly country: string | null;
  readonly born: string | null;
  readonly occupation: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly hasAccount: boolean | null;
  /** What was measured in their city. */
  readonly weather: readonly Measured[];
  readonly answers: readonly Answered[];
  readonly orders: readonly Order[];
  readonly visits: readonly Visit[];
  readonly requests: readonly { readonly kind: string | null; readonly status: string | null }[];
}

export interface Household {
  readonly id: string;
  readonly members: readonly Supporter[];
}

export interface Nonprofit {
  readonly now: number;
  readonly today: string;
  readonly supporters: readonly Supporter[];
  readonly households: readonly Household[];
}

/** The association as of a moment. */
export function readNonprofit(tables: Tables, now: number): Nonprofit {
  const rows = (name: string): readonly Row[] => tables[name] ?? [];
  const of = (name: string, column: string) => by(rows(name), (row) => text(row, column));
  const today = localDay(now, ZONE);

  const tags = new Map(rows("products").map((p) => [text(p, "product_id"), JSON.parse(text(p, "tags") ?? "[]")]));
  const items = of("order_items", "order_id");
  const orders = of("orders", "supporter_id");
  const answers = of("survey_answers", "supporter_id");
  const visits = of("store_visits", "supporter_id");
  const requests = of("privacy_requests", "supporter_id");
  const cities = new Set(rows("cities").map((city) => text(city, "city_id")));
  const weather = of("weather", "city_id");

  const ordersOf = (id: string): readonly Order[] =>
    (orders.get(id) ?? [])
      .map((o) => ({
        at: time(o, "ordered_at") as number,
        billed: text(o, "billing_country"),
        shipped: text(o, "ship_country"),
        items: (items.get(text(o, "order_id") as string) ?? []).map((i) => tags.get(text(i, "product_id")) ?? []),
      }))
      .filter(({ at }) => at < now);
  const weatherOf = (city: string | null): readonly Measured[] =>
    city === null || !cities.has(city)
      ? []
      : (weather.get(city) ?? []).map((m) => ({
          on: text(m, "measured_on") as string,
          degrees: number(m, "max_temp"),
        }));

  const supporters: Supporter[] = [];
  for (const row of rows("supporters")) {
    const joined = time(row, "joined_at");
    const erased = time(row, "erased_at");
    if ((joined !== null && joined >= now) || (erased !== null && erased < now)) continue;
    const id = text(row, "supporter_id") as string;
    supporters.push({
      id,
      household: text(row, "household_id"),
      country: text(row, "country"),
      born: text(row, "birth_date"),
      occupation: text(row, "occupation"),
      latitude: number(row, "latitude"),
      longitude: number(row, "longitude"),
      hasAccount: yes(row, "has_account"),
      weather: weatherOf(text(row, "city_id")).filter(({ on }) => on < today),
      answers: (answers.get(id) ?? [])
        .map((a) => ({
          at: time(a, "answered_at") as number,
          question: text(a, "question"),
          score: number(a, "score"),
        }))
        .filter(({ at }) => at < now),
      orders: ordersOf(id),
      visits: (visits.get(id) ?? [])
        .map((v) => ({ on: text(v, "visited_on") as string, store: text(v, "store") }))
        .filter(({ on }) => on < today),
      requests: (requests.get(id) ?? []).map((q) => ({ kind: text(q, "kind"), status: text(q, "status") })),
    });
  }
  const members = by(supporters, (s) => s.household);
  const households = rows("households").map((row) => {
    const id = text(row, "household_id") as string;
    return { id, members: members.get(id) ?? [] };
  });
  return { now, today, supporters, households };
}
