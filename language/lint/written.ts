import { type Analysis, expressionsOf } from "../analyze/analysis.ts";
import type { Origin } from "../meaning/ir.ts";
import type { Expr } from "../syntax/ast.ts";
import { subexpressions } from "../syntax/traverse.ts";

/** An expression and what it stands in; null where it is the whole of its declaration. */
export interface WrittenExpr {
  readonly expr: Expr;
  readonly parent: Expr | null;
}

/** What stands in the texts, found by the origins of the meaning. */
export interface Written {
  /** The words there. */
  readonly text: (origin: Origin) => string;
  /** The expression that the meaning at an origin was made of; null where there is none of just that extent. */
  readonly at: (origin: Origin) => WrittenExpr | null;
}

/** Looks at the expressions of sound declarations once. */
export function writtenIn(analysis: Analysis, texts: ReadonlyMap<string, string>): Written {
  const found = new Map<string, WrittenExpr>();
  const stack: { readonly file: string; readonly expr: Expr; readonly parent: Expr | null }[] = analysis.sound.flatMap(
    (unit) => expressionsOf(unit).map((expr) => ({ file: unit.file, expr, parent: null })),
  );
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { file, expr, parent } = next;
    const key = keyOf({ file, span: expr.span });
    if (!found.has(key)) found.set(key, { expr, parent });
    for (const inner of subexpressions(expr)) stack.push({ file, expr: inner, parent: expr });
  }
  return {
    text: ({ file, span }) => (texts.get(file) ?? "").slice(span.start, span.end).replace(/\s+/gu, " ").trim(),
    at: (origin) => found.get(keyOf(origin)) ?? null,
  };
}

const keyOf = ({ file, span }: Origin): string => `${span.start} ${span.end} ${file}`;
