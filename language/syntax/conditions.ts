import type { IToken, ParserMethod, TokenType } from "chevrotain";
import { type Span, span } from "../text/span.ts";
import type { CompareOp, Expr } from "./ast.ts";
import { retag, spanOf } from "./lexer.ts";
import { EXPECTED, OTHER_WORDS } from "./messages.ts";
import { errorNode, prefixed, signOf } from "./nodes.ts";
import { quickExpression } from "./quick.ts";
import { andOrRepairs, chainRepairs } from "./readings.ts";
import { broken, DEEPEST } from "./recovery.ts";
import { type Edit, insert, replace } from "./report.ts";
import { TestParser } from "./tests.ts";
import { T } from "./tokens.ts";
import { depthOf } from "./traverse.ts";

/** Expressions inside one another, of any kind: a bound for whatever walks the tree. */
const DEEPEST_TREE = 400;

const from = (left: { readonly span: Span }, right: { readonly span: Span }): Span =>
  span(left.span.start, right.span.end);

/** What may follow `not` inside a comparison. */
const NEGATED: ReadonlySet<TokenType> = new Set([T.Equal, T.In, T.Between, T.Contains, T.Starts, T.Ends, T.Has]);

/** A value that asks nothing yet, and may be followed by a comparison. */
const isBareValue = (expr: Expr): boolean =>
  ["name", "member", "step", "windowStep", "call", "arithmetic", "else", "number", "text", "date"].includes(expr.kind);

/** Conditions over values: comparisons, `not`, `and`, `or`. */
export abstract class ConditionParser extends TestParser {
  /** A whole condition or value, not deeper than can be walked. */
  protected readonly expression = this.RULE(
    "expression",
    (): Expr => {
      const quick = this.RECORDING_PHASE ? null : quickExpression(this.input, this.position());
      if (quick !== null) {
        this.goToEnd();
        return quick;
      }
      this.enter();
      const expr = this.SUBRULE(this.condition);
      return this.ACTION(() => this.shallow(expr));
    },
    broken,
  );

  /** A list or range that a field is constrained to. */
  protected readonly set = this.RULE(
    "set",
    (): Expr => {
      const expr = this.SUBRULE(this.range);
      return this.ACTION(() => this.shallow(expr));
    },
    broken,
  );

  private shallow(expr: Expr): Expr {
    // No tree is deeper than it has tokens.
    if (this.input.length <= DEEPEST_TREE || depthOf(expr) <= DEEPEST_TREE) return expr;
    this.report("too-deep", { limit: DEEPEST }, span(expr.span.start, expr.span.start + 1));
    return errorNode(expr.span);
  }

  /** Conditions joined by `and`, `or`: one flat node, however many they are. */
  protected override readonly condition: ParserMethod<[], Expr> = this.RULE(
    "condition",
    (): Expr => {
      const items = [this.SUBRULE(this.negation)];
      const words: IToken[] = [];
      let run: Expr[] | null = null;
      let reported = false;
      // A text after a whole condition is a title in the wrong place, and left to the declaration.
      this.MANY({
        GATE: () =>
          (!this.is("Text") || isBareValue(items.at(-1) as Expr)) && !(this.beforeThen && this.startsPrimary()),
        DEF: () => {
          this.OR([
            {
              ALT: () => {
                words.push(this.OR1([{ ALT: () => this.CONSUME(T.And) }, { ALT: () => this.CONSUME(T.Or) }]));
                this.wanted = EXPECTED.condition;
                items.push(this.SUBRULE1(this.negation));
                run = null;
              },
            },
            {
              ALT: () => {
                this.ACTION(() => {
                  if (!reported) this.unjoined(items.at(-1) as Expr);
                  reported = true;
                });
                const item = this.SUBRULE2(this.negation);
                this.ACTION(() => {
                  const before = items.pop() as Expr;
                  run ??= [before];
                  run.push(item);
                  items.push(errorNode(from(before, item), run));
                });
              },
            },
          ]);
        },
      });
      return this.ACTION(() => this.joined(items, words));
    },
    broken,
  );

  /** Two conditions with nothing between them. */
  private unjoined(before: Expr): void {
    const found = this.found() ?? "";
    const at = this.here();
    const meant = isBareValue(before) && this.is("Name") ? OTHER_WORDS.get(found.toLowerCase()) : undefined;
    if (meant !== undefined) this.fail("other-word", { found, meant }, at);
    else if (this.startsLiteral() && isBareValue(before)) this.fail("missing-operator", { found }, at);
    else this.fail("missing-connective", { found }, at, [insert(at.start, "and "), insert(at.start, "or ")]);
  }

