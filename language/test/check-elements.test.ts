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
