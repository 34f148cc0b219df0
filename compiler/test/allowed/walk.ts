import { type Lexical, type Token, tokens } from "./tokens.ts";

/** Spellings by the page of the documentation where they were looked up. */
export type LookedUp = Readonly<Record<string, readonly string[]>>;

/** What a dialect may write. */
export interface Allowed {
  /** A name that `DIALECTS` has. */
  readonly dialect: string;
  /** What all pages begin with, but `own`: the names that we give without quotes. */
  readonly pages: string;
  readonly lexical: Lexical;
  /** Names before a parenthesis. */
  readonly functions: LookedUp;
  /** What stands behind `as` in a cast, its digits written `n`, one blank behind a comma. */
  readonly types: LookedUp;
  /** Words that are no functions. */
  readonly words: LookedUp;
  readonly signs: LookedUp;
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
  const { functions, types, words, signs } = spellings(allowed);
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
    else if (kind === "sign" && !signs.has(text) && !/^[.,]$/.test(text)) found.add(`sign ${text}`);
    else if (kind === "word" && word === "as" && open.at(-1) === true) {
      const type = typeAt(all, i + 1);
      if (!types.has(type.text)) found.add(`type ${type.text}`);
      i = type.end - 1;
    } else if (kind === "word" && isCalled && !BEFORE_PARENTHESIS.has(word)) {
      if (!functions.has(word)) found.add(`function ${word}`);
    } else if (kind === "word" && !words.has(word)) found.add(`word ${word}`);
  }
  return [...found];
}

const known = new Map<Allowed, Readonly<Record<"functions" | "types" | "words" | "signs", ReadonlySet<string>>>>();

function spellings(allowed: Allowed): NonNullable<ReturnType<typeof known.get>> {
  const all = (of: LookedUp): ReadonlySet<string> => new Set(Object.values(of).flat());
  const { functions, types, words, signs } = allowed;
  const found = known.get(allowed) ?? {
    functions: all(functions),
    types: all(types),
    words: all(words),
    signs: all(signs),
  };
  known.set(allowed, found);
  return found;
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
