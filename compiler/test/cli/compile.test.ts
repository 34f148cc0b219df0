import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listed } from "../../cli/report/words.ts";
import { DIALECTS } from "../../sql/index.ts";
import { folder, SHOP, seg } from "./harness.ts";
import { reportOf } from "./shapes.ts";

const AT = ["--as-of", "2026-06-30"];
const EVERY = listed([...DIALECTS.keys()].map((name) => `\`${name}\``));

test("SQL goes to stdout, its parameters below it", async () => {
  const { exit, stdout, stderr } = await seg(folder(SHOP), ["compile", "Loyal", "--dialect", "postgres", ...AT]);
  expect(stdout).toMatch(/^with\n.*;\n\n1 {2}timestamp {2}2026-06-29T22:00:00\.000000Z\n.*text {7}"EU"\n$/s);
  expect([exit, stderr]).toEqual([0, ""]);
});

test("The same options give the same bytes", async () => {
  const argv = ["compile", "--dialect", "all", ...AT];
  expect(await seg(folder(SHOP), argv)).toEqual(await seg(folder(SHOP), argv));
});

test("Inlined SQL is SQL alone, so that it can be piped", async () => {
  const { stdout } = await seg(folder(SHOP), ["compile", "Loyal", "--dialect", "duckdb", "--inline", ...AT]);
  expect(stdout).toMatch(/^with\n.*'EU'.*;\n$/s);
  expect(stdout).not.toMatch(/\$1|--/);
  expect((await seg(folder(SHOP), ["compile", "--dialect", "all", "--inline", ...AT])).stdout).toMatch(
    /^-- duckdb: Loyal, Elsewhere\nwith.*\n-- postgres: Loyal/s,
  );
});

test("Without an as-of it is the start of the run, which is said", async () => {
  const { stdout, stderr } = await seg(folder(SHOP), ["compile", "Loyal"]);
  expect(stdout).toContain("2026-06-30T12:00:00.000000Z");
  expect(stderr).toBe("As of 2026-06-30T12:00:00Z, time zone Europe/Berlin: `--as-of` repeats it.\n");
});

test("The dialect is that of the connection, where none is named", async () => {
  const { stdout } = await seg(folder(SHOP), ["compile", "Loyal", "--format", "json", ...AT]);
  expect(reportOf("compile", stdout)).toMatchObject({
    version: 1,
    dialect: "duckdb",
    shape: "members",
    statements: [{ segments: ["Loyal"], columns: ["key"] }],
  });
  const { "seglang.json": _, ...bare } = SHOP;
  expect(await seg(folder(bare), ["compile"])).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining(`Add \`--dialect\` with ${EVERY} or \`all\`.`),
  });
});

test("Decimals are read as the connection says that they are stored", async () => {
  const project = folder({
    "model.seg": "default entity Customer from customers {\n  id : text key\n  paid : decimal(10, 2)\n}\n",
    "segments.seg": "segment Good where paid > 5.25\n",
    "seglang.json": JSON.stringify({
      connections: {
        default: { engine: "sqlite", path: "a.db" },
        minor: { engine: "sqlite", path: "b.db", decimals: "minor" },
      },
    }),
  });
  const sql = async (...more: readonly string[]) =>
    (await seg(project, ["compile", "--inline", "--dialect", "sqlite", ...more, ...AT])).stdout;
  expect(await sql()).toContain("round(");
  expect(await sql("--connection", "minor")).not.toContain("round(");
  expect(await sql("--connection", "minor")).toContain("> 525");
});

test("JSON of all dialects lists each", async () => {
  const { stdout } = await seg(folder(SHOP), [
    "compile",
    "--dialect",
    "all",
    "--format",
    "json",
    "--shape",
    "sizes",
    ...AT,
  ]);
  const report = reportOf("compileAll", stdout);
  expect(report.dialects.map(({ dialect }: { dialect: string }) => dialect)).toEqual([...DIALECTS.keys()]);
  for (const one of report.dialects) expect(one.statements).toMatchObject([{ segments: ["Loyal", "Elsewhere"] }]);
});

