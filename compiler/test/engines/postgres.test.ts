import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadProject } from "../../../language/project.ts";
import { connectPostgres } from "../../engines/postgres.ts";
import { checkTables, type Query } from "../../engines/postgres-check.ts";
import { maskSecrets } from "../../engines/secrets.ts";
import { type NeededTable, neededTables } from "../../engines/tables.ts";
import type { Runner } from "../../sql/runner.ts";
import type { Parameter } from "../../sql/statement.ts";
import { storageKey } from "../../sql/storage.ts";
import { serverUrl } from "../servers/running.ts";
import { failure } from "./duckdb-tables.ts";
import { pgliteRunner } from "./pglite.ts";
import { needed } from "./scratch.ts";

const URL_OF_SERVER = serverUrl("postgres") ?? undefined;

const SETUP = `
  create schema "crm x";
  create type plan as enum ('free', 'team');
  create domain money2 as numeric(12, 2);
  create domain money3 as money2;
  create collation loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
  create table "crm x".customers (id bigint, "Cust Region" varchar(20), code uuid, plan plan, short char(4), amount money3, seen timestamptz, naive timestamp,
    born date, ok boolean, tags text[], payload jsonb, ratio float8, loose text collate loose, gone text);
  alter table "crm x".customers drop column gone;
  insert into "crm x".customers values (9007199254740993, 'EU', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 'free', 'ab', 12.5, '2026-01-31 10:00+02', '2026-01-31 10:00', '2024-02-29', true, '{a}', '{}', 0.1, 'x');
  create view plain as select id from "crm x".customers;`;

const CUSTOMERS: NeededTable = {
  ...needed("customers", {
    id: "integer",
    "Cust Region": "text",
    code: "text",
    plan: "text",
    short: "text",
    amount: "decimal",
    seen: "timestamp",
    naive: "timestamp",
    born: "date",
    ok: "boolean",
    tags: "texts",
    payload: "json",
    ratio: "float",
  }),
  parts: ["crm x", "customers"],
};

const PARAMETERS: readonly (readonly [Parameter, cast: string, answer: unknown])[] = [
  [{ type: "text", value: "'; drop table customers; --" }, "text", "'; drop table customers; --"],
  [{ type: "text", value: "\\' or 1=1 --" }, "text", "\\' or 1=1 --"],
  [{ type: "boolean", value: false }, "boolean", false],
  [{ type: "integer", value: "9007199254740993" }, "bigint", 9007199254740993n],
  [{ type: "integer", value: "7" }, "bigint", 7],
  [
    { type: "decimal", value: "99999999999999999999999999999.999999999" },
    "numeric(38, 9)",
    "99999999999999999999999999999.999999999",
  ],
  [{ type: "float", value: 1e300 }, "double precision", 1e300],
  [{ type: "date", value: "2024-02-29" }, "date", "2024-02-29"],
  [{ type: "timestamp", value: "2026-01-31T10:00:00.123456Z" }, "timestamptz", "2026-01-31 10:00:00.123456+00"],
  [{ type: "text", value: null }, "text", null],
];

async function checkParameters(runner: Runner): Promise<void> {
  const sql = `select ${PARAMETERS.map(([, cast], index) => `cast($${index + 1} as ${cast}) as c${index}`).join(", ")}`;
  const [row] = await runner.execute({ sql, parameters: PARAMETERS.map(([parameter]) => parameter) });
  expect(Object.values(row ?? {})).toEqual(PARAMETERS.map(([, , answer]) => answer));
}

