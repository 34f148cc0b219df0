import type { Analysis } from "./analyze/analysis.ts";
import { analyze } from "./analyze/analyze.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { withoutAllowed } from "./lint/allow.ts";
import { lint } from "./lint/lint.ts";
import { lower } from "./meaning/lower.ts";
import type { Program } from "./meaning/program.ts";
import { buildModel } from "./model/build.ts";
import type { Model } from "./model/model.ts";
import { holesOf } from "./syntax/followers.ts";
import { type ParseResult, parse } from "./syntax/parse.ts";
import { compareText } from "./text/compare.ts";
import type { SourceFile } from "./text/source.ts";
import type { Span } from "./text/span.ts";

/** A project as it was read and what it means. Plain data; a new text makes a new project. */
export interface Project {
  /** By path, in order of path. */
  readonly files: ReadonlyMap<string, ParseResult & { readonly source: SourceFile }>;
  readonly model: Model;
  /** What analysis found out beside the trees, for editors. */
  readonly analysis: Analysis;
  /** What is sound of it: a declaration with an error, or that reads one, is not in it. */
  readonly program: Program;
  /** Everything that was found, in order of path, offset and code. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What is looked at. */
export interface LoadOptions {
  /** Whether what is better said otherwise is told too; it is, unless this says no. */
  readonly lint?: boolean;
}

/**
 * Reads a project: all its files together, in any order. Nothing that is written in them makes it throw. Nothing may run on a project
 * that has errors.
 */
export function loadProject(sources: readonly SourceFile[], options: LoadOptions = {}): Project {
  const sorted = sources.toSorted((a, b) => compareText(a.path, b.path));
  const files = new Map(sorted.map((source) => [source.path, { ...parse(source), source }]));
  const trees = [...files.values()];
  const { model, diagnostics: ofModel } = buildModel(trees.map((f) => f.file));
  const analysis = analyze(
    trees.map((f) => ({ file: f.file, text: f.source.text })),
    model,
  );
  const texts = new Map(trees.map((f) => [f.source.path, f.source.text]));
  const program = lower(analysis, model, texts);
  const causes = new Map(trees.map((f) => [f.source.path, causesOf(f)]));
  const followers = [...ofModel, ...analysis.diagnostics].filter((d) => !follows(d, causes.get(d.file) ?? []));
  const found = [...trees.flatMap((f) => f.diagnostics), ...followers];
  if (options.lint === false) return { files, model, analysis, program, diagnostics: found.toSorted(byPlace) };
  const broken = found.some(({ severity }) => severity === "error");
  const linted = [...found, ...lint({ files, model, analysis, program, broken })];
  return { files, model, analysis, program, diagnostics: withoutAllowed(files, linted, !broken).toSorted(byPlace) };
}

/**
 * What the parser reported explains the findings of later stages at its place. A slip that the parser understood explains only what
 * lies inside it; anything else explains its neighbours too: `region "EU"` is no condition for want of `=`.
 * Answers, in order of `start`, stretches that explain what meets them; `reach` is the furthest end so far, so that one look finds out.
 */
function causesOf(file: ParseResult & { readonly source: SourceFile }): readonly Cause[] {
  const spans = file.diagnostics.flatMap((d) => {
    if (d.slug === "odd-blank") return holesOf(d);
    const slip = d.code.startsWith("SEG12") && d.slug !== "other-word";
    return [slip ? { start: d.span.start + 1, end: d.span.end - 1 } : withBlanks(d.span, file.source.text)];
  });
  let reach = -1;
  return spans
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => {
      reach = Math.max(reach, end);
      return { start, reach };
    });
}

interface Cause {
  readonly start: number;
  readonly reach: number;
}

function follows({ span }: Diagnostic, causes: readonly Cause[]): boolean {
  let low = 0;
  let high = causes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((causes[middle] as Cause).start <= span.end) low = middle + 1;
    else high = middle;
  }
  const last = causes[low - 1];
  return last !== undefined && last.reach >= span.start;
}

/** The span with the blanks on both sides of it. */
function withBlanks(at: Span, text: string): Span {
  let { start, end } = at;
  while (start > 0 && isBlank(text.charCodeAt(start - 1))) start--;
  while (end < text.length && isBlank(text.charCodeAt(end))) end++;
  return { start, end };
}

const isBlank = (unit: number) => unit === 32 || unit === 9 || unit === 10 || unit === 13;

/** By path, then offset, then code. */
function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file, b.file) || a.span.start - b.span.start || a.span.end - b.span.end || compareText(a.code, b.code)
  );
}
