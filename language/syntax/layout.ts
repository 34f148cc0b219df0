import type { TokenType } from "chevrotain";
import { editDistance, nearest } from "../diagnostics/suggest.ts";
import { span } from "../text/span.ts";
import { isTextClosed, type LexToken, reportWrong, retag, spanOf } from "./lexer.ts";
import { isAnyUnit, readDuration } from "./literals.ts";
import { type Reporter, replace } from "./report.ts";
import { DECLARATION_WORDS, RESERVED, T, TOKENS, type TokenName, WORDS } from "./tokens.ts";
import {
  endsValue,
  isAtMargin,
  isComparingWord,
  isPlainName,
  type Surroundings,
  startsValue,
  wordAt,
} from "./words.ts";

/** What its neighbours have a say in; everything else is what the lexer made of it. */
const NEEDS_NEIGHBOURS: ReadonlySet<TokenType> = new Set([T.Name, T.QuotedName, T.Text, T.Dot, T.Range]);

type Mutable<A> = { -readonly [K in keyof A]: A[K] };

const NONE: Surroundings["before"] = [undefined, undefined];

/**
 * Settles what each word is by its neighbours: labels, declaration words, words of the language and misspelt ones, durations of two
 * words, open ranges. After it, one token of lookahead tells the grammar nearly everything, and a declaration word is never a name.
 */
export function layout(raw: readonly LexToken[], text: string, reporter: Reporter): LexToken[] {
  const out: LexToken[] = [];
  let declaration: TokenName | null = null;
  let curly = 0;
  let inFields = false;
  let margin = 0;
  const shouted: LexToken[] = [];
  // One for all tokens: nobody keeps it.
  const around: Mutable<Surroundings> = { before: NONE, after: NONE, declaration, curly, inFields, margin };
  for (let i = 0; i < raw.length; i++) {
    const token = raw[i] as LexToken;
    if (!NEEDS_NEIGHBOURS.has(token.tokenType)) {
      if (token.tokenType === T.LCurly) curly++;
      else if (token.tokenType === T.RCurly) curly = Math.max(0, curly - 1);
      else if (token.tokenType === T.Number && joinDuration(token, raw[i + 1], raw[i + 2], text, reporter)) i++;
      out.push(token);
      continue;
    }
    const last = out[out.length - 1];
    // Most words are plain names where only a value can stand.
    if (
      token.tokenType === T.Name &&
      last !== undefined &&
      !endsValue(last) &&
      !isSpecial(token.image) &&
      raw[i + 1]?.tokenType !== T.Colon &&
      !WINDOW_IN_ONE.test(token.image)
    ) {
      out.push(token);
      continue;
    }
    around.before = [last, out[out.length - 2]];
    around.after = [raw[i + 1], raw[i + 2]];
    around.declaration = declaration;
    around.curly = curly;
    around.inFields = inFields || curly > 0;
    around.margin = margin;
    switch (token.tokenType) {
      case T.Name:
      case T.QuotedName: {
        if (isLabel(token, raw[i + 1])) {
          retag(token, "Label");
          inFields = true;
          i++;
          break;
        }
        const window = spacedWindow(token, around, reporter);
        if (window !== null) {
          out.push(...window);
          continue;
        }
        if (token.tokenType === T.QuotedName) retag(token, "Name");
        else settleWord(token, around, shouted, reporter);
        if (isDeclaration(token)) {
          // The word itself belongs to the declaration that it opens.
          const own = shouted.at(-1) === token ? shouted.pop() : undefined;
          reportShouted(shouted, reporter);
          if (own !== undefined) shouted.push(own);
          declaration = token.tokenType.name as TokenName;
          curly = 0;
          inFields = false;
          margin = token.indent;
        } else if (
          isAtMargin(token, margin) &&
          curly === 0 &&
          endsValue(around.before[0]) &&
          token.tokenType === T.Name
        ) {
          declaration = null;
          inFields = false;
        }
        break;
      }
      case T.Text:
        // The closing quote of a text that has no opening one.
        if (endsValue(around.before[0]) && !isTextClosed(token.image)) retag(token, "Wrong");
        break;
      case T.Dot:
        if (joinFraction(token, raw[i + 1], around, reporter)) i++;
        break;
      case T.Range:
        if (isOpen(token, around)) retag(token, "OpenRange");
        break;
    }
    out.push(token);
  }
  reportShouted(shouted, reporter);
  return out;
}

