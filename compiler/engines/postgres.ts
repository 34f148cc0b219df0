import type { Client, ClientConfig } from "pg";
import { type Answer, DataError, EngineError, type Runner, type StopSignal } from "../sql/runner.ts";
import type { Parameter } from "../sql/statement.ts";
import type { Storage } from "../sql/storage.ts";
import { wholeNumber } from "./answer.ts";
import { ConfigurationError, type PostgresConnection, timeoutMillis } from "./config.ts";
import type { LoadReport, Surroundings } from "./load.ts";
import { overflow } from "./messages.ts";
import { checkTables } from "./postgres-check.ts";
import { maskSecrets } from "./secrets.ts";
import type { NeededTable } from "./tables.ts";

/** How long the server may take to answer the door. */
const CONNECT_MILLIS = 20_000;

/**
 * PostgreSQL, only read: one transaction that sees the database as it was when it began, in a session of UTC. Messages hold neither the URL nor its password.
 */
export async function connectPostgres(
  config: PostgresConnection,
  tables: readonly NeededTable[],
  { signal }: Surroundings,
): Promise<{ readonly runner: Runner; readonly storage: Storage; readonly report: LoadReport }> {
  const timeout = timeoutMillis(config.timeout);
  if (!/^postgres(ql)?:\/\//.test(config.url)) {
    throw new ConfigurationError(
      "The connection's `url` is not one of PostgreSQL.",
      "It looks like `postgres://user@host:5432/database`; `env:NAME` reads it from the environment.",
    );
  }
  signal?.throwIfAborted();
  const session: Session = { url: config.url, timeout, open: await opener(config.url) };
  const client = await connected(session);
  try {
    await client.query(
      `set timezone = 'UTC'; set standard_conforming_strings = on; set datestyle = 'ISO'; set statement_timeout = ${timeout ?? 0}`,
    );
    if (config.schema !== undefined) await client.query(`set search_path = ${ident(config.schema)}`);
    await client.query(BEGIN);
    const runner = postgresRunner(client, session);
    const { storage, report } = await checkTables(
      (sql, values) => client.query<Record<string, string | null>>(sql, values).then(({ rows }) => rows),
      tables,
    );
    return { runner, storage, report };
  } catch (error) {
    await client.end().catch(() => {});
    throw failure(error, session, undefined);
  }
}

const BEGIN = "begin isolation level repeatable read read only";

const ident = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** What is needed to open the same connection again, to cancel a statement. */
interface Session {
  readonly url: string;
  readonly timeout: number | null;
  readonly open: () => Client;
}

async function opener(url: string): Promise<() => Client> {
  const { default: pg } = await import("pg");
  // Every value comes as text: what a type becomes is decided here, not by the driver.
  const types = { getTypeParser: () => (text: string) => text } as unknown as NonNullable<ClientConfig["types"]>;
  return () => {
    const client = new pg.Client({
      connectionString: url,
      types,
      application_name: "seglang",
      connectionTimeoutMillis: CONNECT_MILLIS,
    });
    // A connection that breaks while nobody waits would end the process; the next statement says so.
    client.on("error", () => {});
    return client;
  };
}

async function connected(session: Session): Promise<Client> {
  try {
    const client = session.open();
    await client.connect();
    return client;
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string };
    const reason = message === "" ? (code ?? "no reason given") : message;
    throw new EngineError(`PostgreSQL could not be reached: ${maskSecrets(reason, session.url)}.`);
  }
}

function postgresRunner(client: Client, session: Session): Runner {
  return {
    dialect: "postgres",
    version: async () =>
      `PostgreSQL ${(await client.query<{ server_version: string }>("show server_version")).rows[0]?.server_version ?? ""}`,
    async execute({ sql, parameters }, signal) {
      signal?.throwIfAborted();
      const onAbort = (): void => void cancel(client, session);
      signal?.addEventListener("abort", onAbort);
      try {
        const result = await client.query<Record<string, string | null>>({
          text: sql,
          values: parameters.map(postgresParameter),
        });
        const oids = new Map(result.fields.map((field) => [field.name, field.dataTypeID]));
        return result.rows.map((row) =>
          Object.fromEntries(
            Object.entries(row).map(([name, text]) => [name, postgresAnswer(oids.get(name) ?? 0, text)]),
          ),
        );
      } catch (error) {
        // A failed statement spoils its transaction.
        await client.query(`rollback; ${BEGIN}`).catch(() => {});
        throw failure(error, session, signal);
      } finally {
        signal?.removeEventListener("abort", onAbort);
      }
    },
    async close() {
      await client.end().catch(() => {});
    },
  };
}

/** Asks the server, over a connection of its own, to stop what this one runs; where that fails, drops the connection. */
async function cancel(client: Client, session: Session): Promise<void> {
  const other = session.open();
  try {
    await other.connect();
    await other.query("select pg_cancel_backend($1)", [
      (client as unknown as { readonly processID: number }).processID,
    ]);
  } catch {
    await client.end().catch(() => {});
  } finally {
    await other.end().catch(() => {});
  }
}

/** A parameter as PostgreSQL reads it from text; the SQL casts it. */
export const postgresParameter = ({ value }: Parameter): string | null => (value === null ? null : String(value));

/** A cell from its text and the number of its type. */
export function postgresAnswer(oid: number, text: string | null): Answer {
  if (text === null) return null;
  switch (oid) {
    case 16:
      return text === "t" || text === "true";
    case 20:
    case 21:
    case 23:
      return wholeNumber(BigInt(text));
    case 700:
    case 701:
      return Number(text);
    case 1700:
      return /^-?\d+$/.test(text) ? wholeNumber(BigInt(text)) : text;
    default:
      return text;
  }
}

/** A driver's error as one of ours, without values of the data and without secrets. */
function failure(error: unknown, { url }: Session, signal: StopSignal | undefined): Error {
  if (error instanceof DataError || error instanceof EngineError || error instanceof ConfigurationError) return error;
  if (signal?.aborted === true) return signal.reason as Error;
  const { code = "", message } = error as { readonly code?: string; readonly message: string };
  if (code === "22003") return overflow();
  if (code.startsWith("22")) return new DataError("PostgreSQL met a value that the model's type cannot hold.");
  if (code === "57014") return new EngineError("PostgreSQL did not answer within the connection's `timeout`.");
  return new EngineError(`PostgreSQL refused the statement: ${maskSecrets(message, url)}.`);
}
