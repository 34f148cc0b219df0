import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { printPred } from "../meaning/print.ts";
import { loadProject } from "../project.ts";
import { sourceFile } from "../text/source.ts";
import { SHOP_MODEL } from "./model.ts";

const EXTRA = `event Term from terms at began {
  began : date
  month : text
  count : integer
}
extend Customer from more by customer_id {
  group : text
}
`;

const MODEL = SHOP_MODEL.replace("  bookings ", "  terms : many Term by customer_id\n  bookings ") + EXTRA;

const load = (where: string) =>
  loadProject([sourceFile("model.seg", MODEL), sourceFile("s.seg", `segment Subject where ${where}`)]);

/** What each condition means, as `printPred` writes it. */
function means(rows: readonly (readonly [where: string, meaning: string])[]): void {
  test.each(rows.map((row) => [row[0], row] as const))("%s", (where, [, meaning]) => {
    const { diagnostics, program } = load(where);
    expect(diagnostics).toEqual([]);
    expect(printPred(program.segments.get("Subject")?.condition as never)).toBe(meaning);
  });
}

/** The one finding of each condition, with the texts of its fixes, the preferred one marked with `*`. */
function refused(rows: readonly (readonly [where: string, slug: string, fixes?: readonly string[]])[]): void {
  test.each(rows.map((row) => [row[0], row] as const))("%s", (where, [, slug, fixes = []]) => {
    const { diagnostics } = load(where);
    expect(diagnostics.map((d) => d.slug)).toEqual([slug]);
    expect(diagnostics.flatMap(written)).toEqual(fixes);
  });
}

const written = (found: Diagnostic): readonly string[] =>
  found.fixes.map((fix) => `${fix.preferred ? "*" : ""}${fix.edits.map((edit) => edit.newText).join("")}`);

describe("`.followed_by(B, within: 24h)` and its kin, optional `same: f` or `same: [f, g]`", () => {
  means([
    ["purchases.followed_by(bookings, within: 24h)", "(exists (purchases (followed_by bookings within=24h)))"],
    ["no purchases.not_followed_by(purchases)", "(not (exists (purchases (not_followed_by purchases))))"],
    [
      "purchases.preceded_by(purchases, within: 7d, same: category) > 2",
      "(> (count (purchases (preceded_by purchases within=7d same=category))) 2)",
    ],
    [
      "purchases.not_preceded_by(purchases, same: [category, amount])",
      "(exists (purchases (not_preceded_by purchases same=category same=amount)))",
    ],
    [
      "purchases.followed_by(same: order_id, within: 1h, purchases)",
      "(exists (purchases (followed_by purchases within=1h same=order_id)))",
    ],
    [
      "purchases.followed_by(bookings.followed_by(purchases, within: 1h), within: 24h)",
      "(exists (purchases (followed_by (bookings (followed_by purchases within=1h)) within=24h)))",
    ],
    [
      'account.members.where(visits.followed_by(visits.where(page = "x"), within: 3mo))',
      '(exists (account.members (where (exists (1.visits (followed_by (1.visits (where (= 2.page "x"))) within=3mo))))))',
    ],
    ["visits.followed_by(visits, within: 48h)", "(exists (visits (followed_by visits within=2d)))"],
  ]);
  refused([
    ["purchases.followed_by(visits)", "two-kinds-of-time"],
    ["purchases.followed_by(account)", "wrong-kind"],
    ["purchases.followed_by(items)", "unknown-name"],
    ["purchases.followed_by(account.members)", "wrong-kind"],
    ["account.members.followed_by(purchases)", "no-time-of-its-own"],
    ["purchases.followed_by(within: 1h)", "wrong-arguments"],
    ["purchases.followed_by(bookings, after: 1h)", "wrong-arguments"],
    ["purchases.followed_by(bookings, within: 3)", "length-of-time"],
    ["purchases.followed_by(bookings, within: 1mo)", "calendar-step-of-timestamp", ["*30d"]],
    ["visits.followed_by(visits, within: 36h)", "part-of-a-day"],
    ["purchases.followed_by(bookings, same: category)", "not-on-both-sides"],
    ["purchases.followed_by(purchases, same: product)", "not-on-both-sides"],
    ["purchases.followed_by(purchases, same: payload)", "not-on-both-sides"],
    ["purchases.followed_by(purchases, same: 3)", "wrong-arguments"],
    ["purchases.followed_by(purchases.per(category))", "wrong-kind"],
  ]);
});

