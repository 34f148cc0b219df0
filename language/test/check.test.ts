import { describe, expect, test } from "vitest";
import { loadProject } from "../project.ts";
import { sourceFile } from "../text/source.ts";
import { check, diagnosticsOf, FILE, fine } from "./findings.ts";
import { SHOP_MODEL } from "./model.ts";

describe("names that are not there", () => {
  check([
    ['[|regoin|] = "EU"', "unknown-name", 'region = "EU"'],
    ['[|Region|] = "EU"', "unknown-name", 'region = "EU"'],
    ["[|loyal|]", "unknown-name", "Loyal"],
    ["[|spent|] > 3", "unknown-name", "spend > 3"],
    ["[|xyzzy|] > 3", "unknown-name", null],
    ["region in [|DACHH|]", "unknown-name", "region in DACH"],
    ["region = [|EU|]", "unknown-name", 'region = "EU"'],
    ["region in [[|EU|]]", "unknown-name", 'region in ["EU"]'],
    ['[|plan|] = "team"', "unknown-name", 'account.plan = "team"'],
    ["[|category|] is known", "unknown-name", null],
    ["[|Purchase|] > 3", "entity-as-value", null],
    ['account.[|plann|] = "team"', "unknown-member", 'account.plan = "team"'],
    ['account.[|PLAN|] = "team"', "unknown-member", 'account.plan = "team"'],
    ["account.[|xyzzy|] = 3", "unknown-member", null],
    ["account.[|Teams|]", "unknown-member", "account in Teams"],
    ["account.[|Teems|]", "unknown-member", null],
    ['purchases.latest.[|brand|] = "Acme"', "unknown-member", 'purchases.latest.product.brand = "Acme"'],
    ['account.[|region|] = "EU"', "unknown-member", 'region = "EU"'],
    ["account.members.where(purchases.latest.[|Region|] is known)", "unknown-member"],
    ["purchases.[|cuont|] > 3", "unknown-step", "purchases.count > 3"],
    ["purchases.[|summ|](Purchase.amount) > 3", "unknown-step", "purchases.sum(Purchase.amount) > 3"],
    ["purchases.[|categori|] is known", "unknown-step", null],
    ["[|aeg|](birth_date) > 3", "unknown-function", "age(birth_date) > 3"],
    ["[|age|] > 3", "wrong-arguments"],
    ["[|Item|].price > 3", "entity-out-of-scope"],
  ]);
});

describe("names that are there twice", () => {
  check([
    ["purchases.where([|amount|] > 3)", "ambiguous-name", "purchases.where(Purchase.amount > 3)"],
    ["purchases.sum([|amount|]) > 3", "ambiguous-name", "purchases.sum(Purchase.amount) > 3"],
  ]);
  test("every entity that has it is a fix", () => {
    const model = `default entity A from a {
  id   : text key
  city : text
  bs   : many B by id
}
entity B from b {
  b_id : text key
  city : text
}`;
    const text = 'segment S where bs.where(city = "x")';
    const [found, ...others] = loadProject([sourceFile("model.seg", model), sourceFile("s.seg", text)], {
      lint: false,
    }).diagnostics;
    expect(others).toEqual([]);
    expect(found?.slug).toBe("ambiguous-name");
    expect(found?.fixes.map((f) => f.edits.map((e) => e.newText).join())).toEqual(["B.city", "A.city"]);
  });
  test("a member of the same entity hides the one outside", () => {
    expect(diagnosticsOf('segment S where account.members.where(country = "FR")')).toEqual([]);
  });
});

describe("segments and traits of another entity", () => {
  check([
    ["[|Teams|]", "other-subject", "account in Teams"],
    ["[|busy|]", "other-subject", "account.busy"],
    ["account in [|Loyal|]", "other-subject"],
    ["region in [|Loyal|]", "not-a-set"],
    ["purchases.where([|Teams|])", "other-subject"],
  ]);
  check(
    [
      ["segment Busy of Account where [|Loyal|]", "other-subject", null],
      ["segment Busy of [|Acount|] where seats > 3", "unknown-subject", "segment Busy of Account where seats > 3"],
      ["segment Big of [|Purchase|] where amount is known", "segment-of-event"],
      ["trait [|country|] = region", "hides-field"],
      ["trait [|purchases|] = region", "hides-field"],
      ['segment [|country|] where region = "EU"', "hides-field"],
      ['list [|Loyal|] = ["a"]', "duplicate-declaration"],
      ["param [|Customer|] = 3", "duplicate-declaration"],
    ],
    (t) => t,
  );
});

