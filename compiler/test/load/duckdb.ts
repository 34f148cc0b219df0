import * as duckdb from "@duckdb/node-api";
import { duckdbRunner } from "../../engines/duckdb.ts";
import { USUAL_STORAGE } from "../../sql/storage.ts";
import { type Creation, creation, doubleQuoted, quoted, type TestEngine, tablesOf } from "./creation.ts";

/** DuckDB in memory. */
export async function duckdbEngine(): Promise<TestEngine> {
  const instance = await duckdb.DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run("set timezone = 'UTC'");
  let world = 0;
  return {
    dialect: "duckdb",
    storage: USUAL_STORAGE,
    async load(model, tables) {
      // A catalog for each world, so that schemas of the model start empty.
      const name = `world${world++}`;
      await connection.run(`attach ':memory:' as ${name}; use ${name};`);
      if (world > 1) await connection.run(`detach world${world - 2}`);
      for (const statement of creation(tablesOf(model, tables), tables, DUCKDB)) await connection.run(statement);
      return duckdbRunner(duckdb, connection);
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Its tables. */
export const DUCKDB: Creation = {
  schema: (name) => `create schema ${doubleQuoted(name)};`,
  named: doubleQuoted,
  type(type) {
    switch (type.kind) {
      case "text":
        return "varchar";
      case "integer":
        return "bigint";
      case "decimal":
        return `decimal(${type.precision}, ${type.scale})`;
      case "float":
        return "double";
      case "boolean":
      case "date":
      case "timestamp":
        return type.kind;
      case "list":
        return `${DUCKDB.type(type.of)}[]`;
      case "json":
        return "varchar";
    }
  },
  cell: (text, type) => `cast(${quoted(text)} as ${DUCKDB.type(type)})`,
  element: (text, type) => DUCKDB.cell(text, type),
  list: (items, type) => `cast([${items.join(", ")}] as ${DUCKDB.type(type)})`,
};
