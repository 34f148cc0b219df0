import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { prepare, SOURCE } from "./prepare.ts";

const HERE = new URL(".", import.meta.url).pathname;
const SEG = new URL("../../compiler/cli/seg.ts", import.meta.url).pathname;
const MASTER = join(SOURCE, "CDNOW_master.txt");
const there = existsSync(MASTER);

if (!there) test.skip(`the CDNOW data is not in ${SOURCE}`);

describe.skipIf(!there)("the CDNOW master, as of 1997-10-01", () => {
  const scratch = mkdtempSync(join(tmpdir(), "seglang-cdnow-"));
  let sizes: ReadonlyMap<string, number> = new Map();
  let population = 0;

  beforeAll(() => {
    for (const file of ["model.seg", "segments.seg", "seglang.json"]) cpSync(join(HERE, file), join(scratch, file));
    prepare(SOURCE, join(scratch, "data"));
    // The rows before a day are the sum, over k, of the people with at least k.
    const most = Math.max(...[...readPlainly().values()].map((rows) => rows.length));
    writeFileSync(
      join(scratch, "counts.seg"),
      Array.from({ length: most + 1 }, (_, k) => `segment AtLeast${k + 1} where purchases >= ${k + 1}\n`).join(""),
    );
    const args = [SEG, "run", "--project", scratch, "--as-of", "1997-10-01", "--format", "json"];
    const answer = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as {
      readonly entities: readonly { readonly name: string; readonly population: number }[];
      readonly segments: readonly { readonly name: string; readonly size: number }[];
    };
    population = answer.entities.find((e) => e.name === "Customer")?.population ?? 0;
    sizes = new Map(answer.segments.map((s) => [s.name, s.size]));
  });

  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  test("has 23,570 customers", () => expect(population).toBe(23_570));

  test("has 49,086 purchases", () => {
    const sum = [...sizes].filter(([name]) => name.startsWith("AtLeast")).reduce((total, [, size]) => total + size, 0);
    expect(sum).toBe(49_086);
  });

  test("has 13,954 customers with exactly one", () => expect(sizes.get("OnlyOnce")).toBe(13_954));

  test("has 14,119 customers with exactly one day of purchases", () => expect(sizes.get("OneDay")).toBe(14_119));

  test("has the members that a plain reading of the file gives", () => {
    const count = (is: (rows: readonly Line[]) => boolean): number => [...readPlainly().values()].filter(is).length;
    expect(Object.fromEntries([...sizes].filter(([name]) => !name.startsWith("AtLeast")))).toEqual({
      OnlyOnce: count((rows) => rows.length === 1),
      OneDay: count((rows) => new Set(rows.map((r) => r.day)).size === 1),
      Regulars: count((rows) => rows.length >= 3 && rows.reduce((sum, r) => sum + r.cents, 0) >= 10_000),
      // Lines of one day have no order in the file; the model orders them by day, then pieces, then dollars.
      BigFirstBasket: count(
        (rows) =>
          (rows.toSorted((a, b) => a.day - b.day || a.cds - b.cds || a.cents - b.cents)[0] as Line).cents >= 5_000,
      ),
      WentQuiet: count((rows) => rows.length >= 3 && rows.every((r) => r.day < 19970401)),
      Gifted: count((rows) => rows.some((r) => r.cents === 0)),
    });
  });
});

interface Line {
  readonly day: number;
  readonly cds: number;
  readonly cents: number;
}

/** The lines before 1997-10-01 of each customer who has any. */
function readPlainly(): ReadonlyMap<string, readonly Line[]> {
  const lines = readFileSync(MASTER, "utf8")
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/));
  const people = new Map<string, Line[]>();
  for (const [id, day, cds, dollars] of lines) {
    if (day === undefined || Number(day) >= 19971001) continue;
    const rows = people.get(id as string) ?? [];
    people.set(id as string, rows);
    rows.push({ day: Number(day), cds: Number(cds), cents: Math.round(Number(dollars) * 100) });
  }
  return people;
}
