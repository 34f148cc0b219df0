import type { Entity, Model } from "../model/model.ts";
import type { Expr } from "../syntax/ast.ts";
import { type Declared, roleOf } from "./analysis.ts";

/**
 * A row whose fields may be named: the subject has depth 0, the elements of a collection one more than where it stands. A `group` of rows of the entity
 * has no fields; `member` is one of its elements, inside an aggregate over them.
 */
export interface ScopeRow {
  readonly entity: Entity;
  readonly depth: number;
  readonly is: "row" | "group" | "member";
  /** What a group is made by: the argument of its `.per(…)`. */
  readonly per: Expr | null;
}

/** What is visible at a place. `rows` are outermost first; `header` is the `where` of an entity's header, which sees columns of its table only. */
export interface Scope {
  readonly rows: readonly ScopeRow[];
  readonly header: boolean;
}

/** One thing that a bare name can mean. */
export type Candidate =
  | {
      readonly kind: "field" | "link" | "trait" | "segment" | "division";
      readonly row: ScopeRow;
      readonly name: string;
    }
  | { readonly kind: "param"; readonly name: string }
  | { readonly kind: "list"; readonly name: string };

/** A row at the outermost place. */
export const subjectRow = (entity: Entity): ScopeRow => ({ entity, depth: 0, is: "row", per: null });

/** The scope inside a step over a collection of `entity`. */
export const inside = (scope: Scope, entity: Entity): Scope => ({
  rows: [...scope.rows, { entity, depth: scope.rows.length, is: "row", per: null }],
  header: scope.header,
});

/** The scope inside a step over groups of rows of `entity`; `per` is what they are made by. */
export const insideGroup = (scope: Scope, entity: Entity, per: Expr): Scope => ({
  rows: [...scope.rows, { entity, depth: scope.rows.length, is: "group", per }],
  header: scope.header,
});

/** The scope inside an aggregate over the elements of a group. */
export const insideMember = (scope: Scope, group: ScopeRow): Scope => ({
  rows: [
    ...scope.rows.slice(0, group.depth + 1),
    { entity: group.entity, depth: group.depth + 1, is: "member", per: null },
  ],
  header: scope.header,
});

/** The innermost group; null where there is none. `isOpen`: none of its elements is in play, so that aggregates over them may stand here. */
export function groupOf(scope: Scope): { readonly group: ScopeRow; readonly isOpen: boolean } | null {
  const group = scope.rows.findLast((row) => row.is === "group");
  if (group === undefined) return null;
  return { group, isOpen: scope.rows[group.depth + 1]?.is !== "member" };
}

/**
 * The rows that names can belong to, innermost first. An outer row of an entity that an inner row has too is hidden behind it:
 * in `account.members.where(country = "FR")` of a customer, `country` is the member's, since nothing could tell the two apart.
 */
export function visibleRows(scope: Scope): readonly ScopeRow[] {
  const seen = new Set<string>();
  const rows: ScopeRow[] = [];
  for (let i = scope.rows.length - 1; i >= 0; i--) {
    const row = scope.rows[i] as ScopeRow;
    if (row.is === "group") continue;
    if (seen.has(row.entity.name)) continue;
    seen.add(row.entity.name);
    rows.push(row);
  }
  return rows;
}

/** The innermost row of the entity, or null. */
export const rowOf = (scope: Scope, entity: string): ScopeRow | null =>
  scope.rows.findLast((row) => row.entity.name === entity && row.is !== "group") ?? null;

/** Everything that a bare name means here. More than one is ambiguous; a field comes before a trait of the same entity. */
export function lookup(name: string, scope: Scope, declared: Declared): readonly Candidate[] {
  const found: Candidate[] = [];
  const unit = declared.get(name);
  const role = unit === undefined ? null : roleOf(unit);
  for (const row of visibleRows(scope)) {
    const field = fieldNamed(row.entity, name, scope.header);
    if (field !== null) found.push({ kind: "field", row, name: field });
    else if (row.entity.links.has(name)) found.push({ kind: "link", row, name });
    else if (role !== null && unit !== undefined && "entity" in unit && unit.entity === row.entity.name) {
      found.push({ kind: role, row, name });
    }
  }
  if (unit?.kind === "param" || unit?.kind === "list") found.push({ kind: unit.kind, name });
  return found;
}

/** The name of the field that `name` means: itself, or in a header the column that no field declares; null if there is none. */
export function fieldNamed(entity: Entity, name: string, header: boolean): string | null {
  const field = entity.fields.get(name);
  if (field !== undefined && !field.hidden) return name;
  if (header && entity.fields.has(`$${name}`)) return `$${name}`;
  return null;
}

/** Every bare name that means something here, for suggestions and completion; functions are not among them. */
export function visibleNames(scope: Scope, declared: Declared): readonly string[] {
  const names = new Set<string>();
  for (const row of visibleRows(scope)) for (const name of namesOf(row.entity, declared)) names.add(name);
  for (const [name, unit] of declared) if (unit.kind === "param" || unit.kind === "list") names.add(name);
  return [...names];
}

/** Every name that may stand after a row of the entity and a dot, segments too (they are asked with `in`). */
export function namesOf(entity: Entity, declared: Declared): readonly string[] {
  const names: string[] = [];
  for (const field of entity.fields.values()) if (!field.hidden) names.push(field.name);
  names.push(...entity.links.keys());
  for (const [name, unit] of declared) {
    if (roleOf(unit) !== null && "entity" in unit && unit.entity === entity.name) names.push(name);
  }
  return names;
}

/** Where a name that is not visible would be: a link of a visible row whose target has it. */
export function behindLink(
  name: string,
  scope: Scope,
  model: Model,
): { readonly link: string; readonly many: boolean; readonly entity: string } | null {
  for (const row of visibleRows(scope)) {
    for (const link of row.entity.links.values()) {
      const target = model.entities.get(link.target);
      if (target === undefined) continue;
      if (fieldNamed(target, name, false) !== null || target.links.has(name)) {
        return { link: link.name, many: link.kind === "many", entity: target.name };
      }
    }
  }
  return null;
}
