import { constantOf } from "../analyze/constants.ts";
import { strip } from "../analyze/context.ts";
import type { StepId } from "../operators/table.ts";
import type { Expr } from "../syntax/ast.ts";
import { InternalError } from "../text/assert.ts";
import type { Collection, Row, Step } from "./ir.ts";
import { lowerNeighbour, lowerPer } from "./lower-chain.ts";
import { lowerCondition } from "./lower-condition.ts";
import { type LowerContext, originOf, resolvedOf, scopeRow } from "./lower-context.ts";
import { lowerValue } from "./lower-value.ts";
import { lowerDuration, lowerStepWindow } from "./lower-window.ts";

/** A row: an entity's name before a dot, a link to one, or `.first` and `.latest`. `rows` is how many rows are in play where it stands. */
export function lowerRow(expr: Expr, rows: number, ctx: LowerContext): Row {
  const bare = strip(expr);
  const resolved = resolvedOf(bare, ctx);
  switch (resolved.kind) {
    case "scope":
      return scopeRow(resolved.depth, resolved.entity);
    case "link": {
      const from = baseRow(bare, resolved, rows, ctx);
      return { kind: "link", from, link: resolved.name, entity: resolved.target };
    }
    case "step": {
      if (bare.kind !== "member" || (resolved.name !== "first" && resolved.name !== "latest")) break;
      const collection = lowerCollection(bare.object, rows, ctx);
      return { kind: "pick", which: resolved.name, collection, entity: collection.entity };
    }
    default:
  }
  throw new InternalError(`${resolved.kind} is no row`);
}

/** The row that a field, link, trait or segment belongs to: a row in play, or what stands before the dot. */
export function baseRow(
  expr: Expr,
  resolved: { readonly depth: number | null; readonly entity: string },
  rows: number,
  ctx: LowerContext,
): Row {
  if (resolved.depth !== null) return scopeRow(resolved.depth, resolved.entity);
  if (expr.kind !== "member") throw new InternalError(`${expr.kind} belongs to no row`);
  return lowerRow(expr.object, rows, ctx);
}

/** A link to many with its steps. Its elements are one deeper than where it stands. */
export function lowerCollection(expr: Expr, rows: number, ctx: LowerContext): Collection {
  const written: NarrowingExpr[] = [];
  let at = strip(expr);
  while (at.kind === "step" || at.kind === "windowStep" || isFlattening(at, ctx)) {
    written.push(at);
    at = strip(at.object);
  }
  const steps: Step[] = [];
  for (const step of written.reverse()) steps.push(lowerStep(step, steps, rows, ctx));
  const link = resolvedOf(at, ctx);
  if (link.kind !== "link") throw new InternalError(`${link.kind} is no collection`);
  const type = ctx.analysis.types.get(strip(expr));
  return {
    from: baseRow(at, link, rows, ctx),
    link: link.name,
    entity: type?.kind === "collection" ? type.of : link.target,
    depth: rows,
    steps,
    origin: originOf(expr.span, ctx),
  };
}

type NarrowingExpr = Extract<Expr, { kind: "step" | "windowStep" | "member" }>;

/** A link to many behind a collection. */
function isFlattening(expr: Expr, ctx: LowerContext): expr is Extract<Expr, { kind: "member" }> {
  if (expr.kind !== "member" || ctx.analysis.types.get(expr.object)?.kind !== "collection") return false;
  return resolvedOf(expr, ctx).kind === "link";
}

/** A step that narrows, leads on or groups, after those before it. */
function lowerStep(expr: NarrowingExpr, before: readonly Step[], rows: number, ctx: LowerContext): Step {
  if (expr.kind === "member") {
    const link = resolvedOf(expr, ctx);
    if (link.kind !== "link") throw new InternalError(`${link.kind} leads to no collection`);
    return { kind: "flatten", link: link.name, entity: link.target, origin: originOf(expr.name.span, ctx) };
  }
  if (expr.kind === "windowStep") {
    const window = lowerStepWindow(expr, rows, ctx);
    return { kind: "window", window, origin: window.origin };
  }
  const named = resolvedOf(expr, ctx);
  const arg = expr.args.find(({ label }) => label === null)?.value;
  if (named.kind !== "step" || arg === undefined) throw new InternalError(`${named.kind} does not narrow`);
  const origin = originOf({ start: expr.name.span.start, end: expr.span.end }, ctx);
  switch (named.name) {
    case "where":
      return { kind: "where", cond: lowerCondition(arg, rows + 1, ctx), origin };
    case "first":
    case "latest":
      return { kind: "take", which: named.name, n: countOf(arg), by: null, origin };
    case "top":
    case "bottom": {
      const by = expr.args.find(({ label }) => label !== null)?.value;
      if (by === undefined) throw new InternalError(`.${named.name} of no value`);
      return { kind: "take", which: named.name, n: countOf(arg), by: lowerValue(by, rows + 1, ctx), origin };
    }
    case "per":
      return lowerPer(expr, before, rows, ctx);
    case "afterGap": {
      const gap = strip(arg);
      if (gap.kind !== "duration") throw new InternalError(`${gap.kind} is no length of time`);
      return { kind: "afterGap", gap: lowerDuration(gap, 1), origin };
    }
    default: {
      const neighbour = lowerNeighbour(expr, named.name as StepId, rows, ctx);
      if (neighbour !== null) return neighbour;
      const window = lowerStepWindow(expr, rows, ctx);
      return { kind: "window", window, origin: window.origin };
    }
  }
}

/** A number of elements; more than there could ever be are as good as all. */
const countOf = (expr: Expr): number => Math.min(Number(constantOf(strip(expr))?.value), Number.MAX_SAFE_INTEGER);
