import { diagnose } from "../diagnostics/catalog.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { LARGEST_FILE, type ParseResult, parse } from "../syntax/parse.ts";
import { type SourceFile, sourceFile } from "../text/source.ts";
import { span } from "../text/span.ts";
import { displayWidth } from "../text/width.ts";
import { commentLines, cursor } from "./cursor.ts";
import { declaration } from "./declaration.ts";
import { concat, type Doc, type Line, render } from "./doc.ts";
import { sameTree } from "./same-tree.ts";

/** Columns that a line may take, if it can be broken. */
export const WIDTH = 100;

/** The canonical text of a file, or why it has none. */
export type Formatted = { readonly text: string } | { readonly diagnostics: readonly Diagnostic[] };

/**
 * The file in its canonical layout: same tree, same comments, LF at the end of each line, idempotent. A file with a syntax error is not
 * touched: its findings are the answer. The result is read again and compared before it is given away.
 */
export function format(source: SourceFile): Formatted {
  const read = parse(source);
  if (read.diagnostics.some(({ severity }) => severity === "error")) return { diagnostics: read.diagnostics };
  const text = textOf(render(layout(read, source.text), WIDTH).lines);
  const again = parse(sourceFile(source.path, text));
  // With its line breaks it may be too large to be read again.
  if (text.length > LARGEST_FILE) return { diagnostics: again.diagnostics };
  if (
    again.diagnostics.length <= read.diagnostics.length &&
    sameTree(read.file, again.file) &&
    sameComments(read, again)
  )
    return { text };
  const what = "formatting would have changed what this file says, so it was left as it is";
  return { diagnostics: [diagnose("internal-error", { what }, { file: source.path, span: span(0, 0) })] };
}

/** The layout of a file that has no syntax error. */
export function layout(read: ParseResult, text: string): Doc {
  const c = cursor(read, text);
  const parts: Doc[] = [];
  let wasLong = false;
  for (const [i, node] of read.file.declarations.entries()) {
    const between = c.between();
    const doc = declaration(c, node);
    const isLong = node.doc !== null || render(doc, WIDTH).lines.length > 1;
    parts.push(between(i > 0 && (isLong || wasLong)), doc);
    wasLong = isLong;
  }
  parts.push(c.between()(false));
  return concat(parts);
}

const sameComments = (a: ParseResult, b: ParseResult): boolean =>
  a.comments.length === b.comments.length &&
  a.comments.every((one, i) => {
    const other = b.comments[i];
    return other !== undefined && commentLines(one).join("\n") === commentLines(other).join("\n");
  });

/** Comments at the ends of lines that follow each other stand one below the other, unless a line reaches further than this. */
const FURTHEST = 80;

function textOf(lines: readonly Line[]): string {
  const out: string[] = [];
  for (let i = 0; i < lines.length; ) {
    let end = i;
    let column = 0;
    for (; end < lines.length; end++) {
      const { code, remark } = lines[end] as Line;
      if (remark === null || code === "") break;
      const width = displayWidth(code);
      if (width <= FURTHEST) column = Math.max(column, width);
    }
    for (; i < end; i++) {
      const { code, remark } = lines[i] as Line;
      out.push(`${code}${" ".repeat(Math.max(0, column - displayWidth(code)) + 2)}${remark}`);
    }
    const plain = lines[i++];
    if (plain !== undefined) out.push(plain.remark ?? plain.code);
  }
  while (out.length > 0 && out.at(-1) === "") out.pop();
  return out.length === 0 ? "" : `${out.join("\n")}\n`;
}
