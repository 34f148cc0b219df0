import type { Dialect } from "./dialect.ts";
import { bigquery } from "./dialects/bigquery.ts";
import { clickhouse } from "./dialects/clickhouse.ts";
import { databricks } from "./dialects/databricks.ts";
import { duckdb } from "./dialects/duckdb.ts";
import { mariadb } from "./dialects/mariadb.ts";
import { mysql } from "./dialects/mysql.ts";
import { postgres } from "./dialects/postgres.ts";
import { redshift } from "./dialects/redshift.ts";
import { snowflake } from "./dialects/snowflake.ts";
import { sqlite } from "./dialects/sqlite.ts";
import { sqlserver } from "./dialects/sqlserver.ts";
import { trino } from "./dialects/trino.ts";

/** Every dialect, by name. */
export const DIALECTS: ReadonlyMap<string, Dialect> = new Map(
  [
    duckdb,
    postgres,
    sqlite,
    bigquery,
    clickhouse,
    databricks,
    mariadb,
    mysql,
    redshift,
    snowflake,
    sqlserver,
    trino,
  ].map((dialect) => [dialect.name, dialect]),
);
