import { readDuration } from "../syntax/literals.ts";
import type { Token } from "../syntax/parse.ts";

/** A token as it is written canonically; `text` is as it stands in the file. */
export function written(token: Token, text: string): string {
  switch (token.type) {
    case "Text":
      return textWritten(text);
    case "Duration":
      return durationWritten(text);
    case "WindowStep": {
      const step = text.slice(1).trim();
      return `.${step.slice(0, 4)}${durationWritten(step.slice(4))}`;
    }
    default:
      return text;
  }
}

/** `90 days` as `90d`. */
function durationWritten(text: string): string {
  const read = readDuration(text);
  return read === null ? text : `${read.amount}${read.unit}`;
}

/** What can be seen; all else stays an escape. */
const VISIBLE = /^[\p{L}\p{N}\p{P}\p{S} ]$/u;
const SHORT: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t" };

/** With no more escapes than it needs. */
function textWritten(text: string): string {
  return text.replace(/\\u\{([0-9a-fA-F]{1,6})\}|\\.|\t/gsu, (part, hex: string | undefined) => {
    if (part === "\t") return "\\t";
    if (hex === undefined) return part;
    const letter = String.fromCodePoint(Number.parseInt(hex, 16));
    return (
      SHORT[letter] ?? (VISIBLE.test(letter) ? letter : `\\u{${letter.codePointAt(0)?.toString(16).toUpperCase()}}`)
    );
  });
}
