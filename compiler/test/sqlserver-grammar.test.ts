import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { statementsOf } from "./allowed/corpus.ts";
import { hasPackage, PACKAGES } from "./servers/running.ts";

/** What is used of `antlr4ts` and of the grammar of T-SQL that was made for it. */
interface Antlr {
  readonly ANTLRInputStream: new (text: string) => { LA(i: number): number };
  readonly CommonTokenStream: new (lexer: object) => object;
  readonly PredictionMode: { readonly SLL: number };
}
interface Reader {
  removeErrorListeners(): void;
  addErrorListener(listener: { syntaxError(...args: readonly unknown[]): void }): void;
}
interface Parser extends Reader {
  readonly interpreter: { setPredictionMode(mode: number): void };
  tsql_file(): unknown;
}

/** What the grammar says against a statement. Its letters are capital ones. */
function grammar(): (sql: string) => readonly string[] {
  const load = createRequire(`${PACKAGES}index.js`);
  const antlr = {
    ...load("antlr4ts/ANTLRInputStream"),
    ...load("antlr4ts/CommonTokenStream"),
    ...load("antlr4ts/atn/PredictionMode"),
  } as Antlr;
  const made = "antlr4ts-sql/dist/src/grammar-output/tsql/";
  const { TSqlLexer } = load(`${made}TSqlLexer.js`) as { readonly TSqlLexer: new (input: object) => Reader };
  const { TSqlParser } = load(`${made}TSqlParser.js`) as { readonly TSqlParser: new (tokens: object) => Parser };
  class Capitals extends antlr.ANTLRInputStream {
    override LA(i: number): number {
      const letter = super.LA(i);
      return letter >= 97 && letter <= 122 ? letter - 32 : letter;
    }
  }
  return (sql) => {
    const errors: string[] = [];
    const listener = {
      syntaxError: (_: unknown, __: unknown, line: unknown, column: unknown, message: unknown) =>
        void errors.push(`${line}:${column} ${message}`),
    };
    const lexer = new TSqlLexer(new Capitals(sql));
    const parser = new TSqlParser(new antlr.CommonTokenStream(lexer));
    for (const reader of [lexer, parser]) {
      reader.removeErrorListeners();
      reader.addErrorListener(listener);
    }
    parser.interpreter.setPredictionMode(antlr.PredictionMode.SLL);
    parser.tsql_file();
    return errors;
  };
}

/** Longer ones take the grammar seconds. */
const LONGEST = 3000;

describe("T-SQL, read by an independent grammar", () => {
  if (!hasPackage("antlr4ts-sql")) {
    it.skip("no antlr4ts-sql: `npm run engines:install`", () => {});
    return;
  }

  it("every statement of one segment, and every check of keys, is a statement", { timeout: 300_000 }, () => {
    const read = grammar();
    let count = 0;
    for (const { from, segments, sql } of statementsOf("sqlserver", 1)) {
      if (segments.length !== 1 || sql.length > LONGEST) continue;
      count++;
      expect([from, read(sql)]).toEqual([from, []]);
    }
    expect(count).toBeGreaterThan(100);
  });

  it.each([
    "select [a] from [t] limit 1",
    "select [a] = [b] and 1 = 1 from [t]",
    "select count(*) filter (where 1 = 1) from [t]",
    "select [a] from [t] where ([a] = 1) = 1",
    "select case when 1 = 1 then ([a] = 1) end from [t]",
    "select true and false",
  ])("other SQL is not: %s", (sql) => {
    expect(grammar()(sql)).not.toEqual([]);
  });
});
