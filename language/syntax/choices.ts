import type { IToken } from "chevrotain";
import { type Span, span } from "../text/span.ts";
import type { Expr, NumberLiteral } from "./ast.ts";
import { spanOf } from "./lexer.ts";
import { ListParser } from "./lists.ts";
import { EXPECTED } from "./messages.ts";
import { errorNode, numberOf } from "./nodes.ts";
import { branchDefaultRepairs, ifRepairs, inParentheses } from "./readings.ts";
import { broken } from "./recovery.ts";
import { T } from "./tokens.ts";

type Counted = Extract<Expr, { kind: "counted" }>;

/** What asks, and is a value only in parentheses. */
const CONDITIONS: ReadonlySet<Expr["kind"]> = new Set([
  "compare",
  "in",
  "textTest",
  "is",
  "has",
  "rank",
  "not",
  "and",
  "or",
] as const);

/** Brackets and what stands in them. */
interface Items {
  readonly items: readonly Expr[];
}

/** What chooses by conditions: `if c then a else b`, `at least 2 of (a, b, c)`. */
export abstract class ChoiceParser extends ListParser {
  /** A value that depends on a condition. It reaches to the end of where it stands: what follows it must say what it belongs to. */
  protected readonly ifValue = this.RULE(
    "ifValue",
    (): Expr => {
      const word = this.CONSUME(T.If);
      const before = this.enter();
      this.beforeThen = true;
      this.wanted = EXPECTED.condition;
      const cond = this.SUBRULE(this.condition);
      this.beforeThen = false;
      const then = this.OPTION(() => this.CONSUME(T.Then));
      this.ACTION(() => {
        if (then === undefined) this.missingWord("then");
      });
      this.inBranch = true;
      this.wanted = EXPECTED.value;
      const yes = this.SUBRULE1(this.condition);
      const otherwise = this.OPTION1(() => this.CONSUME(T.Else));
      // Without an `else` nothing more is read: what stands here belongs to others.
      const no = this.OPTION2({
        GATE: () => otherwise !== undefined && this.startsOperand(),
        DEF: () => this.SUBRULE(this.sum),
      });
      this.leave(before);
      return this.ACTION((): Expr => {
        const opSpan = spanOf(word);
        const end = this.lastEnd();
        this.placeless(yes, yes.span.end);
        if (CONDITIONS.has(yes.kind)) this.report("condition-in-branch", {}, yes.span, inParentheses(yes.span));
        if (otherwise === undefined) {
          this.fail("if-without-else", {}, opSpan);
          return errorNode(span(opSpan.start, end), [cond, yes]);
        }
        const answer = no ?? this.missing(EXPECTED.value);
        return { kind: "if", cond, yes, no: answer, opSpan, span: span(opSpan.start, end) };
      });
    },
    broken,
  );

  private startsOperand(): boolean {
    return this.startsPrimary() || this.is("Minus");
  }

  /** Reports an `if` that is part of something without parentheses; `end` is where that something ends. */
  protected override placeless(part: Expr, end: number): void {
    if (part.kind === "if") this.report("if-reach", {}, part.opSpan, ifRepairs(part, end));
  }

  /** `if c then a else b else 0`: which of them the default is for. */
  protected branchDefault(value: Extract<Expr, { kind: "if" }>, word: IToken, fallback: Expr): void {
    this.report("default-of-if", {}, spanOf(word), branchDefaultRepairs(value, fallback));
  }

  protected readonly counted = this.RULE(
    "counted",
    (): Expr => {
      const first = this.CONSUME(T.Counted);
      const second = this.OPTION(() => this.CONSUME1(T.Counted));
      const number = this.OPTION1(() =>
        this.OR([{ ALT: () => this.CONSUME(T.Number) }, { ALT: () => this.CONSUME(T.Percent) }]),
      );
      const word = second ?? first;
      const k = this.ACTION(() => this.countOf(modeOf(word.image.toLowerCase()), number));
      const of = this.OPTION2(() => this.CONSUME(T.Of));
      this.ACTION(() => {
        if (of === undefined && this.is("LParen")) this.missingWord("of");
      });
      const conditions = this.OPTION3(() => this.SUBRULE(this.conditions));
      return this.ACTION((): Expr => {
        if (conditions === undefined) this.lacks(EXPECTED.conditions);
        const at = span(first.startOffset, this.lastEnd());
        if (k === "none" || conditions === undefined) return errorNode(at, conditions?.items ?? []);
        const opSpan = span(first.startOffset, spanOf(of ?? number ?? word).end);
        return {
          kind: "counted",
          mode: modeOf(word.image.toLowerCase()),
          number: k,
          items: conditions.items,
          opSpan,
          span: at,
        };
      });
    },
    broken,
  );

  /** How many conditions are meant: null where no number belongs there, `none` where that is reported. */
  private countOf(mode: Counted["mode"], number: IToken | undefined): NumberLiteral | null | "none" {
    if (mode === "all" || mode === "any" || mode === "none") return null;
    const k = number === undefined ? null : numberOf(number);
    if (k !== null && !k.percent && /^\d{1,9}$/.test(k.text)) return k;
    if (k === null) this.lacks(EXPECTED.whole);
    else this.report("count-of-conditions", { found: this.text.slice(k.span.start, k.span.end) }, k.span);
    return "none";
  }

  /** `(a, b, c)`, conditions. */
  private readonly conditions = this.RULE(
    "conditions",
    (): Items => {
      const open = this.OR([{ ALT: () => this.CONSUME(T.LParen) }, { ALT: () => this.CONSUME(T.LSquare) }]);
      const branch = this.enter();
      const close = open.tokenType === T.LSquare ? "RSquare" : "RParen";
      this.wanted = EXPECTED.condition;
      const items = [this.SUBRULE(this.condition)];
      this.MANY(() => {
        const comma = this.CONSUME(T.Comma);
        this.wanted = EXPECTED.condition;
        const item = this.OPTION(() => this.SUBRULE1(this.condition));
        this.ACTION(() => (item === undefined ? this.trailing(comma, close) : items.push(item)));
      });
      this.leave(branch);
      this.ACTION(() => this.seek(close, open));
      const closed = this.OPTION1(() =>
        this.OR1([{ ALT: () => this.CONSUME(T.RParen) }, { ALT: () => this.CONSUME(T.RSquare) }]),
      );
      this.ACTION(() => {
        if (close === "RSquare" && closed !== undefined) this.squareBrackets(spanOf(open), spanOf(closed));
      });
      return { items };
    },
    { recoveryValueFunc: (): Items => ({ items: [] }) },
  );

  private squareBrackets(open: Span, close: Span): void {
    const edits = [
      { span: open, newText: "(" },
      { span: close, newText: ")" },
    ];
    this.report("condition-brackets", {}, open, [{ title: "Write `( )`", edits }]);
  }
}

function modeOf(word: string): Counted["mode"] {
  switch (word) {
    case "least":
      return "atLeast";
    case "most":
      return "atMost";
    case "exactly":
    case "all":
    case "any":
      return word;
    default:
      return "none";
  }
}
