import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../../engines/config.ts";
import { connectDuckdb } from "../../engines/duckdb.ts";
import type { NeededTable } from "../../engines/tables.ts";
import type { Parameter } from "../../sql/statement.ts";
import { connectTo, failure, rowsOf } from "./duckdb-tables.ts";
import { needed, scratchFolder } from "./scratch.ts";

const scratch = scratchFolder();
const here = { baseDir: scratch.path, signal: undefined };
const customers = needed("customers", { id: "integer", region: "text?", born: "date?!" });

describe("files", () => {
  test("lists and globs are read together, each file once, whatever their formats", async () => {
    scratch.write("in/2.csv", "id,region,born\n2,EU,\n");
    scratch.write("in/1.csv", "born,id,region\n,1,NA\n");
    scratch.write("in/deep/3.csv.gz", "id,region,born\n3,,2000-02-29\n");
    scratch.write("in/4.ndjson", '{"id": 4}\n{"id": 5, "region": ""}\n');
    scratch.write("in/5.tsv", "id\tregion\tborn\n6\t\t\n");
    const files = ["in/2.csv", "in/*.csv", "in/**/*.csv.gz", "in/4.ndjson", "in/5.tsv"];
    expect(await rowsOf(scratch, files, customers)).toEqual([
      ["2", "EU", null],
      ["1", "NA", null],
      ["3", null, "2000-02-29"],
      ["4", null, null],
      ["5", "", null],
      ["6", null, null],
    ]);
    const { report, runner } = await connectTo(scratch, files, customers);
    expect(report).toEqual({
      tables: [
        { table: "customers", from: ["in/2.csv", "in/1.csv", "in/deep/3.csv.gz", "in/4.ndjson", "in/5.tsv"], rows: 6 },
      ],
      notes: ["No object of in/4.ndjson has the key `born`, so it is missing everywhere."],
    });
    await runner.close();
  });

  test("brackets and stars in names are taken as they are", async () => {
    const odd = scratch.write("a[1] *'x/b[2]'.csv", "id,region,born\n1,EU,\n");
    expect(await rowsOf(scratch, odd, customers)).toEqual([["1", "EU", null]]);
    const inside = { path: join(scratch.path, "a[1] *'x"), write: scratch.write };
    expect(await rowsOf(inside, "*.csv", customers)).toEqual([["1", "EU", null]]);
  });

  test("names of tables and columns are only names", async () => {
    const attack = `x"'; drop table customers; --`;
    scratch.write(
      "names.csv",
      `"x""'; drop table customers; --",é 😀,"a,b"\n1,"'; drop table customers; --",2026-01-31\n`,
    );
    const table: NeededTable = {
      parts: [attack, attack],
      columns: needed("t", { [attack]: "integer", "é 😀": "text", "a,b": "date" }).columns,
      absence: null,
    };
    expect(await rowsOf(scratch, "names.csv", { ...table, parts: [attack] })).toEqual([
      ["1", "'; drop table customers; --", "2026-01-31"],
    ]);
    const { runner } = await connectDuckdb({ engine: "duckdb", tables: { [attack]: "names.csv" } }, [table], here);
    const name = `"${attack.replaceAll('"', '""')}"`;
    expect(await runner.execute({ sql: `select ${name} as v from ${name}.${name}`, parameters: [] })).toEqual([
      { v: 1 },
    ]);
    await runner.close();
  });

  test("columns that the model does not name are not looked at", async () => {
    scratch.write("wide.csv", "junk,id,junk,region,born\nx,1,,EU,\n");
    expect(await rowsOf(scratch, "wide.csv", customers)).toEqual([["1", "EU", null]]);
  });
});

