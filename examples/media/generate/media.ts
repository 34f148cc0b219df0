import { dayNumber, dayText, type Edges, instantText, moment } from "../../generate/moments.ts";
import type { Row } from "../../shop/generate/csv.ts";
import { type Random, random } from "../../shop/generate/random.ts";
import { localDay, micros, monthsFrom, startOf } from "../../test/calendar.ts";

export const ZONE = "Europe/Oslo";
/** The two moments that the tests ask about: the start of a July, and a morning in the week of 28 February. */
export const AS_OF = [startOf("2026-07-01", ZONE), micros("2026-02-23T08:30:00Z")] as const;
/** When the snapshot was taken. */
export const SNAPSHOT = startOf("2026-06-01", ZONE);

const EDGES: Edges = {
  asOf: [...AS_OF, SNAPSHOT],
  days: [0, 5, 7, 30, 90, 180],
  instants: AS_OF.flatMap((at) => [-12, -24].map((months) => monthsFrom(at, months, ZONE))),
};
const SPANS = [7, 40, 100, 200, 400, 800];

const table = (...columns: string[]) => ({ columns, rows: [] as Row[] });

const empty = () => ({
  readers: table("reader_id", "country", "time_zone", "birth_date", "subscribed_on", "joined_at", "closed_at"),
  orders: table("order_id", "reader_id", "ordered_at", "total"),
  emails: table("email_id", "reader_id", "sent_at"),
  openings: table("email_id", "opened_at"),
  contacts: table("reader_id", "contacted_at", "channel"),
  consents: table("reader_id", "given_at", "channel", "granted"),
  suppressions: table("reader_id", "suppressed_at", "channel"),
  complaints: table("reader_id", "complained_at"),
  disputes: table("dispute_id", "reader_id", "status"),
  prospects: table("prospect_id", "similarity", "reader_id"),
});

/** The publisher's tables, but for the snapshot. */
export type Media = ReturnType<typeof empty>;

/** Readers whose buckets of the seed "2026" are 999, 1000 and 1001, twice. */
const ON_THE_EDGE_OF_THE_HOLDOUT = ["R21536", "R7745", "R15193", "R28943", "R20401", "R21224"];

/** `size` readers and half as many prospects, each from a seed of their own. */
export function media(size: number): Media {
  const tables = empty();
  const ids = Array.from({ length: size }, (_, i) => `R${String(i + 1).padStart(4, "0")}`);
  for (const [i, id] of [...ids, ...ON_THE_EDGE_OF_THE_HOLDOUT].entries()) {
    const r = random(i + 1);
    addReader(tables, r, id);
    addOrders(tables, r, id);
    addEmails(tables, r, id);
    addConsents(tables, r, id);
    addTroubles(tables, r, id);
  }
  for (let n = 1; n <= size / 2; n++) addProspect(tables, random(-n), n, size);
  addStrays(tables);
  return tables;
}

const ZONES = [
  "Europe/Oslo",
  "America/New_York",
  "Pacific/Auckland",
  "Asia/Kolkata",
  "Pacific/Honolulu",
  null,
  "Mars/Olympus",
];

function addReader(tables: Media, r: Random, id: string): void {
  const joined = r.chance(4) ? moment(r, EDGES, SPANS) : AS_OF[1] - r.between(400, 3000) * 86_400_000_000;
  const country = r.weighted([
    [5, "NO"],
    [3, "SE"],
    [3, "DE"],
    [2, "FR"],
    [1, "no"],
    [1, null],
  ]);
  tables.readers.rows.push([
    id,
    country,
    r.pick(ZONES),
    r.chance(10) ? null : returningDay(r, 1940, 2026),
    r.chance(25) ? null : returningDay(r, 2015, 2026),
    r.chance(2) ? null : instantText(joined),
    r.chance(6) ? instantText(moment(r, EDGES, SPANS)) : null,
  ]);
}

/** A day of one of the years whose return is mostly within two weeks of a moment that is asked about, often 29 February. */
function returningDay(r: Random, firstYear: number, lastYear: number): string {
  const year = r.between(firstYear, lastYear);
  if (r.chance(12)) return `${year - (year % 4)}-02-29`;
  const day = dayNumber(localDay(r.pick(AS_OF), ZONE)) + r.between(-5, r.pick([10, 10, 300]));
  const text = dayText(day).slice(4);
  return `${year}${text === "-02-29" ? "-03-01" : text}`;
}