test("a number that a list of numbers cannot hold is told why it is not looked for", () => {
  const text = `default entity Customer from customers {
  id      : text key
  credit  : decimal(12, 2)
  credits : list of decimal(12, 2)
}
segment Same where credits has credit
segment Twice where credits has credit * 2
`;
  const { diagnostics } = loadProject([sourceFile("a.seg", text)], { lint: false });
  expect(diagnostics.map(({ code, help }) => [code, help])).toEqual([
    ["SEG3001", "What is looked for in a list has to fit the type of its values; this may have more digits."],
  ]);
});

describe("values that do not meet", () => {
  check([
    ['visits_count > [|"3"|]', "cannot-compare", "visits_count > 3"],
    ["region = [|3|]", "cannot-compare", null],
    ['[|"3"|] < visits_count', "cannot-compare", "3 < visits_count"],
    ['signed_up_at > [|"2026-01-01"|]', "cannot-compare", "signed_up_at > 2026-01-01"],
    ["birth_date > [|3|]", "cannot-compare", null],
    ["marketing_consent = [|1|]", "cannot-compare", null],
    ["marketing_consent [|>|] false", "no-order"],
    ["marketing_consent [|in|] false..true", "no-order"],
    ['region in ["EU", [|3|]]', "cannot-compare", null],
    ["visits_count in [|DACH|]", "cannot-compare", null],
    ['visits_count in 3..[|"5"|]', "cannot-compare", "visits_count in 3..5"],
    ["birth_date in [|3|]..2026-01-01", "wrong-kind"],
    ["[|visits_count = 3 ignoring case|]", "case-of-text-only"],
    ['country [|<|] "m" ignoring case', "case-in-order", 'country < "m"'],
    ["[|region|] + 1 > 3", "wrong-kind", null],
    ["[|birth_date|] + 1 > 3", "wrong-kind", null],
    ["-[|region|] = 3", "wrong-kind", null],
    ['(visits_count else [|"none"|]) = 3', "wrong-kind", null],
    ["(signed_up_at else [|2026-01-01|]) < now", "wrong-kind", null],
    ['[|visits_count|] contains "3"', "wrong-kind", null],
    ['[|interests|] contains "yoga"', "list-as-one-value", 'interests has "yoga"'],
    ['[|interests|] starts with "yoga"', "list-as-one-value", null],
    ['[|interests|] = "yoga"', "list-as-one-value", 'interests has "yoga"'],
    ['[|interests|] != "yoga"', "list-as-one-value", null],
    ['"yoga" in [|interests|]', "list-as-one-value", 'interests has "yoga"'],
    ['"yoga" not in [|interests|]', "list-as-one-value", 'interests has none ["yoga"]'],
    ["[|interests|]", "list-as-one-value", null],
    ['[|region|] has "E"', "not-a-list", 'region contains "E"'],
    ["[|visits_count|] has 3", "not-a-list", null],
    ['[|purchases|] has "shoes"', "not-a-list", null],
    ['[|DACH|] has "AT"', "not-a-list", null],
    ["interests has [|3|]", "cannot-compare", null],
    ['interests has any ["yoga", [|3|]]', "cannot-compare", null],
    ["interests [|has|] DACH", "has-which-list", null],
    ['interests has any [|"yoga"|]', "list-brackets", 'interests has any ["yoga"]'],
    ["interests has any [|region|]", "not-a-set", null],
    ["interests has any [[|region|]]", "not-a-plain-value", null],
    ["interests has [|account|]", "row-as-value", null],
    ["purchases.where([|payload|] is known)", "json-as-value", null],
    ['purchases.where([|payload|] = "web")', "json-as-value", null],
    ['purchases.where(payload.[|chanel|] = "web")', "unknown-path", 'purchases.where(payload.channel = "web")'],
    ['purchases.where(payload.[|colour|] = "web")', "unknown-path", null],
    ["purchases.where(payload.channel > [|3|])", "cannot-compare", null],
    ["abs([|region|]) > 3", "wrong-kind", null],
    ["floor([|signed_up_at|]) > 3", "wrong-kind", null],
    ["least(visits_count, [|region|]) > 3", "cannot-compare", null],
    ["greatest(signed_up_at, [|birth_date|]) < now", "cannot-compare", null],
    ["greatest([|marketing_consent|], 3) > 2", "wrong-kind", null],
    ["[|least|](visits_count) > 3", "wrong-arguments", null],
    ["[|abs|](visits_count, 3) > 3", "wrong-arguments", null],
    ["abs([|purchases|]) > 3", "collection-as-value", "abs(purchases.count) > 3"],
    ["distance_km(score, score, 3, [|region|]) < 3", "wrong-kind", null],
    ["purchases.sum([|category|]) > 3", "wrong-kind", null],
    ["purchases.min([|is_test|]) > 3", "wrong-kind", null],
    ["age([|region|]) > 3", "wrong-kind", null],
    ["[|visits_count|] in last 30d", "wrong-kind", null],
  ]);
});

