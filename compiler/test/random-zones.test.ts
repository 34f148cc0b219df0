import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestEngine } from "./load/creation.ts";
import { ENGINES } from "./load/engines.ts";
import { disagreements } from "./random/agree.ts";
import { FORMS, zoneCase } from "./random/zone-cases.ts";

const LONG = 600_000;
const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);
/** Where a statement takes long. */
const FEW_SEEDS = SEEDS.slice(0, 6);
const COVERED = Array.from({ length: 150 }, (_, i) => i + 1);

describe("segments in each person's zone, at random", () => {
  const engines = new Map<string, TestEngine>();
  beforeAll(async () => {
    for (const { name, open, missing } of ENGINES) if (missing === null) engines.set(name, await open());
  });
  afterAll(async () => {
    for (const engine of engines.values()) await engine.close();
  });

  for (const { name, missing, isSlow } of ENGINES)
    it(`have the members of the interpreter on ${name}`, { timeout: LONG }, async ({ skip }) => {
      if (missing !== null) skip(missing);
      for (const seed of isSlow ? FEW_SEEDS : SEEDS) {
        const { judged } = zoneCase(seed);
        const found = await disagreements(judged, engines.get(name) as TestEngine, name);
        expect(found, `seed ${seed}, ${judged.case.asOf} in ${judged.case.zone}\n${judged.text}`).toEqual([]);
      }
    });

  it("notice a seeded fault: everybody has the project's clock", { timeout: LONG }, async () => {
    const { judged, forgotten } = zoneCase(1);
    const found = await disagreements({ ...judged, program: forgotten }, engines.get("SQLite") as TestEngine, "SQLite");
    expect(found.filter(({ segment }) => segment !== "")).not.toEqual([]);
  });

  it("take every form, with people in, out, and otherwise than by the project's clock, at least 50 times", () => {
    const seen = new Map(Object.keys(FORMS).map((form) => [form, { in: 0, out: 0, moved: 0 }]));
    for (const seed of COVERED) {
      const { judged, forms, plain } = zoneCase(seed);
      for (const [name, form] of forms) {
        const [own, project] = [judged.members.get(name) ?? [], new Set(plain.get(name))];
        const both = own.filter((key) => project.has(key)).length;
        const row = seen.get(form) as { in: number; out: number; moved: number };
        row.in += own.length;
        row.out += 50 - own.length;
        row.moved += own.length + project.size - 2 * both;
      }
    }
    // A step of months ends at the same instant for nearly everybody.
    const few = [...seen].filter(
      ([form, row]) => Math.min(row.in, row.out) < 50 || row.moved < (form === "steps of months" ? 1 : 50),
    );
    expect(few).toEqual([]);
  });
});
