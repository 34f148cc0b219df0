import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { SCRIPTS } from "../../cli/commands/completion.ts";
import { VERBS, type Verb } from "../../cli/verbs.ts";
import { DIALECTS } from "../../sql/index.ts";
import { folder, SHOP, seg } from "./harness.ts";
import { reportOf } from "./shapes.ts";

const BROKEN = { ...SHOP, "broken.seg": "segment Broken where regon" };

/** What each of these verbs answers, and the beginning of what it says about it on stderr. */
const EXITS: readonly (readonly [files: Readonly<Record<string, string>>, line: string, exit: number, said: string])[] =
  [
    [{}, "init", 0, "Wrote 5 files. Next: `seg check` and `seg run`.\n"],
    [{}, "init new/shop", 0, "Wrote 5 files. Next: `seg check --project new/shop`"],
    [SHOP, "init", 2, "error  This folder already has `seglang.json`, `model.seg` and `segments.seg`.\n"],
    [{ "old.seg": "" }, "init", 2, "error  This folder already has `old.seg`.\n"],
    [{ shop: "" }, "init shop", 2, "error  `shop` is not a folder.\n"],
    [{ shop: "" }, "init shop/inside", 3, "error  `shop/inside"],
    [{}, "init a b", 2, "error  Too many arguments for `init`. Expected 1 argument but got 2: a, b.\n"],
    [{ "a.csv": "id,n\nx,1\n" }, "init --from a.csv", 0, "Wrote 3 files. Next: `seg check` and `seg run`.\n"],
    [{}, "init --from a.csv", 3, "error  `a.csv` cannot be read: it does not exist.\n"],
    [{ "a.csv": "" }, "init --from a.csv", 2, "error  `a.csv` cannot be read as a table: it is empty.\n"],
    [
      { "a.csv": "n\n1\n1\n" },
      "init --from a.csv",
      2,
      "error  `a.csv` has no column whose values are all there and all",
    ],
    [{ "a.csv": 'n\n"1\n' }, "init --from a.csv", 2, "error  `a.csv` cannot be read as a table: line 2"],
    [{}, "init --from a.parquet", 2, "error  `a.parquet` is neither CSV nor TSV"],
    [{}, "init --from postgres://localhost/a", 2, "error  Databases are not read by `--from` in this version.\n"],
    [{}, "init --form a.csv", 2, "error  Unknown option `--form`.\nhelp   Write `--from`.\n"],
    [SHOP, "list", 0, ""],
    [SHOP, "list Loyal", 0, ""],
    [SHOP, "list Loyl", 2, "error  There is no declaration `Loyl` in the project.\nhelp   Write `Loyal`.\n"],
    [BROKEN, "list", 1, ""],
    [{}, "list", 2, "error  There is no `.seg` file here.\n"],
    [{}, "lst", 2, "error  Unknown command `lst`.\nhelp   Write `list`.\n"],
    [{}, "dialects", 0, ""],
    [{}, "dialects sqlte", 2, "error  There is no dialect `sqlte` in this version.\nhelp   Write `sqlite`.\n"],
    [{}, "dialects oracle", 2, "error  There is no dialect `oracle` in this version.\nhelp   There are `duckdb`"],
    [{}, "doctor", 0, ""],
    [SHOP, "doctor", 0, ""],
    [SHOP, "doctor --project nowhere", 2, "error  There is no folder `nowhere`.\n"],
    [{ "seglang.json": "{" }, "doctor", 2, "seglang.json:1:2  error"],
    [{}, "completion fish", 0, ""],
    [{}, "completion", 2, "error  Missing required argument `shell`.\n"],
    [{}, "completion bsh", 2, "error  There is no completion for the shell `bsh`.\nhelp   Write `bash`.\n"],
    [{}, "completion tcsh", 2, "error  There is no completion for the shell `tcsh`.\n"],
  ];

test.each(EXITS)("In %j, `seg %s` exits %i", async (files, line, exit, said) => {
  const { exit: code, stderr, stdout } = await seg(folder(files), line.split(" "));
  expect({ code, said: stderr.slice(0, said.length) }).toEqual({ code: exit, said });
  expect(stdout === "").toBe(exit > 0);
});

