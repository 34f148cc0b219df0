import { type PGlite, types } from "@electric-sql/pglite";
import { postgresAnswer, postgresParameter } from "../../engines/postgres.ts";
import { DataError, EngineError, type Runner } from "../../sql/runner.ts";

/** Every value as the text that the server sends, and every parameter as the text it gets: what `postgres.ts` does with the driver. */
const AS_TEXT: Readonly<Record<number, (text: string) => string>> = Object.fromEntries(
  Object.values(types)
    .filter((oid) => typeof oid === "number")
    .map((oid) => [oid, (text: string) => text]),
);

/** PostgreSQL inside the test's own process: the same SQL and the same answers as from a server. */
export function pgliteRunner(database: PGlite): Runner {
  return {
    dialect: "postgres",
    async version() {
      const { rows } = await database.query<{ server_version: string }>("show server_version");
      return `PGlite, PostgreSQL ${rows[0]?.server_version}`;
    },
    async execute({ sql, parameters }, signal) {
      signal?.throwIfAborted();
      try {
        const result = await database.query<Record<string, string | null>>(sql, parameters.map(postgresParameter), {
          parsers: AS_TEXT,
          serializers: AS_TEXT,
        });
        const oids = new Map(result.fields.map((field) => [field.name, field.dataTypeID]));
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
    close: () => database.close(),
  };
}