describe("`.per(product_id)`, `.per(day)` (week month quarter year), `.per(7d)`: groups", () => {
  means([
    ["purchases.per(category).count >= 2", "(>= (count (purchases (per 1.category))) 2)"],
    [
      "purchases.per(month).max(sum(amount)) > 5",
      "(> (max (purchases (per (start_of month (local_date 1.ordered_at)))) (sum 1.group 2.amount)) 5:d31.2)",
    ],
    ["visits.per(week)", "(exists (visits (per (start_of week 1.visited_on))))"],
    ["purchases.per(7d)", "(exists (purchases (per (period 1.ordered_at 7d as-of))))"],
    [
      "purchases.last90d.before(30d ago).per(7d)",
      "(exists (purchases [as-of-90d as-of] [open as-of-30d] (per (period 1.ordered_at 7d as-of as-of-30d))))",
    ],
    ["visits.per(48h)", "(exists (visits (per (period 1.visited_on 2d as-of))))"],
    [
      "purchases.per(items.sum(quantity)).share(count >= 2) = 1",
      "(= (share (purchases (per (sum 1.items 2.quantity))) (>= (count 1.group) 2)) 1:f)",
    ],
    [
      "purchases.last7d.per(category).where(count >= 3 and no bookings.where(city = group))",
      "(exists (purchases [as-of-7d as-of] (per 1.category) (where (and (>= (count 1.group) 3) (not (exists (bookings (where (= 2.city 1.group)))))))))",
    ],
    [
      "purchases.per(category).where(no bookings.where(starts_at > max(ordered_at)))",
      "(exists (purchases (per 1.category) (where (not (exists (bookings (where (> 2.starts_at (max 1.group 2.ordered_at)))))))))",
    ],
    [
      'purchases.per(category).where(sum(items.sum(quantity)) > 3 and region = "EU")',
      '(exists (purchases (per 1.category) (where (and (> (sum 1.group (sum 2.items 3.quantity)) 3) (= region "EU")))))',
    ],
    ["terms.per(Term.month)", "(exists (terms (per 1.month)))"],
    ["terms.per(`month`)", "(exists (terms (per 1.month)))"],
    [
      "purchases.per(category).where(group = Customer.group)",
      "(exists (purchases (per 1.category) (where (= 1.group group))))",
    ],
  ]);
  refused([
    ["purchases.per(7d) > 2", "collection-as-value", ["*.count"]],
    ["2 < purchases.per(7d)", "collection-as-value", ["*.count"]],
    ["purchases.per(7d) in 1..2", "collection-as-value", ["*.count"]],
    ["purchases.per(category).last7d", "after-per"],
    ["purchases.per(category).since(2026-01-01)", "after-per"],
    ["purchases.per(category).latest.amount > 3", "after-per"],
    ["purchases.per(category).followed_by(bookings)", "after-per"],
    ["purchases.per(category).per(month)", "after-per"],
    ["purchases.per(category).days > 3", "after-per"],
    ["purchases.per(category).amount > 3", "after-per"],
    ["purchases.per(category).items", "after-per"],
    ["purchases.per(category).where(Purchase.amount > 3)", "entity-out-of-scope"],
    ["purchases.per(category).where(amount > 3)", "field-of-group", ["sum(amount)", "min(amount)", "max(amount)"]],
    ['purchases.per(category).where(category = "x")', "field-of-group", ["*group"]],
    ["purchases.per(category).max(ordered_at) > 2026-01-01", "field-of-group", ["min(ordered_at)", "max(ordered_at)"]],
    ['purchases.per(category).where(product.brand = "x")', "field-of-group", ["share(product) > 0"]],
    ["purchases.per(category).where(share(amount > avg(amount)) > 0.5)", "unknown-function"],
    ["purchases.per(category).where(sum(amount, amount) > 3)", "wrong-arguments"],
    ["purchases.per(1mo).count > 2", "period-of-no-length", ["*month"]],
    ["purchases.per(2mo).count > 2", "period-of-no-length"],
    ["purchases.per(0d).count > 2", "period-of-no-length"],
    ["visits.per(36h).count > 2", "part-of-a-day"],
    ["account.members.per(month).count > 2", "no-time-of-its-own"],
    ["terms.per(month).count > 2", "ambiguous-name", ["Term.month", "start_of(month, began)"]],
    ["purchases.per(product).count > 2", "row-as-value"],
    ["purchases.per(category).where(terms.where(count > 3))", "ambiguous-name", ["Term.count"]],
    ["purchases.where(group = 3)", "cannot-compare"],
    ["purchases.where(sum(amount) > 3)", "unknown-function"],
  ]);
});
