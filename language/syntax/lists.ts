import type { IToken, ParserMethod } from "chevrotain";
import { type Span, span } from "../text/span.ts";
import type { Argument, Expr } from "./ast.ts";
import { spanOf } from "./lexer.ts";
import { EXPECTED } from "./messages.ts";
import { errorNode, nameOf } from "./nodes.ts";
import { broken } from "./recovery.ts";
import { type Edit, remove } from "./report.ts";
import { T } from "./tokens.ts";
import { WindowParser } from "./windows.ts";

/** What stands in parentheses behind a name; `broken` where something in it could not be read. */
export interface Args {
  readonly items: readonly Argument[];
  readonly span: Span;
  readonly broken: boolean;
}

/** What an expression is part of. */
interface Around {
  readonly inBranch: boolean;
  readonly beforeThen: boolean;
}

const rangeOf = (from: Expr | null, op: IToken, to: Expr | null): Expr => ({
  kind: "range",
  from,
  to,
  opSpan: spanOf(op),
  span: span(from?.span.start ?? op.startOffset, to?.span.end ?? spanOf(op).end),
});

/** What stands in brackets: arguments, lists, groups; and ranges. */
export abstract class ListParser extends WindowParser {
  protected abstract readonly condition: ParserMethod<[], Expr>;
  protected abstract readonly sum: ParserMethod<[], Expr>;
  /** Reports an `if` that is part of something without parentheses; `end` is where that ends. */
  protected abstract placeless(part: Expr, end: number): void;
  /** In a branch of an `if`, where `else` belongs to the `if`. */
  protected inBranch = false;
  /** Between `if` and `then`, where a value after a value lacks a `then` and no `and`. */
  protected beforeThen = false;

  protected readonly rangeTail = this.RULE(
    "rangeTail",
    (low: Expr): Expr =>
      this.OR([
        {
          ALT: () => {
            const op = this.CONSUME(T.Range);
            this.wanted = EXPECTED.value;
            const to = this.SUBRULE(this.sum);
            this.ACTION(() => this.placeless(low, to.span.end));
            this.ACTION(() => this.placeless(to, to.span.end));
            return this.ACTION(() => rangeOf(low, op, to));
          },
        },
        {
          ALT: () => {
            const op = this.CONSUME(T.OpenRange);
            return this.ACTION(() => rangeOf(low, op, null));
          },
        },
      ]),
    broken,
  );

  /** A value, or a range of values. */
  protected readonly range = this.RULE(
    "range",
    (): Expr => {
      const op = this.OPTION(() => this.CONSUME(T.Range));
      const value = this.SUBRULE(this.sum);
      const whole = this.OPTION1({
        GATE: () => op === undefined,
        DEF: () => this.SUBRULE(this.rangeTail, { ARGS: [value] }),
      });
      this.ACTION(() => {
        if (whole === undefined) this.placeless(value, value.span.end);
      });
      return this.ACTION(() => (op === undefined ? (whole ?? value) : rangeOf(null, op, value)));
    },
    broken,
  );

  /** `(a, by: b)`. */
  protected readonly args = this.RULE(
    "args",
    (): Args => {
      const open = this.CONSUME(T.LParen);
      const items: Argument[] = [];
      const branch = this.enter();
      this.OPTION(() => items.push(this.SUBRULE(this.argument)));
      this.MANY(() => {
        const comma = this.CONSUME(T.Comma);
        const item = this.OPTION1(() => this.SUBRULE1(this.argument));
        this.ACTION(() => (item === undefined ? this.trailing(comma, "RParen") : items.push(item)));
      });
      this.leave(branch);
      this.ACTION(() => this.seek("RParen", open));
      const close = this.OPTION2(() => this.CONSUME(T.RParen));
      return this.ACTION(() => {
        const at = span(open.startOffset, this.lastEnd());
        return {
          items,
          span: at,
          broken:
            close === undefined || (items.length === 0 && this.text.slice(at.start + 1, at.end - 1).trim() !== ""),
        };
      });
    },
    { recoveryValueFunc: (): Args => ({ items: [], span: span(0, 0), broken: true }) },
  );

