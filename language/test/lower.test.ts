import { describe, expect, test } from "vitest";
import { printPred, printValue } from "../meaning/print.ts";
import { loadProject } from "../project.ts";
import { sourceFile } from "../text/source.ts";
import { SHOP_MODEL } from "./model.ts";

const DECLARATIONS = `param min_orders : integer = 3
param since_when : timestamp = 2026-01-01T00:00+02:00
param launch = 2026-03-01
list EU = ["DE", "FR"]
list SIZES = [1, 2.5]
list NOBODY = []
trait spend = purchases.last2y.sum(amount)
trait active = purchases.last90d > 3
trait fifth of Account = quintile(seats)
trait consenting = marketing_consent
trait plan_code of Account = plan else "none"
trait large of Purchase = amount > 100
segment Loyal where purchases.last90d > 3 and region in ["EU"]
segment Teams of Account where plan = "team"
`;

/** The only sound way to compare meanings by eye: no diagnostics, and the printed form of the condition. */
function meaningOf(where: string, of = ""): string {
  const text = `segment Subject ${of === "" ? "" : `of ${of} `}where ${where}`;
  const files = [
    sourceFile("a-model.seg", SHOP_MODEL),
    sourceFile("declarations.seg", DECLARATIONS),
    sourceFile("subject.seg", text),
  ];
  const project = loadProject(files, { lint: false });
  const segment = project.program.segments.get("Subject");
  if (segment === undefined || project.diagnostics.length > 0)
    return project.diagnostics.map((d) => `${d.code} ${d.message}`).join("\n");
  return printPred(segment.condition);
}

function check(rows: readonly (readonly [where: string, meaning: string, of?: string])[]): void {
  test.each(rows.map((row) => [row[0], row] as const))("%s", (where, [, meaning, of]) => {
    expect(meaningOf(where, of)).toBe(meaning);
  });
}

describe("conditions are counted, and values chosen", () => {
  check([
    [
      "at least 2 of (marketing_consent, purchases, visits_count > 3)",
      "(atLeast 2 (truth marketing_consent) (exists purchases) (> visits_count 3))",
    ],
    ["at most 0 of (Loyal)", "(atMost 0 (segment Loyal))"],
    ["exactly 1 of (consenting, purchases > 1)", "(exactly 1 (truth @consenting) (> (count purchases) 1))"],
    ["all of (marketing_consent, purchases)", "(and (truth marketing_consent) (exists purchases))"],
    ["any of (marketing_consent, purchases)", "(or (truth marketing_consent) (exists purchases))"],
    ["none of (marketing_consent)", "(not (or (truth marketing_consent)))"],
    [
      "visits_count > (if marketing_consent then 3 else credit)",
      "(> (widen visits_count decimal(21, 2)) (widen (if (truth marketing_consent) 3:d12.2 credit) decimal(21, 2)))",
    ],
    [
      "(if purchases then birth_date else today) = 2026-01-01",
      "(= (if (exists purchases) birth_date today) 2026-01-01)",
    ],
    [
      'if Loyal then marketing_consent else (region = "EU")',
      '(truth (if (segment Loyal) marketing_consent (condition (= region "EU"))))',
    ],
    [
      "(if marketing_consent then 1 else if Loyal then 2.5 else 3) > 2",
      "(> (if (truth marketing_consent) 1:d2.1 (if (segment Loyal) 2.5:d2.1 3:d2.1)) 2:d2.1)",
    ],
  ]);
});

describe("the whole population", () => {
  check([
    ["top 10% by credit", "(top share=0.1 by=credit of=Customer)"],
    [
      "not bottom 3 by birth_date of Loyal per country with ties",
      "(not (bottom 3 by=birth_date of=Customer in=(segment Loyal) per=country ties))",
    ],
    ["ntile(4, credit, per: country) = 4", "(= (tile 4 by=credit of=Customer per=country) 4)"],
    [
      "quintile(score, of: (marketing_consent)) = 5",
      "(= (tile 5 by=score of=Customer in=(truth marketing_consent)) 5)",
    ],
    ["percentile_rank(credit) > 0.5", "(> (tile percentile by=credit of=Customer) 0.5:f)"],
    ['sample(12.345%, "a")', '(bucket "a" 0 1235)'],
    ['sample(12.34%, "a") = true', '(= (condition (bucket "a" 0 1234)) true)'],
    ["account.fifth = 5", "(= account.@fifth 5)"],
  ]);
});

