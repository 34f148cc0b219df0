import { describe, it } from "vitest";
import { hasPackage, serverUrl } from "../servers/running.ts";
import { bigqueryEngine } from "./bigquery.ts";
import { clickhouseEngine } from "./clickhouse.ts";
import type { TestEngine } from "./creation.ts";
import { sparkEngine } from "./databricks.ts";
import { duckdbEngine } from "./duckdb.ts";
import { googleServerMissing } from "./googlesql.ts";
import { mariadbEngine } from "./mariadb.ts";
import { pgliteEngine } from "./pglite.ts";
import { postgresEngine } from "./postgres.ts";
import { redshiftEmulation } from "./redshift.ts";
import { redshiftEngine } from "./redshift-account.ts";
import { snowflakeEmulation } from "./snowflake.ts";
import { snowflakeEngine } from "./snowflake-account.ts";
import { sqliteEngine } from "./sqlite.ts";
import { sqlserverEngine } from "./sqlserver.ts";
import { sqlserverServer } from "./sqlserver-account.ts";
import { trinoEngine } from "./trino.ts";

/** An engine of the tests, before it is opened. */
export interface EngineEntry {
  /** With the form in which it stores things, where there are several. */
  readonly name: string;
  readonly open: () => Promise<TestEngine> | TestEngine;
  /** Why it cannot be opened here; null where it can. */
  readonly missing: string | null;
  /** Whether a statement takes so long that many segments share one. */
  readonly isSlow: boolean;
  /** Whether another engine stands in for it, with functions of its names: it is asked fewer random cases. */
  readonly isEmulated: boolean;
}

const inProcess = (name: string, open: EngineEntry["open"]): EngineEntry => ({
  name,
  open,
  missing: null,
  isSlow: false,
  isEmulated: false,
});

/** An engine that nobody can run, by another one in its stead. */
const emulated = (name: string, open: EngineEntry["open"]): EngineEntry => ({
  name: `${name}, emulated`,
  open,
  missing: null,
  isSlow: true,
  isEmulated: true,
});

/** An engine with a server: by its variable, or one that `npm run engines:start` started. */
function onServer(
  name: string,
  server: string,
  open: (url: string) => Promise<TestEngine>,
  isSlow = false,
): EngineEntry {
  const url = serverUrl(server);
  const missing = url === null ? `no ${name} server: \`npm run engines:start ${server}\`` : null;
  return { name, open: () => open(url ?? ""), missing, isSlow, isEmulated: false };
}

/** An engine that only an account, or a server, of one's own has. */
function account(name: string, server: string, open: (url: string) => Promise<TestEngine>): EngineEntry {
  const missing = `none of your own: set SEG_TEST_${server.toUpperCase()}_URL`;
  return { ...onServer(name, server, open, true), ...(serverUrl(server) === null ? { missing } : {}) };
}

/** Every engine that executes what is compiled, with each form in which it may store things. */
export const ENGINES: readonly EngineEntry[] = [
  inProcess("DuckDB", duckdbEngine),
  inProcess("SQLite", sqliteEngine),
  inProcess("SQLite with microseconds and minor units", () =>
    sqliteEngine({ timestamps: "micros", decimals: "minor" }),
  ),
  inProcess("PGlite", pgliteEngine),
  emulated("Redshift", redshiftEmulation),
  emulated("Snowflake", snowflakeEmulation),
  emulated("SQL Server", sqlserverEngine),
  onServer("PostgreSQL", "postgres", postgresEngine),
  {
    name: "BigQuery by GoogleSQL's reference server",
    open: bigqueryEngine,
    missing: googleServerMissing(),
    isSlow: true,
    isEmulated: false,
  },
  {
    name: "ClickHouse",
    open: clickhouseEngine,
    missing: hasPackage("chdb") ? null : "no chdb: `npm run engines:install clickhouse`",
    isSlow: true,
    isEmulated: false,
  },
  onServer("MariaDB", "mariadb", mariadbEngine),
  account("MySQL", "mysql", (url) => mariadbEngine(url, "mysql")),
  onServer("Trino", "trino", trinoEngine, true),
  onServer("Databricks by Apache Spark", "databricks", sparkEngine, true),
  account("Snowflake", "snowflake", (url) => snowflakeEngine(url, process.env["SEG_TEST_SNOWFLAKE_TOKEN"] ?? "")),
  account("Redshift", "redshift", redshiftEngine),
  account("SQL Server", "sqlserver", sqlserverServer),
];

/** A suite for each engine, `%s` in its title is the name; one that is not here is a visible skip with the reason. */
export function describeEngines(title: string, suite: (engine: EngineEntry) => void): void {
  for (const engine of ENGINES) {
    const { name, missing } = engine;
    const own = title.replace("%s", name);
    if (missing === null) describe(own, () => suite(engine));
    else describe(own, () => it.skip(missing, () => {}));
  }
}