test("Help fits a screen of 80 by 40, in groups, and every verb has examples", async () => {
  const { stdout } = await seg(folder({}), ["--help"], { columns: 80 });
  const lines = stdout.split("\n");
  expect(lines.length).toBeLessThanOrEqual(40);
  expect(lines.filter((line) => stripVTControlCharacters(line).length > 80)).toEqual([]);
  for (const { group } of Object.values(VERBS)) expect(stdout).toContain(group);
  expect(Object.values(VERBS).filter(({ examples }: Verb) => examples.length === 0)).toEqual([]);
});

describe("seg init", () => {
  test("What it writes has no finding and gives a first number at once, on any day", async () => {
    const root = folder({});
    expect((await seg(root, ["init", "shop"])).stdout.split("\n")).toContain("shop/segments.seg");
    const checked = await seg(root, ["check", "--project", "shop", "--format", "json"]);
    expect([checked.exit, reportOf("check", checked.stdout).diagnostics]).toEqual([0, []]);
    const { stdout } = await seg(root, ["run", "--project", "shop", "--format", "json"]);
    expect(reportOf("run", stdout)).toMatchObject({
      entities: [{ name: "Customer", population: 8 }],
      segments: [
        { name: "Loyal", size: 2 },
        { name: "Quiet", size: 2 },
      ],
    });
  });

  test("What it writes is laid out as `seg fmt` would", async () => {
    const root = folder({});
    await seg(root, ["init"]);
    expect(await seg(root, ["fmt", "--check"])).toMatchObject({ exit: 0, stdout: "" });
  });

  test("Over files it declares what they hold, linked by the first one's key, and counts at once", async () => {
    const root = folder({
      "in/Kunden.csv": `Kunden ID,Name,Sales Region,signedUpAt,Points,Zip,active
1,"Doe, Ann",EU,2026-01-01T10:00:00Z,5,01234,true
2,Bob,,2026-02-01T10:00:00Z,,80331,false
`,
      "in/orders.csv": "order_id,Kunden ID,ordered_on,amount\no1,1,2026-03-01,10.50\no2,1,2026-03-02,7\n",
    });
    const { exit } = await seg(root, ["init", "shop", "--from", "in/Kunden.csv", "--from", "in/orders.csv"]);
    expect(exit).toBe(0);
    expect(
      readFileSync(join(root, "shop/model.seg"), "utf8").split("\n").slice(3).join("\n"),
    ).toBe(`/// What segments are about, unless they say \`of\`.
default entity Kunden from kunden {
  kunden_id    : text key from "Kunden ID"
  name         : text from "Name"
  sales_region : text optional from "Sales Region"
  signed_up_at : timestamp from "signedUpAt"
  points       : integer optional from "Points"
  zip          : text from "Zip"
  active       : boolean
  orders       : many Order by \`Kunden ID\`
}

event Order from orders at ordered_on {
  order_id   : text key
  ordered_on : date
  amount     : decimal(18, 2)
}
`);
    const checked = await seg(root, ["check", "--project", "shop", "--format", "json"]);
    expect(reportOf("check", checked.stdout).diagnostics).toEqual([]);
    expect((await seg(root, ["fmt", "--check", "--project", "shop"])).exit).toBe(0);
    writeFileSync(join(root, "shop/more.seg"), "segment Buyers where orders.sum(amount) = 17.50\n");
    const counted = await seg(root, ["run", "--project", "shop", "--format", "json"]);
    expect(reportOf("run", counted.stdout).segments).toMatchObject([
      { name: "Buyers", size: 1 },
      { name: "Everybody", size: 2 },
    ]);
  });

  test("Where one file is in the way, none is written", async () => {
    const root = folder({ "data/orders.csv": "mine\n" });
    expect((await seg(root, ["init"])).stderr).toContain("already has `data/orders.csv`");
    expect((await seg(root, ["check", "--allow-empty"])).stderr).toContain("no files");
  });
});

