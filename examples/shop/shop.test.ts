import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { interpret } from "../../compiler/predicate/interpret.ts";
import { readWorld } from "../../compiler/predicate/world.ts";
import { serverUrl } from "../../compiler/test/servers/running.ts";
import { parseInstant } from "../../language/meaning/calendar.ts";
import { loadProject } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";
import type { Cell } from "./generate/csv.ts";
import { shop } from "./generate/shop.ts";
import type { Table } from "./generate/tables.ts";
import { generate } from "./generate.ts";
import { toPostgres, toSqlite } from "./test/databases.ts";
import { readPlainly, records } from "./test/plainly.ts";

const HERE = new URL(".", import.meta.url).pathname;
const SEG = new URL("../../compiler/cli/seg.ts", import.meta.url).pathname;
const POSTGRES = serverUrl("postgres") ?? undefined;
if (POSTGRES !== undefined) process.env["SEG_TEST_POSTGRES_URL"] = POSTGRES;
const scratch = mkdtempSync(join(tmpdir(), "seglang-shop-"));

beforeAll(() => {
  for (const file of ["model.seg", "segments.seg"]) cpSync(join(HERE, file), join(scratch, file));
  const config = JSON.parse(readFileSync(join(HERE, "seglang.json"), "utf8"));
  config.connections.sqlite = { engine: "sqlite", path: "shop.db" };
  config.connections.postgres = { engine: "postgres", url: "env:SEG_TEST_POSTGRES_URL", schema: "example_shop" };
  writeFileSync(join(scratch, "seglang.json"), JSON.stringify(config));
  generate(join(scratch, "data"));
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const seg = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [SEG, ...args], { encoding: "utf8", maxBuffer: 1 << 28 });

describe("the generator", () => {
  const digest = (folder: string): string => {
    const hash = createHash("sha256");
    for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
    return hash.digest("hex");
  };

  test("writes the same bytes each time", () => {
    generate(join(scratch, "again"));
    expect(digest(join(scratch, "again"))).toBe(digest(join(scratch, "data")));
  });

  test("begins a longer list with the shorter one", () => {
    const few = shop(50).orders.rows.filter(([id]) => /^O\d/.test(String(id)));
    expect(shop(100).orders.rows.slice(0, few.length)).toEqual(few);
  });

  test("makes every kind of dirt", () => {
    const t = shop(10_000);
    const some = (table: Table, column: string, is: (cell: Cell) => boolean): boolean =>
      table.rows.some((row) => is(row[table.columns.indexOf(column)] as Cell));
    const ids = new Set(t.customers.rows.map(([id]) => id));
    expect({
      customers: t.customers.rows.length >= 10_000,
      missingRegion: some(t.customers, "Sales Region", (c) => c === null),
      unlistedRegion: some(t.customers, "Sales Region", (c) => c === "LATAM"),
      orphans: some(t.orders, "customer_id", (c) => !ids.has(c)),
      repeated: new Set(t.orders.rows.map(([id]) => id)).size < t.orders.rows.length,
      negative: some(t.orders, "amount", (c) => String(c).startsWith("-")),
      unknownStore: some(t.customers, "home_store_id", (c) => c === "S99"),
    }).toEqual({
      customers: true,
      missingRegion: true,
      unlistedRegion: true,
      orphans: true,
      repeated: true,
      negative: true,
      unknownStore: true,
    });
  });
});

describe("the ten segments, as of 2026-07-01", () => {
  test("are clean", () => {
    expect(seg("check", "--project", scratch, "--format", "json")).toContain('"errors": 0');
  });

  test("have the members that a plain reading of their English gives, person by person", () => {
    const tables = shop(500);
    const files = ["model.seg", "segments.seg"].map((name) => sourceFile(name, readFileSync(join(HERE, name), "utf8")));
    const { program } = loadProject(files);
    const world = readWorld(
      program.model,
      Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, records(table)])),
    );
    const zone = "Europe/Berlin";
    const { members } = interpret(program, world, {
      asOf: parseInstant("2026-07-01", zone) as bigint,
      zone,
      params: new Map(),
    });
    for (const [name, keys] of Object.entries(readPlainly(tables))) {
      expect({ name, keys: [...members(name)].sort() }).toEqual({ name, keys: [...keys].sort() });
    }
  });

  const run = (connection: string) =>
    JSON.parse(
      seg(
        "run",
        "--project",
        scratch,
        "--connection",
        connection,
        "--as-of",
        "2026-07-01",
        "--members",
        "--format",
        "json",
      ),
    ) as {
      readonly segments: readonly { readonly name: string; readonly size: number; readonly keys: readonly string[] }[];
    };
  const expectPlainReading = (connection: string): void => {
    const { segments } = run(connection);
    const read = readPlainly(shop(10_000));
    expect(segments.map((s) => s.name).sort()).toEqual(Object.keys(read).sort());
    for (const { name, size, keys } of segments) {
      expect({ name, keys: [...keys].sort() }).toEqual({ name, keys: [...(read[name] ?? [])].sort() });
      expect({ name, size, some: size > 0 }).toEqual({ name, size: keys.length, some: true });
    }
  };

  test("have the members that a plain reading of their English gives, in DuckDB", () => expectPlainReading("default"));

  test("have them in SQLite", () => {
    toSqlite(shop(10_000), join(scratch, "shop.db"));
    expectPlainReading("sqlite");
  });

  test.skipIf(POSTGRES === undefined)("have them in PostgreSQL (SEG_TEST_POSTGRES_URL)", async () => {
    await toPostgres(shop(10_000), POSTGRES as string, "example_shop");
    expectPlainReading("postgres");
  });
});
