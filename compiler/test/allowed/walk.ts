import { type Lexical, type Token, tokens } from "./tokens.ts";

/** What a dialect may write: each with the page of its documentation where it was looked up, below `pages`. */
export interface Allowed {
  /** A name that `DIALECTS` has. */
  readonly dialect: string;
  /** What all pages begin with. */
  readonly pages: string;
  readonly lexical: Lexical;
  /** Names before a parenthesis. */
  readonly functions: Readonly<Record<string, string>>;
  /** What stands behind `as` in a cast, its digits written `n`, one blank behind a comma. */
  readonly types: Readonly<Record<string, string>>;
  /** Words that are no functions: those of the language's grammar, and our own unquoted names with `own` for a page. */
  readonly words: Readonly<Record<string, string>>;
  readonly signs: Readonly<Record<string, string>>;
}

/** Words behind which a parenthesis is no call. */
const BEFORE_PARENTHESIS: ReadonlySet<string> = new Set(
  "all and any as by case distinct else exists from having in join not on or over select then union values when where".split(
    " ",
  ),
);

const CASTS: ReadonlySet<string> = new Set(["cast", "try_cast", "safe_cast"]);

/** What stands in a statement and not in the list, by name; each once. */
export function notAllowed(sql: string, allowed: Allowed): readonly string[] {
  const found = new Set<string>();
  const all = tokens(sql, allowed.lexical).filter(({ kind }) => kind !== "space");
  /** For each open parenthesis, whether it is that of a cast. */
  const open: boolean[] = [];
  for (let i = 0; i < all.length; i++) {
    const { kind, text } = all[i] as Token;
    const before = all[i - 1]?.text.toLowerCase() ?? "";
    const word = text.toLowerCase();
    const isCalled = all[i + 1]?.text === "(";
    if (text === "(") open.push(CASTS.has(before));
    else if (text === ")") open.pop();
    else if (kind === "comment") found.add(`comment ${text}`);
    else if (kind === "sign" && !Object.hasOwn(allowed.signs, text) && !/^[.,]$/.test(text)) found.add(`sign ${text}`);
    else if (kind === "word" && word === "as" && open.at(-1) === true) {
      const type = typeAt(all, i + 1);
      if (!Object.hasOwn(allowed.types, type.text)) found.add(`type ${type.text}`);
      i = type.end - 1;
    } else if (kind === "word" && isCalled && !BEFORE_PARENTHESIS.has(word)) {
      if (!Object.hasOwn(allowed.functions, word)) found.add(`function ${word}`);
    } else if (kind === "word" && !Object.hasOwn(allowed.words, word)) found.add(`word ${word}`);
  }
  return [...found];
}

/** The type from here to the end of its cast. */
function typeAt(all: readonly Token[], start: number): { readonly text: string; readonly end: number } {
  let depth = 0;
  let end = start;
  for (; end < all.length; end++) {
    const { text } = all[end] as Token;
    if (text === "(") depth++;
    if (text === ")" && depth-- === 0) break;
  }
  const words = all.slice(start, end).map(({ kind, text }) => (kind === "number" ? "n" : text.toLowerCase()));
  const text = words
    .join(" ")
    .replaceAll(/ ?([(]) ?/g, "$1")
    .replaceAll(/ ([),])/g, "$1");
  return { text, end };
}
