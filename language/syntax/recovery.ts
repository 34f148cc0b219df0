import { EmbeddedActionsParser, EOF, type IParserConfig, type IToken, type TokenType } from "chevrotain";
import type { ParamsOf, Slug } from "../diagnostics/catalog.ts";
import { type Span, span } from "../text/span.ts";
import type { Expr, Name } from "./ast.ts";
import { shown, spanOf } from "./lexer.ts";
import { EXPECTED, type Expected } from "./messages.ts";
import { errorNode, nameOf, noName } from "./nodes.ts";
import { insert, type Repair, type Reporter, remove, replace } from "./report.ts";
import { DECLARATION_WORDS, T, type TokenName } from "./tokens.ts";

/** The value of an expression rule that Chevrotain had to leave. */
export const broken = { recoveryValueFunc: (): Expr => errorNode(span(0, 0)) };

/** What Chevrotain's own parser offers its traits and does not declare. */
interface Cursor {
  readonly currIdx: number;
  SKIP_TOKEN(): IToken;
}

const tokens = (...names: readonly TokenName[]): ReadonlySet<TokenType> => new Set(names.map((name) => T[name]));

/** What may begin a value; the grammar's alternatives of a value are these. */
export const VALUE_STARTS = tokens(
  "Name",
  "Text",
  "Number",
  "Percent",
  "Date",
  "Timestamp",
  "Duration",
  "Wrong",
  "True",
  "False",
  "LSquare",
  "LParen",
  "Last",
  "Next",
  "This",
  "Previous",
  "If",
  "Counted",
  "Ranked",
);
const LITERALS = tokens("Text", "Number", "Percent", "Date", "Timestamp", "Duration", "LSquare", "Wrong");
const NAME_LIKE = tokens("In", "Is", "Where", "Of", "By", "Per", "Has", "Then", "Else");
const AFTER_NAME = tokens("Equal", "NotEqual", "Less", "LessEqual", "Greater", "GreaterEqual", "Dot", "WindowStep");
/** Never left out: whatever is broken before it, a declaration begins here. */
const DECLARING = tokens(...DECLARATION_WORDS.values());
/** What opens a level, and what closes it. */
export const OPENING = tokens("LParen", "LSquare", "LCurly");
export const CLOSING = tokens("RParen", "RSquare", "RCurly");
const INSERTABLE = tokens("RParen", "RSquare", "RCurly", "Comma");

/** Deeper than this is nested too deep, for brackets, prefixes and chains of steps. */
export const DEEPEST = 60;

/**
 * How this parser mends: no rule throws. What must stand at a place is looked for; where it is missing that is reported, once for each
 * token at which the parser stands, and reading goes on. Chevrotain's own recovery is the net below, and only closes brackets.
 */
export abstract class RecoveringParser extends EmbeddedActionsParser {
  #reporter: Reporter = { report: () => {}, diagnostics: [] };
  /** The index of the token at which something was found last. */
  #failedAt = Number.NEGATIVE_INFINITY;
  /** Whether anything but slips was found in this declaration. */
  protected failed = false;
  /** What the next value is for. */
  protected wanted: Expected = EXPECTED.either;
  /** How many values the one being read is inside of. */
  protected depth = 0;
  /** Where the declaration that is being read ends in the text. */
  #end = 0;
  /** The text of the file. */
  protected text = "";

  constructor(vocabulary: TokenType[], config: IParserConfig) {
    super(vocabulary, config);
  }

  override canTokenTypeBeInsertedInRecovery(type: TokenType): boolean {
    return INSERTABLE.has(type);
  }

  /** Sets the parser to the tokens of one declaration. */
  protected begin(chunk: readonly IToken[], text: string, reporter: Reporter): void {
    this.text = text;
    this.#reporter = reporter;
    this.#failedAt = Number.NEGATIVE_INFINITY;
    this.failed = false;
    this.depth = 0;
    const last = chunk.at(-1);
    this.#end = last === undefined ? 0 : spanOf(last).end;
    this.input = chunk as IToken[];
  }