describe("comparisons meet in one type", () => {
  check([
    ['region = "EU"', '(= region "EU")'],
    ['region != "EU"', '(not (= region "EU"))'],
    ['country = "de" ignoring case', '(= country "de" ignoring-case)'],
    ['"EU" = region', '(= "EU" region)'],
    ["visits_count >= 3", "(>= visits_count 3)"],
    ["visits_count > -3", "(> visits_count -3)"],
    ["visits_count > 2.5", "(> (widen visits_count decimal(20, 1)) 2.5:d20.1)"],
    ["credit > 3", "(> credit 3:d12.2)"],
    ["credit > 2.505", "(> (widen credit decimal(13, 3)) 2.505:d13.3)"],
    ["credit > 12345678901", "(> (widen credit decimal(13, 2)) 12345678901:d13.2)"],
    ["credit > visits_count", "(> (widen credit decimal(21, 2)) (widen visits_count decimal(21, 2)))"],
    ["churn_risk > 0.4", "(> churn_risk 0.4:f)"],
    ["churn_risk > 40%", "(> churn_risk 0.4:f)"],
    ["score < credit", "(< score (widen credit float))"],
    ["visits_count > 9223372036854775807", "(> visits_count 9223372036854775807)"],
    ["visits_count > 9223372036854775808", "(> (widen visits_count decimal(19, 0)) 9223372036854775808:d19.0)"],
    ["birth_date < 2000-01-01", "(< birth_date 2000-01-01)"],
    ["signed_up_at < 2026-01-01", "(< (local_date signed_up_at) 2026-01-01)"],
    ["signed_up_at < 2026-01-01T10:00", "(< signed_up_at 2026-01-01T10:00:00.000000)"],
    ["signed_up_at < 2026-01-01T10:00Z", "(< signed_up_at 2026-01-01T10:00:00.000000Z)"],
    ["signed_up_at < 2026-01-01T10:00+02:00", "(< signed_up_at 2026-01-01T08:00:00.000000Z)"],
    ["birth_date = signed_up_at", "(= birth_date (local_date signed_up_at))"],
    ["signed_up_at > 90d ago", "(> signed_up_at (shift now -90d))"],
    ["visits_count >= min_orders", "(>= visits_count $min_orders)"],
    ["signed_up_at >= launch", "(>= (local_date signed_up_at) $launch)"],
    ["marketing_consent = is_test", "(= marketing_consent is_test)"],
    ['(region = "EU") = is_test', '(= (condition (= region "EU")) is_test)'],
  ]);
});

describe("conditions keep what was written", () => {
  check([
    ["marketing_consent", "(truth marketing_consent)"],
    ["not marketing_consent", "(not (truth marketing_consent))"],
    ["true", "true"],
    [
      'marketing_consent and not (region = "EU" or is_test)',
      '(and (truth marketing_consent) (not (or (= region "EU") (truth is_test))))',
    ],
    ["not not is_test", "(not (not (truth is_test)))"],
    ["birth_date is known", "(known birth_date)"],
    ["birth_date is missing", "(not (known birth_date))"],
    ["account is known", "(linked account)"],
    ["purchases.latest is missing", "(not (linked (latest purchases)))"],
    ['email contains "@"', '(contains email "@")'],
    ['not email contains "@"', '(not (contains email "@"))'],
    ['email ends with ".org" ignoring case', '(endsWith email ".org" ignoring-case)'],
    ["email starts with country", "(startsWith email country)"],
    ['(country else region) = "EU"', '(= (else country region) "EU")'],
    ["marketing_consent else false", "(truth (else marketing_consent false))"],
    ["(visits_count else 0.5) > 1", "(> (else (widen visits_count decimal(20, 1)) 0.5:d20.1) 1:d20.1)"],
  ]);
});

