import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Expr, Name } from "../syntax/ast.ts";
import { ERROR } from "../types/type.ts";
import type { Resolved } from "./analysis.ts";
import { type Context, entityOf, refer, replace, report } from "./context.ts";
import { VALUE_WORDS } from "./functions.ts";
import type { Shape } from "./resolve.ts";
import { resolveInGroup } from "./resolve-group.ts";
import { reportDivision } from "./resolve-part.ts";
import { type Candidate, lookup, type Scope } from "./scope.ts";
import { quoteName } from "./spelling.ts";
import { reportUnknown } from "./unknown-name.ts";

/** A bare name. */
export type NameExpr = Extract<Expr, { kind: "name" }>;

/**
 * A bare name. `values` are the texts that it may stand for without their quotes (where it is compared with a field that lists its values).
 */
export function resolveName(expr: NameExpr, scope: Scope, ctx: Context, values: readonly string[] = []): Shape {
  const name = expr.name.text;
  if (name === "") return ERROR;
  const candidates = lookup(name, scope, ctx.declared);
  const inGroup = resolveInGroup(expr, candidates, scope, ctx);
  if (inGroup !== undefined) return inGroup;
  if (candidates.length > 1) return ambiguous(expr, candidates, scope, ctx);
  const only = candidates[0];
  if (only !== undefined) return settle(expr, only, scope, ctx);
  if (!expr.name.quoted && VALUE_WORDS.has(name)) {
    ctx.tables.resolved.set(expr, { kind: "function", name });
    return null;
  }
  reportUnknown(expr, scope, ctx, values);
  return ERROR;
}

function settle(expr: NameExpr, found: Candidate, scope: Scope, ctx: Context): Shape {
  const allowed = !scope.header || found.kind === "field" || found.kind === "param" || found.kind === "list";
  if (!allowed || (found.kind === "field" && scope.header && isOfExtension(found, ctx))) {
    report(ctx, "not-in-a-header", { name: found.name }, expr.span);
    return ERROR;
  }
  switch (found.kind) {
    case "param":
    case "list":
      ctx.tables.resolved.set(expr, { kind: found.kind, name: found.name });
      refer(ctx, { kind: found.kind, name: found.name }, expr.span);
      return null;
    case "division":
      return reportDivision(expr, found.name, ctx);
    case "trait":
    case "segment":
    case "field":
    case "link":
      return useMember(expr, found.name, found.kind, found.row.entity.name, found.row.depth, expr.span, scope, ctx);
  }
}

const isOfExtension = (found: Exclude<Candidate, { kind: "param" | "list" }>, ctx: Context) =>
  (entityOf(ctx, found.row.entity.name)?.fields.get(found.name)?.extension ?? null) !== null;

/** Records what a name of `entity` stands for; `depth` as in `Resolved`. */
export function useMember(
  expr: Expr,
  name: string,
  kind: "field" | "link" | "trait" | "segment",
  entity: string,
  depth: number | null,
  at: Name["span"],
  scope: Scope,
  ctx: Context,
): Shape {
  switch (kind) {
    case "trait":
    case "segment":
      if (kind === "trait" && scope.rows.length > 1) ctx.tables.amongElements.add(expr);
      ctx.tables.resolved.set(expr, { kind, depth, name });
      refer(ctx, { kind, name }, at);
      return null;
    case "field": {
      ctx.tables.resolved.set(expr, { kind, depth, entity, name });
      refer(ctx, { kind, entity, name }, at);
      return entityOf(ctx, entity)?.fields.get(name)?.type.kind === "error" ? ERROR : null;
    }
    case "link": {
      const link = entityOf(ctx, entity)?.links.get(name);
      if (link === undefined) return ERROR;
      const many = link.kind === "many";
      const resolved: Resolved = { kind, depth, entity, name, target: link.target, many };
      ctx.tables.resolved.set(expr, resolved);
      refer(ctx, { kind, entity, name }, at);
      if (entityOf(ctx, link.target) === null) return ERROR;
      refer(ctx, { kind: "entity", name: link.target }, at);
      return many ? { kind: "collection", of: link.target, grouped: false } : { kind: "entity", name: link.target };
    }
  }
}

function ambiguous(expr: NameExpr, candidates: readonly Candidate[], scope: Scope, ctx: Context): Shape {
  const name = expr.name.text;
  const places: string[] = [];
  const fixes: Fix[] = [];
  for (const candidate of candidates) {
    if (candidate.kind === "param" || candidate.kind === "list") {
      places.push(`the ${candidate.kind} \`${name}\``);
      continue;
    }
    const whole = `${quoteName(candidate.row.entity.name)}.${quoteName(name)}`;
    places.push(`\`${whole}\``);
    if (!scope.header) fixes.push(replace(ctx, `Write \`${whole}\``, expr.span, whole, false));
  }
  report(ctx, "ambiguous-name", { name, places }, expr.span, { fixes });
  return ERROR;
}
