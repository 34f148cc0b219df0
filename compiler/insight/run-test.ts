import { parseInstant } from "../../language/meaning/calendar.ts";
import type { Test, TestCase, TestPerson } from "../../language/meaning/claims.ts";
import type { Const, Origin } from "../../language/meaning/ir.ts";
import { groupsNamed, type Program } from "../../language/meaning/program.ts";
import { InternalError } from "../../language/text/assert.ts";
import { DataProblem, type Interpretation, interpret } from "../predicate/interpret.ts";
import { because } from "./because.ts";
import { privacyOf } from "./privacy.ts";
import { testWorld } from "./test-world.ts";

/** What a test is run under, besides itself. */
export interface TestCircumstances {
  readonly zone: string;
  readonly params: ReadonlyMap<string, Const>;
  /** The words of the text there, on one line. */
  readonly words: (origin: Origin) => string;
}

export interface CaseAnswer {
  readonly case: TestCase;
  readonly passed: boolean;
  readonly people: readonly PersonAnswer[];
  /** Why nothing could be decided: the data that the case makes up is in itself wrong. */
  readonly problem: string | null;
}

/** What came out for somebody. */
export interface PersonAnswer {
  readonly person: TestPerson;
  readonly passed: boolean;
  /** `in`, `out`, or the name of a part such as `Active`; null where nothing is expected. */
  readonly expected: string | null;
  /** The same; `nobody` where the person does not exist as of the test's instant. */
  readonly got: string;
  /** Of what did not pass, what decided. */
  readonly because: string | null;
}

/** Runs the cases of a test, each with a population of its own. */
export function runTest(program: Program, test: Test, circumstances: TestCircumstances): readonly CaseAnswer[] {
  const { zone, params } = circumstances;
  const asOf = parseInstant(String(test.asOf.value), zone);
  if (asOf === null) throw new InternalError(`no instant ${test.asOf.value}`);
  return test.cases.map((one): CaseAnswer => {
    const { world, keys } = testWorld(
      program,
      one.people.map(({ row }) => row),
      asOf,
      zone,
    );
    const judge = interpret(program, world, { asOf, zone, params });
    // Whom the header's `where` leaves out.
    const everybody = (): readonly string[] =>
      interpret({ ...program, filters: new Map() }, world, { asOf, zone, params }).population(test.entity);
    try {
      const [wrong] = judge.keyProblems(program.model.entities.keys());
      if (wrong !== undefined)
        return { case: one, passed: false, people: [], problem: `Two rows of \`${wrong.entity}\` have the same key.` };
      const people = one.people.map((person, i) =>
        answer(program, test, person, keys[i] ?? "", judge, everybody, circumstances),
      );
      return { case: one, passed: people.every(({ passed }) => passed), people, problem: null };
    } catch (error) {
      if (error instanceof DataProblem) return { case: one, passed: false, people: [], problem: error.message };
      throw error;
    }
  });
}

function answer(
  program: Program,
  test: Test,
  person: TestPerson,
  key: string,
  judge: Interpretation,
  everybody: () => readonly string[],
  { words }: TestCircumstances,
): PersonAnswer {
  const { expected } = person;
  const shown = expected === null ? null : expected.kind === "part" ? partOf(expected.part, test) : expected.kind;
  if (!judge.population(test.entity).includes(key)) {
    const why = `no \`${test.entity}\` like this exists as of then, by ${leftOutBy(program, test, everybody().includes(key))}`;
    return { person, passed: false, expected: shown, got: "nobody", because: why };
  }
  const groups = groupsNamed(program, test.group) ?? [];
  const found = groups.find((name) => judge.members(name).includes(key));
  const got = found === undefined ? "out" : test.kind === "segment" ? "in" : partOf(found, test);
  if (shown === null || shown === got) return { person, passed: true, expected: shown, got, because: null };
  const decided = found ?? (expected?.kind === "part" ? expected.part : groups[0]);
  const segment = decided === undefined ? undefined : program.segments.get(decided);
  const asked = judge.person(test.entity, key);
  const why =
    segment === undefined || asked === null
      ? null
      : because(segment.condition, { program, person: asked, privacy: privacyOf(program, false), words });
  return { person, passed: false, expected: shown, got, because: why };
}

/** `Active` of `Lifecycle.Active`. */
const partOf = (segment: string, test: Test): string =>
  segment.startsWith(`${test.group}.`) ? segment.slice(test.group.length + 1) : segment;

/** What in the header of an entity leaves somebody out; `isThen`: whether the row exists as of then but for the `where`. */
function leftOutBy(program: Program, { entity: name }: Test, isThen: boolean): string {
  const entity = program.model.entities.get(name);
  if (isThen) return `the \`where\` in the header of \`${name}\``;
  const dates = [
    ...(entity?.since == null ? [] : [`\`since ${entity.since.replace(/^\$/, "")}\``]),
    ...(entity?.until == null ? [] : [`\`until ${entity.until.replace(/^\$/, "")}\``]),
  ];
  return `${dates.join(" or ")} in the header of \`${name}\``;
}
