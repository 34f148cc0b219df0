import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { statementsOf } from "./allowed/corpus.ts";

/** sqlfluff (PyPI), whose grammars of these engines know nothing of us: on the path, or where `SEG_TEST_SQLFLUFF` says. */
const SQLFLUFF = process.env["SEG_TEST_SQLFLUFF"] ?? "sqlfluff";
const version = spawnSync(SQLFLUFF, ["--version"], { encoding: "utf8" }).stdout?.trim() ?? "";

/** It takes a second for each. */
const MOST = 40;

/** Statements without parameters, which are not of the grammar: short ones, from all over the cases. */
function sample(dialect: string): readonly string[] {
  const all = [...statementsOf(dialect, 2)].map(({ sql }) => sql);
  const short = [...new Set(all)].filter((sql) => sql.length < 1600 && !/\$\d|\?/.test(sql));
  const step = Math.max(1, Math.floor(short.length / MOST));
  return short.filter((_, i) => i % step === 0).slice(0, MOST);
}

describe.each([
  ["redshift", "redshift"],
  ["snowflake", "snowflake"],
])("%s, read by an independent grammar", (dialect, grammar) => {
  it.skipIf(version === "")(
    `${version || "no sqlfluff here"}: every statement of a sample is of the language`,
    () => {
      const folder = mkdtempSync(join(tmpdir(), "seglang-grammar-"));
      try {
        for (const [i, sql] of sample(dialect).entries()) writeFileSync(join(folder, `${i}.sql`), `${sql}\n`);
        const read = spawnSync(SQLFLUFF, ["parse", "--dialect", grammar, "--format", "none", folder], {
          encoding: "utf8",
        });
        expect([read.status, read.stdout.trim()]).toEqual([0, ""]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    900_000,
  );
});
