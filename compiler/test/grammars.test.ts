import { SparkSQL } from "dt-sql-parser/dist/parser/spark/index.js";
import { TrinoSQL } from "dt-sql-parser/dist/parser/trino/index.js";
import { describe, expect, test } from "vitest";
import { parseInstant } from "../../language/meaning/calendar.ts";
import { compileSql } from "../sql/compile.ts";
import { DATABRICKS } from "./allowed/databricks.ts";
import { tokens } from "./allowed/tokens.ts";
import { TRINO } from "./allowed/trino.ts";
import { caseName, groupProject, readGroups } from "./conformance/cases.ts";

/** Grammars of ANTLR that others wrote, for engines that are too heavy for every run of the tests. */
const GRAMMARS = [
  [DATABRICKS, new SparkSQL()],
  [TRINO, new TrinoSQL()],
] as const;

/** Longer ones take them seconds. */
const LONGEST = 2000;

/** Every second conformance case by itself, in turn bound and inlined. */
function* statementsOf(dialect: string): Generator<{ readonly from: string; readonly sql: string }> {
  for (const group of readGroups()) {
    const { program } = groupProject(group);
    const { asOf, timezone: zone } = group;
    for (let i = 0; i < group.cases.length; i += 2) {
      const segments = [caseName(i)];
      const when = { asOf: parseInstant(asOf, zone) as bigint, zone, params: new Map() };
      const { statements } = compileSql(program, { dialect, segments, shape: "members", inline: i % 4 === 0, ...when });
      for (const { sql } of statements) yield { from: `${group.file}: ${group.cases[i]?.where}`, sql };
    }
  }
}

/** What a statement says three tokens at a time, whatever its names and values are. */
function phrasesOf(sql: string, lexical: (typeof DATABRICKS)["lexical"]): readonly string[] {
  const said = tokens(sql, lexical)
    .filter(({ kind }) => kind !== "space")
    .map(({ kind, text }) => (kind === "word" || kind === "sign" ? text : kind));
  return said.map((_, i) => said.slice(i, i + 3).join(" "));
}

describe.each(GRAMMARS.map(([list, grammar]) => [list.dialect, list, grammar] as const))(
  "%s",
  (dialect, list, grammar) => {
    test("writes what an independent grammar of its language reads", { timeout: 600_000 }, () => {
      const seen = new Set<string>();
      let read = 0;
      const found: string[] = [];
      for (const { from, sql } of statementsOf(dialect)) {
        if (sql.length > LONGEST) continue;
        // One that says nothing new is left out.
        const fresh = phrasesOf(sql, list.lexical).filter((phrase) => !seen.has(phrase));
        if (fresh.length === 0) continue;
        for (const phrase of fresh) seen.add(phrase);
        read++;
        for (const { message, startLine } of grammar.validate(sql))
          found.push(`${message} in ${from}: ${sql.split("\n")[startLine - 1]}`);
      }
      expect(found).toEqual([]);
      expect(read).toBeGreaterThan(50);
    });

    test("does not write what the grammar refuses", () => {
      expect(grammar.validate("select 1 frm t")).not.toEqual([]);
      expect(grammar.validate('select "a" from [b]')).not.toEqual([]);
    });
  },
);
