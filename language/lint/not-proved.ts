import { diagnose } from "../diagnostics/catalog.ts";
import type { Assert } from "../meaning/claims.ts";
import type { Rule } from "./rule.ts";

/** Assertions and policies: their names and types are checked, whether they hold is not. Nobody shall take a clean check for a proof. */
export const notProved: Rule = ({ program: { claims } }) => [
  ...claims.asserts.map((one) => diagnose("not-proved", { what: claimed(one) }, one.origin)),
  ...claims.policies.map((one) => {
    const what = `every segment it is for keeps to the policy \`${one.name}\``;
    return diagnose("not-proved", { what }, one.origin);
  }),
];

function claimed(one: Assert): string {
  switch (one.kind) {
    case "within":
      return `everybody in \`${one.inner}\` is in \`${one.outer}\``;
    case "disjoint":
      return `nobody is in two of ${one.segments.map((name) => `\`${name}\``).join(", ")}`;
    case "size":
      return `\`${one.segment}\` has that size`;
  }
}
