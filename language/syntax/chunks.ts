import { isDeclaration } from "./layout.ts";
import type { LexToken } from "./lexer.ts";
import { T } from "./tokens.ts";
import { endsValue, isAtMargin } from "./words.ts";

/** The tokens of one declaration, with its annotations; `word` is the index of its word, or -1 where there is none. */
export interface Chunk {
  readonly tokens: readonly LexToken[];
  readonly word: number;
}

/**
 * Parts a file into declarations before any of them is read. What is broken in one cannot reach another: this is why a broken
 * declaration leaves all others as they are, and why recovery can never delete a declaration word.
 */
export function chunks(tokens: readonly LexToken[]): Chunk[] {
  const found: Chunk[] = [];
  let start = 0;
  let word = -1;
  let brackets = 0;
  let curly = 0;
  let margin = 0;
  const cut = (at: number): void => {
    if (at <= start) return;
    found.push({ tokens: tokens.slice(start, at), word: word < 0 ? -1 : word - start });
    start = at;
    word = -1;
    brackets = 0;
    curly = 0;
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as LexToken;
    if (isDeclaration(token)) {
      const front = frontOf(tokens, i, word < 0 ? start : word + 1);
      if (word >= 0 || !isFront(tokens, start, front)) cut(front);
      word = i;
      brackets = 0;
      curly = 0;
      margin = token.indent;
    } else if (
      brackets + curly === 0 &&
      isStray(token, tokens[i - 1], margin) &&
      !(word < 0 && tokens[start]?.tokenType === T.Annotation)
    ) {
      cut(frontOf(tokens, i, word < 0 ? start : word + 1));
    }
    if (token.tokenType === T.LParen || token.tokenType === T.LSquare) brackets++;
    if (token.tokenType === T.RParen || token.tokenType === T.RSquare) brackets = Math.max(0, brackets - 1);
    if (token.tokenType === T.LCurly) curly++;
    if (token.tokenType === T.RCurly) curly = Math.max(0, curly - 1);
  }
  cut(tokens.length);
  return found;
}

/** At the margin, after a complete value: the word of a declaration was left out here, or annotations begin. */
function isStray(token: LexToken, before: LexToken | undefined, margin: number): boolean {
  if (!isAtMargin(token, margin) || before === undefined || !endsValue(before)) return false;
  const type = token.tokenType;
  return type === T.Name || type === T.Label || type === T.Annotation;
}

/** The first token of the annotations and the `default` that stand before the declaration word at `at`. */
function frontOf(tokens: readonly LexToken[], at: number, start: number): number {
  let front = at;
  if (front > start && tokens[front - 1]?.tokenType === T.Default) front--;
  for (;;) {
    let i = front - 1;
    if (tokens[i]?.tokenType === T.RParen)
      while (i >= start && tokens[i]?.tokenType !== T.LParen && tokens[i]?.tokenType !== T.Annotation) i--;
    if (tokens[i]?.tokenType === T.LParen) i--;
    const mark = i - 1;
    if (mark < start || tokens[mark]?.tokenType !== T.Annotation || tokens[i]?.tokenType !== T.Name) break;
    front = mark;
  }
  // Annotations of a field end its line; those of a declaration begin theirs.
  while (front < at && !(tokens[front] as LexToken).first && front > start) front++;
  return front;
}

/** Whether nothing but annotations, perhaps broken ones, stands there; a word that begins a line outside their brackets is none. */
function isFront(tokens: readonly LexToken[], from: number, to: number): boolean {
  if (from === to) return true;
  if (tokens[from]?.tokenType !== T.Annotation) return false;
  let brackets = 0;
  for (let i = from; i < to; i++) {
    const token = tokens[i] as LexToken;
    const type = token.tokenType;
    if (type === T.LParen) brackets++;
    if (type === T.RParen) brackets--;
    if (type === T.Name && token.first && brackets <= 0 && tokens[i - 1]?.tokenType !== T.Annotation) return false;
    const fits =
      type === T.Annotation ||
      type === T.Name ||
      type === T.Text ||
      type === T.LParen ||
      type === T.RParen ||
      type === T.Comma;
    if (!fits) return false;
  }
  return true;
}
