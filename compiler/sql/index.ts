import type { Dialect } from "./dialect.ts";
import { bigquery } from "./dialects/bigquery.ts";
import { clickhouse } from "./dialects/clickhouse.ts";
import { duckdb } from "./dialects/duckdb.ts";
import { postgres } from "./dialects/postgres.ts";
import { redshift } from "./dialects/redshift.ts";
import { sqlite } from "./dialects/sqlite.ts";

/** Every dialect, by name. */
export const DIALECTS: ReadonlyMap<string, Dialect> = new Map(
  [duckdb, postgres, sqlite, bigquery, clickhouse, redshift].map((dialect) => [dialect.name, dialect]),
);
