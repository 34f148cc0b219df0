import { describe, expect, it } from "vitest";
import { loadProject } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";
import { compileSql, type SqlOptions } from "../sql/compile.ts";
import type { Dialect } from "../sql/dialect.ts";
import { DIALECTS } from "../sql/index.ts";
import { ATTACKS, NO_TEXTS, written } from "./sql/attacks.ts";
import { type Backslashes, readLiteral } from "./sql/literal-reader.ts";

/** How each engine's documentation says that it reads quotes: in both ways where a session's setting decides, and then a literal means the same in both. */
const READINGS: Readonly<Record<string, readonly Backslashes[]>> = {
  duckdb: ["plain"],
  sqlite: ["plain"],
  trino: ["plain"],
  sqlserver: ["plain"],
  postgres: ["plain", "escaping"],
  redshift: ["plain", "escaping"],
  mysql: ["plain", "escaping"],
  mariadb: ["plain", "escaping"],
  databricks: ["escaping"],
  clickhouse: ["escaping"],
  bigquery: ["escaping"],
  snowflake: ["escaping"],
};

const MODEL = "default entity Customer from customers {\n  id : text key\n  name : text optional\n}";
const WHEN = { asOf: 0n, zone: "UTC", params: new Map() };

function compiled(text: string, options: Pick<SqlOptions, "dialect" | "inline">) {
  const files = [sourceFile("model.seg", MODEL), sourceFile("a.seg", `segment S where name = ${written(text)}`)];
  const { program, diagnostics } = loadProject(files, { lint: false });
  expect(diagnostics.filter(({ code }) => code !== "SEG1105")).toEqual([]);
  return compileSql(program, { ...options, ...WHEN, segments: ["S"], shape: "members" });
}

/** The statement with a sign in place of each text, and the texts with their literals. */
function apart(text: string, dialect: Dialect) {
  const [bound] = compiled(text, { dialect: dialect.name, inline: false }).statements;
  const [inlined] = compiled(text, { dialect: dialect.name, inline: true }).statements;
  const literals = (bound?.parameters ?? []).map((parameter) => ({
    literal: dialect.literal(parameter),
    value: String(parameter.value),
  }));
  // The longest first, for one may be in another.
  const rest = literals
    .map(({ literal }) => literal)
    .sort((a, b) => b.length - a.length)
    .reduce((sql, literal) => sql.replaceAll(literal, "¤"), inlined?.sql ?? "");
  return { rest, literals };
}

it("there are at least sixty, all of them different", () => {
  expect(ATTACKS.length).toBeGreaterThanOrEqual(60);
  expect(new Set(ATTACKS).size).toBe(ATTACKS.length);
});

it("of every registered dialect it is known how its engine reads quotes", () => {
  expect([...DIALECTS.keys()].filter((name) => READINGS[name] === undefined)).toEqual([]);
});

describe.each([...DIALECTS.values()].map((dialect) => [dialect.title, dialect] as const))("%s", (_, dialect) => {
  const harmless = apart("harmless", dialect);
  const readings = READINGS[dialect.name] ?? [];

  it("reads each literal as exactly the text that was meant", () => {
    for (const value of ATTACKS)
      for (const reading of readings) {
        const literal = dialect.literal({ type: "text", value });
        expect([literal.slice(0, 80), readLiteral(literal, reading)]).toEqual([literal.slice(0, 80), value]);
      }
  });

  it("has the same statement around every text", () => {
    expect(harmless.literals).not.toEqual([]);
    for (const text of ATTACKS) {
      const { rest, literals } = apart(text, dialect);
      expect([text.slice(0, 40), rest]).toEqual([text.slice(0, 40), harmless.rest]);
      for (const { literal, value } of literals)
        for (const reading of readings) expect(readLiteral(literal, reading)).toBe(value);
    }
  });

  it("has the same statement around every parameter, and the text is one of them", () => {
    const statement = (text: string) => compiled(text, { dialect: dialect.name, inline: false }).statements[0];
    const sql = statement("harmless")?.sql;
    for (const text of ATTACKS) {
      expect(statement(text)?.sql).toBe(sql);
      const values = statement(text)?.parameters.map(({ value }) => String(value)) ?? [];
      expect([text.slice(0, 40), values.some((value) => value.startsWith(text))]).toEqual([text.slice(0, 40), true]);
    }
  });

  it("quotes names so that they end where they end", () => {
    for (const name of ATTACKS.filter((text) => text !== "" && text.length < 1000)) {
      const quoted = dialect.identifier(name);
      const close = quoted.at(-1) as string;
      const inside = quoted.slice(1, -1);
      const escapes = /\\[\\`]/.test(dialect.identifier("`"));
      const rest = escapes ? inside.replaceAll(/\\./gsu, "") : inside.replaceAll(close + close, "");
      expect([name, rest.includes(close), escapes && rest.includes("\\")]).toEqual([name, false, false]);
    }
  });

  it("is refused what no engine holds", () => {
    for (const text of NO_TEXTS) {
      const literal = [...text].map((c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`).join("");
      const files = [sourceFile("model.seg", MODEL), sourceFile("a.seg", `segment S where name = "${literal}"`)];
      const { program } = loadProject(files, { lint: false });
      const options = { ...WHEN, dialect: dialect.name, segments: ["S"], shape: "members" } as const;
      for (const inline of [false, true])
        expect([literal, compileSql(program, { ...options, inline }).statements]).toEqual([literal, []]);
    }
  });
});
