import { describe } from "vitest";
import { check, fine } from "./findings.ts";

describe("so many elements", () => {
  check([
    ["purchases.latest([|2.5|]) > 3", "not-a-count", null],
    ["purchases.latest([|-1|]) > 3", "not-a-count", null],
    ["purchases.latest([|50%|]) > 3", "not-a-count", null],
    ["purchases.first([|amount|]) > 3", "not-a-count", null],
    ["purchases.first([|visits_count|]) > 3", "not-a-count", null],
    ["purchases.top([|1 + 1|], by: Purchase.amount) > 3", "not-a-count", null],
    ["purchases.top(3, by: [|items|]) > 3", "collection-as-value", "purchases.top(3, by: items.count) > 3"],
    ["purchases.top(3, by: [|product|]) > 3", "row-as-value", null],
    ["visits.top(3, by: [|seconds > 3|]) > 3", "wrong-kind", null],
    ["purchases.[|top|](3) > 3", "wrong-arguments", null],
    ["purchases.[|top|](by: Purchase.amount) > 3", "wrong-arguments", null],
    ["purchases.[|top|](3, Purchase.amount) > 3", "wrong-arguments", null],
    ["purchases.[|top|](3, of: Purchase.amount) > 3", "wrong-arguments", null],
    ["purchases.[|latest|](3, by: Purchase.amount) > 3", "wrong-arguments", null],
    ["purchases.where(items.[|latest|](3)) > 3", "no-time-of-its-own", null],
    ["purchases.[|last|](5) > 3", "last-elements", "purchases.latest(5) > 3"],
    ["purchases.latest(3).[|amount|] > 3", "field-of-many", null],
  ]);
  fine([
    "purchases.latest(5) > 3",
    "purchases.latest(0)",
    'no purchases.first(1_000_000_000_000_000_000).where(category = "shoes")',
    "purchases.where(items.top(3, by: quantity).sum(quantity) > 3)",
    'purchases.top(by: category, 3).latest.category = "shoes"',
    "purchases.top(3, by: items.sum(quantity)).last90d.sum(Purchase.amount) > 3",
    "purchases.bottom(3, by: credit - Purchase.amount).last90d",
  ]);
});

describe("waits and gaps", () => {
  check([
    ["[|purchases.gaps|]", "gaps-as-value", null],
    ["[|purchases.gaps|] > 3", "gaps-as-value", null],
    ["[|purchases.gaps|] is known", "gaps-as-value", null],
    ["no [|purchases.gaps|]", "gaps-as-value", null],
    ["purchases.gaps.[|last90d|].median > 3", "not-of-gaps", null],
    ["purchases.gaps.[|where|](true)", "not-of-gaps", null],
    ["purchases.gaps.[|sum|](Purchase.amount) > 3", "not-of-gaps", null],
    ["purchases.gaps.[|distinct|] > 3", "not-of-gaps", null],
    ["purchases.gaps.[|amount|] > 3", "not-of-gaps", null],
    ["purchases.[|median|] > 3", "wrong-arguments", null],
    ["purchases.where(items.[|gaps|].count > 3)", "no-time-of-its-own", null],
    ["purchases.after_gap([|6mo|])", "calendar-gap", "purchases.after_gap(180d)"],
    ["visits.after_gap([|1y|])", "calendar-gap", "visits.after_gap(365d)"],
    ["visits.after_gap([|36h|])", "part-of-a-day", null],
    ["purchases.after_gap([|180|])", "length-of-time", null],
    ["purchases.most_frequent([|product|]) is known", "row-as-value", null],
    ["purchases.median([|Purchase.amount > 3|]) = true", "wrong-kind", null],
  ]);
  fine([
    "purchases.gaps.median > 3",
    "purchases.last90d.gaps.count = 3 and purchases.latest(3).gaps.max < 1.5",
    "days_since(purchases.latest.ordered_at) > 2 * purchases.gaps.median",
    "visits.after_gap(2w)",
    "visits.after_gap(48h).last30d",
    'purchases.after_gap(36h).first.category = "shoes"',
    'purchases.most_frequent(category) in ["shoes"]',
    'visits.median(page) = "x" and purchases.median(ordered_at) in last 30d',
  ]);
});

describe("collections of collections", () => {
  check([
    ['purchases.[|product|].brand = "Acme"', "link-of-many", null],
    ["purchases.[|product|] is known", "link-of-many", null],
    ["purchases.items.[|last90d|] > 3", "no-time-of-its-own", null],
    ["purchases.items.[|quantity|] > 3", "field-of-many", null],
    ['purchases.items.where([|category|] = "x")', "unknown-name", null],
    ["purchases.items.[|latest|].quantity > 3", "no-time-of-its-own", null],
    ["purchases.items.[|itms|] > 3", "unknown-step", null],
  ]);
  fine([
    "purchases.items > 3",
    "no purchases.last90d.items.where(quantity >= 10)",
    "account.members.purchases.latest(3).items.sum(quantity) > 3",
    "account.members.purchases.last90d.latest.items",
    "purchases.items.top(3, by: price).where(quantity > visits_count)",
  ]);
});
