import { diagnose } from "../diagnostics/catalog.ts";
import type { Rule } from "./rule.ts";

/**
 * Traits, params and lists that nothing uses; `@kpi` puts a trait into every report, which is a use. Of segments see `unused-segment.ts`. Silent while anything is in error, for that may be what uses them.
 */
export const unusedDeclaration: Rule = ({ analysis, broken }) => {
  if (broken) return [];
  const used = new Set(analysis.references.map(({ to }) => `${to.kind} ${to.name}`));
  return analysis.sound.flatMap((unit) => {
    if (unit.kind === "header" || unit.kind === "segment" || used.has(`${unit.kind} ${unit.name}`)) return [];
    if (!["trait", "param", "list"].includes(unit.kind)) return [];
    if (unit.decl.annotations.some(({ name }) => name.text === "kpi")) return [];
    const at = { file: unit.file, span: unit.decl.name.span };
    return [diagnose("unused-declaration", { word: unit.kind, name: unit.name }, at)];
  });
};
