import { expect, test } from "vitest";
import { listed } from "../../cli/report/words.ts";
import { LATER, VERBS } from "../../cli/verbs.ts";
import { DIALECTS } from "../../sql/index.ts";
import { folder, SHOP, seg } from "./harness.ts";

test("Help names the verbs in groups, briefly, on stdout", async () => {
  const { exit, stdout, stderr } = await seg(folder({}), ["--help"]);
  expect([exit, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^Usage: seg <verb> \[options\]\n/);
  for (const verb of Object.values(VERBS)) expect(stdout).toMatch(new RegExp(`\\n  ${verb.name} +${verb.summary}\n`));
  expect(stdout.split("\n").length).toBeLessThanOrEqual(40);
});

test.each(Object.values(VERBS))("Help of $name has examples", async ({ name, examples }) => {
  const { exit, stdout } = await seg(folder({}), [name, "--help"]);
  expect(exit).toBe(0);
  for (const [line] of examples) expect(stdout).toContain(`\n  ${line}  `);
});

test("Help has no colour in a pipe, and has headings on a terminal", async () => {
  expect((await seg(folder({}), ["compile", "--help"])).stdout).not.toContain("\u001b");
  expect((await seg(folder({}), ["compile", "--help"], { columns: 100 })).stdout).toContain(
    "\u001b[1mUsage:\u001b[22m",
  );
});

test("The version is that of the package", async () => {
  expect(await seg(folder({}), ["--version"])).toMatchObject({
    exit: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test("Without a verb the help is shown, and it is wrong usage", async () => {
  expect(await seg(folder({}), [])).toMatchObject({
    exit: 2,
    stdout: "",
    stderr: expect.stringMatching(/^Usage: seg/),
  });
});

test.each(LATER)("`seg %s` says that this version does not have it", async (verb) => {
  expect(await seg(folder({}), [verb, "x"])).toEqual({
    exit: 2,
    stdout: "",
    stderr: `error  \`seg ${verb}\` is not in this version yet.\nhelp   It has ${Object.keys(VERBS)
      .map((name) => `\`seg ${name}\``)
      .join(", ")}.\n`,
  });
});

/** What a wrong command line is told. All of them exit 2 and print nothing to stdout. */
const WRONG: readonly (readonly [argv: readonly string[], error: string, help: string | null])[] = [
  [["chek"], "Unknown command `chek`.", "Write `check`."],
  [["check", "--formt", "json"], "Unknown option `--formt`.", "Write `--format`."],
  [
    ["check", "--format", "jsn"],
    "Option `--format <format>` argument `jsn` is invalid. Allowed choices are pretty, concise, json, ndjson, github.",
    null,
  ],
  [
    ["check", "--max-warnings", "few"],
    "Option `--max-warnings <n>` argument `few` is invalid. It is not a whole number.",
    null,
  ],
  [["check", "--project"], "Option `--project <dir>` argument missing.", null],
  [["check", "--project", "nowhere"], "There is no folder `nowhere`.", null],
  [["check", "Loyl"], "There is no declaration `Loyl` in the project.", "Write `Loyal`."],
  [["check", "more"], "There is no declaration `more` in the project.", "The folder is written `more/`."],
  [["check", "missing.seg"], "No `.seg` file of the project matches `missing.seg`.", null],
  [["check", "seglang.json"], "There is no declaration `seglang.json` in the project.", null],
  [["check", "x/*"], "No `.seg` file of the project matches `x/*`.", null],
  [["check", "--report", "json"], "`--report json` does not say what and where.", "Write `--report json=report.json`."],
  [["check", "--report", "jsn=x"], "There is no report format `jsn`.", "Write `json`."],
  [["check", "--stdin-filename", "x.seg"], "`--stdin-filename` names what `-` reads, and there is no `-`.", null],
  [["check", "-", "--fix"], "`--fix` changes files, and `-` is none.", "Leave out `--fix`."],
  [["rule", "SEGG2001"], "There is no code `SEGG2001`.", "Write `SEG2001`; `seg rule` lists all codes."],
  [["rule", "unknown-nam"], "There is no code `unknown-nam`.", "Write `unknown-name`; `seg rule` lists all codes."],
  [["rule", "x"], "There is no code `x`.", "`seg rule` without a code lists all of them."],
  [["run", "Customer"], "`Customer` is an entity, not a segment.", null],
  [["run", "model.seg"], "There is no segment to work on.", "Write one: `segment Loyal where …`."],
  [
    ["run", "--as-of", "2026-02-30"],
    "`2026-02-30` is neither a date nor a timestamp.",
    "Write `--as-of 2026-06-30` or `--as-of 2026-06-30T10:00`.",
  ],
  [["run", "--timezone", "Europe/Berln"], "There is no time zone `Europe/Berln`.", "Write `Europe/Berlin`."],
  [["run", "--param", "least"], "`least` is not a name and a value.", "Write `--param name=value`."],
  [["run", "--param", "leest=3"], "There is no param `leest` in the project.", "Write `--param least=…`."],
  [["run", "--param", "least=3", "--param", "least=4"], "`--param least` is given twice.", null],
  [["run", "--param", "least=three"], "`least` is a whole number, which `three` is not.", null],
  [["run", "--connection", "defalt"], "There is no connection `defalt` in `seglang.json`.", "Write `default`."],
  [
    ["run", "--connection", "later"],
    "Connection `later` is of `snowflake`, which is not in this version yet.",
    "It counts on `duckdb`, `sqlite` and `postgres`.",
  ],
  [
    ["run", "--connection", "secret"],
    "The environment variable `SEG_TEST_UNSET` is not set; connection `secret` reads it.",
    null,
  ],
  [["run", "--out", "members.parquet"], "Parquet is not written in this version yet.", "Write `.csv` or `.json`."],
  [
    ["run", "--out", "members"],
    "`members` does not say in which form members are to be written.",
    "End it with `.csv` or `.json`.",
  ],
  [
    ["compile", "--dialect", "sqlite", "--connection", "defalt"],
    "There is no connection `defalt` in `seglang.json`.",
    "Write `default`.",
  ],
  [["compile", "--dialect", "postgress"], "There is no dialect `postgress` in this version.", "Write `postgres`."],
  [
    ["compile", "--dialect", "oracle"],
    "There is no dialect `oracle` in this version.",
    `There are ${listed([...DIALECTS.keys()].map((name) => `\`${name}\``))}; \`all\` means each of them.`,
  ],
  [
    ["compile", "--shape", "flag"],
    "Option `--shape <shape>` argument `flag` is invalid. Allowed choices are members, flags, sizes, view.",
    null,
  ],
  [["compile", "--check"], "`--check` needs the folder to look at.", "Add `--out DIR`."],
];

const PROJECT = {
  ...SHOP,
  "more/params.seg": "param least : integer = 3\n\nsegment Many where orders >= least\n",
  "seglang.json": `{ "timezone": "Europe/Berlin", "connections": {
    "default": { "engine": "duckdb", "tables": { "customers": "customers.csv", "orders": "orders.csv" } },
    "later": { "engine": "snowflake", "account": "x" },
    "secret": { "engine": "postgres", "url": "env:SEG_TEST_UNSET" } } }`,
};

test.each(WRONG)("seg %j", async (argv, error, help) => {
  const { exit, stdout, stderr } = await seg(folder(PROJECT), argv);
  expect(stderr).toBe(`error  ${error}\n${help === null ? "" : `help   ${help}\n`}`);
  expect([exit, stdout]).toEqual([2, ""]);
});

test("A name with line breaks or commands for the terminal is shown harmless", async () => {
  expect((await seg(folder(SHOP), ["check", "a\u001b[2J"])).stderr).toContain("`a�[2J`");
});

test("A mistake of ours is exit 3 with a way to report it, and a stack only with SEG_DEBUG", async () => {
  const broken = (env: Readonly<Record<string, string>>) => ({
    env,
    get stdin(): string {
      throw new TypeError("boom");
    },
  });
  const { exit, stderr } = await seg(folder(SHOP), ["check", "-"], broken({}));
  expect(exit).toBe(3);
  expect(stderr).toMatch(
    /^error {2}Seglang itself made a mistake here: boom\. {2}SEG9001\nhelp {3}Please report it[^\n]*\n$/,
  );
  expect((await seg(folder(SHOP), ["check", "-"], broken({ SEG_DEBUG: "1" }))).stderr).toContain(
    "TypeError: boom\n    at ",
  );
});
