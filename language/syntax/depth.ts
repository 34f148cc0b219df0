import { isDeclaration } from "./layout.ts";
import { type LexToken, retag, spanOf } from "./lexer.ts";
import { CLOSING, DEEPEST, OPENING } from "./recovery.ts";
import type { Reporter } from "./report.ts";

/** The tokens with brackets that are nested too deep as one token each, which stands for anything. */
export function withoutDepths(tokens: readonly LexToken[], text: string, found: Reporter): readonly LexToken[] {
  if (!isDeep(tokens)) return tokens;
  const kept: LexToken[] = [];
  let depth = 0;
  let hidden: LexToken | null = null;
  for (const [i, token] of tokens.entries()) {
    const type = token.tokenType;
    if (OPENING.has(type)) depth++;
    if (depth > DEEPEST && hidden === null) {
      found.report("too-deep", { limit: DEEPEST }, spanOf(token));
      hidden = { ...token };
      retag(hidden, "Wrong");
      kept.push(hidden);
    }
    if (CLOSING.has(type)) depth = Math.max(0, depth - 1);
    if (hidden === null) kept.push(token);
    if (hidden !== null && (depth <= DEEPEST || i === tokens.length - 1 || isDeclaration(tokens[i + 1]))) {
      hidden.image = text.slice(hidden.startOffset, spanOf(token).end);
      hidden = null;
    }
    if (isDeclaration(tokens[i + 1])) depth = 0;
  }
  return kept;
}

/** Whether there are enough brackets to be too deep. */
function isDeep(tokens: readonly LexToken[]): boolean {
  let opened = 0;
  for (const token of tokens) if (OPENING.has(token.tokenType)) opened++;
  return opened > DEEPEST;
}
