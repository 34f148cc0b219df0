import { createToken, Lexer, type TokenType } from "chevrotain";
import {
  BEYOND_ASCII,
  type Scan,
  scanBackTicks,
  scanBlockComment,
  scanLine,
  scanName,
  scanNumber,
  scanQuoted,
  scanText,
  scanUnknown,
  scanWindowStep,
} from "./scan.ts";

/**
 * What a token is for a reader: `declaration` words open a declaration, `keyword`s are reserved, `word`s are keywords only where
 * their neighbours make them so, `wrong` is already reported.
 */
export type TokenKind =
  | "declaration"
  | "keyword"
  | "word"
  | "name"
  | "label"
  | "text"
  | "number"
  | "date"
  | "duration"
  | "operator"
  | "bracket"
  | "punctuation"
  | "comment"
  | "blank"
  | "wrong";

/** One row of the only token table: lexer, grammar, messages, highlighting and documentation come from it. */
export interface TokenRow {
  readonly kind: TokenKind;
  /** As messages say it. */
  readonly label: string;
  readonly doc: string;
  /** The words that mean it; the layout pass turns names into it. */
  readonly words?: readonly string[];
  /** The exact text, or the scanner and the units it may start with. Neither: only the layout pass makes it. */
  readonly text?: string;
  readonly scan?: Scan;
  readonly starts?: readonly (string | number)[];
  /** Of a later version: recognised by its words, and reported. */
  readonly later?: true;
}

const declaration = (word: string, doc: string): TokenRow => ({
  kind: "declaration",
  label: `\`${word}\``,
  words: [word],
  doc,
});
const keyword = (word: string, doc: string): TokenRow => ({
  kind: "keyword",
  label: `\`${word}\``,
  words: [word],
  doc,
});
const word = (text: string, doc: string): TokenRow => ({ kind: "word", label: `\`${text}\``, words: [text], doc });
const operator = (text: string, doc: string): TokenRow => ({ kind: "operator", label: `\`${text}\``, text, doc });
const bracket = (text: string, doc: string): TokenRow => ({ kind: "bracket", label: `\`${text}\``, text, doc });

const DIGITS = [..."0123456789"];

