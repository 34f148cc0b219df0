import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import type { ColumnType } from "../../engines/reader.ts";
import { USUAL_STORAGE } from "../../sql/storage.ts";
import { pgliteRunner } from "../engines/pglite.ts";
import { type Creation, creation, doubleQuoted, quoted, schemasOf, type TestEngine, tablesOf } from "./creation.ts";
import { rewritten } from "./tsql/rewrite.ts";
import { obey } from "./tsql/rules.ts";

const setup = (file: string): string => readFileSync(fileURLToPath(new URL(`tsql/${file}`, import.meta.url)), "utf8");

/** SQL Server, emulated: no server of it runs here. */
export async function sqlserverEngine(): Promise<TestEngine> {
  const database = await PGlite.create();
  await database.exec("set time zone 'UTC'");
  await database.exec(setup("emulation.sql"));
  await database.exec(setup("functions.sql"));
  await database.exec("set search_path = public, tsql");
  const postgres = pgliteRunner(database);
  const made = new Set<string>(["public"]);
  return {
    dialect: "sqlserver",
    storage: USUAL_STORAGE,
    async load(model, tables) {
      const needed = tablesOf(model, tables);
      const drops = [...made].map((schema) => `drop schema if exists "${schema}" cascade;`);
      for (const schema of schemasOf(needed)) made.add(schema);
      await database.exec([...drops, 'create schema "public";', ...creation(needed, tables, TSQL)].join("\n"));
      return {
        dialect: "sqlserver",
        version: async () => "SQL Server 2022, emulated",
        execute(statement, signal) {
          obey(statement.sql);
          return postgres.execute({ ...statement, sql: rewritten(statement.sql) }, signal);
        },
        close: async () => {},
      };
    },
    async close() {
      await database.close();
    },
  };
}

const TSQL: Creation = {
  schema: (name) => `create schema ${doubleQuoted(name)};`,
  named: doubleQuoted,
  type(type) {
    switch (type.kind) {
      case "text":
      case "list":
      case "json":
        return "tsql.nchars";
      case "integer":
        return "bigint";
      case "decimal":
        return "tsql.dec";
      case "float":
        return "double precision";
      case "boolean":
        return "tsql.tbit";
      case "date":
        return "date";
      case "timestamp":
        return "timestamp";
    }
  },
  cell,
  element,
  list: (items) =>
    `tsql.n('[' || ${items.map((item) => (item === "null" ? "'null'" : item)).join(" || ',' || ") || "''"} || ']')`,
};

function cell(text: string, type: ColumnType): string {
  switch (type.kind) {
    case "text":
    case "list":
    case "json":
      return `tsql.n(${quoted(text)})`;
    case "decimal":
      return `tsql.to_decimal(${quoted(text)}::numeric, ${type.precision}, ${type.scale})`;
    case "boolean":
      return `tsql.to_bit(${text === "true" ? 1 : 0})`;
    // SQL Server has neither.
    case "float":
      return /nan|inf/i.test(text) ? "null" : quoted(text);
    case "timestamp":
      return quoted(text.replace("T", " ").replace("Z", ""));
    case "integer":
    case "date":
      return quoted(text);
  }
}

/** As it stands in JSON, numbers and yes/no as they are. */
function element(text: string, type: ColumnType): string {
  const isPlain =
    type.kind === "integer" || type.kind === "decimal" || type.kind === "float" || type.kind === "boolean";
  if (type.kind === "float" && /nan|inf/i.test(text)) return "'null'";
  return quoted(isPlain ? text : JSON.stringify(text));
}
