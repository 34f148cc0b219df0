/** Declarations that the conditions refer to, over the model of the tests. */
export const DECLARATIONS = `param enough : integer = 3
list DACH = ["AT", "CH", "DE"]
trait ltv "Lifetime value" = purchases.sum(amount)
trait quiet = no purchases.last90d
segment Loyal "Regulars" where purchases.last90d > 3
segment Busy of Account where members >= 5
segmentation Lifecycle "Where they are" {
  New    : signed_up_at in last 30d
  Active : purchases.last90d
  Gone   : otherwise
}
split Spring of Loyal seed "spring" {
  A : 50%
  B : 50%
}
snapshot June of Loyal as of 2026-06-01
segment Mornings in zone country where anniversary(birth_date) in today and purchases.last7d.where(hour(ordered_at) < 9) and purchases.during(this month)
`;

/** A condition for every construct. */
export const CONDITIONS: readonly string[] = [
  'purchases.last90d > 3 and region in ["EU"]',
  "not (score > 0.5 or marketing_consent)",
  "not (score > 0.5 and marketing_consent)",
  'country = "FR"',
  'country != "fr" ignoring case',
  'not country < "M"',
  "country not in DACH",
  'country in ["A", "B", "C", "D", "E", "F", "G"]',
  "visits_count in 1_000..20_000",
  "not visits_count in 18..",
  "signed_up_at in previous month",
  "birth_date not in 1990-01-01..1999-12-31",
  "signed_up_at > 2026-01-01T10:30",
  "signed_up_at <= birth_date",
  'email contains "@" and not email ends with ".test" ignoring case',
  "email is known and country is missing",
  'account.plan = "team" and account is missing',
  "marketing_consent",
  "not marketing_consent",
  "not purchases.where(items.where(gift))",
  'purchases.where(category = "shoes" and amount > 50).last90d.sum(amount) >= 300',
  "purchases.where(amount > credit).count < 2",
  "no purchases.last180d",
  "not purchases.avg(amount) > 50",
  "purchases.min(amount) < 5 and purchases.max(ordered_at) > 2026-05-01",
  "purchases.distinct(category) >= enough",
  'purchases.share(category = "shoes") > 0.5',
  "purchases.latest.category = purchases.first.category",
  "(credit + 1) * 2 - score / visits_count > 10",
  "-visits_count < 0",
  "(credit else 0) > 100",
  "purchases.during(signed_up_at..signed_up_at + 14d)",
  "visits.on(2026-05-01) and bookings.next7d",
  "purchases.since(2026-01-01) and visits.before(90d ago)",
  "signed_up_at in 90d ago..30d ago",
  "age(birth_date) >= 18 and days_since(signed_up_at) > 30",
  "birth_date < today and signed_up_at < now - 30d",
  "Loyal and not quiet and ltv > 100",
  "account in Busy and account.members.where(Loyal)",
  "Lifecycle.Active and Lifecycle not in [New, Gone]",
  "Spring.A and not June",
  "date(signed_up_at) = 2026-01-31 and year(birth_date) = 1990",
  "month(signed_up_at) = 5 and day(birth_date) = 1 and hour(signed_up_at) < 6 and day_of_week(birth_date) = 7",
  "start_of(month, signed_up_at) = 2026-05-01",
  "visits.during(last 7 full days).days >= 5",
  "purchases.latest(5).sum(amount) > 100",
  'interests has "yoga" and not interests has country',
  'interests has any ["yoga", "running"] and interests has all ["yoga", "running"] ignoring case',
  'interests has none ["yoga"] and interests has any DACH',
  "interests is known or not interests is known",
  'purchases.where(payload.channel = "web" and payload.coupon is missing)',
  "abs(visits_count - 3) < 2 and floor(credit) = 10 and ceil(score) <= 3",
  "least(visits_count, 10) > 5 and greatest(credit, visits_count, 0) > 5",
  "distance_km(score, churn_risk, 45.76, 4.84) <= 25",
  "purchases.first(2).count = 2",
  "at least 2 of (no purchases.last90d, email is missing, visits_count < 5)",
  "at most 1 of (marketing_consent, purchases) and exactly 1 of (is_test, visits) and none of (purchases, visits)",
  "(if purchases.last1y >= 12 then 30 else if visits then 90 else 180) > days_since(signed_up_at)",
  "anniversary(birth_date) in next 7d and anniversary(signed_up_at) = today",
  "purchases.where(ordered_at - signed_up_at > 3d) and deleted_at - signed_up_at in 1h..3d",
  "top 10% by purchases.sum(amount)",
  "bottom 100 by credit of Loyal per country with ties",
  'top 5 by visits_count of (country = "DE")',
  "quintile(visits_count) = 5 and decile(credit, of: Loyal) >= 9",
  "ntile(4, credit, per: country) = 1 and percentile_rank(score) > 0.5",
  'sample(10%, "spring")',
  "purchases.gaps.median < 30 and purchases.last1y.gaps.max > 90",
  "purchases.after_gap(180d).last30d",
  "purchases.followed_by(purchases, within: 30d)",
  "visits.followed_by(visits.followed_by(visits, within: 1d), within: 7d)",
  "purchases.not_followed_by(purchases) and purchases.preceded_by(purchases, within: 2h, same: category) and not purchases.not_preceded_by(purchases)",
  "purchases.items.where(gift) and purchases.items.top(3, by: quantity).sum(quantity) > 10",
  "purchases.bottom(2, by: amount).sum(amount) > 5",
  "purchases.per(category).where(count >= 3).count >= 2",
  "purchases.last1y.per(month).share(sum(amount) > 100) > 0.5",
  "purchases.last(12 weeks).per(7d).max(count) > 3",
  'purchases.per(category).where(group = "shoes" and median(amount) > 5)',
  "purchases.median(amount) > 5 and purchases.most_frequent(category) = country",
];
