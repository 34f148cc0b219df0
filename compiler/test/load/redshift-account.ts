import pg from "pg";
import { postgresAnswer, postgresParameter } from "../../engines/postgres.ts";
import { redshift } from "../../sql/dialects/redshift.ts";
import { DataError, EngineError } from "../../sql/runner.ts";
import { USUAL_STORAGE } from "../../sql/storage.ts";
import { type Creation, creation, doubleQuoted, schemasOf, type TestEngine, tablesOf } from "./creation.ts";
import { POSTGRES } from "./pglite.ts";

/** Redshift itself, in a database that is for these tests alone: the schemas of their models are made in it, and dropped. */
export async function redshiftEngine(url: string): Promise<TestEngine> {
  const types = { getTypeParser: () => (text: string) => text } as unknown as NonNullable<pg.ClientConfig["types"]>;
  const client = new pg.Client({ connectionString: url, types });
  await client.connect();
  await client.query("set timezone to 'UTC'");
  await client.query("set enable_case_sensitive_identifier to true");
  const made = new Set<string>(["seg_test"]);
  return {
    dialect: "redshift",
    storage: USUAL_STORAGE,
    async load(model, tables) {
      const needed = tablesOf(model, tables);
      for (const schema of made) await client.query(`drop schema if exists ${doubleQuoted(schema)} cascade`);
      for (const schema of schemasOf(needed)) made.add(schema);
      await client.query("create schema seg_test");
      await client.query("set search_path to seg_test");
      for (const statement of creation(needed, tables, REDSHIFT)) await client.query(statement);
      return {
        dialect: "redshift",
        async execute({ sql, parameters }) {
          try {
            const result = await client.query<Record<string, string | null>>({
              text: sql,
              values: parameters.map(postgresParameter),
            });
            const oids = new Map(result.fields.map(({ name, dataTypeID }) => [name, dataTypeID]));
            return result.rows.map((row) =>
              Object.fromEntries(
                Object.entries(row).map(([name, text]) => [name, postgresAnswer(oids.get(name) ?? 0, text)]),
              ),
            );
          } catch (error) {
            const { code = "", message } = error as { readonly code?: string; readonly message: string };
            throw code.startsWith("22") ? new DataError(message) : new EngineError(message);
          }
        },
        close: async () => {},
      };
    },
    async close() {
      for (const schema of made) await client.query(`drop schema if exists ${doubleQuoted(schema)} cascade`);
      await client.end();
    },
  };
}

const literal = (value: string): string => redshift.literal({ type: "text", value });

const REDSHIFT: Creation = {
  schema: (name) => `create schema ${doubleQuoted(name)}`,
  named: doubleQuoted,
  type(type) {
    if (type.kind === "list" || type.kind === "json") return "super";
    if (type.kind === "text") return "varchar(65535)";
    return type.kind === "timestamp" ? "timestamp" : POSTGRES.type(type);
  },
  cell: (text, type) => (type.kind === "json" ? `json_parse(${literal(text)})` : literal(text)),
  element(text, type) {
    if (type.kind === "text" || type.kind === "date") return JSON.stringify(text);
    if (type.kind === "timestamp") return JSON.stringify(text.replace("T", " ").replace("Z", ""));
    return /nan|inf/i.test(text) ? "null" : text;
  },
  list: (items) => `json_parse(${literal(`[${items.join(",")}]`)})`,
};
