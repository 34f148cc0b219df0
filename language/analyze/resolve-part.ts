import type { Expr } from "../syntax/ast.ts";
import { ERROR } from "../types/type.ts";
import { type Declared, type Division, partName, partsOf, roleOf } from "./analysis.ts";
import { type Context, fail, refer, replace, report, strip } from "./context.ts";
import type { Shape } from "./resolve.ts";
import { lookup, type Scope } from "./scope.ts";
import { quoteName, suggest } from "./spelling.ts";

type NameExpr = Extract<Expr, { kind: "name" }>;
type MemberExpr = Extract<Expr, { kind: "member" }>;

/** A segmentation or split that a bare name means here, and the row that it is asked of. */
export interface DivisionHere {
  readonly division: Division;
  readonly depth: number;
}

/** The division that a name means here; null where it means something else, or several things. */
export function divisionHere(expr: Expr, scope: Scope, ctx: Context): DivisionHere | null {
  if (expr.kind !== "name") return null;
  const [found, ...others] = lookup(expr.name.text, scope, ctx.declared);
  if (found?.kind !== "division" || others.length > 0) return null;
  const division = divisionNamed(found.name, ctx.declared);
  return division === null || scope.header ? null : { division, depth: found.row.depth };
}

/** The segmentation or split of this name, wherever it may be asked; null where there is none. */
export function divisionNamed(name: string, declared: Declared): Division | null {
  const unit = declared.get(name);
  return unit?.kind === "segmentation" || unit?.kind === "split" ? unit : null;
}

/** `Lifecycle.Active`: a part of a division that can be asked here. Undefined where what stands before the dot is none. */
export function resolvePart(expr: MemberExpr, scope: Scope, ctx: Context): Shape | undefined {
  const here = divisionHere(strip(expr.object), scope, ctx);
  if (here === null) return undefined;
  useDivision(strip(expr.object) as NameExpr, here, ctx);
  if (expr.name.text === "") return ERROR;
  return usePart(expr, expr.name, here, ctx) ? null : ERROR;
}

/** `Lifecycle in [New, Active]`: whether it was one. Its items are names of parts. */
export function resolveParts(expr: Extract<Expr, { kind: "in" }>, scope: Scope, ctx: Context): boolean {
  const value = strip(expr.value);
  const here = divisionHere(value, scope, ctx);
  if (here === null) return false;
  useDivision(value as NameExpr, here, ctx);
  const set = strip(expr.set);
  const { division } = here;
  if (set.kind !== "list") {
    const isPart = set.kind === "name" && partsOf(division).some(({ name }) => name.text === set.name.text);
    const fixes = isPart ? [replace(ctx, "Write `[ ]`", set.span, `[${quoteName(set.name.text)}]`)] : [];
    if (set.kind !== "error")
      report(ctx, "tiers-not-listed", { name: division.name, ...firstOf(division) }, set.span, { fixes });
    fail(ctx);
    return true;
  }
  for (const item of set.items) {
    const bare = strip(item);
    if (bare.kind === "name") {
      if (bare.name.text !== "") usePart(bare, bare.name, here, ctx);
    } else if (bare.kind === "member" && bare.object.kind === "name" && bare.object.name.text === division.name) {
      useDivision(bare.object, here, ctx);
      usePart(bare, bare.name, here, ctx);
    } else if (bare.kind !== "error")
      report(ctx, "tiers-not-listed", { name: division.name, ...firstOf(division) }, bare.span);
    else fail(ctx);
  }
  return true;
}

/** A division where yes or no, or a value, is expected. */
export function reportDivision(expr: Expr, name: string, ctx: Context): Shape {
  const division = divisionNamed(name, ctx.declared);
  const what = division?.kind ?? "segmentation";
  const first = division === null ? null : firstOf(division).first;
  report(ctx, "division-as-value", { name, what, first }, expr.span);
  return ERROR;
}

const firstOf = (division: Division): { readonly what: "tier" | "arm"; readonly first: string | null } => ({
  what: division.kind === "segmentation" ? "tier" : "arm",
  first: partsOf(division)[0]?.name.text ?? null,
});

function useDivision(expr: NameExpr, { division, depth }: DivisionHere, ctx: Context): void {
  ctx.tables.resolved.set(expr, { kind: "division", depth, name: division.name });
  refer(ctx, { kind: "division", name: division.name }, expr.span);
}

/** Records which part is meant; reports one that there is not. */
export function usePart(
  expr: Expr,
  name: NameExpr["name"],
  { division, depth }: { readonly division: Division; readonly depth: number | null },
  ctx: Context,
): boolean {
  const parts = partsOf(division).map((part) => part.name.text);
  if (parts.includes(name.text)) {
    const whole = partName(division, name.text);
    ctx.tables.resolved.set(expr, { kind: "segment", depth, name: whole });
    refer(ctx, { kind: "segment", name: whole }, name.span);
    return true;
  }
  if (division.decl.broken) {
    fail(ctx);
    return false;
  }
  const suggestion = suggest(name.text, () => parts, ctx.tables.diagnostics);
  const fixes = suggestion === null ? [] : [replace(ctx, `Write \`${suggestion}\``, name.span, quoteName(suggestion))];
  const { what } = firstOf(division);
  report(ctx, "unknown-tier", { name: name.text, of: division.name, what, suggestion }, name.span, { fixes });
  return false;
}