describe("in", () => {
  check([
    ['region in ["EU", "NA"]', '(in region "EU" "NA")'],
    ['region not in ["EU"]', '(not (in region "EU"))'],
    ['country in ["de"] ignoring case', '(in country "de" ignoring-case)'],
    ["country in EU", '(in country "DE" "FR" list=EU)'],
    ["country not in EU", '(not (in country "DE" "FR" list=EU))'],
    ["country in NOBODY", "(in country list=NOBODY)"],
    ["country in []", "(in country)"],
    ["visits_count in SIZES", "(in (widen visits_count decimal(20, 1)) 1:d20.1 2.5:d20.1 list=SIZES)"],
    ["credit in [1, 2.5]", "(in credit 1:d12.2 2.5:d12.2)"],
    ["score in [1, 2.5]", "(in score 1:f 2.5:f)"],
    ["visits_count in [1, -2]", "(in visits_count 1 -2)"],
    ["birth_date in [2000-01-01]", "(in birth_date 2000-01-01)"],
    ["signed_up_at in [2026-01-01]", "(in (local_date signed_up_at) 2026-01-01)"],
    ["visits_count in 18..25", "(between visits_count 18 25)"],
    ["visits_count in 18..", "(between visits_count 18 open)"],
    ["visits_count not in ..17", "(not (between visits_count open 17))"],
    ["credit in 1..min_orders", "(between (widen credit decimal(21, 2)) 1:d21.2 (widen $min_orders decimal(21, 2)))"],
    ['country in "A".."M"', '(between country "A" "M")'],
    ["purchases in 3..5", "(between (count purchases) 3 5)"],
    ["purchases.last90d not in [1, 2]", "(not (in (count (purchases [as-of-90d as-of])) 1 2))"],
    ["account in Teams", "(segment account.Teams)"],
    ["account not in Teams", "(not (segment account.Teams))"],
  ]);
});

describe("references", () => {
  check([
    ["Loyal", "(segment Loyal)"],
    ["not Loyal", "(not (segment Loyal))"],
    ["active", "(truth @active)"],
    ["spend > 500", "(> @spend 500:d31.2)"],
    ['account.plan_code = "team"', '(= account.@plan_code "team")'],
    ["purchases.where(large)", "(exists (purchases (where (truth 1.@large))))"],
    ["purchases.where(Loyal)", "(exists (purchases (where (segment Loyal))))"],
    [
      "members.where(Loyal and active)",
      "(exists (members (where (and (segment 1.Loyal) (truth 1.@active)))))",
      "Account",
    ],
    ["account.members.where(Loyal)", "(exists (account.members (where (segment 1.Loyal))))"],
    ["members.where(Teams)", "(exists (members (where (segment Teams))))", "Account"],
    ["members.where(account in Teams)", "(exists (members (where (segment 1.account.Teams))))", "Account"],
    ["Customer in Loyal", "(segment Loyal)"],
    ["Customer.active", "(truth @active)"],
  ]);
});

describe("arithmetic", () => {
  check([
    ["visits_count + 1 > 3", "(> (+ visits_count 1) 3)"],
    ["credit * 2 > 3", "(> (* (widen credit decimal(13, 2)) 2:d13.2) 3:d13.2)"],
    ["credit + visits_count > 0", "(> (+ (widen credit decimal(22, 2)) (widen visits_count decimal(22, 2))) 0:d22.2)"],
    ["visits_count / 2 > 1", "(> (/ (widen visits_count float) 2:f) 1:f)"],
    ["score * 10% > 1", "(> (* score 0.1:f) 1:f)"],
    ["-visits_count < -1", "(< (- visits_count) -1)"],
    ["purchases - visits.count > 0", "(> (- (count purchases) (count visits)) 0)"],
    ["today - 1mo > birth_date", "(> (shift today -1mo) birth_date)"],
    ["birth_date + 18y <= today", "(<= (shift birth_date 18y) today)"],
    ["birth_date + 48h <= today", "(<= (shift birth_date 2d) today)"],
    ["signed_up_at + 36h < now", "(< (shift signed_up_at 36h) now)"],
    ["now - 3mo < signed_up_at", "(< (shift now -3mo) signed_up_at)"],
    ["2026-01-31T00:00 + 1mo < signed_up_at", "(< (shift 2026-01-31T00:00:00.000000 1mo) signed_up_at)"],
    ["signed_up_at > since_when + 1q", "(> signed_up_at (shift $since_when 1q))"],
    ["age(birth_date) >= 18", "(>= (years_since birth_date) 18)"],
    ["date(signed_up_at) = birth_date", "(= (local_date signed_up_at) birth_date)"],
    ["now - signed_up_at > 3d", "(> (elapsed signed_up_at now) 259200000000)"],
    ["today - birth_date in 1w..", "(between (elapsed birth_date today) 7 open)"],
    ["anniversary(birth_date) = today", "(= (anniversary birth_date) today)"],
    ["anniversary(signed_up_at) in next 7d", "(anniversary-in (local_date signed_up_at) [date as-of as-of+7d])"],
    ["date(birth_date) = birth_date", "(= birth_date birth_date)"],
    ["year(signed_up_at) = 2026", "(= (year (local_date signed_up_at)) 2026)"],
    ["hour(signed_up_at) = 3", "(= (hour signed_up_at) 3)"],
    ["start_of(day, signed_up_at) = today", "(= (local_date signed_up_at) today)"],
    ["start_of(week, birth_date) = today", "(= (start_of week birth_date) today)"],
    ["purchases.last90d.days > 3", "(> (distinct (purchases [as-of-90d as-of]) (local_date 1.ordered_at)) 3)"],
    ["visits.months > 3", "(> (distinct visits (start_of month 1.visited_on)) 3)"],
    ["months_since(signed_up_at) < 6", "(< (months_since signed_up_at) 6)"],
    ["days_since(purchases.latest.ordered_at) > 60", "(> (days_since (latest purchases).ordered_at) 60)"],
  ]);
});