  /** A finding of its own, whatever was found at this token before. */
  protected report<S extends Slug>(
    slug: S,
    params: ParamsOf<S>,
    at: Span,
    repairs?: readonly Repair[],
    sure?: boolean,
  ): void {
    this.#reporter.report(slug, params, at, repairs, sure);
  }

  /** A finding because of the next token, unless it follows from one just before. */
  protected fail<S extends Slug>(
    slug: S,
    params: ParamsOf<S>,
    at: Span,
    repairs?: readonly Repair[],
    sure?: boolean,
  ): void {
    const follows = this.hasFailed();
    this.#failedAt = this.cursor.currIdx;
    this.failed = true;
    // What the lexer could not read is reported already.
    if (!follows && !this.is("Wrong")) this.report(slug, params, at, repairs, sure);
  }

  /** Whether something was found so near that what is found now follows from it: fewer than three tokens were read since. */
  protected hasFailed(): boolean {
    return this.cursor.currIdx - this.#failedAt < 3;
  }

  /** What is found from here on is another matter, except at this very token. */
  protected settle(): void {
    if (this.#failedAt !== this.cursor.currIdx) this.#failedAt = Number.NEGATIVE_INFINITY;
  }

  private get cursor(): Cursor {
    return this as unknown as Cursor;
  }

  protected is(name: TokenName): boolean {
    return this.LA(1).tokenType === T[name];
  }

  protected atEnd(): boolean {
    return this.LA(1).tokenType === EOF;
  }

  /** Where the last token read ends. */
  protected lastEnd(): number {
    const token = this.LA(0);
    return token.tokenType === EOF ? this.here().start : spanOf(token).end;
  }

  /** The next token's place; at the end, the end. */
  protected here(): Span {
    const token = this.LA(1);
    return token.tokenType === EOF ? span(this.#end, this.#end) : spanOf(token);
  }

  /** The next token as messages show it; null at the end. */
  protected found(): string | null {
    const token = this.LA(1);
    return token.tokenType === EOF ? null : shown(token.image);
  }

  /** The index of the next token. */
  protected position(): number {
    return this.cursor.currIdx + 1;
  }

  /** Everything up to the end is read. */
  protected goToEnd(): void {
    while (!this.atEnd()) this.skip();
  }

  /** Leaves out the next token. */
  protected skip(): void {
    this.cursor.SKIP_TOKEN();
  }

  /** Something is not there. */
  protected lacks(expected: Expected): void {
    this.fail("missing-value", { before: this.found(), expected }, this.here());
  }

  /** A value that is not there. Nothing is left out, except a reserved word that was meant as a name. */
  protected missing(expected: Expected): Expr {
    const at = this.here();
    const token = this.LA(1);
    if (NAME_LIKE.has(token.tokenType) && AFTER_NAME.has(this.LA(2).tokenType) && !this.hasFailed()) {
      this.report("reserved-name", { word: token.image }, at, [replace(at, `\`${token.image}\``)]);
      this.skip();
      return { kind: "name", name: nameOf(token), span: at };
    }
    this.lacks(expected);
    const end = this.lastEnd();
    return errorNode(span(end, end));
  }

  /** A name that is not there. */
  protected missingName(what: string): Name {
    this.fail("missing-name", { what, before: this.found() }, this.here());
    return noName(this.lastEnd());
  }

  /** A word that is not there and is read as if it were. */
  protected missingWord(word: string): void {
    const before = this.found();
    if (before === null) this.fail("missing-value", { before, expected: `\`${word}\`` }, this.here());
    else this.fail("missing-word", { word, before }, this.here(), [insert(this.here().start, `${word} `)]);
  }

  /** Goes on to the bracket that closes `open`: whatever stands before it is reported and left out. Where there is none, nothing is left out. */
  protected seek(close: TokenName, open: IToken): void {
    if (this.is(close)) return;
    const at = this.distanceTo(close);
    if (at < 0) {
      this.unclosed(open);
      return;
    }
    this.unexpected(`\`${closeOf(open)}\``);
    for (let i = 1; i < at; i++) this.skip();
  }

  /** A bracket that nothing closes. What closes a block stands on a line of its own. */
  protected unclosed(open: IToken): void {
    const close = closeOf(open);
    const end = this.lastEnd();
    const isBlock = close === "}" && this.text.slice(spanOf(open).end, end).includes("\n");
    const repair = insert(end, isBlock ? `\n${close}` : close);
    this.fail("unclosed-bracket", { open: open.image, close }, spanOf(open), [repair]);
  }

  /** Text that does not fit where it stands: a number with a comma, a bracket too many, or anything else. */
  private unexpected(expected: string | null): void {
    const at = this.here();
    const found = this.found() ?? "";
    const [before, after] = [this.LA(0), this.LA(2)];
    const isNumber = (token: IToken): boolean => token.tokenType === T.Number;
    if (this.is("Comma") && isNumber(before) && isNumber(after) && isJoined(before, this.LA(1), after)) {
      const written = `${before.image},${after.image}`;
      const [decimal, thousands] = [`${before.image}.${after.image}`, `${before.image}_${after.image}`];
      const number = span(spanOf(before).start, spanOf(after).end);
      const readings = (after.image.length === 3 ? [thousands, decimal] : [decimal]).map((text) =>
        replace(number, text),
      );
      this.fail("number-shape", { found: written }, number, readings);
    } else {
      const repairs = CLOSING.has(this.LA(1).tokenType) ? [remove(at, `\`${found}\``)] : [];
      this.fail("unexpected-text", { found, expected }, at, repairs);
    }
  }

  /** How many tokens ahead the bracket stands that closes this level; -1 where another level or a label comes first. */
  private distanceTo(close: TokenName): number {
    let depth = 0;
    for (let i = 1; ; i++) {
      const type = this.LA(i).tokenType;
      if (type === EOF || DECLARING.has(type) || (type === T.Label && close !== "RCurly")) return -1;
      if (depth === 0 && type === T[close]) return i;
      if (OPENING.has(type)) depth++;
      else if (CLOSING.has(type) && depth-- === 0) return -1;
    }
  }

  /** Reports (unless `silent`) and leaves out everything up to one of the tokens at this level, or to the end. */
  protected skipTo(stops: ReadonlySet<TokenType>, expected: string | null, silent = false): void {
    let depth = 0;
    let reported = silent;
    for (;;) {
      const type = this.LA(1).tokenType;
      if (type === EOF || DECLARING.has(type) || (depth === 0 && stops.has(type))) return;
      if (!reported) this.unexpected(expected);
      reported = true;
      if (OPENING.has(type)) depth++;
      else if (CLOSING.has(type) && depth > 0) depth--;
      this.skip();
      this.#failedAt = this.cursor.currIdx;
    }
  }

  /** Whether the next token begins a value; every alternative of the grammar's `primary` begins so. */
  protected startsPrimary(): boolean {
    return VALUE_STARTS.has(this.LA(1).tokenType);
  }

  protected startsLiteral(): boolean {
    return LITERALS.has(this.LA(1).tokenType);
  }

  /** Whether the word stands a few tokens ahead: what lies before it is too much, not too little. */
  protected comesSoon(name: TokenName): boolean {
    return [2, 3, 4].some((ahead) => this.LA(ahead).tokenType === T[name]);
  }

  /** On the line of the token before it. */
  protected onSameLine(): boolean {
    return !(this.LA(1) as IToken & { first?: boolean }).first;
  }
}

const isJoined = (...parts: readonly IToken[]): boolean =>
  parts.every((part, i) => i === 0 || spanOf(parts[i - 1] as IToken).end === part.startOffset);

const closeOf = (open: IToken): string => (open.image === "(" ? ")" : open.image === "[" ? "]" : "}");
