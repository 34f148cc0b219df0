import { diagnose, type ParamsOf, type Slug } from "../diagnostics/catalog.ts";
import type { Diagnostic, Fix, Related } from "../diagnostics/diagnostic.ts";
import type { Span } from "../text/span.ts";
import type { Place } from "./model.ts";

/** Reports a finding at a place of one file. */
export type Report = <S extends Slug>(
  slug: S,
  params: ParamsOf<S>,
  at: Span,
  extra?: { readonly related?: readonly Related[]; readonly fixes?: readonly Fix[] },
) => void;

/** A `Report` for `file` that adds to `diagnostics`. */
export const reporter =
  (diagnostics: Diagnostic[], file: string): Report =>
  (slug, params, at, extra = {}) => {
    diagnostics.push(diagnose(slug, params, { file, span: at }, extra));
  };

/** The one obvious repair: write `suggestion` there; none where there is no suggestion. */
export function rewrite(place: Place, suggestion: string | null): { readonly fixes: readonly Fix[] } {
  if (suggestion === null) return { fixes: [] };
  const edits = [{ file: place.file, span: place.span, newText: suggestion }];
  return { fixes: [{ title: `Write \`${suggestion}\``, preferred: true, edits }] };
}
