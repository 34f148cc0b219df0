import { describe, expect, test } from "vitest";
import { lintsOf, silent, told } from "./lint-rows.ts";

describe("SEG5003: a negation over what may be missing includes it, and who is meant is to be said", () => {
  told([
    [
      '[|country|] != "FR"',
      "missing-included",
      'country != "FR" and country is known',
      'country is missing or country != "FR"',
    ],
    [
      '[|country|] not in ["FR", "DE"]',
      "missing-included",
      'country not in ["FR", "DE"] and country is known',
      'country is missing or country not in ["FR", "DE"]',
    ],
    [
      "not ([|visits_count|] > 3)",
      "missing-included",
      "not (visits_count > 3) and visits_count is known",
      "visits_count is missing or not (visits_count > 3)",
    ],
    [
      'marketing_consent or [|country|] != "FR"',
      "missing-included",
      'marketing_consent or (country != "FR" and country is known)',
      'marketing_consent or country is missing or country != "FR"',
    ],
    [
      'marketing_consent and [|country|] != "FR"',
      "missing-included",
      'marketing_consent and country != "FR" and country is known',
      'marketing_consent and (country is missing or country != "FR")',
    ],
    [
      'purchases.where([|category|] != "shoes")',
      "missing-included",
      'purchases.where(category != "shoes" and category is known)',
      'purchases.where(category is missing or category != "shoes")',
    ],
    [
      "not [|churn_risk|] > 0.4",
      "missing-included",
      "not churn_risk > 0.4 and churn_risk is known",
      "churn_risk is missing or not churn_risk > 0.4",
    ],
    [
      '[|account.plan|] != "team"',
      "missing-included",
      'account.plan != "team" and account.plan is known',
      'account.plan is missing or account.plan != "team"',
    ],
    [
      "[|account not in Teams|]",
      "missing-included",
      "account not in Teams and account is known",
      "account is missing or account not in Teams",
    ],
    [
      "not age([|birth_date|]) >= 18",
      "missing-included",
      "not age(birth_date) >= 18 and birth_date is known",
      "birth_date is missing or not age(birth_date) >= 18",
    ],
    [
      '[|abroad|] != "FR"',
      "missing-included",
      'abroad != "FR" and abroad is known',
      'abroad is missing or abroad != "FR"',
    ],
    [
      'not [|email|] contains "shop"',
      "missing-included",
      'not email contains "shop" and email is known',
      'email is missing or not email contains "shop"',
    ],
    [
      'not ([|country|] = "FR" or visits_count > 3)',
      "missing-included",
      'not (country = "FR" or visits_count > 3) and country is known and visits_count is known',
      'country is missing or visits_count is missing or not (country = "FR" or visits_count > 3)',
    ],
  ]);
  silent([
    'region != "EU"',
    'country != "FR" and country is known',
    'country is missing or country != "FR"',
    'country != "FR" and (country is missing or marketing_consent)',
    'country != "FR" and country < "M"',
    '(country else "") != "FR"',
    "not marketing_consent",
    "not visits.where(seconds > 3)",
    'no purchases.where(category = "shoes")',
    "not Loyal",
    "not (churn_risk is known)",
    "not not visits_count > 3",
    'account.plan != "team" and account is known',
    'account is missing or account.plan != "team"',
    'purchases.where(category is known).where(category != "shoes")',
    "not (country is missing)",
  ]);
  test("the entity of the rows is named", () => {
    const [one] = lintsOf('segment S where purchases.where(category != "shoes")');
    expect(one?.message).toBe("Each `Purchase` whose `category` is missing is included.");
  });
});

describe("SEG5010: a negation over what nothing has no value of includes those without anything", () => {
  told([
    ["[|not purchases.avg(amount) > 50|]", "nothing-included", "not purchases.avg(amount) > 50 and purchases"],
    [
      "[|not purchases.last90d.share(amount > 100) > 50%|]",
      "nothing-included",
      "not purchases.last90d.share(amount > 100) > 50% and purchases.last90d",
    ],
    ["[|purchases.latest.amount != 3|]", "nothing-included", "purchases.latest.amount != 3 and purchases"],
    ["[|not basket > 50|]", "nothing-included", "not basket > 50 and basket is known"],
    [
      "marketing_consent or [|not purchases.max(amount) > 50|]",
      "nothing-included",
      "marketing_consent or (not purchases.max(amount) > 50 and purchases)",
    ],
  ]);
  silent([
    "not purchases.sum(amount) > 50",
    "not purchases.count > 3",
    "not spend > 3",
    "not purchases.avg(amount) > 50 and purchases",
    "not purchases.avg(amount) > 50 and purchases >= 2",
    "not purchases.avg(amount) > 50 and purchases.avg(amount) is known",
    "(purchases.avg(amount) else 0) != 50",
    "no purchases or not purchases.avg(amount) > 50",
    "purchases.avg(amount) <= 50",
  ]);
});