test("A param is replaced by its value on the command line", async () => {
  const project = { ...SHOP, "params.seg": "param least : integer = 3\n\nsegment Many where orders >= least\n" };
  const values = async (...argv: readonly string[]) =>
    reportOf(
      "compile",
      (await seg(folder(project), ["compile", "Many", "--format", "json", ...AT, ...argv])).stdout,
    ).statements[0].parameters.map(({ value }: { value: unknown }) => value);
  expect(await values()).toContain("3");
  expect(await values("--param", "least=7")).toContain("7");
});

test("`--timezone` moves the windows", async () => {
  const first = async (...argv: readonly string[]) =>
    (await seg(folder(SHOP), ["compile", "Loyal", ...AT, ...argv])).stdout;
  expect(await first()).toContain("2026-06-29T22:00:00.000000Z");
  expect(await first("--timezone", "America/St_Johns")).toContain("2026-06-30T02:30:00.000000Z");
});

test("Errors are shown instead of SQL: on stderr, or as JSON", async () => {
  const root = folder({ ...SHOP, "b.seg": 'segment B where regon = "EU"' });
  expect(await seg(root, ["compile"])).toMatchObject({
    exit: 1,
    stdout: "",
    stderr: expect.stringContaining("b.seg:1:17  error"),
  });
  const json = await seg(root, ["compile", "--format", "json"]);
  expect(reportOf("check", json.stdout).summary.errors).toBe(1);
  expect(json.exit).toBe(1);
});

test("A view has no parameters and reads the engine's clock once; what follows the calendar is refused at its place", async () => {
  const root = folder({ ...SHOP, "month.seg": "segment Month where orders.during(this month) > 0" });
  const argv = ["compile", "Loyal", "--dialect", "postgres", "--shape", "view"];
  const { exit, stdout } = await seg(root, argv);
  expect([exit, stdout.match(/current_timestamp/g)?.length, /\$1/.test(stdout)]).toEqual([0, 1, false]);
  const refused = await seg(root, ["compile", "Month", "--dialect", "all", "--shape", "view", "--format", "json"]);
  expect(reportOf("check", refused.stdout).diagnostics[0]).toMatchObject({
    code: "SEG6113",
    slug: "calendar-in-view",
    file: "month.seg",
  });
  expect(refused.exit).toBe(1);
});

test("`--explain` says what segments share", async () => {
  const { stderr } = await seg(folder(SHOP), ["compile", "--explain", ...AT]);
  expect(stderr).toMatch(
    /^Customer: 2 segments, \d+ relations together, \d+ one by one\.\n {2}Customer \(customers\): all\n {2}Order \(orders\): Loyal\n/,
  );
});

test("`--out` writes a file a segment and dialect, and beside it as-of and parameters", async () => {
  const root = folder(SHOP);
  const { exit, stdout, stderr } = await seg(root, ["compile", "--dialect", "all", "--out", "sql", ...AT]);
  expect([exit, stdout, stderr]).toEqual([0, "", `Wrote ${2 * DIALECTS.size} statements to \`sql\`.\n`]);
  expect(readdirSync(join(root, "sql")).sort()).toEqual([...DIALECTS.keys()].sort());
  expect(readdirSync(join(root, "sql/postgres")).sort()).toEqual([
    "Elsewhere.json",
    "Elsewhere.sql",
    "Loyal.json",
    "Loyal.sql",
  ]);
  const shown = (await seg(root, ["compile", "Loyal", "--dialect", "postgres", ...AT])).stdout;
  expect(shown.startsWith(readFileSync(join(root, "sql/postgres/Loyal.sql"), "utf8"))).toBe(true);
  expect(JSON.parse(readFileSync(join(root, "sql/postgres/Loyal.json"), "utf8"))).toMatchObject({
    generator: "seglang",
    asOf: "2026-06-29T22:00:00Z",
    timezone: "Europe/Berlin",
    segments: ["Loyal"],
    parameters: expect.arrayContaining([{ type: "text", value: "EU" }]),
  });
});

test("Shapes of several segments make a file an entity", async () => {
  const root = folder(SHOP);
  await seg(root, ["compile", "--out", "sql", "--shape", "flags", ...AT]);
  expect(readdirSync(join(root, "sql/duckdb")).sort()).toEqual(["Customer.flags.json", "Customer.flags.sql"]);
});

