import { type IToken, Lexer } from "chevrotain";
import type { SourceFile } from "../text/source.ts";
import { type Span, span } from "../text/span.ts";
import { readDigits, readDuration, readText, textValue, type Wrong, writeText } from "./literals.ts";
import { type Edit, type Reporter, remove, replace } from "./report.ts";
import { isQuotedClosed, lineEnd } from "./scan.ts";
import { LEXED, SPELLINGS, T, TOKENS, type TokenName } from "./tokens.ts";

/** A token with its place on its line. `startLine` counts from 0. */
export interface LexToken extends IToken {
  startLine: number;
  /** Nothing but blanks and comments stand before it on its line. */
  first: boolean;
  /** Columns before the first token of its line, a tab taken as four. */
  indent: number;
}

/** A comment; `doc` ones begin with `///`. */
export interface Comment {
  readonly kind: "line" | "block" | "doc";
  /** As written, with its slashes. */
  readonly text: string;
  readonly span: Span;
}

export interface Lexed {
  readonly tokens: LexToken[];
  /** In the order of the text. */
  readonly comments: readonly Comment[];
}

const lexer = new Lexer([...LEXED], {
  positionTracking: "onlyOffset",
  ensureOptimizations: true,
  skipValidations: true,
});

/** The half-open span of a token. */
export const spanOf = (token: IToken): Span => span(token.startOffset, token.startOffset + token.image.length);

/** Gives a token another type. */
export function retag(token: IToken, name: TokenName): void {
  token.tokenType = T[name];
  token.tokenTypeIdx = T[name].tokenTypeIdx as number;
}

/** Cuts a text into tokens and comments, reads its literals and mends what is written otherwise. Whatever the text, it ends and reports. */
export function lex(file: SourceFile, reporter: Reporter): Lexed {
  const { tokens, groups } = lexer.tokenize(file.text);
  oddBlanks(groups["OddBlank"] ?? [], reporter);
  const comments = commentsOf(groups, reporter);
  const kept: LexToken[] = [];
  let line = 0;
  let lastLine = -1;
  let indent = 0;
  let afterMark = -1;
  for (const raw of tokens) {
    if (raw.startOffset < afterMark) continue;
    if (raw.tokenType === T.Unknown && raw.image.startsWith("#")) {
      const end = lineEnd(file.text, raw.startOffset);
      reporter.report("comment-mark", {}, span(raw.startOffset, raw.startOffset + 1), [
        replace(span(raw.startOffset, raw.startOffset + 1), "//"),
      ]);
      afterMark = end;
      continue;
    }
    while (line + 1 < file.lineStarts.length && (file.lineStarts[line + 1] as number) <= raw.startOffset) line++;
    const token = raw as LexToken;
    if (!readToken(token, file.text, reporter)) continue;
    token.startLine = line;
    token.first = line !== lastLine;
    if (token.first) indent = columnOf(file.text, file.lineStarts[line] as number, token.startOffset);
    token.indent = indent;
    lastLine = line;
    kept.push(token);
  }
  // A comment is being begun: it must not become a division that reaches back into what is complete.
  const last = kept.at(-1);
  if (last?.tokenType === T.Divide && spanOf(last).end === file.text.length) {
    kept.pop();
    reporter.report("unexpected-text", { found: "/", expected: null }, spanOf(last));
  }
  return { tokens: kept, comments };
}

function columnOf(text: string, lineStart: number, offset: number): number {
  let column = 0;
  for (let i = lineStart; i < offset; i++) {
    const unit = text.charCodeAt(i);
    if (unit !== 0xfeff) column += unit === 9 ? 4 : 1;
  }
  return column;
}

/** No fix changes more places than this. */
const MOST_EDITS = 10_000;

const LONGEST_SHOWN = 30;

/** User text for a message: one line, not too long, nothing invisible. */
export function shown(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const short = line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN - 1)}…` : line;
  return short.replace(/[\p{Cc}\p{Cs}\p{Zs}\u200b-\u200f\u2060\ufeff]/gu, (c) =>
    c === " " ? c : `U+${(c.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0")}`,
  );
}

