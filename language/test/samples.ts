import { SHOP_MODEL } from "./model.ts";

/** Texts in which everything is right, for properties that must hold whatever is then done to them. */
export const SAMPLES: Readonly<Record<string, string>> = {
  "the model of the shop": SHOP_MODEL,
  "the segments of the language's document": `// segments.seg
/// The mission's own example. It must compile exactly as written.
segment Loyal where purchases.last90d > 3 and region in ["EU"]

@owner("crm@shop.example")
@tags(marketing, winback)
segment Winback "Good customers who went quiet"
  where purchases.last2y.sum(amount) >= 500
    and no purchases.last180d
    and churn_risk > 0.4
    and marketing_consent
    and not Loyal

param min_orders : integer = 3                          // overridden with --param min_orders=5
list EU = ["AT", "BE", "DE", "FR"]
trait ltv "Lifetime value" = purchases.sum(amount)      // a named value
segment BusyAccounts of Account where members.where(active) >= 5 and plan = "team"   // another subject
`,
  "descriptions, annotations and marks of fields": `/* A model
   of a library. */
/// People who may borrow.
/// One row each.
@owner("desk@library.example")
default entity Reader from library.readers since joined_on until left_on where not is_test and kind in ["adult", "child"] {
  /// Printed on the card.
  reader_id  : integer key
  joined_on  : date, left_on : date optional
  kind       : text from "Reader Kind" in ["adult", "child"] optional
  age_group  : integer in 0..120
  points     : decimal(12, 2) in 0.. optional @sensitive
  loans_left : integer in ..5
  birth_date : date optional @pii @mutable @deprecated("use age_group")
  tags       : list of text
  settings   : json { language : text  theme : json { dark : boolean } }
  branch     : Branch optional by branch_id
  loans      : many Loan by reader_id
}

event Loan from library.loans at starts_at scheduled fresh within 24h keeps 10 years once per loan_id where state = "open" or state is missing {
  loan_id   : text key
  starts_at : timestamp
  state     : text optional
}

@kpi
trait waiting "Books waited for" of Reader = loans.next7d.count else 0

entity Branch from branches { branch_id : text key, city : text }

extend Reader from "Reader Scores" by reader_id keeps 1y {
  score : float optional
}
`,
  "conditions of every kind": `segment A where not (a = 1 or b != "x") and c >= -2.5
segment B "With a title" of Reader where name contains "ann" ignoring case and not name starts with "a" and name ends with "z"
segment C where x is known and y is missing and z in 18..25 and w in 65..
segment D where v in ..17 or v in [1, 2_000, -3] or v not in EU
segment E where (visits else 0) + 1 > 2 * -points / 3 - 4
segment F where paid and \`order\` = "say \\"hi\\" \\u{1F600}\\n" and share < 10%
segment G where joined_on in 2026-01-01..2026-03-31 and seen_at > 2026-01-31T10:00+02:00 and seen_at < 2026-01-31T10:00:00.5Z
segment H where loans.where(state = "open" and branch.city != "Bern").last(3 months).count >= 2
segment I where loans.during(90d ago..30d ago).sum(price * 2) > 10 and loans.during(this month).since(2026-01-01) and no loans.on(2026-02-03)
segment J where loans in last 15min and loans.next7d and joined_on in last 3 full months and joined_on in previous quarter
segment K where age(birth_date) >= 18 and days_since(joined_on) < 30 and today > joined_on + 2 weeks
segment L where joined_on in joined_on..joined_on + 14d and account in BusyAccounts and last.next.this > known
segment N where at least 2 of (a, b > 3, c or d) and none of (any of (e, f), all of (g, h))
segment O where at most 1 of (loans, no loans.last90d) or exactly 0 of (x in 1..)
segment P where tags has "poetry" and tags has any ["prose", "plays"] ignoring case and not tags has none Genres
segment Q where (if child and not paid then points else (visits else 0)) > 3 and tags is known
trait fee = if age < 18 then 0 else if member then 2.5 else loans.sum(if late then 1 else 0)
segment M where (not a) and (no b) and (true or false) and ((x))
`,
  "layout of every kind": `segment A
where a
trait c = 1
list D = ["x"]
param e : integer = 3
segment F
    "Title"
    of Reader
    where purchases
      .where(amount > 3)
      .last90d
      > 3
@kpi trait g =
    1 + 2
segment H where x in 65..
segment I where event.list.test = 3 and segment_name is known
`,
  "divisions of every kind": `/// Where they are.
@owner("crm@shop.example")
segmentation Lifecycle "Where they are in their life with us" of Mailable {
  /// Not long here.
  New       : signed_up_at in last 30d
  Active    : purchases.last90d and not \`order\`, Lapsing : purchases.where(a = 1 or b).last180d
  \`Old one\` : age in 65..
  Dormant   : otherwise
}
split SpringTest "A test" of Lifecycle.Active seed "spring-2026" {
  Control : 10%, A : 45%
  B       : 45%
}
segmentation One of Account { All : otherwise }
snapshot SpringBuyers "Who bought" of SpringTest.A as of 2026-06-01
snapshot Later
  of Lifecycle.Active
  as of 2026-06-01T10:00Z
segment Lively where Lifecycle.Active or Lifecycle not in [New, Dormant]
`,
  "tests of every kind": `/// What it means.
test Loyal as of 2026-06-30 with { region: "EU" } {
  "four EU orders" : { purchases: 4 of { ordered_at: 2026-06-01T12:00 } } is in
  "one outside"    : { purchases: [3 of { ordered_at: 90d ago }, { ordered_at: 2026-03-31T12:00, amount: -3.5 }] } is out,
  "nobody"         : {} is out
}
test Lifecycle as of 2026-06-30T10:00Z {
  "active" : { account: { plan: missing  members: [] }, interests: ["a", "b"], payload: { channel: "web" } } is Active
  "none" : {
    is_test: true
  } is out
}
test Best.A as of 2026-06-30 {
  "the best of three" : people {
    "a" : { purchases: 3 of { amount: 100 } } is in
    "b" : { out: 1  missing: 2 } is out, "c" : {}
  }
}
segment A where test = 1 and people > 3 and out and missing is missing
`,
  "claims of every kind": `/// Why.
@owner("privacy@shop.example")
policy Consent "We only write to people who agreed"
  for segments tagged marketing, winback
  require marketing_consent and not is_test
  forbid fields marked pii
policy NoHealthData for all segments of Customer forbid fields marked sensitive
assert Loyal within Lifecycle.Active
assert disjoint Winback, DoNotDisturb, SpringTest.A
assert size of Winback in 1%..5%
assert size of Loyal in 100..
assert disjoint within size
segment A where policy and assert and for and require = 1
`,
};
