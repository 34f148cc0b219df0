import { describe } from "vitest";
import { silent, told } from "./lint-rows.ts";

describe("SEG5018: a condition beside a rank does not narrow it", () => {
  told([
    ['[|top 10 by credit|] and country = "FR"', "rank-beside", 'top 10 by credit of (country = "FR")'],
    [
      "marketing_consent and [|bottom 5% by visits_count per country|] and (credit > 3 or purchases)",
      "rank-beside",
      "bottom 5% by visits_count of (marketing_consent and (credit > 3 or purchases)) per country",
    ],
    ["[|top 10 by credit with ties|] and /* of all */ marketing_consent", "rank-beside"],
  ]);
  silent([
    'top 10 by credit of (country = "FR")',
    "top 10 by credit of Loyal and marketing_consent",
    "top 10 by credit",
    "top 10 by credit and bottom 10 by visits_count",
    "top 10 by credit or marketing_consent",
    "marketing_consent and not top 10 by credit",
    "quintile(credit) = 5 and marketing_consent",
  ]);
});

describe("SEG5019: a rolling window touches one period more", () => {
  told([
    ["purchases.[|last7d|].days >= 5", "rolling-periods", "purchases.during(last 7 full days).days >= 5"],
    ["purchases.[|last1w|].days >= 5", "rolling-periods", "purchases.during(last 7 full days).days >= 5"],
    ["purchases.[|last28d|].weeks >= 4", "rolling-periods", "purchases.during(last 4 full weeks).weeks >= 4"],
    ["purchases.[|last30d|].weeks >= 4", "rolling-periods"],
    ["purchases.[|last1q|].months >= 3", "rolling-periods", "purchases.during(last 3 full months).months >= 3"],
    ["purchases.[|last(1 month)|].months = 1", "rolling-periods", "purchases.during(last 1 full month).months = 1"],
    ["visits.[|last4w|].weeks >= 4", "rolling-periods", "visits.during(last 4 full weeks).weeks >= 4"],
  ]);
  silent([
    "purchases.during(last 7 full days).days >= 5",
    "visits.last7d.days >= 5",
    "purchases.during(this month).days >= 5",
    "purchases.during(30d ago..2d ago).days >= 5",
    "purchases.days >= 5",
    "purchases.last7d >= 5",
    "purchases.last7d.distinct(category) >= 5",
  ]);
});

describe("SEG5020: what did not follow may still, where its time is not over", () => {
  told([
    [
      "bookings.[|not_followed_by(purchases, within: 24h)|]",
      "still-open",
      "bookings.before(24h ago).not_followed_by(purchases, within: 24h)",
    ],
    [
      "bookings.last30d.[|not_followed_by(purchases, within: 7d)|]",
      "still-open",
      "bookings.last30d.before(7d ago).not_followed_by(purchases, within: 7d)",
    ],
    [
      "bookings.during(30d ago..1h ago).[|not_followed_by(purchases, within: 24h)|] >= 2",
      "still-open",
      "bookings.during(30d ago..1h ago).before(24h ago).not_followed_by(purchases, within: 24h) >= 2",
    ],
  ]);
  silent([
    "bookings.last30d.before(24h ago).not_followed_by(purchases, within: 24h)",
    "bookings.during(30d ago..7d ago).not_followed_by(purchases, within: 24h)",
    "bookings.during(2026-01-01..2026-01-31).not_followed_by(purchases, within: 24h)",
    "bookings.last30d.not_followed_by(purchases)",
    "bookings.last30d.followed_by(purchases, within: 24h)",
    "bookings.last30d.not_preceded_by(purchases, within: 24h)",
  ]);
});

describe("SEG5021: traps of anniversaries", () => {
  told([
    ["anniversary(birth_date) in [|last 1y|]", "anniversary-trap"],
    ["anniversary(birth_date) in [|last 400d|]", "anniversary-trap"],
    ["anniversary(birth_date) in [|this year|]", "anniversary-trap"],
    ["[|anniversary(birth_date) = yesterday|]", "anniversary-trap", "anniversary(birth_date) in yesterday"],
    ["[|anniversary(birth_date) < today|]", "anniversary-trap"],
    ["[|today <= anniversary(birth_date)|]", "anniversary-trap"],
  ]);
  silent([
    "anniversary(birth_date) in today",
    "anniversary(birth_date) = today",
    "anniversary(birth_date) in next 14d",
    "anniversary(birth_date) in last 7d",
    "anniversary(birth_date) in this quarter",
    "anniversary(birth_date) > today",
    "anniversary(birth_date) <= today + 7d",
  ]);
});