/** Words in capital letters, all that a declaration has as one finding. */
function reportShouted(shouted: LexToken[], { report }: Reporter): void {
  const [first] = shouted;
  if (first === undefined) return;
  const found = first.image;
  const edits = shouted.map((token) => ({ span: spanOf(token), newText: token.image.toLowerCase() }));
  const title =
    shouted.length === 1 ? `Write \`${found.toLowerCase()}\`` : "Write the words of this declaration in small letters";
  report("word-spelling", { found, meant: found.toLowerCase() }, spanOf(first), [{ title, edits }]);
  shouted.length = 0;
}

const DECLARATIONS: ReadonlySet<TokenType> = new Set([...DECLARATION_WORDS.values()].map((name) => T[name]));

/** Whether a settled token opens a declaration. */
export const isDeclaration = (token: LexToken | undefined): boolean =>
  token !== undefined && DECLARATIONS.has(token.tokenType);

const isLabel = (token: LexToken, next: LexToken | undefined): boolean =>
  next?.tokenType === T.Colon && next.startLine === token.startLine;

/** The rule of layout that keeps other declarations when one is broken. */
function declarationAt(token: LexToken, word: string, around: Surroundings): TokenName | null {
  const name = DECLARATION_WORDS.get(word);
  if (name === undefined) return null;
  const [before] = around.before;
  const [after] = around.after;
  const sameLine = before !== undefined && !token.first;
  if (before?.tokenType === T.Dot && sameLine) return null;
  if (isPlainName(after)) {
    if (sameLine && before.tokenType === T.Label) return null;
    return sameLine && !endsValue(before) && before.tokenType !== T.Default && isComparingWord(after) ? null : name;
  }
  // Its name is missing, or not there yet: it must not pull down the declaration before it.
  return isAtMargin(token, around.margin) && (before === undefined || endsValue(before)) ? name : null;
}

/** Whether a word could be one of the language's, as it is, in other letters, or misspelt where a value stands (`nto`). */
function isSpecial(word: string): boolean {
  if (WORDS.has(word)) return true;
  if (word.length === 3 && /n/i.test(word) && /o/i.test(word) && /t/i.test(word)) return true;
  const small = word.toLowerCase();
  return small !== word && WORDS.has(small);
}

function settleWord(token: LexToken, around: Surroundings, shouted: LexToken[], reporter: Reporter): void {
  const word = token.image;
  const [before] = around.before;
  const name = declarationAt(token, word, around) ?? (before?.tokenType === T.Dot ? null : wordAt(word, around));
  if (name !== null) retag(token, name);
  if (name !== null || before?.tokenType === T.Dot) return;
  if (isDeclaration(before) && before?.startLine === token.startLine) return;
  const small = otherCase(token, around);
  if (small !== null) {
    retag(token, small.name);
    if (TOKENS[small.name].kind !== "wrong") shouted.push(token);
    return;
  }
  const meant = misspelt(token, around);
  if (meant === null) return;
  retag(token, meant.name);
  reporter.report("word-spelling", { found: word, meant: meant.word }, spanOf(token), [
    replace(spanOf(token), meant.word),
  ]);
}

interface Meant {
  readonly name: TokenName;
  readonly word: string;
}

/** `AND`, `Segment`, `IS NULL`. */
function otherCase(token: LexToken, around: Surroundings): Meant | null {
  const word = token.image.toLowerCase();
  if (word === token.image) return null;
  const declaration =
    token.first && (around.before[0] === undefined || endsValue(around.before[0]))
      ? declarationAt(token, word, around)
      : null;
  const name = declaration ?? wordAt(word, around);
  return name === null ? null : { name, word };
}

const AFTER_VALUE: readonly TokenName[] = [
  "And",
  "Or",
  "In",
  "Is",
  "Where",
  "Else",
  "Of",
  "Contains",
  "Starts",
  "Ends",
  "Ignoring",
];
const IN_HEADER: readonly TokenName[] = [
  "From",
  "Since",
  "Until",
  "At",
  "Scheduled",
  "Once",
  "Fresh",
  "Keeps",
  "Where",
  "By",
  "And",
  "Or",
];
const IN_FIELD: readonly TokenName[] = ["Key", "Optional", "From", "In", "By"];
const IS_ALONE: ReadonlySet<TokenName> = new Set<TokenName>(["Key", "Optional", "Scheduled"]);

const wordOf = (name: TokenName): string => {
  const row = TOKENS[name];
  return "words" in row ? row.words[0] : "";
};
const words = (names: readonly TokenName[]): ReadonlyMap<string, TokenName> =>
  new Map(names.map((name) => [wordOf(name), name]));
const CANDIDATES = { value: words(AFTER_VALUE), header: words(IN_HEADER), field: words(IN_FIELD) };

