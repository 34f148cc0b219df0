import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Io } from "../../compiler/cli/io.ts";
import { run as seg } from "../../compiler/cli/main.ts";
import { interpret } from "../../compiler/predicate/interpret.ts";
import { readWorld } from "../../compiler/predicate/world.ts";
import { compileSql } from "../../compiler/sql/compile.ts";
import { pgliteEngine } from "../../compiler/test/load/pglite.ts";
import { parseInstant } from "../../language/meaning/calendar.ts";
import type { Program } from "../../language/meaning/program.ts";
import { loadProject, type Project } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";
import { type Row, readTables, type Tables } from "./rows.ts";
import { writeSqlite } from "./sqlite.ts";

/** The keys of the members, in text order, by the segment's name. */
export type Members = ReadonlyMap<string, readonly string[]>;
export const ENGINES = ["interpreter", "DuckDB", "SQLite", "PGlite"] as const;
export type Engine = (typeof ENGINES)[number];

/** An example project, with its data made anew in a folder that is removed at the end. */
export interface Example {
  readonly project: Project;
  readonly tables: Tables;
  /** Who is in these segments as of a time in the project's zone, by one engine: `seg run --members` where it knows the engine. Asked once. */
  readonly members: (engine: Engine, names: readonly string[], asOf: string) => Promise<Members>;
  readonly close: () => Promise<void>;
}

/** Opens the example in a folder, such as `shop`. `generate` writes its data as CSV files. */
export function openExample(name: string, generate: (folder: string) => void): Example {
  const source = new URL(`../${name}/`, import.meta.url).pathname;
  const root = mkdtempSync(join(tmpdir(), `seglang-${name}-`));
  const files = readdirSync(source).filter((file) => file.endsWith(".seg"));
  for (const file of files) symlinkSync(join(source, file), join(root, file));
  generate(join(root, "data"));
  const config = JSON.parse(readFileSync(join(source, "seglang.json"), "utf8"));
  config.connections.sqlite = { engine: "sqlite", path: `${name}.db` };
  writeFileSync(join(root, "seglang.json"), JSON.stringify(config));

  const project = loadProject(files.map((file) => sourceFile(file, readFileSync(join(source, file), "utf8"))));
  const tables = readTables(join(root, "data"));
  writeSqlite(project.program, tables, join(root, `${name}.db`));
  const zone: string = config.timezone;
  const answers = new Map<string, Promise<Members>>();
  let postgres: Promise<Postgres> | null = null;

  const ask = async (engine: Engine, names: readonly string[], asOf: string): Promise<Members> => {
    switch (engine) {
      case "interpreter":
        return judged(project.program, names, tables, asOf, zone);
      case "DuckDB":
        return run(root, names, "default", asOf);
      case "SQLite":
        return run(root, names, "sqlite", asOf);
      case "PGlite":
        postgres ??= openPostgres(project.program, tables);
        return (await postgres).members(names, asOf, zone);
    }
  };
  return {
    project,
    tables,
    members(engine, names, asOf) {
      const id = `${engine} ${asOf} ${names.join(" ")}`;
      const answer = answers.get(id) ?? ask(engine, names, asOf);
      answers.set(id, answer);
      return answer;
    },
    async close() {
      rmSync(root, { recursive: true, force: true });
      await (await postgres)?.close();
    },
  };
}

async function run(root: string, names: readonly string[], connection: string, asOf: string): Promise<Members> {
  const written = { stdout: "", stderr: "" };
  const sink = (name: "stdout" | "stderr") => ({
    write: (text: string): void => {
      written[name] += text;
    },
    isTTY: false,
    columns: null,
  });
  const io: Io = {
    stdout: sink("stdout"),
    stderr: sink("stderr"),
    stdin: async () => new Uint8Array(),
    env: {},
    cwd: root,
    now: () => 0,
    signal: new AbortController().signal,
  };
  const args = ["--connection", connection, "--as-of", asOf, "--members", "--format", "json"];
  const exit = await seg(["run", ...names, ...args], io);
  if (exit !== 0) throw new Error(`seg run ${args.join(" ")}: ${written.stderr}`);
  const { segments } = JSON.parse(written.stdout) as {
    readonly segments: readonly { readonly name: string; readonly keys: readonly string[] }[];
  };
  return new Map(segments.map(({ name, keys }) => [name, keys]));
}

function judged(program: Program, names: readonly string[], tables: Tables, asOf: string, zone: string): Members {
  const when = { asOf: parseInstant(asOf, zone) as bigint, zone, params: new Map() };
  const { members } = interpret(program, readWorld(program.model, typed(program, tables)), when);
  return new Map(names.map((name) => [name, members(name)]));
}

interface Postgres {
  readonly members: (names: readonly string[], asOf: string, zone: string) => Promise<Members>;
  readonly close: () => Promise<void>;
}

/** PostgreSQL in this process, with the tables in it. */
async function openPostgres(program: Program, tables: Tables): Promise<Postgres> {
  const engine = await pgliteEngine();
  const runner = await engine.load(program.model, typed(program, tables));
  // As a server does by itself. Without it PostgreSQL takes every table for tiny, and joins them row by row.
  await runner.execute({ sql: "analyze", parameters: [] });
  return {
    async members(names, asOf, zone) {
      const when = { asOf: parseInstant(asOf, zone) as bigint, zone, params: new Map() };
      const found = new Map<string, readonly string[]>();
      for (const name of names) {
        const options = { ...when, dialect: "postgres", segments: [name], inline: false, storage: engine.storage };
        const { statements, diagnostics } = compileSql(program, { ...options, shape: "members" });
        const [statement] = statements;
        if (statement === undefined) throw new Error(`${name}: ${diagnostics.map((d) => d.message).join(" ")}`);
        found.set(
          name,
          (await runner.execute(statement)).map((row) => String(row["key"])),
        );
      }
      return found;
    },
    close: engine.close,
  };
}

/** Lists as JSON has them instead of as text, as the test engines want them. */
function typed(
  program: Program,
  tables: Tables,
): Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> {
  const lists = new Map<string, Set<string>>();
  for (const entity of program.model.entities.values())
    for (const field of entity.fields.values())
      if (field.type.kind === "list") {
        const table = entity.table.join(".");
        lists.set(table, (lists.get(table) ?? new Set()).add(field.column));
      }
  const cell = (table: string, column: string, value: string | null): unknown =>
    value !== null && lists.get(table)?.has(column) ? JSON.parse(value) : value;
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [
      table,
      rows.map((row: Row) =>
        Object.fromEntries(Object.entries(row).map(([column, value]) => [column, cell(table, column, value)])),
      ),
    ]),
  );
}
