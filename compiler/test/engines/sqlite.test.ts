import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import type { SqliteConnection } from "../../engines/config.ts";
import { connectSqlite, sqliteRunner } from "../../engines/sqlite.ts";
import type { NeededTable } from "../../engines/tables.ts";
import type { Parameter } from "../../sql/statement.ts";
import { storageKey } from "../../sql/storage.ts";
import { failure } from "./duckdb-tables.ts";
import { needed, scratchFolder } from "./scratch.ts";

const scratch = scratchFolder();
let made = 0;

/** A database file made by these statements. */
function database(sql: string): string {
  const name = `${++made}.db`;
  const one = new DatabaseSync(join(scratch.path, name));
  one.exec(sql);
  one.close();
  return name;
}

const connectTo = (path: string, tables: readonly NeededTable[], more: Partial<SqliteConnection> = {}) =>
  connectSqlite({ engine: "sqlite", path, ...more }, tables, { baseDir: scratch.path, signal: undefined });

describe("values are held against the model", () => {
  const check = (
    title: string,
    type: string,
    values: string,
    expected: string | null,
    more: Partial<SqliteConnection> = {},
  ) =>
    test(title, async () => {
      const path = database(
        `create table t (v, w); insert into t (v) values ${values.replaceAll("|", "), (").replace(/^/, "(").replace(/$/, ")")}`,
      );
      const said = await failure(
        connectTo(path, [needed("t", { v: type })], more).then(({ runner }) => runner.close()),
      );
      if (expected === null) expect(said).toBe("nothing failed");
      else expect(said.replace(path, "x.db")).toBe(`DataError: x.db, table \`t\`: the column \`v\` holds ${expected}`);
    });
  const view = (mended: string) =>
    ` A view mends it, for \`from t_mended\` in the model:\ncreate view "t_mended" as select ${mended} as "v", "w" from "t";`;

  check("texts", "text", "'EU'|null|''|'5'", null);
  check(
    "numbers for texts",
    "text",
    "'EU'|5",
    `a value, such as \`5\`, and \`text\` is read from text.${view('cast("v" as text)')}`,
  );
  check("booleans", "boolean", "0|1|null", null);
  check(
    "other numbers for booleans",
    "boolean",
    "0|2",
    `a value, such as \`2\`, and \`boolean\` is read from 0 and 1.${view(`case when lower(cast("v" as text)) in ('true', 't', 'yes', '1') then 1 when lower(cast("v" as text)) in ('false', 'f', 'no', '0') then 0 end`)}`,
  );
  check("integers", "integer", "0|9223372036854775807|-9223372036854775808|null", null);
  check(
    "fractions for integers",
    "integer",
    "1|1.5|2.0",
    `2 values, such as \`1.5\`, and \`integer\` is read from whole numbers.${view('cast("v" as integer)')}`,
  );
  check("decimals", "decimal", "1|1.5|null", null);
  check("decimals in minor units", "decimal", "1|150|null", null, { decimals: "minor" });
  check(
    "fractions for minor units",
    "decimal",
    "1.5",
    `a value, such as \`1.5\`, and \`decimal\` is read from whole numbers of its smallest unit.${view('cast(round("v" * 100) as integer)')}`,
    { decimals: "minor" },
  );
  check("floats", "float", "1|1.5|9e999|null", null);
  check(
    "texts for floats",
    "float",
    "'x'",
    `a value, such as \`x\`, and \`float\` is read from numbers.${view('cast("v" as real)')}`,
  );
  check("dates", "date", "'2024-02-29'|'0001-01-01'|null", null);
  check(
    "days that do not exist",
    "date",
    "'2026-02-30'",
    `a value, such as \`2026-02-30\`, and \`date\` is read from text \`YYYY-MM-DD\`.${view('date("v")')}`,
  );
  check("timestamps as text", "timestamp", "'2026-01-31 10:00:00.000000'|'0001-01-01 00:00:00.000000'|null", null);
  check("timestamps as microseconds", "timestamp", "1769853600000000|0|-62135596800000000|null", null);
  const instants =
    "`timestamp` is read from text `YYYY-MM-DD HH:MM:SS.ffffff` in UTC, or from whole microseconds since 1970, one of them in the whole column.";
  const mend = view(
    `case typeof("v") when 'integer' then strftime('%Y-%m-%d %H:%M:%S', "v" / 1000000, 'unixepoch') || printf('.%06d', "v" % 1000000) else strftime('%Y-%m-%d %H:%M:%f', "v") || '000' end`,
  );
  check(
    "timestamps of ISO",
    "timestamp",
    "'2026-01-31T10:00:00Z'|'2026-01-31 10:00:00.000000'",
    `a value, such as \`2026-01-31T10:00:00Z\`, and ${instants}${mend}`,
  );
  check(
    "timestamps without fractions",
    "timestamp",
    "'2026-01-31 10:00:00'",
    `a value, such as \`2026-01-31 10:00:00\`, and ${instants}${mend}`,
  );
  check(
    "times that do not exist",
    "timestamp",
    "'2026-02-30 10:00:00.000000'|'2026-01-31 24:00:00.000000'|'2026-01-31 10:60:00.000000'",
    `3 values, such as \`2026-02-30 10:00:00.000000\`, and ${instants}${mend}`,
  );
  check(
    "both forms",
    "timestamp",
    "'2026-01-31 10:00:00.000000'|1769853600000000",
    `texts and numbers side by side, and ${instants}${mend}`,
  );
  check("lists", "texts", "'[\"a\"]'|'[]'|null", null);
  check("objects for lists", "texts", "'{}'", "a value, such as `{}`, and `list` is read from JSON arrays of text.");
  check("JSON", "json", "'{\"a\": 1}'|'null'|null", null);
  check("malformed JSON", "json", "'{\"a\": 1,}'", 'a value, such as `{"a": 1,}`, and `json` is read from JSON text.');
  check(
    "hidden values",
    "date!",
    "'secret'",
    `a value not shown (\`@pii\` or \`@sensitive\`), and \`date\` is read from text \`YYYY-MM-DD\`.${view('date("v")')}`,
  );

  test("the view mends it", async () => {
    const path = database(
      `create table t (id integer, v); insert into t values (1, '2026-01-31T10:00:00Z'), (2, '2026-01-31 12:30:00.5+02:00'), (3, 1769853600000001), (4, null)`,
    );
    const said = await failure(connectTo(path, [needed("t", { v: "timestamp" })]));
    const one = new DatabaseSync(join(scratch.path, path));
    one.exec(said.slice(said.indexOf("create view")));
    one.close();
    const { runner } = await connectTo(path, [needed("t_mended", { id: "integer", v: "timestamp" })]);
    const rows = await runner.execute({ sql: 'select "v" from "t_mended" order by "id"', parameters: [] });
    expect(rows.map((row) => row["v"])).toEqual([
      "2026-01-31 10:00:00.000000",
      "2026-01-31 10:30:00.500000",
      "2026-01-31 10:00:00.000001",
      null,
    ]);
    await runner.close();
  });
});

