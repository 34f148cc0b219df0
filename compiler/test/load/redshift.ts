import { PGlite } from "@electric-sql/pglite";
import { USUAL_STORAGE } from "../../sql/storage.ts";
import { type Token, tokens } from "../allowed/tokens.ts";
import { pgliteRunner } from "../engines/pglite.ts";
import { type Creation, creation, doubleQuoted, quoted, schemasOf, type TestEngine, tablesOf } from "./creation.ts";
import { POSTGRES } from "./pglite.ts";
import { SHIMS } from "./redshift-shims.ts";

/**
 * An emulation, not Redshift: PGlite with functions named and documented as Redshift's, comparisons of text that pass over blanks at the end, and a type
 * `super` whose casts answer null where they fail. It finds what is misspelled or put together wrongly, not what the documentation was misread for.
 */
export async function redshiftEmulation(): Promise<TestEngine> {
  const database = await PGlite.create();
  await database.exec(`set time zone 'UTC'; ${SHIMS}`);
  const own = pgliteRunner(database);
  const runner = {
    ...own,
    dialect: "redshift",
    execute: ({ sql, parameters }: Parameters<typeof own.execute>[0]) =>
      own.execute({ sql: asPostgres(sql), parameters }),
    // The database outlives each world.
    close: async () => {},
  };
  const made = new Set<string>(["public"]);
  return {
    dialect: "redshift",
    storage: USUAL_STORAGE,
    async load(model, tables) {
      const needed = tablesOf(model, tables);
      const drops = [...made].map((schema) => `drop schema if exists "${schema}" cascade;`);
      for (const schema of schemasOf(needed)) made.add(schema);
      await database.exec([...drops, 'create schema "public";', ...creation(needed, tables, REDSHIFT)].join("\n"));
      return runner;
    },
    async close() {
      await database.close();
    },
  };
}

/** Its tables. */
const REDSHIFT: Creation = {
  schema: (name) => `create schema ${doubleQuoted(name)};`,
  named: doubleQuoted,
  type(type) {
    if (type.kind === "list" || type.kind === "json") return "super";
    return type.kind === "timestamp" ? "timestamp" : POSTGRES.type(type);
  },
  cell: (text, type) => (type.kind === "json" ? asSuper(text) : quoted(text)),
  element(text, type) {
    if (type.kind === "text" || type.kind === "date") return JSON.stringify(text);
    if (type.kind === "timestamp") return JSON.stringify(text.replace("T", " ").replace("Z", ""));
    return /nan|inf/i.test(text) ? "null" : text;
  },
  list: (items) => asSuper(`[${items.join(",")}]`),
};

const asSuper = (json: string): string => `cast(row(${quoted(json)}::jsonb) as super)`;

/** What PostgreSQL reads otherwise: a length without end, the part of a date, a way into a value, a list among the tables, a name that is a word of its own. */
function asPostgres(sql: string): string {
  const all = tokens(sql, { backslashes: false, names: '"' });
  const written: string[] = [];
  for (let i = 0; i < all.length; i++) {
    const [first = "", second, third = "", , fifth = ""] = all.slice(i, i + 5).map(({ text }) => text);
    if (first === "varchar" && third === "max") {
      written.push("text");
      i += 3;
    } else if (first === "dateadd" || first === "datediff") {
      written.push(`${first}('${third}'`);
      i += 2;
    } else if (all[i]?.kind === "name" && third === "as" && fifth === "(") {
      // PostgreSQL would plan a query anew for each that reads it.
      written.push(`${first} as materialized `);
      i += 3;
    } else if (isPath(all, i)) {
      written.push(`super_at(${first}${second}${third}, ${quoted(fifth.slice(1, -1).replaceAll('""', '"'))})`);
      i += 4;
    } else if (first === "json_serialize") {
      written.push("super_serialize");
    } else if (first === "l_" && third === "list_") {
      written.push("super_items(l_.list_)");
      i += 2;
    } else written.push(first);
  }
  return written.join("");
}

/** A source, its column and a member of that, and not a table. */
function isPath(all: readonly Token[], i: number): boolean {
  if (all[i]?.kind !== "name") return false;
  const isOne = /^(?:name)\.(?:name)\.name$/.test(
    all
      .slice(i, i + 5)
      .map(({ kind, text }) => (kind === "name" ? kind : text))
      .join(""),
  );
  if (!isOne) return false;
  const before = all[i - 1]?.kind === "space" ? all[i - 2] : all[i - 1];
  return before?.text !== "from" && before?.text !== "join" && before?.text !== ".";
}