describe("the connection's tables and the model's", () => {
  const tables = { customers: "in/2.csv" };
  test("the last part of a name is enough", async () => {
    scratch.write("in/2.csv", "id,region,born\n2,EU,\n");
    const table = { ...customers, parts: ["crm", "customers"] };
    const { runner } = await connectDuckdb({ engine: "duckdb", tables }, [table], here);
    expect(await runner.execute({ sql: 'select "id" from "crm"."customers"', parameters: [] })).toEqual([{ id: 2 }]);
    await runner.close();
  });
  test("three parts work too", async () => {
    const { runner } = await connectDuckdb(
      { engine: "duckdb", tables },
      [{ ...customers, parts: ["dwh", "crm", "customers"] }],
      here,
    );
    expect(await runner.execute({ sql: 'select "id" from "dwh"."crm"."customers"', parameters: [] })).toEqual([
      { id: 2 },
    ]);
    await runner.close();
  });
  const check = (title: string, parts: readonly (readonly string[])[], message: string, help: string | null) =>
    test(title, async () => {
      const error = await connectDuckdb(
        { engine: "duckdb", tables },
        parts.map((one) => ({ ...customers, parts: one })),
        here,
      ).catch((e: Error) => e);
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error).toMatchObject({ message, help });
    });
  check(
    "a table without files",
    [["crm", "orders"]],
    "The connection has no files for the table `crm.orders`.",
    'Add it to the connection\'s `tables`: `"crm.orders": "data/orders.csv"`.',
  );
  check(
    "a table with nearly that name",
    [["custommers"]],
    "The connection has no files for the table `custommers`.",
    'Is it `customers`? Then write `"custommers"` in the connection\'s `tables`.',
  );
  check(
    "two tables from one file",
    [
      ["crm", "customers"],
      ["old", "customers"],
    ],
    "`crm.customers` and `old.customers` of the model would both be the table `customers`.",
    "Give them their own: `crm.customers` and `old.customers`.",
  );
  check(
    "a schema of DuckDB's own",
    [["temp", "customers"]],
    "DuckDB keeps the name of the table `temp.customers` to itself.",
    "Name it without its schema.",
  );
  test("neither files nor a database, or both", async () => {
    const said = "ConfigurationError: A connection of DuckDB says where its data is once.";
    expect(await failure(connectDuckdb({ engine: "duckdb" }, [], here))).toBe(said);
    expect(await failure(connectDuckdb({ engine: "duckdb", tables, path: "x.duckdb" }, [], here))).toBe(said);
  });
  test("names that differ in case alone", async () => {
    const both = needed("customers", { id: "integer", ID: "integer" });
    expect(await failure(connectDuckdb({ engine: "duckdb", tables }, [both], here))).toContain(
      "DuckDB cannot tell `customers.id` from `customers.ID`",
    );
  });
});

