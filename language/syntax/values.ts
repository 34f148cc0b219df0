import type { IOrAlt, IToken, ParserMethod } from "chevrotain";
import { type Span, span } from "../text/span.ts";
import type { Expr, Name } from "./ast.ts";
import { shown, spanOf } from "./lexer.ts";
import type { Args } from "./lists.ts";
import { EXPECTED } from "./messages.ts";
import { durationOf, errorNode, nameOf, noName, numberOf, prefixed, sumOf, textOf, timestampOf } from "./nodes.ts";
import { windowStep } from "./quick.ts";
import { RankParser } from "./ranks.ts";
import { elseRepairs, negatedElseRepairs } from "./readings.ts";
import { broken, DEEPEST } from "./recovery.ts";
import { type Edit, remove, replace } from "./report.ts";
import { T } from "./tokens.ts";

/** Values inside one another: brackets, and what may stand in each of them without one. */
const DEEPEST_VALUE = 2 * DEEPEST;

/** Values: literals, names, steps, arithmetic. */
export abstract class ValueParser extends RankParser {
  #primaries: IOrAlt<Expr>[] | undefined;

  /** Values joined by `+ - * /`. */
  protected override readonly sum: ParserMethod<[], Expr> = this.RULE(
    "sum",
    (): Expr => {
      const operands = [this.SUBRULE(this.term)];
      const signs: IToken[] = [];
      this.MANY(() => {
        signs.push(
          this.OR([
            { ALT: () => this.CONSUME(T.Plus) },
            { ALT: () => this.CONSUME(T.Minus) },
            { ALT: () => this.CONSUME(T.Times) },
            { ALT: () => this.CONSUME(T.Divide) },
          ]),
        );
        this.wanted = EXPECTED.value;
        operands.push(this.SUBRULE1(this.term));
      });
      return this.ACTION(() => {
        const [sign] = signs;
        if (sign === undefined) return operands[0] as Expr;
        for (const operand of operands) this.placeless(operand, operand.span.end);
        if (operands.some((operand) => operand.kind === "else")) {
          const word = operands.find((operand) => operand.kind === "else");
          this.report(
            "else-reach",
            { operator: shown(sign.image) },
            word?.kind === "else" ? word.opSpan : spanOf(sign),
            elseRepairs(operands),
          );
        }
        return sumOf(operands, signs);
      });
    },
    broken,
  );

  /** A value with its default, perhaps negated. */
  private readonly term = this.RULE(
    "term",
    (): Expr => {
      const marks: IToken[] = [];
      this.MANY(() => {
        marks.push(this.CONSUME(T.Minus));
      });
      let value = this.SUBRULE(this.chain);
      this.MANY1({
        GATE: () => !this.inBranch,
        DEF: () => {
          const word = this.CONSUME(T.Else);
          this.wanted = EXPECTED.value;
          const fallback = this.SUBRULE(this.fallback);
          this.ACTION(() => {
            if (value.kind === "if") this.branchDefault(value, word, fallback);
            this.placeless(fallback, fallback.span.end);
            value = {
              kind: "else",
              value,
              fallback,
              opSpan: spanOf(word),
              span: span(value.span.start, fallback.span.end),
            };
          });
        },
      });
      return this.ACTION(() => {
        const [mark] = marks;
        if (mark === undefined) return value;
        this.placeless(value, value.span.end);
        if (value.kind === "else")
          this.report("else-reach", { operator: "-" }, value.opSpan, negatedElseRepairs(mark.startOffset, value));
        if (marks.length <= DEEPEST) return prefixed(marks, value);
        this.report("too-deep", { limit: DEEPEST }, spanOf(mark));
        return errorNode(span(mark.startOffset, value.span.end), [value]);
      });
    },
    broken,
  );

  private readonly fallback = this.RULE(
    "fallback",
    (): Expr => {
      const mark = this.OPTION(() => this.CONSUME(T.Minus));
      const value = this.SUBRULE(this.chain);
      return this.ACTION(() => (mark === undefined ? value : prefixed([mark], value)));
    },
    broken,
  );

  /** A value and its steps. */
  protected override readonly chain: ParserMethod<[], Expr> = this.RULE(
    "chain",
    (): Expr => {
      let value = this.SUBRULE(this.primary);
      let steps = 0;
      this.MANY(() => {
        const first = this.LA(1);
        const next = this.OR([
          { ALT: () => this.SUBRULE(this.windowStep, { ARGS: [value] }) },
          { ALT: () => this.SUBRULE(this.step, { ARGS: [value] }) },
        ]);
        this.ACTION(() => {
          steps++;
          if (steps === DEEPEST + 1) {
            this.report("too-deep", { limit: DEEPEST }, spanOf(first));
            value = errorNode(next.span, [value]);
          } else if (steps <= DEEPEST) value = next;
        });
      });
      return value;
    },
    broken,
  );

  private readonly windowStep = this.RULE(
    "windowStep",
    (object: Expr): Expr => {
      const token = this.CONSUME(T.WindowStep);
      return this.ACTION(() => windowStep(object, token));
    },
    broken,
  );

