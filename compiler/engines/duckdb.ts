import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";
import { type Answer, DataError, EngineError, type Runner, type StopSignal } from "../sql/runner.ts";
import type { Parameter } from "../sql/statement.ts";
import { wholeNumber } from "./answer.ts";
import { ConfigurationError, type DuckdbConnection, timeoutMillis } from "./config.ts";
import { CATALOG } from "./duckdb-places.ts";
import { driverType, driverValue } from "./duckdb-rows.ts";
import { loadTables } from "./duckdb-tables.ts";
import { viewTables } from "./duckdb-views.ts";
import type { LoadReport, Surroundings } from "./load.ts";
import { overflow } from "./messages.ts";
import type { ColumnType } from "./reader.ts";
import type { NeededTable } from "./tables.ts";

let connections = 0;

type Driver = typeof import("@duckdb/node-api");

/**
 * DuckDB in memory, with the tables of the model: loaded from files and typed as the model says, or seen in a database file that is only read.
 * Nothing is installed, fetched or written; once the tables stand, SQL reaches no other file.
 */
export async function connectDuckdb(
  config: DuckdbConnection,
  tables: readonly NeededTable[],
  surroundings: Surroundings,
): Promise<{ readonly runner: Runner; readonly report: LoadReport }> {
  const timeout = timeoutMillis(config.timeout);
  if ((config.path === undefined) === (config.tables === undefined)) {
    throw new ConfigurationError(
      "A connection of DuckDB says where its data is once.",
      "Write either `tables`, with files, or `path`, with a database file.",
    );
  }
  const driver = await import("@duckdb/node-api");
  // DuckDB makes the folder when memory does not suffice; its default would be the folder in which the command runs.
  const spill = join(tmpdir(), `seglang-${process.pid}-${++connections}`);
  const instance = await driver.DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    temp_directory: spill,
  });
  const connection = await instance.connect();
  const close = async (): Promise<void> => {
    connection.closeSync();
    instance.closeSync();
    await rm(spill, { recursive: true, force: true });
  };
  const interrupt = (): void => connection.interrupt();
  surroundings.signal?.addEventListener("abort", interrupt);
  try {
    await connection.run(`set timezone = 'UTC'; attach ':memory:' as "${CATALOG}"; use "${CATALOG}"; detach memory;`);
    const report =
      config.path === undefined
        ? await loadTables(driver, connection, config.tables ?? {}, tables, surroundings)
        : await viewTables(connection, config.path, tables, surroundings);
    await connection.run("set enable_external_access = false; set lock_configuration = true;");
    return { runner: duckdbRunner(driver, connection, { timeout, close }), report };
  } catch (error) {
    await close();
    surroundings.signal?.throwIfAborted();
    throw known(error) ? error : failure((error as Error).message);
  } finally {
    surroundings.signal?.removeEventListener("abort", interrupt);
  }
}

/** Runs SQL on a connection that stands. */
export function duckdbRunner(
  driver: Driver,
  connection: DuckDBConnection,
  options: { readonly timeout?: number | null; readonly close?: () => Promise<void> } = {},
): Runner {
  return {
    dialect: "duckdb",
    version: async () => `DuckDB ${driver.version()}`,
    async execute({ sql, parameters }, signal) {
      signal?.throwIfAborted();
      const timer = typeof options.timeout === "number" ? AbortSignal.timeout(options.timeout) : null;
      const settled = interruptOn([signal, timer], connection);
      try {
        const types = parameters.map((parameter) => driverType(driver, parameterType(parameter)));
        const reader = await connection.runAndReadAll(
          sql,
          parameters.map((parameter) => bound(driver, parameter)),
          types,
        );
        return reader
          .getRowObjects()
          .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, answer(value)])));
      } catch (error) {
        signal?.throwIfAborted();
        if (timer?.aborted === true) throw new EngineError("DuckDB did not answer within the connection's `timeout`.");
        throw failure((error as Error).message);
      } finally {
        settled();
      }
    },
    async close() {
      await (options.close?.() ?? Promise.resolve());
    },
  };
}

const known = (error: unknown): boolean =>
  error instanceof DataError || error instanceof EngineError || error instanceof ConfigurationError;

/** An interrupt before the engine has begun is lost, so it is repeated until the statement has settled. */
function interruptOn(signals: readonly (StopSignal | null | undefined)[], connection: DuckDBConnection): () => void {
  let again: NodeJS.Timeout | undefined;
  const begin = (): void => {
    connection.interrupt();
    again ??= setInterval(() => connection.interrupt(), 20);
  };
  for (const signal of signals) signal?.addEventListener("abort", begin);
  return () => {
    for (const signal of signals) signal?.removeEventListener("abort", begin);
    clearInterval(again);
  };
}

/** DuckDB's message as one of our errors. What it says of values stays inside. */
function failure(message: string): Error {
  if (/^Out of Range Error/.test(message)) return overflow();
  if (/^Invalid Input Error: (seg: .*)/.test(message))
    return new DataError(message.replace(/^Invalid Input Error: seg: /, ""));
  if (/^(Conversion|Invalid Input) Error: (?!Cannot )/.test(message))
    return new DataError("DuckDB met a value that the model's type cannot hold.");
  return new EngineError(`DuckDB refused the statement: ${message.split("\n", 1)[0]}`);
}

/** A decimal's type is the smallest that holds the text, as that of a literal is. */
function parameterType({ type, value }: Parameter): ColumnType {
  if (type !== "decimal") return { kind: type };
  const [whole = "", fraction = ""] = String(value ?? "0")
    .replace("-", "")
    .split(".");
  return { kind: "decimal", precision: Math.max(1, whole.length + fraction.length), scale: fraction.length };
}

const bound = (driver: Driver, parameter: Parameter): DuckDBValue =>
  driverValue(driver, parameterType(parameter), parameter.value);

function answer(value: DuckDBValue): Answer {
  if (typeof value === "bigint") return wholeNumber(value);
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  return String(value);
}
