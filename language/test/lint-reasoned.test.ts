import { describe, expect, test } from "vitest";
import { lintsOf, silent, told } from "./lint-rows.ts";

describe("SEG5011: what never holds, whatever the data", () => {
  told([
    ["purchases > 5 and [|purchases < 3|]", "always-false"],
    ["purchases.last30d and [|no purchases.last90d|]", "always-false"],
    ["no purchases and [|purchases.last30d >= 1|]", "always-false"],
    ["purchases.last30d >= 3 and [|purchases.last90d < 3|]", "always-false"],
    ['country = "FR" and [|country = "DE"|]', "always-false"],
    ['country in ["FR", "DE"] and [|country in ["AT", "CH"]|]', "always-false"],
    ['country = "FR" and [|country is missing|]', "always-false"],
    ["credit > 3 and [|credit <= 3|]", "always-false"],
    ["visits_count > 3 and [|visits_count < 4|]", "always-false"],
    ["[|purchases < 0|]", "always-false"],
    ["signed_up_at in last 30d and [|signed_up_at in 2y ago..1y ago|]", "always-false"],
    ["signed_up_at in last 30d and [|not signed_up_at in last 90d|]", "always-false"],
    ["birth_date > 1990-01-01 and [|birth_date < 1980-01-01|]", "always-false"],
    ["marketing_consent and [|not marketing_consent|]", "always-false"],
    ["Loyal and [|purchases.last90d < 2|]", "always-false"],
    ["spend >= 300 and [|purchases.sum(amount) < 100|]", "always-false"],
    ["no purchases and [|purchases.avg(amount) > 3|]", "always-false"],
    ["no purchases and [|purchases.latest.amount > 3|]", "always-false"],
    ["purchases = 1 and ([|purchases = 2 or purchases = 3|])", "always-false"],
    ["purchases.where(amount > 5).where([|amount < 3|])", "always-false"],
    ["purchases.where(amount > 5 and [|amount < 3|])", "always-false"],
    ["purchases.last30d.[|during(2y ago..1y ago)|]", "always-false"],
    ["visits_count < credit and [|visits_count >= credit|]", "always-false"],
    ["(churn_risk else 0) > 0.5 and [|churn_risk is missing|]", "always-false"],
    ['region != "EU" and region != "NA" and [|region != "APAC"|]', "always-false"],
  ]);
  silent([
    "purchases > 3 and purchases < 10",
    "visits_count > 3 and visits_count < 5",
    "credit > 3 and credit < 4",
    "purchases.last30d and no purchases.during(90d ago..30d ago)",
    "purchases.last90d >= 3 and purchases.last30d < 3",
    'purchases.where(category = "a") and no purchases.where(category = "b")',
    "signed_up_at in last 3mo and signed_up_at in 200d ago..60d ago",
    "signed_up_at in this month and not signed_up_at in last 7d",
    "(churn_risk else 0) <= 0.5 and (churn_risk is missing or marketing_consent)",
    "purchases.sum(amount) = 0 and purchases",
    "Loyal and purchases.last30d > 2",
    "purchases.where(amount > 5) and purchases.where(amount < 3)",
    'purchases.first.category = "a" and purchases.latest.category = "b"',
    "false",
  ]);
  test("what is so only by the model says so", () => {
    const [one] = lintsOf('segment S where region != "EU" and region != "NA" and region != "APAC"');
    expect(one?.message).toBe(
      '`region != "APAC"` never holds together with `region != "NA"`, in data that keeps what the model says.',
    );
  });
  test("the condition that it meets is named, and shown", () => {
    const [one] = lintsOf("segment S where purchases > 5 and purchases < 3");
    expect([one?.message, one?.related.map(({ span }) => span.start)]).toEqual([
      "`purchases < 3` never holds together with `purchases > 5`.",
      [16],
    ]);
  });
  test("what a segment cannot be is told where that stands, not where it is named", () => {
    expect(
      lintsOf("segment Never where purchases > 5 and purchases < 3\nsegment S where Never and marketing_consent"),
    ).toHaveLength(1);
  });
});

describe("SEG5012: what always holds, whatever the data", () => {
  told([
    ["[|purchases > 3 or purchases < 10|]", "always-true"],
    ["[|purchases >= 0|]", "always-true"],
    ["[|marketing_consent or not marketing_consent|]", "always-true"],
    ["[|country is missing or country is known|]", "always-true"],
    ["not ([|purchases > 3 or purchases < 10|])", "always-true"],
  ]);
  silent([
    "true",
    "credit > 3 or credit <= 3",
    "purchases > 3 or purchases < 3",
    'country = "FR" or country = "DE"',
    "purchases.last30d or no purchases.last90d",
  ]);
  test("a test that a missing value fails does not always hold with its opposite test", () => {
    expect(lintsOf("segment S where credit > 3 or credit <= 3 or credit is missing").map(({ slug }) => slug)).toEqual([
      "always-true",
    ]);
  });
});