describe("what is no condition and no value", () => {
  check([
    ["[|region|]", "not-a-condition"],
    ['region = "EU" and [|visits_count|]', "not-a-condition"],
    ["[|account|]", "row-as-value", null],
    ['[|account|] = "team"', "row-as-value", null],
    ["[|purchases|] = marketing_consent", "collection-as-value", null],
    ["[|purchases|] > visits", "collection-as-value", "purchases.count > visits.count"],
    ["([|purchases|] else 3) > 2", "collection-as-value", "(purchases.count else 3) > 2"],
    ["purchases.sum([|items|]) > 2", "collection-as-value", "purchases.sum(items.count) > 2"],
    ["-[|purchases|] > 2", "collection-as-value", "-purchases.count > 2"],
    ["days_since([|purchases|]) > 2", "collection-as-value", null],
    ["[|purchases|] is known", "wrong-kind", null],
    ["signed_up_at > [|last 90d|]", "window-as-value", null],
    ["signed_up_at > [|90d|]", "duration-as-value", "signed_up_at > 90d ago"],
    ["days_since(signed_up_at) > [|90d|]", "duration-as-value", "days_since(signed_up_at) > 90"],
    ["visits_count > [|90d|]", "duration-as-value", null],
    ["region = [|DACH|]", "list-as-value", "region in DACH"],
    ["region != [|DACH|]", "list-as-value", "region not in DACH"],
    ['region in [|"EU"|]', "not-a-set", 'region = "EU"'],
    ['region not in [|"EU"|]', "not-a-set", 'region != "EU"'],
    ["country in [[|region|]]", "not-a-plain-value", null],
    ["no [|region|]", "not-a-condition"],
    ["[|no|] marketing_consent", "no-before-condition", "not marketing_consent"],
    ["[|no|] Loyal", "no-before-condition", "not Loyal"],
    ["purchases.[|category|] is known", "field-of-many", null],
    ["region.[|count|] > 3", "nothing-behind", null],
    ["account.[|count|] > 3", "nothing-behind", null],
    ["region.[|size|] > 3", "nothing-behind", null],
    ["region.[|last90d|]", "nothing-behind", null],
    ["purchases.[|sum|] > 3", "wrong-arguments", null],
    ["purchases.[|where|]", "wrong-arguments", null],
    ["purchases.[|count|](category) > 3", "wrong-arguments", null],
    ["[|age|](birth_date, birth_date) > 3", "wrong-arguments", null],
    ["hour([|birth_date|]) > 3", "wrong-kind", null],
    ["today - birth_date > [|3|]", "wrong-kind", "today - birth_date > 3d"],
    ["now - signed_up_at > [|3mo|]", "calendar-length", "now - signed_up_at > 90d"],
    ["now - signed_up_at in [|1mo|]..90d", "calendar-length", "now - signed_up_at in 30d..90d"],
    ["[|signed_up_at|] - birth_date > 90d", "wrong-kind", "date(signed_up_at) - birth_date > 90d"],
    ["today - birth_date > [|36h|]", "part-of-a-day"],
    ["today - birth_date > [|now - signed_up_at|]", "wrong-kind"],
    ["([|now|] - birth_date) > 3d", "wrong-kind", "(date(now) - birth_date) > 3d"],
    ["purchases.max([|now - ordered_at|]) > 3d", "duration-as-value", null],
    ["[|now - signed_up_at|]", "duration-as-value", null],
    ["signed_up_at + ([|now - signed_up_at|]) > now", "duration-as-value", null],
    ["anniversary([|region|]) in this month", "wrong-kind", null],
    ["anniversary(birth_date) in [|signed_up_at|]..signed_up_at + 30d", "anniversary-in-a-row-window"],
    ["year([|region|]) > 3", "wrong-kind", null],
    ["start_of([|months|], birth_date) = 2026-01-01", "not-a-period", "start_of(month, birth_date) = 2026-01-01"],
    ['start_of([|"week"|], birth_date) = 2026-01-05', "not-a-period", "start_of(week, birth_date) = 2026-01-05"],
    ["start_of([|region|], birth_date) = 2026-01-05", "not-a-period", null],
    ["[|start_of|](birth_date) = 2026-01-05", "wrong-arguments", null],
    ["account.members.[|days|] > 3", "no-time-of-its-own", null],
    ["purchases.[|days|](ordered_at) > 3", "wrong-arguments", null],
  ]);
  check(
    [
      ["trait orders = [|purchases|]", "collection-as-value", "trait orders = purchases.count"],
      ["trait home = [|account|]", "row-as-value", null],
      ["trait span = [|90d|]", "duration-as-value", null],
      ["trait hobby = [|interests|]", "list-as-one-value", null],
    ],
    (t) => t,
  );
});

