import { afterAll, beforeAll, expect, test } from "vitest";
import { parseInstant } from "../../language/meaning/calendar.ts";
import { loadProject } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";
import { compileSql, dialectOf } from "../sql/compile.ts";
import type { Tables, TestEngine } from "./load/creation.ts";
import { describeEngines } from "./load/engines.ts";
import { ATTACKS, written } from "./sql/attacks.ts";

/** A table and a column that only quoting keeps together. */
const TABLE = 'cust"omers; drop table x; --';
const COLUMN = 'na\'me" as y, (select 1) as "z';

const quotedName = (name: string): string => `\`${name}\``;
const MODEL = `default entity Customer from ${quotedName(TABLE)} {
  id   : integer key
  name : text optional from ${JSON.stringify(COLUMN)}
}`;

const TABLES: Tables = {
  [TABLE]: [
    ...ATTACKS.map((name, index) => ({ id: String(index), [COLUMN]: name })),
    { id: String(ATTACKS.length), [COLUMN]: "harmless" },
    { id: String(ATTACKS.length + 1), [COLUMN]: null },
  ],
};

const segments = ATTACKS.map((text, index) => `segment Is${index} where name = ${written(text)}`).join("\n");
const others = ATTACKS.map((text, index) => `segment Isnt${index} where name != ${written(text)}`).join("\n");
const needles = ATTACKS.map((text, index) => `segment Has${index} where name contains ${written(text)}`).join("\n");
const files = [sourceFile("model.seg", MODEL), sourceFile("segments.seg", [segments, others, needles].join("\n"))];
const project = loadProject(files, { lint: false });

const when = { asOf: parseInstant("2026-06-30T00:00:00Z", "UTC") as bigint, zone: "UTC", params: new Map() };

test("the texts arrive as they are", () => {
  expect(project.diagnostics).toEqual([]);
  const texts = ATTACKS.map((_, index) => JSON.stringify(project.program.segments.get(`Is${index}`)?.condition));
  expect(texts.map((text, index) => text.includes(JSON.stringify(ATTACKS[index])))).toEqual(ATTACKS.map(() => true));
});

