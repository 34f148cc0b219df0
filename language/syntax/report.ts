import { diagnose, type ParamsOf, type Slug } from "../diagnostics/catalog.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import type { SourceFile } from "../text/source.ts";
import type { Span } from "../text/span.ts";

/** More findings than this in one file are not listed. */
export const MOST_FINDINGS = 200;

/** A change inside the file that is being read. */
export interface Edit {
  readonly span: Span;
  readonly newText: string;
}

/** One repair of a finding. The first of several repairs is preferred only where `sure`. */
export interface Repair {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** Collects what is found wrong in one file. */
export interface Reporter {
  /** `repairs`: a single one is preferred; of several none is, unless `sure`. */
  readonly report: <S extends Slug>(
    slug: S,
    params: ParamsOf<S>,
    span: Span,
    repairs?: readonly Repair[],
    sure?: boolean,
  ) => void;
  readonly diagnostics: Diagnostic[];
}

export function reporter(file: SourceFile): Reporter {
  const diagnostics: Diagnostic[] = [];
  const report: Reporter["report"] = (slug, params, span, repairs = [], sure = repairs.length === 1) => {
    if (diagnostics.length > MOST_FINDINGS) return;
    const at = { file: file.path, span };
    if (diagnostics.length === MOST_FINDINGS) {
      diagnostics.push(diagnose("too-many", { limit: MOST_FINDINGS }, at));
      return;
    }
    const fixes = repairs.map(
      (repair, i): Fix => ({
        title: repair.title,
        preferred: sure && i === 0,
        edits: repair.edits.map((edit) => ({ file: file.path, ...edit })),
      }),
    );
    diagnostics.push(diagnose(slug, params, at, { fixes }));
  };
  return { report, diagnostics };
}

/** A repair that replaces one stretch of text. */
export const replace = (span: Span, newText: string, title = `Write \`${newText.trim()}\``): Repair => ({
  title,
  edits: [{ span, newText }],
});

/** A repair that takes a stretch of text away. */
export const remove = (span: Span, what: string): Repair => ({
  title: `Remove ${what}`,
  edits: [{ span, newText: "" }],
});

/** A repair that puts text in. */
export const insert = (at: number, newText: string): Repair => ({
  title: `Insert \`${newText.trim()}\``,
  edits: [{ span: { start: at, end: at }, newText }],
});