describe("collections", () => {
  check([
    ["purchases", "(exists purchases)"],
    ["no purchases", "(not (exists purchases))"],
    ["not purchases", "(not (exists purchases))"],
    ["purchases > 3", "(> (count purchases) 3)"],
    ["3 < purchases", "(< 3 (count purchases))"],
    ["purchases > 2.5", "(> (widen (count purchases) decimal(20, 1)) 2.5:d20.1)"],
    ["purchases.count = visits.count", "(= (count purchases) (count visits))"],
    ["purchases > visits.count", "(> (count purchases) (count visits))"],
    [
      'purchases.where(category = "shoes" and amount > 50) >= 2',
      '(>= (count (purchases (where (and (= 1.category "shoes") (> 1.amount 50:d12.2))))) 2)',
    ],
    ["purchases.sum(amount) >= 500", "(>= (sum purchases 1.amount) 500:d31.2)"],
    ["purchases.avg(amount) > 50", "(> (avg purchases 1.amount) 50:f)"],
    ["purchases.min(ordered_at) < 2026-01-01", "(< (local_date (min purchases 1.ordered_at)) 2026-01-01)"],
    ['purchases.max(category) > "m"', '(> (max purchases 1.category) "m")'],
    ["purchases.distinct(category) >= 3", "(>= (distinct purchases 1.category) 3)"],
    ['purchases.share(category = "shoes") > 50%', '(> (share purchases (= 1.category "shoes")) 0.5:f)'],
    ["purchases.sum(items.count) > 3", "(> (sum purchases (count 1.items)) 3)"],
    ["purchases.sum(amount * 2) > 3", "(> (sum purchases (* (widen 1.amount decimal(13, 2)) 2:d13.2)) 3:d31.2)"],
    ['purchases.first.category = "shoes"', '(= (first purchases).category "shoes")'],
    ['purchases.latest.product.brand = "Acme"', '(= (latest purchases).product.brand "Acme")'],
    ["purchases.latest.items > 3", "(> (count (latest purchases).items) 3)"],
    ['purchases.where(product.brand = "Acme")', '(exists (purchases (where (= 1.product.brand "Acme"))))'],
    [
      "purchases.where(items.where(quantity >= 10))",
      "(exists (purchases (where (exists (1.items (where (>= 2.quantity 10)))))))",
    ],
    [
      "purchases.where(ordered_at > signed_up_at + 7d)",
      "(exists (purchases (where (> 1.ordered_at (shift signed_up_at 7d)))))",
    ],
    ["purchases.where(Purchase.amount > Customer.credit)", "(exists (purchases (where (> 1.amount credit))))"],
    ["purchases.where(no items)", "(exists (purchases (where (not (exists 1.items)))))"],
    ['account.members.where(country = "FR") >= 2', '(>= (count (account.members (where (= 1.country "FR")))) 2)'],
    [
      "members.share(purchases.last90d) > 50%",
      "(> (share members (exists (1.purchases [as-of-90d as-of]))) 0.5:f)",
      "Account",
    ],
  ]);
});

