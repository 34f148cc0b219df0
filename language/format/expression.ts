import { OPERATORS, STEP_WORDS } from "../operators/table.ts";
import type { Argument, DurationLiteral, Expr } from "../syntax/ast.ts";
import { assertNever } from "../text/assert.ts";
import type { Cursor } from "./cursor.ts";
import { BLANK, concat, type Doc, group, LINE, NOTHING, nest, SOFT } from "./doc.ts";

type Kind<K extends Expr["kind"]> = Extract<Expr, { readonly kind: K }>;
type Link = Kind<"member" | "step" | "windowStep">;

/** Deeper lines begin so many blanks further in. */
export const INDENT = 2;

/** The tokens up to an offset, with blanks between them. */
export function words(c: Cursor, end: number): Doc {
  const parts: Doc[] = [c.take()];
  for (let token = c.peek(); token !== null && token.span.start < end; token = c.peek())
    parts.push(c.before(BLANK), c.take());
  return concat(parts);
}

/** An expression. The cursor stands at its first token, and then behind its last. */
export function expression(c: Cursor, expr: Expr): Doc {
  switch (expr.kind) {
    case "number":
    case "text":
    case "boolean":
    case "date":
    case "timestamp":
    case "duration":
    case "name":
      return c.take();
    case "ago":
    case "rolling":
    case "period":
    case "fullPeriods":
    case "error":
      return words(c, expr.span.end);
    case "member":
    case "step":
    case "windowStep":
      return chain(c, expr);
    case "call":
      return concat([c.take(), c.before(NOTHING), bracketed(c, expr.args, argument, false)]);
    case "list":
      return bracketed(c, expr.items, expression, true);
    case "range":
      return range(c, expr);
    case "arithmetic":
      return arithmetic(c, expr);
    case "negate":
      return concat([c.take(), c.before(NOTHING), operand(c, expr.operand)]);
    case "else": {
      const value = expression(c, expr.value);
      return concat([value, c.before(BLANK), c.take(), c.before(BLANK), expression(c, expr.fallback)]);
    }
    case "compare":
      return test(c, expr.left, expr.opSpan.end, expr.right, expr.ignoreCase);
    case "in":
      return test(c, expr.value, expr.opSpan.end, expr.set, expr.ignoreCase);
    case "textTest":
      return test(c, expr.value, expr.opSpan.end, expr.needle, expr.ignoreCase);
    case "is":
      return concat([operand(c, expr.value), c.before(BLANK), words(c, expr.opSpan.end)]);
    case "not":
      return concat([c.take(isOfCollection(expr) ? "no" : undefined), c.before(BLANK), operand(c, expr.operand)]);
    case "and":
    case "or":
      return group(connected(c, expr, LINE));
    case "counted":
      return concat([words(c, expr.opSpan.end), c.before(BLANK), bracketed(c, expr.items, expression, false)]);
    case "has":
      return test(c, expr.list, expr.opSpan.end, expr.set, expr.ignoreCase);
    case "if":
      return choice(c, expr);
    case "rank":
      return rank(c, expr);
    case "paren":
      return bracketed(c, [expr.inner], expression, false);
    default:
      return assertNever(expr);
  }
}

/** Conditions joined by `and`, `or`: each after the first begins with that word, after a `wish`. */
export function connected(c: Cursor, expr: Kind<"and" | "or">, wish: Doc): readonly Doc[] {
  const parts: Doc[] = [];
  for (const [i, item] of expr.items.entries()) {
    if (i > 0) parts.push(connective(c, wish));
    parts.push(operand(c, item));
  }
  return parts;
}

/** A comment that ends the line of an `and` belongs to what stands before it. */
function connective(c: Cursor, wish: Doc): Doc {
  if (!c.endsInComment()) return concat([c.before(wish), c.take(), c.before(BLANK)]);
  const word = c.peekText();
  c.drop();
  return concat([c.before(wish), word, " "]);
}

/** An operand: a default gets the parentheses that say how far it reaches. */
function operand(c: Cursor, expr: Expr): Doc {
  if (expr.kind !== "else") return expression(c, expr);
  return concat([c.before(NOTHING), group(["(", nest(INDENT, [SOFT, expression(c, expr)]), SOFT, ")"])]);
}

/** Leaves out commas: the tree knows where they belong. */
export function dropCommas(c: Cursor): void {
  while (c.peek()?.type === "Comma") c.drop();
}

/** Items in brackets, with commas between them; `filled` lines take as many as fit, else each has a line where not all fit on one. */
function bracketed<I>(c: Cursor, items: readonly I[], item: (c: Cursor, item: I) => Doc, filled: boolean): Doc {
  const open = c.take();
  const inside: Doc[] = [];
  dropCommas(c);
  for (const [i, one] of items.entries()) {
    const lead = c.before(i === 0 ? SOFT : LINE);
    const parts = [lead, item(c, one)];
    dropCommas(c);
    if (i < items.length - 1) parts.push(",");
    inside.push(filled && i > 0 ? group(parts) : concat(parts));
  }
  return group([open, nest(INDENT, inside), c.beforeClosing(SOFT, INDENT), c.take()]);
}

