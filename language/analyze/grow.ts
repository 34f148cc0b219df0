import { diagnose } from "../diagnostics/catalog.ts";
import type { Expr } from "../syntax/ast.ts";
import { subexpressions } from "../syntax/traverse.ts";
import { expressionsOf, type Unit } from "./analysis.ts";
import type { Tables } from "./context.ts";

/** How large an expression is: `nodes` counts all its parts (a list of plain values as one), `depth` how deep they stand in each other. */
interface Weight {
  readonly nodes: number;
  readonly depth: number;
}

/** With all that it reads in its place, a segment or trait has at most so many parts, at most so deep in each other. */
const LIMITS: Weight = { nodes: 100_000, depth: 500 };

/**
 * Fails the units that grow too large when all that they read is put in its place, counting shared parts each time. Nothing is
 * expanded: each unit is weighed once, after what it reads (`order`). The first one that is too large is reported; those that read
 * it fail with it.
 */
export function limitGrowth(order: readonly Unit[], reads: ReadonlyMap<Unit, readonly Unit[]>, tables: Tables): void {
  const weights = new Map<Unit, Weight>();
  for (const unit of order) {
    if (tables.failed.has(unit)) continue;
    const read = reads.get(unit) ?? [];
    if (read.some((u) => tables.failed.has(u))) {
      tables.failed.add(unit);
      continue;
    }
    const own = weigh(unit);
    let { nodes } = own;
    let below = 0;
    for (const target of read) {
      const weight = weights.get(target) ?? { nodes: 0, depth: 0 };
      nodes += weight.nodes;
      below = Math.max(below, weight.depth);
    }
    const weight = { nodes, depth: own.depth + below };
    if (weight.nodes <= LIMITS.nodes && weight.depth <= LIMITS.depth) {
      weights.set(unit, weight);
      continue;
    }
    tables.failed.add(unit);
    if (unit.kind === "header") continue;
    const limit = weight.nodes > LIMITS.nodes ? "100,000 parts" : "500 parts inside each other";
    tables.diagnostics.push(
      diagnose("grows-too-large", { name: unit.name, limit }, { file: unit.file, span: unit.decl.name.span }),
    );
  }
}

function weigh(unit: Unit): Weight {
  let nodes = 0;
  let depth = 0;
  const open: { readonly expr: Expr; readonly depth: number }[] = expressionsOf(unit).map((expr) => ({
    expr,
    depth: 1,
  }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    nodes++;
    depth = Math.max(depth, next.depth);
    if (next.expr.kind === "list") continue;
    for (const child of subexpressions(next.expr)) open.push({ expr: child, depth: next.depth + 1 });
  }
  return { nodes, depth };
}