describe("windows", () => {
  check([
    ["purchases.last90d", "(exists (purchases [as-of-90d as-of]))"],
    ["purchases.last(3 months)", "(exists (purchases [as-of-3mo as-of]))"],
    ["bookings.next7d", "(exists (bookings [as-of as-of+7d]))"],
    ["bookings.next(2 weeks)", "(exists (bookings [as-of as-of+2w]))"],
    ["visits.last30d", "(exists (visits [date as-of-30d as-of]))"],
    ["purchases.during(last 3 full months)", "(exists (purchases [month-3 month+0]))"],
    ["purchases.during(this year)", "(exists (purchases [year+0 year+1]))"],
    ["purchases.during(previous week)", "(exists (purchases [week-1 week+0]))"],
    ["bookings.during(next month)", "(exists (bookings [month+1 month+2]))"],
    ["purchases.during(today)", "(exists (purchases [day+0 day+1]))"],
    ["purchases.during(yesterday)", "(exists (purchases [day-1 day+0]))"],
    ["purchases.during(2026-01-01..2026-03-31)", "(exists (purchases [2026-01-01 end:2026-03-31]))"],
    ["purchases.during(90d ago..30d ago)", "(exists (purchases [as-of-90d as-of-30d]))"],
    [
      "purchases.during(signed_up_at..signed_up_at + 14d)",
      "(exists (purchases [signed_up_at end:(shift signed_up_at 14d)]))",
    ],
    ["purchases.during(..signed_up_at)", "(exists (purchases [open end:signed_up_at]))"],
    ["purchases.since(2026-01-01)", "(exists (purchases [2026-01-01 open]))"],
    ["purchases.since(signed_up_at)", "(exists (purchases [signed_up_at open]))"],
    ["purchases.before(90d ago)", "(exists (purchases [open as-of-90d]))"],
    ["purchases.before(2026-01-01)", "(exists (purchases [open 2026-01-01]))"],
    ["purchases.on(2026-01-01)", "(exists (purchases [2026-01-01 end:2026-01-01]))"],
    ["purchases.on(today)", "(exists (purchases [today end:today]))"],
    ["purchases.on(yesterday)", "(exists (purchases [(shift today -1d) end:(shift today -1d)]))"],
    ["signed_up_at in last 30d", "(within signed_up_at [as-of-30d as-of])"],
    ["signed_up_at not in next 30d", "(not (within signed_up_at [as-of as-of+30d]))"],
    ["signed_up_at in today", "(within signed_up_at [day+0 day+1])"],
    ["birth_date in this month", "(within birth_date [date month+0 month+1])"],
    ["birth_date in 2000-01-01..", "(within birth_date [date 2000-01-01 open])"],
    ["birth_date in 2000-01-01..2000-12-31", "(within birth_date [date 2000-01-01 end:2000-12-31])"],
    [
      "signed_up_at in 2026-01-01T00:00..2026-02-01",
      "(within signed_up_at [2026-01-01T00:00:00.000000 end:2026-02-01])",
    ],
    ["signed_up_at in 2y ago..today", "(within signed_up_at [as-of-2y end:today])"],
    ["purchases.latest.ordered_at in 60d ago..30d ago", "(within (latest purchases).ordered_at [as-of-60d as-of-30d])"],
    [
      "account.members.where(purchases.during(signed_up_at..signed_up_at + 1d))",
      "(exists (account.members (where (exists (1.purchases [1.signed_up_at end:(shift 1.signed_up_at 1d)])))))",
    ],
  ]);
});

/** What a declaration that is no segment means. */
function programOf(text: string) {
  return loadProject([sourceFile("a-model.seg", SHOP_MODEL), sourceFile("declarations.seg", text)]).program;
}

describe("traits", () => {
  const rows: readonly (readonly [value: string, type: string, meaning: string])[] = [
    ["purchases.sum(amount)", "decimal", "(sum purchases 1.amount)"],
    ["marketing_consent", "boolean", "marketing_consent"],
    ["purchases.last90d > 3", "boolean", "(condition (> (count (purchases [as-of-90d as-of])) 3))"],
    ["visits_count else 0", "integer", "(else visits_count 0)"],
    ['"all"', "text", '"all"'],
    ["purchases.count / visits.count", "float", "(/ (widen (count purchases) float) (widen (count visits) float))"],
    ["account.plan", "text", "account.plan"],
  ];
  test.each(rows)("%s is a value of type %s", (value, type, meaning) => {
    const trait = programOf(`trait subject = ${value}`).traits.get("subject");
    expect(trait === undefined ? null : [trait.value.type.kind, printValue(trait.value)]).toEqual([type, meaning]);
  });

  test("take their place in order of need, not of the text", () => {
    const program = programOf("segment A where b > 3\ntrait b = c + 1\ntrait c = purchases.count");
    expect([...program.segments.keys(), ...program.traits.keys()]).toEqual(["A", "b", "c"]);
  });
});

