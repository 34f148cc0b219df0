import { describe, expect, test } from "vitest";
import { buildModel } from "../model/build.ts";
import type { Entity, Field, Link, Model } from "../model/model.ts";
import { parse } from "../syntax/parse.ts";
import { sourceFile } from "../text/source.ts";
import { printType } from "../types/print.ts";
import { SHOP_MODEL } from "./model.ts";

/** The model of some files, `a.seg`, `b.seg`, …; the texts must parse unless they are about broken ones. */
function built(...texts: readonly string[]) {
  const sources = texts.map((text, i) => sourceFile(`${String.fromCharCode(97 + i)}.seg`, text));
  const parsed = sources.map(parse);
  const { model, diagnostics } = buildModel(parsed.map((p) => p.file));
  const blamed = (file: string, span: { readonly start: number; readonly end: number }): string =>
    sources.find((s) => s.path === file)!.text.slice(span.start, span.end);
  return {
    model,
    diagnostics,
    syntax: parsed.flatMap((p) => p.diagnostics).map((d) => `${d.code} ${d.slug}`),
    found: diagnostics.map((d) => `${d.slug}: ${blamed(d.file, d.span)}`),
    fixes: diagnostics.map((d) => d.fixes[0]?.edits[0]?.newText ?? null),
  };
}

const printField = (f: Field): string =>
  [
    f.name,
    ":",
    printType(f.type),
    f.column === f.name ? "" : `from ${f.column}`,
    f.optional && !f.hidden ? "optional" : "",
    f.extension === null ? "" : `of ${f.extension}`,
    f.constraint === null
      ? ""
      : f.constraint.kind === "oneOf"
        ? `in [${f.constraint.values.join(", ")}]`
        : `in ${f.constraint.from ?? ""}..${f.constraint.to ?? ""}`,
    ...f.annotations.map((a) => `@${a}`),
  ]
    .filter((part) => part !== "")
    .join(" ");

const printLink = (l: Link): string =>
  `${l.name} : ${l.kind} ${l.target} by ${l.field}${l.optional ? " optional" : ""}`;

const printEntity = (e: Entity): readonly string[] => [
  `${e.kind} ${e.name} from ${e.table.join(".")} key ${e.key}`,
  ...(["since", "until", "at", "oncePer"] as const).filter((c) => e[c] !== null).map((c) => `${c} ${e[c]}`),
  ...(e.scheduled ? ["scheduled"] : []),
  ...(["fresh", "keeps"] as const).filter((c) => e[c] !== null).map((c) => `${c} ${e[c]!.amount}${e[c]!.unit}`),
  ...[...e.fields.values()].map(printField),
  ...[...e.links.values()].map(printLink),
  ...e.extensions.map(
    (x) =>
      `extension ${x.table.join(".")} by ${x.by} : ${printType(x.byType)}${x.fresh === null ? "" : ` fresh ${x.fresh.amount}${x.fresh.unit}`}`,
  ),
];

const printed = (model: Model, name: string): readonly string[] => printEntity(model.entities.get(name)!);

/** A model with one entity `Customer`, an event `Order` and an entity `Account`; each may be given more lines or another header. */
const CUSTOMER = (lines = "", header = "") =>
  `default entity Customer from customers ${header} {\n  customer_id : text key\n  joined : timestamp\n  ${lines}\n}\n`;
const ORDER = (lines = "", header = "at placed") =>
  `event Order from orders ${header} {\n  placed : timestamp\n  ${lines}\n}\n`;
const ACCOUNT = "entity Account from accounts {\n  account_id : text key\n}\n";

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

