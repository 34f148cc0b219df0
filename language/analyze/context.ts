import { diagnose, type ParamsOf, type Slug } from "../diagnostics/catalog.ts";
import type { Diagnostic, Fix, Related } from "../diagnostics/diagnostic.ts";
import type { Entity, Model } from "../model/model.ts";
import type { Expr } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import type { ScalarType, Type } from "../types/type.ts";
import type { Declared, Reference, ReferenceTarget, Resolved, Unit } from "./analysis.ts";
import type { Lost } from "./declare.ts";

/** The tables while they are filled. */
export interface Tables {
  readonly resolved: Map<Expr, Resolved>;
  readonly types: Map<Expr, Type>;
  readonly wanted: Map<Expr, ScalarType>;
  readonly uses: Map<Expr, "count" | "any">;
  /** What `check` has been at, so that nothing is reported twice. */
  readonly checked: Set<Expr>;
  readonly references: Reference[];
  /** Traits that stand where elements of a collection are asked. */
  readonly amongElements: Set<Expr>;
  /** Traits that need the whole population, by name. */
  readonly overPopulation: Set<string>;
  readonly valueTypes: Map<string, ScalarType | null>;
  readonly diagnostics: Diagnostic[];
  /** Units that have an error of their own, or read something that is reported elsewhere. */
  readonly failed: Set<Unit>;
}

/** What every step of analysis of one unit is given. */
export interface Context {
  readonly model: Model;
  readonly declared: Declared;
  readonly lost: Lost;
  readonly tables: Tables;
  readonly unit: Unit;
  /** The text of the unit's file. */
  readonly text: string;
}

export const emptyTables = (): Tables => ({
  resolved: new Map(),
  types: new Map(),
  wanted: new Map(),
  uses: new Map(),
  checked: new Set(),
  references: [],
  amongElements: new Set(),
  overPopulation: new Set(),
  valueTypes: new Map(),
  diagnostics: [],
  failed: new Set(),
});

/** Reports something inside the unit, which fails with it. */
export function report<S extends Slug>(
  ctx: Context,
  slug: S,
  params: ParamsOf<S>,
  at: Span,
  extra: { readonly related?: readonly Related[]; readonly fixes?: readonly Fix[] } = {},
): void {
  ctx.tables.failed.add(ctx.unit);
  ctx.tables.diagnostics.push(diagnose(slug, params, { file: ctx.unit.file, span: at }, extra));
}

/** The unit reads something that is reported elsewhere. */
export function fail(ctx: Context): void {
  ctx.tables.failed.add(ctx.unit);
}

/** Records that the unit uses something at a place. */
export function refer(ctx: Context, to: ReferenceTarget, at: Span): void {
  ctx.tables.references.push({ by: ctx.unit, to, place: { file: ctx.unit.file, span: at } });
}

/** The words of an expression, on one line, cut where they are long. */
export function words(ctx: Context, at: Span): string {
  const text = ctx.text.slice(at.start, Math.min(at.end, at.start + 200)).replace(/\s+/gu, " ");
  return text.length > 60 ? `${[...text.slice(0, 56)].join("")} …` : text;
}

/** A fix of one edit in the unit's file. */
export function replace(ctx: Context, title: string, at: Span, newText: string, preferred = true): Fix {
  return { title, preferred, edits: [{ file: ctx.unit.file, span: at, newText }] };
}

/** The entity that the model has under this name; null while the model itself is broken. */
export const entityOf = (ctx: Context, name: string): Entity | null => ctx.model.entities.get(name) ?? null;

/** A path that the model declares of a JSON field; null where it declares none of this name. */
export function jsonPath(ctx: Context, at: { readonly entity: string; readonly field: string; readonly path: string }) {
  const type = entityOf(ctx, at.entity)?.fields.get(at.field)?.type;
  return type?.kind === "json" ? (type.paths.find(({ name }) => name === at.path) ?? null) : null;
}

/** The expression without the parentheses around it. */
export function strip(expr: Expr): Expr {
  let inner = expr;
  while (inner.kind === "paren") inner = inner.inner;
  return inner;
}
