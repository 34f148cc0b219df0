/** Behind a backslash in a quoted text; `docs.snowflake.com/en/sql-reference/data-types-text`, «Escape sequences in single-quoted string constants». */
const ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", "0": "\0" };

/** What a quoted text of Snowflake means: two quotes are one, a backslash belongs to what follows it. */
export const meantBySnowflake = (literal: string): string =>
  literal
    .slice(1, -1)
    .replaceAll(
      /''|\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-7]{1,3})|(.))/gsu,
      (_, unicode?: string, hex?: string, octal?: string, letter?: string) => {
        const number = unicode ?? hex;
        if (number !== undefined) return String.fromCharCode(Number.parseInt(number, 16));
        if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
        return letter === undefined ? "'" : (ESCAPES[letter] ?? letter);
      },
    );
