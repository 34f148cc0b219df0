/** A piece of T-SQL; parentheses hold what stands between them. Words are lower case but for collations. */
export type Piece =
  | { readonly kind: "word"; readonly text: string }
  /** In brackets. */
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "text"; readonly text: string; readonly isWide: boolean }
  | { readonly kind: "number"; readonly text: string }
  /** Its number. */
  | { readonly kind: "parameter"; readonly text: string }
  | { readonly kind: "sign"; readonly text: string }
  | { readonly kind: "group"; readonly items: readonly Piece[] };

const TOKEN =
  /(?<space>\s+)|N'(?<wide>(?:[^']|'')*)'|'(?<text>(?:[^']|'')*)'|\[(?<name>(?:[^\]]|\]\])*)\]|@p(?<parameter>\d+)|(?<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?)|(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<sign><>|<=|>=|[-+*/%=<>,.;])|(?<open>\()|(?<close>\))/y;

/** Reads a statement by the lexical rules of SQL Server's documentation: brackets and quotes are doubled inside of themselves, a backslash is nothing. */
export function pieces(sql: string): readonly Piece[] {
  const stack: Piece[][] = [[]];
  const add = (piece: Piece): void => void stack.at(-1)?.push(piece);
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < sql.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(sql)?.groups;
    if (found === undefined) throw new Error(`no T-SQL at ${JSON.stringify(sql.slice(at, at + 40))}`);
    const { wide, text, name, parameter, number, word, sign, open, close } = found;
    if (wide !== undefined) add({ kind: "text", text: wide.replaceAll("''", "'"), isWide: true });
    else if (text !== undefined) add({ kind: "text", text: text.replaceAll("''", "'"), isWide: false });
    else if (name !== undefined) add({ kind: "name", text: name.replaceAll("]]", "]") });
    else if (parameter !== undefined) add({ kind: "parameter", text: parameter });
    else if (number !== undefined) add({ kind: "number", text: number });
    else if (word !== undefined) add({ kind: "word", text: word });
    else if (sign !== undefined) add({ kind: "sign", text: sign });
    else if (open !== undefined) stack.push([]);
    else if (close !== undefined) {
      const items = stack.pop() ?? [];
      add({ kind: "group", items });
    }
  }
  if (stack.length !== 1) throw new Error("parentheses that do not match");
  return stack[0] ?? [];
}
