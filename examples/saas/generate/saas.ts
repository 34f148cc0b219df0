import { type Edges, instantText, moment } from "../../generate/moments.ts";
import type { Row } from "../../shop/generate/csv.ts";
import { type Random, random } from "../../shop/generate/random.ts";
import { addDays, micros, monthsFrom, startOf } from "../../test/calendar.ts";

export const ZONE = "America/New_York";
/** The two moments that the tests ask about: the start of a July, and the noon after the clocks went forward. */
export const AS_OF = [startOf("2026-07-01", ZONE), micros("2026-03-09T16:00:00Z")] as const;

const DAY = 86_400_000_000;
const DAYS = AS_OF.map((at) => new Date(at / 1000).toISOString().slice(0, 10));

const EDGES: Edges = {
  asOf: AS_OF,
  days: [0, 7, 14, 21, 28, 30, 77, -3],
  instants: [
    ...DAYS.flatMap((day) => [0, -1, -7, -8].map((n) => startOf(addDays(day, n), ZONE))),
    ...["2025-10-01", "2026-01-01", "2026-04-01"].map((day) => startOf(day, ZONE)),
    ...AS_OF.map((at) => monthsFrom(at, -12, ZONE)),
  ],
};
const SPANS = [7, 30, 90, 250];

const table = (...columns: string[]) => ({ columns, rows: [] as Row[] });

const empty = () => ({
  users: table("user_id", "account_id", "role", "signed_up_at", "deleted_at"),
  accounts: table("account_id", "plan", "created_at", "trial_ends_at", "seats_bought", "seats_used"),
  churn_scores: table("account_id", "churn_30d", "model_version", "scored_at"),
  sessions: table("session_id", "user_id", "started_at"),
  logins: table("user_id", "logged_in_at"),
  exports: table("user_id", "exported_at"),
  pricing_views: table("user_id", "viewed_at"),
  dashboards_shared: table("account_id", "shared_at"),
  tickets: table("ticket_id", "account_id", "severity", "status"),
  invoices: table("invoice_id", "account_id", "issued_at", "margin"),
  companies: table("company_id", "industry", "employees", "country", "intent_score", "account_id"),
});

export type Saas = ReturnType<typeof empty>;

/** How an account and its people are: the moment around which most of it happens, and what they are busy with. */
interface Habit {
  readonly edges: Edges;
  readonly lively: boolean;
  /** Whether they think about buying: how many in a hundred looked at the prices. */
  readonly curious: number;
}

const habitOf = (r: Random): Habit => ({
  edges: { ...EDGES, asOf: [r.pick(AS_OF)] },
  lively: r.chance(60),
  curious: r.pick([5, 20, 60, 60]),
});

/** `size` accounts with their users, and twice as many companies. */
export function saas(size: number): Saas {
  const tables = empty();
  for (let n = 1; n <= size; n++) {
    const r = random(n);
    const account = `A${String(n).padStart(4, "0")}`;
    const habit = habitOf(r);
    addAccount(tables, r, account, habit);
    const people = r.weighted([
      [1, 0],
      [2, 1],
      [3, r.between(2, 5)],
      [3, r.between(9, 14)],
    ]);
    for (let i = 0; i < people; i++) addUser(tables, r, account, habit);
  }
  addUser(tables, random(-1), null, habitOf(random(-1)));
  addUser(tables, random(-2), "A-GONE", habitOf(random(-2)));
  for (let n = 1; n <= 2 * size; n++) addCompany(tables, random(-100 - n), n, size);
  return tables;
}

function addAccount(tables: Saas, r: Random, id: string, { edges }: Habit): void {
  const plan = r.weighted([
    [4, "trial"],
    [3, "team"],
    [2, "business"],
    [1, "Trial"],
  ]);
  const bought = r.chance(8) ? null : r.pick([10, 10, 20, 30, 0]);
  const used =
    r.chance(8) || bought === null ? r.pick([null, 9]) : Math.trunc((bought * r.pick([8, 9, 9, 10, 11])) / 10);
  const created = r.chance(5) ? moment(r, edges, SPANS) : AS_OF[1] - r.between(30, 900) * DAY;
  const ends = plan === "trial" && !r.chance(5) ? instantText(trialEnd(r)) : null;
  tables.accounts.rows.push([id, plan, instantText(created), ends, bought, used]);
  if (r.chance(85)) {
    const risk = r.pick(["0.7", "0.69999", "0.71", "0.95", "0.2"]);
    tables.churn_scores.rows.push([id, risk, r.pick([3, 4, 4, 5]), instantText(moment(r, edges, [7, 14]))]);
  }
  if (r.chance(35)) tables.dashboards_shared.rows.push([id, instantText(moment(r, edges, SPANS))]);
  for (let i = r.pick([0, 0, 1, 2]); i > 0; i--) {
    const status = r.pick(["open", "waiting", "closed", "closed", null]);
    tables.tickets.rows.push([`T${tables.tickets.rows.length + 1}`, id, r.pick([1, 2, 2, 3, null]), status]);
  }
  for (let i = r.between(0, 6); i > 0; i--) {
    const margin = r.pick(["100.00", "150.00", "200.00", "200.01", "-20.00", null]);
    tables.invoices.rows.push([
      `I${tables.invoices.rows.length + 1}`,
      id,
      instantText(moment(r, edges, [200, 400])),
      margin,
    ]);
  }
}

