import { describe, expect, test } from "vitest";
import { SHOP_MODEL } from "./model.ts";
import { ACCOUNT, built, CUSTOMER, ORDER, printed } from "./model-print.ts";

describe("the model of the language's own document", () => {
  const { model, found, syntax } = built(SHOP_MODEL);
  test("has no findings", () => {
    expect([...syntax, ...found]).toEqual([]);
    expect(model.defaultEntity).toBe("Customer");
    expect([...model.entities.keys()]).toEqual([
      "Customer",
      "Account",
      "Product",
      "Purchase",
      "Item",
      "Visit",
      "Booking",
    ]);
  });
  test("has an entity with mapped, constrained, private and hidden columns, links both ways and an extension", () => {
    expect(printed(model, "Customer")).toEqual([
      "entity Customer from crm.customers key customer_id",
      "since signed_up_at",
      "until deleted_at",
      "customer_id : text",
      "region : text from Cust Region in [EU, NA, APAC]",
      "country : text optional",
      "birth_date : date optional @pii",
      "email : text optional @pii",
      "interests : list of text",
      "visits_count : integer optional",
      "score : float optional",
      "credit : decimal(12, 2) optional",
      "signed_up_at : timestamp",
      "deleted_at : timestamp optional",
      "is_test : boolean",
      "marketing_consent : boolean",
      "churn_risk : float optional of 0 in 0..1",
      "$account_id : text from account_id",
      "account : one Account by $account_id optional",
      "purchases : many Purchase by $customer_id",
      "visits : many Visit by $customer_id",
      "bookings : many Booking by $customer_id",
      "extension churn_scores by customer_id : text fresh 7d",
    ]);
  });
  test("has an event with a filter over a column that no field declares", () => {
    expect(printed(model, "Purchase")).toEqual([
      "event Purchase from crm.events key order_id",
      "at ordered_at",
      "oncePer order_id",
      "fresh 24h",
      "keeps 3y",
      "order_id : text",
      "ordered_at : timestamp",
      "amount : decimal(12, 2) in 0..",
      "category : text optional",
      "payload : json { channel : text  coupon : text }",
      "$customer_id : text from customer_id",
      "$event_name : text from event_name",
      "$product_id : text from product_id",
      "product : one Product by $product_id optional",
      "items : many Item by $order_id",
    ]);
  });
  test("has a scheduled event and one whose time is a day", () => {
    expect(printed(model, "Booking").slice(0, 3)).toEqual([
      "event Booking from crm.bookings key booking_id",
      "at starts_at",
      "scheduled",
    ]);
    expect(printed(model, "Visit").slice(0, 2)).toEqual(["event Visit from crm.visits key null", "at visited_on"]);
  });
});

describe("a field is read as", () => {
  const check = (line: string, expected: string): void =>
    test(line, () => {
      const { model, found } = built(CUSTOMER(line));
      expect(found).toEqual([]);
      expect(printed(model, "Customer").slice(3)).toEqual([expected]);
    });
  check("a : text", "a : text");
  check("a : boolean optional", "a : boolean optional");
  check("a : integer in 0..", "a : integer in 0..");
  check("a : integer in -5..5", "a : integer in -5..5");
  check("a : integer in [3, 1, 2, 1]", "a : integer in [3, 1, 2]");
  check("a : decimal(38, 9)", "a : decimal(38, 9)");
  check("a : decimal(9, 9)", "a : decimal(9, 9)");
  check("a : decimal(5, 2) in 0..999.99", "a : decimal(5, 2) in 0..999.99");
  check("a : float in 0..10%", "a : float in 0..0.1");
  check("a : date in 1900-01-01..2026-12-31", "a : date in 1900-01-01..2026-12-31");
  check("a : date in [2026-01-01]", "a : date in [2026-01-01]");
  check("a : timestamp @mutable @pii", "a : timestamp @pii @mutable");
  check('a : text from "A column" optional', "a : text from A column optional");
  check("a : list of decimal(4, 1)", "a : list of decimal(4, 1)");
  check('a : list of text in ["x", "y"]', "a : list of text in [x, y]");
  check(
    "a : json { b : text  c : boolean  d : integer  e : float }",
    "a : json { b : text  c : boolean  d : integer  e : float }",
  );
});

