/** A source file as the rules see it. */
export interface Source {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Without comments, and with a number for each quoted text. */
  readonly code: string;
  readonly imports: readonly Import[];
}

export interface Import {
  readonly specifier: string;
  /** The imported file, relative to the project, or null for a package. */
  readonly file: string | null;
  /** The imported package (`@duckdb/node-api`, `node:fs`), or null for a file. */
  readonly package: string | null;
  readonly typeOnly: boolean;
}

/** Reads what the rules need of one file's text. */
export function source(path: string, text: string): Source {
  const { code, texts } = strip(text);
  const imports: Import[] = [];
  const statement = /(?:^|[;}\n])\s*(?:import|export)\s+(type\s+)?(?:[\w$*{}\s,]*?\sfrom\s*|)"(\d+)"/g;
  for (const [, type, index] of code.matchAll(statement)) {
    imports.push(imported(path, texts[Number(index)] as string, type !== undefined));
  }
  for (const [, index] of code.matchAll(/\b(?:import|require)\s*\(\s*"(\d+)"/g)) {
    imports.push(imported(path, texts[Number(index)] as string, false));
  }
  return { path, text, code, imports };
}

function imported(path: string, specifier: string, typeOnly: boolean): Import {
  if (!specifier.startsWith(".")) {
    const parts = specifier.split("/");
    const name = specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] as string);
    return { specifier, file: null, package: name, typeOnly };
  }
  const at = path.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") at.pop();
    else if (part !== ".") at.push(part);
  }
  return { specifier, file: at.join("/"), package: null, typeOnly };
}

/**
 * Removes comments and regular expressions (told from divisions by what stands before them), and puts a number for each quoted text,
 * so that no text is ever taken for code. Templates stay, for what is computed in them.
 */
function strip(text: string): { readonly code: string; readonly texts: readonly string[] } {
  const texts: string[] = [];
  let out = "";
  let i = 0;
  while (i < text.length) {
    const two = text.slice(i, i + 2);
    const unit = text[i] as string;
    if (two === "//") {
      while (i < text.length && text[i] !== "\n") i++;
    } else if (two === "/*") {
      const end = text.indexOf("*/", i + 2);
      i = end < 0 ? text.length : end + 2;
    } else if (unit === "`") {
      const end = endOfText(text, i);
      out += text.slice(i, end);
      i = end;
    } else if (unit === '"' || unit === "'") {
      const end = endOfText(text, i);
      out += `"${texts.length}"`;
      texts.push(text.slice(i + 1, end - 1));
      i = end;
    } else if (unit === "/" && startsPattern(out)) {
      out += "/ /";
      i = endOfPattern(text, i);
    } else {
      out += unit;
      i++;
    }
  }
  return { code: out, texts };
}

function endOfText(text: string, start: number): number {
  const quote = text[start];
  let i = start + 1;
  while (i < text.length && text[i] !== quote && (quote === "`" || text[i] !== "\n")) i += text[i] === "\\" ? 2 : 1;
  return i + 1;
}

const startsPattern = (before: string): boolean => /(?:^|[(,=:[!&|?{};+>\n]|\breturn|\bof)\s*$/.test(before.slice(-20));

function endOfPattern(text: string, start: number): number {
  let i = start + 1;
  let inClass = false;
  while (i < text.length && text[i] !== "\n" && (inClass || text[i] !== "/")) {
    if (text[i] === "[") inClass = true;
    if (text[i] === "]") inClass = false;
    i += text[i] === "\\" ? 2 : 1;
  }
  return i + 1;
}
