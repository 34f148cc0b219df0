import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { loadProject } from "../../../language/project.ts";
import { sourceFile } from "../../../language/text/source.ts";
import type { Connection } from "../../engines/config.ts";
import { connect } from "../../engines/connect.ts";
import { checkKeys } from "../../engines/key-check.ts";
import { compileSql } from "../../sql/compile.ts";
import { serverUrl } from "../servers/running.ts";
import { scratchFolder } from "./scratch.ts";

const scratch = scratchFolder();

const MODEL = `default entity Customer from crm.customers since since {
  customer_id : text key
  region      : text optional from "Cust Region"
  born        : date optional
  since       : timestamp
  points      : integer optional
  consent     : boolean optional
  score       : float optional
  purchases   : many Purchase by customer_id
}
event Purchase from crm.purchases at at {
  purchase_id : integer key
  at          : timestamp
  amount      : decimal(12, 2) optional
}
`;

/** Segments and their members, by hand. */
const SEGMENTS: Readonly<Record<string, readonly [condition: string, members: readonly string[]]>> = {
  Mission: ['purchases.last90d >= 2 and region in ["EU"]', ["a"]],
  Missing: ["region is missing", ["c", "d'\"; --"]],
  NotEu: ['region != "EU"', ["b", "c", "d'\"; --"]],
  Amount: ["purchases.sum(amount) > 30.09", ["b"]],
  Exact: ["purchases.sum(amount) = 30.10", ["b"]],
  Big: ["points = 9007199254740993", ["b"]],
  Adult: ["age(born) >= 18", ["b"]],
  Consent: ["consent", ["a", "d'\"; --"]],
  Edge: ["purchases.last1d", ["a"]],
  Micro: ["since > 2026-06-01T00:00:00.000001Z", ["c"]],
  Score: ["score > 0.1", ["c"]],
  Attack: [`customer_id = "d'\\"; --"`, ["d'\"; --"]],
};

const CUSTOMERS: readonly (readonly (string | null)[])[] = [
  ["a", "EU", "2020-01-01", "2020-01-01 00:00:00.000000", "5", "1", "0.1"],
  ["b", "Köln 😀", "1908-02-29", "2026-06-01 00:00:00.000001", "9007199254740993", "0", null],
  ["c", null, null, "2026-06-01 00:00:00.000002", null, null, "0.30000000000000004"],
  ["d'\"; --", null, null, "2020-01-01 00:00:00.000000", "-9223372036854775808", "1", null],
  ["later", "EU", "1990-01-01", "2026-07-01 00:00:00.000000", "5", "1", "9"],
];
const PURCHASES: readonly (readonly (string | null)[])[] = [
  ["1", "2026-06-30 00:00:00.000000", "10.00", "a"],
  ["2", "2026-04-05 10:00:00.000000", null, "a"],
  ["3", "2026-07-01 00:00:00.000000", "99.00", "a"],
  ["4", "2025-01-01 00:00:00.000000", "20.05", "b"],
  ["5", "2026-06-29 23:59:59.999999", "10.05", "b"],
  ["6", "2026-06-30 12:00:00.000000", "10.05", "nobody"],
];
const CUSTOMER_COLUMNS = ["customer_id", "Cust Region", "born", "since", "points", "consent", "score"];
const PURCHASE_COLUMNS = ["purchase_id", "at", "amount", "customer_id"];
type Rows = readonly (readonly (string | null)[])[];

