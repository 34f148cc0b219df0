import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseInstant } from "../../language/meaning/calendar.ts";
import { interpret } from "../predicate/interpret.ts";
import { readWorld } from "../predicate/world.ts";
import { answerOf, answersTogether, type Form } from "./conformance/answers.ts";
import { type ConformanceCase, caseName, groupProject, readGroups } from "./conformance/cases.ts";
import type { TestEngine } from "./load/creation.ts";
import { describeEngines } from "./load/engines.ts";

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

const expectedOf = (c: ConformanceCase, shape: Form["shape"]): unknown =>
  shape === "sizes" && c.members ? c.members.length : (c.problem ?? c.members);

const SHAPES = ["members", "flags", "sizes"] as const;
/** A case by itself, in each of the shapes in turn. */
const formsAlone = (index: number): readonly Form[] =>
  [false, true].map((inline) => ({ shape: SHAPES[index % SHAPES.length] as Form["shape"], inline }));
/** All cases of a group in few statements. */
const FORMS_TOGETHER: readonly Form[] = [
  { shape: "flags", inline: false },
  { shape: "members", inline: true },
];

const labelOf = ({ shape, inline }: Form, c: ConformanceCase): string =>
  `${shape}, ${inline ? "inlined" : "bound"}: ${titleOf(c)}`;

describeEngines("the conformance cases, by %s", ({ open, isSlow }) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await open();
  }, 120_000);
  afterAll(() => engine.close());

  for (const group of groups) {
    const forms = isSlow
      ? "together, bound as flags, inlined as members"
      : "together and each by itself, bound and inlined, as members, flags and sizes in turn";
    it(`${group.file}: ${group.title} (${group.cases.length} cases, ${forms})`, {
      timeout: isSlow ? 1_200_000 : 300_000,
    }, async () => {
      const { program } = groupProject(group);
      const runner = await engine.load(program.model, group.tables);
      const loaded = { engine, runner, program, group };
      const cases = group.cases.map((c, i) => ({ c, name: caseName(i) }));
      if (group.raisesOn?.includes(engine.dialect)) {
        for (const { c, name } of cases)
          for (const form of FORMS_TOGETHER)
            await expect.soft(answerOf(loaded, name, form), labelOf(form, c)).rejects.toThrow(/overflow/i);
        await runner.close();
        return;
      }
      for (const [i, { c, name }] of cases.entries())
        if (!isSlow || c.problem)
          for (const form of formsAlone(i))
            expect.soft(await answerOf(loaded, name, form), labelOf(form, c)).toEqual(expectedOf(c, form.shape));
      // One that finds a problem would find it for all.
      const together = cases.filter(({ c }) => !c.problem);
      for (const form of FORMS_TOGETHER) {
        const names = together.map(({ name }) => name);
        const answers = await answersTogether(loaded, names, form);
        for (const { c, name } of together)
          expect.soft(answers.get(name), labelOf(form, c)).toEqual(expectedOf(c, form.shape));
      }
      await runner.close();
    });
  }
});
