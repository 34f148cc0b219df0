import { describe, expect, test } from "vitest";
import { buildModel } from "../model/build.ts";
import { parse } from "../syntax/parse.ts";
import { sourceFile } from "../text/source.ts";
import { ACCOUNT, built, CUSTOMER, ORDER, printEntity, printed } from "./model-print.ts";

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

describe("damage", () => {
  const check = (title: string, text: string, kept: string): void =>
    test(title, () => {
      const { model, found, syntax } = built(text);
      expect(syntax.length).toBeGreaterThan(0);
      expect(found).toEqual([]);
      expect(printed(model, "Customer")).toContain(kept);
    });
  check("to one line leaves the other lines", CUSTOMER("a : text in\n  b : integer"), "b : integer");
  check(
    "to a field that the header names is not reported again",
    CUSTOMER("b : integer", "since gone").replace("joined :", "gone :: "),
    "b : integer",
  );
  check(
    "to the name of an entity is not reported by its links",
    CUSTOMER("account : Account by a\n  b : integer") + ACCOUNT.replace(" Account", ""),
    "account : unknown optional",
  );
  check(
    "to the key of an entity is not reported by its links",
    CUSTOMER("account : Account by a") + ACCOUNT.replace("account_id :", ":"),
    "account : unknown optional",
  );
});
