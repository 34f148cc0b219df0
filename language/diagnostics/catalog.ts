import type { Span } from "../text/span.ts";
import { ENGINES } from "./codes/engines.ts";
import { INTERNAL } from "./codes/internal.ts";
import { MEANING } from "./codes/meaning.ts";
import { MODEL } from "./codes/model.ts";
import { NAMES } from "./codes/names.ts";
import { PATHS } from "./codes/names-paths.ts";
import { PROJECT } from "./codes/project.ts";
import { STYLE } from "./codes/style.ts";
import { SYNTAX } from "./codes/syntax.ts";
import { CHOICES } from "./codes/syntax-choices.ts";
import { TYPES } from "./codes/types.ts";
import { CHOICE_TYPES } from "./codes/types-choices.ts";
import type { Diagnostic, Fix, Related } from "./diagnostic.ts";
import type { Entry } from "./entry.ts";

export type { Code, Entry } from "./entry.ts";

/** Every finding the product can make, by slug. */
export const CATALOG = {
  ...SYNTAX,
  ...CHOICES,
  ...NAMES,
  ...PATHS,
  ...TYPES,
  ...CHOICE_TYPES,
  ...MEANING,
  ...STYLE,
  ...ENGINES,
  ...MODEL,
  ...PROJECT,
  ...INTERNAL,
};

export type Slug = keyof typeof CATALOG;
export type ParamsOf<S extends Slug> = (typeof CATALOG)[S] extends Entry<infer P> ? P : never;

/** A diagnostic of the kind `slug` at a place. */
export function diagnose<S extends Slug>(
  slug: S,
  params: ParamsOf<S>,
  at: { readonly file: string; readonly span: Span },
  extra: { readonly related?: readonly Related[]; readonly fixes?: readonly Fix[] } = {},
): Diagnostic {
  const e = CATALOG[slug] as unknown as Entry<ParamsOf<S>>;
  return {
    code: e.number,
    slug,
    severity: e.severity,
    file: at.file,
    span: at.span,
    message: e.message(params),
    help: e.help(params),
    related: extra.related ?? [],
    fixes: extra.fixes ?? [],
  };
}
