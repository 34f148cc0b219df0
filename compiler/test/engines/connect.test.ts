import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { loadProject } from "../../../language/project.ts";
import { SHOP_MODEL } from "../../../language/test/model.ts";
import { sourceFile } from "../../../language/text/source.ts";
import { printType } from "../../../language/types/print.ts";
import { timeoutMillis } from "../../engines/config.ts";
import { connect } from "../../engines/connect.ts";
import { entitiesOf } from "../../engines/entities.ts";
import { neededTables, tableName } from "../../engines/tables.ts";
import { failure } from "./duckdb-tables.ts";
import { scratchFolder } from "./scratch.ts";

const scratch = scratchFolder();

function project(model: string, segments = "") {
  const loaded = loadProject([sourceFile("model.seg", model), sourceFile("segments.seg", segments)]);
  expect(loaded.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return loaded;
}

describe("the tables that a model needs", () => {
  const columns = (model: string, entities: readonly string[] | null): readonly string[] =>
    neededTables(project(model).model, entities === null ? null : new Set(entities)).map(
      (table) =>
        `${tableName(table)}: ${table.columns.map(({ name, type, optional, hidden }) => `${name} ${printType(type)}${optional ? "?" : ""}${hidden ? "!" : ""}`).join(", ")}`,
    );

  test("have the columns of fields, headers and links, and those of extensions", () => {
    expect(columns(SHOP_MODEL, ["Customer", "Visit"])).toEqual([
      "crm.customers: customer_id text, Cust Region text, country text?, birth_date date?!, email text?!, interests list of text, visits_count integer?, score float?, credit decimal(12, 2)?, signed_up_at timestamp, deleted_at timestamp?, is_test boolean, marketing_consent boolean, account_id text?",
      "churn_scores: customer_id text, churn_risk float?",
      "crm.visits: visited_on date, page text?, seconds integer?, customer_id text?",
    ]);
  });

  const EVENTS = (
    two: string,
  ) => `default entity Customer from customers { customer_id : text key  a : many A by customer_id  b : many B by customer_id }
event A from events where name = "a" at t { t : timestamp  v : text optional }
event B from events where name = "b" at t { t : timestamp  v : ${two} @pii }
`;
  test("are one for all entities that share one", () => {
    expect(columns(EVENTS("text"), ["A", "B"])).toEqual([
      "events: t timestamp, v text!, customer_id text?, name text?",
    ]);
  });
  test("cannot give one column two types", () => {
    expect(() => columns(EVENTS("integer"), null)).toThrow(
      "The column `v` of `events` is `text` for `A.v` and `integer` for `B.v`.",
    );
    expect(columns(EVENTS("integer"), ["B"])).toEqual([
      "events: t timestamp, v integer!, customer_id text?, name text?",
    ]);
  });
});

describe("the entities that decide segments", () => {
  const check = (segments: string, expected: readonly string[]) =>
    test(segments, () => {
      const { program } = project(SHOP_MODEL, segments);
      expect([...entitiesOf(program, ["S"])].sort()).toEqual(expected);
    });
  check('segment S where region = "EU"', ["Customer"]);
  check("segment S where purchases.last90d > 3", ["Customer", "Purchase"]);
  check('segment S where purchases.where(product.brand = "Acme")', ["Customer", "Product", "Purchase"]);
  check("segment S where purchases.where(items.where(quantity > 2))", ["Customer", "Item", "Purchase"]);
  check('segment S where account.plan = "team"', ["Account", "Customer"]);
  check("segment T where visits\nsegment S where not T", ["Customer", "Visit"]);
  check("trait spend = purchases.sum(amount)\nsegment S where spend > 5", ["Customer", "Purchase"]);
  check("segment S of Account where members", ["Account", "Customer"]);
});

describe("timeouts", () => {
  const check = (text: string, millis: number) => test(text, () => expect(timeoutMillis(text)).toBe(millis));
  check("500ms", 500);
  check("60s", 60_000);
  check("2min", 120_000);
  check("1h", 3_600_000);
  test("none", () => expect(timeoutMillis(undefined)).toBe(null));
  for (const text of ["", "60", "0s", "1d", "-1s", "1.5s", "1000h", "99999999999s"]) {
    test(`\`${text}\` is none`, () => expect(() => timeoutMillis(text)).toThrow(`\`${text}\` is not a timeout.`));
  }
});

describe("one way in", () => {
  const MODEL = `default entity Customer from crm.customers { id : integer key  seen : timestamp optional }\nentity Other from crm.others { id : integer key }\n`;
  const { model } = project(MODEL);
  const here = { baseDir: scratch.path, entities: new Set(["Customer"]) };

  test("DuckDB, of the entities asked for", async () => {
    scratch.write("customers.csv", "id,seen\n1,2026-01-31T10:00Z\n");
    const connection = { engine: "duckdb", tables: { "crm.customers": "customers.csv" } } as const;
    const { runner, storage, report } = await connect(connection, model, here);
    expect([runner.dialect, storage.columns.size, report.tables.length]).toEqual(["duckdb", 0, 1]);
    expect(await runner.execute({ sql: 'select "seen" from "crm"."customers"', parameters: [] })).toEqual([
      { seen: "2026-01-31 10:00:00" },
    ]);
    await runner.close();
    expect(await failure(connect(connection, model, { baseDir: scratch.path }))).toBe(
      "ConfigurationError: The connection has no files for the table `crm.others`.",
    );
  });

  test("SQLite", async () => {
    const database = new DatabaseSync(join(scratch.path, "shop.db"));
    database.exec(
      "create table customers (id integer, seen integer); insert into customers values (1, 1769853600000000)",
    );
    database.close();
    const { runner, storage } = await connect({ engine: "sqlite", path: "shop.db" }, model, here);
    expect([runner.dialect, [...storage.columns.values()]]).toEqual(["sqlite", ["micros"]]);
    await runner.close();
  });

  test("PostgreSQL, which is not there", async () => {
    expect(await failure(connect({ engine: "postgres", url: "postgres://127.0.0.1:1/x" }, model, here))).toContain(
      "EngineError: PostgreSQL could not be reached",
    );
  });
});
