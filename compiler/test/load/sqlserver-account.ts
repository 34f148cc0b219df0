import { createRequire } from "node:module";
import type { ColumnType } from "../../engines/reader.ts";
import { sqlserver } from "../../sql/dialects/sqlserver.ts";
import { type Answer, DataError, EngineError } from "../../sql/runner.ts";
import { USUAL_STORAGE } from "../../sql/storage.ts";
import { type Creation, creation, schemasOf, type TestEngine, tablesOf } from "./creation.ts";

/** What is used of the driver `mssql`, which is no dependency of the project. */
interface Driver {
  connect(url: string): Promise<Pool>;
  NVarChar(length: number): unknown;
  readonly MAX: number;
}
interface Pool {
  request(): {
    input(name: string, type: unknown, value: string | null): unknown;
    query(sql: string): Promise<{ readonly recordset?: readonly Readonly<Record<string, Answer>>[] }>;
  };
  close(): Promise<void>;
}

/** SQL Server itself, in a database that is for these tests alone. Needs the driver: `npm install --no-save mssql`. */
export async function sqlserverServer(url: string): Promise<TestEngine> {
  const driver = createRequire(import.meta.url)("mssql") as Driver;
  const pool = await driver.connect(url);
  const run = (sql: string) => pool.request().query(sql);
  const schemas = new Set<string>();
  let tables: readonly string[] = [];
  const clear = async (): Promise<void> => {
    for (const table of tables) await run(`drop table if exists ${table}`);
    for (const schema of schemas) await run(`drop schema if exists ${sqlserver.identifier(schema)}`);
    schemas.clear();
  };
  return {
    dialect: "sqlserver",
    storage: USUAL_STORAGE,
    async load(model, rows) {
      await clear();
      const needed = tablesOf(model, rows);
      for (const schema of schemasOf(needed)) schemas.add(schema);
      tables = needed.map(({ parts }) => parts.map(sqlserver.identifier).join("."));
      for (const statement of creation(needed, rows, TABLES)) await run(statement);
      return {
        dialect: "sqlserver",
        async execute({ sql, parameters }) {
          const request = pool.request();
          parameters.forEach(({ value }, index) => {
            request.input(`p${index + 1}`, driver.NVarChar(driver.MAX), value === null ? null : String(value));
          });
          try {
            return (await request.query(sql)).recordset ?? [];
          } catch (error) {
            const { number = 0, message } = error as { readonly number?: number; readonly message: string };
            // Overflow, division by zero, a text that is no number or no JSON.
            throw [220, 232, 517, 8114, 8115, 8134, 13609].includes(number)
              ? new DataError(message)
              : new EngineError(message);
          }
        },
        close: async () => {},
      };
    },
    async close() {
      await clear();
      await pool.close();
    },
  };
}

const text = (value: string): string => sqlserver.literal({ type: "text", value });

const TABLES: Creation = {
  schema: (name) => `create schema ${sqlserver.identifier(name)}`,
  named: sqlserver.identifier,
  type(type) {
    switch (type.kind) {
      case "text":
      case "list":
      case "json":
        return "nvarchar(max)";
      case "integer":
        return "bigint";
      case "decimal":
        return `decimal(${type.precision}, ${type.scale})`;
      case "float":
        return "float";
      case "boolean":
        return "bit";
      case "date":
        return "date";
      case "timestamp":
        return "datetime2(6)";
    }
  },
  cell,
  element(value, type) {
    const isText = type.kind === "text" || type.kind === "date" || type.kind === "timestamp";
    if (type.kind === "float" && /nan|inf/i.test(value)) return "null";
    return isText ? JSON.stringify(value) : value;
  },
  list: (items) => text(`[${items.join(",")}]`),
};

function cell(value: string, type: ColumnType): string {
  if (type.kind === "float") return /nan|inf/i.test(value) ? "null" : text(value);
  if (type.kind === "timestamp") return text(value.replace("T", " ").replace("Z", ""));
  return text(value);
}