describe("statements", () => {
  const run = async (sql: string, parameters: readonly Parameter[] = []) => {
    scratch.write("in/2.csv", "id,region,born\n2,EU,\n");
    const { runner } = await connectTo(scratch, "in/2.csv", customers);
    return runner.execute({ sql, parameters }).finally(() => runner.close());
  };

  test("parameters keep their types and values", async () => {
    const parameters: readonly Parameter[] = [
      { type: "text", value: "'; drop table customers; --" },
      { type: "boolean", value: true },
      { type: "integer", value: "9007199254740993" },
      { type: "decimal", value: "-0.25" },
      { type: "decimal", value: "99999999999999999999999999999.999999999" },
      { type: "float", value: 0.1 },
      { type: "date", value: "2024-02-29" },
      { type: "timestamp", value: "2026-01-31T10:00:00.123456Z" },
      { type: "text", value: null },
      { type: "timestamp", value: null },
    ];
    const [types] = await run(
      `select ${parameters.map((_, index) => `typeof($${index + 1}) as c${index}`).join(", ")}`,
      parameters,
    );
    expect(Object.values(types ?? {})).toEqual([
      "VARCHAR",
      "BOOLEAN",
      "BIGINT",
      "DECIMAL(3,2)",
      "DECIMAL(38,9)",
      "DOUBLE",
      "DATE",
      "TIMESTAMP",
      '"NULL"',
      '"NULL"',
    ]);
    const [values] = await run(
      `select ${parameters.map((_, index) => `$${index + 1} as c${index}`).join(", ")}`,
      parameters,
    );
    expect(Object.values(values ?? {})).toEqual([
      "'; drop table customers; --",
      true,
      9007199254740993n,
      "-0.25",
      "99999999999999999999999999999.999999999",
      0.1,
      "2024-02-29",
      "2026-01-31 10:00:00.123456",
      null,
      null,
    ]);
  });

  test("counts are numbers, larger ones whole", async () => {
    expect(
      await run(
        "select count(*) as n, 9007199254740993 as big, 5::hugeint as h, 1.50::decimal(5, 2) as d from customers",
      ),
    ).toEqual([{ n: 1, big: 9007199254740993n, h: 5, d: "1.50" }]);
  });

  test("the session is in UTC", async () => {
    expect(await run("select cast(timestamptz '2026-01-31 10:00:00+02' as varchar) as t")).toEqual([
      { t: "2026-01-31 08:00:00+00" },
    ]);
  });

  test("what is to blame is told apart, without values", async () => {
    expect(await failure(run("select 9223372036854775807 + id as v from customers"))).toBe(
      "DataError: A number that a segment computes is too large: integers have 64 bits, decimals 29 digits before the point and 9 after it.",
    );
    expect(await failure(run("select cast('secret' as integer) as v"))).toBe(
      "DataError: DuckDB met a value that the model's type cannot hold.",
    );
    expect(await failure(run("select nothing from customers"))).toContain(
      "EngineError: DuckDB refused the statement: Binder Error",
    );
  });

  test("SQL reaches no file, no network and no setting", async () => {
    const refused = "EngineError: DuckDB refused the statement";
    expect(await failure(run(`from read_csv('${scratch.path}/in/2.csv')`))).toContain(refused);
    expect(await failure(run(`from '${scratch.path}/in/2.csv'`))).toContain(refused);
    expect(await failure(run("from read_csv('https://127.0.0.1:9/x.csv')"))).toContain(refused);
    expect(await failure(run(`copy customers to '${scratch.path}/out.csv'`))).toContain(refused);
    expect(await failure(run("install httpfs"))).toContain(refused);
    expect(await failure(run("set threads = 1"))).toMatch(/^(EngineError|DataError): /);
  });

  const endless = "select sum(a.range * b.range) as s from range(10000000) a, range(10000000) b";

  test("an abort stops a statement, and the next one runs", async () => {
    const { runner } = await connectTo(scratch, "in/2.csv", customers);
    const abort = new AbortController();
    const running = runner.execute({ sql: endless, parameters: [] }, abort.signal);
    setTimeout(() => abort.abort(new Error("enough")), 100);
    expect(await failure(running)).toBe("Error: enough");
    expect(await runner.execute({ sql: "select 1 as n", parameters: [] })).toEqual([{ n: 1 }]);
    expect(await failure(runner.execute({ sql: "select 1 as n", parameters: [] }, abort.signal))).toBe("Error: enough");
    await runner.close();
  });

  test("a timeout stops a statement", async () => {
    const { runner } = await connectDuckdb(
      { engine: "duckdb", tables: { customers: "in/2.csv" }, timeout: "100ms" },
      [customers],
      here,
    );
    expect(await failure(runner.execute({ sql: endless, parameters: [] }))).toBe(
      "EngineError: DuckDB did not answer within the connection's `timeout`.",
    );
    await runner.close();
  });

  test("an abort stops loading", async () => {
    const abort = new AbortController();
    abort.abort(new Error("enough"));
    expect(
      await failure(
        connectDuckdb({ engine: "duckdb", tables: { customers: "in/2.csv" } }, [customers], {
          ...here,
          signal: abort.signal,
        }),
      ),
    ).toBe("Error: enough");
  });

  test("it names its version", async () => {
    const { runner } = await connectTo(scratch, "in/2.csv", customers);
    expect(await runner.version?.()).toMatch(/^DuckDB v1\./);
    await runner.close();
  });
});
