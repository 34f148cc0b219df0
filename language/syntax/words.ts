import type { TokenType } from "chevrotain";
import type { LexToken } from "./lexer.ts";
import { DECLARATION_WORDS, RESERVED, T, TOKENS, type TokenName } from "./tokens.ts";

const types = (...names: readonly TokenName[]): ReadonlySet<TokenType> => new Set(names.map((name) => T[name]));

/** After these a value is complete: a name that follows is out of place, or a word of the language. */
const ENDS = types(
  "Name",
  "QuotedName",
  "Text",
  "Number",
  "Percent",
  "Date",
  "Timestamp",
  "Duration",
  "Wrong",
  "True",
  "False",
  "Null",
  "Known",
  "Missing",
  "Case",
  "Ago",
  "Unit",
  "WindowStep",
  "OpenRange",
  "RParen",
  "RSquare",
  "RCurly",
  "Key",
  "Optional",
  "Scheduled",
);
/** The beginning of a value, before words have been looked at. */
const STARTS = types(
  "Name",
  "QuotedName",
  "Text",
  "Number",
  "Percent",
  "Date",
  "Timestamp",
  "Duration",
  "Wrong",
  "Minus",
  "LParen",
  "LSquare",
);
const DIGITS = types("Number", "Duration", "Wrong");
const PERIOD_WORDS = types("This", "Previous", "Next", "Last", "Full");
const EQUALS = types("Equal", "NotEqual");

export const endsValue = (token: LexToken | undefined): boolean => token !== undefined && ENDS.has(token.tokenType);

/** Whether the token, straight from the lexer, is a name and not a reserved word. */
export const isPlainName = (token: LexToken | undefined): boolean =>
  token !== undefined &&
  (token.tokenType === T.QuotedName || (token.tokenType === T.Name && !RESERVED.has(token.image)));

/** Whether the token, straight from the lexer, may begin a value. */
export const startsValue = (token: LexToken | undefined): boolean =>
  token !== undefined &&
  STARTS.has(token.tokenType) &&
  !(token.tokenType === T.Name && INFIX_RESERVED.has(token.image));

const INFIX_RESERVED: ReadonlySet<string> = new Set([
  "and",
  "or",
  "in",
  "is",
  "has",
  "where",
  "else",
  "then",
  "of",
  "by",
  "per",
]);

/** What the layout pass knows at a word. */
export interface Surroundings {
  /** Tokens before, already settled, nearest first. */
  readonly before: readonly [LexToken | undefined, LexToken | undefined];
  /** Tokens after, straight from the lexer. */
  readonly after: readonly [LexToken | undefined, LexToken | undefined];
  /** The word of the declaration it stands in; null outside of all. */
  readonly declaration: TokenName | null;
  /** How many `{` are open. */
  readonly curly: number;
  /** Inside `{ }`, or where that is missing, after the first label. */
  readonly inFields: boolean;
  /** How far the line of the declaration is indented. */
  readonly margin: number;
}

const HEADERS: ReadonlySet<TokenName | null> = new Set<TokenName | null>(["Entity", "Event", "Extend"]);
const HEADER_WORDS: ReadonlyMap<string, TokenName> = new Map<string, TokenName>([
  ["from", "From"],
  ["since", "Since"],
  ["until", "Until"],
  ["at", "At"],
  ["scheduled", "Scheduled"],
  ["once", "Once"],
  ["fresh", "Fresh"],
  ["keeps", "Keeps"],
]);
const FIELD_WORDS: ReadonlyMap<string, TokenName> = new Map<string, TokenName>([
  ["from", "From"],
  ["key", "Key"],
  ["optional", "Optional"],
]);
const COMPARING_WORDS: ReadonlyMap<string, TokenName> = new Map<string, TokenName>([
  ["contains", "Contains"],
  ["starts", "Starts"],
  ["ends", "Ends"],
  ["between", "Between"],
  ["ignoring", "Ignoring"],
]);

/** Words that a field may be followed by, in a condition. */
export const isComparingWord = (token: LexToken | undefined): boolean =>
  token?.tokenType === T.Name && COMPARING_WORDS.has(token.image);

/** Begins a line that is no further indented than a declaration; a blank more may be left of a word that was taken away. */
export const isAtMargin = (token: LexToken, margin: number): boolean => token.first && token.indent <= margin + 1;

const isUnit = (token: LexToken | undefined): boolean => token?.tokenType === T.Name && isPeriod(token.image);
const PERIODS: ReadonlySet<string> = new Set(TOKENS.Unit.words);
const isPeriod = (word: string): boolean => PERIODS.has(word);
const isName = (token: LexToken | undefined, ...words: readonly string[]): boolean =>
  token?.tokenType === T.Name && words.includes(token.image.toLowerCase());

