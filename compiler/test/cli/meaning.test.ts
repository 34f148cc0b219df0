import { expect, test } from "vitest";
import { loadProject } from "../../../language/project.ts";
import { SHOP_MODEL } from "../../../language/test/model.ts";
import { sourceFile } from "../../../language/text/source.ts";
import { currentFields } from "../../cli/current-fields.ts";
import { meaningHashes } from "../../cli/meaning-hash.ts";

function programOf(segments: string, model = SHOP_MODEL) {
  const { program, diagnostics } = loadProject([sourceFile("model.seg", model), sourceFile("segments.seg", segments)]);
  expect(diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
  return program;
}

const hash = (segments: string, model?: string): string => meaningHashes(programOf(segments, model))("A");

const BASE = `segment A where region = "EU" and purchases.last90d > 3`;

test("A hash is SHA-256 in hex", () => {
  expect(hash(BASE)).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  ["layout and comments", `// why\nsegment A\n  where region = "EU"\n    and purchases.last90d > 3 // at last`],
  [
    "a title, an owner, tags",
    `@owner("crm@shop.example") @tags(x) segment A "Title" where region = "EU" and purchases.last90d > 3`,
  ],
  ["the spelling of a window", `segment A where region = "EU" and purchases.last(90 days) > 3`],
  ["needless parentheses", `segment A where (region = "EU") and (purchases.last90d > 3)`],
  ["other declarations", `segment Z where region = "NA"\nsegment A where region = "EU" and purchases.last90d > 3`],
])("A hash stays the same under %s", (_, text) => {
  expect(hash(text)).toBe(hash(BASE));
});

test("A hash stays the same when a list, a trait, a segment or a field is only renamed", () => {
  expect(hash(`list X = ["EU"]\nsegment A where region in X`)).toBe(
    hash(`list Y = ["EU"]\nsegment A where region in Y`),
  );
  expect(hash(`list X = ["EU"]\nsegment A where region in X`)).toBe(hash('segment A where region in ["EU"]'));
  expect(hash("trait x = purchases.sum(amount)\nsegment A where x > 3")).toBe(
    hash("trait y = purchases.sum(amount)\nsegment A where y > 3"),
  );
  expect(hash(`segment X where region = "EU"\nsegment A where not X`)).toBe(
    hash(`segment Y where region = "EU"\nsegment A where not Y`),
  );
  expect(hash(`segment A where area = "EU"`, SHOP_MODEL.replace("region            : text", "area : text"))).toBe(
    hash(`segment A where region = "EU"`),
  );
});

test("A hash changes with the column of a list or of JSON, and with a path, and not with the name of the field", () => {
  const ofList = (field: string, column = "interests") =>
    hash(
      `segment A where ${field} has "yoga"`,
      SHOP_MODEL.replace("interests         : list of text", `${field} : list of text from "${column}"`),
    );
  expect(ofList("hobbies")).toBe(ofList("interests"));
  expect(ofList("interests", "hobbies")).not.toBe(ofList("interests"));
  const ofPath = (path: string) => hash(`segment A where purchases.where(payload.${path} = "x")`);
  expect(ofPath("channel")).not.toBe(ofPath("coupon"));
});

test.each([
  ["an operator", `segment A where region = "EU" and purchases.last90d >= 3`, undefined],
  ["a constant", `segment A where region = "NA" and purchases.last90d > 3`, undefined],
  ["a window", `segment A where region = "EU" and purchases.last91d > 3`, undefined],
  ["the column of a field it reads", BASE, SHOP_MODEL.replace('"Cust Region"', '"Region"')],
  ["its entity's `where`", BASE, SHOP_MODEL.replace("where not is_test", "")],
  ["a collection's `where`", BASE, SHOP_MODEL.replace('event_name = "purchase"', 'event_name = "order"')],
  ["the table", BASE, SHOP_MODEL.replace("crm.customers", "crm.people")],
])("A hash changes with %s", (_, text, model) => {
  expect(hash(text, model)).not.toBe(hash(BASE));
});

test("A hash changes with what it refers to, however far away", () => {
  const chain = (last: string) => `segment C where region = "${last}"\nsegment B where not C\nsegment A where B`;
  expect(hash(chain("EU"))).not.toBe(hash(chain("NA")));
  const param = (value: number) => `param n : integer = ${value}\nsegment A where purchases > n`;
  expect(hash(param(1))).not.toBe(hash(param(2)));
});

/** The fields of today that decide `segment A where …`. */
function check(where: string, ...expected: readonly string[]): void {
  expect(
    currentFields(programOf(`trait rich = credit > 100\nsegment B where rich\nsegment A where ${where}`), ["A"]),
    where,
  ).toEqual(expected);
}

test("Fields of entities are those of today; events, keys and the beginning stand still", () => {
  check('region = "EU"', "is_test", "region");
  check("purchases.last90d > 3", "is_test");
  check('interests has "yoga"', "interests", "is_test");
  check("interests is missing", "interests", "is_test");
  check('purchases.where(payload.channel = "web")', "is_test");
  check('customer_id = "1" and signed_up_at in last 30d', "is_test");
  check('purchases.where(product.brand = "x").count > 1', "Product.brand", "is_test");
  check('account.plan = "team"', "Account.plan", "account_id", "is_test");
  check("rich", "credit", "is_test");
  check("not B", "credit", "is_test");
  check("churn_risk > 0.5", "churn_risk", "is_test");
});