describe("seg list", () => {
  const FILES = {
    ...SHOP,
    "more.seg": `param least : integer = 3

trait orders_ever = orders.count

/// Many of them.
/// More than most.
@owner("crm@shop.example")
@tags(loyalty, "b2c")
segment Many "Many orders" where orders_ever >= least and not Elsewhere
`,
  };

  test("Tells owner, tags, text and what a segment is made of", async () => {
    expect((await seg(folder(FILES), ["list", "Many"])).stdout).toBe(`Many  Many orders
  Many of them.
  More than most.
  owner  crm@shop.example
  tags   loyalty, b2c
  needs  Elsewhere, orders_ever, least
  reads  Customer, Order
  file   more.seg
`);
  });

  test("The same as data, for everything or for what is named", async () => {
    const all = reportOf("list", (await seg(folder(FILES), ["list", "--format", "json"])).stdout);
    expect(all.segments.map(({ name }: { readonly name: string }) => name)).toEqual(["Many", "Loyal", "Elsewhere"]);
    expect(all.segments[0].dependsOn).toEqual({
      entities: ["Customer", "Order"],
      segments: ["Elsewhere"],
      traits: ["orders_ever"],
      params: ["least"],
    });
    const one = reportOf("list", (await seg(folder(FILES), ["list", "segments.seg", "--format", "json"])).stdout);
    expect(one.segments).toHaveLength(2);
  });
});

test("Every dialect says how it is verified", async () => {
  const report = reportOf("dialects", (await seg(folder({}), ["dialects", "--format", "json"])).stdout);
  expect(
    report.dialects.map(({ name, support, verified }: Record<string, string>) => [name, support, verified]),
  ).toEqual([...DIALECTS.values()].map(({ name, support }) => [name, support.level, support.by]));
  const { stdout } = await seg(folder({}), ["dialects", "sqlite"]);
  expect(stdout).toMatch(
    /^sqlite {2}SQLite\n {2}verified {3}executed .*\n {2}cannot {5}decimals of more than 15 digits/,
  );
});

test("Every dialect says what it cannot express", async () => {
  const report = reportOf("dialects", (await seg(folder({}), ["dialects", "--format", "json"])).stdout);
  const CALENDAR = "in the shape `view`: what follows the calendar, such as `this month` or an age";
  const cannot = (name: string) => report.dialects.find((one: { name: string }) => one.name === name).cannot;
  expect(cannot("postgres")).toEqual(["more than 100 tables at once, or conditions more than 150 deep", CALENDAR]);
  expect(cannot("redshift")).toEqual([
    "more than 100 tables at once, or conditions more than 150 deep",
    "members of JSON with capital letters in their names",
    "lists held against more than 2,000 values, unless they are inlined",
    CALENDAR,
  ]);
  expect(cannot("sqlserver")).toEqual([
    "more than 60 tables at once, or conditions more than 120 deep",
    "choices more than 10 deep",
    "looking in a text for one of more than 4,000 characters",
    CALENDAR,
  ]);
  expect(cannot("trino")).toEqual([
    "more than 100 tables at once, or conditions more than 400 deep",
    "more than 1,600 values and tests in one condition",
    "more than 40 queries in one another, or 100 in all",
    CALENDAR,
  ]);
});

describe("seg doctor", () => {
  test("Tries every connection, and tells no secret", async () => {
    const files = {
      ...SHOP,
      "seglang.json": `{ "connections": {
        "default": { "engine": "duckdb", "tables": {} },
        "warehouse": { "engine": "postgres", "url": "env:WAREHOUSE_URL", "timeout": "2s" },
        "unset": { "engine": "postgres", "url": "env:SEG_TEST_UNSET" },
        "lite": { "engine": "sqlite", "path": "missing.db" } } }`,
    };
    const env = { WAREHOUSE_URL: "postgres://someone:hunter2@127.0.0.1:1/crm" };
    const { exit, stdout, stderr } = await seg(folder(files), ["doctor", "--format", "json"], { env });
    const { versions, connections } = reportOf("doctor", stdout);
    expect([exit, stderr]).toEqual([0, ""]);
    expect(versions).toMatchObject({ node: process.versions.node, duckdb: expect.stringMatching(/^\d+\.\d+/) });
    expect(connections.map((one: { name: string; reachable: boolean }) => [one.name, one.reachable])).toEqual([
      ["default", true],
      ["warehouse", false],
      ["unset", false],
      ["lite", false],
    ]);
    expect(stdout).not.toMatch(/hunter2|someone/);
  });

  test("Is short on a terminal", async () => {
    expect((await seg(folder({}), ["doctor"])).stdout).toMatch(/^seg {8}\d.*\nnode {7}\d/);
  });
});