describe("PostgreSQL in the test's process", () => {
  let database: PGlite;
  let query: Query;
  beforeAll(async () => {
    database = new PGlite();
    await database.exec(SETUP.replace(/create collation[^;]*;/, "").replace(" collate loose", ""));
    await database.exec("set timezone = 'UTC'");
    query = async (sql, values) => {
      const rows = (await database.query<Record<string, unknown>>(sql, values)).rows;
      return rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            value === true ? "t" : value === false ? "f" : value === null ? null : String(value),
          ]),
        ),
      );
    };
  });
  afterAll(() => database.close());

  test("parameters keep their types and values", () => checkParameters(pgliteRunner(database)));

  test("columns are held against the model; domains count as what is behind them", async () => {
    const { storage, report } = await checkTables(query, [CUSTOMERS, needed("plain", { id: "integer" })]);
    expect([...storage.columns]).toEqual(
      ["code", "plan", "short"].map((name) => [storageKey(["crm x", "customers"], name), "castText"]),
    );
    expect(report.tables.map(({ table }) => table)).toEqual(["crm x.customers", "plain"]);
  });

  test("a column that may be left out, and is, is missing everywhere", async () => {
    const { columns, ...table } = needed("plain", { id: "integer", left_at: "timestamp?" });
    const lacking = { ...table, columns: columns.map((one) => ({ ...one, mayLack: one.name === "left_at" })) };
    const { storage } = await checkTables(query, [lacking]);
    expect([...storage.columns]).toEqual([[storageKey(["plain"], "left_at"), "absent"]]);
  });

  test("the table of a snapshot that is not there says that it is not taken", async () => {
    const [table] = neededTables(loadProject([]).model, new Set(), ["Spring"]);
    expect(await failure(checkTables(query, [table as NeededTable]))).toBe(
      "DataError: The snapshot `Spring` has not been taken yet.",
    );
  });

  const check = (title: string, table: NeededTable, expected: string) =>
    test(title, async () => expect(await failure(checkTables(query, [table]))).toBe(expected));
  const of = (columns: Readonly<Record<string, string>>): NeededTable => ({
    ...needed("x", columns),
    parts: ["crm x", "customers"],
  });
  const type = "Declare the field by the column's type, or convert the column.";
  check(
    "a table that is not there",
    needed("custommers", { id: "integer" }),
    "ConfigurationError: The database has no table `custommers`.",
  );
  check(
    "a column that is not there",
    of({ region: "text" }),
    'DataError: table `crm x.customers`: there is no column `region`. Write `from "…"` after the field\'s type if the column has another name.',
  );
  check(
    "a column that was dropped",
    of({ gone: "text" }),
    'DataError: table `crm x.customers`: there is no column `gone`. Write `from "…"` after the field\'s type if the column has another name.',
  );
  check(
    "a number for a text",
    of({ id: "text" }),
    `DataError: table \`crm x.customers\`: the column \`id\` has the type bigint, which is not read as \`text\`. ${type}`,
  );
  check(
    "a text for a date",
    of({ "Cust Region": "date" }),
    `DataError: table \`crm x.customers\`: the column \`Cust Region\` has the type character varying, which is not read as \`date\`. ${type}`,
  );
  check(
    "a double for a decimal",
    of({ ratio: "decimal" }),
    "DataError: table `crm x.customers`: the column `ratio` has the type double precision, which is not read as `decimal(12, 2)`. Declare the field as `float`, or store the column as a decimal.",
  );
});

describe("secrets", () => {
  const check = (url: string, message: string, expected: string) =>
    test(url, () => expect(maskSecrets(message, url)).toBe(expected));
  check("postgres://me:s3cret@host/db", "postgres://me:s3cret@host/db failed: s3cret", "*** failed: ***");
  check("postgres://me:a%20b@host/db", 'password "a b", written a%20b', 'password "***", written ***');
  check("postgres://me:p@ss:w@host/db", "is it p@ss:w?", "is it ***?");
  check("postgres://host/db?user=me&password=s3cret", "s3cret", "***");
  check("postgres://me:100%@host/db", "100%", "***");
  check("postgres://me@host/db", "me@host", "me@host");
  check("nonsense", "nonsense or not", "*** or not");
});

describe("a connection that is none", () => {
  const connect = (url: string) =>
    failure(connectPostgres({ engine: "postgres", url }, [], { baseDir: "/", signal: undefined }));
  test("is another kind of URL", async () => {
    expect(await connect("mysql://me:s3cret@host/db")).toBe(
      "ConfigurationError: The connection's `url` is not one of PostgreSQL.",
    );
  });
  test("finds nobody at the door", async () => {
    expect(await connect("postgres://me:s3cret@127.0.0.1:1/db")).toMatch(
      /^EngineError: PostgreSQL could not be reached: .*ECONNREFUSED/,
    );
  });
  test("does not parse", async () => {
    const said = await connect("postgres://me:s3cret@host:port/db");
    expect(said).toMatch(/^EngineError: PostgreSQL could not be reached/);
    expect(said).not.toContain("s3cret");
  });
});

