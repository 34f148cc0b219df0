import { diagnose } from "../../../language/diagnostics/catalog.ts";
import type { Diagnostic } from "../../../language/diagnostics/diagnostic.ts";
import type { Test } from "../../../language/meaning/claims.ts";
import type { Origin } from "../../../language/meaning/ir.ts";
import { type CaseAnswer, type PersonAnswer, runTest } from "../../insight/run-test.ts";
import { EXIT, usage } from "../exit.ts";
import type { Io } from "../io.ts";
import { readWhen } from "../options.ts";
import { type Opened, openProject } from "../project.ts";
import { findingsOf } from "../report/findings.ts";
import { CHECK_FORMATS, type CheckFormat } from "../report/format-names.ts";
import { unannotated, writeStepSummary } from "../report/github.ts";
import { refusal } from "../report/refusal.ts";
import { type TestedGroup, testSummary, testsAs } from "../report/tests.ts";
import { counted } from "../report/words.ts";
import { readReports, writeReports } from "../report/write.ts";
import { hasUnicode, styleFor } from "../style.ts";
import { testedName } from "../tested-name.ts";

/** Options as the command line gives them. */
export interface TestOptions {
  readonly project?: string;
  readonly format: CheckFormat;
  readonly report: readonly string[];
  readonly timezone?: string;
  readonly param: readonly string[];
  readonly allowEmpty: boolean;
}

/** `seg test`: runs tests on people made up; exit 1 where one fails, or a text has errors. */
export async function test(io: Io, args: readonly string[], options: TestOptions): Promise<number> {
  readReports(options.report, CHECK_FORMATS);
  const { allowEmpty } = options;
  const opened = await openProject(io, args, { project: options.project ?? null, allowEmpty, stdinFilename: null });
  if (opened.errors.length > 0)
    return refusal(io, opened, opened.errors, options.format === "json" ? "json" : "pretty");
  const { program } = opened.project;
  const { zone, params } = readWhen(io, options, opened.config, program);
  const tests = program.claims.tests.filter((one) => isWanted(one, opened));
  if (tests.length === 0 && !allowEmpty)
    throw usage("There is no test to run.", "Write one: `test Loyal as of 2026-06-30 { … }`.");
  const words = wordsOf(opened);
  const answers = tests.map((one) => ({ test: one, cases: runTest(program, one, { zone, params, words }) }));
  const groups = answers.map((one) => testedGroup(one, opened));
  const findings = findingsOf(
    opened,
    answers.flatMap(({ test: own, cases }) => cases.flatMap((one) => failures(own, one))),
  );
  const canvas = { style: styleFor(io, io.stdout), unicode: hasUnicode(io, io.stdout) };
  const report = { groups, findings };
  io.stdout.write(testsAs(options.format, report, io, canvas));
  writeReports(
    io,
    options.report,
    Object.fromEntries(CHECK_FORMATS.map((format) => [format, () => testsAs(format, report, io)])),
  );
  if (options.format === "github") writeStepSummary(findings, io);
  io.stderr.write(`${testSummary(groups)}\n`);
  const asserts = program.claims.asserts.length;
  if (asserts > 0) io.stderr.write(`${counted(asserts, "assertion")} not tried: this version does not prove them.\n`);
  const dropped = options.format === "github" ? unannotated(findings) : null;
  if (dropped !== null) io.stderr.write(`${dropped}\n`);
  return findings.diagnostics.length > 0 ? EXIT.findings : EXIT.clean;
}

/** Whether the arguments ask for a test: by its file, or by what it tests. */
function isWanted({ group, origin }: Test, { selection }: Opened): boolean {
  if (selection.kind === "all" || selection.files.has(origin.file)) return true;
  return [...selection.declarations].some((one) => {
    const parts = selection.parts.get(one);
    return parts === undefined
      ? testedName(group) === one.name.text || group === one.name.text
      : parts.has(group.slice(one.name.text.length + 1)) && group.startsWith(`${one.name.text}.`);
  });
}

/** The words of a text at a place, on one line. */
function wordsOf({ project }: Opened): (origin: Origin) => string {
  return ({ file, span }) => {
    const text = project.files.get(file)?.source.text.slice(span.start, span.end).replace(/\s+/gu, " ") ?? "";
    return text.length > 80 ? `${[...text.slice(0, 76)].join("")} …` : text;
  };
}

function testedGroup(
  { test: { group, origin }, cases }: { readonly test: Test; readonly cases: readonly CaseAnswer[] },
  { show }: Opened,
): TestedGroup {
  return {
    group,
    place: { file: show(origin.file), span: origin.span },
    cases: cases.map((one) => ({
      title: one.case.title,
      place: { file: show(one.case.origin.file), span: one.case.origin.span },
      passed: one.passed,
      problem: one.problem,
      people: one.people.map(({ person, passed, expected, got, because }) => ({
        title: person.title,
        passed,
        expected,
        got,
        because,
      })),
    })),
  };
}

/** What did not come out as it says, as findings. */
function failures({ group }: Test, { case: own, people, problem }: CaseAnswer): readonly Diagnostic[] {
  const title = `“${own.title}”`;
  if (problem !== null) return [diagnose("test-not-run", { title, problem }, own.origin)];
  return people
    .filter(({ passed }) => !passed)
    .map((one: PersonAnswer) => {
      const { person, expected, got, because } = one;
      const whole = person.title === null ? title : `${title}, “${person.title}”`;
      const params = { group, title: whole, expected: expected ?? "somebody", got, because };
      return diagnose("test-failed", params, person.title === null ? own.origin : person.origin);
    });
}