describeEngines("%s", ({ open, isSlow }) => {
  let engine: TestEngine;
  let run: (names: readonly string[], inline: boolean) => Promise<ReadonlyMap<string, readonly string[]>>;

  beforeAll(async () => {
    engine = await open();
    const runner = await engine.load(project.model, TABLES);
    run = async (names, inline) => {
      const { statements, diagnostics } = compileSql(project.program, {
        dialect: engine.dialect,
        segments: names,
        shape: "members",
        inline,
        ...when,
      });
      expect(diagnostics).toEqual([]);
      const found = new Map<string, string[]>(names.map((name) => [name, []]));
      for (const statement of statements) {
        if (inline) expect(statement.parameters).toEqual([]);
        for (const row of await runner.execute(statement))
          found.get(String(row["segment"] ?? statement.segments[0]))?.push(String(row["key"]));
      }
      return found;
    };
  }, 120_000);
  afterAll(() => engine.close());

  const everybody = TABLES[TABLE]?.map((_, index) => String(index)).sort() ?? [];

  test.each([
    ["bound", false],
    ["inlined", true],
  ])("a text is nothing but a text, %s", { timeout: 300_000 }, async (_, inline) => {
    const { needle = Number.POSITIVE_INFINITY } = dialectOf(engine.dialect).limits;
    const names = ATTACKS.flatMap((text, index) => [
      `Is${index}`,
      `Isnt${index}`,
      ...(text.length > needle ? [] : [`Has${index}`]),
    ]);
    const found = new Map<string, readonly string[]>();
    for (const some of isSlow ? [names] : names.map((name) => [name]))
      for (const [name, keys] of await run(some, inline)) found.set(name, keys);
    for (const [index, text] of ATTACKS.entries()) {
      const shown = text.slice(0, 40);
      expect([shown, found.get(`Is${index}`)]).toEqual([shown, [String(index)]]);
      const others = everybody.filter((key) => key !== String(index));
      expect([shown, found.get(`Isnt${index}`)]).toEqual([shown, others]);
      const holders = everybody.filter((key) =>
        (TABLES[TABLE]?.[Number(key)]?.[COLUMN] as string | null)?.includes(text),
      );
      if (text.length <= needle) expect([shown, found.get(`Has${index}`)]).toEqual([shown, holders]);
    }
  });

  test("a text that is longer than what the engine looks for is refused where it is written", () => {
    const { needle = Number.POSITIVE_INFINITY } = dialectOf(engine.dialect).limits;
    for (const [index, text] of ATTACKS.entries()) {
      const options = { dialect: engine.dialect, segments: [`Has${index}`], shape: "members", inline: true } as const;
      const codes = compileSql(project.program, { ...options, ...when }).diagnostics.map(({ code }) => code);
      expect(codes).toEqual(text.length > needle ? ["SEG6170"] : []);
    }
  });

  test("a list of them, written out and in a relation of its own", async () => {
    const known = ATTACKS.filter((text) => text.length < 1000);
    for (const fill of [0, 1200]) {
      const list = [...known, ...Array.from({ length: fill }, (_, i) => `other${i}`)].map(written).join(", ");
      const { program, diagnostics } = loadProject([
        sourceFile("model.seg", MODEL),
        sourceFile("segments.seg", `segment Some where name in [${list}]`),
      ]);
      expect(diagnostics).toEqual([]);
      for (const inline of [false, true]) {
        const { statements } = compileSql(program, {
          dialect: engine.dialect,
          segments: ["Some"],
          shape: "members",
          inline,
          ...when,
        });
        expect(statements[0]?.sql.includes(dialectOf(engine.dialect).identifier("list"))).toBe(fill > 0);
        const runner = await engine.load(project.model, TABLES);
        const found = await runner.execute(statements[0] as (typeof statements)[number]);
        const expected = ATTACKS.flatMap((text, index) => (text.length < 1000 ? [String(index)] : [])).sort();
        expect(found.map((row) => row["key"])).toEqual(expected);
      }
    }
  });

  test("numbers cannot become comments", async () => {
    const { program, diagnostics } = loadProject([
      sourceFile("model.seg", MODEL),
      sourceFile("segments.seg", "segment Few where id - -3 < 5 and id > -1"),
    ]);
    expect(diagnostics).toEqual([]);
    for (const inline of [false, true]) {
      const { statements } = compileSql(program, {
        dialect: engine.dialect,
        segments: ["Few"],
        shape: "members",
        inline,
        ...when,
      });
      const runner = await engine.load(project.model, TABLES);
      const found = await runner.execute(statements[0] as (typeof statements)[number]);
      expect(found.map((row) => row["key"])).toEqual(["0", "1"]);
      const names = [TABLE, COLUMN].map(dialectOf(engine.dialect).identifier);
      const rest = names.reduce((sql, name) => sql.replaceAll(name, ""), statements[0]?.sql ?? "");
      expect(rest).not.toContain("--");
    }
  });

  test("what no engine holds is refused with SEG6005", () => {
    const { program } = loadProject([
      sourceFile("model.seg", MODEL),
      sourceFile("segments.seg", 'segment Odd where name in ["a", "b\\u{0}c"]\nsegment Reads where not Odd'),
    ]);
    for (const name of ["Odd", "Reads"]) {
      const { statements, diagnostics } = compileSql(program, {
        dialect: engine.dialect,
        segments: [name],
        shape: "members",
        inline: true,
        ...when,
      });
      expect(statements).toEqual([]);
      expect(diagnostics.map((d) => [d.code, d.span])).toEqual([["SEG6005", { start: 32, end: 41 }]]);
    }
  });
});
