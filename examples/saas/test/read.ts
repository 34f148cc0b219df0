import { by, cents, number, type Row, type Tables, text, time } from "../../test/rows.ts";

export interface User {
  readonly id: string;
  readonly role: string | null;
  readonly signedUp: number | null;
  readonly sessions: readonly number[];
  readonly logins: readonly number[];
  readonly exports: readonly number[];
  readonly pricingViews: readonly number[];
}

export interface Ticket {
  readonly severity: number | null;
  readonly status: string | null;
}

export interface Invoice {
  readonly at: number;
  readonly margin: number | null;
}

export interface Account {
  readonly id: string;
  readonly plan: string | null;
  readonly trialEnds: number | null;
  readonly bought: number | null;
  readonly used: number | null;
  readonly churn: number | null;
  readonly modelVersion: number | null;
  readonly scored: number | null;
  readonly users: readonly User[];
  readonly shares: readonly number[];
  readonly tickets: readonly Ticket[];
  readonly invoices: readonly Invoice[];
}

export interface Company {
  readonly id: string;
  readonly industry: string | null;
  readonly employees: number | null;
  readonly country: string | null;
  readonly intent: number | null;
  /** Null where they have none, or none that exists. */
  readonly account: Account | null;
}

export interface Saas {
  readonly now: number;
  readonly users: readonly User[];
  readonly accounts: readonly Account[];
  readonly companies: readonly Company[];
}

/** The maker of dashboards as of a moment. */
export function readSaas(tables: Tables, now: number): Saas {
  const rows = (name: string): readonly Row[] => tables[name] ?? [];
  const of = (name: string, column: string) => by(rows(name), (row) => text(row, column));
  const times = (list: readonly Row[] | undefined, column: string): readonly number[] =>
    (list ?? []).map((row) => time(row, column)).filter((at) => at !== null && at < now) as number[];

  const sessions = of("sessions", "user_id");
  const logins = of("logins", "user_id");
  const exports = of("exports", "user_id");
  const pricingViews = of("pricing_views", "user_id");
  const users: (User & { readonly account: string | null })[] = [];
  for (const row of rows("users")) {
    const signedUp = time(row, "signed_up_at");
    const deleted = time(row, "deleted_at");
    if ((signedUp !== null && signedUp >= now) || (deleted !== null && deleted < now)) continue;
    const id = text(row, "user_id") as string;
    users.push({
      id,
      account: text(row, "account_id"),
      role: text(row, "role"),
      signedUp,
      sessions: times(sessions.get(id), "started_at"),
      logins: times(logins.get(id), "logged_in_at"),
      exports: times(exports.get(id), "exported_at"),
      pricingViews: times(pricingViews.get(id), "viewed_at"),
    });
  }

  const members = by(users, (user) => user.account);
  const scores = new Map(rows("churn_scores").map((row) => [text(row, "account_id"), row]));
  const shares = of("dashboards_shared", "account_id");
  const tickets = of("tickets", "account_id");
  const invoices = of("invoices", "account_id");
  const accounts: Account[] = [];
  for (const row of rows("accounts")) {
    const created = time(row, "created_at");
    if (created !== null && created >= now) continue;
    const id = text(row, "account_id") as string;
    const score = scores.get(id) ?? {};
    accounts.push({
      id,
      plan: text(row, "plan"),
      trialEnds: time(row, "trial_ends_at"),
      bought: number(row, "seats_bought"),
      used: number(row, "seats_used"),
      churn: number(score, "churn_30d"),
      modelVersion: number(score, "model_version"),
      scored: time(score, "scored_at"),
      users: members.get(id) ?? [],
      shares: times(shares.get(id), "shared_at"),
      tickets: (tickets.get(id) ?? []).map((t) => ({ severity: number(t, "severity"), status: text(t, "status") })),
      invoices: (invoices.get(id) ?? [])
        .map((i) => ({ at: time(i, "issued_at") ?? now, margin: cents(i, "margin") }))
        .filter(({ at }) => at < now),
    });
  }

  const account = new Map(accounts.map((a) => [a.id, a]));
  const companies = rows("companies").map((row) => ({
    id: text(row, "company_id") as string,
    industry: text(row, "industry"),
    employees: number(row, "employees"),
    country: text(row, "country"),
    intent: number(row, "intent_score"),
    account: account.get(text(row, "account_id") ?? "") ?? null,
  }));
  return { now, users, accounts, companies };
}