describe.skipIf(URL_OF_SERVER === undefined)("a PostgreSQL server (SEG_TEST_POSTGRES_URL)", () => {
  const url = URL_OF_SERVER as string;
  const connect = (tables: readonly NeededTable[], more: Readonly<Record<string, string>> = {}, signal?: AbortSignal) =>
    connectPostgres({ engine: "postgres", url, ...more }, tables, { baseDir: "/", signal });
  const admin = async (sql: string): Promise<void> => {
    const { default: pg } = await import("pg");
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  const CLEAN = `drop view if exists plain; drop schema if exists "crm x" cascade; drop collation if exists loose; drop domain if exists money3; drop domain if exists money2; drop type if exists plan`;
  beforeAll(() => admin(`${CLEAN}; ${SETUP}`));
  afterAll(() => admin(CLEAN));

  test("parameters keep their types and values", async () => {
    const { runner } = await connect([CUSTOMERS]);
    await checkParameters(runner);
    expect(await runner.version?.()).toMatch(/^PostgreSQL \d+/);
    await runner.close();
  });

  test("the session is in UTC, sees one moment, and writes nothing", async () => {
    const { runner, storage } = await connect([CUSTOMERS]);
    expect([...storage.columns.values()]).toEqual(["castText", "castText", "castText"]);
    const count = {
      sql: 'select count(*) as n, min(seen) as seen, min(cast(naive as timestamptz)) as naive, min(code::text) as code from "crm x".customers',
      parameters: [],
    };
    const row = {
      n: 1,
      seen: "2026-01-31 08:00:00+00",
      naive: "2026-01-31 10:00:00+00",
      code: "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
    };
    expect(await runner.execute(count)).toEqual([row]);
    await admin('insert into "crm x".customers (id) values (2)');
    expect(await runner.execute(count)).toEqual([row]);
    expect(await failure(runner.execute({ sql: 'delete from "crm x".customers', parameters: [] }))).toContain(
      "EngineError: PostgreSQL refused the statement: cannot execute DELETE in a read-only transaction",
    );
    await runner.close();
  });

  test("the schema is where tables without one are", async () => {
    const { runner } = await connect([needed("customers", { id: "integer" })], { schema: "crm x" });
    expect(await runner.execute({ sql: "select min(id) as id from customers", parameters: [] })).toEqual([{ id: 2 }]);
    await runner.close();
    expect(await failure(connect([needed("customers", { id: "integer" })]))).toBe(
      "ConfigurationError: The database has no table `customers`.",
    );
  });

  test("a collation that takes different texts for equal is refused", async () => {
    const loose = { ...needed("x", { loose: "text" }), parts: ["crm x", "customers"] };
    expect(await failure(connect([loose]))).toContain("the collation of `loose` takes different texts for equal");
  });

  test("after a failure the next statement runs", async () => {
    const { runner } = await connect([]);
    expect(await failure(runner.execute({ sql: "select 9223372036854775807 + 1 as v", parameters: [] }))).toContain(
      "DataError: A number that a segment computes is too large",
    );
    expect(await failure(runner.execute({ sql: "select cast('secret' as bigint) as v", parameters: [] }))).toBe(
      "DataError: PostgreSQL met a value that the model's type cannot hold.",
    );
    expect(await failure(runner.execute({ sql: "select nothing from nowhere", parameters: [] }))).toContain(
      'EngineError: PostgreSQL refused the statement: relation "nowhere" does not exist',
    );
    expect(await runner.execute({ sql: "select 1 as n", parameters: [] })).toEqual([{ n: 1 }]);
    await runner.close();
  });

  test("an abort stops a statement on the server", async () => {
    const { runner } = await connect([]);
    const abort = new AbortController();
    const running = runner.execute({ sql: "select pg_sleep(60)", parameters: [] }, abort.signal);
    setTimeout(() => abort.abort(new Error("enough")), 100);
    expect(await failure(running)).toBe("Error: enough");
    expect(await runner.execute({ sql: "select 1 as n", parameters: [] })).toEqual([{ n: 1 }]);
    await runner.close();
  });

  test("a timeout stops a statement", async () => {
    const { runner } = await connect([], { timeout: "100ms" });
    expect(await failure(runner.execute({ sql: "select pg_sleep(60)", parameters: [] }))).toBe(
      "EngineError: PostgreSQL did not answer within the connection's `timeout`.",
    );
    await runner.close();
  });

  test("a wrong password is not printed", async () => {
    const wrong = url.replace(/:[^:@]*@/, ":wr%20ong@");
    const said = await failure(
      connectPostgres({ engine: "postgres", url: wrong }, [], { baseDir: "/", signal: undefined }),
    );
    expect(said).toContain("EngineError: PostgreSQL could not be reached: password authentication failed");
    expect(said).not.toMatch(/wr(%20| )ong/);
  });
});
