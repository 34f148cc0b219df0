import type { Random } from "./random.ts";
import { STORES } from "./stock.ts";
import type { Tables } from "./tables.ts";
import { AS_OF, DAY, day, dayOf, instant } from "./time.ts";

/** How somebody buys. `gap` is the days between two orders, null for those who never buy twice. */
export interface Habit {
  readonly orders: "none" | "one" | "many";
  readonly gap: readonly [shortest: number, longest: number];
  /** How many orders in a hundred come with a discount. */
  readonly discount: number;
  readonly pieces: readonly [fewest: number, most: number];
  /** Days with a visit for each year. */
  readonly visits: number;
  /** How many in a hundred stop one day. */
  readonly stops: number;
}

const habit = (
  orders: Habit["orders"],
  gap: Habit["gap"],
  discount: number,
  pieces: Habit["pieces"],
  visits: number,
  stops: number,
): Habit => ({ orders, gap, discount, pieces, visits, stops });

const HABITS: readonly (readonly [weight: number, Habit])[] = [
  [24, habit("none", [1, 1], 0, [1, 1], 4, 50)], // looks only
  [25, habit("one", [1, 1], 20, [1, 2], 3, 60)],
  [23, habit("many", [60, 260], 20, [1, 2], 6, 40)],
  [15, habit("many", [18, 75], 15, [1, 3], 14, 30)],
  [4, habit("many", [6, 28], 10, [1, 2], 30, 15)],
  [6, habit("many", [30, 120], 90, [1, 3], 12, 35)], // bargain hunters
  [3, habit("many", [70, 220], 30, [8, 24], 4, 20)], // clubs and schools
];

/** What the rest of somebody's rows depend on. Times are seconds since 1970. */
export interface Life {
  readonly id: string;
  readonly habit: Habit;
  readonly from: number;
  /** The last second in which they do anything. */
  readonly until: number;
  readonly hasEmail: boolean;
  readonly store: string | null;
}

const COUNTRIES: readonly (readonly [weight: number, readonly [country: string, region: string]])[] = [
  [34, ["DE", "EU"]],
  [9, ["AT", "EU"]],
  [7, ["CH", "EU"]],
  [13, ["FR", "EU"]],
  [9, ["NL", "EU"]],
  [5, ["DK", "EU"]],
  [13, ["GB", "UK"]],
  [10, ["US", "NA"]],
];

/** Values that the model's list does not have, as forms and imports leave them. */
const STRANGE_REGIONS = ["LATAM", "eu", "EU ", "APAC"];

/** Adds the `n`-th customer's own rows and answers their life. */
export function addPerson(tables: Tables, r: Random, n: number): Life {
  const id = `C${String(n).padStart(5, "0")}`;
  const habit = r.weighted(HABITS);
  const firstDay = dayOf(AS_OF) - 3 * 365;
  const from = (firstDay + r.between(0, 3 * 365 + 6)) * DAY + r.between(6 * 3600, 22 * 3600);
  const stopped = r.chance(habit.stops);
  const until = stopped && from < AS_OF ? r.between(from, AS_OF) : AS_OF + 5 * DAY;
  const deletedAt = stopped && until < AS_OF && r.chance(6) ? until + r.between(1, 5 * DAY) : null;

  const [country, usualRegion] = r.weighted(COUNTRIES);
  const region = r.chance(3) ? null : r.chance(2) ? r.pick(STRANGE_REGIONS) : usualRegion;
  const nearby = STORES.filter((s) => s.country === country);
  const store = nearby.length === 0 || r.chance(12) ? null : r.chance(1) ? "S99" : r.pick(nearby).id;
  const hasEmail = r.chance(94);
  const birth = r.chance(20)
    ? null
    : day(r.between(dayOf(Date.UTC(1946, 0, 1) / 1000), dayOf(Date.UTC(2010, 0, 1) / 1000)));

  tables.customers.rows.push([
    id,
    hasEmail ? `${id.toLowerCase()}@people.example` : null,
    region,
    r.chance(4) ? null : country,
    birth,
    instant(from),
    deletedAt === null ? null : instant(deletedAt),
    r.chance(0.5),
    r.chance(30) ? null : r.between(0, 2_500),
    store,
  ]);
  if (r.chance(88)) {
    const risk = stopped ? r.between(250, 999) : r.between(5, 600);
    tables.churn_scores.rows.push([id, `0.${String(risk).padStart(3, "0")}`, day(dayOf(AS_OF) - r.between(0, 3))]);
  }
  return { id, habit, from, until, hasEmail, store };
}
