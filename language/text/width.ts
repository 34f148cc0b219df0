/** Scripts that terminals print two columns wide, full-width forms, and emoji. Half-width Katakana is narrow, and tested before. */
const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const HALF_WIDTH = /^[\uff61-\uffdc]/u;
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns that a text without line breaks takes on a terminal, by the letters that text in common scripts is made of. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const letter of text) {
    if ((letter.codePointAt(0) as number) < 0x300) width += 1;
    else if (NO_WIDTH.test(letter)) width += 0;
    else width += WIDE.test(letter) && !HALF_WIDTH.test(letter) ? 2 : 1;
  }
  return width;
}

/** Control characters, and those that reorder a line: printed as they are, they would command the terminal or show another text than the one that is there. */
const COMMANDS = /(?!\t)[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** The text with everything that would command a terminal, line breaks among it but not tabs, replaced by `�`. */
export const printable = (text: string): string => text.replace(COMMANDS, "\ufffd");

/** The same for a text of several lines: its line breaks stay. */
export const printableLines = (text: string): string => text.split("\n").map(printable).join("\n");