  private readonly step = this.RULE(
    "step",
    (object: Expr): Expr => {
      this.CONSUME(T.Dot);
      const token = this.OPTION(() => this.CONSUME(T.Name));
      const args = this.OPTION1({ GATE: () => this.onSameLine(), DEF: () => this.SUBRULE(this.args) });
      const time = this.OPTION2({
        GATE: () => /^(last|next)$/.test(token?.image ?? ""),
        DEF: () => this.CONSUME(T.Duration),
      });
      return this.ACTION((): Expr => {
        const at = span(object.span.start, this.lastEnd());
        if (token === undefined) {
          this.lacks(EXPECTED.step);
          return { kind: "member", object, name: noName(at.end), span: at };
        }
        const name = nameOf(token);
        if (time !== undefined) return this.spacedStep(object, name, time);
        if (args === undefined) return { kind: "member", object, name, span: at };
        if (args.items.length === 0) {
          if (!args.broken) this.reportEmpty(name, args.span);
          return { kind: "member", object, name, span: at };
        }
        return { kind: "step", object, name: this.lastElements(name, args), args: args.items, span: at };
      });
    },
    broken,
  );

  /** `.last 90 days`. */
  private spacedStep(object: Expr, name: Name, time: IToken): Expr {
    const stepSpan = span(name.span.start, spanOf(time).end);
    const duration = durationOf(time.image, spanOf(time));
    const meant = `${name.text}${duration.amount}${duration.unit}`;
    this.report("spaced-window", { found: `.${name.text} ${time.image}`, meant: `.${meant}` }, stepSpan, [
      replace(stepSpan, meant),
    ]);
    return {
      kind: "windowStep",
      object,
      direction: name.text === "last" ? "last" : "next",
      duration,
      stepSpan,
      span: span(object.span.start, stepSpan.end),
    };
  }

  /** `.last(5)`: the latest five were meant. */
  private lastElements(name: Name, args: Args): Name {
    const [arg] = args.items;
    const value = arg?.value;
    if (
      name.text !== "last" ||
      name.quoted ||
      args.items.length !== 1 ||
      value?.kind !== "number" ||
      arg?.label !== null
    )
      return name;
    const edits: Edit[] = [{ span: name.span, newText: "latest" }];
    this.report(
      "last-elements",
      { count: value.text },
      name.span,
      [
        { title: `Write \`.latest(${value.text})\``, edits },
        replace(value.span, `${value.text} days`, `Write \`.last(${value.text} days)\``),
      ],
      true,
    );
    return { ...name, text: "latest" };
  }

  private reportEmpty(name: Name, at: Span): void {
    this.report("empty-parentheses", { name: shown(name.text) }, at, [remove(at, "`()`")]);
  }

  private readonly primary = this.RULE(
    "primary",
    (): Expr => {
      if (!this.RECORDING_PHASE) {
        if (!this.startsPrimary()) return this.missing(this.wanted);
        if (this.depth > DEEPEST_VALUE) return this.tooDeep();
      }
      this.#primaries ??= [
        { ALT: () => this.SUBRULE(this.named) },
        { ALT: () => this.literal(this.CONSUME(T.Text), textOf) },
        { ALT: () => this.literal(this.CONSUME(T.Number), numberOf) },
        { ALT: () => this.literal(this.CONSUME(T.Percent), numberOf) },
        { ALT: () => this.literal(this.CONSUME(T.True), (t) => ({ kind: "boolean", value: true, span: spanOf(t) })) },
        { ALT: () => this.literal(this.CONSUME(T.False), (t) => ({ kind: "boolean", value: false, span: spanOf(t) })) },
        { ALT: () => this.literal(this.CONSUME(T.Date), (t) => ({ kind: "date", value: t.image, span: spanOf(t) })) },
        { ALT: () => this.literal(this.CONSUME(T.Timestamp), timestampOf) },
        { ALT: () => this.literal(this.CONSUME(T.Wrong), (t) => errorNode(spanOf(t))) },
        { ALT: () => this.SUBRULE(this.time) },
        { ALT: () => this.SUBRULE(this.window) },
        { ALT: () => this.SUBRULE(this.list) },
        { ALT: () => this.SUBRULE(this.parenthesised) },
        { ALT: () => this.SUBRULE(this.ifValue) },
        { ALT: () => this.SUBRULE(this.counted) },
        { ALT: () => this.SUBRULE(this.rank) },
      ];
      this.depth++;
      const value = this.OR(this.#primaries);
      this.depth--;
      return value;
    },
    broken,
  );

  /** Words without brackets, such as `if if if …`, nest too. */
  private tooDeep(): Expr {
    const at = this.here();
    while (!this.atEnd()) this.skip();
    this.fail("too-deep", { limit: DEEPEST }, at);
    return errorNode(span(at.start, this.lastEnd()));
  }

  private literal(token: IToken, node: (token: IToken) => Expr): Expr {
    return this.ACTION(() => node(token));
  }

  /** A name, or a function with its arguments. */
  private readonly named = this.RULE(
    "named",
    (): Expr => {
      const token = this.CONSUME(T.Name);
      const args = this.OPTION({ GATE: () => this.onSameLine(), DEF: () => this.SUBRULE(this.args) });
      return this.ACTION((): Expr => {
        const name = nameOf(token);
        if (args === undefined) return { kind: "name", name, span: name.span };
        const at = span(name.span.start, args.span.end);
        if (args.items.length > 0 || args.broken) return { kind: "call", name, args: args.items, span: at };
        this.reportEmpty(name, args.span);
        return { kind: "name", name, span: at };
      });
    },
    broken,
  );
}
