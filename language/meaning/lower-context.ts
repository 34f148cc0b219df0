import type { Analysis, Resolved, Unit } from "../analyze/analysis.ts";
import type { Model } from "../model/model.ts";
import type { Expr } from "../syntax/ast.ts";
import { InternalError } from "../text/assert.ts";
import type { Span } from "../text/span.ts";
import type { ScalarType } from "../types/type.ts";
import type { Const, Origin, Row, Zone } from "./ir.ts";

/** What lowering one unit is given; the unit is sound, so that every table answers. */
export interface LowerContext {
  readonly analysis: Analysis;
  readonly model: Model;
  readonly unit: Unit;
  readonly text: string;
  /** The entity that each trait and segment is about. */
  readonly entityOf: ReadonlyMap<string, string>;
  /** The values of the lists, as declared. */
  readonly lists: ReadonlyMap<string, readonly Const[]>;
  /** Whose calendar the unit is written in: every node that has a zone takes it from here. */
  readonly zone: Zone;
}

/** Where a node comes from. */
export const originOf = (at: Span, ctx: LowerContext): Origin => ({ file: ctx.unit.file, span: at });

/** The type of a value, which is a scalar. */
export function scalarType(expr: Expr, ctx: LowerContext): ScalarType {
  const type = ctx.analysis.types.get(expr);
  switch (type?.kind) {
    case "text":
    case "boolean":
    case "integer":
    case "decimal":
    case "float":
    case "date":
    case "timestamp":
      return type;
    default:
      throw new InternalError(`${expr.kind} has no type`);
  }
}

/** What a name or step stands for. */
export function resolvedOf(expr: Expr, ctx: LowerContext): Resolved {
  const resolved = ctx.analysis.resolved.get(expr);
  if (resolved === undefined) throw new InternalError(`${expr.kind} is not resolved`);
  return resolved;
}

/** The row of a scope. */
export const scopeRow = (depth: number, entity: string): Row => ({ kind: "scope", depth, entity });

/** The words in the text, on one line. */
export const wordsOf = (at: Span, ctx: LowerContext): string =>
  ctx.text.slice(at.start, at.end).replace(/\s+/gu, " ").trim();
