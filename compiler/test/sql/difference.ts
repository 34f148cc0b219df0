import type { Dialect } from "../../sql/dialect.ts";

/** Lines with names and placeholders as the generic text has them, so that only what is said otherwise is different. */
function generic(line: string, dialect: Dialect): string {
  const [open, close] = [...dialect.identifier("x").split("x")] as [string, string];
  const names = new RegExp(`\\${open}([a-zA-Z0-9_]+)\\${close}`, "g");
  return line.replace(names, '"$1"').replace(/\$\d+|\?\d*|@p?\d+|\{p\d+:\w+(?:\([^)]*\))?\}/g, "?");
}

/** How a dialect's text differs from the generic one, line by line: `-` is said there, `+` here. */
export function difference(text: string, of: Dialect, base: string, baseOf: Dialect): string {
  const [here, there] = [text.split("\n"), base.split("\n")];
  const [ours, theirs] = [here.map((line) => generic(line, of)), there.map((line) => generic(line, baseOf))];
  const longest = lengths(theirs, ours);
  const lines: string[] = [];
  let [i, j] = [0, 0];
  let isOpen = false;
  const note = (line: string): void => {
    if (!isOpen) lines.push(`@@ line ${i + 1}`);
    isOpen = true;
    lines.push(line);
  };
  while (i < there.length || j < here.length) {
    if (i < there.length && j < here.length && theirs[i] === ours[j]) {
      i++;
      j++;
      isOpen = false;
    } else if (j >= here.length || (i < there.length && at(longest, i + 1, j) >= at(longest, i, j + 1)))
      note(`-${there[i++]}`);
    else note(`+${here[j++]}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Of the rest of both from each pair of places on: how many lines they have in common, in order. */
function lengths(a: readonly string[], b: readonly string[]): readonly (readonly number[])[] {
  const found = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      (found[i] as number[])[j] =
        a[i] === b[j] ? at(found, i + 1, j + 1) + 1 : Math.max(at(found, i + 1, j), at(found, i, j + 1));
  return found;
}

const at = (table: readonly (readonly number[])[], i: number, j: number): number => table[i]?.[j] ?? 0;