describe("a field in error is reported once", () => {
  const check = (line: string, found: string, fix: string | null = null): void =>
    test(line, () => {
      const answer = built(CUSTOMER(line) + ACCOUNT);
      expect(answer.found).toEqual([found]);
      expect(answer.fixes).toEqual([fix]);
    });
  check("a : string", "unknown-type: string", "text");
  check("a : Text", "unknown-type: Text", "text");
  check("a : varchar(20)", "unknown-type: varchar", "text");
  check("a : bool", "unknown-type: bool", "boolean");
  check("a : datetime", "unknown-type: datetime", "timestamp");
  check("a : timestmap", "unknown-type: timestmap", "timestamp");
  check("a : numeric", "unknown-type: numeric", "decimal(12, 2)");
  check("a : wonder", "unknown-type: wonder");
  check("a : optional", "missing-type: optional");
  check("a : text(20)", "type-takes-nothing: text(20)", "text");
  check("a : decimal", "decimal-digits: decimal");
  check("a : decimal(12)", "decimal-digits: decimal(12)");
  check("a : decimal(12, 2, 1)", "decimal-digits: decimal(12, 2, 1)");
  check("a : decimal(2, 3)", "decimal-digits: decimal(2, 3)");
  check("a : decimal(20, 10)", "decimal-digits: decimal(20, 10)");
  check("a : decimal(30, 0)", "decimal-digits: decimal(30, 0)");
  check("a : decimal(0, 0)", "decimal-digits: decimal(0, 0)");
  check("a : decimal(1.5, 1)", "decimal-digits: decimal(1.5, 1)");
  check("a : list of list of text", "list-of-many: list of text");
  check("a : list of strin", "unknown-type: strin", "text");
  check("a : json { b : date }", "json-path-type: date");
  check("a : json { b : json { c : text } }", "json-path-type: json { c : text }");
  check("a : json { b : text  b : text }", "duplicate-path: b");
  check("a : Account", "link-without-column: Account");
  check("a : boolean in [true]", "constraint-of-type: [true]");
  check('a : text in "a".."b"', 'constraint-of-type: "a".."b"');
  check("a : timestamp in 2026-01-01..", "constraint-of-type: 2026-01-01..");
  check("a : date in ..today", "constraint-form: today");
  check("a : text in b", "constraint-form: b");
  check('a : text in ["EU", 7]', "constraint-value: 7");
  check('a : integer in ["7"]', 'constraint-value: "7"');
  check("a : integer in 0..1.5", "constraint-value: 1.5");
  check("a : integer in 0..9223372036854775808", "constraint-value: 9223372036854775808");
  check("a : decimal(4, 2) in 0..100", "constraint-value: 100");
  check("a : decimal(4, 2) in 0.001..", "constraint-value: 0.001");
  check("a : date in 2026-01-01..5", "constraint-value: 5");
  check("a : text in []", "nothing-allowed: []");
  check("a : float in 1..0", "nothing-allowed: 1..0");
  check("a : date in 2026-01-02..2026-01-01", "nothing-allowed: 2026-01-02..2026-01-01");
  check("a : text @pi", "unknown-annotation: pi", "pii");
  check("a : text @owner", "unknown-annotation: owner");
  check('a : text @pii("x")', 'annotation-arguments: @pii("x")', "@pii");
  check("joined : text", "duplicate-field: joined");
  check("a : text key", "several-keys: a");
  check("a : many Acount by customer_id", "unknown-link-target: Acount", "Account");
  check("a : Acount by account_id", "unknown-link-target: Acount", "Account");
  check("a : Account by joined", "link-column-type: joined");
  check("a : Account by account_id @pii", "unknown-annotation: pii");
});

describe("keys", () => {
  const check = (title: string, text: string, ...found: readonly string[]): void =>
    test(title, () => {
      expect(built(text).found).toEqual(found);
    });
  const entity = (lines: string) => `default entity A from a {\n  ${lines}\n}`;
  check("may be text", entity("id : text key"));
  check("may be integer", entity("id : integer key"));
  check("are not float", entity("id : float key"), "key-type: float");
  check("are not lists", entity("id : list of text key"), "key-type: list of text");
  check("are there on an entity", entity("id : text"), "missing-key: A");
  check("are not optional", entity("id : text key optional"), "optional-key: id");
  check(
    "whose type is unknown are reported for that only",
    entity("id : strin key\n  bs : many A by parent"),
    "unknown-type: strin",
  );
  check("may be left out of an event", CUSTOMER("orders : many Order by customer_id") + ORDER());
  check("may stand on an event", CUSTOMER("orders : many Order by customer_id") + ORDER("order_id : integer key"));
  check(
    "are what a link to one needs",
    CUSTOMER("last_order : Order by order_id") + ORDER(),
    "nothing-to-find-by: Order",
  );
  check(
    "are what a link to many starts from",
    CUSTOMER() + ORDER("buyers : many Customer by order_id"),
    "nothing-to-find-by: buyers",
  );
  check(
    "are what an extension of an event needs",
    `${CUSTOMER() + ORDER()}extend Order from x by order_id {\n  a : text\n}`,
    "nothing-to-find-by: Order",
  );
  check(
    "that are missing are reported once for all links",
    entity("id : text\n  b : A by b_id\n  bs : many A by b_id"),
    "missing-key: A",
  );
});
