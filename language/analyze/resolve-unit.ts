import { expressionsOf, type Unit } from "./analysis.ts";
import { resolveAssert } from "./check-claim.ts";
import { type Context, fail } from "./context.ts";
import { resolve } from "./resolve.ts";
import { resolveGroup, resolveTested } from "./resolve-part.ts";
import type { Scope } from "./scope.ts";

/** Finds out what every name in the unit stands for; `scope` is what its expressions see. */
export function resolveUnit(unit: Unit, scope: Scope, ctx: Context): void {
  switch (unit.kind) {
    case "header":
    case "param":
    case "list":
    case "trait":
    case "segment":
      break;
    case "segmentation":
    case "split":
      if (unit.decl.of !== null && resolveGroup(unit.decl.of, true, ctx) === null) fail(ctx);
      break;
    case "test":
      if (resolveTested(unit.decl.group, ctx) === null) fail(ctx);
      break;
    case "policy":
      break;
    case "assert":
      resolveAssert(unit, ctx);
      break;
    case "snapshot":
      if (resolveGroup(unit.decl.of, false, ctx) === null) fail(ctx);
      break;
  }
  for (const expr of expressionsOf(unit)) resolve(expr, scope, ctx);
}