function addOrders(tables: Media, r: Random, id: string): void {
  const count = r.weighted([
    [3, 0],
    [2, 1],
    [3, r.between(2, 4)],
    [4, r.between(5, 14)],
  ]);
  const spans = r.chance(50) ? SPANS : r.pick([[200], [400, 800]]);
  for (let i = 0; i < count; i++) {
    tables.orders.rows.push([
      `O${String(tables.orders.rows.length + 1).padStart(5, "0")}`,
      id,
      r.chance(1) ? null : instantText(moment(r, EDGES, spans)),
      r.chance(4) ? null : r.pick(["20.00", "50.00", "99.99", "100.00", "0.01", "150.00", "200.00"]),
    ]);
  }
}

/** Newsletters go out at the same hours, so some have the same instant. A stubborn one opens nothing, a keen one all. */
function addEmails(tables: Media, r: Random, id: string): void {
  const opens = r.pick([0, 35, 60, 60, 100]);
  for (let i = r.between(0, 9); i > 0; i--) {
    // Later rows have smaller ids, so that the order of the file is not that of the keys.
    const email = `M${99_999 - tables.emails.rows.length}`;
    const sent = r.chance(40) ? r.pick(AS_OF) - r.between(0, 6) * 5 * 86_400_000_000 : moment(r, EDGES, [40, 100]);
    tables.emails.rows.push([email, id, r.chance(1) ? null : instantText(sent)]);
    if (!r.chance(opens)) continue;
    for (let j = r.between(1, 2); j > 0; j--)
      tables.openings.rows.push([email, r.chance(3) ? null : instantText(sent + r.between(0, 3 * 86_400) * 1_000_000)]);
  }
}

function addConsents(tables: Media, r: Random, id: string): void {
  const say = (at: number, channel: string): void => {
    tables.consents.rows.push([id, instantText(at), channel, r.chance(3) ? null : r.chance(75)]);
  };
  if (r.chance(90)) {
    const at = moment(r, EDGES, [200, 400, 800]);
    say(at, "email");
    if (r.chance(10)) say(at, "email");
  }
  if (r.chance(20)) say(moment(r, EDGES, SPANS), "email");
  if (r.chance(20)) say(moment(r, EDGES, SPANS), "post");
  if (r.chance(8)) tables.suppressions.rows.push([id, instantText(moment(r, EDGES, SPANS)), r.pick(["email", "post"])]);
}

function addTroubles(tables: Media, r: Random, id: string): void {
  for (
    let i = r.weighted([
      [5, 0],
      [3, r.between(1, 2)],
      [3, r.between(3, 5)],
    ]);
    i > 0;
    i--
  ) {
    const at = instantText(moment(r, EDGES, [7, 40]));
    tables.contacts.rows.push([id, at, r.pick(["telephone", "post", null])]);
  }
  if (r.chance(25)) tables.complaints.rows.push([id, instantText(moment(r, EDGES, SPANS))]);
  if (r.chance(12))
    tables.disputes.rows.push([
      `D${tables.disputes.rows.length + 1}`,
      id,
      r.pick(["open", "open", "closed", "Open", null]),
    ]);
}

function addProspect(tables: Media, r: Random, n: number, readers: number): void {
  const similarity = r.chance(10) ? null : `0.${r.between(1, 99)}`;
  const reader = r.chance(60) ? null : `R${String(r.between(1, readers + 5)).padStart(4, "0")}`;
  tables.prospects.rows.push([`P${String(n).padStart(4, "0")}`, similarity, reader]);
}

/** Rows of nobody. */
function addStrays(tables: Media): void {
  const at = instantText(AS_OF[1] - 86_400_000_000);
  tables.orders.rows.push(["O-STRAY", "R9999", at, "500.00"], ["O-NOBODY", null, at, "500.00"]);
  tables.openings.rows.push(["M-STRAY", at]);
  tables.consents.rows.push(["R9999", at, "email", true]);
  tables.disputes.rows.push(["D-STRAY", null, "open"]);
}