describe("links", () => {
  const check = (title: string, text: string, entity: string, ...expected: readonly string[]): void =>
    test(title, () => {
      const { model, found } = built(text);
      expect(found).toEqual([]);
      const parts = printed(model, entity).filter(
        (line) => line.startsWith("$") || line.includes(" : one ") || line.includes(" : many "),
      );
      expect(parts).toEqual(expected);
    });
  check(
    "use the declared field of the column",
    CUSTOMER("account_id : text\n  account : Account by account_id") + ACCOUNT,
    "Customer",
    "account : one Account by account_id",
  );
  check(
    "prefer the column's name to the field's",
    CUSTOMER('acc : text from "a"\n  a : text from "b"\n  account : Account by a') + ACCOUNT,
    "Customer",
    "account : one Account by acc",
  );
  check(
    "else take the field's name",
    CUSTOMER('acc : text from "a"\n  account : Account by acc') + ACCOUNT,
    "Customer",
    "account : one Account by acc",
  );
  check(
    "may follow one hidden column several times",
    CUSTOMER("boss : Customer by boss_id\n  team : many Customer by boss_id"),
    "Customer",
    "$boss_id : text from boss_id",
    "boss : one Customer by $boss_id",
    "team : many Customer by $boss_id",
  );
  check(
    "take hidden columns in the order of their names",
    CUSTOMER("b : Customer by b_id\n  a : Customer by a_id"),
    "Customer",
    "$a_id : text from a_id",
    "$b_id : text from b_id",
    "b : one Customer by $b_id",
    "a : one Customer by $a_id",
  );
  check(
    "of an extension follow a column of its table",
    `${CUSTOMER()}extend Customer from crm.scores by customer_id {\n  rival : Customer by rival_id\n}`,
    "Customer",
    "$crm.scores.rival_id : text of 0".replace(" of 0", " from rival_id of 0"),
    "rival : one Customer by $crm.scores.rival_id optional",
  );
  test("to keys of two types over one column are reported", () => {
    const text = `${CUSTOMER("orders : many Order by owner")}entity Shop from shops {\n  shop_id : integer key\n  orders : many Order by owner\n}\n${ORDER()}`;
    expect(built(text).found).toEqual(["link-column-type: owner"]);
  });
  test("in error stay as fields whose type is unknown, so that what reads them is silent", () => {
    const { model } = built(CUSTOMER("a : Acount by x"));
    expect(printed(model, "Customer").at(-1)).toBe("a : unknown optional");
  });
});

describe("headers", () => {
  const check = (title: string, text: string, ...found: readonly string[]): void =>
    test(title, () => {
      expect(built(text).found).toEqual(found);
    });
  check(
    "of entities have since, until, where, fresh and keeps",
    CUSTOMER("gone : date\n  ok : boolean", "since joined until gone where ok fresh within 24h keeps 3y"),
  );
  check(
    "of events have all but by",
    CUSTOMER() +
      ORDER(
        "gone : date",
        'since placed until gone where kind = "x" at placed scheduled once per nr fresh within 1d keeps 1q',
      ),
  );
  check("of entities have no at", CUSTOMER("", "at joined"), "misplaced-clause: at joined");
  check("of entities have no scheduled", CUSTOMER("", "scheduled"), "misplaced-clause: scheduled");
  check("of entities have no once per", CUSTOMER("", "once per joined"), "misplaced-clause: once per joined");
  check("have no by", CUSTOMER("", "by joined"), "misplaced-clause: by joined");
  check(
    "of extensions have no where",
    `${CUSTOMER()}extend Customer from x by customer_id where a = 1 {\n  a : integer\n}`,
    "misplaced-clause: where a = 1",
  );
  check("say each thing once", CUSTOMER("", "since joined since joined"), "repeated-clause: since joined");
  check("of events say when", CUSTOMER() + ORDER("", ""), "missing-time: Order");
  check("name fields", CUSTOMER("", "since joind"), "unknown-header-field: joind");
  check("name dates or timestamps", CUSTOMER("a : text", "until a"), "header-field-type: a");
  check("of events name a time that is one", CUSTOMER() + ORDER("a : text", "at a"), "header-field-type: a");
  check("do not report again what is reported", CUSTOMER("a : strin", "until a"), "unknown-type: strin");
  check(
    "name single values after once per",
    CUSTOMER() + ORDER("a : list of text", "at placed once per a"),
    "header-field-type: a",
  );
  check("need a length of time after fresh within", CUSTOMER("", "fresh within 24"), "not-a-duration: 24");
  check("may name a field by its column", CUSTOMER('left : date from "left on"', "until `left on`"));
  test("with a misspelt time suggest a field that is one", () => {
    expect(built(CUSTOMER("", "since joind")).fixes).toEqual(["joined"]);
  });
  test("of an event without a time leave one of unknown type, so that windows are silent", () => {
    const order = built(CUSTOMER() + ORDER("", "")).model.entities.get("Order")!;
    expect(order.fields.get(order.at!)!.type.kind).toBe("error");
  });
});

