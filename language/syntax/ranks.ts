import type { IToken, ParserMethod } from "chevrotain";
import { type Span, span } from "../text/span.ts";
import type { Expr } from "./ast.ts";
import { ChoiceParser } from "./choices.ts";
import { spanOf } from "./lexer.ts";
import { EXPECTED } from "./messages.ts";
import { errorNode, numberOf } from "./nodes.ts";
import { broken } from "./recovery.ts";
import { remove, replace } from "./report.ts";
import { T } from "./tokens.ts";

/** The clauses of a rank in their order. */
const ORDER = ["by", "of", "per", "with ties"] as const;

type Clause = (typeof ORDER)[number];

/** One clause as it was read, with its place; `with ties` has no value. */
interface Part {
  readonly clause: Clause;
  readonly value: Expr | null;
  readonly span: Span;
}

/** Ranks in the whole population: `top 10% by x of S per f with ties`. */
export abstract class RankParser extends ChoiceParser {
  protected abstract readonly chain: ParserMethod<[], Expr>;

  protected readonly rank = this.RULE(
    "rank",
    (): Expr => {
      const word = this.CONSUME(T.Ranked);
      const amount = this.OR([
        { ALT: () => this.CONSUME(T.Number) },
        { ALT: () => this.CONSUME(T.Percent) },
        { ALT: () => this.CONSUME(T.Duration) },
      ]);
      const parts: Part[] = [];
      this.OPTION({
        GATE: () => this.startsPrimary() && this.onSameLine(),
        DEF: () => {
          const start = this.ACTION(() => this.here().start);
          this.ACTION(() => this.missingWord("by"));
          const value = this.SUBRULE(this.sum);
          this.ACTION(() => parts.push({ clause: "by", value, span: span(start, this.lastEnd()) }));
        },
      });
      this.MANY(() => parts.push(this.SUBRULE(this.rankClause)));
      return this.ACTION(() => this.ranked(word, amount, parts));
    },
    broken,
  );

  private readonly rankClause = this.RULE(
    "rankClause",
    (): Part => {
      const start = this.ACTION(() => this.here().start);
      let value: Expr | null = null;
      const clause = this.OR([
        {
          ALT: () => {
            this.CONSUME(T.By);
            this.wanted = EXPECTED.value;
            value = this.SUBRULE(this.sum);
            return "by" as const;
          },
        },
        {
          ALT: () => {
            this.CONSUME(T.Of);
            this.wanted = EXPECTED.group;
            value = this.SUBRULE(this.chain);
            return "of" as const;
          },
        },
        {
          ALT: () => {
            this.CONSUME(T.Per);
            this.wanted = EXPECTED.value;
            value = this.SUBRULE1(this.chain);
            return "per" as const;
          },
        },
        {
          ALT: () => {
            this.CONSUME(T.With);
            this.CONSUME(T.Name);
            return "with ties" as const;
          },
        },
      ]);
      return this.ACTION(() => ({ clause, value, span: span(start, this.lastEnd()) }));
    },
    { recoveryValueFunc: (): Part => ({ clause: "with ties", value: null, span: span(0, 0) }) },
  );

  private ranked(word: IToken, amount: IToken, parts: readonly Part[]): Expr {
    const of = (clause: Clause): Expr | null => parts.find((part) => part.clause === clause)?.value ?? null;
    const whole = span(word.startOffset, this.lastEnd());
    const values = parts.flatMap(({ value }) => value ?? []);
    if (amount.tokenType === T.Duration) {
      this.fail("unexpected-text", { found: amount.image, expected: EXPECTED.amount }, spanOf(amount));
      return errorNode(whole, values);
    }
    const by = of("by");
    if (by === null) {
      this.lacks(EXPECTED.by);
      return errorNode(whole, values);
    }
    this.clausesInOrder(parts);
    return {
      kind: "rank",
      which: word.image === "bottom" ? "bottom" : "top",
      wordSpan: spanOf(word),
      amount: numberOf(amount),
      by,
      of: of("of"),
      per: of("per"),
      ties: parts.some(({ clause }) => clause === "with ties"),
      span: whole,
    };
  }

  /** The order of the clauses, and each of them once: the first fault is reported. */
  private clausesInOrder(parts: readonly Part[]): void {
    const twice = parts.find((part, i) => parts.findIndex((other) => other.clause === part.clause) < i);
    if (twice !== undefined) {
      this.report("rank-clause-twice", { clause: twice.clause }, twice.span, [
        remove(twice.span, `\`${twice.clause}\``),
      ]);
      return;
    }
    const place = ({ clause }: Part): number => ORDER.indexOf(clause);
    const late = parts.findIndex((part, i) => i > 0 && place(parts[i - 1] as Part) > place(part));
    if (late < 0) return;
    const [part, before] = [parts[late] as Part, parts[late - 1] as Part];
    const all = span((parts[0] as Part).span.start, (parts.at(-1) as Part).span.end);
    const sorted = [...parts].sort((a, b) => place(a) - place(b)).map((p) => this.text.slice(p.span.start, p.span.end));
    this.report("rank-clause-order", { clause: before.clause, before: part.clause }, part.span, [
      replace(all, sorted.join(" "), "Put them in order"),
    ]);
  }
}