describe("SEG5013: nobody comes to it", () => {
  told([
    ['purchases >= 5 and ([|purchases < 3|] or region = "EU")', "dead-branch"],
    ['no purchases and ([|purchases.first.amount > 3|] or region = "EU")', "dead-branch"],
    ['Loyal and ([|no purchases.last1y|] or region = "EU")', "dead-branch"],
  ]);
  told(
    [
      [
        "segmentation Life {\n  Active : purchases.last90d\n  [|Recent|] : purchases.last30d\n  Other : otherwise\n}",
        "dead-branch",
      ],
      [
        "segmentation Life {\n  Some : purchases >= 1\n  None : purchases < 1\n  [|Other|] : otherwise\n}",
        "dead-branch",
      ],
      ["segmentation Life of Loyal {\n  [|None|] : no purchases\n  Other : otherwise\n}", "dead-branch"],
    ],
    (text) => text,
  );
  silent([
    'purchases >= 5 and (purchases >= 10 or region = "EU")',
    'purchases.last90d and (no purchases.last30d or region = "EU")',
    'marketing_consent and (purchases < 3 or region = "EU")',
  ]);
  silent(
    [
      "segmentation Life {\n  New : signed_up_at in last 30d\n  Active : purchases.last90d\n  Lapsing : purchases.last180d\n  Dormant : otherwise\n}",
      "segmentation Life {\n  A : purchases > 5\n  B : purchases > 3\n  C : otherwise\n}",
      "segmentation Life of Loyal {\n  A : purchases > 5\n  C : otherwise\n}",
    ],
    (text) => text,
  );
});

describe("SEG5014: what changes nothing beside another condition", () => {
  told([
    ["purchases.last30d and [|purchases.last90d|]", "redundant-condition", "purchases.last30d"],
    ["[|purchases.last90d|] and purchases.last30d", "redundant-condition", "purchases.last30d"],
    ["[|purchases >= 3|] and purchases >= 5", "redundant-condition", "purchases >= 5"],
    ["purchases >= 3 or [|purchases >= 5|]", "redundant-condition", "purchases >= 3"],
    [
      'region = "EU" and marketing_consent and [|region in ["EU"]|]',
      "redundant-condition",
      'region = "EU" and marketing_consent',
    ],
    ['country = "FR" and [|country in ["FR", "DE"]|]', "redundant-condition", 'country = "FR"'],
    ["Loyal and [|purchases.last90d > 1|]", "redundant-condition", "Loyal"],
    [
      "purchases.last90d.where(amount > 50) and [|purchases.last1y.where(amount > 10)|]",
      "redundant-condition",
      "purchases.last90d.where(amount > 50)",
    ],
    ["signed_up_at in last 30d and [|signed_up_at in last 90d|]", "redundant-condition", "signed_up_at in last 30d"],
    ["marketing_consent or is_test or [|marketing_consent|]", "redundant-condition", "marketing_consent or is_test"],
    ["marketing_consent and (is_test and [|is_test|])", "redundant-condition", "marketing_consent and (is_test)"],
    [
      'not country = "FR" and country is known and [|country != "FR"|]',
      "redundant-condition",
      'not country = "FR" and country is known',
    ],
  ]);
  silent([
    "purchases.last30d >= 3 and purchases.last90d >= 5",
    "purchases.last30d or purchases.last90d >= 5",
    "purchases.last4w and purchases.last1mo",
    'country = "FR" and country is known',
    'country is missing or country != "FR"',
    "purchases.last90d.where(amount > 10) and purchases.last30d.where(amount > 5)",
    "visits.last30d and purchases.last90d",
  ]);
});

describe("SEG5015: two names for one meaning", () => {
  const as = (text: string): string => text;
  told(
    [
      [
        'segment A where region = "EU" and purchases\nsegment [|B|] where purchases >= 1 and region in ["EU"]',
        "duplicate-segment",
      ],
      ["segment A where marketing_consent\nsegment [|B|] where not not marketing_consent", "duplicate-segment"],
      ["segment [|Fans|] where purchases.last90d >= 4", "duplicate-segment"],
      [
        'segment A where not (is_test or region = "EU")\nsegment [|B|] where region != "EU" and not is_test',
        "duplicate-segment",
      ],
    ],
    as,
  );
  silent(
    [
      'segment A where region = "EU"\nsegment B where region = "NA"',
      "segment Fans where Loyal",
      '@deprecated("use Loyal")\nsegment Fans where purchases.last90d > 3',
      "segment A where purchases.last30d\nsegment B where purchases.last1mo",
      'segment A of Account where plan = "free"\nsegment B of Account where plan != "free" and seats > 3',
    ],
    as,
  );
});
