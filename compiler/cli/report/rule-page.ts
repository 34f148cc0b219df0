import { CATALOG, type Code, type Entry, type Slug } from "../../../language/diagnostics/catalog.ts";
import type { Diagnostic, Severity } from "../../../language/diagnostics/diagnostic.ts";
import { EXAMPLE_MODEL } from "../../../language/diagnostics/example-model.ts";
import { loadProject } from "../../../language/project.ts";
import { type SourceFile, sourceFile } from "../../../language/text/source.ts";

/** All that is told about one code. */
export interface RulePage {
  readonly code: Code;
  readonly slug: Slug;
  readonly severity: Severity;
  readonly explain: string;
  /** A text that has the finding; null where none would be readable. */
  readonly bad: string | null;
  readonly good: string | null;
  /** What is found in `bad`, and where; null where a text alone cannot show it. */
  readonly finding: { readonly diagnostic: Diagnostic; readonly source: SourceFile } | null;
}

/** The page of a code: its examples are checked as any project is, so it shows what people see. */
export function rulePage(slug: Slug): RulePage {
  const entry = CATALOG[slug] as Entry<never>;
  const { number: code, severity, explain, bad, good } = entry;
  const shown = { code, slug, severity, explain, bad: bad || null, good: good || null };
  if (bad === "" || !/^SEG([1-5]|7[0-3])/.test(code)) return { ...shown, finding: null };
  const source = sourceFile("example.seg", bad);
  const ownModel = /^(default )?(entity|event) /m.test(bad);
  const { diagnostics } = loadProject(ownModel ? [source] : [source, sourceFile("model.seg", EXAMPLE_MODEL)]);
  const diagnostic = diagnostics.find((one) => one.code === code);
  return { ...shown, finding: diagnostic === undefined ? null : { diagnostic, source } };
}