/** `wehre`, `adn`, `segmnt`: a name where no name can stand, and a word of the language that is nearly the same. */
function misspelt(token: LexToken, around: Surroundings): Meant | null {
  const [before] = around.before;
  const [after] = around.after;
  const word = token.image;
  if (word.length > 20) return null;
  if (before !== undefined && !endsValue(before)) {
    return word !== "not" && sameLetters(word, "not") && startsValue(after) ? { name: "Not", word: "not" } : null;
  }
  if (token.first && around.curly === 0 && isPlainName(after) && after?.startLine === token.startLine) {
    const declared = near(word, DECLARATION_WORDS);
    if (declared !== null) return declared;
  }
  if (before === undefined) return null;
  const isHeader = around.declaration === "Entity" || around.declaration === "Event" || around.declaration === "Extend";
  const meant = near(word, isHeader ? (around.inFields ? CANDIDATES.field : CANDIDATES.header) : CANDIDATES.value);
  if (meant === null) return null;
  return IS_ALONE.has(meant.name) ||
    startsValue(after) ||
    (after !== undefined && RESERVED.has(after.image) && !/^(and|or)$/.test(after.image))
    ? meant
    : null;
}

function near(word: string, candidates: ReadonlyMap<string, TokenName>): Meant | null {
  const found = nearest(word, candidates.keys());
  if (found === null || found === word || word.includes("_")) return null;
  const short = word.length < 4 || found.length < 4;
  if (
    short &&
    !sameLetters(word, found) &&
    !(word.length === found.length + 1 && editDistance(word, found) === 1 && word.startsWith(found))
  )
    return null;
  return { name: candidates.get(found) as TokenName, word: found };
}

const sorted = (word: string): string => [...word.toLowerCase()].sort().join("");
const sameLetters = (a: string, b: string): boolean => a.length === b.length && sorted(a) === sorted(b);

/** `90 days` is one token, as `90d` is. */
function joinDuration(
  token: LexToken,
  unit: LexToken | undefined,
  after: LexToken | undefined,
  text: string,
  reporter: Reporter,
): boolean {
  if (unit?.tokenType !== T.Name || !isAnyUnit(unit.image) || isLabel(unit, after)) return false;
  const start = token.startOffset;
  const end = unit.startOffset + unit.image.length;
  if (!/^[ \t]+$/.test(text.slice(start + token.image.length, unit.startOffset))) return false;
  token.image = text.slice(start, end);
  token.endOffset = end - 1;
  retag(token, "Duration");
  const wrong = readDuration(token.image)?.wrong ?? null;
  if (wrong !== null) reportWrong(wrong, token.image, span(start, end), reporter);
  return true;
}

/** `.5` where a value is due. */
function joinFraction(dot: LexToken, digits: LexToken | undefined, around: Surroundings, reporter: Reporter): boolean {
  if (digits?.tokenType !== T.Number || digits.startOffset !== dot.startOffset + 1) return false;
  if (around.before[0] === undefined || endsValue(around.before[0])) return false;
  dot.image += digits.image;
  dot.endOffset = dot.startOffset + dot.image.length - 1;
  retag(dot, "Number");
  reportWrong({ what: "number", say: [`0${dot.image}`] }, dot.image, spanOf(dot), reporter);
  return true;
}

/** An open range ends with its line, and before anything that begins no value. */
function isOpen(token: LexToken, around: Surroundings): boolean {
  const [after] = around.after;
  if (!startsValue(after) || after?.startLine !== token.startLine) return true;
  return (
    around.inFields &&
    around.declaration !== "Segment" &&
    after.tokenType === T.Name &&
    /^(key|optional|from)$/.test(after.image)
  );
}

/** `last90d`, which is one step after a dot, and two words elsewhere. */
const WINDOW_IN_ONE = /^(last|next)(\d[\d_]*[a-z]+)$/;

/** `in last90d`: two words were meant. */
function spacedWindow(token: LexToken, around: Surroundings, reporter: Reporter): LexToken[] | null {
  const [before] = around.before;
  if (before?.tokenType !== T.In && before?.tokenType !== T.LParen) return null;
  const parts = WINDOW_IN_ONE.exec(token.image);
  const duration = parts === null ? null : readDuration(parts[2] as string);
  if (parts === null || duration === null || (before.tokenType === T.LParen && around.before[1]?.image !== "during"))
    return null;
  const meant = `${parts[1]} ${duration.wrong?.say[0] ?? parts[2]}`;
  reporter.report("spaced-window", { found: token.image, meant }, spanOf(token), [replace(spanOf(token), meant)]);
  const time: LexToken = {
    ...token,
    image: parts[2] as string,
    startOffset: token.startOffset + 4,
    first: false,
  };
  token.image = parts[1] as string;
  token.endOffset = token.startOffset + 3;
  retag(token, parts[1] === "last" ? "Last" : "Next");
  retag(time, "Duration");
  return [token, time];
}
