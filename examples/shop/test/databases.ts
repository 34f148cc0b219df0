import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import type { Cell } from "../generate/csv.ts";
import type { Table, Tables } from "../generate/tables.ts";

/** The SQL type of every column that is not text, by its name, which means the same in all tables. */
const TYPES: Readonly<Record<string, string>> = {
  item_id: "bigint",
  appointment_id: "bigint",
  quantity: "bigint",
  seconds: "bigint",
  loyalty_points: "bigint",
  amount: "numeric(10, 2)",
  discount: "numeric(10, 2)",
  deposit: "numeric(8, 2)",
  price: "numeric(10, 2)",
  churn_risk: "double precision",
  offer_uplift: "double precision",
  is_test: "boolean",
  granted: "boolean",
  birth_date: "date",
  opened_on: "date",
  scored_on: "date",
  visited_on: "date",
  signed_up_at: "timestamp with time zone",
  deleted_at: "timestamp with time zone",
  ordered_at: "timestamp with time zone",
  happened_at: "timestamp with time zone",
  added_at: "timestamp with time zone",
  viewed_at: "timestamp with time zone",
  given_at: "timestamp with time zone",
  starts_at: "timestamp with time zone",
  context: "jsonb",
};

const typeOf = (column: string): string => TYPES[column] ?? "text";
const create = (name: string, table: Table, type: (column: string) => string): string =>
  `create table ${name} (${table.columns.map((column) => `"${column}" ${type(column)}`).join(", ")})`;

/** Writes the tables into a SQLite file, in the forms that `docs/engineers.md` asks of one. */
export function toSqlite(tables: Tables, path: string): void {
  const database = new DatabaseSync(path);
  database.exec("pragma journal_mode = off; pragma synchronous = off; begin");
  for (const [name, table] of Object.entries(tables)) {
    database.exec(create(name, table, () => ""));
    const insert = database.prepare(`insert into ${name} values (${table.columns.map(() => "?").join(", ")})`);
    const forms = table.columns.map((column) => sqliteForm(typeOf(column)));
    for (const row of table.rows)
      insert.run(
        ...row.map((cell, i) => (cell === null ? null : (forms[i] as (cell: Cell) => string | number | bigint)(cell))),
      );
  }
  database.exec("commit");
  database.close();
}

function sqliteForm(type: string): (cell: Cell) => string | number | bigint {
  if (type === "timestamp with time zone")
    return (cell) =>
      `${String(cell).slice(0, 19).replace("T", " ")}.${String(cell).slice(20, 26).replace("Z", "").padEnd(6, "0")}`;
  if (type === "text" || type === "date" || type === "jsonb") return String;
  // The driver stores a number as a floating-point one where its column has no type.
  if (type === "boolean" || type === "bigint") return (cell) => BigInt(cell ?? 0);
  return Number;
}

/** Writes the tables into a schema of a PostgreSQL server, which is made anew. */
export async function toPostgres(tables: Tables, url: string, schema: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `drop schema if exists ${schema} cascade; create schema ${schema}; set search_path = ${schema}; set timezone = 'UTC'`,
    );
    for (const [name, table] of Object.entries(tables)) {
      await client.query(create(name, table, typeOf));
      const select = table.columns.map((column, i) => `(row ->> ${i})::${typeOf(column)}`).join(", ");
      for (let start = 0; start < table.rows.length; start += 20_000) {
        const rows = JSON.stringify(table.rows.slice(start, start + 20_000));
        await client.query(`insert into ${name} select ${select} from json_array_elements($1::json) as rows(row)`, [
          rows,
        ]);
      }
    }
    await client.query("analyze");
  } finally {
    await client.end();
  }
}
