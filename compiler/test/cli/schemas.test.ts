import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseConfig } from "../../cli/config/config.ts";
import { VERBS } from "../../cli/verbs.ts";
import { folder, SHOP, seg } from "./harness.ts";
import { type Report, reportMisfits, reportOf, settingsMisfits } from "./shapes.ts";

/** Command lines whose stdout is JSON, and the name of its schema. */
const REPORTS: readonly (readonly [line: string, kind: Report])[] = [
  ["check --format json", "check"],
  ["check broken.seg --format json", "check"],
  ["fmt broken.seg --format json", "check"],
  ["fmt --check --format json", "check"],
  ["run --format json", "check"],
  ["run --project whole --format json", "run"],
  ["run --project whole --members --format json", "run"],
  ["compile --project whole --dialect sqlite --format json", "compile"],
  ["compile --project whole --dialect all --shape sizes --inline --format json", "compileAll"],
  ["explain Loyal --project whole --format json", "words"],
  ["explain Loyal a --project whole --as-of 2026-06-30 --format json", "explain"],
  ["test --project whole --format json", "test"],
  ["rule SEG2001 --format json", "rule"],
  ["rule --format json", "rule"],
  ["init fresh --format json", "init"],
  ["list --project whole --format json", "list"],
  ["dialects --format json", "dialects"],
  ["doctor --project whole --format json", "doctor"],
];

const FILES = {
  ...Object.fromEntries(Object.entries(SHOP).map(([path, text]) => [`whole/${path}`, text])),
  ...SHOP,
  "whole/tests.seg": `test Loyal as of 2026-06-30 { "nobody" : { region: "EU" } is out }`,
  "broken.seg": "segment Broken where regon == 'EU'\n",
};

test.each(REPORTS)("The JSON of `seg %s` fits the schema `%s`", async (line, kind) => {
  const { stdout } = await seg(folder(FILES), line.split(" "));
  reportOf(kind, stdout);
});

test("Every verb that has JSON is among them", () => {
  const tried = new Set(REPORTS.map(([line]) => line.split(" ")[0]));
  expect(
    Object.values(VERBS).filter(
      ({ name, formats }) => (formats as readonly string[]).includes("json") && !tried.has(name),
    ),
  ).toEqual([]);
});

test("A report that lacks something, or has something else, does not fit", () => {
  const report = { version: 1, diagnostics: [], summary: { errors: 0, warnings: 0, infos: 0 } };
  expect(reportMisfits("check", report)).toEqual([]);
  expect(reportMisfits("check", { ...report, version: 2 })).toHaveLength(1);
  expect(reportMisfits("check", { ...report, more: 1 })).toHaveLength(1);
  expect(reportMisfits("check", { ...report, summary: {} })).toHaveLength(3);
});

/** Configurations, and whether they fit. The command's own reader, which tells places, must agree with the published schema. */
const SETTINGS: readonly (readonly [fits: boolean, text: string])[] = [
  [true, "{}"],
  [true, '{ "$schema": "x", "timezone": "UTC", "lint": { "SEG5003": "off" } }'],
  [
    true,
    '{ "connections": { "default": { "engine": "duckdb", "tables": { "a": "a.csv", "b": ["b.csv"] }, "timeout": "60s" } } }',
  ],
  [true, '{ "connections": { "lite": { "engine": "sqlite", "path": "a.db", "decimals": "minor" } } }'],
  [true, '{ "connections": { "far": { "engine": "postgres", "url": "env:URL", "schema": "crm" } } }'],
  [true, '{ "connections": { "cloud": { "engine": "snowflake", "account": "a" } } }'],
  [false, "[]"],
  [false, '{ "timezon": "UTC" }'],
  [false, '{ "timezone": 1 }'],
  [false, '{ "lint": { "SEG5003": "loud" } }'],
  [false, '{ "connections": { "a": {} } }'],
  [false, '{ "connections": { "a": { "engine": "oracle" } } }'],
  [false, '{ "connections": { "a": { "engine": "sqlite" } } }'],
  [false, '{ "connections": { "a": { "engine": "postgres" } } }'],
  [false, '{ "connections": { "a": { "engine": "sqlite", "path": "a.db", "url": "x" } } }'],
  [false, '{ "connections": { "a": { "engine": "duckdb", "tables": { "t": [] } } } }'],
  [false, '{ "connections": { "a": { "engine": "duckdb", "tables": { "t": 3 } } } }'],
  [false, '{ "connections": { "a": { "engine": "sqlite", "path": "a.db", "timeout": "60" } } }'],
];

test.each(SETTINGS)("Fits the schema of seglang.json, %j: %s", (fits, text) => {
  expect(settingsMisfits(JSON.parse(text)).length === 0).toBe(fits);
  const misfits = ["SEG7402", "SEG7403", "SEG7404"];
  const read = parseConfig(text);
  const told = "diagnostics" in read ? read.diagnostics.filter(({ code }) => misfits.includes(code)) : [];
  expect(told.length === 0).toBe(fits);
});

test.each(["shop", "saas", "media", "nonprofit", "cdnow"])("The configuration of the example %s fits", (name) => {
  const path = fileURLToPath(new URL(`../../../examples/${name}/seglang.json`, import.meta.url));
  expect(settingsMisfits(JSON.parse(readFileSync(path, "utf8")))).toEqual([]);
});