/** One finding for all of a file: pasted text has hundreds of them. A mark of the byte order at the very beginning is none. */
function oddBlanks(found: readonly IToken[], reporter: Reporter): void {
  const odd = found.filter((token) => !(token.startOffset === 0 && token.image === "\ufeff"));
  const [first] = odd;
  if (first === undefined) return;
  const edits: Edit[] = odd.slice(0, MOST_EDITS).map((token) => ({
    span: spanOf(token),
    newText: /^[\u200b-\u200f\u2060\ufeff\u180e]+$/.test(token.image) ? "" : " ",
  }));
  reporter.report("odd-blank", {}, spanOf(first), [{ title: "Write ordinary blanks in this file", edits }]);
}

function commentsOf(groups: Record<string, IToken[]>, reporter: Reporter): Comment[] {
  const comments: Comment[] = [];
  for (const [group, kind] of [
    ["LineComment", "line"],
    ["BlockComment", "block"],
    ["DocComment", "doc"],
  ] as const) {
    for (const token of groups[group] ?? []) {
      comments.push({ kind, text: token.image, span: spanOf(token) });
      if (kind === "block" && (token.image.length < 4 || !token.image.endsWith("*/"))) {
        reporter.report("unclosed-comment", {}, span(token.startOffset, token.startOffset + 2));
      }
    }
  }
  return comments.sort((a, b) => a.span.start - b.span.start);
}

/** Settles the type of one token; false where it means nothing and is left out. */
function readToken(token: LexToken, text: string, reporter: Reporter): boolean {
  switch (token.tokenType) {
    case T.Unknown:
      reportUnknown(spanOf(token), token.image, text, reporter);
      return false;
    case T.NumberLike:
      readDigitsToken(token, reporter);
      return true;
    case T.Text:
      readTextToken(token, reporter);
      return true;
    case T.OtherQuotes:
      readQuotedToken(token, reporter);
      return true;
    case T.QuotedName:
      readBackTicks(token, reporter);
      return true;
    case T.WindowStep:
      readWindowStep(token, reporter);
      return true;
  }
  const spelling = SPELLINGS.get(token.tokenType);
  if (spelling === undefined) return true;
  if (spelling.means === null) {
    reporter.report("semicolon", {}, spanOf(token), [remove(spanOf(token), "`;`")]);
    return false;
  }
  const { start, end } = spanOf(token);
  const isRange = token.tokenType.PATTERN === "–" && isDigitAt(text, start - 1) && isDigitAt(text, end);
  const name = isRange ? "Range" : spelling.means;
  const row = TOKENS[name];
  const meant = "text" in row ? row.text : "words" in row ? row.words[0] : "";
  const isWord = "words" in row;
  const padded = `${isWord && start > 0 && !/\s/.test(text[start - 1] as string) ? " " : ""}${meant}${isWord && !/\s/.test(text[end] ?? " ") ? " " : ""}`;
  retag(token, name);
  reporter.report("other-operator", { found: token.image, meant }, { start, end }, [replace({ start, end }, padded)]);
  return true;
}

/** Beside a digit (`500€`) nothing is missing without it; elsewhere something else may have been meant. */
function reportUnknown(at: Span, image: string, text: string, { report }: Reporter): void {
  const isSure = isDigitAt(text, at.start - 1) || isDigitAt(text, at.end);
  report("unknown-character", { found: shown(image) }, at, [remove(at, "it")], isSure);
}

const isDigitAt = (text: string, at: number): boolean => /[0-9]/.test(text[at] ?? "");

