import { FUNCTION_WORDS, STEP_WORDS } from "../../language/index.ts";
import { TOKENS, type TokenKind, type TokenRow } from "../../language/syntax/tokens.ts";

/** The part of Monaco's Monarch grammars that is used here; plain data, so that the worker can send it. */
export interface MonarchGrammar {
  readonly defaultToken: string;
  readonly brackets: { readonly open: string; readonly close: string; readonly token: string }[];
  readonly tokenizer: Record<string, MonarchRule[]>;
  readonly [words: string]: unknown;
}

type MonarchToken = string | { readonly token: string; readonly next: string };
type MonarchRule = [RegExp, MonarchToken | { readonly cases: Record<string, MonarchToken> }];

const ROWS: readonly TokenRow[] = Object.values(TOKENS);

const wordsOf = (kind: TokenKind): string[] => ROWS.flatMap((row) => (row.kind === kind ? (row.words ?? []) : []));

const textsOf = (kind: TokenKind): string[] =>
  ROWS.flatMap((row) => (row.kind === kind && row.text !== undefined ? [row.text] : [])).sort(
    (a, b) => b.length - a.length,
  );

const anyOf = (texts: readonly string[]): RegExp =>
  new RegExp(texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"));

/** Colours for `.seg`: words, operators and brackets are those of the token table, the shapes of literals those of its scanners. */
export function monarchGrammar(): MonarchGrammar {
  const name = "[A-Za-z_][\\w]*";
  return {
    defaultToken: "",
    declarations: wordsOf("declaration"),
    keywords: wordsOf("keyword"),
    words: wordsOf("word"),
    functions: [...FUNCTION_WORDS.keys()],
    steps: [...STEP_WORDS.keys()],
    brackets: [
      { open: "(", close: ")", token: "delimiter.parenthesis" },
      { open: "[", close: "]", token: "delimiter.square" },
      { open: "{", close: "}", token: "delimiter.curly" },
    ],
    tokenizer: {
      root: [
        [/\/\/\/.*/, "comment.doc"],
        [/\/\/.*/, "comment"],
        [/\/\*/, { token: "comment", next: "@comment" }],
        [/"(?:[^"\\]|\\.)*"?/, "string"],
        [/`[^`]*`?/, "identifier"],
        [/@[A-Za-z_]\w*/, "annotation"],
        [/\.(?:last|next)\d+[a-z]+\b/, "number.duration"],
        [/\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?/, "number.date"],
        [/\d[\d_]*(?:min|mo|[hdwqy])\b/, "number.duration"],
        [/\d[\d_]*(?:\.\d+)?%?/, "number"],
        [new RegExp(`\\.(?=${name})`), { token: "delimiter", next: "@step" }],
        [new RegExp(`${name}(?=\\s*:)`), "identifier"],
        [new RegExp(`${name}(?=\\s*\\()`), { cases: { ...WORDS, "@functions": "predefined" } }],
        [new RegExp(name), { cases: WORDS }],
        [anyOf(textsOf("operator")), "operator"],
        [/[()[\]{}]/, "@brackets"],
        [anyOf(textsOf("punctuation")), "delimiter"],
      ],
      step: [
        [
          new RegExp(name),
          {
            cases: {
              "@steps": { token: "predefined", next: "@pop" },
              "@default": { token: "identifier", next: "@pop" },
            },
          },
        ],
      ],
      comment: [
        [/\*\//, { token: "comment", next: "@pop" }],
        [/[^*]+|\*/, "comment"],
      ],
    },
  };
}

const WORDS: Record<string, string> = {
  "@declarations": "keyword.declaration",
  "@keywords": "keyword",
  "@words": "keyword.word",
  "@default": "identifier",
};