describe("a header's where takes columns that no field declares", () => {
  const check = (where: string, ...hidden: readonly string[]): void =>
    test(where, () => {
      const { model, found } = built(
        `${CUSTOMER("ok : boolean", `where ${where}`)}list KINDS = ["a", "b"]\nparam least : integer = 3`,
      );
      expect(found).toEqual([]);
      expect(printed(model, "Customer").filter((line) => line.startsWith("$"))).toEqual(hidden);
    });
  check("ok");
  check('kind = "x"', "$kind : text from kind");
  check('"x" = kind', "$kind : text from kind");
  check("kind != 1", "$kind : integer from kind");
  check("kind > -1", "$kind : integer from kind");
  check("kind >= 0.5", "$kind : float from kind");
  check("kind = true", "$kind : boolean from kind");
  check("kind < 2026-01-01", "$kind : date from kind");
  check("kind < 2026-01-01T00:00Z", "$kind : timestamp from kind");
  check('kind in ["a", "b"]', "$kind : text from kind");
  check("kind in [1, 2.5]", "$kind : float from kind");
  check("kind in 1..5", "$kind : integer from kind");
  check("kind in ..5", "$kind : integer from kind");
  check("kind in KINDS", "$kind : text from kind");
  check('kind starts with "a"', "$kind : text from kind");
  check('not (kind = "x" or (ok and other = 2))', "$kind : text from kind", "$other : integer from other");
  check('`Event Name` = "x"', "$Event Name : text from Event Name");
  check("least > 3");
  check("kind is known");
  check("kind = other");
});

describe("extensions", () => {
  const check = (title: string, text: string, ...found: readonly string[]): void =>
    test(title, () => {
      expect(built(text).found).toEqual(found);
    });
  const extend = (lines: string, header = "by customer_id", name = "Customer") =>
    `extend ${name} from scores ${header} {\n  ${lines}\n}\n`;
  check(
    "of an unknown entity are reported once",
    CUSTOMER() + extend("a : text", "by x", "Custmer"),
    "unknown-extended: Custmer",
  );
  check("need a column", CUSTOMER() + extend("a : text", ""), "extension-without-column: Customer");
  check("have no key", CUSTOMER() + extend("a : text key"), "key-in-extension: a");
  check("share the names of the entity", CUSTOMER() + extend("joined : date"), "duplicate-field: joined");
  check("share the names of each other", CUSTOMER() + extend("a : date") + extend("a : date"), "duplicate-field: a");
  check("hold the key in its type", CUSTOMER() + extend("owner : integer", "by owner"), "link-column-type: owner");
  test("may stand before what they extend, and in another file", () => {
    const { model, found } = built(extend("a : text"), CUSTOMER());
    expect(found).toEqual([]);
    expect(printed(model, "Customer").filter((line) => line.startsWith("a ") || line.startsWith("extension"))).toEqual([
      "a : text optional of 0",
      "extension scores by customer_id : text",
    ]);
  });
  test("take the column of a field that they name", () => {
    const { model } = built(CUSTOMER() + extend('owner : text from "Owner Id"', "by owner"));
    expect(printed(model, "Customer").at(-1)).toBe("extension scores by Owner Id : text");
  });
});

describe("the project", () => {
  const check = (title: string, texts: readonly string[], ...found: readonly string[]): void =>
    test(title, () => {
      expect(built(...texts).found).toEqual(found);
    });
  check(
    "has one entity of a name",
    [CUSTOMER(), "entity Customer from x {\n  a : text key\n}"],
    "duplicate-declaration: Customer",
  );
  check("has one default", [CUSTOMER(), "default entity Shop from x {\n  a : text key\n}"], "several-defaults: Shop");
  check("has no annotations on entities", [`@owner("x")\n${CUSTOMER()}`], "unknown-annotation: owner");
  test("does not choose the only entity as default by itself", () => {
    expect(built("entity Shop from x {\n  a : text key\n}").model.defaultEntity).toBe(null);
  });
  test("may be empty", () => {
    expect(built("").model.entities.size).toBe(0);
  });
  test("is the same whatever the order of its files", () => {
    const files = [
      CUSTOMER("orders : many Order by c"),
      ORDER("x : Customer by b"),
      `${ACCOUNT}extend Account from e by k {\n  z : text\n}`,
    ];
    const model = (paths: readonly number[]) => {
      const parsed = paths.map((i) => parse(sourceFile(`${i}.seg`, files[i]!)).file);
      return [...buildModel(parsed).model.entities.values()].map(printEntity);
    };
    expect(model([2, 0, 1])).toEqual(model([0, 1, 2]));
  });
});

test("damage to one line leaves the other lines, and says nothing more", () => {
  const text = CUSTOMER("a : text from in\n  b : integer");
  const { model, found, syntax } = built(text);
  expect(syntax.length).toBeGreaterThan(0);
  expect(found).toEqual([]);
  expect(printed(model, "Customer")).toContain("b : integer");
});