describe("params", () => {
  const rows: readonly (readonly [declaration: string, type: string, value: string | number | boolean])[] = [
    ["n : integer = 3", "integer", "3"],
    ["n = -3", "integer", "-3"],
    ["n : decimal(10, 2) = 300", "decimal", "300"],
    ["n : float = 0.25", "float", 0.25],
    ['n = "EU"', "text", "EU"],
    ["n : boolean = true", "boolean", true],
    ["n = 2026-01-01", "date", "2026-01-01"],
    ["n = 2026-01-01T10:00+02:00", "timestamp", "2026-01-01T08:00:00.000000Z"],
  ];
  test.each(rows)("param %s", (declaration, type, value) => {
    const param = programOf(`param ${declaration}`).params.get("n");
    expect([param?.type.kind, param?.value.type.kind, param?.value.value]).toEqual([type, type, value]);
  });
});

describe("everything else of a program", () => {
  test("the header's where becomes a filter", () => {
    const filters = programOf("").filters;
    expect([...filters].map(([name, pred]) => `${name} ${printPred(pred)}`)).toEqual([
      "Customer (not (truth is_test))",
      'Purchase (= $event_name "purchase")',
    ]);
  });

  test("a segment carries its title, owner, tags and deprecation", () => {
    const text = `/// Regulars.\n@owner("crm@shop.example")\n@tags(marketing, "b2b")\n@deprecated("use Other")\nsegment Old "The old ones" of Account where seats > 3`;
    const {
      origin: _,
      condition: __,
      ...segment
    } = programOf(text).segments.get("Old") ?? { origin: null, condition: null };
    expect(segment).toEqual({
      name: "Old",
      kind: "segment",
      partOf: null,
      title: "The old ones",
      doc: "Regulars.",
      entity: "Account",
      owner: "crm@shop.example",
      tags: ["marketing", "b2b"],
      deprecated: "use Other",
    });
  });

  test("a trait may be a kpi", () => {
    const { traits } = programOf("@kpi\ntrait spend = purchases.sum(amount)\ntrait other = purchases.count");
    expect([...traits.values()].map((t) => t.kpi)).toEqual([true, false]);
  });

  test("windows have their words", () => {
    const words = (where: string) => {
      const pred = programOf(`segment S where ${where}`).segments.get("S")?.condition;
      const test = pred?.kind === "test" ? pred.test : null;
      const step = test?.kind === "exists" ? test.collection.steps[0] : null;
      return step?.kind === "window" ? step.window.words : test?.kind === "inWindow" ? test.window.words : null;
    };
    expect(words("purchases.last90d")).toBe("last 90d");
    expect(words("purchases.last(3  months)")).toBe("last 3 months");
    expect(words("purchases.during(this month)")).toBe("this month");
    expect(words("purchases.since(2026-01-01)")).toBe("since 2026-01-01");
    expect(words("signed_up_at in 90d   ago..30d ago")).toBe("90d ago..30d ago");
  });

  test("origins are the smallest span of what was written", () => {
    const text = 'segment S where not purchases.last90d > 3 and region in ["EU"]';
    const pred = programOf(text).segments.get("S")?.condition;
    const of = (origin: { span: { start: number; end: number } } | undefined) =>
      text.slice(origin?.span.start, origin?.span.end);
    expect(of(pred?.origin)).toBe('not purchases.last90d > 3 and region in ["EU"]');
    const [first, second] = pred?.kind === "and" ? pred.items : [];
    expect(of(first?.origin)).toBe("not purchases.last90d > 3");
    expect(of(second?.origin)).toBe('region in ["EU"]');
    const compare =
      first?.kind === "not" && first.item.kind === "test" && first.item.test.kind === "compare"
        ? first.item.test
        : null;
    expect(of(compare?.left.origin)).toBe("purchases.last90d");
    const count = compare?.left.kind === "aggregate" ? compare.left.collection.steps[0] : undefined;
    expect(of(count?.origin)).toBe("last90d");
  });
});
