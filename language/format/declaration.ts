import type { Declaration, EntityDecl, Expr, ExtendDecl, HeaderClause, MemberDecl, TypeExpr } from "../syntax/ast.ts";
import { assertNever } from "../text/assert.ts";
import { block, nameWritten, padded, widthOf } from "./block.ts";
import { assertion, policy } from "./claim.ts";
import type { Cursor } from "./cursor.ts";
import { division, front } from "./division.ts";
import { BLANK, concat, type Doc, group, HARD, LINE, NOTHING, nest } from "./doc.ts";
import { test } from "./example.ts";
import { connected, dropCommas, expression, INDENT, words } from "./expression.ts";

/** A declaration with its annotations. The cursor stands at its first token, and then behind its last. */
export function declaration(c: Cursor, node: Declaration): Doc {
  const parts: Doc[] = [];
  for (const one of node.annotations) parts.push(annotation(c, one.span.end), c.before(HARD));
  parts.push(nest(INDENT, [declared(c, node)]));
  return concat(parts);
}

function declared(c: Cursor, node: Declaration): Doc {
  switch (node.kind) {
    case "entity":
    case "extend":
      return table(c, node);
    case "param": {
      const parts = [c.take(), c.before(BLANK), c.take()];
      if (node.type !== null) parts.push(" :", c.before(BLANK), type(c, node.type));
      return valued(c, parts, node.title !== null, node.value, "ends");
    }
    case "list":
      return valued(c, [c.take(), c.before(BLANK), c.take()], node.title !== null, node.value, "ends");
    case "trait": {
      const parts = named(c, node.title !== null, node.of !== null);
      return valued(c, parts, false, node.value, "ends");
    }
    case "segment": {
      const parts = named(c, node.title !== null, node.of !== null);
      if (node.zone !== null)
        parts.push(c.before(BLANK), c.take(), c.before(BLANK), c.take(), c.before(BLANK), expression(c, node.zone));
      return valued(c, parts, false, node.condition, node.title === null ? "begins" : "begins a line");
    }
    case "segmentation":
    case "split":
      return division(c, node);
    case "snapshot":
      return front(c, (token) => token.span.start >= node.span.end);
    case "policy":
      return policy(c, node);
    case "assert":
      return assertion(c, node);
    case "test":
      return test(c, node);
    case "unreadable":
      return words(c, node.span.end);
    default:
      return assertNever(node);
  }
}

/** The word, the name, the title, `of` and the subject. */
function named(c: Cursor, hasTitle: boolean, hasSubject: boolean): Doc[] {
  const parts = [c.take(), c.before(BLANK), c.take()];
  if (hasTitle) parts.push(c.before(BLANK), c.take());
  if (hasSubject) parts.push(c.before(BLANK), c.take(), c.before(BLANK), c.take());
  return parts;
}

/**
 * What a declaration is made of, after `=`, which ends the first line if the value does not fit on it, or after `where`, which then begins
 * the second. With a title, `where` always does, and each condition has a line.
 */
function valued(
  c: Cursor,
  front: readonly Doc[],
  hasTitle: boolean,
  value: Expr,
  mark: "ends" | "begins" | "begins a line",
): Doc {
  const parts = [...front];
  if (hasTitle) parts.push(c.before(BLANK), c.take());
  if (mark === "ends") {
    parts.push(c.before(BLANK), c.take());
    if (value.kind === "list") parts.push(c.before(BLANK), nest(-INDENT, [expression(c, value)]));
    else parts.push(c.before(LINE), joined(c, value, LINE));
    return group(parts);
  }
  const wish = mark === "begins" ? LINE : HARD;
  parts.push(c.before(wish), c.take(), nest(INDENT, [c.before(BLANK), joined(c, value, wish)]));
  return group(parts);
}

/** A condition whose parts break together with what it belongs to. */
export const joined = (c: Cursor, value: Expr, wish: Doc): Doc =>
  value.kind === "and" || value.kind === "or" ? concat(connected(c, value, wish)) : expression(c, value);

/** `@tags(a, b)`; between its arguments any number of commas may stand. */
function annotation(c: Cursor, end: number): Doc {
  const parts = [c.take(), c.before(NOTHING), c.take()];
  const open = c.peek();
  if (open?.type === "LParen" && open.span.start < end) parts.push(c.before(NOTHING), args(c));
  return concat(parts);
}