/** Reports what is wrong with digits; `at` is their place. */
export function reportWrong(wrong: Wrong, text: string, at: Span, { report }: Reporter): void {
  const repairs = wrong.say.map((say) => replace(at, say));
  const found = shown(text);
  switch (wrong.what) {
    case "number":
      report("number-shape", { found }, at, repairs);
      break;
    case "too-long":
      if (/^[\d_.%]+$/.test(text)) report("number-length", {}, at);
      else report("duration-length", { found }, at);
      break;
    case "duration":
      report("duration-whole", { found }, at);
      break;
    case "unit":
      report("duration-shape", { found, meant: wrong.say[0] ?? "" }, at, repairs);
      break;
    case "minutes-or-months":
      report("minutes-or-months", { found }, at, repairs);
      break;
    case "date-shape":
      report("date-shape", { found }, at, repairs);
      break;
    case "no-such-day":
      report("no-such-day", { found }, at, repairs);
      break;
    case "time":
      report("no-such-time", { found }, at, repairs);
      break;
  }
}

function readDigitsToken(token: LexToken, reporter: Reporter): void {
  const { type, wrong } = readDigits(token.image);
  if (wrong !== null) reportWrong(wrong, token.image, spanOf(token), reporter);
  retag(token, type);
}

/** Where the last character of the image closes the text: it is a quote that no backslash takes. */
export function isTextClosed(image: string): boolean {
  if (image.length < 2 || !image.endsWith('"')) return false;
  let slashes = 0;
  while (image.charCodeAt(image.length - 2 - slashes) === 92) slashes++;
  return slashes % 2 === 0;
}

function readTextToken(token: LexToken, reporter: Reporter): void {
  if (!isTextClosed(token.image)) {
    reporter.report("unclosed-text", { quote: '"' }, span(token.startOffset, token.startOffset + 1));
    return;
  }
  const [problem, ...others] = readText(token.image, 1, token.image.length - 1).problems;
  if (problem === undefined) return;
  const base = token.startOffset;
  const at = span(base + problem.start, base + problem.end + (problem.kind === "escape" ? 1 : 0));
  if (problem.kind === "character") {
    reporter.report("text-character", {}, spanOf(token));
    return;
  }
  const found = token.image.slice(problem.start, problem.end + 1);
  const edits = [problem, ...others]
    .slice(0, MOST_EDITS)
    .flatMap((p) => (p.kind === "escape" ? [{ span: span(base + p.start, base + p.start), newText: "\\" }] : []));
  reporter.report("text-escape", { found: shown(found) }, at, [{ title: "Write the backslash twice", edits }]);
}

function readQuotedToken(token: LexToken, reporter: Reporter): void {
  const closed = isQuotedClosed(token.image);
  retag(token, "Text");
  if (!closed) {
    reporter.report(
      "unclosed-text",
      { quote: token.image[0] as string },
      span(token.startOffset, token.startOffset + 1),
    );
    return;
  }
  reporter.report("other-quotes", { found: shown(token.image) }, spanOf(token), [
    replace(spanOf(token), writeText(textValue(token.image))),
  ]);
}

function readBackTicks(token: LexToken, reporter: Reporter): void {
  const closed = token.image.length > 1 && token.image.endsWith("`");
  if (!closed) reporter.report("bad-quoted-name", { empty: false }, span(token.startOffset, token.startOffset + 1));
  else if (token.image.length === 2) reporter.report("bad-quoted-name", { empty: true }, spanOf(token));
}

function readWindowStep(token: LexToken, reporter: Reporter): void {
  const step = token.image.slice(1).trim();
  const at = span(token.startOffset + token.image.length - step.length, token.startOffset + token.image.length);
  const word = step.slice(0, 4);
  const found = step.slice(4);
  const duration = readDuration(found);
  if (duration === null) {
    const digits = /^\d+/.exec(found)?.[0] ?? "";
    const say = digits === found ? [word === "last" ? `latest(${digits})` : `first(${digits})`, `${step}d`] : [];
    reporter.report(
      "window-step",
      { found: `.${shown(step)}` },
      at,
      say.map((s) => replace(at, s)),
    );
    return;
  }
  const { wrong, amount, unit } = duration;
  if (wrong === null) return;
  const say = wrong.what === "unit" ? [`${amount}${unit}`] : wrong.say;
  reportWrong({ ...wrong, say: say.map((s) => word + s) }, step, at, reporter);
}
