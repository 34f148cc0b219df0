import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Linted } from "./rule.ts";
import { RULES } from "./rules.ts";
import { writtenIn } from "./written.ts";

/** What is better said otherwise in a project: the findings of all rules, in no order. */
export function lint(project: Omit<Linted, "written">): readonly Diagnostic[] {
  const texts = new Map([...project.files.values()].map(({ source }) => [source.path, source.text]));
  const linted = { ...project, written: writtenIn(project.analysis, texts) };
  return RULES.flatMap((rule) => rule(linted));
}