/** Mostly within some days of a moment that is asked about. */
const trialEnd = (r: Random): number =>
  r.chance(40)
    ? r.pick(AS_OF) + r.pick([0, 3]) * DAY + r.pick([-1, 0, 1])
    : r.pick(AS_OF) + r.between(-4 * 24, 8 * 24) * (DAY / 24);

const ROLES = ["admin", "analyst", "buyer", "developer", null];

function addUser(tables: Saas, r: Random, account: string | null, { edges, lively, curious }: Habit): void {
  // Later rows have smaller ids, so that the order of the file is not that of the keys.
  const id = `U${99_999 - tables.users.rows.length}`;
  const signedUp = r.chance(60) ? moment(r, edges, [30, 250]) : AS_OF[1] - r.between(20, 800) * DAY;
  const known = r.chance(98);
  const deleted = r.chance(4) ? instantText(moment(r, edges, SPANS)) : null;
  tables.users.rows.push([id, account, r.pick(ROLES), known ? instantText(signedUp) : null, deleted]);
  addSessions(tables, r, id, edges, lively);
  for (let i = lively ? r.between(0, 5) : r.pick([0, 0, 0, 1]); i > 0; i--)
    tables.logins.rows.push([
      id,
      r.chance(2)
        ? null
        : instantText(
            moment(
              r,
              EDGES,
              r.pick([
                [7, 30],
                [90, 250],
              ]),
            ),
          ),
    ]);
  if (r.chance(25)) {
    const days = r.pick([0, 14, 14, r.between(1, 40)]);
    tables.exports.rows.push([id, instantText(signedUp + days * DAY + r.pick([-1, 0, 0, 1]))]);
  }
  if (r.chance(curious)) tables.pricing_views.rows.push([id, instantText(moment(r, edges, [14, 30]))]);
}

/** Some come on most days of a week, some in most weeks of eleven, most now and then. */
function addSessions(tables: Saas, r: Random, user: string, edges: Edges, lively: boolean): void {
  const add = (at: number): void => {
    tables.sessions.rows.push([tables.sessions.rows.length + 1, user, instantText(at)]);
  };
  const habit = r.weighted([
    [4, "now and then"],
    [2, "days"],
    [2, "weeks"],
    [1, "never"],
  ]);
  const asOf = edges.asOf[0] as number;
  if (habit === "now and then")
    for (let i = lively ? r.between(1, 3) : r.pick([0, 0, 1]); i > 0; i--) add(moment(r, edges, SPANS));
  if (habit === "days") {
    const noon = startOf(DAYS[AS_OF.indexOf(asOf)] as string, ZONE) + DAY / 2;
    for (let i = 0; i <= 8; i++) if (r.chance(70)) add(noon - i * DAY - r.between(0, 11) * (DAY / 24));
    if (r.chance(40)) add(r.pick(EDGES.instants) + r.pick([-1, 0]));
  }
  if (habit === "weeks") {
    for (let week = 3; week < 11; week++)
      if (r.chance(97)) add(asOf - week * 7 * DAY - r.pick([0, 1, 2 * DAY, 7 * DAY - 1, 7 * DAY]));
    if (r.chance(20)) add(asOf - 21 * DAY + r.pick([-1, 0, 1, DAY]));
  }
}

function addCompany(tables: Saas, r: Random, n: number, accounts: number): void {
  tables.companies.rows.push([
    `C${9_999 - n}`,
    r.weighted([
      [6, "manufacturing"],
      [2, "retail"],
      [1, null],
    ]),
    r.chance(6) ? null : r.pick([199, 200, 500, 1_200, 2_000, 2_001]),
    r.pick(["DE", "DE", "AT", "CH", "FR", null]),
    r.chance(8) ? null : r.between(1, 20) * 5,
    r.chance(50) ? null : `A${String(r.between(1, accounts + 4)).padStart(4, "0")}`,
  ]);
}
