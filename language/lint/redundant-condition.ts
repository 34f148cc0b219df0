import { diagnose } from "../diagnostics/catalog.ts";
import { besides } from "./besides.ts";
import { withoutItem } from "./remove-item.ts";
import type { Rule } from "./rule.ts";
import { verdictsOf } from "./verdicts.ts";

/** Items of an `and` or `or` that another item sees to: duplicates, wider windows, lower counts. */
export const redundantCondition: Rule = (project) =>
  verdictsOf(project).flatMap((verdict) => {
    if (verdict.kind !== "redundant") return [];
    const { text, other, related } = besides(verdict, project);
    const fixes = withoutItem(verdict.origin, project);
    return [diagnose("redundant-condition", { text, other: other ?? text }, verdict.origin, { related, fixes })];
  });