test("`--check` fails when files are out of date, missing or left over, and keeps the as-of they were written with", async () => {
  const root = folder(SHOP);
  const files = ["compile", "--dialect", "sqlite", "--out", "sql"];
  expect((await seg(root, [...files, "--check"])).exit).toBe(1);
  await seg(root, [...files, "--as-of", "2026-01-01"]);
  expect(await seg(root, [...files, "--check"])).toEqual({
    exit: 0,
    stdout: "",
    stderr: "All files are up to date.\n",
  });
  writeFileSync(
    join(root, "segments.seg"),
    'segment Loyal where orders.last90d >= 2\n\nsegment New where region = "EU"\n',
  );
  writeFileSync(join(root, "sql/sqlite/mine.json"), "{}");
  const { exit, stdout } = await seg(root, [...files, "--check"]);
  expect(stdout.split("\n")).toEqual([
    "sql/sqlite/Loyal.sql is out of date",
    "sql/sqlite/Loyal.json is out of date",
    "sql/sqlite/New.sql is missing",
    "sql/sqlite/New.json is missing",
    "sql/sqlite/Elsewhere.sql is left over",
    "",
  ]);
  expect(exit).toBe(1);
  const json = await seg(root, [...files, "--check", "--format", "json"]);
  expect(reportOf("compileCheck", json.stdout).files).toHaveLength(5);
  await seg(root, [...files, "--as-of", "2026-01-01"]);
  expect(readdirSync(join(root, "sql/sqlite")).sort()).toEqual([
    "Loyal.json",
    "Loyal.sql",
    "New.json",
    "New.sql",
    "mine.json",
  ]);
  expect((await seg(root, [...files, "--check"])).exit).toBe(0);
});

test("Who compiles one segment leaves the files of the others alone", async () => {
  const root = folder(SHOP);
  const files = ["compile", "--dialect", "sqlite", "--out", "sql"];
  await seg(root, [...files, "--as-of", "2026-01-01"]);
  await seg(root, [...files, "Loyal", "--as-of", "2026-02-01"]);
  expect(existsSync(join(root, "sql/sqlite/Elsewhere.sql"))).toBe(true);
  expect((await seg(root, [...files, "--check"])).exit).toBe(0);
});

test("A name in back-ticks leads out of no folder, and letters' case makes no file overwrite another", async () => {
  const root = folder({
    ...SHOP,
    "odd.seg": 'segment `../../x` where region = "EU"\n\nsegment loyal where region = "EU"\n',
  });
  await seg(root, ["compile", "odd.seg", "Loyal", "--dialect", "sqlite", "--out", "a/b", ...AT]);
  const names = readdirSync(join(root, "a/b/sqlite")).filter((name) => name.endsWith(".sql"));
  expect(names.sort()).toEqual(["%2e.%2f..%2fx.sql", "Loyal.sql", "loyal.2.sql"]);
  await seg(root, ["compile", "loyal", "--dialect", "sqlite", "--out", "c", ...AT]);
  expect(existsSync(join(root, "c/sqlite/loyal.2.sql"))).toBe(true);
});

test("A report of what is written to files is made too", async () => {
  const root = folder(SHOP);
  const argv = ["compile", "--out", "sql", "--format", "json", "--report", "json=report.json", ...AT];
  const { stdout } = await seg(root, argv);
  expect(reportOf("compile", stdout).statements).toHaveLength(2);
  expect(readFileSync(join(root, "report.json"), "utf8")).toBe(stdout);
});

test("Text in a segment cannot command the terminal that inlined SQL is shown on", async () => {
  const project = { ...SHOP, "odd.seg": 'segment Odd where customer_id = "\\u{1B}[2J"\n' };
  const argv = ["compile", "Odd", "--inline", "--dialect", "sqlite", ...AT];
  expect((await seg(folder(project), argv, { columns: 80 })).stdout).not.toContain("\u001b[2J");
  expect((await seg(folder(project), argv)).stdout).toContain("\u001b[2J");
});
