import type { DuckDBConnection, DuckDBType, DuckDBValue } from "@duckdb/node-api";
import { parseDay, parseInstant } from "../../language/meaning/calendar.ts";
import type { Canonical, ColumnType } from "./reader.ts";
import type { NeededColumn } from "./tables.ts";

type Driver = typeof import("@duckdb/node-api");

/** Adds rows of values that were read to a table, in the order of its columns. */
export interface RowWriter {
  add(row: readonly Canonical[]): void;
  /** Writes what is left. */
  close(): void;
}

/** How many rows are handed over at once: the size of DuckDB's vectors. */
const CHUNK = 2048;

/** A writer into the table that `schema` and `table` name in DuckDB. */
export async function rowWriter(
  driver: Driver,
  connection: DuckDBConnection,
  target: { readonly catalog: string; readonly schema: string; readonly table: string },
  columns: readonly NeededColumn[],
): Promise<RowWriter> {
  const appender = await connection.createAppender(target.table, target.schema, target.catalog);
  const types = columns.map((column) => driverType(driver, column.type));
  const vectors: DuckDBValue[][] = columns.map(() => []);
  let rows = 0;
  const flush = (): void => {
    if (rows === 0) return;
    const chunk = driver.DuckDBDataChunk.create(types, rows);
    chunk.setColumns(vectors);
    appender.appendDataChunk(chunk);
    for (const vector of vectors) vector.length = 0;
    rows = 0;
  };
  return {
    add(row) {
      columns.forEach((column, index) => {
        vectors[index]?.push(driverValue(driver, column.type, row[index] ?? null));
      });
      rows++;
      if (rows === CHUNK) flush();
    },
    close() {
      flush();
      appender.closeSync();
    },
  };
}

/** The driver's name for how DuckDB holds a type; it agrees with `duckdbType`. */
export function driverType(driver: Driver, type: ColumnType): DuckDBType {
  switch (type.kind) {
    case "text":
    case "json":
      return driver.VARCHAR;
    case "boolean":
      return driver.BOOLEAN;
    case "integer":
      return driver.BIGINT;
    case "decimal":
      return driver.DECIMAL(type.precision, type.scale);
    case "float":
      return driver.DOUBLE;
    case "date":
      return driver.DATE;
    case "timestamp":
      return driver.TIMESTAMP;
    case "list":
      return driver.LIST(driverType(driver, type.of));
  }
}

/** A value in its canonical spelling as the driver takes it. */
export function driverValue(driver: Driver, type: ColumnType, value: Canonical): DuckDBValue {
  if (value === null) return null;
  switch (type.kind) {
    case "text":
    case "json":
    case "boolean":
    case "float":
      return value as string | boolean | number;
    case "integer":
      return BigInt(value as string);
    case "decimal":
      return new driver.DuckDBDecimalValue(BigInt((value as string).replace(".", "")), type.precision, type.scale);
    case "date":
      return new driver.DuckDBDateValue(parseDay(value as string) as number);
    case "timestamp":
      return new driver.DuckDBTimestampValue(parseInstant(value as string, "UTC") as bigint);
    case "list":
      return new driver.DuckDBListValue(
        (value as readonly Canonical[]).map((item) => driverValue(driver, type.of, item)),
      );
  }
}
