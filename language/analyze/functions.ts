/**
 * Functions without operands, which are written without parentheses. `yesterday` is a window that also stands for its day, so that
 * `.on(yesterday)` works.
 */
export const VALUE_WORDS: ReadonlySet<string> = new Set(["today", "now", "yesterday"]);