describe("a connection", () => {
  test("says which columns are microseconds, and what looks odd", async () => {
    const path = database(
      "create table t (a, b, c); insert into t values (1769853600000000, '2026-01-31 10:00:00.000000', 1769853600)",
    );
    const { runner, storage, report } = await connectTo(
      path,
      [needed("crm.t", { a: "timestamp", b: "timestamp", c: "timestamp" })],
      { decimals: "minor", timeout: "60s" },
    );
    expect(storage).toEqual({
      decimals: "minor",
      samples: true,
      columns: new Map([
        [storageKey(["crm", "t"], "a"), "micros"],
        [storageKey(["crm", "t"], "c"), "micros"],
      ]),
    });
    expect(report.notes).toEqual([
      "SQLite cannot be interrupted: `timeout` has no effect on this connection.",
      `All of \`t.c\` in ${path} lies within weeks of 1970-01-01 when read as microseconds. Are they seconds or milliseconds?`,
    ]);
    expect(report.tables).toEqual([{ table: "crm.t", from: ["t"], rows: null }]);
    await runner.close();
  });

  test("finds tables under the schemas of the model, whatever they are called", async () => {
    const path = database(
      `create table "x""'; drop table t; --" ("a b" text); insert into "x""'; drop table t; --" values ('''; --'); create table t (a integer); insert into t values (7)`,
    );
    const odd = `x"'; drop table t; --`;
    const { runner } = await connectTo(path, [
      needed("main.t", { a: "integer" }),
      { ...needed("x", { "a b": "text" }), parts: [odd, odd] },
    ]);
    const name = `"${odd.replaceAll('"', '""')}"`;
    expect(
      await runner.execute({
        sql: `select "a b" as v, (select a from "main"."t") as n from ${name}.${name}`,
        parameters: [],
      }),
    ).toEqual([{ v: "'; --", n: 7 }]);
    await runner.close();
  });

  test("sees the file as it was when it was made, and never writes", async () => {
    const path = database("pragma journal_mode = wal; create table t (a integer); insert into t values (1)");
    const { runner } = await connectTo(path, [needed("t", { a: "integer" })]);
    const other = new DatabaseSync(join(scratch.path, path));
    other.exec("insert into t values (2)");
    other.close();
    expect(await runner.execute({ sql: "select count(*) as n from t", parameters: [] })).toEqual([{ n: 1 }]);
    expect(await failure(runner.execute({ sql: "insert into t values (3)", parameters: [] }))).toBe(
      "EngineError: SQLite refused the statement: attempt to write a readonly database.",
    );
    await runner.close();
  });

  const path = () => database("create table customers (id integer, Region text)");
  const check = (title: string, file: () => string, table: NeededTable, expected: string) =>
    test(title, async () =>
      expect((await failure(connectTo(file(), [table]))).replace(/\d+\.db/, "x.db")).toBe(expected),
    );
  check("a file that is not there", () => "none.db", needed("t", {}), "EngineError: There is no database none.db.");
  check(
    "a file that is no database",
    () => scratch.write("text.db", "hello, this is text and not a database at all, whatever its name"),
    needed("t", { a: "text" }),
    "EngineError: SQLite refused the statement: file is not a database.",
  );
  check(
    "a table that is not there",
    path,
    needed("custommers", { id: "integer" }),
    "ConfigurationError: The database x.db has no table `custommers`.",
  );
  check(
    "a column that is not there",
    path,
    needed("customers", { region: "text" }),
    'DataError: x.db, table `customers`: there is no column `region`. Did the model mean `Region`? Then write `from "Region"` after the field\'s type.',
  );
  check(
    "a schema of SQLite's own",
    path,
    needed("temp.customers", { id: "integer" }),
    "ConfigurationError: SQLite has no place for the table `temp.customers`.",
  );
});

