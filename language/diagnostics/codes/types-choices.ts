import { entry } from "../entry.ts";

/** SEG31xx: kinds of values in an `if`, in lists and in functions. */
export const CHOICE_TYPES = {
  "branches-differ": entry<{ text: string; found: string; other: string; wanted: string }>({
    number: "SEG3101",
    severity: "error",
    message: (p) =>
      `\`${p.text}\` is ${p.found} and \`${p.other}\` is ${p.wanted}; an \`if\` gives values of one kind.`,
    help: () => "Give both branches a value of the same kind.",
    explain:
      "Whichever branch is taken, the value is used in the same way. Numbers of all kinds go together; a date never stands for a timestamp.",
    bad: 'trait label = if marketing_consent then "yes" else 0',
    good: 'trait label = if marketing_consent then "yes" else "no"',
  }),
};
