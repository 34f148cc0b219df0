import { describe, expect, test } from "vitest";
import { loadProject } from "../../../language/project.ts";
import { sourceFile } from "../../../language/text/source.ts";
import { connect } from "../../engines/connect.ts";
import { checkKeys } from "../../engines/key-check.ts";
import { failure } from "./duckdb-tables.ts";
import { scratchFolder } from "./scratch.ts";

const scratch = scratchFolder();

const MODEL = (annotation: string) => `default entity Customer from crm.customers since since where not is_test {
  customer_id : text key from "Customer Id" ${annotation}
  since       : timestamp optional
  is_test     : boolean
  orders      : many Order by customer_id
}
extend Customer from scores by customer_id { score : float }
event Order from orders at at { order_id : integer key  at : timestamp  product : Product optional by product_id }
entity Product from products { product_id : integer key  brand : text }
`;

const GOOD: Readonly<Record<string, string>> = {
  "crm.customers": "Customer Id,since,is_test\na,,no\nb,,no\nb,,yes\nb,2030-01-01T00:00,no\n,,yes\n",
  scores: "customer_id,score\na,1\nb,2\n",
  orders: "order_id,at,product_id,customer_id\n1,2026-01-01T00:00,1,a\n1,2026-01-01T00:00,2,a\n",
  products: "product_id,brand\n1,x\n2,y\n",
};

const check = (
  title: string,
  segment: string,
  changed: Readonly<Record<string, string>>,
  expected: string,
  annotation = "",
) =>
  test(title, async () => {
    const project = loadProject([
      sourceFile("model.seg", MODEL(annotation)),
      sourceFile("s.seg", `segment S where ${segment}`),
    ]);
    expect(project.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const files = Object.entries({ ...GOOD, ...changed }).map(([table, text]) => [
      table,
      scratch.write(`${table}.csv`, text),
    ]);
    const { runner, storage } = await connect(
      { engine: "duckdb", tables: Object.fromEntries(files) },
      project.program.model,
      { baseDir: scratch.path },
    );
    const options = { segments: ["S"], asOf: 1_782_864_000_000_000n, zone: "UTC", params: new Map(), storage };
    expect(await failure(checkKeys(runner, project.program, options))).toBe(expected);
    await runner.close();
  });

describe("keys are checked before anything is counted", () => {
  const head = "Customer Id,since,is_test\n";
  check("good ones, also where rows that do not exist repeat them", "orders > 1", {}, "nothing failed");
  check(
    "one that is there twice",
    "orders > 1",
    { "crm.customers": `${head}a,,no\na,,no\nb,,no\n` },
    "DataError: The key `Customer Id` of `Customer` has to be unique in `crm.customers`, and a value is there more than once: `a`.",
  );
  check(
    "three of several",
    "orders > 1",
    {
      "crm.customers": `${head}${["d", "'; drop table x; --", "c", "b"].map((key) => `${key},,no\n${key},,no\n`).join("")}`,
    },
    "DataError: The key `Customer Id` of `Customer` has to be unique in `crm.customers`, and 4 values are there more than once: `'; drop table x; --`, `b`, `c`, ….",
  );
  check(
    "ones that nobody may see",
    "orders > 1",
    { "crm.customers": `${head}a,,no\na,,no\n` },
    "DataError: The key `Customer Id` of `Customer` has to be unique in `crm.customers`, and a value is there more than once: not shown (`@pii` or `@sensitive`).",
    "@pii",
  );
  check(
    "one that is missing",
    "orders > 1",
    { "crm.customers": `${head}a,,no\n,,no\n` },
    "DataError: A row of `crm.customers` has no `Customer Id`, which is the key of `Customer`.",
  );
  check(
    "several that are missing and one that is there twice",
    "orders > 1",
    { "crm.customers": `${head}a,,no\n,,no\n,,no\na,,no\n` },
    "DataError: 2 rows of `crm.customers` have no `Customer Id`, which is the key of `Customer`.\nThe key `Customer Id` of `Customer` has to be unique in `crm.customers`, and a value is there more than once: `a`.",
  );
  check(
    "that of an extension in use",
    "score > 1",
    { scores: "customer_id,score\na,1\na,2\n" },
    "DataError: The key `customer_id` of the extension of `Customer` has to be unique in `scores`, and a value is there more than once: `a`.",
  );
  check(
    "not that of one that is not in use",
    "orders > 1",
    { scores: "customer_id,score\na,1\na,2\n" },
    "nothing failed",
  );
  check(
    "that of what a link leads to",
    'orders.where(product.brand = "x")',
    { products: "product_id,brand\n1,x\n1,y\n" },
    "DataError: The key `product_id` of `Product` has to be unique in `products`, and a value is there more than once: `1`.",
  );
});
