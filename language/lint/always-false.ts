import { diagnose } from "../diagnostics/catalog.ts";
import { besides } from "./besides.ts";
import type { Rule } from "./rule.ts";
import { verdictsOf } from "./verdicts.ts";

/** Conditions that cannot hold, whatever the data; of two that exclude each other the later one is told. */
export const alwaysFalse: Rule = (project) =>
  verdictsOf(project).flatMap((verdict) => {
    if (verdict.kind !== "never") return [];
    const { text, other, related } = besides(verdict, project);
    return [diagnose("always-false", { text, other, declared: verdict.declared }, verdict.origin, { related })];
  });
