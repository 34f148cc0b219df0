import * as duckdb from "@duckdb/node-api";
import { duckdbRunner } from "../../engines/duckdb.ts";
import { USUAL_STORAGE } from "../../sql/storage.ts";
import { meantBySnowflake } from "../allowed/snowflake-text.ts";
import { type Token, tokens } from "../allowed/tokens.ts";
import { type Creation, creation, quoted, type TestEngine, tablesOf } from "./creation.ts";
import { DUCKDB } from "./duckdb.ts";

/**
 * An emulation, not Snowflake: DuckDB with macros named and documented as Snowflake's functions, and texts in quotes read as Snowflake reads them. It finds
 * what is misspelled or put together wrongly, not what the documentation was misread for.
 */
export async function snowflakeEmulation(): Promise<TestEngine> {
  const instance = await duckdb.DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run("set timezone = 'UTC'");
  let world = 0;
  return {
    dialect: "snowflake",
    storage: USUAL_STORAGE,
    async load(model, tables) {
      const name = `world${world++}`;
      await connection.run(`attach ':memory:' as ${name}; use ${name};`);
      if (world > 1) await connection.run(`detach world${world - 2}`);
      for (const statement of [...MACROS, ...creation(tablesOf(model, tables), tables, SNOWFLAKE)])
        await connection.run(statement);
      const own = duckdbRunner(duckdb, connection);
      return {
        ...own,
        dialect: "snowflake",
        execute: ({ sql, parameters }) => own.execute({ sql: asDuckdb(tokens(sql, LEXICAL)), parameters }),
      };
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Its tables. */
const SNOWFLAKE: Creation = {
  ...DUCKDB,
  type(type) {
    if (type.kind === "list") return "json[]";
    return type.kind === "json" ? "json" : DUCKDB.type(type);
  },
  cell: (text, type) => (type.kind === "json" ? `cast(${quoted(text)} as json)` : DUCKDB.cell(text, type)),
  element(text, type) {
    const isText = type.kind === "text" || type.kind === "date" || type.kind === "timestamp";
    if (!isText && /nan|inf/i.test(text)) return "null";
    const plain = type.kind === "timestamp" ? text.replace("T", " ").replace("Z", "") : text;
    return `cast(${quoted(isText ? JSON.stringify(plain) : plain)} as json)`;
  },
  list: (items) => `cast([${items.join(", ")}] as json[])`,
};

const LEXICAL = { backslashes: true, names: '"' } as const;

/** Words that DuckDB has for something else, or not. */
const WORDS: Readonly<Record<string, string>> = {
  number: "decimal",
  timestamp_ntz: "timestamp",
  typeof: "type_of_variant",
  get: "get_of_variant",
  filter: "list_filter",
};

/** What DuckDB reads otherwise: texts in quotes, the part of a date, a lambda, the rows of a list, and some words. */
function asDuckdb(all: readonly Token[]): string {
  const written: string[] = [];
  for (let i = 0; i < all.length; i++) {
    const { kind, text } = all[i] as Token;
    const after = all
      .slice(i + 1, i + 6)
      .map((token) => token.text)
      .join("");
    if (kind === "text") written.push(quoted(meantBySnowflake(text)));
    else if (text === "dateadd" || text === "datediff") {
      written.push(`${text}('${all[i + 2]?.text}'`);
      i += 2;
    } else if (text === "e_" && after.startsWith(" ->")) {
      written.push("lambda e_:");
      i += 2;
    } else if (text === "table" && after === "(flatten(input ") {
      const end = closing(all, i + 3);
      written.push(`(select unnest(from_json(${asDuckdb(all.slice(i + 8, end))}, '["json"]')) as value)`);
      i = end + 1;
    } else written.push(kind === "word" ? (WORDS[text] ?? text) : text);
  }
  return written.join("");
}

/** Where the parenthesis that opens here is closed. */
function closing(all: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < all.length; i++) {
    if (all[i]?.text === "(") depth++;
    if (all[i]?.text === ")" && --depth === 0) return i;
  }
  throw new Error("no closing parenthesis");
}

/** Each as https://docs.snowflake.com/en/sql-reference/functions describes it. */
const MACROS: readonly string[] = [
  "sysdate() as cast(current_timestamp at time zone 'UTC' as timestamp)",
  "sha2(x, bits) as sha256(x)",
  "to_number(x, form) as cast('0x' || x as bigint)",
  `dateadd(part, n, t) as t + case part when 'second' then to_seconds(cast(n as bigint))
    when 'day' then to_days(cast(n as integer)) when 'month' then to_months(cast(n as integer)) end`,
  "dayofweekiso(d) as isodow(d)",
  "array_size(x) as len(x)",
  "parse_json(x) as cast(x as json)",
  `type_of_variant(x) as case json_type(x) when 'VARCHAR' then 'VARCHAR' when 'BOOLEAN' then 'BOOLEAN' when 'OBJECT' then 'OBJECT'
    when 'ARRAY' then 'ARRAY' when 'NULL' then 'NULL_VALUE' when 'DOUBLE'
    then case when contains(lower(cast(x as varchar)), 'e') then 'DOUBLE' else 'DECIMAL' end when null then null else 'INTEGER' end`,
  "as_varchar(x) as case when json_type(x) = 'VARCHAR' then x ->> '$' end",
  "as_boolean(x) as case when json_type(x) = 'BOOLEAN' then cast(x as boolean) end",
  `get_of_variant(x, name) as case when json_type(x) = 'OBJECT'
    then json_extract(x, '/' || replace(replace(name, '~', '~0'), '/', '~1')) end`,
].map((macro) => `create macro ${macro}`);
