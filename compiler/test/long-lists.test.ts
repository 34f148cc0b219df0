import { afterAll, beforeAll, expect, it } from "vitest";
import { loadProject } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";
import { interpret } from "../predicate/interpret.ts";
import { readWorld, type Tables } from "../predicate/world.ts";
import { compileSql, dialectOf } from "../sql/compile.ts";
import type { TestEngine } from "./load/creation.ts";
import { describeEngines } from "./load/engines.ts";

/** More values than stand in a statement by themselves. */
const N = 2_500;
const many = (value: (i: number) => string): string => Array.from({ length: N }, (_, i) => value(i)).join(", ");
const DAYS = [...Array(N).keys()].map((i) => new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10));

const { program, diagnostics } = loadProject([
  sourceFile(
    "model.seg",
    `default entity Person from people {
  id     : text key
  texts  : list of text optional
  ns     : list of integer optional
  ds     : list of decimal(10, 2) optional
  fs     : list of float optional
  days   : list of date optional
  ats    : list of timestamp optional
}
list TEXTS = [${many((i) => `"Tag ${i}"`)}]
list NUMBERS = [${many((i) => String(i * 2))}]
list AMOUNTS = [${many((i) => `${i}.5`)}]
list DAYS = [${many((i) => DAYS[i] as string)}]
list INSTANTS = [${many((i) => `${DAYS[i]}T10:00Z`)}]
segment Texts where texts has any TEXTS
segment Folded where texts has any TEXTS ignoring case
segment Without where texts has none TEXTS
segment Numbers where ns has any NUMBERS
segment Amounts where ds has any AMOUNTS
segment Floats where fs has any AMOUNTS
segment Days where days has any DAYS
segment Instants where ats has any INSTANTS
`,
  ),
]);

const TABLES: Tables = {
  people: [
    {
      id: "a",
      texts: ["x", null, "Tag 2499"],
      ns: [1, 4998],
      ds: ["7.50"],
      fs: [7.5],
      days: ["2020-01-02"],
      ats: [null],
    },
    {
      id: "b",
      texts: ["tag 7"],
      ns: [5000],
      ds: ["7.51"],
      fs: [7.25],
      days: ["2019-12-31"],
      ats: ["2020-01-02T10:00:00Z"],
    },
    { id: "c", texts: [], ns: [], ds: [null], fs: [], days: [], ats: ["2020-01-02T10:00:00.000001Z"] },
    { id: "d" },
  ],
};
/** By hand. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  Texts: ["a"],
  Folded: ["a", "b"],
  Without: ["b", "c", "d"],
  Numbers: ["a"],
  Amounts: ["a"],
  Floats: ["a"],
  Days: ["a"],
  Instants: ["b"],
};
const WHEN = { asOf: 0n, zone: "UTC", params: new Map() };

it("the interpreter looks a list's elements up among many values", () => {
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const judge = interpret(program, readWorld(program.model, TABLES), WHEN);
  for (const [name, members] of Object.entries(MEMBERS)) expect(judge.members(name), name).toEqual(members);
});

describeEngines("%s looks a list's elements up among many values", ({ open }) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());

  it("which travel in one parameter", async () => {
    const runner = await engine.load(program.model, TABLES);
    for (const [name, members] of Object.entries(MEMBERS)) {
      const { dialect, storage } = engine;
      const options = { dialect, segments: [name], shape: "members", inline: false, storage, ...WHEN } as const;
      const { statements, diagnostics: found } = compileSql(program, options);
      if (dialectOf(dialect).operators(storage).hasElement === null) {
        // Asked for one by one, they are too many.
        expect(
          found.map(({ code }) => code),
          name,
        ).toEqual(["SEG6003"]);
        continue;
      }
      expect(found, name).toEqual([]);
      const [statement] = statements;
      expect(statement?.parameters.length, name).toBe(1);
      const answer = statement === undefined ? [] : await runner.execute(statement);
      expect(answer.map((row) => row["key"]).toSorted(), name).toEqual(members);
    }
  });
});
