import { displayWidth, printable } from "../text/width.ts";

/** Offsets of a line, `start..end`, and of what is marked in it, `from..to`. */
export interface MarkedLine {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/** What a frame shows of a line. */
export interface CutLine {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/**
 * The line in three parts around what is marked, cut to `room` columns, with `…` for what is left out on a side. No letter is parted from the marks that
 * combine with it. Work grows with `room`, not with the line.
 */
export function cutLine(text: string, { start, end, from, to }: MarkedLine, room: number): CutLine {
  if (end - start <= room * UNITS_A_COLUMN) {
    const whole = { before: shown(text, start, from), marked: shown(text, from, to), after: shown(text, to, end) };
    if (displayWidth(whole.before + whole.marked + whole.after) <= room) return whole;
  }
  // One column for each `…`, and one for the end of a line, where the caret of what is missing stands.
  const most = room - 3;
  const marked = firstColumns(letters(text, from, Math.min(to, from + room * UNITS_A_COLUMN)), most);
  const left = most - marked.width;
  const markEnd = from + marked.units;
  const rest = letters(text, markEnd, Math.min(end, markEnd + room * UNITS_A_COLUMN));
  const lead = letters(text, Math.max(start, from - room * UNITS_A_COLUMN), from).toReversed();
  const half = firstColumns(lead, Math.ceil(left / 2));
  const after = firstColumns(rest, left - half.width);
  const before = firstColumns(lead, left - after.width);
  const [beforeStart, afterEnd] = [from - before.units, markEnd + after.units];
  return {
    before: (beforeStart > start ? "…" : "") + shown(text, beforeStart, from),
    marked: shown(text, from, markEnd),
    after: shown(text, markEnd, afterEnd) + (afterEnd < end ? "…" : ""),
  };
}

/** No more of a line is looked at for each column: a letter may have marks without width, but not that many. */
const UNITS_A_COLUMN = 8;

interface Letter {
  readonly units: number;
  readonly width: number;
}

/** The letters of a stretch, each with the marks that combine with it. */
function letters(text: string, start: number, end: number): readonly Letter[] {
  const found: Letter[] = [];
  for (const letter of text.slice(start, Math.max(start, end))) {
    const width = displayWidth(shown(letter, 0, letter.length));
    const last = found.at(-1);
    if (width === 0 && last !== undefined) found[found.length - 1] = { ...last, units: last.units + letter.length };
    else found.push({ units: letter.length, width });
  }
  return found;
}

/** The first letters that fit. */
function firstColumns(all: readonly Letter[], columns: number): Letter {
  let [units, width] = [0, 0];
  for (const letter of all) {
    if (width + letter.width > columns) break;
    units += letter.units;
    width += letter.width;
  }
  return { units, width };
}

/** Two blanks for a tab, so that carets stand where they should on every terminal. */
const shown = (text: string, start: number, end: number): string =>
  printable(text.slice(start, end).replaceAll("\t", "  "));

/** The text in lines of so many columns where blanks allow it. */
export function brokenAtBlanks(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || displayWidth(longer) > columns) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