  private joined(items: readonly Expr[], words: readonly IToken[]): Expr {
    const kinds = words.map((word) => (word.tokenType === T.And ? "and" : "or"));
    const kind = kinds[0];
    if (kind === undefined) return items[0] as Expr;
    const at = from(items[0] as Expr, items.at(-1) as Expr);
    for (const item of items) this.placeless(item, at.end);
    const mixed = words[kinds.findIndex((other) => other !== kind)];
    if (mixed === undefined) return { kind, items, span: at };
    this.report("and-or", { found: mixed.image }, spanOf(mixed), andOrRepairs(items, kinds));
    const groups: Expr[] = [];
    for (let i = 0; i < items.length; ) {
      let end = i;
      while (kinds[end] === "and") end++;
      const group = items.slice(i, end + 1);
      groups.push(
        group.length === 1
          ? (group[0] as Expr)
          : { kind: "and", items: group, span: from(group[0] as Expr, group.at(-1) as Expr) },
      );
      i = end + 1;
    }
    return { kind: "or", items: groups, span: at };
  }

  private readonly negation = this.RULE(
    "negation",
    (): Expr => {
      const marks: IToken[] = [];
      this.MANY(() => {
        marks.push(this.OR([{ ALT: () => this.CONSUME(T.Not) }, { ALT: () => this.CONSUME(T.No) }]));
      });
      const operand = this.SUBRULE(this.comparison);
      return this.ACTION(() => {
        if (marks.length > 0) this.placeless(operand, operand.span.end);
        if (marks.length <= DEEPEST) return prefixed(marks, operand);
        this.report("too-deep", { limit: DEEPEST }, spanOf(marks[0] as IToken));
        return errorNode(span((marks[0] as IToken).startOffset, operand.span.end), [operand]);
      });
    },
    broken,
  );

  private readonly comparison = this.RULE(
    "comparison",
    (): Expr => {
      let expr = this.SUBRULE(this.sum);
      let tails = 0;
      this.MANY({
        GATE: () => !this.is("Not") || NEGATED.has(this.LA(2).tokenType),
        DEF: () => {
          const silent = this.hasFailed();
          const at = this.here();
          const left = expr;
          const tail = this.OR({
            MAX_LOOKAHEAD: 2,
            DEF: [
              { ALT: () => this.SUBRULE(this.compareTail, { ARGS: [left] }) },
              { ALT: () => this.SUBRULE(this.inTail, { ARGS: [left] }) },
              { ALT: () => this.SUBRULE(this.textTail, { ARGS: [left] }) },
              { ALT: () => this.SUBRULE(this.isTail, { ARGS: [left] }) },
              { ALT: () => this.SUBRULE(this.hasTail, { ARGS: [left] }) },
            ],
          });
          this.ACTION(() => {
            tails++;
            this.placeless(left, tail.span.end);
            if (tails === 2 && !silent)
              this.report("comparison-chain", { operator: "" }, at, chainRepairs(left, tail, this.text));
            if (tails === 1 && left.kind !== "if") expr = tail;
            else expr = errorNode(tail.span, left.kind === "error" ? left.parts : [left]);
          });
        },
      });
      return expr;
    },
    broken,
  );

  private readonly compareTail = this.RULE(
    "compareTail",
    (left: Expr): Expr => {
      const not = this.OPTION1(() => this.CONSUME(T.Not));
      const op = this.OR([
        { ALT: () => this.CONSUME(T.Equal) },
        { ALT: () => this.CONSUME(T.NotEqual) },
        { ALT: () => this.CONSUME(T.LessEqual) },
        { ALT: () => this.CONSUME(T.GreaterEqual) },
        { ALT: () => this.CONSUME(T.Less) },
        { ALT: () => this.CONSUME(T.Greater) },
      ]);
      const nothing = this.OPTION(() => this.CONSUME(T.Null));
      this.ACTION(() => {
        if (not !== undefined) this.notEqual(not, op);
      });
      if (nothing !== undefined && !this.RECORDING_PHASE) return this.isNull(left, op, nothing);
      this.wanted = EXPECTED.value;
      const right = this.SUBRULE(this.range);
      const ignoreCase = this.SUBRULE(this.ignoring);
      return this.ACTION(() => this.compared(left, op, right, ignoreCase));
    },
    broken,
  );

  /** `not = x`. */
  private notEqual(not: IToken, op: IToken): void {
    const at = span(not.startOffset, spanOf(op).end);
    this.report("is-compare", { found: this.text.slice(at.start, at.end), meant: "!=" }, at, [replace(at, "!=")]);
    retag(op, "NotEqual");
  }

  /** `= null`, `!= null`. */
  private isNull(left: Expr, op: IToken, word: IToken): Expr {
    const what = op.tokenType === T.Equal ? "missing" : "known";
    const opSpan = span(op.startOffset, spanOf(word).end);
    this.report("null-word", { meant: `is ${what}` }, spanOf(word), [replace(opSpan, `is ${what}`)]);
    return { kind: "is", what, opSpan, value: left, span: span(left.span.start, opSpan.end) };
  }

