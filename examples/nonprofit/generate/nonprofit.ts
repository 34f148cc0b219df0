import { dayNumber, dayText, type Edges, instantText, moment } from "../../generate/moments.ts";
import type { Row } from "../../shop/generate/csv.ts";
import { type Random, random } from "../../shop/generate/random.ts";
import { addDays, addMonths, localDay, micros, monthsFrom, startOf } from "../../test/calendar.ts";

export const ZONE = "Europe/Paris";
/** The two moments that the tests ask about: the start of a July, and half an hour before the end of a February. */
export const AS_OF = [startOf("2026-07-01", ZONE), micros("2026-02-28T22:30:00Z")] as const;

const DAY = 86_400_000_000;
const TODAY = AS_OF.map((at) => localDay(at, ZONE));
const EDGES: Edges = {
  asOf: AS_OF,
  days: [0],
  instants: [...AS_OF.map((at) => monthsFrom(at, -6, ZONE)), startOf("2020-02-01", ZONE)],
};
const SPANS = [40, 200, 400];

const table = (...columns: string[]) => ({ columns, rows: [] as Row[] });

const empty = () => ({
  supporters: table(
    "supporter_id",
    "household_id",
    "country",
    "city_id",
    "birth_date",
    "occupation",
    "latitude",
    "longitude",
    "has_account",
    "joined_at",
    "erased_at",
  ),
  households: table("household_id"),
  cities: table("city_id", "name"),
  weather: table("city_id", "measured_on", "station", "max_temp"),
  survey_answers: table("supporter_id", "answered_at", "question", "score"),
  orders: table("order_id", "supporter_id", "ordered_at", "billing_country", "ship_country"),
  order_items: table("item_id", "order_id", "product_id"),
  products: table("product_id", "tags"),
  store_visits: table("supporter_id", "visited_on", "store"),
  privacy_requests: table("request_id", "supporter_id", "kind", "status"),
});

export type Nonprofit = ReturnType<typeof empty>;

/** `size` households and their members, and a sixth as many people without one. */
export function nonprofit(size: number): Nonprofit {
  const tables = empty();
  addProducts(tables);
  for (const [i, name] of CITIES.entries()) addCity(tables, random(-i - 1), `C${String(i + 1).padStart(2, "0")}`, name);
  for (let n = 1; n <= size; n++) {
    const r = random(n);
    const id = `H${String(n).padStart(4, "0")}`;
    tables.households.rows.push([id]);
    for (
      let i = r.weighted([
        [1, 0],
        [2, 1],
        [6, r.between(2, 5)],
      ]);
      i > 0;
      i--
    )
      addSupporter(tables, r, id);
  }
  for (let n = 1; n <= size / 6; n++) addSupporter(tables, random(-1_000 - n), n % 5 === 0 ? "H-GONE" : null);
  tables.orders.rows.push(["O-STRAY", "S-GONE", instantText(AS_OF[1] - DAY), "FR", "CH"]);
  tables.weather.rows.push(["C-GONE", addDays(TODAY[0] as string, -1), "north", "45.0"]);
  return tables;
}

const CITIES = [
  "Lyon",
  "Villeurbanne",
  "Paris",
  "Marseille",
  "Nice",
  "Lille",
  "Saint-Denis",
  "Ghent",
  "Turin",
  "Nantes",
];

/** Three or four days before each moment that is asked about, and that day itself: mostly hot, some days not measured. */
function addCity(tables: Nonprofit, r: Random, id: string, name: string): void {
  tables.cities.rows.push([id, name]);
  const hot = r.chance(70);
  for (const station of r.pick([["north"], ["north", "south"], ["north", "south"], []]))
    for (const today of TODAY)
      for (let back = 0; back <= 4; back++) {
        if (r.chance(8)) continue;
        const degrees = hot ? r.pick(["32.0", "32.1", "36.4", "31.9", "31.9"]) : r.pick(["31.9", "32.0", "28.5", null]);
        tables.weather.rows.push([id, addDays(today, -back), station, degrees]);
      }
}

const TAGS: readonly (readonly string[])[] = [["eco"], ["eco", "fair"], ["fair"], ["ecology"], ["Eco"], [], ["gift"]];

function addProducts(tables: Nonprofit): void {
  for (const [i, tags] of TAGS.entries()) tables.products.rows.push([`P${i + 1}`, JSON.stringify(tags)]);
  tables.products.rows.push(["P8", null]);
}

