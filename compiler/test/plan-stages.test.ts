import { describe, expect, test } from "vitest";
import { check, planOf } from "./plan-of.ts";

describe("the stages of a collection", () => {
  test("are a relation each, over the one before", () => {
    check('segment A where visits.last30d.latest(5).where(page = "x").top(2, by: seconds).sum(seconds) > 3', [
      "customer_rows ← crm.customers",
      "visit_rows ← crm.visits",
      "visits_taken ← visit_rows",
      "visits_taken_2 ← visits_taken",
      "customer_visits ← visits_taken_2: sum",
      "people ← customer_rows, customer_visits",
    ]);
  });

  test("are shared by all that begin alike, with what comes after them in one relation", () => {
    check(
      [
        "segment A where visits.latest(5).sum(seconds) > 3",
        'segment B where visits.latest(5).where(page = "x") and visits.latest(5).max(seconds) > 2',
      ].join("\n"),
      [
        "customer_rows ← crm.customers",
        "visit_rows ← crm.visits",
        "visits_taken ← visit_rows",
        "customer_visits ← visits_taken: sum, count if, max",
        "people ← customer_rows, customer_visits",
      ],
    );
  });

  test("number the elements only where others are compared with them", () => {
    check("segment A where visits.latest(5).where(bookings.where(starts_at > visited_on))", [
      "customer_rows ← crm.customers",
      "visit_rows ← crm.visits",
      "visits_taken ← customer_rows, visit_rows",
      "visits_numbered ← visits_taken",
      "booking_rows ← crm.bookings",
      "bookings_by_visits ← visits_numbered, booking_rows: count",
      "visits_by_customer ← visits_numbered, bookings_by_visits: count",
      "people ← customer_rows, visits_by_customer",
    ]);
  });

  test("lead on to the rows behind another link", () => {
    check("segment A where account.members.visits.sum(seconds) > 3", [
      "customer_rows ← crm.customers",
      "account_rows ← crm.accounts",
      "visit_rows ← crm.visits",
      "members_flat ← customer_rows, visit_rows",
      "account_members ← members_flat: sum",
      "people ← customer_rows, account_rows, account_members",
    ]);
  });

  test("of nothing are none", () => {
    check("segment A where visits.latest(0) or visits_count > 3", [
      "customer_rows ← crm.customers",
      "people ← customer_rows",
    ]);
  });
});

describe("plans grow with the text, and no faster", () => {
  const size = (text: string): number => JSON.stringify(planOf(text)).length;
  /** Of twice as many steps at most a little more than twice as much. */
  const linear = (step: (at: number) => string, wrap: (steps: string) => string): void => {
    const of = (count: number): number => size(wrap(Array.from({ length: count }, (_, at) => step(at)).join("")));
    const [few, more] = [of(12), of(24)];
    expect(more).toBeLessThan(few * 2.3);
  };

  test.each([
    ["takes", (at: number) => `.latest(${at + 1})`],
    ["takes by a value", (at: number) => `.top(${at + 1}, by: seconds + ${at})`],
    ["gaps", (at: number) => `.after_gap(${at + 1}d)`],
    ["conditions between takes", (at: number) => `.where(seconds > ${at}).first(${at + 1})`],
  ] as const)("with many %s in a chain", (_, step) => {
    linear(step, (steps) => `segment A where visits${steps} > 3`);
  });

  test("with many medians side by side", () => {
    linear(
      (at) => `visits.where(seconds > ${at}).median(seconds) > ${at} and `,
      (steps) => `segment A where ${steps}visits_count > 3`,
    );
  });
});
