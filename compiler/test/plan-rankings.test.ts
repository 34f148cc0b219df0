import { describe, expect, test } from "vitest";
import { check, planOf } from "./plan-of.ts";

describe("a ranking", () => {
  test("is one relation over the values that it compares, joined by key", () => {
    check("segment A where top 10% by purchases.sum(amount) of (marketing_consent) per country", [
      "customer_rows ← crm.customers",
      "purchase_rows ← crm.events, customer_rows",
      "customer_purchases ← purchase_rows: sum",
      "customer_asked ← customer_rows, customer_purchases",
      "customer_ranked ← customer_asked",
      "people ← customer_rows, customer_ranked",
    ]);
  });

  test("of a linked row is over all rows of its entity", () => {
    check(
      "trait fifth of Account = quintile(seats)\nsegment A where account.fifth = 5",
      [
        "customer_rows ← crm.customers",
        "account_rows ← crm.accounts",
        "account_asked ← account_rows",
        "account_ranked ← account_asked",
        "people ← customer_rows, account_rows, account_ranked",
      ],
      ["A"],
    );
  });

  test("in a ranking stands before it", () => {
    check("segment A where top 10 by credit of (not top 3 by score)", [
      "customer_rows ← crm.customers",
      "customer_asked_2 ← customer_rows",
      "customer_ranked ← customer_asked_2",
      "customer_asked ← customer_rows, customer_ranked",
      "customer_ranked_2 ← customer_asked",
      "people ← customer_rows, customer_ranked_2",
    ]);
  });

  test("whose order asks the elements that are asked for their place does not read itself", () => {
    const { relations } = planOf(
      "segment Best where top 3 by account.members.count\nsegment A of Account where members.where(Best).count >= 2 and members > 3",
      undefined,
      undefined,
      undefined,
      ["A"],
    );
    const before = new Set<string>();
    for (const { name, sources } of relations) {
      for (const { of } of sources) if (of.kind === "relation") expect(before).toContain(of.name);
      before.add(name);
    }
    expect(before).toContain("customer_ranked");
  });

  test("is shared by a hundred segments, with a column for each way to count", () => {
    const text = Array.from(
      { length: 100 },
      (_, i) => `segment S${i} where ${i % 2 ? "top" : "bottom"} ${i + 1} by purchases.sum(amount) per country`,
    ).join("\n");
    const { relations, people } = planOf(text);
    expect(relations.map(({ name }) => name)).toEqual([
      "customer_rows",
      "purchase_rows",
      "customer_purchases",
      "customer_asked",
      "customer_ranked",
    ]);
    expect(relations.at(-1)?.columns.map(({ name }) => name)).toEqual(["key", "bottom_place", "top_place"]);
    expect(people.sources.length).toBe(2);
  });

  test("relies on the keys of its entity", () => {
    const { keyed } = planOf("segment A of Account where top 3 by seats");
    expect(keyed).toEqual([{ entity: "Account", extensions: [] }]);
  });
});