describe("statements", () => {
  const run = (sql: string, parameters: readonly Parameter[] = []) => {
    const runner = sqliteRunner(new DatabaseSync(":memory:"));
    return runner.execute({ sql, parameters }).finally(() => runner.close());
  };
  const PARAMETERS: readonly Parameter[] = [
    { type: "text", value: "'; drop table customers; --" },
    { type: "boolean", value: true },
    { type: "integer", value: "9007199254740993" },
    { type: "decimal", value: "-0.25" },
    { type: "float", value: 2 },
    { type: "date", value: "2024-02-29" },
    { type: "timestamp", value: "2026-01-31T10:00:00.123456Z" },
    { type: "text", value: null },
  ];
  for (const placeholder of [(index: number) => `?${index}`, () => "?"]) {
    test(`parameters keep their types and values (${placeholder(1)})`, async () => {
      const columns = PARAMETERS.map((_, index) => `${placeholder(index + 1)} as c${index}`);
      expect(Object.values((await run(`select ${columns.join(", ")}`, PARAMETERS))[0] ?? {})).toEqual([
        "'; drop table customers; --",
        1,
        9007199254740993n,
        -0.25,
        2,
        "2024-02-29",
        "2026-01-31 10:00:00.123456",
        null,
      ]);
      const types = PARAMETERS.map((_, index) => `typeof(${placeholder(index + 1)}) as c${index}`);
      expect(Object.values((await run(`select ${types.join(", ")}`, PARAMETERS))[0] ?? {})).toEqual([
        "text",
        "integer",
        "integer",
        "real",
        "real",
        "text",
        "text",
        "null",
      ]);
    });
  }

  test("what is to blame is told apart", async () => {
    expect(await failure(run("select abs(-9223372036854775808)"))).toContain(
      "DataError: A number that a segment computes is too large",
    );
    expect(await failure(run("select no_such"))).toBe(
      "EngineError: SQLite refused the statement: no such column: no_such.",
    );
  });

  test("an abort is heard before a statement", async () => {
    const runner = sqliteRunner(new DatabaseSync(":memory:"));
    expect(
      await failure(runner.execute({ sql: "select 1", parameters: [] }, AbortSignal.abort(new Error("enough")))),
    ).toBe("Error: enough");
    expect(await runner.version?.()).toMatch(/^SQLite 3\./);
  });

  test("Node's word that its SQLite is experimental is not said, other warnings are", () => {
    const path = join(scratch.path, database("create table t (a)"));
    const module = JSON.stringify(new URL("../../engines/sqlite.ts", import.meta.url).href);
    const connection = JSON.stringify({ engine: "sqlite", path });
    const program = `const { connectSqlite } = await import(${module}); await connectSqlite(${connection}, [], { baseDir: "/" }); process.emitWarning("something else");`;
    const { stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
      encoding: "utf8",
    });
    expect(status).toBe(0);
    expect(stderr).toContain("something else");
    expect(stderr).not.toContain("SQLite");
  });
});
