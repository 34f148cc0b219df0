import { EOF, type IToken, type TokenType } from "chevrotain";
import { type Span, span } from "../text/span.ts";
import type { Argument, ArithmeticOp, CompareOp, Expr, SegmentDecl } from "./ast.ts";
import { type LexToken, spanOf } from "./lexer.ts";
import { durationOf, nameOf, numberOf, signOf, textOf } from "./nodes.ts";
import { T } from "./tokens.ts";

/** Brackets, prefixes and calls inside one another; deeper ones are the grammar's to judge. */
const DEEPEST_QUICK = 20;

/** Steps in one chain, likewise. */
const MOST_STEPS = 20;

/** Signs of arithmetic in all, for each puts the tree one deeper. */
const MOST_SIGNS = 100;

const types = (...found: readonly TokenType[]): ReadonlySet<TokenType | undefined> => new Set(found);
const COMPARING = types(T.Equal, T.NotEqual, T.Less, T.LessEqual, T.Greater, T.GreaterEqual);
const ENDING = new Set<TokenType | undefined>([T.And, T.Or, T.RParen, T.Comma, EOF, undefined]);

/**
 * The expression that reaches from a token to the end of its declaration, read in one go without Chevrotain's rules, each of which costs more than
 * a whole comparison. It reads the plain core of the language, in which nearly all is written, and nothing that is wrong: null for everything
 * else, and the grammar reads that, with all its findings. Of what is read here the grammar makes the same tree (`test/quick.test.ts`).
 */
export function quickExpression(tokens: readonly IToken[], start: number): Expr | null {
  let at = start;
  let depth = 0;
  let signs = 0;

  const type = (): TokenType | undefined => tokens[at]?.tokenType;
  const take = (): IToken => tokens[at++] as IToken;
  const from = (first: { readonly span: Span }): Span => span(first.span.start, spanOf(tokens[at - 1] as IToken).end);

  /** Items that are all joined by the same word. */
  function condition(): Expr | null {
    const first = negation();
    const word = type();
    if (first === null || (word !== T.And && word !== T.Or)) return first;
    const items = [first];
    while (type() === word) {
      at++;
      const item = negation();
      if (item === null) return null;
      items.push(item);
    }
    if (type() === T.And || type() === T.Or) return null;
    return { kind: word === T.And ? "and" : "or", items, span: from(first) };
  }

  function negation(): Expr | null {
    const mark = type();
    if (mark !== T.Not && mark !== T.No) return comparison();
    const opSpan = spanOf(take());
    const operand = deeper(negation);
    if (operand === null) return null;
    const word = mark === T.Not ? "not" : "no";
    return { kind: "not", word, opSpan, operand, span: span(opSpan.start, operand.span.end) };
  }

  function comparison(): Expr | null {
    const left = sum();
    if (left === null) return null;
    const word = type();
    if (ENDING.has(word)) return left;
    const tested = COMPARING.has(word) ? compared(left) : word === T.Is ? known(left) : worded(left);
    return ENDING.has(type()) ? tested : null;
  }

  function compared(left: Expr): Expr | null {
    const op = take();
    const right = sum();
    if (right === null) return null;
    return {
      kind: "compare",
      op: signOf(op) as CompareOp,
      opSpan: spanOf(op),
      left,
      right,
      ignoreCase: false,
      span: span(left.span.start, right.span.end),
    };
  }

  function known(value: Expr): Expr | null {
    const is = take();
    const word = type();
    if (word !== T.Known && word !== T.Missing) return null;
    const opSpan = span(is.startOffset, spanOf(take()).end);
    return { kind: "is", what: word === T.Known ? "known" : "missing", opSpan, value, span: from(value) };
  }

  /** `in`, `not in`, `contains`. */
  function worded(value: Expr): Expr | null {
    const first = take();
    if (first.tokenType === T.Contains) {
      const needle = sum();
      if (needle === null) return null;
      const opSpan = spanOf(first);
      const rest = { mode: "contains", negated: false, opSpan, value, needle, ignoreCase: false } as const;
      return { kind: "textTest", ...rest, span: from(value) };
    }
    const negated = first.tokenType === T.Not;
    const word = negated ? take() : first;
    if (word?.tokenType !== T.In) return null;
    const set = setOf();
    if (set === null) return null;
    const opSpan = span(first.startOffset, spanOf(word).end);
    return { kind: "in", negated, opSpan, value, set, ignoreCase: false, span: from(value) };
  }

  /** A list, a range with two ends, a name. */
  function setOf(): Expr | null {
    const low = sum();
    if (low === null || low.kind === "paren") return null;
    if (type() !== T.Range) return low;
    const opSpan = spanOf(take());
    const to = sum();
    return to === null ? null : { kind: "range", from: low, to, opSpan, span: span(low.span.start, to.span.end) };
  }

  function sum(): Expr | null {
    let left = product();
    while (left !== null && (type() === T.Plus || type() === T.Minus)) left = arithmetic(left, product);
    return left;
  }

  function product(): Expr | null {
    let left = chain();
    while (left !== null && (type() === T.Times || type() === T.Divide)) left = arithmetic(left, chain);
    return left;
  }

  function arithmetic(left: Expr, operand: () => Expr | null): Expr | null {
    if (++signs > MOST_SIGNS) return null;
    const op = take();
    const right = operand();
    if (right === null) return null;
    const at = span(left.span.start, right.span.end);
    return { kind: "arithmetic", op: signOf(op) as ArithmeticOp, opSpan: spanOf(op), left, right, span: at };
  }

  function chain(): Expr | null {
    let object = primary();
    for (let steps = 0; object !== null; steps++) {
      const mark = type();
      if (mark !== T.Dot && mark !== T.WindowStep) return object;
      if (steps === MOST_STEPS) return null;
      object = mark === T.Dot ? step(object) : windowStep(object, take());
    }
    return null;
  }

  function step(object: Expr): Expr | null {
    at++;
    if (type() !== T.Name) return null;
    const name = nameOf(take());
    if (type() === T.Duration || (name.text === "last" && type() === T.LParen)) return null;
    if (!isCall()) return { kind: "member", object, name, span: from(object) };
    const args = argumentsOf();
    return args === null ? null : { kind: "step", object, name, args, span: from(object) };
  }

  const isCall = (): boolean => type() === T.LParen && !(tokens[at] as LexToken).first;

  function argumentsOf(): readonly Argument[] | null {
    const items: Argument[] = [];
    do {
      at++;
      const label = type() === T.Label ? nameOf(take()) : null;
      const value = deeper(condition);
      if (value === null) return null;
      items.push({ label, value });
    } while (type() === T.Comma);
    if (type() !== T.RParen) return null;
    at++;
    return items;
  }

  function primary(): Expr | null {
    const token = tokens[at];
    switch (token?.tokenType) {
      case T.Name: {
        at++;
        const name = nameOf(token as IToken);
        if (!isCall()) return { kind: "name", name, span: name.span };
        const args = argumentsOf();
        return args === null ? null : { kind: "call", name, args, span: from(name) };
      }
      case T.LParen: {
        const open = spanOf(take());
        const inner = deeper(condition);
        if (inner === null || type() !== T.RParen) return null;
        return { kind: "paren", inner, span: span(open.start, spanOf(take()).end) };
      }
      case T.LSquare:
        return list();
      case T.Text:
        return textOf(take());
      case T.Number:
        return numberOf(take());
      case T.True:
      case T.False:
        return { kind: "boolean", value: token?.tokenType === T.True, span: spanOf(take()) };
      case T.Date:
        return { kind: "date", value: (token as IToken).image, span: spanOf(take()) };
    }
    return null;
  }

  /** Literals in brackets. */
  function list(): Expr | null {
    const open = spanOf(take());
    const items: Expr[] = [];
    for (;;) {
      const mark = type();
      if (mark !== T.Text && mark !== T.Number && mark !== T.Date) return null;
      items.push(primary() as Expr);
      if (type() === T.Comma) at++;
      else return type() === T.RSquare ? { kind: "list", items, span: span(open.start, spanOf(take()).end) } : null;
    }
  }

  function deeper(read: () => Expr | null): Expr | null {
    if (depth === DEEPEST_QUICK) return null;
    depth++;
    const expr = read();
    depth--;
    return expr;
  }

  const expr = condition();
  // Chevrotain puts marks of the end behind the tokens while it reads them.
  return type() === undefined || type() === EOF ? expr : null;
}