function addSupporter(tables: Nonprofit, r: Random, household: string | null): void {
  const id = `S${String(tables.supporters.rows.length + 1).padStart(4, "0")}`;
  const [latitude, longitude] = home(r);
  tables.supporters.rows.push([
    id,
    household,
    r.weighted([
      [6, "FR"],
      [2, "DE"],
      [2, "BE"],
      [1, "fr"],
      [1, null],
    ]),
    r.chance(8) ? null : r.chance(3) ? "C99" : `C${String(r.between(1, CITIES.length)).padStart(2, "0")}`,
    r.chance(15) ? null : birth(r),
    r.pick(["nurse", "carpenter", "student", "student", "Student", "teacher", null]),
    latitude,
    longitude,
    r.chance(10) ? null : r.chance(80),
    instantText(r.chance(6) ? moment(r, EDGES, SPANS) : AS_OF[1] - r.between(500, 3_000) * DAY),
    r.chance(4) ? instantText(moment(r, EDGES, SPANS)) : null,
  ]);
  addAnswers(tables, r, id);
  addOrders(tables, r, id);
  for (let i = r.pick([0, 0, 1, 2]); i > 0; i--)
    tables.store_visits.rows.push([id, visitDay(r), r.pick(["lyon", "lyon", "paris"])]);
  if (r.chance(15)) {
    const kind = r.pick(["access", "erasure", "objection"]);
    const status = r.pick(["open", "open", "done", null]);
    tables.privacy_requests.rows.push([`R${tables.privacy_requests.rows.length + 1}`, id, kind, status]);
  }
}

/** Somebody who turns an age that matters on a day that is asked about, the one before or after; or anybody. */
function birth(r: Random): string {
  if (r.chance(6)) return `${r.pick([1992, 1996, 2000, 2008, 2024])}-02-29`;
  if (r.chance(45))
    return addDays(addMonths(r.pick(TODAY) as string, -12 * r.pick([2, 2, 16, 18, 25, 35])), r.pick([-1, 0, 0, 1]));
  if (r.chance(20)) return dayText(dayNumber("2024-06-01") + r.between(0, 760));
  return dayText(dayNumber("1950-01-01") + r.between(0, 22_000));
}

const LYON = [45.764, 4.8357] as const;

/** At most 40 km north or south of the store, some at 25 km but for ten metres; one in seven unknown, wholly or by half. */
function home(r: Random): readonly [latitude: number | null, longitude: number | null] {
  if (r.chance(10)) return [null, null];
  if (r.chance(4)) return [LYON[0], null];
  const km = r.pick([r.between(0, 40), r.between(0, 40), 25.01, 24.99, -24.99, -25.01]);
  return [Math.round((LYON[0] + km / 111.195_08) * 1e6) / 1e6, LYON[1]];
}

/** A year before a moment that is asked about, the day before, or any. */
function visitDay(r: Random): string {
  const today = r.pick(TODAY) as string;
  if (r.chance(40)) return addDays(addMonths(today, -12), r.pick([-1, 0, 1]));
  return addDays(today, -r.pick([0, 1, -1, r.between(2, 700)]));
}

function addAnswers(tables: Nonprofit, r: Random, id: string): void {
  for (let i = r.pick([0, 0, 1, 1, 2]); i > 0; i--) {
    const at = r.chance(30) ? AS_OF[1] - 30 * DAY : moment(r, EDGES, SPANS);
    const score = r.pick([1, 2, 3, 3, 4, 5, null]);
    tables.survey_answers.rows.push([
      id,
      instantText(at),
      r.pick(["sustainability", "sustainability", "service"]),
      score,
    ]);
  }
}

const COUNTRIES = ["FR", "FR", "FR", "DE", "CH", "GB", "NO", null];

function addOrders(tables: Nonprofit, r: Random, id: string): void {
  for (let i = r.pick([0, 0, 1, 1, 2, 3]); i > 0; i--) {
    const order = `O${String(tables.orders.rows.length + 1).padStart(5, "0")}`;
    const farewell = r.chance(15);
    const at = farewell ? startOf("2020-02-01", ZONE) + r.pick([-1, 0, -200 * DAY, 10 * DAY]) : moment(r, EDGES, SPANS);
    const countries = farewell ? ["FR", "GB", "GB", "CH"] : r.chance(40) ? COUNTRIES : ["FR"];
    tables.orders.rows.push([order, id, instantText(at), r.pick(countries), r.pick(countries)]);
    for (let j = r.between(0, 4); j > 0; j--) {
      const product = r.chance(5) ? null : r.chance(3) ? "P99" : `P${r.between(1, 8)}`;
      tables.order_items.rows.push([tables.order_items.rows.length + 1, order, product]);
    }
  }
}
