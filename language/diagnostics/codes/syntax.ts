import { entry } from "../entry.ts";

/** SEG1xxx: letters, words and layout. */
export const SYNTAX = {
  "unexpected-text": entry<{ found: string; expected: string | null }>({
    number: "SEG1001",
    severity: "error",
    message: (p) => (p.expected === null ? `\`${p.found}\` is not expected here.` : `\`${p.found}\` is not expected here; ${p.expected} is.`),
    help: () => null,
    explain: "The text at this place does not continue what stands before it.",
    bad: "segment Loyal where where region = \"EU\"",
    good: "segment Loyal where region = \"EU\"",
  }),
};
