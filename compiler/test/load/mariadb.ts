import mysql from "mysql2/promise";
import type { ColumnType } from "../../engines/reader.ts";
import { type Answer, DataError, EngineError, type Runner } from "../../sql/runner.ts";
import type { Parameter } from "../../sql/statement.ts";
import { USUAL_STORAGE } from "../../sql/storage.ts";
import { type Creation, creation, schemasOf, type Tables, type TestEngine, tablesOf } from "./creation.ts";

/** What a session may have set, none of which may matter. */
const MODES = ["", "NO_BACKSLASH_ESCAPES,ANSI_QUOTES,PIPES_AS_CONCAT,NO_UNSIGNED_SUBTRACTION,STRICT_ALL_TABLES"];

/** Texts are stored in each of these in turn: loose ones, one that ignores blanks at the end, one of another character set. */
const COLLATIONS = ["utf8mb4_general_ci", "utf8mb4_unicode_ci", "utf8mb4_bin", "utf16_general_ci"];

/** A MariaDB or MySQL server, in a database of its own that goes away in the end; schemas of the model are databases that one test at a time has. */
export async function mariadbEngine(url: string, dialect: "mariadb" | "mysql" = "mariadb"): Promise<TestEngine> {
  const connection = await mysql.createConnection({
    uri: url.replace(/^mariadb:/, "mysql:"),
    charset: "utf8mb4",
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    jsonStrings: true,
    maxPreparedStatements: 50,
  });
  const own = `seg_test_${connection.threadId}`;
  await connection.query("set time_zone = '+00:00'");
  let worlds = 0;
  return {
    dialect,
    storage: USUAL_STORAGE,
    async load(model, tables) {
      const needed = tablesOf(model, tables);
      const schemas = [...schemasOf(needed)].sort();
      await connection.query("do release_all_locks()");
      for (const schema of schemas) await connection.query("do get_lock(concat('seg:', ?), 600)", [schema]);
      for (const name of [own, ...schemas]) await connection.query(`drop database if exists ${named(name)}`);
      await connection.query(`create database ${own} character set utf8mb4 collate utf8mb4_general_ci`);
      await connection.query(`use ${own}`);
      await connection.query("set sql_mode = ?", [MODES[worlds++ % MODES.length]]);
      for (const statement of creation(needed, tables, creationOf(tables, dialect))) await connection.query(statement);
      return runnerOn(connection, dialect);
    },
    async close() {
      await connection.query(`drop database if exists ${own}`);
      await connection.end();
    },
  };
}

const runnerOn = (connection: mysql.Connection, dialect: string): Runner => ({
  dialect,
  version: async () => {
    const [rows] = await connection.query<mysql.RowDataPacket[]>("select version() as version");
    return String(rows[0]?.["version"]);
  },
  async execute({ sql, parameters }) {
    try {
      const [rows] = await connection.execute<mysql.RowDataPacket[]>(sql, parameters.map(bound));
      return rows as readonly Readonly<Record<string, Answer>>[];
    } catch (error) {
      const { sqlState = "", message } = error as { readonly sqlState?: string; readonly message: string };
      throw sqlState.startsWith("22") ? new DataError(message) : new EngineError(message);
    }
  },
  close: async () => {},
});

const bound = ({ value }: Parameter): string | number | null => (typeof value === "boolean" ? Number(value) : value);

const named = (name: string): string => `\`${name.replaceAll("`", "``")}\``;

const quoted = (text: string): string => `_utf8mb4 x'${Buffer.from(text, "utf8").toString("hex")}'`;

/** A number that MySQL's own JSON does not hold: no double does, so it is missing. */
const held = (json: string): string =>
  json.replace(/-?\b\d+(?:\.\d+)?[eE]\+?\d+/g, (digits) => (Number.isFinite(Number(digits)) ? digits : "null"));

/** Texts stand in columns of a length where they fit: longer ones would be worked with on disk. */
function creationOf(tables: Tables, dialect: string): Creation {
  const longest = Object.values(tables)
    .flatMap((rows) => rows.flatMap((row) => Object.values(row)))
    .reduce<number>((most, cell) => (typeof cell === "string" ? Math.max(most, cell.length) : most), 0);
  const text = longest > 200 ? "longtext" : "varchar(200)";
  let texts = 0;
  const type = (of: ColumnType): string => {
    switch (of.kind) {
      case "text": {
        const collation = COLLATIONS[texts++ % COLLATIONS.length] as string;
        return `${text} character set ${collation.split("_")[0]} collate ${collation}`;
      }
      case "integer":
        return "bigint";
      case "decimal":
        return `decimal(${of.precision}, ${of.scale})`;
      case "float":
        return "double";
      case "boolean":
      case "date":
        return of.kind;
      case "timestamp":
        return "datetime(6)";
      case "list":
      case "json":
        return "json";
    }
  };
  return {
    schema: (name) => `create database ${named(name)}`,
    named,
    type,
    cell: (text, of) => cell(of.kind === "json" && dialect === "mysql" ? held(text) : text, of),
    element: (text, of) => {
      if (of.kind === "timestamp") return JSON.stringify(spaced(text));
      return of.kind === "text" || of.kind === "date" ? JSON.stringify(text) : cell(text, of);
    },
    list: (items) => quoted(`[${items.join(", ")}]`),
  };
}

const spaced = (instant: string): string => instant.replace("T", " ").replace("Z", "");

function cell(text: string, type: ColumnType): string {
  switch (type.kind) {
    case "text":
    case "list":
    case "json":
      return quoted(text);
    case "date":
      return `'${text}'`;
    case "timestamp":
      return `'${spaced(text)}'`;
    case "boolean":
    case "integer":
    case "decimal":
      return text;
    case "float":
      // It stores neither, and both are missing.
      return /nan|inf/i.test(text) ? "null" : text;
  }
}
