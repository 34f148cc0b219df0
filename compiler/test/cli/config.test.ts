import { expect, test } from "vitest";
import { PROJECT } from "../../../language/diagnostics/codes/project.ts";
import { parseConfig } from "../../cli/config/config.ts";
import { isJsonProblem, parseJson } from "../../cli/config/json.ts";
import { plain } from "../../cli/config/validate.ts";

/** What a configuration is told: code, the blamed text, message; or that it is fine. */
function check(text: string, ...expected: readonly string[]): void {
  const result = parseConfig(text);
  const told =
    "diagnostics" in result
      ? result.diagnostics.map(({ code, span, message }) => `${code} ${text.slice(span.start, span.end)} | ${message}`)
      : [];
  expect(told).toEqual(expected);
}

test("A configuration may say nothing", () => {
  check("{}");
  expect(parseConfig("{}")).toEqual({ timezone: "UTC", connections: new Map(), lint: new Map() });
});

test("Every documented setting is known", () => {
  check(`{ "$schema": "x", "timezone": "Europe/Berlin", "lint": {},
    "connections": {
      "default": { "engine": "duckdb", "tables": { "customers": "data/customers.csv", "orders": ["a.csv", "b-*.parquet"] }, "timeout": "60s" },
      "file": { "engine": "duckdb", "path": "shop.duckdb" },
      "lite": { "engine": "sqlite", "path": "shop.db", "decimals": "minor", "timeout": "500ms" },
      "warehouse": { "engine": "postgres", "url": "env:WAREHOUSE_URL", "schema": "crm" },
      "other": { "engine": "trino", "url": "env:T" },
      "cloud": { "engine": "snowflake", "account": "x", "warehouse": "y" } } }`);
});

test("An unknown setting is told where it stands, with the nearest known one", () => {
  check('{ "timezon": "UTC" }', 'SEG7402 "timezon" | There is no setting `timezon`.');
  check(
    '{ "connections": { "a": { "engine": "sqlite", "path": "x", "tabels": {} } } }',
    'SEG7402 "tabels" | There is no setting `tabels` in `connections.a`.',
  );
  check(
    '{ "__proto__": 1, "toString": 2 }',
    'SEG7402 "__proto__" | There is no setting `__proto__`.',
    'SEG7402 "toString" | There is no setting `toString`.',
  );
  const result = parseConfig('{ "timezon": "UTC" }');
  expect("diagnostics" in result && result.diagnostics[0]?.help).toBe("Write `timezone`.");
});

test("A wrong type is told with the path", () => {
  check('{ "timezone": 1 }', "SEG7403 1 | `timezone` must be a text, not `1`.");
  check("[]", "SEG7403 [] | The configuration must be an object in `{ }`, not a list in `[ ]`.");
  check(
    '{ "connections": { "a": { "engine": "duckdb", "tables": { "t": 3 } } } }',
    "SEG7403 3 | `connections.a.tables.t` must be a text or a list in `[ ]`, not `3`.",
  );
  check(
    '{ "connections": { "a": { "engine": "duckdb", "tables": { "t": ["x", null] } } } }',
    "SEG7403 null | `connections.a.tables.t[1]` must be a text, not `null`.",
  );
  check(
    '{ "connections": { "a": { "engine": "sqlite", "path": "x", "timeout": "60" } } }',
    'SEG7403 "60" | `connections.a.timeout` must be written like `60s`, not `60`.',
  );
});

test("A connection names an engine and says where the data is", () => {
  check('{ "connections": { "a": {} } }', "SEG7404 { | `connections.a` lacks `engine`.");
  check('{ "connections": { "a": { "engine": "sqlite" } } }', "SEG7404 { | `connections.a` lacks `path`.");
  check('{ "connections": { "a": { "engine": "duckdb" } } }', 'SEG7404 "duckdb" | `connections.a` lacks `tables`.');
  check(
    '{ "connections": { "a": { "engine": "postgress" } } }',
    'SEG7403 "postgress" | `connections.a.engine` must be one of `duckdb`, `sqlite`, `postgres`, `redshift`, `mysql`, `mariadb`, `sqlserver`, `clickhouse`, `trino`, `snowflake`, `bigquery`, `databricks`, not `postgress`.',
  );
});

test("A setting stands once, and settings that exclude each other do not stand together", () => {
  check('{ "timezone": "UTC", "timezone": "UTC" }', 'SEG7405 "timezone" | `timezone` is set twice.');
  check(
    '{ "connections": { "a": { "engine": "duckdb", "path": "x", "tables": {} } } }',
    'SEG7409 { "engine": "duckdb", "path": "x", "tables": {} } | `connections.a` has `path` and `tables`, which exclude each other.',
  );
});

test("A time zone is one that exists", () => {
  check('{ "timezone": "Europe/Berln" }', 'SEG7406 "Europe/Berln" | There is no time zone `Europe/Berln`.');
});

test("Lint decides about warnings by code, and never about errors", () => {
  check('{ "lint": { "SEG0001": "off" } }', 'SEG7407 "SEG0001" | There is no finding with the code `SEG0001`.');
  check('{ "lint": { "SEG7402": "off" } }', 'SEG7408 "SEG7402" | `SEG7402` is an error, and errors cannot be changed.');
  check(
    '{ "lint": { "SEG7402": "quiet" } }',
    'SEG7403 "quiet" | `lint.SEG7402` must be one of `off`, `info`, `warning`, `error`, not `quiet`.',
  );
});

test("What is not JSON is told at its place", () => {
  check("", "SEG7401  | The file ends where a value is expected.");
  check('{ "timezone": "UTC", }', "SEG7401 } | `}` stands where a name in double quotes is expected.");
  check('{ "timezone": "UTC" // mine\n }', "SEG7401 / | `/` stands where `,` or `}` is expected.");
  check("{ 'timezone': 1 }", "SEG7401 ' | `'` stands where a name in double quotes or `}` is expected.");
  check('{ "timezone": "UTC }', 'SEG7401  | The file ends where a closing `"` is expected.');
});

test("Every code of the configuration has a bad example that produces it, and a good one that is fine", () => {
  for (const entry of Object.values(PROJECT).filter(({ number, bad }) => number.startsWith("SEG74") && bad !== "")) {
    const bad = parseConfig(entry.bad);
    expect("diagnostics" in bad ? bad.diagnostics.map(({ code }) => code) : [], entry.bad).toEqual([entry.number]);
    expect(parseConfig(entry.good), entry.good).not.toHaveProperty("diagnostics");
  }
});

test("Our reader of JSON reads what the platform's reads", () => {
  const texts = [
    "1",
    "-0",
    "1e3",
    "1.5E-2",
    "01",
    ".5",
    "1.",
    "+1",
    "NaN",
    "true",
    "tru",
    "null",
    '"a\\u0041\\n"',
    '"\t"',
    '"\\x"',
    "[1, 2]",
    "[1,]",
    "[]",
    '{"a":[{}]}',
    '{"a" 1}',
    " 1 ",
    "1 2",
    '"',
    "{",
    "",
    "\ufeff1",
    '{"a":1,"b":"\\ud83d"}',
  ];
  for (const text of texts) {
    const ours = parseJson(text);
    let theirs: unknown = "refused";
    try {
      theirs = JSON.parse(text);
    } catch {}
    expect(isJsonProblem(ours) ? "refused" : structuredClone(plain(ours)), JSON.stringify(text)).toEqual(theirs);
  }
});

test("Nesting without end is a finding", () => {
  const result = parseJson("[".repeat(100_000));
  expect(isJsonProblem(result) && result.expected).toBe("a value nested less than 60 deep");
});
