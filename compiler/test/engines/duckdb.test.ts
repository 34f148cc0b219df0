import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
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

describe("a file that cannot be read stops the run and says where", () => {
  const check = (title: string, name: string, content: string | Uint8Array, says: string, table = customers) =>
    test(title, async () => {
      scratch.write(name, content);
      expect(await failure(connectTo(scratch, name, table))).toContain(says);
    });

  check(
    "a cell",
    "a.csv",
    "id,region,born\n1,EU,\nx1,EU,\n",
    "DataError: a.csv, line 3, column 1 (`id`): `x1` is not a whole number of 64 bits",
  );
  check(
    "a cell after quoted breaks",
    "a.csv",
    'region,id,born\n"a\nb",1,\n"c\nd",x,\n',
    "a.csv, line 5, column 2 (`id`): `x`",
  );
  check("a cell of a packed file", "a.csv.gz", "id,region,born\nx,EU,\n", "a.csv.gz, line 2, column 1");
  check("the first of several", "a.csv", "id,region,born\n1,,2026-02-30\nx,,\n", "line 2, column 3 (`born`)");
  check(
    "values of `@pii` fields are not shown",
    "a.csv",
    "id,region,born\n1,,1985-2-3\n",
    "column 3 (`born`): a value that is not shown (`@pii` or `@sensitive`) is not a date, written `YYYY-MM-DD`.",
  );
  check("control characters are", "a.csv", 'id,region,born\n"\u001b[31m",,\n', "`\\u{1b}[31m` is not a whole number");
  check("long values are clipped", "a.csv", `id,region,born\n${"9".repeat(500)},,\n`, `\`${"9".repeat(60)}…\` is not`);
  check(
    "a column that has another name",
    "a.csv",
    "id,Region,born\n1,EU,\n",
    'line 1: there is no column `region`. Did the model mean `Region`? Then write `from "Region"`',
  );
  check("a column that is not there at all", "a.csv", "id,born\n1,\n", 'there is no column `region`. Write `from "…"`');
  check(
    "a column that is there twice",
    "a.csv",
    "id,region,region,born\n1,a,b,\n",
    "DataError: a.csv, line 1: there are two columns `region`.",
  );
  check(
    "a ragged row",
    "a.csv",
    "id,region,born\n1,EU,\n2\n",
    "DataError: a.csv, line 3: 1 cell where the first line has 3.",
  );
  check("an empty file", "a.csv", "", "DataError: a.csv is empty");
  check(
    "Latin-1",
    "a.csv",
    Buffer.from("id,region,born\n1,,\n2,K\xf6ln,\n", "latin1"),
    "DataError: a.csv, line 3: not UTF-8 (save it as UTF-8).",
  );
  check(
    "UTF-16",
    "a.csv",
    Buffer.from("\ufeffid,region,born\n1,,\n", "utf16le"),
    "a.csv, line 1: not UTF-8 (it is UTF-16; save it as UTF-8).",
  );
  check(
    "a character that is cut at the end",
    "a.csv",
    Buffer.from("id,region,born\n1,é,\n2,é").subarray(0, -1),
    "a.csv, line 3: not UTF-8",
  );
  check("half a gzip file", "b.csv.gz", "", "b.csv.gz is empty");
  check(
    "an unknown ending",
    "a.xlsx",
    "",
    "ConfigurationError: The end of the name a.xlsx does not say how the file is written.",
  );
  check("packed Parquet", "a.parquet.gz", "", "ConfigurationError: The end of the name a.parquet.gz");
  check(
    "something else called Parquet",
    "a.parquet",
    "id\n1\n",
    "DataError: a.parquet is not there, or is not a whole Parquet file.",
  );
  check(
    "an object that is no JSON",
    "a.ndjson",
    '{"id": 1}\n{"id": 1,}\n',
    "DataError: a.ndjson, line 2: the object that begins here is not JSON.",
  );
  check("a text for a number", "a.ndjson", '{"id": 1.5}\n', "a.ndjson, line 1 (`id`): `1.5` is not a whole number");
  check(
    "a key that no object has",
    "a.ndjson",
    '{"ID": 1}\n',
    "DataError: a.ndjson: there is no column `id`. Did the model mean `ID`?",
  );
  check(
    "JSON that is malformed in a CSV cell",
    "a.csv",
    'j\n"{""a"": [1,]}"\n',
    'a.csv, line 2, column 1 (`j`): `{"a": [1,]}` is not JSON.',
    needed("t", { j: "json" }),
  );

  test("a broken gzip file", async () => {
    writeFileSync(join(scratch.path, "broken.csv.gz"), Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 75, 76, 1]));
    expect(await failure(connectTo(scratch, "broken.csv.gz", customers))).toBe(
      "DataError: broken.csv.gz is not a whole gzip file.",
    );
  });
  test("a file that is not there, a pattern that matches nothing, a folder", async () => {
    expect(await failure(connectTo(scratch, "none.csv", customers))).toBe("DataError: There is no file none.csv.");
    expect(await failure(connectTo(scratch, "none-*.csv", customers))).toBe("DataError: No file matches none-*.csv.");
    scratch.write("folder.csv/x", "");
    expect(await failure(connectTo(scratch, "folder.csv", customers))).toBe(
      "DataError: folder.csv is a folder, not a file.",
    );
  });
});

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

