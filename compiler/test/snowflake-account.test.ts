import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { loadProject } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";
import { compileSql } from "../sql/compile.ts";
import { DataError, EngineError } from "../sql/runner.ts";
import { snowflakeEngine } from "./load/snowflake-account.ts";

/** What was asked, and what the SQL API answers to it as https://docs.snowflake.com/en/developer-guide/sql-api/reference says. */
interface Asked {
  readonly method: string;
  readonly url: string;
  readonly authorization: string;
  readonly body: Readonly<Record<string, unknown>>;
}
type Answering = (asked: Asked) => { readonly status: number; readonly body: unknown };

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** An account on this machine, and all that it was asked. */
async function account(answering: Answering) {
  const asked: Asked[] = [];
  const read = async (request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const one = { method, url, authorization: String(headers.authorization), body: await read(request) };
    asked.push(one);
    const { status, body } = answering(one);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  const engine = await snowflakeEngine(`http://127.0.0.1:${port}/SEG%20TESTS?warehouse=SMALL&role=TESTER`, "secret");
  return { engine, asked };
}

const DONE = { status: 200, body: { resultSetMetaData: { rowType: [], partitionInfo: [] }, data: [] } };

const { program, model } = loadProject([
  sourceFile(
    "model.seg",
    `default entity Person from crm.people {
  id     : text key
  name   : text optional
  seen   : timestamp optional
  marks  : list of float optional
  extra  : json { plan : text } optional
}
segment Named where name = "O'Hara" or seen >= 2026-01-01T00:00Z`,
  ),
]);

test("statements go to the database, warehouse and role of the address, with the token, in sessions whose zone is UTC", async () => {
  const { engine, asked } = await account(() => DONE);
  await engine.load(model, { "crm.people": [{ id: "a" }] });
  for (const { method, url, authorization, body } of asked) {
    expect([method, url, authorization]).toEqual(["POST", "/api/v2/statements", "Bearer secret"]);
    expect(body).toMatchObject({
      database: "SEG TESTS",
      warehouse: "SMALL",
      role: "TESTER",
      parameters: { timezone: "UTC" },
    });
  }
  // What makes the schemas stands in none.
  expect(asked.map(({ body }) => [body["schema"], body["statement"]])).toEqual([
    [undefined, 'drop schema if exists "seg_test" cascade'],
    [undefined, 'create schema "seg_test"'],
    [undefined, 'create schema "crm"'],
    ["seg_test", expect.stringMatching(/^create table "crm"\."people" as select /)],
  ]);
});

test("rows are made by selects, each cell of the type of its column", async () => {
  const { engine, asked } = await account(() => DONE);
  const row = {
    id: "a'b\\",
    name: null,
    seen: "2026-02-01T10:00:00.000001Z",
    marks: [1.5, null, "NaN"],
    extra: { plan: "x" },
  };
  await engine.load(model, { "crm.people": [row] });
  const made = asked.map(({ body }) => String(body["statement"])).find((sql) => sql.startsWith("create table")) ?? "";
  const [none, one] = made.slice(made.indexOf("select")).split("\nunion all ");
  expect(none).toBe(
    'select cast(null as varchar) as "id", cast(null as varchar) as "name", cast(null as timestamp_ntz(6)) as "seen", cast(parse_json(null) as array) as "marks", parse_json(null) as "extra" where false',
  );
  expect(one).toBe(
    `select cast('a''b\\\\' as varchar) as "id", cast(null as varchar) as "name", cast('2026-02-01 10:00:00.000001' as timestamp_ntz(6)) as "seen", cast(parse_json('[1.5,null,null]') as array) as "marks", parse_json('{"plan":"x"}') as "extra"`,
  );
});

test("what is bound goes by its number, and what takes long is asked for again, part by part", async () => {
  const metadata = {
    rowType: [
      { name: "key", type: "text" },
      { name: "big", type: "fixed", scale: 0 },
      { name: "small", type: "fixed", scale: 0 },
      { name: "money", type: "fixed", scale: 2 },
      { name: "is", type: "boolean" },
    ],
    partitionInfo: [{ rowCount: 1 }, { rowCount: 1 }],
  };
  const { engine, asked } = await account(({ url, body }) => {
    if (url.endsWith("/h1"))
      return {
        status: 200,
        body: {
          statementHandle: "h1",
          resultSetMetaData: metadata,
          data: [["a", "9223372036854775807", "7", "1.50", "true"]],
        },
      };
    if (url.endsWith("/h1?partition=1")) return { status: 200, body: { data: [["b", null, "8", "2.00", "false"]] } };
    return String(body["statement"]).startsWith("with") || String(body["statement"]).startsWith("select")
      ? { status: 202, body: { statementHandle: "h1" } }
      : DONE;
  });
  const runner = await engine.load(model, { "crm.people": [] });
  const [statement] = compileSql(program, {
    dialect: "snowflake",
    segments: ["Named"],
    shape: "members",
    inline: false,
    asOf: 0n,
    zone: "UTC",
    params: new Map(),
  }).statements;
  const before = asked.length;
  const rows = statement === undefined ? [] : await runner.execute(statement);
  expect(rows).toEqual([
    { key: "a", big: "9223372036854775807", small: 7, money: "1.50", is: true },
    { key: "b", big: null, small: 8, money: "2.00", is: false },
  ]);
  expect(asked.slice(before).map(({ method, url }) => `${method} ${url}`)).toEqual([
    "POST /api/v2/statements",
    "GET /api/v2/statements/h1",
    "GET /api/v2/statements/h1?partition=1",
  ]);
  const bindings = asked[before]?.body["bindings"] as Readonly<Record<string, { type: string; value: string }>>;
  expect(Object.values(bindings).map(({ type, value }) => `${type} ${value}`)).toEqual(
    statement?.parameters.map(({ value }) => `TEXT ${value}`),
  );
  expect(Object.keys(bindings)).toEqual(statement?.parameters.map((_, index) => String(index + 1)));
  expect(JSON.stringify(bindings)).toContain("O'Hara");
});

test.each([
  ["22003", DataError],
  ["42000", EngineError],
])("an error of state %s is one of the data, or of the engine", async (sqlState, kind) => {
  const { engine } = await account(({ body }) =>
    String(body["statement"]).startsWith("select") ? { status: 422, body: { message: "said so", sqlState } } : DONE,
  );
  const runner = await engine.load(model, { "crm.people": [] });
  const asking = runner.version?.();
  await expect(asking).rejects.toThrow("said so");
  await expect(asking).rejects.toBeInstanceOf(kind);
});