  protected readonly argument = this.RULE(
    "argument",
    (): Argument => {
      const label = this.OPTION(() => this.CONSUME(T.Label));
      const op = this.OPTION1(() => this.CONSUME(T.Range));
      this.wanted = EXPECTED.either;
      const low = this.SUBRULE(this.condition);
      const whole = this.OPTION2({
        GATE: () => op === undefined,
        DEF: () => this.SUBRULE(this.rangeTail, { ARGS: [low] }),
      });
      const value = this.ACTION(() => (op === undefined ? (whole ?? low) : rangeOf(null, op, low)));
      return this.ACTION(() => ({ label: label === undefined ? null : nameOf(label), value }));
    },
    { recoveryValueFunc: (): Argument => ({ label: null, value: errorNode(span(0, 0)) }) },
  );

  /** A `,` with nothing after it: at the end of a list a slip, elsewhere something is missing. */
  protected trailing(comma: IToken, close: "RParen" | "RSquare"): void {
    if (this.is(close)) this.report("trailing-comma", {}, spanOf(comma), [remove(spanOf(comma), "`,`")]);
    else this.missing(EXPECTED.value);
  }

  /** Into brackets, where no `if` around them matters. */
  protected enter(): Around {
    const { inBranch, beforeThen } = this;
    this.inBranch = false;
    this.beforeThen = false;
    return { inBranch, beforeThen };
  }

  /** And out of them. */
  protected leave({ inBranch, beforeThen }: Around): void {
    this.inBranch = inBranch;
    this.beforeThen = beforeThen;
  }

  protected readonly list = this.RULE(
    "list",
    (): Expr => {
      const open = this.CONSUME(T.LSquare);
      const items: Expr[] = [];
      const branch = this.enter();
      this.OPTION(() => items.push(this.SUBRULE(this.range)));
      this.MANY(() => {
        this.OR([
          {
            ALT: () => {
              const comma = this.CONSUME(T.Comma);
              const item = this.OPTION1(() => this.SUBRULE1(this.range));
              this.ACTION(() => (item === undefined ? this.trailing(comma, "RSquare") : items.push(item)));
            },
          },
          {
            ALT: () => {
              this.ACTION(() =>
                this.fail("missing-comma", { found: this.found() ?? "" }, this.here(), [
                  { title: "Insert `,`", edits: [{ span: span(this.lastEnd(), this.lastEnd()), newText: "," }] },
                ]),
              );
              items.push(this.SUBRULE2(this.range));
            },
          },
        ]);
      });
      this.leave(branch);
      this.ACTION(() => this.seek("RSquare", open));
      this.OPTION2(() => this.CONSUME(T.RSquare));
      return this.ACTION((): Expr => ({ kind: "list", items, span: span(open.startOffset, this.lastEnd()) }));
    },
    broken,
  );

  protected readonly parenthesised = this.RULE(
    "parenthesised",
    (): Expr => {
      const open = this.CONSUME(T.LParen);
      const branch = this.enter();
      this.wanted = EXPECTED.either;
      const inner = this.SUBRULE(this.condition);
      const others: Expr[] = [];
      let commas = 0;
      this.MANY(() => {
        const comma = this.CONSUME(T.Comma);
        commas++;
        const item = this.OPTION(() => this.SUBRULE1(this.condition));
        this.ACTION(() => (item === undefined ? this.trailing(comma, "RParen") : others.push(item)));
      });
      this.leave(branch);
      this.ACTION(() => this.seek("RParen", open));
      const close = this.OPTION1(() => this.CONSUME(T.RParen));
      return this.ACTION((): Expr => {
        const at = span(open.startOffset, this.lastEnd());
        if (commas === 0) return { kind: "paren", inner, span: at };
        if (close !== undefined && !this.failed) this.reportListBrackets(at);
        return { kind: "list", items: [inner, ...others], span: at };
      });
    },
    broken,
  );

  protected reportListBrackets(at: Span): void {
    const edits: Edit[] = [
      { span: span(at.start, at.start + 1), newText: "[" },
      { span: span(at.end - 1, at.end), newText: "]" },
    ];
    this.report("list-brackets", {}, span(at.start, at.start + 1), [{ title: "Write `[ ]`", edits }]);
  }
}
