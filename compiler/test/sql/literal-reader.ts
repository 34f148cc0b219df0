/** How an engine reads a backslash in quotes: as itself, or with the letter after it. */
export type Backslashes = "plain" | "escaping";

/** What every engine with backslashes reads alike. */
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\", "'": "'", n: "\n", r: "\r", t: "\t" };
const CODES: Readonly<Record<string, number>> = { u: 4, U: 8, x: 2 };

/** The text that a literal, or an expression of literals, stands for. Throws at everything that is not written so. */
export function readLiteral(sql: string, backslashes: Backslashes): string {
  let at = 0;

  function fail(): never {
    throw new Error(`no literal at ${at}: ${sql.slice(at, at + 30)}`);
  }

  function isNext(text: string): boolean {
    while (sql[at] === " ") at++;
    return sql.startsWith(text, at);
  }

  function take(text: string): void {
    if (!isNext(text)) fail();
    at += text.length;
  }

  function expression(): string {
    let text = term();
    for (;;) {
      const sign = ["||", "+"].find(isNext);
      if (sign === undefined) return text;
      take(sign);
      text += term();
    }
  }

  function term(): string {
    if (isNext("(")) {
      take("(");
      const inner = expression();
      take(")");
      return inner;
    }
    const hex = /^(?:_utf8mb4 )?[xX]'([0-9a-fA-F]*)'/.exec(sql.slice(at, at + 1_000_000));
    if (hex !== null) {
      at += hex[0].length;
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(hex[1] as string, "hex"));
    }
    const prefix = /^[EN](?=')/.exec(sql.slice(at, at + 2))?.[0] ?? "";
    at += prefix.length;
    return sql[at] === "'" ? quoted(prefix === "E" ? "escaping" : backslashes) : call();
  }

  function call(): string {
    const name = /^[a-z_]+(?=\()/.exec(sql.slice(at, at + 30))?.[0] ?? fail();
    at += name.length + 1;
    const items: string[] = [];
    while (!isNext(")")) {
      if (items.length > 0) take(",");
      items.push(argument());
      if (name === "cast") take("as string");
    }
    take(")");
    switch (name) {
      case "chr":
      case "char":
      case "nchar":
        return String.fromCodePoint(Number(items[0]));
      case "repeat":
      case "replicate":
        return (items[0] as string).repeat(Number(items[1]));
      case "cast":
      case "concat":
        return items.join("");
      default:
        return fail();
    }
  }

  function argument(): string {
    if (isNext(" ")) at++;
    const digits = /^\d+(?=[,)])/.exec(sql.slice(at, at + 20))?.[0];
    if (digits === undefined) return expression();
    at += digits.length;
    return digits;
  }

  function quoted(reading: Backslashes): string {
    let text = "";
    for (at++; at < sql.length; at++) {
      const letter = sql[at] as string;
      if (letter === "\\" && reading === "escaping") text += escaped();
      else if (letter !== "'") text += letter;
      else if (sql[at + 1] === "'") {
        text += letter;
        at++;
      } else {
        at++;
        return text;
      }
    }
    return fail();
  }

  function escaped(): string {
    const letter = sql[++at] as string;
    const plain = ESCAPES[letter];
    if (plain !== undefined) return plain;
    const length = CODES[letter] ?? fail();
    const digits = sql.slice(at + 1, at + 1 + length);
    if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length < length) fail();
    at += length;
    return String.fromCodePoint(Number.parseInt(digits, 16));
  }

  const text = expression();
  if (at !== sql.length) fail();
  return text;
}
