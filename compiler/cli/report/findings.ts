import type { Diagnostic, Fix, Related } from "../../../language/diagnostics/diagnostic.ts";
import type { SourceFile } from "../../../language/text/source.ts";
import type { Opened } from "../project.ts";

/** Diagnostics ready to be shown: in order of path, offset and code, their paths as people write them where the command runs. */
export interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  /** By a shown path. */
  readonly sourceOf: (path: string) => SourceFile | null;
}

/** These diagnostics of a project, to be shown. */
export function findingsOf(opened: Opened, diagnostics: readonly Diagnostic[]): Findings {
  const { show } = opened;
  const sources = new Map([...opened.project.files.values()].map(({ source }) => [show(source.path), source]));
  const place = <A extends { readonly file: string }>(at: A): A => ({ ...at, file: show(at.file) });
  const fix = (one: Fix): Fix => ({ ...one, edits: one.edits.map(place) });
  return {
    diagnostics: diagnostics.map((one) => ({
      ...place(one),
      related: one.related.map((other: Related) => place(other)),
      fixes: one.fixes.map(fix),
    })),
    sourceOf: (path) => sources.get(path) ?? null,
  };
}

export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

/** How many of each severity. */
export function countFindings(diagnostics: readonly Diagnostic[]): Counts {
  const of = (severity: Diagnostic["severity"]): number =>
    diagnostics.filter((one) => one.severity === severity).length;
  return { errors: of("error"), warnings: of("warning"), infos: of("info") };
}
