import pg from "pg";
import { postgresAnswer, postgresParameter } from "../../engines/postgres.ts";
import { DataError, EngineError } from "../../sql/runner.ts";
import { USUAL_STORAGE } from "../../sql/storage.ts";
import { creation, schemasOf, type TestEngine, tablesOf } from "./creation.ts";
import { POSTGRES } from "./pglite.ts";

/** A PostgreSQL server, in a database of its own that goes away in the end. */
export async function postgresEngine(url: string): Promise<TestEngine> {
  const types = { getTypeParser: () => (text: string) => text } as unknown as NonNullable<pg.ClientConfig["types"]>;
  const connect = async (connectionString: string): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString, types });
    await client.connect();
    return client;
  };
  const keeper = await connect(url);
  const name = `seg_test_${(await keeper.query<{ pid: string }>("select pg_backend_pid() as pid")).rows[0]?.pid}`;
  await keeper.query(`drop database if exists ${name}`);
  await keeper.query(`create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const client = await connect(own.href);
  await client.query("set time zone 'UTC'; set jit = off");
  const made = new Set<string>(["public"]);
  return {
    dialect: "postgres",
    storage: USUAL_STORAGE,
    async load(model, tables) {
      const needed = tablesOf(model, tables);
      const drops = [...made].map((schema) => `drop schema if exists "${schema}" cascade;`);
      for (const schema of schemasOf(needed)) made.add(schema);
      await client.query([...drops, 'create schema "public";', ...creation(needed, tables, POSTGRES)].join("\n"));
      return {
        dialect: "postgres",
        version: async () =>
          `PostgreSQL ${(await client.query<{ server_version: string }>("show server_version")).rows[0]?.server_version}`,
        execute: async ({ sql, parameters }) => {
          try {
            const values = parameters.map(postgresParameter);
            const result = await client.query<Record<string, string | null>>({ text: sql, values });
            const oids = new Map(result.fields.map((field) => [field.name, field.dataTypeID]));
            return result.rows.map((row) =>
              Object.fromEntries(
                Object.entries(row).map(([column, text]) => [column, postgresAnswer(oids.get(column) ?? 0, text)]),
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
      await client.end();
      await keeper.query(`drop database if exists ${name}`);
      await keeper.end();
    },
  };
}
