import { afterAll, beforeAll, expect, it } from "vitest";
import { loadProject } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";
import { interpret } from "../predicate/interpret.ts";
import { readWorld, type Tables } from "../predicate/world.ts";
import { compileSql, dialectOf } from "../sql/compile.ts";
import { longestText } from "../sql/limits.ts";
import type { TestEngine } from "./load/creation.ts";
import { describeEngines } from "./load/engines.ts";

const MODEL = `default entity Person from people {
  id : text key
  n  : integer
  m  : integer optional
}`;

/** Of each of the terms: a comparison, which may be negated, two of arithmetic, two columns and two constants. */
const OPERATIONS = 8;

const projectOf = (terms: number) => {
  const where = Array.from({ length: terms }, (_, i) => `n + ${i + 10} = m * ${i + 7}`).join(" or ");
  return loadProject([sourceFile("model.seg", MODEL), sourceFile("s.seg", `segment Long where ${where}`)], {
    lint: false,
  });
};

const TABLES: Tables = {
  people: Array.from({ length: 40 }, (_, i) => ({ id: `p${i}`, n: i * 3, m: i % 5 === 0 ? null : i % 7 })),
};
const WHEN = { asOf: 0n, zone: "UTC", params: new Map() };

describeEngines("a statement as long as it may be, %s", ({ open }) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await open();
  }, 120_000);
  afterAll(() => engine.close());

  it("is taken, and finds the people", { timeout: 300_000 }, async () => {
    const { limits } = dialectOf(engine.dialect);
    const longest = longestText(limits);
    const compiled = (terms: number) => {
      const project = projectOf(terms);
      const sql = compileSql(project.program, {
        dialect: engine.dialect,
        segments: ["Long"],
        shape: "members",
        inline: true,
        storage: engine.storage,
        ...WHEN,
      });
      return { project, ...sql };
    };
    const one = compiled(100).statements[0]?.sql.length as number;
    const byText = Math.floor((longest * 0.97 * 100) / one);
    const terms = limits.operations === undefined ? byText : Math.floor(limits.operations / OPERATIONS) - 1;
    const { project, statements, diagnostics } = compiled(terms);
    expect(diagnostics).toEqual([]);
    const [statement] = statements;
    if (limits.operations === undefined) expect(statement?.sql.length).toBeGreaterThan(longest * 0.85);
    else expect(compiled(terms + 2).diagnostics.map(({ code }) => code)).toEqual(["SEG6003"]);

    const expected = interpret(project.program, readWorld(project.program.model, TABLES), WHEN).members("Long");
    const runner = await engine.load(project.model, TABLES);
    const rows = statement === undefined ? [] : await runner.execute(statement);
    expect(rows.map((row) => row["key"]).toSorted()).toEqual(expected.toSorted());
    expect(expected.length).toBeGreaterThan(5);
    expect(expected.length).toBeLessThan(30);
  });
});
