import { type Answer, answer } from "../../test/answer.ts";
import { addDays, addMonths, DAY, localDay, monthsFrom, startOf } from "../../test/calendar.ts";
import type { Account, Company, Saas, User } from "./read.ts";

const ZONE = "America/New_York";

/** How many instants lie in from <= t < to. */
const within = (instants: readonly number[], from: number, to: number): number =>
  instants.filter((at) => at >= from && at < to).length;

/** 9. Power users: active on at least five of the last seven days, today not among them. */
function powerUsers(user: User, { now }: Saas): boolean {
  const active = new Set(user.sessions.map((at) => localDay(at, ZONE)));
  const today = localDay(now, ZONE);
  let days = 0;
  for (let n = 1; n <= 7; n++) if (active.has(addDays(today, -n))) days++;
  return days >= 5;
}

/** 10. Used the export feature within fourteen days of signing up. */
function earlyExporters(user: User): boolean {
  return user.signedUp !== null && within(user.exports, user.signedUp, user.signedUp + 14 * DAY) > 0;
}

/** 12. Used the app every week for eight weeks, then not at all for three. */
function suddenlyGone(user: User, { now }: Saas): boolean {
  for (let week = 3; week < 11; week++)
    if (within(user.sessions, now - (week + 1) * 7 * DAY, now - week * 7 * DAY) === 0) return false;
  return within(user.sessions, now - 21 * DAY, now) === 0;
}

/** 18. Trial ends within three days and the key feature has never been used. */
function trialAtRisk(account: Account, { now }: Saas): boolean {
  const ends = account.trialEnds;
  return (
    account.plan === "trial" && ends !== null && ends >= now && ends < now + 3 * DAY && account.shares.length === 0
  );
}

/** 26. Valuable and likely to leave: 70 % or more within 30 days, margin above 200 euros, score no older than a week. */
function saveTheseFirst(account: Account, { now }: Saas): boolean {
  const { churn, modelVersion, scored } = account;
  if (churn === null || modelVersion === null || scored === null) return false;
  const start = monthsFrom(now, -12, ZONE);
  const margin = account.invoices.filter(({ at }) => at >= start).reduce((sum, i) => sum + (i.margin ?? 0), 0);
  return churn >= 0.7 && modelVersion >= 4 && scored >= now - 7 * DAY && scored < now && margin > 20_000;
}

/** 29. Ready to expand: ten or more active people in 30 days, 90 % of seats used, no open severe ticket. */
function expansionReady(account: Account, { now }: Saas): boolean {
  const active = account.users.filter((user) => within(user.sessions, now - 30 * DAY, now) > 0);
  const { used, bought } = account;
  const severe = account.tickets.filter((ticket) => ticket.severity === 1 && ticket.status !== "closed");
  return active.length >= 10 && used !== null && bought !== null && 10 * used >= 9 * bought && severe.length === 0;
}

/** 30. The account's most active person of last quarter has not logged in for 30 days. */
function championSilent(account: Account, { now }: Saas): boolean {
  const today = localDay(now, ZONE);
  const quarter = `${today.slice(0, 5)}${String(3 * Math.trunc((Number(today.slice(5, 7)) - 1) / 3) + 1).padStart(2, "0")}-01`;
  const start = startOf(addMonths(quarter, -3), ZONE);
  const end = startOf(quarter, ZONE);
  let champion: User | null = null;
  let most = 0;
  for (const user of account.users.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const logins = within(user.logins, start, end);
    if (logins > most) {
      most = logins;
      champion = user;
    }
  }
  return champion !== null && within(champion.logins, now - 30 * DAY, now) === 0;
}

/** 31. Buying group forming: three or more different roles saw pricing within two weeks. */
function buyingGroup(account: Account, { now }: Saas): boolean {
  const curious = account.users.filter((user) => within(user.pricingViews, now - 14 * DAY, now) > 0);
  const roles = new Set(curious.map(({ role }) => role).filter((role) => role !== null));
  return roles.size >= 3;
}

/** 32. Trial accounts in which nobody has logged in for seven days; an account without users does not count. */
function silentTrials(account: Account, { now }: Saas): boolean {
  const silent = account.users.every((user) => within(user.logins, now - 7 * DAY, now) === 0);
  return account.plan === "trial" && account.users.length > 0 && silent;
}

/** Mid-size makers in three countries, not customers. */
function midSizeMaker({ industry, employees, country, account }: Company): boolean {
  return (
    industry === "manufacturing" &&
    employees !== null &&
    employees >= 200 &&
    employees <= 2_000 &&
    ["AT", "CH", "DE"].includes(country ?? "") &&
    !["team", "business"].includes(account?.plan ?? "")
  );
}

/** 33. The ids of the mid-size makers whose intent score is in the top tenth of theirs. Of equal scores, the smaller key first. */
function targetList({ companies }: Saas): ReadonlySet<string> {
  const scored = companies.filter((company) => midSizeMaker(company) && company.intent !== null);
  const ranked = scored.toSorted((a, b) => (b.intent as number) - (a.intent as number) || (a.id < b.id ? -1 : 1));
  return new Set(ranked.slice(0, Math.ceil(ranked.length / 10)).map(({ id }) => id));
}

/** The answers of the ten. */
export function readPlainly(saas: Saas): readonly Answer[] {
  const { users, accounts, companies } = saas;
  const targets = targetList(saas);
  return [
    answer(9, "PowerUsers", users, (u) => powerUsers(u, saas)),
    answer(10, "EarlyExporters", users, earlyExporters),
    answer(12, "SuddenlyGone", users, (u) => suddenlyGone(u, saas)),
    answer(18, "TrialAtRisk", accounts, (a) => trialAtRisk(a, saas)),
    answer(26, "SaveTheseFirst", accounts, (a) => saveTheseFirst(a, saas)),
    answer(29, "ExpansionReady", accounts, (a) => expansionReady(a, saas)),
    answer(30, "ChampionSilent", accounts, (a) => championSilent(a, saas)),
    answer(31, "BuyingGroup", accounts, (a) => buyingGroup(a, saas)),
    answer(32, "SilentTrials", accounts, (a) => silentTrials(a, saas)),
    answer(33, "TargetList", companies, (c) => targets.has(c.id)),
  ];
}