/** What a word is where it stands; null where it is a name. Only its neighbours decide, so that the grammar needs no guessing. */
export function wordAt(word: string, around: Surroundings): TokenName | null {
  const [before, before2] = around.before;
  const [after, after2] = around.after;
  const ended = endsValue(before);
  const reserved = RESERVED.get(word);
  if (reserved !== undefined) return reserved;
  const comparing = COMPARING_WORDS.get(word);
  if (comparing !== undefined) return ended || (before?.tokenType === T.Not && endsValue(before2)) ? comparing : null;
  if (HEADERS.has(around.declaration)) {
    const name = (around.inFields ? FIELD_WORDS : HEADER_WORDS).get(word);
    if (name !== undefined && ended) return name;
    if (word === "within" && before?.tokenType === T.Fresh) return "Within";
    if (word === "many" && before?.tokenType === T.Label && isPlainName(after)) return "Many";
  }
  const type = before?.tokenType;
  switch (word) {
    case "list":
      return isName(after, "of") && (type === T.Label || type === T.Of) ? "ListOf" : null;
    case "json":
      return after?.tokenType === T.LCurly ? "Json" : null;
    case "default":
      return after?.tokenType === T.Name && DECLARATION_WORDS.has(after.image) && !after.first ? "Default" : null;
    case "with":
      if (around.declaration === "Test" && around.curly === 0 && after?.tokenType === T.LCurly) return "With";
      return type === T.Starts || type === T.Ends || (ended && isName(after, "ties")) ? "With" : null;
    case "case":
      return type === T.Ignoring ? "Case" : null;
    case "known":
      return isAfterIs(type, before2) ? "Known" : null;
    case "missing":
      if (around.declaration === "Test" && type === T.Label) return "Missing";
      return isAfterIs(type, before2) ? "Missing" : null;
    case "null":
      return isAfterIs(type, before2) || (type !== undefined && EQUALS.has(type)) ? "Null" : null;
    case "last":
      return !ended && after !== undefined && (DIGITS.has(after.tokenType) || isUnit(after) || isName(after, "full"))
        ? "Last"
        : null;
    case "next":
      return !ended && after !== undefined && (DIGITS.has(after.tokenType) || isUnit(after)) ? "Next" : null;
    case "this":
      return !ended && isUnit(after) ? "This" : null;
    case "previous":
      return !ended && isUnit(after) ? "Previous" : null;
    case "full":
      return type === T.Last || (type === T.Number && before2?.tokenType === T.Last) ? "Full" : null;
    case "otherwise":
      return around.declaration === "Segmentation" && type === T.Label ? "Otherwise" : null;
    case "seed":
      return around.declaration === "Split" && around.curly === 0 && ended ? "Seed" : null;
    case "as":
      return (around.declaration === "Snapshot" || (around.declaration === "Test" && around.curly === 0)) &&
        ended &&
        isName(after, "of")
        ? "As"
        : null;
    case "for":
      return around.declaration === "Policy" && ended ? "For" : null;
    case "segments":
      return around.declaration === "Policy" && (ended || type === T.For || before2?.tokenType === T.For)
        ? "Segments"
        : null;
    case "tagged":
      return around.declaration === "Policy" && (type === T.Segments || ended) ? "Tagged" : null;
    case "require":
      return around.declaration === "Policy" && (type === T.Segments || ended) ? "Require" : null;
    case "forbid":
      return around.declaration === "Policy" && (type === T.Segments || ended) ? "Forbid" : null;
    case "fields":
      return type === T.Forbid ? "Fields" : null;
    case "marked":
      return type === T.Fields ? "Marked" : null;
    case "disjoint":
      return type === T.Assert && !isName(after, "within") ? "Disjoint" : null;
    case "size":
      return type === T.Assert && isName(after, "of") ? "Size" : null;
    case "within":
      return around.declaration === "Assert" && ended ? "Within" : null;
    case "people":
      return around.declaration === "Test" && type === T.Colon && after?.tokenType === T.LCurly ? "People" : null;
    case "out":
      return around.declaration === "Test" && type === T.Is ? "Out" : null;
    case "ago":
      return type === T.Duration ? "Ago" : null;
    case "zone":
      return type === T.In && isPlainName(after) && !startsValue(after2) && around.declaration === "Segment"
        ? "Zone"
        : null;
    case "at":
      return !ended && isName(after, "least", "most") ? "Counted" : null;
    case "least":
    case "most":
      return type === T.Counted && before?.image.toLowerCase() === "at" ? "Counted" : null;
    case "exactly":
      return !ended && after?.tokenType === T.Number ? "Counted" : null;
    case "all":
    case "any":
    case "none":
      return type === T.Has || (!ended && isName(after, "of")) ? "Counted" : null;
    case "top":
    case "bottom":
      return !ended && (after?.tokenType === T.Number || after?.tokenType === T.Percent) ? "Ranked" : null;
  }
  return type !== undefined && PERIOD_WORDS.has(type) && isPeriod(word) ? "Unit" : null;
}

const isAfterIs = (type: TokenType | undefined, before2: LexToken | undefined): boolean =>
  type === T.Is || (type === T.Not && before2?.tokenType === T.Is);
