import type { Unit } from "../analyze/analysis.ts";
import { MARKS, sizeRange } from "../analyze/check-claim.ts";
import { strip } from "../analyze/context.ts";
import type { Expr } from "../syntax/ast.ts";
import { InternalError } from "../text/assert.ts";
import type { Assert, Policy } from "./claims.ts";
import { lowerCondition } from "./lower-condition.ts";
import { type LowerContext, originOf } from "./lower-context.ts";

type Of<K extends Unit["kind"]> = Extract<Unit, { kind: K }>;

/** A policy of the program. */
export function lowerPolicy({ decl, name, entity }: Of<"policy">, ctx: LowerContext): Policy {
  if (entity === null) throw new InternalError(`${name} is about nothing`);
  return {
    name,
    title: decl.title?.value ?? null,
    doc: decl.doc,
    entity,
    tags: decl.tags.map((tag) => tag.text),
    require: decl.demands.flatMap((one) => (one.kind === "require" ? [lowerCondition(one.condition, 1, ctx)] : [])),
    forbid: decl.demands.flatMap((one) =>
      one.kind === "forbid" ? MARKS.filter((mark) => mark === one.mark.text) : [],
    ),
    origin: originOf(decl.name.span, ctx),
  };
}

/** An assertion of the program. */
export function lowerAssert({ decl }: Of<"assert">, ctx: LowerContext): Assert {
  const { claim } = decl;
  const origin = originOf(decl.span, ctx);
  const named = (expr: Expr): { readonly name: string; readonly entity: string } => {
    const resolved = ctx.analysis.resolved.get(strip(expr));
    const name = resolved?.kind === "segment" ? resolved.name : "";
    const entity = ctx.entityOf.get(name);
    if (entity === undefined) throw new InternalError("an assertion of nothing");
    return { name, entity };
  };
  switch (claim.kind) {
    case "within": {
      const { name: inner, entity } = named(claim.inner);
      return { kind: "within", inner, outer: named(claim.outer).name, entity, origin };
    }
    case "disjoint": {
      const groups = claim.groups.map(named);
      return { kind: "disjoint", segments: groups.map(({ name }) => name), entity: groups[0]?.entity ?? "", origin };
    }
    case "size": {
      const { name: segment, entity } = named(claim.group);
      const range = sizeRange(claim.range);
      if (range === null) throw new InternalError("a size without a range");
      return { kind: "size", segment, entity, ...range, origin };
    }
  }
}
