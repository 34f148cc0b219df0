import { PLAIN, type Style } from "../../../language/diagnostics/render.ts";
import { positionAt } from "../../../language/text/source.ts";
import type { Span } from "../../../language/text/span.ts";
import { printable } from "../../../language/text/width.ts";
import type { Io } from "../io.ts";
import { conciseText } from "./concise.ts";
import type { Findings } from "./findings.ts";
import type { CheckFormat } from "./format-names.ts";
import { githubAnnotations } from "./github.ts";
import { diagnosticJson, jsonText } from "./json.ts";
import { findingsNdjson } from "./ndjson.ts";
import { counted, listed } from "./words.ts";

/** A test and what came out, its paths as people write them where the command runs. */
export interface TestedGroup {
  readonly group: string;
  readonly place: TestPlace;
  readonly cases: readonly {
    readonly title: string;
    readonly place: TestPlace;
    readonly passed: boolean;
    readonly problem: string | null;
    readonly people: readonly TestedPerson[];
  }[];
}

export interface TestPlace {
  readonly file: string;
  readonly span: Span;
}

export interface TestedPerson {
  readonly title: string | null;
  readonly passed: boolean;
  readonly expected: string | null;
  readonly got: string;
  readonly because: string | null;
}

/** All that ran; `findings` are the cases that failed. */
export interface TestReport {
  readonly groups: readonly TestedGroup[];
  readonly findings: Findings;
}

/** The answer of `test` in one of the formats. */
export function testsAs(
  format: CheckFormat,
  report: TestReport,
  io: Io,
  canvas: { readonly style: Style; readonly unicode: boolean } = { style: PLAIN, unicode: false },
): string {
  switch (format) {
    case "pretty":
      return testsText(report, canvas);
    case "concise":
      return conciseText(report.findings);
    case "json":
      return jsonText(testsJson(report));
    case "ndjson":
      return findingsNdjson(report.findings);
    case "github":
      return githubAnnotations(report.findings, io);
  }
}

/** `12 cases: 11 passed, 1 failed.` */
export function testSummary(groups: readonly TestedGroup[]): string {
  const cases = groups.flatMap((group) => group.cases);
  const failed = cases.filter(({ passed }) => !passed).length;
  const parts = [
    ...(cases.length > failed ? [`${cases.length - failed} passed`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return `${counted(cases.length, "case")}${parts.length === 0 ? "" : `: ${listed(parts)}`}.`.replace(/^no/, "No");
}

function testsText({ groups, findings }: TestReport, { style, unicode }: { style: Style; unicode: boolean }): string {
  const [yes, no] = unicode ? ["✓", "✗"] : ["ok  ", "FAIL"];
  const blocks = groups.map((group) => {
    const source = findings.sourceOf(group.place.file);
    const line = source === null ? 1 : positionAt(source, group.place.span.start).line;
    const head = `${style.strong(printable(group.group))}  ${style.faint(`${group.place.file}:${line}`)}`;
    const lines = group.cases.flatMap((one) => [
      `  ${one.passed ? style.faint(yes) : style.severity(no, "error")} ${printable(one.title)}`,
      ...(one.problem === null ? [] : [`      ${printable(one.problem)}`]),
      ...one.people.filter((person) => !person.passed).map((person) => `      ${personText(person)}`),
    ]);
    return [head, ...lines].join("\n");
  });
  return blocks.length === 0 ? "" : `${blocks.join("\n\n")}\n`;
}

function personText({ title, expected, got, because }: TestedPerson): string {
  const who = title === null ? "" : `${printable(title)}: `;
  const outcome = `expected ${expected ?? "somebody"}, got ${got}`;
  return `${who}${outcome}${because === null ? "" : `: ${printable(because)}`}.`;
}

function testsJson({ groups, findings }: TestReport): unknown {
  const { sourceOf } = findings;
  const at = ({ file, span }: TestPlace): unknown => {
    const source = sourceOf(file);
    return source === null ? { line: 1, column: 1 } : positionAt(source, span.start);
  };
  const cases = groups.flatMap((group) => group.cases);
  return {
    version: 1,
    tests: groups.map((group) => ({
      group: group.group,
      file: group.place.file,
      start: at(group.place),
      cases: group.cases.map(({ title, place, passed, problem, people }) => ({
        title,
        start: at(place),
        passed,
        problem,
        people,
      })),
    })),
    asserts: [],
    diagnostics: findings.diagnostics.map((one) => diagnosticJson(one, sourceOf)),
    summary: {
      cases: cases.length,
      failed: cases.filter(({ passed }) => !passed).length,
      asserts: 0,
      failedAsserts: 0,
    },
  };
}