  private compared(left: Expr, op: IToken, right: Expr, ignoreCase: boolean): Expr {
    const sign = signOf(op) as CompareOp;
    const at = span(left.span.start, this.lastEnd());
    if (right.kind !== "range")
      return { kind: "compare", op: sign, opSpan: spanOf(op), left, right, ignoreCase, span: at };
    const word = sign === "=" ? "in" : sign === "!=" ? "not in" : null;
    this.report("range-compare", {}, spanOf(op), word === null ? [] : [replace(spanOf(op), word)]);
    if (word === null) return errorNode(at, [left, right]);
    return { kind: "in", negated: sign === "!=", opSpan: spanOf(op), value: left, set: right, ignoreCase, span: at };
  }

  private readonly inTail = this.RULE(
    "inTail",
    (left: Expr): Expr => {
      const not = this.OPTION(() => this.CONSUME(T.Not));
      return this.OR([
        {
          ALT: () => {
            const word = this.CONSUME(T.In);
            this.wanted = EXPECTED.set;
            const set = this.SUBRULE(this.range);
            const ignoreCase = this.SUBRULE(this.ignoring);
            return this.ACTION((): Expr => {
              const opSpan = span((not ?? word).startOffset, spanOf(word).end);
              return {
                kind: "in",
                negated: not !== undefined,
                opSpan,
                value: left,
                set: this.bracketed(set),
                ignoreCase,
                span: span(left.span.start, this.lastEnd()),
              };
            });
          },
        },
        {
          ALT: () => {
            const word = this.CONSUME(T.Between);
            this.wanted = EXPECTED.value;
            const low = this.SUBRULE1(this.sum);
            const and = this.OPTION1(() => this.CONSUME(T.And));
            const high = this.OPTION2(() => this.SUBRULE2(this.sum));
            return this.ACTION((): Expr => {
              const edits: Edit[] = [{ span: spanOf(word), newText: "in" }];
              if (high !== undefined) edits.push({ span: span(low.span.end, high.span.start), newText: ".." });
              this.report("between", {}, spanOf(word), high === undefined ? [] : [{ title: "Write a range", edits }]);
              const opSpan = span((not ?? word).startOffset, spanOf(word).end);
              const at = span(low.span.start, this.lastEnd());
              const set: Expr = { kind: "range", from: low, to: high ?? null, opSpan: spanOf(and ?? word), span: at };
              return {
                kind: "in",
                negated: not !== undefined,
                opSpan,
                value: left,
                set,
                ignoreCase: false,
                span: from(left, set),
              };
            });
          },
        },
      ]);
    },
    broken,
  );

  private readonly isTail = this.RULE(
    "isTail",
    (left: Expr): Expr => {
      const is = this.CONSUME(T.Is);
      const not = this.OPTION(() => this.CONSUME(T.Not));
      return this.OR([
        {
          ALT: () => {
            const word = this.OR1([
              { ALT: () => this.CONSUME(T.Known) },
              { ALT: () => this.CONSUME(T.Missing) },
              { ALT: () => this.CONSUME(T.Null) },
            ]);
            return this.ACTION(() => this.known(left, is, not, word));
          },
        },
        {
          ALT: () => {
            const isIn = this.OPTION1(() => this.CONSUME(T.In));
            const right = this.SUBRULE(this.range);
            return this.ACTION(() => this.isCompared(left, is, not, isIn, right));
          },
        },
        {
          ALT: () =>
            this.ACTION((): Expr => {
              this.missing(EXPECTED.known);
              return errorNode(span(left.span.start, this.lastEnd()), [left]);
            }),
        },
      ]);
    },
    broken,
  );

  private known(left: Expr, is: IToken, not: IToken | undefined, word: IToken): Expr {
    const said = word.tokenType === T.Known ? "known" : "missing";
    const what = not === undefined ? said : said === "known" ? "missing" : "known";
    const opSpan = span(is.startOffset, spanOf(word).end);
    if (word.tokenType === T.Null)
      this.report("null-word", { meant: `is ${what}` }, spanOf(word), [replace(opSpan, `is ${what}`)]);
    else if (not !== undefined)
      this.report("is-compare", { found: `is not ${said}`, meant: `is ${what}` }, opSpan, [
        replace(opSpan, `is ${what}`),
      ]);
    return { kind: "is", what, opSpan, value: left, span: span(left.span.start, opSpan.end) };
  }

  /** `is "FR"`, `is not "x"`, `is in [..]`. */
  private isCompared(left: Expr, is: IToken, not: IToken | undefined, isIn: IToken | undefined, right: Expr): Expr {
    const isSet = isIn !== undefined || right.kind === "list" || right.kind === "range";
    const opSpan = span(is.startOffset, spanOf(isIn ?? not ?? is).end);
    const at = span(left.span.start, this.lastEnd());
    const meant = isSet ? (not === undefined ? "in" : "not in") : not === undefined ? "=" : "!=";
    if (right.kind !== "error")
      this.report("is-compare", { found: this.text.slice(opSpan.start, opSpan.end), meant }, opSpan, [
        replace(opSpan, meant),
      ]);
    if (isSet)
      return { kind: "in", negated: not !== undefined, opSpan, value: left, set: right, ignoreCase: false, span: at };
    return { kind: "compare", op: not === undefined ? "=" : "!=", opSpan, left, right, ignoreCase: false, span: at };
  }
}
