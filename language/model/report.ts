import { diagnose, type ParamsOf, type Slug } from "../diagnostics/catalog.ts";
import type { Diagnostic, Fix, Related } from "../diagnostics/diagnostic.ts";
import { nearest } from "../diagnostics/suggest.ts";
import { quoteName } from "../syntax/quote-name.ts";
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

/** For a declaration that the parser reported something inside of: what seems wrong with the rest of it may only be what is lost. */
export const silent: Report = () => {};

/** What a name most probably means, or null. */
export type Guess = (name: string, candidates: () => Iterable<string>) => string | null;

/** Beyond so many unknown names none is guessed any more: a broken model is reported in linear time. */
const MOST_GUESSES = 200;

/** A `Guess` for one model. */
export function guesser(): Guess {
  let guesses = 0;
  return (name, candidates) => (guesses++ < MOST_GUESSES ? nearest(name, candidates()) : null);
}

/** The repair of a misspelt name: write the one that was probably meant; none where there is no such name. */
export const respell = (place: Place, suggestion: string | null): { readonly fixes: readonly Fix[] } =>
  rewrite(place, suggestion === null ? null : quoteName(suggestion));

/** The one obvious repair: write `suggestion` there, before which `mark` stands already; none where there is no suggestion. */
export function rewrite(place: Place, suggestion: string | null, mark = ""): { readonly fixes: readonly Fix[] } {
  if (suggestion === null) return { fixes: [] };
  const edits = [{ file: place.file, span: place.span, newText: suggestion }];
  return { fixes: [{ title: `Write \`${mark}${suggestion}\``, preferred: true, edits }] };
}
