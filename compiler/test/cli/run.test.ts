import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { folder, SHOP, seg } from "./harness.ts";
import { reportOf } from "./shapes.ts";

const AT = ["--as-of", "2026-06-30"];

test("Sizes, shares and bars stand below as-of, zone and population", async () => {
  const { exit, stdout, stderr } = await seg(folder(SHOP), ["run", "--as-of", "2026-06-30T12:00Z"]);
  expect(stdout).toBe(
    [
      "As of 2026-06-30 14:00:00 in Europe/Berlin (2026-06-30T12:00:00Z)",
      "",
      "Customer  population 3",
      "  Loyal      1   33.3%  #############",
      "  Elsewhere  1   33.3%  #############",
      "",
    ].join("\n"),
  );
  expect([exit, stderr]).toEqual([0, ""]);
});

test("JSON has the published shape", async () => {
  const { exit, stdout } = await seg(folder(SHOP), ["run", "Loyal", "--format", "json", ...AT]);
  expect(reportOf("run", stdout)).toEqual({
    version: 1,
    asOf: "2026-06-29T22:00:00Z",
    timezone: "Europe/Berlin",
    zoneData: process.versions["tz"],
    connection: "default",
    params: {},
    population: "asOf",
    currentFields: ["region"],
    entities: [{ name: "Customer", key: "customer_id", population: 3 }],
    segments: [
      {
        name: "Loyal",
        kind: "segment",
        entity: "Customer",
        size: 1,
        share: 0.333333,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ],
  });
  expect(exit).toBe(0);
});

test("Members are lists of keys, in JSON as text in key order", async () => {
  const root = folder(SHOP);
  const { stdout } = await seg(root, ["run", "--members", "--format", "json", "--as-of", "2026-06-03"]);
  expect(reportOf("run", stdout).segments).toMatchObject([
    { name: "Loyal", size: 1, keys: ["a"] },
    { name: "Elsewhere", size: 1, keys: ["c"] },
  ]);
  expect((await seg(root, ["run", "--members", ...AT])).stdout).toMatch(/\n\nLoyal\na\n\nElsewhere\nc\n$/);
  expect((await seg(root, ["run", "Loyal", "--members", ...AT])).stdout).toMatch(/\n\na\n$/);
});

test("As of a past instant the population is who existed then", async () => {
  const population = async (asOf: string) =>
    reportOf("run", (await seg(folder(SHOP), ["run", "--format", "json", "--as-of", asOf])).stdout).entities[0]
      .population;
  expect([await population("2025-12-31"), await population("2026-01-15"), await population("2026-03-01")]).toEqual([
    0, 4, 3,
  ]);
});

test("Nobody has a share of nobody", async () => {
  const { stdout } = await seg(folder(SHOP), ["run", "Loyal", "--format", "json", "--as-of", "2020-01-01"]);
  expect(reportOf("run", stdout)).toMatchObject({ entities: [{ population: 0 }], segments: [{ size: 0, share: 0 }] });
});

test("Without an as-of it is the start of the run, and no field counts as one of today", async () => {
  const { stdout } = await seg(folder(SHOP), ["run", "--format", "json"]);
  expect(reportOf("run", stdout)).toMatchObject({ asOf: "2026-06-30T12:00:00Z", currentFields: [] });
});

test("A population without `since` and `until` is said to be the current one", async () => {
  const project = { ...SHOP, "model.seg": SHOP["model.seg"].replace(" since signed_up_at until deleted_at", "") };
  const root = folder(project);
  expect(reportOf("run", (await seg(root, ["run", "--format", "json", ...AT])).stdout).population).toBe("current");
  expect((await seg(root, ["run", ...AT])).stdout).toContain(
    "\n`Customer` declares neither `since` nor `until`: its population is who exists today.\nWith today's values of `region`.\n",
  );
});

test("Params are reported with the values that were used", async () => {
  const project = { ...SHOP, "segments.seg": "param least : integer = 3\n\nsegment Many where orders >= least\n" };
  const result = async (...argv: readonly string[]) =>
    reportOf("run", (await seg(folder(project), ["run", "--format", "json", ...AT, ...argv])).stdout);
  expect(await result()).toMatchObject({ params: { least: "3" }, segments: [{ size: 0 }] });
  expect(await result("--param", "least=1")).toMatchObject({ params: { least: "1" }, segments: [{ size: 2 }] });
});

test("A hash survives layout and changes with meaning", async () => {
  const hash = async (text: string) =>
    reportOf("run", (await seg(folder({ ...SHOP, "segments.seg": text }), ["run", "--format", "json", ...AT])).stdout)
      .segments[0].hash;
  const base = await hash('segment A where region = "EU" and orders > 1');
  expect(await hash('/// Doc\nsegment A\n  where region = "EU"\n    and orders > 1\n')).toBe(base);
  expect(await hash('segment A where region = "EU" and orders > 2')).not.toBe(base);
});

test("Members are written to a file, whole, and stdout keeps the sizes", async () => {
  const root = folder(SHOP);
  const { stdout, stderr } = await seg(root, ["run", "--out", "out/members.csv", ...AT]);
  expect(readFileSync(join(root, "out/members.csv"), "utf8")).toBe("segment,key\r\nLoyal,a\r\nElsewhere,c\r\n");
  expect(readdirSync(join(root, "out"))).toEqual(["members.csv"]);
  expect(stdout).toMatch(/33\.3% {2}#+\n$/);
  expect(stderr).toBe("Wrote 2 keys to `out/members.csv`.\n");
  await seg(root, ["run", "Loyal", "--out", "members.json", "--format", "json", ...AT]);
  expect(reportOf("run", readFileSync(join(root, "members.json"), "utf8")).segments[0].keys).toEqual(["a"]);
});

test("Keys with commas, quotes and blanks are quoted in CSV, and harmless on a screen", async () => {
  const project = {
    ...SHOP,
    "customers.csv":
      'customer_id,region,signed_up_at,deleted_at\n"a,""b""",NA,2026-01-01T00:00:00Z,\n" c",NA,2026-01-01T00:00:00Z,\n"\u001b[2J",NA,2026-01-01T00:00:00Z,\n',
  };
  const root = folder(project);
  const { stdout } = await seg(root, ["run", "Elsewhere", "--members", "--out", "m.csv", ...AT]);
  expect(stdout).toMatch(/\n\n�\[2J\n c\na,"b"\n$/);
  expect(readFileSync(join(root, "m.csv"), "utf8")).toBe(
    'segment,key\r\nElsewhere,\u001b[2J\r\nElsewhere," c"\r\nElsewhere,"a,""b"""\r\n',
  );
});

test("A report is written besides the one on stdout", async () => {
  const root = folder(SHOP);
  await seg(root, ["run", "--report", "json=run.json", ...AT]);
  expect(reportOf("run", readFileSync(join(root, "run.json"), "utf8")).segments).toHaveLength(2);
});

test("Bars fit the terminal, and are drawn with what it can show", async () => {
  const last = async (columns: number, env: Readonly<Record<string, string>> = {}) =>
    (
      await seg(folder(SHOP), ["run", "Loyal", ...AT], { columns, env: { NO_COLOR: "1", LANG: "en_US.UTF-8", ...env } })
    ).stdout
      .trimEnd()
      .split("\n")
      .at(-1);
  expect(await last(200)).toBe(`  Loyal  1   33.3%  ${"█".repeat(13)}▍`);
  expect(await last(40)).toBe(`  Loyal  1   33.3%  ${"█".repeat(6)}▍`);
  expect(await last(24)).toBe("  Loyal  1   33.3%");
  expect(await last(200, { LANG: "C" })).toBe(`  Loyal  1   33.3%  ${"#".repeat(13)}`);
  expect(await last(200, { TERM: "dumb" })).toBe(`  Loyal  1   33.3%  ${"#".repeat(13)}`);
});

test("NO_COLOR, FORCE_COLOR, a dumb terminal and a pipe decide about colour", async () => {
  const coloured = async (columns: number | undefined, env: Readonly<Record<string, string>>) =>
    (await seg(folder(SHOP), ["run", ...AT], { env, ...(columns === undefined ? {} : { columns }) })).stdout.includes(
      "\u001b[",
    );
  expect(await coloured(80, {})).toBe(true);
  expect(await coloured(undefined, {})).toBe(false);
  expect(await coloured(80, { NO_COLOR: "1" })).toBe(false);
  expect(await coloured(80, { TERM: "dumb" })).toBe(false);
  expect(await coloured(undefined, { FORCE_COLOR: "1" })).toBe(true);
  expect(await coloured(80, { FORCE_COLOR: "0" })).toBe(false);
});

test("Duplicate and missing keys stop the run with exit 3, naming offenders", async () => {
  const twice = { ...SHOP, "customers.csv": `${SHOP["customers.csv"]}a,EU,2026-01-01T00:00:00Z,\n` };
  expect(await seg(folder(twice), ["run", ...AT])).toMatchObject({
    exit: 3,
    stdout: "",
    stderr: expect.stringMatching(/^error {2}.*`?customer_id`?.*\ba\b/),
  });
  const missing = { ...SHOP, "customers.csv": `${SHOP["customers.csv"]},EU,2026-01-01T00:00:00Z,\n` };
  expect((await seg(folder(missing), ["run", ...AT])).exit).toBe(3);
});

test("A cell that does not parse stops the run with file, line and column", async () => {
  const { exit, stderr } = await seg(
    folder({ ...SHOP, "orders.csv": `${SHOP["orders.csv"]}6,a,2026-13-01T00:00:00Z,1\n` }),
    ["run", ...AT],
  );
  expect(stderr).toMatch(/orders\.csv.*7.*`2026-13-01T00:00:00Z`/);
  expect(exit).toBe(3);
});

test("A file that is not there, and a database that is not reached, are exit 3 without a secret", async () => {
  const { "orders.csv": _, ...project } = SHOP;
  expect(await seg(folder(project), ["run", ...AT])).toMatchObject({
    exit: 3,
    stderr: "error  There is no file orders.csv.\n",
  });
  const remote = {
    ...SHOP,
    "seglang.json": '{ "connections": { "default": { "engine": "postgres", "url": "env:WAREHOUSE_URL" } } }',
  };
  const env = { WAREHOUSE_URL: "postgres://seg:hunter2@127.0.0.1:9/shop" };
  const { exit, stdout, stderr } = await seg(folder(remote), ["run", ...AT], { env });
  expect([exit, stdout]).toEqual([3, ""]);
  expect(stderr).not.toContain("hunter2");
});

test("A file that cannot be written is exit 3, and leaves nothing behind", async () => {
  const root = folder({ ...SHOP, "taken.csv/file": "" });
  const { exit, stderr } = await seg(root, ["run", "--out", "taken.csv", ...AT]);
  expect([exit, stderr]).toEqual([3, "error  `taken.csv` cannot be written: it is a folder.\n"]);
  expect(readdirSync(root).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("An interrupted run exits 130 and writes no file", async () => {
  const root = folder(SHOP);
  const stop = new AbortController();
  const running = seg(root, ["run", "--out", "members.csv", ...AT], { signal: stop.signal });
  stop.abort();
  expect(await running).toMatchObject({ exit: 130, stdout: "" });
  expect(existsSync(join(root, "members.csv"))).toBe(false);
});

test("SQLite answers the same as DuckDB", async () => {
  const root = folder({
    ...SHOP,
    "seglang.json":
      '{ "timezone": "Europe/Berlin", "connections": { "default": { "engine": "sqlite", "path": "shop.db" } } }',
  });
  const database = new DatabaseSync(join(root, "shop.db"));
  database.exec(`create table customers (customer_id text, region text, signed_up_at text, deleted_at text);
    insert into customers values ('a', 'EU', '2026-01-01 00:00:00.000000', null), ('b', 'EU', '2026-01-01 00:00:00.000000', null), ('c', 'NA', '2026-01-01 00:00:00.000000', null);
    create table orders (order_id text, customer_id text, ordered_at text, amount numeric);
    insert into orders values ('1', 'a', '2026-06-01 00:00:00.000000', 10), ('2', 'a', '2026-06-02 00:00:00.000000', 20);`);
  database.close();
  const { stdout } = await seg(root, ["run", "--members", "--format", "json", ...AT]);
  expect(reportOf("run", stdout).segments).toMatchObject([
    { name: "Loyal", keys: ["a"] },
    { name: "Elsewhere", keys: ["c"] },
  ]);
});
