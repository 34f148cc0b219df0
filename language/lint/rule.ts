import type { Analysis } from "../analyze/analysis.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Program } from "../meaning/program.ts";
import type { Model } from "../model/model.ts";
import type { ParseResult } from "../syntax/parse.ts";
import type { SourceFile } from "../text/source.ts";
import type { Written } from "./written.ts";

/** A project that was read, as rules see it. */
export interface Linted {
  readonly files: ReadonlyMap<string, ParseResult & { readonly source: SourceFile }>;
  readonly model: Model;
  readonly analysis: Analysis;
  /** What is sound of it: nothing else is linted. */
  readonly program: Program;
  /** Whether anything in the project is in error, so that what reads or uses what is not known. */
  readonly broken: boolean;
  readonly written: Written;
}

/** What is better said otherwise: warnings about a project, each once, in any order. Never throws; work grows with the project. */
export type Rule = (project: Linted) => readonly Diagnostic[];
