import type { Parameter } from "./statement.ts";

/** A text in quotes, its own quotes doubled: right where nothing else has a meaning inside of quotes. */
export const quotedText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A number as written in SQL; a negative one in parentheses, because `5--1` is a comment to some engines. */
export function writtenNumber({ value }: Parameter): string {
  const text = String(value);
  return text.startsWith("-") ? `(${text})` : text;
}

/** A name in double quotes, those inside of it doubled. */
export const doubleQuoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
