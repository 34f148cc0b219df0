import type { Expr, Name, SegFile } from "../syntax/ast.ts";
import { numberType } from "../types/number.ts";
import { BOOLEAN, DATE, FLOAT, INTEGER, type ScalarType, TEXT, TIMESTAMP } from "../types/type.ts";
import { type Draft, hiddenColumn } from "./draft.ts";
import { type Literal, readLiteral, strip } from "./literal.ts";

/** What a project declares that a header's `where` may name: lists with their items, and everything else that is no column. */
export interface FilterNames {
  readonly lists: ReadonlyMap<string, Expr>;
  readonly others: ReadonlySet<string>;
}

/** The names that the files declare besides their model. */
export function filterNames(files: readonly SegFile[]): FilterNames {
  const lists = new Map<string, Expr>();
  const others = new Set<string>();
  for (const { declarations } of files) {
    for (const decl of declarations) {
      if (decl.kind === "list") lists.set(decl.name.text, decl.value);
      else if (decl.kind !== "entity" && decl.kind !== "extend" && decl.kind !== "unreadable")
        others.add(decl.name.text);
    }
  }
  return { lists, others };
}

/**
 * Adds a hidden field for each name in a header's `where` that is no field and stands beside a literal, typed by that literal.
 * Other unknown names stay unknown: nothing says of what type they are.
 */
export function hiddenInFilter(draft: Draft, condition: Expr, names: FilterNames): void {
  const found = (name: Name, type: ScalarType): void => {
    if (name.text === "" || draft.taken.has(name.text) || names.lists.has(name.text) || names.others.has(name.text))
      return;
    hiddenColumn(draft, name.text, type, null, { file: draft.place.file, span: name.span });
  };
  const open = [condition];
  for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
    open.push(...inside(expr));
    const beside = besideLiteral(expr, names);
    if (beside !== null) found(beside.name, beside.type);
  }
}

/** The parts of a condition that are conditions themselves, last first. */
function inside(expr: Expr): readonly Expr[] {
  if (expr.kind === "paren") return [expr.inner];
  if (expr.kind === "not") return [expr.operand];
  if (expr.kind === "and" || expr.kind === "or") return expr.items.toReversed();
  return expr.kind === "error" ? expr.parts.toReversed() : [];
}

interface Beside {
  readonly name: Name;
  readonly type: ScalarType;
}

function besideLiteral(expr: Expr, names: FilterNames): Beside | null {
  if (expr.kind === "compare")
    return pair(expr.left, literalType(expr.right)) ?? pair(expr.right, literalType(expr.left));
  if (expr.kind === "textTest") return pair(expr.value, TEXT);
  return expr.kind === "in" ? pair(expr.value, setType(expr.set, names)) : null;
}

function pair(side: Expr, type: ScalarType | null): Beside | null {
  const expr = strip(side);
  return expr.kind === "name" && type !== null ? { name: expr.name, type } : null;
}

/** The type of what follows `in`, by its first value. */
function setType(written: Expr, names: FilterNames): ScalarType | null {
  const set = strip(written);
  if (set.kind === "name") {
    const list = names.lists.get(set.name.text);
    return list === undefined || strip(list).kind === "name" ? null : setType(list, names);
  }
  const items = set.kind === "list" ? set.items : set.kind === "range" ? [set.from, set.to] : [];
  const types = items.map((item) => (item === null ? null : literalType(item))).filter((t) => t !== null);
  return types.find((t) => t.kind === "float") ?? types[0] ?? null;
}

function literalType(expr: Expr): ScalarType | null {
  const literal = readLiteral(expr);
  return literal === null ? null : typeOf(literal);
}

/** A column of numbers with a point is a `float`: nothing says how many digits an exact one would have. */
function typeOf(literal: Literal): ScalarType {
  switch (literal.kind) {
    case "text":
      return TEXT;
    case "boolean":
      return BOOLEAN;
    case "date":
      return DATE;
    case "timestamp":
      return TIMESTAMP;
    case "number":
      return numberType(literal.value)?.kind === "integer" ? INTEGER : FLOAT;
  }
}
