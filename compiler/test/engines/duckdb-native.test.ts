import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { connectDuckdb } from "../../engines/duckdb.ts";
import { connectTo, failure, rowsOf } from "./duckdb-tables.ts";
import { needed, scratchFolder } from "./scratch.ts";

const scratch = scratchFolder();
const here = { baseDir: scratch.path, signal: undefined };

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