/** Words in parentheses, with or without commas in the source. */
function args(c: Cursor): Doc {
  const parts = [c.take()];
  dropCommas(c);
  for (let isFirst = true; c.peek() !== null && c.peek()?.type !== "RParen"; isFirst = false) {
    if (!isFirst) parts.push(",");
    parts.push(c.before(isFirst ? NOTHING : BLANK), c.take());
    dropCommas(c);
  }
  parts.push(c.before(NOTHING), c.take());
  return nest(INDENT, parts);
}

function table(c: Cursor, node: EntityDecl | ExtendDecl): Doc {
  const parts = [c.take()];
  if (node.kind === "entity" && node.isDefault) parts.push(c.before(BLANK), c.take());
  parts.push(c.before(BLANK), c.take());
  const clauses: Doc[] = [];
  let next = 0;
  for (let token = c.peek(); token !== null && token.type !== "LCurly"; token = c.peek()) {
    const lead = c.before(clauses.length === 0 ? BLANK : LINE);
    const clause = token.type === "From" ? undefined : node.clauses[next++];
    clauses.push(lead, clause === undefined ? from(c) : headerClause(c, clause));
  }
  // Clauses on lines of their own stand further in than the fields.
  const header = group([...parts, nest(INDENT, clauses)]);
  const width = widthOf(node.members.map(({ name }) => nameWritten(name)));
  return concat([header, c.before(BLANK), block(c, node.members, (member) => memberDoc(c, member, width))]);
}

function from(c: Cursor): Doc {
  const parts = [c.take(), c.before(BLANK), c.take()];
  while (c.peek()?.type === "Dot") parts.push(c.before(NOTHING), c.take(), c.before(NOTHING), c.take());
  return concat(parts);
}

function headerClause(c: Cursor, clause: HeaderClause): Doc {
  switch (clause.kind) {
    case "since":
    case "until":
    case "at":
    case "by":
    case "oncePer":
    case "scheduled":
      return words(c, clause.span.end);
    case "fresh":
    case "keeps":
      return concat([words(c, clause.duration.span.start), c.before(BLANK), expression(c, clause.duration)]);
    case "where":
      return group([c.take(), nest(INDENT, [c.before(BLANK), joined(c, clause.condition, LINE)])]);
    default:
      return assertNever(clause);
  }
}

function memberDoc(c: Cursor, member: MemberDecl, width: number): Doc {
  const parts: Doc[] = [c.take(padded(nameWritten(member.name), width)), " :", c.before(BLANK)];
  if (c.peek()?.type === "Many") parts.push(c.take(), c.before(BLANK));
  parts.push(member.kind === "field" ? type(c, member.type) : c.take());
  const { end } = member.span;
  for (let token = c.peek(); token !== null && token.span.start < end; token = c.peek()) {
    parts.push(c.before(BLANK));
    if (token.type === "Annotation") parts.push(annotation(c, end));
    else if (member.kind === "field" && member.constraint?.span.start === token.span.start)
      parts.push(expression(c, member.constraint));
    else parts.push(c.take());
  }
  return nest(INDENT, parts);
}

function type(c: Cursor, node: TypeExpr): Doc {
  switch (node.kind) {
    case "named": {
      const name = c.take();
      const open = c.peek();
      return open?.type === "LParen" && open.span.start < node.span.end
        ? concat([name, c.before(NOTHING), args(c)])
        : name;
    }
    case "listOf":
      return concat([c.take(), c.before(BLANK), c.take(), c.before(BLANK), type(c, node.of)]);
    case "json":
      return json(c, node.paths);
    default:
      return assertNever(node);
  }
}

type Paths = Extract<TypeExpr, { readonly kind: "json" }>["paths"];

/** The paths of a JSON field: two blanks part them on one line. */
function json(c: Cursor, paths: Paths): Doc {
  const front = concat([c.take(), c.before(BLANK), c.take()]);
  const width = widthOf(paths.map(({ name }) => nameWritten(name)));
  const inside: Doc[] = [];
  dropCommas(c);
  for (const [i, path] of paths.entries()) {
    const name = nameWritten(path.name);
    inside.push(c.before(i === 0 ? LINE : { kind: "line", flat: "  " }), c.take(""));
    inside.push({ kind: "either", flat: name, broken: padded(name, width) }, " :", c.before(BLANK));
    inside.push(type(c, path.type));
    dropCommas(c);
  }
  const isEmpty = paths.length === 0 && !c.hasComments();
  return group([front, nest(INDENT, inside), c.beforeClosing(isEmpty ? NOTHING : LINE, INDENT), c.take()]);
}
