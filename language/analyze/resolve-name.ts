import type { Fix } from "../diagnostics/diagnostic.ts";
import { nearest } from "../diagnostics/suggest.ts";
import type { Expr, Name } from "../syntax/ast.ts";
import { ERROR } from "../types/type.ts";
import type { Resolved } from "./analysis.ts";
import { type Context, entityOf, refer, replace, report } from "./context.ts";
import { VALUE_WORDS } from "./functions.ts";
import type { Shape } from "./resolve.ts";
import { behindLink, type Candidate, lookup, rowOf, type Scope, visibleNames } from "./scope.ts";
import { quoteName, sameButCase } from "./spelling.ts";

type NameExpr = Extract<Expr, { kind: "name" }>;

/**
 * A bare name. `values` are the texts that it may stand for without their quotes (where it is compared with a field that lists its values).
 */
export function resolveName(expr: NameExpr, scope: Scope, ctx: Context, values: readonly string[] = []): Shape {
  const name = expr.name.text;
  if (name === "") return ERROR;
  const candidates = lookup(name, scope, ctx.declared);
  if (candidates.length > 1) return ambiguous(expr, candidates, scope, ctx);
  const only = candidates[0];
  if (only !== undefined) return settle(expr, only, scope, ctx);
  if (!expr.name.quoted && VALUE_WORDS.has(name)) {
    ctx.tables.resolved.set(expr, { kind: "function", name });
    return null;
  }
  return unknown(expr, scope, ctx, values);
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
    case "trait":
    case "segment":
    case "field":
    case "link":
      return useMember(expr, found.name, found.kind, found.row.entity.name, found.row.depth, expr.span, ctx);
  }
}

const isOfExtension = (found: Extract<Candidate, { kind: "field" | "link" | "trait" | "segment" }>, ctx: Context) =>
  (entityOf(ctx, found.row.entity.name)?.fields.get(found.name)?.extension ?? null) !== null;

/** Records what a name of `entity` stands for; `depth` as in `Resolved`. */
export function useMember(
  expr: Expr,
  name: string,
  kind: "field" | "link" | "trait" | "segment",
  entity: string,
  depth: number | null,
  at: Name["span"],
  ctx: Context,
): Shape {
  switch (kind) {
    case "trait":
    case "segment":
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
      return many ? { kind: "collection", of: link.target } : { kind: "entity", name: link.target };
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

function unknown(expr: NameExpr, scope: Scope, ctx: Context, values: readonly string[]): Shape {
  const name = expr.name.text;
  const declared = ctx.declared.get(name);
  const here = scope.rows[scope.rows.length - 1]?.entity.name ?? null;
  if (
    declared?.kind === "unreadable" ||
    ((declared?.kind === "trait" || declared?.kind === "segment") && declared.entity === null)
  ) {
    return ERROR;
  }
  if ((declared?.kind === "trait" || declared?.kind === "segment") && here !== null) {
    return otherSubject(expr, declared.kind, declared.entity as string, scope, ctx);
  }
  if (here !== null && ctx.model.entities.has(name)) {
    const hint = entityHint(name, scope);
    report(ctx, "entity-as-value", { name, hint }, expr.span);
    return ERROR;
  }
  const fixes: Fix[] = [];
  const names = [...visibleNames(scope, ctx.declared), ...VALUE_WORDS];
  const value = values.includes(name) ? name : null;
  const suggestion = value === null ? (sameButCase(name, names) ?? nearest(name, names)) : null;
  let hint: string | null = null;
  if (value !== null) {
    hint = `Text stands in quotes: \`"${name}"\`.`;
    fixes.push(replace(ctx, `Write \`"${name}"\``, expr.span, JSON.stringify(name)));
  } else if (sameButCase(name, names) === null) {
    const behind = scope.header ? null : behindLink(name, scope, ctx.model);
    if (behind !== null) {
      hint = behind.many
        ? `\`${name}\` belongs to \`${behind.entity}\`: write it in a step, such as \`${behind.link}.where(${name} …)\`, or \`${behind.link}.latest.${name}\`.`
        : `\`${name}\` belongs to \`${behind.entity}\`: write \`${behind.link}.${name}\`.`;
      if (!behind.many) {
        const whole = `${quoteName(behind.link)}.${quoteName(name)}`;
        fixes.push(replace(ctx, `Write \`${whole}\``, expr.span, whole));
      }
    }
  }
  if (hint === null && suggestion !== null) {
    fixes.push(replace(ctx, `Write \`${suggestion}\``, expr.span, quoteName(suggestion)));
  }
  report(ctx, "unknown-name", { name, suggestion: hint === null ? suggestion : null, hint }, expr.span, { fixes });
  return ERROR;
}

/** A segment or trait of an entity that is none of those in play. */
export function otherSubject(expr: NameExpr, what: "trait" | "segment", of: string, scope: Scope, ctx: Context): Shape {
  const name = expr.name.text;
  const here = scope.rows[scope.rows.length - 1]?.entity;
  const links = here === undefined ? [] : [...here.links.values()].filter((l) => l.target === of);
  const one = links.find((l) => l.kind === "one");
  const many = links.find((l) => l.kind === "many");
  const fixes: Fix[] = [];
  let hint: string | null = null;
  if (one !== undefined) {
    const link = quoteName(one.name);
    const whole = what === "segment" ? `${link} in ${quoteName(name)}` : `${link}.${quoteName(name)}`;
    hint = `Write \`${whole}\`.`;
    fixes.push(replace(ctx, `Write \`${whole}\``, expr.span, whole));
  } else if (many !== undefined) {
    hint = `Ask it of each: \`${many.name}.where(${name})\`.`;
  }
  report(ctx, "other-subject", { name, what, of, here: here?.name ?? "", hint }, expr.span, { fixes });
  return ERROR;
}

function entityHint(name: string, scope: Scope): string | null {
  if (rowOf(scope, name) !== null) return `Write a dot and a field after it: \`${name}.…\`.`;
  for (const row of scope.rows.toReversed()) {
    for (const link of row.entity.links.values())
      if (link.target === name) return `The link to it is \`${link.name}\`.`;
  }
  return null;
}
