import { createRequire } from "node:module";
import { DataError, EngineError, type Runner } from "../../sql/runner.ts";
import type { Parameter } from "../../sql/statement.ts";
import { USUAL_STORAGE } from "../../sql/storage.ts";
import { PACKAGES } from "../servers/running.ts";
import { type Creation, creation, doubleQuoted, quoted, type TestEngine, tablesOf } from "./creation.ts";

/** What is used of the package, which `npm run engines:install` brings. */
interface Chdb {
  readonly Session: new () => Session;
}

interface Session {
  query(sql: string, format: string): string;
  queryBind(sql: string, parameters: Readonly<Record<string, unknown>>, format: string): string;
  cleanup(): void;
}

/** ClickHouse inside the test's own process. Lists that may be missing lie in it as variants. */
export async function clickhouseEngine(): Promise<TestEngine> {
  const { Session } = createRequire(PACKAGES)("chdb") as Chdb;
  const session = new Session();
  const run = (statement: string): string => session.query(statement, "TSV");
  const made = new Set<string>(["default"]);
  return {
    dialect: "clickhouse",
    storage: USUAL_STORAGE,
    async load(model, tables) {
      const needed = tablesOf(model, tables);
      for (const name of made) run(`drop database if exists ${named(name)}`);
      made.clear();
      for (const { parts } of needed) made.add(parts.length > 1 ? (parts[0] as string) : "default");
      made.add("default");
      for (const name of made) run(`create database ${named(name)}`);
      run("use default");
      for (const statement of creation(needed, tables, CLICKHOUSE)) run(statement);
      return clickhouseRunner(session);
    },
    async close() {
      session.cleanup();
    },
  };
}

function clickhouseRunner(session: Session): Runner {
  return {
    dialect: "clickhouse",
    version: async () => `ClickHouse ${session.query("select version()", "TSV").trim()}`,
    async execute({ sql, parameters }) {
      try {
        const bound = Object.fromEntries(parameters.map((parameter, index) => [`p${index + 1}`, sent(parameter)]));
        const answer =
          parameters.length === 0
            ? session.query(sql, "JSONCompactEachRowWithNames")
            : session.queryBind(sql, bound, "JSONCompactEachRowWithNames");
        const [names = [], ...rows] = answer
          .split("\n")
          .filter((line) => line !== "")
          .map((line) => JSON.parse(line) as unknown[]);
        return rows.map((row) =>
          Object.fromEntries(row.map((value, index) => [String(names[index]), value as string | number | null])),
        );
      } catch (error) {
        throw failure((error as Error).message);
      }
    },
    async close() {},
  };
}

const sent = ({ type, value }: Parameter): unknown =>
  type === "timestamp" ? String(value).replace("T", " ").replace("Z", "") : type === "float" ? String(value) : value;

/** Values that leave their type, and what `throwIf` says. */
const OF_DATA = /Code: (6|69|70|395|407)\./;

const failure = (message: string): Error => (OF_DATA.test(message) ? new DataError(message) : new EngineError(message));

const named = (name: string): string => doubleQuoted(name.replaceAll("\\", "\\\\"));

const literal = (text: string): string => quoted(text.replaceAll("\\", "\\\\"));

/** Its tables. */
export const CLICKHOUSE: Creation = {
  schema: null,
  storage: " engine = Memory",
  named,
  type(type) {
    switch (type.kind) {
      case "text":
      case "json":
        return "Nullable(String)";
      case "integer":
        return "Nullable(Int64)";
      case "decimal":
        return `Nullable(Decimal(${type.precision}, ${type.scale}))`;
      case "float":
        return "Nullable(Float64)";
      case "boolean":
        return "Nullable(Bool)";
      case "date":
        return "Nullable(Date32)";
      case "timestamp":
        return "Nullable(DateTime64(6, 'UTC'))";
      case "list":
        return `Variant(Array(${CLICKHOUSE.type(type.of)}))`;
    }
  },
  cell: (text, type) => {
    if (type.kind === "timestamp") return `toDateTime64(${literal(text.replace("T", " ").replace("Z", ""))}, 6, 'UTC')`;
    return `cast(${literal(text)} as ${CLICKHOUSE.type(type)})`;
  },
  element: (text, type) => CLICKHOUSE.cell(text, type),
  list: (items, type) =>
    `cast(cast([${items.join(", ")}] as Array(${CLICKHOUSE.type(type.of)})) as ${CLICKHOUSE.type(type)})`,
};