/**
 * A whole segment of the plain core: its name, perhaps a title, `where`, and an expression as above. `docs` are the descriptions by where the token
 * behind them begins. Null for every other declaration.
 */
export function quickSegment(tokens: readonly IToken[], docs: ReadonlyMap<number, string>): SegmentDecl | null {
  const [word, name, third] = tokens;
  if (word?.tokenType !== T.Segment || name?.tokenType !== T.Name) return null;
  const where = third?.tokenType === T.Text ? 3 : 2;
  if (tokens[where]?.tokenType !== T.Where) return null;
  const condition = quickExpression(tokens, where + 1);
  if (condition === null) return null;
  return {
    kind: "segment",
    title: where === 3 ? textOf(third as IToken) : null,
    of: null,
    zone: null,
    condition,
    doc: docs.get(word.startOffset) ?? null,
    annotations: [],
    name: nameOf(name),
    span: span(word.startOffset, spanOf(tokens[tokens.length - 1] as IToken).end),
    broken: false,
  };
}

/** `.last90d` behind a collection. */
export function windowStep(object: Expr, token: IToken): Expr {
  const step = token.image.slice(1).trim();
  const { end } = spanOf(token);
  const stepSpan = span(end - step.length, end);
  return {
    kind: "windowStep",
    object,
    direction: step.startsWith("last") ? "last" : "next",
    duration: durationOf(step.slice(4), span(stepSpan.start + 4, end)),
    stepSpan,
    span: span(object.span.start, end),
  };
}
