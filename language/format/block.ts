import { displayWidth } from "../text/width.ts";
import type { Cursor } from "./cursor.ts";
import { concat, type Doc, HARD, NOTHING, nest } from "./doc.ts";
import { INDENT } from "./expression.ts";

/** A longer name stands out, so that no other line is moved far. */
const LONGEST_ALIGNED = 32;

/** How wide the names of a block are made, so that the colons stand one below the other. */
export const widthOf = (names: readonly string[]): number =>
  names.reduce((most, name) => {
    const width = displayWidth(name);
    return width > LONGEST_ALIGNED ? most : Math.max(most, width);
  }, 0);

/** The name with blanks behind it. */
export const padded = (name: string, width: number): string =>
  name + " ".repeat(Math.max(0, width - displayWidth(name)));

/** A name as it stands in the file. */
export const nameWritten = ({ text, quoted }: { readonly text: string; readonly quoted: boolean }): string =>
  quoted ? `\`${text}\`` : text;

/** `{ … }`: a line for each item. The braces stand where the declaration does. */
export function block<A>(c: Cursor, items: readonly A[], item: (item: A) => Doc): Doc {
  const open = c.take();
  const inside: Doc[] = [];
  for (const one of items) {
    inside.push(commas(c));
    inside.push(c.before(HARD, inside.length === 1 ? "opening" : "between"), item(one));
  }
  inside.push(commas(c));
  const isEmpty = items.length === 0 && !c.hasComments();
  return concat([
    open,
    ...[concat(inside)],
    nest(-INDENT, [c.beforeClosing(isEmpty ? NOTHING : HARD, INDENT, "closing")]),
    c.take(),
  ]);
}

/** Commas between items are left out, except where one keeps a description from the item after it. */
export function commas(c: Cursor): Doc {
  const kept: Doc[] = [];
  while (c.peek()?.type === "Comma") {
    if (c.hasDescription()) kept.push(c.before(HARD), c.take());
    else c.drop();
  }
  return concat(kept);
}
