import type { IToken } from "chevrotain";
import { type Span, span } from "../text/span.ts";
import type { Expr } from "./ast.ts";
import { spanOf } from "./lexer.ts";
import { EXPECTED } from "./messages.ts";
import { broken } from "./recovery.ts";
import { type Edit, insert, type Repair, replace } from "./report.ts";
import { T } from "./tokens.ts";
import { ValueParser } from "./values.ts";

type Has = Extract<Expr, { kind: "has" }>;

const LITERALS: readonly Expr["kind"][] = ["text", "number", "date", "timestamp", "boolean"];

/** Tests of texts and of lists, and what may follow a test. */
export abstract class TestParser extends ValueParser {
  /** `in ("EU")`: a list was meant. */
  protected bracketed(set: Expr): Expr {
    if (set.kind !== "paren" || !["text", "number", "date", "boolean"].includes(set.inner.kind)) return set;
    this.reportListBrackets(set.span);
    return { kind: "list", items: [set.inner], span: set.span };
  }

  protected readonly textTail = this.RULE(
    "textTail",
    (left: Expr): Expr => {
      const not = this.OPTION(() => this.CONSUME(T.Not));
      const word = this.OR([
        { ALT: () => this.CONSUME(T.Contains) },
        { ALT: () => this.CONSUME(T.Starts) },
        { ALT: () => this.CONSUME(T.Ends) },
      ]);
      const second = this.OPTION1(() => this.CONSUME(T.With));
      this.wanted = EXPECTED.value;
      const needle = this.SUBRULE(this.sum);
      const ignoreCase = this.SUBRULE(this.ignoring);
      return this.ACTION((): Expr => {
        const mode =
          word.tokenType === T.Contains ? "contains" : word.tokenType === T.Starts ? "startsWith" : "endsWith";
        const words = mode === "contains" ? "contains" : mode === "startsWith" ? "starts with" : "ends with";
        if (mode !== "contains" && second === undefined) {
          this.report("word-spelling", { found: word.image, meant: words }, spanOf(word), [
            insert(spanOf(word).end, " with"),
          ]);
        }
        this.placeless(needle, needle.span.end);
        if (not !== undefined) this.notInside(left, not, word, words);
        const opSpan = span((not ?? word).startOffset, spanOf(second ?? word).end);
        return {
          kind: "textTest",
          mode,
          negated: not !== undefined,
          opSpan,
          value: left,
          needle,
          ignoreCase,
          span: span(left.span.start, this.lastEnd()),
        };
      });
    },
    broken,
  );

  protected readonly ignoring = this.RULE(
    "ignoring",
    (): boolean => {
      const word = this.OPTION(() => this.CONSUME(T.Ignoring));
      const second = this.OPTION1({ GATE: () => word !== undefined, DEF: () => this.CONSUME(T.Case) });
      this.ACTION(() => {
        if (word !== undefined && second === undefined) this.missingWord("case");
      });
      return word !== undefined;
    },
    { recoveryValueFunc: () => false },
  );

  /** `x not contains "a"`. */
  private notInside(left: Expr, not: IToken, word: IToken, found: string): void {
    const edits: Edit[] = [
      { span: span(left.span.start, left.span.start), newText: "not " },
      { span: span(not.startOffset, word.startOffset), newText: "" },
    ];
    this.report("not-inside", { found }, spanOf(not), [{ title: "Write `not` before the whole test", edits }]);
  }

  protected readonly hasTail = this.RULE(
    "hasTail",
    (left: Expr): Expr => {
      const before = this.OPTION(() => this.CONSUME(T.Not));
      const has = this.CONSUME(T.Has);
      const not = this.OPTION1(() => this.OR([{ ALT: () => this.CONSUME1(T.Not) }, { ALT: () => this.CONSUME(T.No) }]));
      const word = this.OPTION2(() => this.CONSUME(T.Counted));
      const of = this.OPTION3(() => this.CONSUME(T.Of));
      this.wanted = word === undefined ? EXPECTED.value : EXPECTED.list;
      const set = this.SUBRULE(this.range);
      const ignoreCase = this.SUBRULE(this.ignoring);
      return this.ACTION((): Expr => {
        if (before !== undefined) this.notInside(left, before, has, "has");
        const opSpan = span(has.startOffset, spanOf(of ?? word ?? not ?? has).end);
        const at = span(left.span.start, this.lastEnd());
        const tail: Has = {
          kind: "has",
          mode: not !== undefined && word === undefined ? "none" : (wordOf(word) ?? "one"),
          opSpan: span((before ?? has).startOffset, opSpan.end),
          list: left,
          set: not === undefined ? this.listed(set, word) : LITERALS.includes(set.kind) ? listOf(set) : set,
          ignoreCase,
          span: at,
        };
        if (not !== undefined) this.hasNot(opSpan, set);
        else if (of !== undefined) this.hasOf(`has ${tail.mode}`, opSpan);
        else if (tail.mode === "one" && tail.set.kind === "list") this.hasWhich(opSpan);
        const positive: Expr = tail.mode === "one" && tail.set.kind === "list" ? { ...tail, mode: "any" } : tail;
        if (before === undefined) return positive;
        return { kind: "not", word: "not", opSpan: spanOf(before), operand: positive, span: at };
      });
    },
    broken,
  );

  /** `has any "x"`, `has any ("x")`: a list was meant. */
  private listed(set: Expr, word: IToken | undefined): Expr {
    if (word === undefined || !LITERALS.includes(set.kind)) return this.bracketed(set);
    this.report("list-brackets", {}, set.span, [{ title: "Write `[ ]`", edits: squareBrackets(set.span) }]);
    return listOf(set);
  }

  /** `has not "x"`, `has no "x"`. */
  private hasNot(at: Span, set: Expr): void {
    const isOne = LITERALS.includes(set.kind);
    const repair: Repair = {
      title: "Write `has none`",
      edits: [{ span: at, newText: "has none" }, ...(isOne ? squareBrackets(set.span) : [])],
    };
    this.report("is-compare", { found: this.text.slice(at.start, at.end), meant: "has none" }, at, [repair]);
  }

  /** `has any of [..]`. */
  private hasOf(meant: string, at: Span): void {
    this.report("is-compare", { found: this.text.slice(at.start, at.end), meant }, at, [replace(at, meant)]);
  }

  /** `has ["a", "b"]`: any of them, or all? */
  private hasWhich(at: Span): void {
    this.report("has-which", {}, at, [insert(at.end, " any"), insert(at.end, " all")]);
  }
}

function wordOf(word: IToken | undefined): "any" | "all" | "none" | null {
  const meant = word?.image.toLowerCase();
  return meant === "any" || meant === "all" || meant === "none" ? meant : null;
}

const listOf = (item: Expr): Expr => ({ kind: "list", items: [item], span: item.span });

const squareBrackets = (at: Span): readonly Edit[] => [
  { span: span(at.start, at.start), newText: "[" },
  { span: span(at.end, at.end), newText: "]" },
];
