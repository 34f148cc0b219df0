import { assertNever } from "../text/assert.ts";
import { type Span, touches } from "../text/span.ts";
import type {
  Annotation,
  Argument,
  ArmDecl,
  Declaration,
  Expr,
  HeaderClause,
  MemberDecl,
  Name,
  SegFile,
  TableName,
  TextLiteral,
  TierDecl,
  TypeExpr,
} from "./ast.ts";
import type { CaseDecl, Claim, Demand, Outcome, PersonDecl, TestField, TestValue } from "./claim-nodes.ts";

/** Any node of the tree. A `Name` is told by having `quoted`, an `Argument` by having `label`. */
export type Node =
  | SegFile
  | Declaration
  | HeaderClause
  | MemberDecl
  | TierDecl
  | ArmDecl
  | CaseDecl
  | Demand
  | PersonDecl
  | Outcome
  | TestField
  | TestValue
  | TypeExpr
  | TableName
  | Annotation
  | Argument
  | Expr
  | Name
  | TextLiteral;

/** The place of a node; a file has none. */
export const spanOfNode = (node: Node): Span | null =>
  "span" in node ? node.span : "value" in node ? node.value.span : null;

/** The expressions directly inside an expression, in the order of the text. */
export function subexpressions(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "number":
    case "text":
    case "boolean":
    case "date":
    case "timestamp":
    case "duration":
    case "name":
    case "period":
    case "fullPeriods":
      return [];
    case "ago":
    case "rolling":
      return [expr.duration];
    case "member":
      return [expr.object];
    case "windowStep":
      return [expr.object, expr.duration];
    case "step":
      return [expr.object, ...expr.args.map((arg) => arg.value)];
    case "call":
      return expr.args.map((arg) => arg.value);
    case "list":
    case "and":
    case "or":
      return expr.items;
    case "counted":
      return expr.number === null ? expr.items : [expr.number, ...expr.items];
    case "has":
      return [expr.list, expr.set];
    case "if":
      return [expr.cond, expr.yes, expr.no];
    case "range":
      return [expr.from, expr.to].filter((end) => end !== null);
    case "arithmetic":
    case "compare":
      return [expr.left, expr.right];
    case "negate":
    case "not":
      return [expr.operand];
    case "else":
      return [expr.value, expr.fallback];
    case "in":
      return [expr.value, expr.set];
    case "textTest":
      return [expr.value, expr.needle];
    case "is":
      return [expr.value];
    case "rank":
      return [expr.amount, expr.by, expr.of, expr.per].filter((part) => part !== null);
    case "paren":
      return [expr.inner];
    case "error":
      return expr.parts;
    default:
      return assertNever(expr);
  }
}

/** The nodes directly inside a node, in the order of the text. */
export function children(node: Node): readonly Node[] {
  if ("declarations" in node) return node.declarations;
  if ("quoted" in node) return [];
  if ("label" in node) return node.label === null ? [node.value] : [node.label, node.value];
  if (!("kind" in node)) return "args" in node ? [node.name, ...node.args] : node.parts;
  switch (node.kind) {
    case "entity":
    case "extend":
      return [...node.annotations, node.name, ...maybe(node.table), ...node.clauses, ...node.members];
    case "param":
      return [...node.annotations, node.name, ...maybe(node.title), ...maybe(node.type), node.value];
    case "trait":
      return [...node.annotations, node.name, ...maybe(node.title), ...maybe(node.of), node.value];
    case "segment":
      return [
        ...node.annotations,
        node.name,
        ...maybe(node.title),
        ...maybe(node.of),
        ...maybe(node.zone),
        node.condition,
      ];
    case "segmentation":
      return [...node.annotations, node.name, ...maybe(node.title), ...maybe(node.of), ...node.tiers];
    case "tier":
      return [node.name, ...maybe(node.condition)];
    case "split":
      return [
        ...node.annotations,
        node.name,
        ...maybe(node.title),
        ...maybe(node.of),
        ...maybe(node.seed),
        ...node.arms,
      ];
    case "arm":
      return [node.name, node.share];
    case "snapshot":
      return [...node.annotations, node.name, ...maybe(node.title), node.of, node.asOf];
    case "policy":
      return [...node.annotations, node.name, ...maybe(node.title), ...maybe(node.of), ...node.tags, ...node.demands];
    case "require":
      return [node.condition];
    case "forbid":
      return [node.mark];
    case "assert":
      return [...node.annotations, ...groupsOf(node.claim)];
    case "test":
      return [...node.annotations, node.group, ...maybe(node.asOf), ...maybe(node.given), ...node.cases];
    case "case":
      return [node.title, ...node.people];
    case "person":
      return [...maybe(node.title), node.object, ...maybe(node.outcome)];
    case "outcome":
      return maybe(node.tier);
    case "object":
      return node.fields;
    case "given":
      return [node.name, node.value];
    case "listing":
      return node.items;
    case "copies":
      return [node.count, node.object];
    case "plain":
      return [node.value];
    case "absent":
      return [];
    case "unreadable":
      return [...node.annotations, node.name];
    case "since":
    case "until":
    case "at":
    case "oncePer":
    case "by":
      return [node.column];
    case "where":
      return [node.condition];
    case "scheduled":
      return [];
    case "fresh":
    case "keeps":
      return [node.duration];
    case "field":
      return [node.name, node.type, ...maybe(node.column), ...maybe(node.constraint), ...node.annotations];
    case "link":
      return [node.name, node.target, node.by, ...node.annotations];
    case "named":
      return [node.name, ...node.args];
    case "listOf":
      return [node.of];
    case "json":
      return node.paths.flatMap((path) => [path.name, path.type]);
    case "list":
      return "items" in node ? node.items : [...node.annotations, node.name, ...maybe(node.title), node.value];
    case "name":
      return [node.name];
    case "member":
      return [node.object, node.name];
    case "step":
      return [node.object, node.name, ...node.args];
    case "call":
      return [node.name, ...node.args];
    default:
      return subexpressions(node);
  }
}

/** What an assertion is about, in the order of the text. */
function groupsOf(claim: Claim): readonly Expr[] {
  if (claim.kind === "disjoint") return claim.groups;
  return claim.kind === "within" ? [claim.inner, claim.outer] : [claim.group, claim.range];
}

const maybe = <N>(node: N | null): readonly N[] => (node === null ? [] : [node]);

/** Calls `visit` for the node and everything in it, outer before inner, in the order of the text; where it answers false, not for what is inside. Any depth. */
export function walk(node: Node, visit: (node: Node) => boolean | undefined): void {
  const stack: Node[] = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (visit(next) === false) continue;
    const inside = children(next);
    for (let i = inside.length - 1; i >= 0; i--) stack.push(inside[i] as Node);
  }
}

/** The nodes that hold the offset, from the file inwards. Where two nodes touch it, the later one. */
export function nodePathAt(file: SegFile, offset: number): readonly Node[] {
  const path: Node[] = [file];
  for (;;) {
    let inner: Node | null = null;
    for (const child of children(path[path.length - 1] as Node)) {
      const at = spanOfNode(child);
      if (at !== null && touches(at, offset)) inner = child;
    }
    if (inner === null) return path;
    path.push(inner);
  }
}

/** How many expressions are inside one another, at the deepest place. */
export function depthOf(expr: Expr): number {
  let deepest = 0;
  const stack: { readonly expr: Expr; readonly depth: number }[] = [{ expr, depth: 1 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    deepest = Math.max(deepest, next.depth);
    for (const inner of subexpressions(next.expr)) stack.push({ expr: inner, depth: next.depth + 1 });
  }
  return deepest;
}