/** Every token there is. Order matters only among rows with `scan` or `text`: the first that matches wins. */
export const TOKENS = {
  Blank: {
    kind: "blank",
    label: "a blank",
    doc: "Blanks and line breaks part words.",
    scan: (text, at) => scanLine(text, at, "blank"),
    starts: [" ", "\t", "\n", "\r"],
  },
  DocComment: {
    kind: "comment",
    label: "a description",
    doc: "Describes the declaration or field that follows.",
    scan: (text, at) => scanLine(text, at, "doc"),
    starts: ["/"],
  },
  LineComment: {
    kind: "comment",
    label: "a comment",
    doc: "For readers only, to the end of the line.",
    scan: (text, at) => scanLine(text, at, "line"),
    starts: ["/"],
  },
  BlockComment: {
    kind: "comment",
    label: "a comment",
    doc: "For readers only, over several lines.",
    scan: scanBlockComment,
    starts: ["/"],
  },
  OddBlank: {
    kind: "wrong",
    label: "a blank",
    doc: "A blank of another kind, pasted from elsewhere.",
    scan: (text, at) => scanLine(text, at, "odd"),
    starts: BEYOND_ASCII,
  },

  Text: { kind: "text", label: "a text", doc: "A text, in straight double quotes.", scan: scanText, starts: ['"'] },
  OtherQuotes: {
    kind: "wrong",
    label: "a text",
    doc: "A text in quotes of another kind.",
    scan: scanQuoted,
    starts: ["'", ...BEYOND_ASCII],
  },
  WindowStep: {
    kind: "duration",
    label: "`.last90d`",
    doc: "Those of the last or next time: `.last90d`, `.next7d`.",
    scan: scanWindowStep,
    starts: ["."],
  },
  NumberLike: {
    kind: "wrong",
    label: "a number",
    doc: "Digits, before the lexer has read them.",
    scan: scanNumber,
    starts: DIGITS,
  },
  Name: {
    kind: "name",
    label: "a name",
    doc: "Letters, digits and `_`; anything else in back-ticks.",
    scan: scanName,
    starts: ["_", ..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", ...BEYOND_ASCII],
  },
  QuotedName: { kind: "name", label: "a name", doc: "Any name, in back-ticks.", scan: scanBackTicks, starts: ["`"] },

  Unknown: {
    kind: "wrong",
    label: "an unknown character",
    doc: "What begins no token.",
    scan: scanUnknown,
    starts: [...Array.from({ length: 128 }, (_, i) => i), ...BEYOND_ASCII],
  },

  Number: { kind: "number", label: "a number", doc: "`3`, `0.25`, `1_000`: exact." },
  Percent: { kind: "number", label: "a share such as `10%`", doc: "A hundredth of the number before it." },
  Date: { kind: "date", label: "a date such as `2026-01-31`", doc: "A day in the project's time zone." },
  Timestamp: {
    kind: "date",
    label: "a time such as `2026-01-31T10:00`",
    doc: "An instant; without an offset, in the project's time zone.",
  },
  Duration: {
    kind: "duration",
    label: "a duration such as `90d`",
    doc: "`15min` `2h` `90d` `6w` `3mo` `1q` `1y`, or `90 days`.",
  },
  Label: {
    kind: "label",
    label: "a name with `:`",
    doc: "A name and `:` on one line: a field, a tier, a named argument.",
  },
  /** Reported by the lexer; stands for a value. */
  Wrong: { kind: "wrong", label: "a value", doc: "Something that could not be read." },

  Segment: declaration("segment", "A named group of people."),
  Trait: declaration("trait", "A named value."),
  Entity: declaration("entity", "A kind of thing there is data about, one row each."),
  Event: declaration("event", "Something that happens to an entity at a time."),
  Extend: declaration("extend", "More fields of an entity, from another table."),
  Param: declaration("param", "A named constant that a run may override."),
  ListWord: declaration("list", "A named list of values."),
  Segmentation: declaration("segmentation", "Tiers that part everybody: the first match wins."),
  Split: declaration("split", "A stable random division."),
  Snapshot: declaration("snapshot", "A stored list of members."),
  Policy: declaration("policy", "A rule that every tagged segment must meet."),
  Assert: declaration("assert", "A claim that is proved or tested."),
  Test: declaration("test", "Examples of who is in and who is out."),
  Default: word("default", "Before `entity`: segments are about it unless they say otherwise."),

  And: keyword("and", "Both conditions hold."),
  Or: keyword("or", "At least one of the conditions holds."),
  Not: keyword("not", "The condition that follows does not hold."),
  No: keyword("no", "`not`, before a collection."),
  In: keyword("in", "Is one of a list, or lies in a range or window."),
  Is: keyword("is", "`is known`, `is missing`."),
  Where: keyword("where", "Begins a condition."),
  Else: keyword("else", "The value to take where the one before it is missing."),
  True: keyword("true", "Yes."),
  False: keyword("false", "No."),
  Of: keyword("of", "Names the entity or the set that something is about."),
  By: keyword("by", "Names the column that links two tables."),
  Per: keyword("per", "Groups by a field."),
  Has: keyword("has", "A list holds a value."),
  If: keyword("if", "A value that depends on a condition."),
  Then: keyword("then", "The value where the condition of `if` holds."),

  From: word("from", "Names the table of an entity, or another column."),
  Since: word("since", "The column that says since when the row exists."),
  Until: word("until", "The column that says until when the row exists."),
  At: word("at", "The column that says when an event happens."),
  Scheduled: word("scheduled", "Its events are visible before they happen."),
  Once: word("once", "`once per f`: only the first event of each `f` counts."),
  Fresh: word("fresh", "`fresh within 24h`: how old the data may be."),
  Within: word("within", "Part of `fresh within`."),
  Keeps: word("keeps", "`keeps 3y`: how far back the table goes."),
  Key: word("key", "The field that identifies a row."),
  Optional: word("optional", "The field may be missing."),
  Many: word("many", "A link to any number of rows."),
  ListOf: word("list", "A field that holds several values: `list of text`."),
  Json: word("json", "A field that holds a JSON object, with the paths that are used."),

  Otherwise: word("otherwise", "The last tier: everybody whom none before it takes."),
  Seed: word("seed", "The text that a split is drawn by; another one draws another split."),
  As: word("as", "Part of `as of`."),
  People: word("people", "Several people of a test, who are compared with each other."),
  For: word("for", "Begins whom a policy is for."),
  Segments: word("segments", "Part of `for segments`, `for all segments`."),
  Tagged: word("tagged", "`tagged marketing`: the segments that have one of these tags."),
  Require: word("require", "What every member of the segments must meet."),
  Forbid: word("forbid", "`forbid fields marked pii`: what the segments must not read."),
  Fields: word("fields", "Part of `forbid fields marked`."),
  Marked: word("marked", "Part of `forbid fields marked`."),
  Disjoint: word("disjoint", "`assert disjoint A, B`: nobody is in two of them."),
  Size: word("size", "`assert size of A in 1%..5%`: how many are in it."),
  Out: word("out", "`is out`: the person of a test is not in the segment."),

  Contains: word("contains", "A text holds another, literally."),
  Starts: word("starts", "`starts with`: a text begins with another, literally."),
  Ends: word("ends", "`ends with`: a text ends with another, literally."),
  With: word("with", "Part of `starts with`, `ends with` and `with ties`."),
  Ignoring: word("ignoring", "`ignoring case`: A to Z equal a to z in the comparison before it."),
  Case: word("case", "Part of `ignoring case`."),
  Known: word("known", "There is a value."),
  Missing: word("missing", "There is no value."),
  Last: word("last", "`last 90d`: from that long ago until as-of."),
  Next: word("next", "`next 7d`: from as-of on."),
  This: word("this", "`this month`: the calendar period that holds as-of."),
  Previous: word("previous", "`previous month`: the calendar period before this one."),
  Full: word("full", "`last 3 full months`: whole calendar periods before this one."),
  Ago: word("ago", "`90d ago`: that long before as-of."),
  Unit: {
    kind: "word",
    label: "`day`, `week`, `month`, `quarter` or `year`",
    words: ["day", "week", "month", "quarter", "year", "days", "weeks", "months", "quarters", "years"],
    doc: "A calendar period.",
  },
  Between: { kind: "wrong", label: "`in`", words: ["between"], doc: "Other languages' word for `in a..b`." },
  Null: { kind: "wrong", label: "`missing`", words: ["null"], doc: "Other languages' word for `missing`." },
  Zone: word("zone", "`in zone time_zone`: each person's own calendar."),
  Counted: {
    kind: "word",
    label: "`at least`",
    words: ["least", "most", "exactly", "all", "any", "none"],
    doc: "`at least 2 of (…)`, `all of (…)`, `has any […]`, and so on.",
  },
  Ranked: {
    kind: "word",
    label: "`top`",
    words: ["top", "bottom"],
    doc: "`top 10% by x`, `bottom 100 by x`.",
  },

  Equal: operator("=", "Is the same."),
  NotEqual: operator("!=", "Is not the same, or is missing."),
  LessEqual: operator("<=", "Is at most."),
  GreaterEqual: operator(">=", "Is at least."),
  Less: operator("<", "Is less than."),
  Greater: operator(">", "Is more than."),
  Range: operator("..", "From one value to another."),
  /** `..` with nothing after it on its line. */
  OpenRange: { kind: "operator", label: "`..`", doc: "From a value on." },
  Plus: operator("+", "Added."),
  Minus: operator("-", "Taken away; before a value, its opposite."),
  Times: operator("*", "Multiplied."),
  Divide: operator("/", "Divided; always a `float`."),
  Dot: { kind: "punctuation", label: "`.`", text: ".", doc: "A field or step of what stands before it." },
  Comma: { kind: "punctuation", label: "`,`", text: ",", doc: "Parts the items of a list." },
  Colon: { kind: "punctuation", label: "`:`", text: ":", doc: "Follows the name of a field, tier or argument." },
  Annotation: { kind: "punctuation", label: "`@`", text: "@", doc: 'Begins an annotation such as `@owner("…")`.' },
  LParen: bracket("(", "Opens a group or arguments."),
  RParen: bracket(")", "Closes a group or arguments."),
  LSquare: bracket("[", "Opens a list of values."),
  RSquare: bracket("]", "Closes a list of values."),
  LCurly: bracket("{", "Opens the fields of an entity."),
  RCurly: bracket("}", "Closes the fields of an entity."),
} as const satisfies Record<string, TokenRow>;

export type TokenName = keyof typeof TOKENS;

/** Text that means a token but is written otherwise here; `means: null` is a text that means nothing. */
export const OTHER_SPELLINGS: readonly { readonly text: string; readonly means: TokenName | null }[] = [
  { text: "===", means: "Equal" },
  { text: "==", means: "Equal" },
  { text: "!==", means: "NotEqual" },
  { text: "<>", means: "NotEqual" },
  { text: "≠", means: "NotEqual" },
  { text: "＝", means: "Equal" },
  { text: "＞", means: "Greater" },
  { text: "＜", means: "Less" },
  { text: "（", means: "LParen" },
  { text: "）", means: "RParen" },
  { text: "≥", means: "GreaterEqual" },
  { text: "=>", means: "GreaterEqual" },
  { text: "≤", means: "LessEqual" },
  { text: "=<", means: "LessEqual" },
  { text: "–", means: "Minus" },
  { text: "—", means: "Minus" },
  { text: "−", means: "Minus" },
  { text: "×", means: "Times" },
  { text: "÷", means: "Divide" },
  { text: "&&", means: "And" },
  { text: "&", means: "And" },
  { text: "||", means: "Or" },
  { text: "|", means: "Or" },
  { text: "!", means: "Not" },
  { text: "...", means: "Range" },
  { text: "…", means: "Range" },
  { text: ";", means: null },
];

const ROWS = Object.entries(TOKENS) as unknown as readonly (readonly [TokenName, TokenRow])[];

const custom = (name: string, row: TokenRow): TokenType => {
  const { scan } = row as { scan: Scan };
  return createToken({
    name,
    label: row.label,
    line_breaks: true,
    start_chars_hint: [...(row.starts ?? [])],
    pattern: (text: string, at: number) => {
      const end = scan(text, at);
      return end === at ? null : [text.slice(at, end)];
    },
    ...(name === "Blank"
      ? { group: Lexer.SKIPPED }
      : row.kind === "comment" || name === "OddBlank"
        ? { group: name }
        : {}),
  });
};

/** Chevrotain's token types, by the table's names. */
export const T = Object.fromEntries(
  ROWS.map(([name, row]) => [
    name,
    row.scan !== undefined ? custom(name, row) : createToken({ name, label: row.label, pattern: row.text ?? Lexer.NA }),
  ]),
) as Record<TokenName, TokenType>;

const byLength = <R extends { readonly text: string }>(rows: readonly R[]): R[] =>
  [...rows].sort((a, b) => b.text.length - a.text.length);

/** Token types of other spellings, by their text. */
export const SPELLINGS: ReadonlyMap<TokenType, { readonly text: string; readonly means: TokenName | null }> = new Map(
  byLength(OTHER_SPELLINGS).map((row, i) => [
    createToken({ name: `Spelling${i}`, pattern: row.text, label: row.text }),
    row,
  ]),
);

/** What the lexer looks for, in order: scanners as in the table, then texts, the longest first. */
export const LEXED: readonly TokenType[] = [
  ...ROWS.filter(([name, row]) => row.scan !== undefined && name !== "Unknown").map(([name]) => T[name]),
  ...byLength([
    ...ROWS.flatMap(([name, row]) => (row.text === undefined ? [] : [{ text: row.text, type: T[name] }])),
    ...[...SPELLINGS].map(([type, row]) => ({ text: row.text, type })),
  ]).map((row) => row.type),
  T.Unknown,
];

const wordsOf = (kind: TokenKind): ReadonlyMap<string, TokenName> =>
  new Map(ROWS.flatMap(([name, row]) => (row.kind === kind ? (row.words ?? []).map((w) => [w, name] as const) : [])));

/** Words that open a declaration. */
export const DECLARATION_WORDS: ReadonlyMap<string, TokenName> = wordsOf("declaration");

/** Reserved words: never names, except after a dot and before a colon. */
export const RESERVED: ReadonlyMap<string, TokenName> = wordsOf("keyword");

/** All words that mean anything anywhere. */
export const WORDS: ReadonlySet<string> = new Set(ROWS.flatMap(([, row]) => row.words ?? []));

/** The row of a token type, by its name. */
export const rowOf = (name: TokenName): TokenRow => TOKENS[name];
