import { diagnose } from "../diagnostics/catalog.ts";
import { besides } from "./besides.ts";
import type { Rule } from "./rule.ts";
import { verdictsOf } from "./verdicts.ts";

/** Conditions that cannot fail, whatever the data. */
export const alwaysTrue: Rule = (project) =>
  verdictsOf(project).flatMap((verdict) => {
    if (verdict.kind !== "always") return [];
    const { text } = besides(verdict, project);
    return [diagnose("always-true", { text, declared: verdict.declared }, verdict.origin)];
  });
