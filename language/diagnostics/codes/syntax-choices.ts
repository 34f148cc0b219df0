import { entry } from "../entry.ts";

/** SEG13xx: `if`, counted conditions, and what a list is asked. */
export const CHOICES = {
  "if-reach": entry<Record<never, never>>({
    number: "SEG1301",
    severity: "error",
    message: () => "An `if` beside something else stands in parentheses.",
    help: () => "Put parentheses around what belongs together.",
    explain:
      "An `if` reaches to the end of the place where it stands. Where something stands before or after it, parentheses must say what belongs to its last branch.",
    bad: "segment Loyal where visits_count > if marketing_consent then 3 else 5",
    good: "segment Loyal where visits_count > (if marketing_consent then 3 else 5)",
  }),
  "default-of-if": entry<Record<never, never>>({
    number: "SEG1302",
    severity: "error",
    message: () => "A default beside the branches of an `if` can be read in more than one way.",
    help: () => "Put the value and its default in parentheses.",
    explain:
      "`else` also begins the last branch of an `if`, so a default inside a branch, or for the whole `if`, stands in parentheses.",
    bad: "trait tolerance = if marketing_consent then visits_count else 3 else 5",
    good: "trait tolerance = if marketing_consent then (visits_count else 3) else 5",
  }),
  "if-without-else": entry<Record<never, never>>({
    number: "SEG1303",
    severity: "error",
    message: () => "This `if` has no `else`.",
    help: () => "Write `else` and the value for everybody else.",
    explain: "An `if` gives a value to everybody, so it says what the value is where the condition does not hold.",
    bad: "trait tolerance = if marketing_consent then 5",
    good: "trait tolerance = if marketing_consent then 5 else 3",
  }),
  "condition-brackets": entry<Record<never, never>>({
    number: "SEG1304",
    severity: "error",
    message: () => "Conditions stand in `( )`.",
    help: () => null,
    explain: "Square brackets hold the values of a list; the conditions that are counted stand in parentheses.",
    bad: "segment Loyal where any of [marketing_consent, visits_count > 3]",
    good: "segment Loyal where any of (marketing_consent, visits_count > 3)",
  }),
  "count-of-conditions": entry<{ found: string }>({
    number: "SEG1305",
    severity: "error",
    message: (p) => `Conditions are counted with a whole number, not \`${p.found}\`.`,
    help: () => "Write how many of them hold: `at least 2 of (…)`.",
    explain: "`at least`, `at most` and `exactly` say how many of the conditions in the parentheses hold.",
    bad: "segment Loyal where at least 50% of (marketing_consent, visits_count > 3)",
    good: "segment Loyal where at least 1 of (marketing_consent, visits_count > 3)",
  }),
  "condition-in-branch": entry<Record<never, never>>({
    number: "SEG1307",
    severity: "error",
    message: () => "A condition in a branch of an `if` stands in parentheses.",
    help: () => null,
    explain: "The branches of an `if` are values. Whether a condition holds is a value too, in parentheses.",
    bad: "segment Loyal where if marketing_consent then visits_count > 3 else false",
    good: "segment Loyal where if marketing_consent then (visits_count > 3) else false",
  }),
  "has-which": entry<Record<never, never>>({
    number: "SEG1306",
    severity: "error",
    message: () => "`has` with several values does not say whether any or all of them are meant.",
    help: () => "Write `has any` or `has all`.",
    explain:
      "`has` asks for one value. With a list of values, `any`, `all` or `none` says how many of them must be there.",
    bad: 'segment Loyal where interests has ["yoga", "running"]',
    good: 'segment Loyal where interests has any ["yoga", "running"]',
  }),
};
