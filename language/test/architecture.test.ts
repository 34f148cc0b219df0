import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { RULES } from "./architecture/rules.ts";
import { source } from "./architecture/source.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const AREAS = ["language", "compiler", "playground", "examples"];

const filesBelow = (folder: string): readonly string[] =>
  existsSync(join(ROOT, folder))
    ? readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
        .filter((path) => !/(^|\/)(node_modules|dist|data)\//.test(path))
    : [];

const FILES = AREAS.flatMap(filesBelow);
const SOURCES = FILES.filter((path) => path.endsWith(".ts")).map((path) =>
  source(path, readFileSync(join(ROOT, path), "utf8")),
);

/** For each rule: texts that break it, and neighbours that do not. Each is a path and the file's text. */
const TRIALS: Readonly<
  Record<string, { readonly broken: readonly [string, string][]; readonly kept: readonly [string, string][] }>
> = {
  "language ← compiler ← playground": {
    broken: [
      ["language/meaning/lower.ts", 'import { plan } from "../../compiler/plan/plan.ts";'],
      ["language/project.ts", 'export * from "../compiler/index.ts";'],
      ["language/test/lower.test.ts", 'import { plan } from "../../compiler/plan/plan.ts";'],
      ["compiler/sql/emit.ts", 'const page = await import("../../playground/main.ts");'],
      ["compiler/sql/emit.ts", 'import { generate } from "../../examples/shop/generate.ts";'],
    ],
    kept: [
      ["compiler/sql/emit.ts", 'import type { Pred } from "../../language/meaning/ir.ts";'],
      ["playground/main.ts", 'import { run } from "../compiler/index.ts";'],
      ["language/meaning/lower.ts", '// import { plan } from "../../compiler/plan/plan.ts";'],
    ],
  },
  "inside language, arrows point from meaning towards text": {
    broken: [
      ["language/text/span.ts", 'import type { Diagnostic } from "../diagnostics/diagnostic.ts";'],
      ["language/operators/table.ts", 'import type { Expr } from "../syntax/ast.ts";'],
      ["language/types/widen.ts", 'import type { Operator } from "../operators/operator.ts";'],
      ["language/syntax/parse.ts", 'import { type Model,\n  type Field } from "../model/model.ts";'],
      ["language/analyze/check.ts", 'import { lower } from "../meaning/lower.ts";'],
      ["language/format/format.ts", 'export type { Model } from "../model/model.ts";'],
      ["language/somewhere/new.ts", 'import "../text/span.ts";'],
    ],
    kept: [
      ["language/meaning/lower.ts", 'import { check } from "../analyze/check.ts";'],
      ["language/project.ts", 'import { lower } from "./meaning/lower.ts";'],
      ["language/operators/table.ts", 'import type { Type } from "../types/type.ts";'],
      ["language/syntax/parse.ts", 'import { lex } from "./lexer.ts";'],
    ],
  },
  "inside compiler, arrows point from the command towards the plan, and evaluators never import one another": {
    broken: [
      ["compiler/sql/emit.ts", 'import { compile } from "../predicate/compile.ts";'],
      ["compiler/predicate/compile.ts", 'import { emit } from "../sql/emit.ts";'],
      ["compiler/plan/plan.ts", 'import type { Statement } from "../sql/statement.ts";'],
      ["compiler/engines/duckdb.ts", 'import { EXIT } from "../cli/exit.ts";'],
    ],
    kept: [
      ["compiler/sql/emit.ts", 'import { interpret } from "../predicate/interpret.ts";'],
      ["compiler/sql/dialects/sqlite.ts", 'import { plan } from "../../plan/plan.ts";'],
      ["compiler/engines/duckdb.ts", 'import type { Runner } from "../sql/runner.ts";'],
      ["compiler/cli/main.ts", 'import { connect } from "../engines/connect.ts";'],
    ],
  },
  "the compiler knows nothing of the syntax tree; the command knows its types, to select declarations": {
    broken: [
      ["compiler/sql/emit.ts", 'import type { Expr } from "../../language/syntax/ast.ts";'],
      ["compiler/cli/project.ts", 'import { parse } from "../../language/syntax/parse.ts";'],
    ],
    kept: [
      ["compiler/cli/project.ts", 'import type { Declaration } from "../../language/syntax/ast.ts";'],
      ["compiler/test/emit.test.ts", 'import { parse } from "../../language/syntax/parse.ts";'],
    ],
  },
  "what a browser loads imports neither engines, nor the server, nor the command": {
    broken: [["compiler/browser.ts", 'export { connect } from "./engines/connect.ts";']],
    kept: [["compiler/browser.ts", 'export { compileSql } from "./sql/compile.ts";']],
  },
  "each package is imported in its own place only": {
    broken: [
      ["language/format/format.ts", 'import { Lexer } from "chevrotain";'],
      ["language/meaning/bind.ts", 'import { Temporal } from "temporal-polyfill";'],
      ["language/text/read.ts", 'import { readFileSync } from "node:fs";'],
      ["compiler/predicate/batch.ts", 'import { sql } from "kysely";'],
      ["compiler/engines/duckdb.ts", 'import { Command } from "commander";'],
      ["compiler/engines/sqlite.ts", 'const { DuckDBInstance } = await import("@duckdb/node-api");'],
      ["compiler/cli/main.ts", 'import { Client } from "pg";'],
      ["compiler/cli/main.ts", 'import { DatabaseSync } from "node:sqlite";'],
      ["compiler/cli/main.ts", 'import chalk from "chalk";'],
      ["compiler/cli/main.ts", 'import { build } from "vite";'],
    ],
    kept: [
      ["language/syntax/lexer.ts", 'import { Lexer } from "chevrotain";'],
      ["compiler/engines/duckdb.ts", 'import type { DuckDBConnection } from "@duckdb/node-api";'],
      ["compiler/engines/duckdb/files.ts", 'await import("@duckdb/node-api");'],
      ["compiler/engines/sqlite.ts", 'await import("node:sqlite");'],
      ["compiler/cli/main.ts", 'import { readFile } from "node:fs/promises";'],
      ["compiler/cli/vite.config.ts", 'import { defineConfig } from "vite";'],
      ["compiler/test/engines.test.ts", 'import { PGlite } from "@electric-sql/pglite";'],
    ],
  },
  "no clock, no random source, no environment, no locale outside the command and the playground": {
    broken: [
      ["language/meaning/bind.ts", "const now = Date.now();"],
      ["language/meaning/bind.ts", "const now = new Date();"],
      ["compiler/sql/emit.ts", "const alias = Math.random();"],
      ["compiler/engines/postgres.ts", "const url = process.env.WAREHOUSE_URL;"],
      ["compiler/plan/plan.ts", "names.sort((a, b) => a.localeCompare(b));"],
      ["compiler/sql/emit.ts", "new Intl.NumberFormat();"],
      ["compiler/sql/emit.ts", "const text = `at $" + "{Date.now()}`;"],
    ],
    kept: [
      ["compiler/cli/process.ts", "const now = () => Date.now();"],
      ["language/meaning/bind.ts", "// Date.now() would be wrong here\nconst day = new Date(0);"],
      ["language/meaning/calendar.ts", "Intl.DateTimeFormat;"],
      ["compiler/sql/emit.ts", 'const word = "Math.random";'],
      ["compiler/test/generate.test.ts", "Date.now();"],
    ],
  },
  "a file has 450 lines at most": {
    broken: [["language/syntax/grammar.ts", "x;\n".repeat(451)]],
    kept: [["language/syntax/grammar.ts", "x;\n".repeat(450)]],
  },
  "nothing is exported by default": {
    broken: [
      ["language/syntax/parse.ts", "export default function parse() {}"],
      ["language/syntax/parse.ts", "export { parse as default };"],
    ],
    kept: [["vitest.config.ts", "export default defineConfig({});"]],
  },
  "classes are the parser's, Kysely's and errors only": {
    broken: [
      ["language/meaning/lower.ts", "class Lowering {}"],
      ["compiler/plan/plan.ts", "export class Plan extends Base {}"],
      ["compiler/sql/emit.ts", "class Emitter {}"],
    ],
    kept: [
      ["language/syntax/grammar.ts", "class SegParser extends EmbeddedActionsParser {}"],
      ["compiler/sql/dialects/sqlite.ts", "class Compiler extends SqliteQueryCompiler {}"],
      ["compiler/sql/runner.ts", "export class DataError extends Error {}"],
    ],
  },
  "no file is called utils, helpers, common or misc": {
    broken: [
      ["language/text/utils.ts", ""],
      ["compiler/common/names.ts", ""],
    ],
    kept: [["language/text/commonmark.ts", ""]],
  },
};

describe("the architecture", () => {
  for (const rule of RULES) {
    test(rule.title, () => {
      expect(SOURCES.flatMap((s) => rule.violations(s).map((what) => `${s.path} ${what}`))).toEqual([]);
    });
  }

  test("every folder with source has a README.md", () => {
    const folders = new Set(
      SOURCES.filter((s) => !/\/(test|bench)\//.test(s.path)).map((s) => s.path.slice(0, s.path.lastIndexOf("/"))),
    );
    expect([...folders].filter((folder) => !existsSync(join(ROOT, folder, "README.md")))).toEqual([]);
  });

  test("the folders at the top are those of the design", () => {
    const folders = readdirSync(ROOT, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith("."),
    );
    expect(
      folders
        .map((entry) => entry.name)
        .filter((name) => !["node_modules", "dist", "coverage", "docs", ...AREAS].includes(name)),
    ).toEqual([]);
  });

  test("package.json promises only what there is", () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      readonly bin: Readonly<Record<string, string>>;
      readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
      readonly files: readonly string[];
    };
    const built = Object.values(manifest.exports).flatMap((entry) =>
      typeof entry === "string" ? [entry] : Object.values(entry),
    );
    const promised = [...Object.values(manifest.bin), ...built]
      .map((path) => path.replace(/^\.\//, "").replace(/^dist\/seg\.js$/, "dist/compiler/cli/seg.js"))
      .map((path) =>
        path.startsWith("dist/") && /\.(d\.ts|js)$/.test(path)
          ? path.replace(/^dist\//, "").replace(/\.(d\.ts|js)$/, ".ts")
          : path,
      );
    const needed = [
      ...promised,
      ...manifest.files.filter((path) => path !== "dist" && !path.startsWith("!")),
      "README.md",
      "LICENSE",
      "CONTRIBUTING.md",
      ".ci/run",
    ];
    expect(needed.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

describe("each rule catches what breaks it", () => {
  test("every rule is tried", () => {
    expect(Object.keys(TRIALS)).toEqual(RULES.map((rule) => rule.title));
  });

  for (const rule of RULES) {
    const { broken, kept } = TRIALS[rule.title] ?? { broken: [], kept: [] };
    for (const [path, text] of broken) {
      test(`${path}: ${text.slice(0, 70).replaceAll("\n", " ")}`, () => {
        expect(rule.violations(source(path, text))).toHaveLength(1);
      });
    }
    for (const [path, text] of kept) {
      test(`${path} may: ${text.slice(0, 70).replaceAll("\n", " ")}`, () => {
        expect(rule.violations(source(path, text))).toEqual([]);
      });
    }
  }
});
