/** Where the token that starts at `at` ends; `at` itself if there is none. Loops and `indexOf`, never a backtracking expression: the text may be 5 MB. */
export type Scan = (text: string, at: number) => number;

/** What may begin beyond ASCII: each unit of Latin-1, and one out of each bucket by which Chevrotain sorts the rest. */
export const BEYOND_ASCII: readonly number[] = [
  ...Array.from({ length: 128 }, (_, i) => 128 + i),
  ...Array.from({ length: 256 }, (_, i) => 256 + i * 255),
];

const LETTER = /[\p{L}_]/u;
const LETTER_OR_DIGIT = /[\p{L}\p{M}\p{Nd}_]/u;
const ODD_BLANK = /[\u00a0\u1680\u180e\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]/;

/** What begins some token, or is part of one. */
const KNOWN = /[\p{L}\p{Nd}_\s"'`.,:@()[\]{}=!<>+\-*/&|;≠≥≤–—−×÷…‘’‚“”„«»＝＞＜（）]/u;

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;
const isLineEnd = (unit: number): boolean => unit === 10 || unit === 13;

/** Whether an ASCII letter, digit or `_`. */
const isWordUnit = (unit: number): boolean =>
  isDigit(unit) || (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122) || unit === 95;

/** Where the line of `at` ends. */
export const lineEnd: Scan = (text, at) => {
  let end = at;
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++;
  return end;
};

/** Runs of blanks, of odd blanks, and comments to the end of the line. */
export function scanLine(text: string, at: number, what: "blank" | "odd" | "line" | "doc"): number {
  if (what === "line" || what === "doc") {
    if (!text.startsWith("//", at)) return at;
    const isDoc = text.charCodeAt(at + 2) === 47 && text.charCodeAt(at + 3) !== 47;
    return isDoc === (what === "doc") ? lineEnd(text, at) : at;
  }
  let end = at;
  while (end < text.length) {
    const unit = text.charCodeAt(end);
    const plain = unit === 32 || unit === 9 || isLineEnd(unit);
    if (what === "blank" ? !plain : plain || !ODD_BLANK.test(text[end] as string)) break;
    end++;
  }
  return end;
}

/** To its end, or to the end of the text where it is not closed. */
export const scanBlockComment: Scan = (text, at) => {
  if (!text.startsWith("/*", at)) return at;
  const end = text.indexOf("*/", at + 2);
  return end < 0 ? text.length : end + 2;
};

/** To its closing quote, or to the end of the line where it is not closed. */
export const scanText: Scan = (text, at) => {
  let end = at + 1;
  while (end < text.length) {
    const unit = text.charCodeAt(end);
    if (isLineEnd(unit)) return end;
    if (unit === 34) return end + 1;
    end += unit === 92 && end + 1 < text.length && !isLineEnd(text.charCodeAt(end + 1)) ? 2 : 1;
  }
  return end;
};

/** What closes a text that begins with a quote of another kind. */
const CLOSERS: ReadonlyMap<string, string> = new Map([
  ["'", "'"],
  ["‘", "’‘'"],
  ["’", "’‘'"],
  ["‚", "’‘'"],
  ["“", '”“"'],
  ["”", '”“"'],
  ["„", '”“"'],
  ["«", "»"],
  ["»", "«"],
]);

/** A text in quotes of another kind: to its closing quote, or to the end of the line. */
export const scanQuoted: Scan = (text, at) => {
  const closers = CLOSERS.get(text[at] as string);
  if (closers === undefined) return at;
  for (let end = at + 1; end < text.length; end++) {
    if (isLineEnd(text.charCodeAt(end))) return end;
    if (!closers.includes(text[end] as string)) continue;
    if (text[end] !== "'" || text[end + 1] !== "'" || end === at + 1) return end + 1;
    end++;
  }
  return text.length;
};

/** Whether the text that `scanQuoted` found is closed. */
export const isQuotedClosed = (image: string): boolean =>
  image.length > 1 && (CLOSERS.get(image[0] as string) ?? "").includes(image[image.length - 1] as string);

/** A name in back-ticks: to the closing one, or to the end of the line. */
export const scanBackTicks: Scan = (text, at) => {
  for (let end = at + 1; end < text.length; end++) {
    const unit = text.charCodeAt(end);
    if (isLineEnd(unit)) return end;
    if (unit === 96) return end + 1;
  }
  return text.length;
};

/** A run of units that begin no token. Always at least one, so that the lexer never meets what it cannot take. */
export const scanUnknown: Scan = (text, at) => {
  let end = at + 1;
  while (end < text.length && !KNOWN.test(text[end] as string) && !ODD_BLANK.test(text[end] as string)) end++;
  return end;
};

/** Letters of any script, digits and `_`. */
export const scanName: Scan = (text, at) => {
  let end = at;
  while (end < text.length) {
    const unit = text.charCodeAt(end);
    if (unit < 128) {
      if (!isWordUnit(unit) || (end === at && isDigit(unit))) break;
      end++;
      continue;
    }
    const letter = String.fromCodePoint(text.codePointAt(end) as number);
    if (!(end === at ? LETTER : LETTER_OR_DIGIT).test(letter)) break;
    end += letter.length;
  }
  return end;
};

const digits = (text: string, at: number): number => {
  let end = at;
  while (end < text.length && (isDigit(text.charCodeAt(end)) || text.charCodeAt(end) === 95)) end++;
  return end;
};

/** `31.01.2026`, `01/31/2026`: dates as they are written elsewhere. */
const OTHER_DATE = /\d{1,2}([./])\d{1,2}\1\d{4}(?!\w|\.\w)/y;
const DATE_LIKE =
  /\d{4}-\d{1,2}(?:-\d{1,2})?(?![\w-])|\d{4}-\d{1,2}-\d{1,2}[Tt][\d:]*(?:\.\d+)?(?:[Zz]|[+-]\d{1,2}(?::?\d{2})?)?/y;

/** Everything that begins with a digit and hangs together: numbers, shares, dates, times, durations, and misspelt ones. */
export const scanNumber: Scan = (text, at) => {
  DATE_LIKE.lastIndex = at;
  const date = DATE_LIKE.exec(text);
  if (date !== null) return at + date[0].length;
  OTHER_DATE.lastIndex = at;
  const other = OTHER_DATE.exec(text);
  if (other !== null) return at + other[0].length;
  let end = digits(text, at);
  if (text.charCodeAt(end) === 46 && isDigit(text.charCodeAt(end + 1))) end = digits(text, end + 1);
  return text.charCodeAt(end) === 37 ? end + 1 : scanName(text, end);
};

/** `.last90d` and everything that looks like it. */
export const scanWindowStep: Scan = (text, at) => {
  let end = at + 1;
  while (text.charCodeAt(end) === 32) end++;
  if (!text.startsWith("last", end) && !text.startsWith("next", end)) return at;
  end += 4;
  if (!isDigit(text.charCodeAt(end))) return at;
  while (isWordUnit(text.charCodeAt(end))) end++;
  return end;
};