describe("columns with types of their own", () => {
  const NATIVE = `select 1::integer as id, 'EU' as region, date '2000-02-29' as born, 1.5::decimal(10, 3) as money, 0.1::float as ratio, timestamptz '2026-01-31 10:00:00+02' as seen,
    timestamp_ns '2026-01-31 10:00:00.123456789' as fine, uuid 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11' as code, ['a', null] as tags, {'channel': 'web'} as payload, true as ok, 5::hugeint as wide, 'nan'::double as odd`;
  const all = needed("crm.t", {
    id: "integer",
    region: "text",
    born: "date",
    money: "decimal",
    ratio: "float",
    seen: "timestamp",
    fine: "timestamp",
    code: "text",
    tags: "texts",
    payload: "json",
    ok: "boolean",
    wide: "integer",
    odd: "float",
  });
  const VALUES = [
    [
      "1",
      "EU",
      "2000-02-29",
      "1.50",
      0.10000000149011612,
      "2026-01-31T08:00:00.000000Z",
      "2026-01-31T10:00:00.123456Z",
      "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
      ["a", null],
      '{"channel":"web"}',
      true,
      "5",
      null,
    ],
  ];
  const make = async (sql: string): Promise<void> => {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    await connection.run(sql);
    connection.closeSync();
    instance.closeSync();
  };
  const parquet = (name: string, query: string) =>
    make(`copy (${query}) to '${scratch.path}/${name}' (format parquet)`);

  test("Parquet is read by the model's types", async () => {
    await parquet("t.parquet", NATIVE);
    // Parquet has no integers of 128 bits.
    const { columns } = all;
    expect(
      await rowsOf(scratch, "t.parquet", { ...all, columns: columns.filter(({ name }) => name !== "wide") }),
    ).toEqual(VALUES.map((row) => row.filter((_, index) => columns[index]?.name !== "wide")));
  });

  test("Parquet whose types are others is refused", async () => {
    await parquet("t.parquet", NATIVE);
    expect(await failure(connectTo(scratch, "t.parquet", needed("t", { region: "integer" })))).toBe(
      "DataError: t.parquet: the column `region` has the type VARCHAR, which is not read as `integer`. Declare the field by the column's type, or convert the column.",
    );
    expect(await failure(connectTo(scratch, "t.parquet", needed("t", { odd: "decimal" })))).toContain(
      "DOUBLE, which is not read as `decimal(12, 2)`. Declare the field as `float`, or store the column as a decimal.",
    );
    expect(await failure(connectTo(scratch, "t.parquet", needed("t", { born: "timestamp" })))).toContain(
      "DATE, which is not read as `timestamp`",
    );
    expect(await failure(connectTo(scratch, "t.parquet", needed("t", { regoin: "text" })))).toContain(
      "t.parquet: there is no column `regoin`. Did the model mean `region`?",
    );
  });

  test("values of Parquet that do not fit are found", async () => {
    await parquet(
      "v.parquet",
      "select i as id, case when i = 3 then 1.005 else 1.000 end::decimal(10, 3) as money, 18446744073709551615::ubigint as big, 'x' as j from range(5) r(i)",
    );
    expect(await failure(connectTo(scratch, "v.parquet", needed("t", { money: "decimal" })))).toContain(
      "DataError: v.parquet, row 4 (`money`): `1.005` is not a number with at most 10 digits before the point and 2 after it.",
    );
    expect(await failure(connectTo(scratch, "v.parquet", needed("t", { big: "integer" })))).toContain(
      "v.parquet, row 1 (`big`): `18446744073709551615`",
    );
    expect(await failure(connectTo(scratch, "v.parquet", needed("t", { j: "json!" })))).toContain(
      "v.parquet, row 1 (`j`): a value that is not shown",
    );
  });

  test("a database file is seen by the model's types, and only read", async () => {
    const path = join(scratch.path, "shop.duckdb");
    await make(
      `attach '${path}' as f; create schema f.crm; create table f.crm.t as ${NATIVE}; create table f.orders(order_id varchar, total hugeint); insert into f.orders values ('a', 1), ('b', 99999999999999999999);`,
    );
    const { runner, report } = await connectDuckdb(
      { engine: "duckdb", path: "shop.duckdb" },
      [all, needed("sales.orders", { total: "integer", order_id: "text" })],
      here,
    );
    expect(report.tables).toEqual([
      { table: "crm.t", from: ["crm.t"], rows: null },
      { table: "sales.orders", from: ["orders"], rows: null },
    ]);
    const columns = ["id", "code", "seen", "wide"].map((name) => `cast("${name}" as varchar) as "${name}"`);
    expect(await runner.execute({ sql: `select ${columns.join(", ")} from "crm"."t"`, parameters: [] })).toEqual([
      { id: "1", code: "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", seen: "2026-01-31 08:00:00", wide: "5" },
    ]);
    expect(
      await failure(runner.execute({ sql: 'select sum("total") as s from "sales"."orders"', parameters: [] })),
    ).toBe(
      "DataError: shop.duckdb, table `main.orders`: the column `total` holds a value that is not read as `integer`.",
    );
    expect(
      await failure(runner.execute({ sql: `insert into "seg$file"."main"."orders" values ('c', 1)`, parameters: [] })),
    ).toContain("EngineError: DuckDB refused the statement");
    await runner.close();
    expect(
      await failure(
        connectDuckdb({ engine: "duckdb", path: "shop.duckdb" }, [needed("crm.tt", { id: "integer" })], here),
      ),
    ).toBe("ConfigurationError: The database shop.duckdb has no table `crm.tt`.");
    expect(
      await failure(
        connectDuckdb({ engine: "duckdb", path: "shop.duckdb" }, [needed("orders", { order: "text" })], here),
      ),
    ).toContain("shop.duckdb, table `main.orders`: there is no column `order`.");
    expect(await failure(connectDuckdb({ engine: "duckdb", path: "none.duckdb" }, [], here))).toBe(
      "EngineError: There is no database none.duckdb.",
    );
    scratch.write("text.duckdb", "hello");
    expect(await failure(connectDuckdb({ engine: "duckdb", path: "text.duckdb" }, [], here))).toBe(
      "EngineError: text.duckdb is not a DuckDB database that this version can read.",
    );
  });
});