describe("constraints of the model", () => {
  check([
    ['region = [|"EUR"|]', "value-not-listed", 'region = "EU"'],
    ['region = [|"eu"|]', "value-not-listed", 'region = "EU"'],
    ['region != [|"MARS"|]', "value-not-listed", null],
    ['region in ["EU", [|"NAA"|]]', "value-not-listed", 'region in ["EU", "NA"]'],
    ['account.plan = [|"teem"|]', "value-not-listed", 'account.plan = "team"'],
    ['region = [|"eux"|] ignoring case', "value-not-listed", 'region = "EU" ignoring case'],
    ["churn_risk > [|40|]", "value-out-of-range", null],
    ["churn_risk in 0..[|40|]", "value-out-of-range", null],
    ["[|-1|] < churn_risk", "value-out-of-range", null],
    ["purchases.where(Purchase.amount > [|-1|])", "value-out-of-range", null],
  ]);
  fine([
    'region = "eu" ignoring case',
    'region > "A"',
    '(region else "none") = "none"',
    "churn_risk > 40%",
    "churn_risk < 1",
  ]);
});

describe("digits", () => {
  check([
    ["credit > [|0.1234567891|]", "too-many-digits"],
    ["credit > [|123456789012345678901234567890|]", "too-many-digits"],
    ["credit * credit * credit * credit [|*|] credit > 1", "too-many-decimals"],
  ]);
  fine([
    "credit > 0.12345678900",
    "credit * credit * credit * credit > 1",
    "score > 0.123456789",
    "credit > 99999999999999999999999999999",
  ]);
});

describe("time", () => {
  check([
    [
      "purchases.during(signed_up_at..signed_up_at + [|3mo|])",
      "calendar-step-of-timestamp",
      "purchases.during(signed_up_at..signed_up_at + 90d)",
    ],
    ["signed_up_at + [|1y|] < now", "calendar-step-of-timestamp", "signed_up_at + 365d < now"],
    [
      "(purchases.latest.ordered_at else signed_up_at) - [|1q|] < now",
      "calendar-step-of-timestamp",
      "(purchases.latest.ordered_at else signed_up_at) - 90d < now",
    ],
    ["purchases.[|next7d|]", "nothing-ahead"],
    ["purchases.[|next|](7d)", "nothing-ahead"],
    ["purchases.during([|next month|])", "nothing-ahead"],
    ["purchases.during([|next 7d|])", "nothing-ahead"],
    ["account.members.[|last90d|]", "no-time-of-its-own"],
    ['account.members.[|latest|].region = "EU"', "no-time-of-its-own"],
    ["birth_date + [|36h|] < today", "part-of-a-day"],
    ["purchases.last([|region|])", "length-of-time"],
    ["purchases.during([|90d|])", "wrong-kind", "purchases.during(last 90d)"],
    ["purchases.during([|2026-01-01|])", "wrong-kind", null],
    ["purchases.since([|90d|])", "duration-as-value", "purchases.since(90d ago)"],
    ["purchases.since([|region|])", "wrong-kind", null],
    ["purchases.on([|signed_up_at|])", "wrong-kind", null],
    ["purchases.during([|3|]..2026-01-01)", "wrong-kind", null],
    ["signed_up_at in 90d ago..[|30d|]", "duration-as-value", "signed_up_at in 90d ago..30d ago"],
  ]);
  fine([
    "birth_date + 18y <= today",
    "birth_date + 48h <= today",
    "now - 3mo < signed_up_at",
    "3mo ago < signed_up_at",
    "2026-01-31T00:00 + 1mo < signed_up_at",
    "signed_up_at in next month",
    "bookings.during(next month)",
  ]);
});