const csv = (columns: readonly string[], rows: Rows): string =>
  [columns, ...rows]
    .map((row) => `${row.map((cell) => (cell === null ? "" : `"${cell.replaceAll('"', '""')}"`)).join(",")}\n`)
    .join("");
/** Numbers stay texts: a JSON number would have to be cut to fifteen digits by whoever writes it. */
const ndjson = (columns: readonly string[], rows: Rows): string => {
  const value = (column: string, cell: string | null): unknown => {
    if (cell === null) return null;
    return column === "consent" ? cell === "1" : column === "score" ? Number(cell) : cell;
  };
  return rows
    .map(
      (row) =>
        `${JSON.stringify(Object.fromEntries(row.map((cell, index) => [columns[index], value(columns[index] as string, cell)])))}\n`,
    )
    .join("");
};
const text = (cell: string): string => `'${cell.replaceAll("'", "''")}'`;
const insert = (table: string, rows: Rows, cell: (cell: string, index: number) => string): string =>
  `insert into ${table} values ${rows.map((row) => `(${row.map((one, index) => (one === null ? "null" : cell(one, index))).join(", ")})`).join(", ")};`;

const files = (ending: string): Connection => ({
  engine: "duckdb",
  tables: { customers: `customers.${ending}`, purchases: `purchases.${ending}` },
});

const WAREHOUSE = (
  instant: string,
  double: string,
  id: string,
) => `create table crm.customers (customer_id ${id}, "Cust Region" varchar, born date, since ${instant}, points bigint, consent boolean, score ${double});
  create table crm.purchases (purchase_id integer, "at" ${instant}, amount decimal(12, 2), customer_id ${id});
  ${insert("crm.customers", CUSTOMERS, (cell, index) => (index === 5 ? `cast(${text(cell)} as boolean)` : text(cell)))}
  ${insert("crm.purchases", PURCHASES, text)}`;

async function inDuckdb(path: string, sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}

const micros = (cell: string): string =>
  String(BigInt(Date.parse(`${cell.slice(0, 23).replace(" ", "T")}Z`)) * 1000n + BigInt(cell.slice(23)));

/** Where the same rows are, and how they come there. */
const PLACES: Readonly<Record<string, () => Promise<Connection>>> = {
  "CSV in DuckDB": async () => {
    scratch.write("customers.csv", csv(CUSTOMER_COLUMNS, CUSTOMERS));
    scratch.write("purchases.csv", csv(PURCHASE_COLUMNS, PURCHASES));
    return files("csv");
  },
  "packed NDJSON in DuckDB": async () => {
    scratch.write("customers.ndjson.gz", ndjson(CUSTOMER_COLUMNS, CUSTOMERS));
    scratch.write("purchases.ndjson.gz", ndjson(PURCHASE_COLUMNS, PURCHASES));
    return files("ndjson.gz");
  },
  "Parquet in DuckDB": async () => {
    const copy = (table: string) => `copy crm.${table} to '${join(scratch.path, table)}.parquet';`;
    await inDuckdb(
      ":memory:",
      `set timezone = 'UTC'; create schema crm; ${WAREHOUSE("timestamptz", "double", "varchar")} ${copy("customers")} ${copy("purchases")}`,
    );
    return files("parquet");
  },
  "a DuckDB file": async () => {
    await inDuckdb(
      join(scratch.path, "shop.duckdb"),
      `create schema crm; ${WAREHOUSE("timestamp", "double", "varchar")}`,
    );
    return { engine: "duckdb", path: "shop.duckdb" };
  },
  "SQLite with texts and numbers": async () => {
    const database = new DatabaseSync(join(scratch.path, "texts.db"));
    database.exec(`create table customers (${CUSTOMER_COLUMNS.map((name) => `"${name}"`).join(", ")}); create table purchases (${PURCHASE_COLUMNS.join(", ")});
      ${insert("customers", CUSTOMERS, (cell, index) => (index < 4 ? text(cell) : cell))} ${insert("purchases", PURCHASES, (cell, index) => (index % 2 === 0 ? cell : text(cell)))}`);
    database.close();
    return { engine: "sqlite", path: "texts.db" };
  },
  "SQLite with microseconds and minor units": async () => {
    const database = new DatabaseSync(join(scratch.path, "numbers.db"));
    database.exec(`create table customers (${CUSTOMER_COLUMNS.map((name) => `"${name}"`).join(", ")}); create table purchases (${PURCHASE_COLUMNS.join(", ")});
      ${insert("customers", CUSTOMERS, (cell, index) => (index === 3 ? micros(cell) : index < 3 ? text(cell) : cell))}
      ${insert("purchases", PURCHASES, (cell, index) => (index === 1 ? micros(cell) : index === 2 ? cell.replace(".", "") : index === 3 ? text(cell) : cell))}`);
    database.close();
    return { engine: "sqlite", path: "numbers.db", decimals: "minor" };
  },
};

const SERVER = serverUrl("postgres") ?? undefined;
const inPostgres = async (sql: string): Promise<void> => {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: SERVER as string });
  await client.connect();
  await client.query(sql).finally(() => client.end());
};

describe("the same rows give the same members wherever they are", () => {
  const project = loadProject([
    sourceFile("model.seg", MODEL),
    sourceFile(
      "segments.seg",
      Object.entries(SEGMENTS)
        .map(([name, [condition]]) => `segment ${name} where ${condition}\n`)
        .join(""),
    ),
  ]);
  const segments = Object.keys(SEGMENTS);

  async function membersIn(connection: Connection): Promise<Readonly<Record<string, readonly string[]>>> {
    expect(project.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const { runner, storage } = await connect(connection, project.program.model, { baseDir: scratch.path });
    try {
      const circumstances = { segments, asOf: 1_782_864_000_000_000n, zone: "UTC", params: new Map(), storage };
      await checkKeys(runner, project.program, circumstances);
      const members: Record<string, string[]> = Object.fromEntries(segments.map((name) => [name, []]));
      for (const inline of [false, true]) {
        const { statements, diagnostics } = compileSql(project.program, {
          ...circumstances,
          dialect: runner.dialect,
          shape: "members",
          inline,
        });
        expect(diagnostics).toEqual([]);
        for (const statement of statements) {
          for (const row of await runner.execute(statement))
            members[String(row["segment"] ?? statement.segments[0])]?.push(String(row["key"]));
        }
      }
      return Object.fromEntries(Object.entries(members).map(([name, keys]) => [name, keys.sort()]));
    } finally {
      await runner.close();
    }
  }
  /** Each once with parameters and once inlined. */
  const EXPECTED = Object.fromEntries(
    Object.entries(SEGMENTS).map(([name, [, members]]) => [name, members.flatMap((key) => [key, key])]),
  );

  for (const [place, prepare] of Object.entries(PLACES)) {
    test(place, async () => {
      expect(await membersIn(await prepare())).toEqual(EXPECTED);
    });
  }

  for (const instant of ["timestamptz", "timestamp"]) {
    test.skipIf(SERVER === undefined)(`PostgreSQL with ${instant} (SEG_TEST_POSTGRES_URL)`, async () => {
      await inPostgres(
        `set timezone = 'UTC'; drop schema if exists crm cascade; create schema crm; ${WAREHOUSE(instant, "double precision", "varchar")}`,
      );
      try {
        expect(await membersIn({ engine: "postgres", url: SERVER as string })).toEqual(EXPECTED);
      } finally {
        await inPostgres("drop schema crm cascade");
      }
    });
  }
});
