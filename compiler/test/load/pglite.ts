import { PGlite } from "@electric-sql/pglite";
import { USUAL_STORAGE } from "../../sql/storage.ts";
import { pgliteRunner } from "../engines/pglite.ts";
import { type Creation, creation, doubleQuoted, quoted, schemasOf, type TestEngine, tablesOf } from "./creation.ts";

/** PGlite: PostgreSQL in this process. */
export async function pgliteEngine(): Promise<TestEngine> {
  const database = await PGlite.create();
  await database.exec("set time zone 'UTC'");
  // The database outlives each world.
  const runner = { ...pgliteRunner(database), close: async () => {} };
  const made = new Set<string>(["public"]);
  return {
    dialect: "postgres",
    storage: USUAL_STORAGE,
    async load(model, tables) {
      const needed = tablesOf(model, tables);
      const drops = [...made].map((schema) => `drop schema if exists "${schema}" cascade;`);
      for (const schema of schemasOf(needed)) made.add(schema);
      await database.exec([...drops, 'create schema "public";', ...creation(needed, tables, POSTGRES)].join("\n"));
      return runner;
    },
    async close() {
      await database.close();
    },
  };
}

/** Its tables. */
export const POSTGRES: Creation = {
  schema: (name) => `create schema ${doubleQuoted(name)};`,
  named: doubleQuoted,
  type(type) {
    switch (type.kind) {
      case "integer":
        return "bigint";
      case "decimal":
        return `numeric(${type.precision}, ${type.scale})`;
      case "float":
        return "double precision";
      case "timestamp":
        return "timestamptz";
      case "list":
        return `${POSTGRES.type(type.of)}[]`;
      case "json":
        return "jsonb";
      case "text":
      case "boolean":
      case "date":
        return type.kind;
    }
  },
  cell: (text) => quoted(text),
  element: (text) => quoted(text),
  list: (items, type) => `cast(array[${items.join(", ")}] as ${POSTGRES.type(type)})`,
};