describe("lists, JSON and functions of values", () => {
  fine([
    'purchases.latest.payload.channel = "web"',
    "interests is known",
    'interests has region and not interests has "yoga" ignoring case',
    'interests has any DACH or interests has none ["yoga"]',
    "least(credit, visits_count, score) > 0 and greatest(signed_up_at, now) = now",
    "least(region, country) = region",
    "purchases.sum(floor(Purchase.amount)) > abs(-credit)",
  ]);
});

describe("params, lists and annotations", () => {
  check(
    [
      ['param n : integer = [|"3"|]', "param-type", "param n : integer = 3"],
      ["param n : integer = [|2.5|]", "param-type", null],
      ["param n : decimal(3, 1) = [|1234|]", "param-type", null],
      ["param n : timestamp = [|2026-01-01|]", "param-type", "param n : timestamp = 2026-01-01T00:00"],
      ['param n : [|list of text|] = "a"', "param-type", null],
      ["param n = [|[1]|]", "not-a-plain-value", null],
      ["param n = [|EU|]", "not-a-plain-value", 'param n = "EU"'],
      ["param n = [|today|]", "not-a-plain-value", null],
      ['list L = ["AT", [|5|]]', "mixed-list", null],
      ["list L = [[|AT|]]", "not-a-plain-value", 'list L = ["AT"]'],
      ['list L = [|"AT"|]', "wrong-kind", null],
      [
        '@[|ownr|]("x")\nsegment S where region = "EU"',
        "unknown-annotation",
        '@owner("x")\nsegment S where region = "EU"',
      ],
      ['@[|kpi|]\nsegment S where region = "EU"', "unknown-annotation", null],
      ['[|@owner|]\nsegment S where region = "EU"', "annotation-arguments", null],
      ['[|@tags|]\nsegment S where region = "EU"', "annotation-arguments", null],
      ['[|@kpi("x")|]\ntrait t = visits_count', "annotation-arguments", null],
    ],
    (t) => t,
  );
});

describe("headers", () => {
  const wrap = (where: string) =>
    `entity Shop from shops where ${where} {\n  shop_id : text key\n  city : text\n  staff : many Customer by region\n}`;
  check(
    [
      ["[|staff|] > 3", "not-in-a-header"],
      ["[|citty|] is known", "unknown-name", "city is known"],
      ["[|city|]", "not-a-condition"],
    ],
    wrap,
  );
  test("a column that is no field may be named", () => {
    expect(diagnosticsOf(wrap('kind = "shop" and not closed = true and `Shop Name` contains "x"'))).toEqual([]);
  });
  test("a segment over an entity with a broken header is left out", () => {
    const text = `${wrap("staff > 3")}\nsegment S of Shop where city = "x"`;
    const project = loadProject([sourceFile("a-model.seg", SHOP_MODEL), sourceFile(FILE, text)]);
    expect(project.program.segments.has("S")).toBe(false);
  });
});

describe("one mistake is one finding", () => {
  test.each([
    [
      "an unknown name in a chain",
      'segment S where acount.plan.x = "team" and account.members.where(accunt.plan = 3)',
      2,
    ],
    [
      "a trait with an error, read by others",
      "trait t = regoin\nsegment A where t > 3\nsegment B where t > 3 and A",
      1,
    ],
    ["a trait of an unknown entity", "trait t of Acount = seats + foo\nsegment A where account.t > 3", 1],
    ["a broken segment, read by others", "segment A where region = \nsegment B where A", 1],
  ])("%s", (_, text, count) => {
    expect(diagnosticsOf(text).map((d) => d.message)).toHaveLength(count);
  });
});