/** A group of people that stands in the place of a name: a segment, a snapshot, a part; or the entity of all. */
export type Group =
  | { readonly kind: "segment"; readonly name: string; readonly entity: string | null }
  | { readonly kind: "entity"; readonly name: string; readonly entity: string };

/**
 * What `of Loyal`, `assert Lifecycle.Active …`, `test Loyal` name, recorded; null where it is no group, which is reported. `takesEntity`: whether an
 * entity may stand there.
 */
export function resolveGroup(expr: Expr, takesEntity: boolean, ctx: Context): Group | null {
  const bare = strip(expr);
  const head = bare.kind === "member" ? bare.object : bare;
  if (head.kind !== "name" || head.name.text === "") {
    fail(ctx);
    return null;
  }
  const name = head.name.text;
  const unit = ctx.declared.get(name);
  if (unit?.kind === "unreadable" || (bare.kind === "member" && bare.name.text === "")) {
    fail(ctx);
    return null;
  }
  if (bare.kind === "member") return memberGroup(bare, head, ctx);
  if (unit !== undefined && roleOf(unit) === "segment") {
    ctx.tables.resolved.set(bare, { kind: "segment", depth: null, name });
    refer(ctx, { kind: "segment", name }, head.span);
    return { kind: "segment", name, entity: unit.entity };
  }
  const entity = ctx.model.entities.get(name);
  if (takesEntity && entity?.kind === "entity") {
    refer(ctx, { kind: "entity", name }, head.span);
    return { kind: "entity", name, entity: name };
  }
  if (unit === undefined && entity === undefined) unknownGroup(head, takesEntity, ctx);
  else report(ctx, "not-a-group", { name, ...whatIs(name, ctx) }, head.span);
  return null;
}

/** What a test is of: a group, or a whole segmentation or split. */
export function resolveTested(expr: Expr, ctx: Context): Group | null {
  const bare = strip(expr);
  const division = bare.kind === "name" ? divisionNamed(bare.name.text, ctx.declared) : null;
  if (division === null || bare.kind !== "name") return resolveGroup(expr, false, ctx);
  ctx.tables.resolved.set(bare, { kind: "division", depth: null, name: division.name });
  refer(ctx, { kind: "division", name: division.name }, bare.span);
  return { kind: "segment", name: division.name, entity: division.entity };
}

function memberGroup(expr: MemberExpr, head: NameExpr, ctx: Context): Group | null {
  const division = divisionNamed(head.name.text, ctx.declared);
  if (division === null) {
    if (ctx.declared.has(head.name.text))
      report(
        ctx,
        "not-a-group",
        { name: head.name.text, what: `${aUnit(head.name.text, ctx)} without tiers`, hint: null },
        expr.span,
      );
    else unknownGroup(head, false, ctx);
    return null;
  }
  ctx.tables.resolved.set(head, { kind: "division", depth: null, name: division.name });
  refer(ctx, { kind: "division", name: division.name }, head.span);
  if (!usePart(expr, expr.name, { division, depth: null }, ctx)) return null;
  return { kind: "segment", name: partName(division, expr.name.text), entity: division.entity };
}

function unknownGroup(expr: NameExpr, takesEntity: boolean, ctx: Context): void {
  const names = () => {
    const groups = [...ctx.declared].flatMap(([name, unit]) => (roleOf(unit) === "segment" ? [name] : []));
    return takesEntity ? [...groups, ...ctx.model.entities.keys()] : groups;
  };
  if (ctx.lost.entities.has(expr.name.text)) {
    fail(ctx);
    return;
  }
  const suggestion = suggest(expr.name.text, names, ctx.tables.diagnostics);
  const fixes = suggestion === null ? [] : [replace(ctx, `Write \`${suggestion}\``, expr.span, quoteName(suggestion))];
  report(ctx, "unknown-group", { name: expr.name.text, suggestion }, expr.span, { fixes });
}

function whatIs(name: string, ctx: Context): { readonly what: string; readonly hint: string | null } {
  const division = divisionNamed(name, ctx.declared);
  if (division !== null) {
    const { what, first } = firstOf(division);
    const hint =
      first === null ? null : `Name one of its ${what}s, such as \`${quoteName(name)}.${quoteName(first)}\`.`;
    return { what: aUnit(name, ctx), hint };
  }
  return { what: aUnit(name, ctx), hint: null };
}

function aUnit(name: string, ctx: Context): string {
  const kind = ctx.declared.get(name)?.kind ?? ctx.model.entities.get(name)?.kind ?? "name";
  return `${/^[aeio]/.test(kind) ? "an" : "a"} ${kind}`;
}
