import { expect, test } from "vitest";
import { DIALECTS } from "../sql/index.ts";
import { enginesPage } from "./docs/engines-page.ts";

test("docs/engines.md is that of the registered dialects (`npm run docs` writes it)", async () => {
  await expect(enginesPage()).toMatchFileSnapshot("../../docs/engines.md");
});

test("there are the twelve of the mission", () => {
  expect([...DIALECTS.keys()].sort()).toEqual([
    "bigquery",
    "clickhouse",
    "databricks",
    "duckdb",
    "mariadb",
    "mysql",
    "postgres",
    "redshift",
    "snowflake",
    "sqlite",
    "sqlserver",
    "trino",
  ]);
});