function argument(c: Cursor, { label, value }: Argument): Doc {
  if (label === null) return expression(c, value);
  return concat([c.take(), ":", c.before(BLANK), expression(c, value)]);
}

function test(c: Cursor, left: Expr, opEnd: number, right: Expr, ignoreCase: boolean): Doc {
  const value = operand(c, left);
  const isList = right.kind === "list";
  const rest = [c.before(isList ? BLANK : LINE), words(c, opEnd), c.before(BLANK), operand(c, right)];
  if (ignoreCase) rest.push(c.before(BLANK), c.take(), c.before(BLANK), c.take());
  return isList ? concat([value, ...rest]) : group([value, nest(INDENT, rest)]);
}

/** Each branch on a line of its own, or all on one. */
function choice(c: Cursor, expr: Kind<"if">): Doc {
  const parts: Doc[] = [];
  let rest: Expr = expr;
  const start = concat([c.take(), c.before(BLANK), expression(c, expr.cond)]);
  while (rest.kind === "if") {
    if (rest !== expr) parts.push(c.before(BLANK), c.take(), c.before(BLANK), expression(c, rest.cond));
    parts.push(c.before(LINE), c.take(), c.before(BLANK), expression(c, rest.yes), c.before(LINE), c.take());
    rest = rest.no;
  }
  parts.push(c.before(BLANK), expression(c, rest));
  return group([start, nest(INDENT, parts)]);
}

/** No line may break at `..`: what is open ends with its line. */
function range(c: Cursor, { from, to }: Kind<"range">): Doc {
  const parts: Doc[] = from === null ? [] : [operand(c, from), c.before(NOTHING)];
  parts.push(c.take());
  if (to !== null) parts.push(c.before(NOTHING), operand(c, to));
  return concat(parts);
}

/** Breaks before each clause, or before none. */
function rank(c: Cursor, { wordSpan, amount, by, of, per, ties }: Kind<"rank">): Doc {
  const head = [words(c, wordSpan.end), c.before(BLANK), words(c, amount.span.end)];
  const clauses: Doc[] = [];
  for (const value of [by, of, per])
    if (value !== null) clauses.push(c.before(LINE), c.take(), c.before(BLANK), operand(c, value));
  if (ties) clauses.push(c.before(LINE), c.take(), c.before(BLANK), c.take());
  return group([...head, nest(INDENT, clauses)]);
}

/** `a + b * c - d` breaks before each sign, or before none. */
function arithmetic(c: Cursor, expr: Kind<"arithmetic">): Doc {
  const rights: Expr[] = [];
  let first: Expr = expr;
  while (first.kind === "arithmetic") {
    rights.push(first.right);
    first = first.left;
  }
  const start = operand(c, first);
  const parts: Doc[] = [];
  for (const right of rights.reverse()) parts.push(c.before(LINE), c.take(), c.before(BLANK), operand(c, right));
  return group([start, nest(INDENT, parts)]);
}

/** From so many steps on a chain that does not fit has a line for each. */
const LONG_CHAIN = 3;

function chain(c: Cursor, expr: Link): Doc {
  const links: Link[] = [];
  let base: Expr = expr;
  while (base.kind === "member" || base.kind === "step" || base.kind === "windowStep") {
    links.push(base);
    base = base.object;
  }
  const isLong = links.filter((link) => link.kind !== "member").length >= LONG_CHAIN;
  const start = expression(c, base);
  const parts: Doc[] = [];
  for (const link of links.reverse()) parts.push(c.before(isLong ? SOFT : NOTHING), step(c, link));
  return isLong ? group([start, nest(INDENT, parts)]) : concat([start, ...parts]);
}

function step(c: Cursor, link: Link): Doc {
  if (link.kind === "windowStep") return c.take();
  const duration = link.kind === "step" ? rollingDuration(link) : null;
  if (duration !== null) {
    const own = c.take(`.${link.name.text}${duration.amount}${duration.unit}`);
    for (let token = c.peek(); token !== null && token.span.start < link.span.end; token = c.peek()) c.drop();
    return own;
  }
  const name = [c.take(), c.before(NOTHING), c.take()];
  const open = c.peek();
  if (open?.type !== "LParen" || open.span.start >= link.span.end) return concat(name);
  // Parentheses with nothing but a comment in them belong to a member too.
  const args = link.kind === "step" ? link.args : [];
  return concat([...name, c.before(NOTHING), bracketed(c, args, argument, false)]);
}

/** The duration of `.last(2 years)`, which is written `.last2y`; null where a step is none of that kind. */
export function rollingDuration({ name, args }: Kind<"step">): DurationLiteral | null {
  const [only] = args;
  if (name.quoted || (name.text !== "last" && name.text !== "next")) return null;
  return only?.value.kind === "duration" && args.length === 1 && only.label === null ? only.value : null;
}

/** Whether the operand is a collection by its form alone: it ends in a step that narrows one. A bare name may be anything. */
function isOfCollection({ operand: of }: Kind<"not">): boolean {
  if (of.kind === "windowStep") return true;
  if (of.kind !== "step" || of.name.quoted) return false;
  const id = STEP_WORDS.get(of.name.text);
  if (id === undefined) return false;
  return OPERATORS[id].signatures.every(({ result }) => result.kind === "same" && result.of === 0);
}
