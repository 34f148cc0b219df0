import { diagnose } from "../diagnostics/catalog.ts";
import { besides } from "./besides.ts";
import type { Rule } from "./rule.ts";
import { verdictsOf } from "./verdicts.ts";

/** Items of an `or`, branches of an `if` and tiers that nobody can come to, for what stands around or before them. */
export const deadBranch: Rule = (project) =>
  verdictsOf(project).flatMap((verdict) => {
    if (verdict.kind !== "dead") return [];
    const { text, other, related } = besides(verdict, project);
    return [diagnose("dead-branch", { text, other }, verdict.origin, { related })];
  });