describe("completion", () => {
  const candidates = async (...words: readonly string[]): Promise<readonly string[]> => {
    const root = folder({ ...SHOP, "more.seg": "segment `$(reboot)` where region\n\nsegment Café where region\n" });
    const { exit, stdout, stderr } = await seg(root, ["__complete", "--", ...words]);
    expect([exit, stderr]).toEqual([0, ""]);
    return stdout.split("\n").slice(0, -1);
  };

  test.each<readonly [readonly string[], readonly string[]]>([
    [["co"], ["compile", "completion"]],
    [
      ["run", ""],
      ["Café", "Elsewhere", "Loyal"],
    ],
    [
      ["run", '""'],
      ["Café", "Elsewhere", "Loyal"],
    ],
    [["run", "Loyal", "L"], ["Loyal"]],
    [["compile", "--dialect", "p"], ["postgres"]],
    [["compile", "--shape", "f"], ["flags"]],
    [["run", "--connection", ""], ["default"]],
    [["run", "--project", "nowhere", ""], []],
    [["list", "--rep"], ["--report"]],
    [["completion", "z"], ["zsh"]],
    [["nonsense", ""], []],
    [["run", "--out", ""], []],
  ])("After seg %j it offers %j", async (words, expected) => {
    expect(await candidates(...words)).toEqual(expected);
  });

  test("No help shows what shells ask", async () => {
    expect((await seg(folder({}), ["--help"])).stdout).not.toContain("__complete");
  });

  const missing = (program: string): boolean => spawnSync(program, ["--version"]).error !== undefined;

  const SHELLS: readonly (readonly [shell: string, ...args: string[]])[] = [
    ["bash", "-n"],
    ["zsh", "-n"],
    ["fish", "--no-execute"],
  ];

  for (const [shell, ...args] of SHELLS) {
    test(`The script for ${shell} can be read by it`, ({ skip }) => {
      if (missing(shell)) skip(`there is no ${shell} here`);
      const { status, stderr } = spawnSync(shell, args, { input: SCRIPTS[shell] as string, encoding: "utf8" });
      expect([status, stderr]).toEqual([0, ""]);
    });
  }

  test.skipIf(missing("bash"))("bash completes names of the project's segments", () => {
    const root = folder({ ...SHOP, "bin/.keep": "" });
    const command = fileURLToPath(new URL("../../cli/seg.ts", import.meta.url));
    mkdirSync(join(root, "bin"), { recursive: true });
    writeFileSync(join(root, "bin/seg"), `#!/bin/sh\nexec '${process.execPath}' '${command}' "$@"\n`, { mode: 0o755 });
    const script = `${SCRIPTS["bash"]}\nCOMP_WORDS=(seg run Lo); COMP_CWORD=2; _seg; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = spawnSync("bash", ["--norc"], {
      cwd: root,
      input: script,
      encoding: "utf8",
      env: { ...process.env, PATH: `${join(root, "bin")}:${process.env["PATH"]}` },
    });
    expect(stdout).toBe("Loyal\n");
  });
});

test("What every command line loads has no engine, no SQL and no parser in it", () => {
  const hook = `import { registerHooks } from "node:module";
    registerHooks({ load: (url, context, next) => { process.stderr.write(url + "\\n"); return next(url, context); } });`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      "--import",
      `data:text/javascript,${encodeURIComponent(hook)}`,
      fileURLToPath(new URL("../../cli/seg.ts", import.meta.url)),
      "--version",
    ],
    { encoding: "utf8" },
  );
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const root = new URL("../../../", import.meta.url).href;
  const loaded = stderr.split("\n").map((url) => url.replace(root, ""));
  expect(loaded.filter((url) => url.includes("/cli/main.ts"))).toHaveLength(1);
  const heavy =
    /node_modules\/(?!commander)|language\/(syntax|meaning|analyze|model)\/|compiler\/(plan|predicate)\/|sql\/(?!runner)|engines\/(?!config|secrets)/;
  expect(loaded.filter((url) => heavy.test(url))).toEqual([]);
});
