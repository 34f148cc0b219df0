/** A piece of SQL text; all of them one after the other are the text. */
export interface Token {
  readonly kind: "space" | "comment" | "text" | "name" | "parameter" | "number" | "word" | "sign";
  readonly text: string;
}

/** What an engine's reader of letters does. */
export interface Lexical {
  /** Whether a backslash in a quoted text belongs to the letter after it. */
  readonly backslashes: boolean;
  /** What quotes a name. */
  readonly names: '"' | "`" | "[";
}

const NAMES = { '"': '"(?:[^"]|"")*"', "`": "`(?:[^`]|``)*`", "[": "\\[(?:[^\\]]|\\]\\])*\\]" } as const;

/** The tokens of a statement. Throws at what is no token, such as a quote that is never closed. */
export function tokens(sql: string, { backslashes, names }: Lexical): readonly Token[] {
  const kinds: readonly (readonly [Token["kind"], string])[] = [
    ["space", "\\s+"],
    ["comment", "--[^\\n]*|/\\*"],
    ["text", backslashes ? "[NX]?'(?:[^'\\\\]|\\\\.|'')*'" : "[NX]?'(?:[^']|'')*'"],
    ["name", NAMES[names]],
    ["parameter", "\\$\\d+|\\?|[@:]\\w+"],
    ["number", "\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?"],
    ["word", "[A-Za-z_]\\w*"],
    ["sign", "\\|\\||<=|>=|<>|::|=>|->|[-+*/%=<>(),.:{}\\[\\]]"],
  ];
  const pattern = new RegExp(kinds.map(([kind, of]) => `(?<${kind}>${of})`).join("|"), "suy");
  const found: Token[] = [];
  while (pattern.lastIndex < sql.length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(sql)?.groups;
    if (groups === undefined) throw new Error(`no token: ${sql.slice(at, at + 40)}`);
    const [kind, text] = Object.entries(groups).find(([, text]) => text !== undefined) as [Token["kind"], string];
    found.push({ kind, text });
  }
  return found;
}
