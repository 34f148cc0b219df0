import { describe, expect, it } from "vitest";
import { parseInstant } from "../../language/meaning/calendar.ts";
import { interpret } from "../predicate/interpret.ts";
import { readWorld } from "../predicate/world.ts";
import { caseName, type Group, groupProject, readGroups } from "./conformance/cases.ts";

const groups = readGroups();

describe("the conformance cases, by the interpreter", () => {
  for (const group of groups) {
    describe(`${group.file}: ${group.title}`, () => {
      const judge = interpreted(group);
      it("has no problem", () => {
        expect(judge.problems).toEqual([]);
      });
      group.cases.forEach((c, i) => {
        it(`${c.where} → ${c.problem ? c.problem.kind : `[${c.members?.join(" ")}]`}${c.why && ` (${c.why})`}`, () => {
          expect(judge.answer(i)).toEqual(c.problem ?? c.members);
        });
      });
    });
  }
});

function interpreted(group: Group) {
  const { program, diagnostics } = groupProject(group);
  const asOf = parseInstant(group.asOf, group.timezone) as bigint;
  const judge = interpret(program, readWorld(program.model, group.tables), { asOf, zone: group.timezone, params: new Map() });
  return {
    problems: diagnostics.filter((d) => d.severity === "error").map((d) => `${d.message} ${group.cases[0]?.where}`),
    answer(index: number) {
      const entity = program.segments.get(caseName(index))?.entity;
      if (!entity) return "not in the program";
      const [problem] = judge.keyProblems([entity]);
      return problem ? { kind: problem.kind, table: problem.table.join(".") } : judge.members(caseName(index));
    },
  };
}
