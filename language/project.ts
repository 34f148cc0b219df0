import type { Analysis } from "./analyze/analysis.ts";
import { analyze } from "./analyze/analyze.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { Program } from "./meaning/ir.ts";
import { lower } from "./meaning/lower.ts";
import { buildModel } from "./model/build.ts";
import type { Model } from "./model/model.ts";
import { type ParseResult, parse } from "./syntax/parse.ts";
import { compareText } from "./text/compare.ts";
import type { SourceFile } from "./text/source.ts";

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

/**
 * Reads a project: all its files together, in any order. Nothing that is written in them makes it throw. Nothing may run on a project
 * that has errors.
 */
export function loadProject(sources: readonly SourceFile[]): Project {
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
  const found = [...trees.flatMap((f) => f.diagnostics), ...ofModel, ...analysis.diagnostics];
  return { files, model, analysis, program, diagnostics: found.toSorted(byPlace) };
}

/** By path, then offset, then code. */
function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file, b.file) || a.span.start - b.span.start || a.span.end - b.span.end || compareText(a.code, b.code)
  );
}
