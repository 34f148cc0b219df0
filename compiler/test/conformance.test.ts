import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseInstant } from "../../language/meaning/calendar.ts";
import { interpret } from "../predicate/interpret.ts";
import { readWorld } from "../predicate/world.ts";
import { compileSql } from "../sql/compile.ts";
import { keyCheckSql, keyProblems } from "../sql/keys.ts";
import type { Runner } from "../sql/runner.ts";
import type { Shape } from "../sql/statement.ts";
import { type ConformanceCase, caseName, type Group, groupProject, readGroups } from "./conformance/cases.ts";
import { ENGINES, type TestEngine } from "./load.ts";

const groups = readGroups();

const titleOf = (c: ConformanceCase): string =>
  `${c.of ? `${c.of}: ` : ""}${c.where} → ${c.problem ? c.problem.kind : `[${c.members?.join(" ")}]`}${c.why && ` (${c.why})`}`;

describe("the conformance cases, by the interpreter", () => {
  for (const group of groups) {
    describe(`${group.file}: ${group.title}`, () => {
      const { program, diagnostics } = groupProject(group);
      const when = {
        asOf: parseInstant(group.asOf, group.timezone) as bigint,
        zone: group.timezone,
        params: new Map(),
      };
      const judge = interpret(program, readWorld(program.model, group.tables), when);
      it("has no problem", () => {
        expect(diagnostics.filter((d) => d.severity === "error")).toEqual([]);
      });
      group.cases.forEach((c, i) => {
        it(titleOf(c), () => {
          const entity = program.segments.get(caseName(i))?.entity as string;
          const [problem] = judge.keyProblems([entity]);
          const answer = problem ? { kind: problem.kind, table: problem.table.join(".") } : judge.members(caseName(i));
          expect(answer).toEqual(c.problem ?? c.members);
        });
      });
    });
  }
});

describe.for(ENGINES)("the conformance cases, by %s", ([, open]) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());

  for (const group of groups) {
    it(`${group.file}: ${group.title} (${group.cases.length} cases, bound and inlined, as members, flags and sizes)`, async () => {
      const { program } = groupProject(group);
      const runner = await engine.load(program.model, group.tables);
      for (const [i, c] of group.cases.entries()) {
        for (const inline of [false, true]) {
          for (const shape of ["members", "flags", "sizes"] as const) {
            const expected = shape === "sizes" && c.members ? c.members.length : (c.problem ?? c.members);
            expect
              .soft(
                await answer(runner, program, group, caseName(i), shape, inline),
                `${shape}, ${inline ? "inlined" : "bound"}: ${titleOf(c)}`,
              )
              .toEqual(expected);
          }
        }
      }
      if (engine.dialect !== "postgres") await runner.close();
    });
  }

  async function answer(
    runner: Runner,
    program: ReturnType<typeof groupProject>["program"],
    group: Group,
    name: string,
    shape: Shape,
    inline: boolean,
  ) {
    const options = {
      dialect: engine.dialect,
      segments: [name],
      inline,
      asOf: parseInstant(group.asOf, group.timezone) as bigint,
      zone: group.timezone,
      params: new Map(),
      storage: engine.storage,
    };
    for (const check of keyCheckSql(program, options)) {
      const [problem] = keyProblems(check, await runner.execute(check));
      if (problem) return { kind: problem.kind, table: problem.table.join(".") };
    }
    const { statements, diagnostics } = compileSql(program, { ...options, shape });
    const [statement] = statements;
    if (!statement) return diagnostics;
    const rows = await runner.execute(statement);
    const column = statement.columns[0] as string;
    if (shape === "sizes") return Number(rows[0]?.[column]);
    return rows.filter((row) => shape === "members" || Number(row[column]) === 1).map((row) => String(row["key"]));
  }
});
