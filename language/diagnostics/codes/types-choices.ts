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
  "not-a-list": entry<{ text: string; found: string; hint: string | null }>({
    number: "SEG3102",
    severity: "error",
    message: (p) => `\`${p.text}\` is ${p.found}; \`has\` asks a field that holds a list.`,
    help: (p) => p.hint,
    explain:
      "Fields of the type `list of …` are asked with `has`. One value is compared, a text asked with `contains`.",
    bad: 'segment Yogis where region has "E"',
    good: 'segment Yogis where region contains "E"',
  }),
  "has-which-list": entry<{ list: string }>({
    number: "SEG3103",
    severity: "error",
    message: (p) => `\`has ${p.list}\` does not say whether any or all of the values in \`${p.list}\` are meant.`,
    help: () => "Write `has any` or `has all`.",
    explain:
      "`has` asks for one value. With a list of values, `any`, `all` or `none` says how many of them must be there.",
    bad: 'list SPORTS = ["yoga", "running"]\nsegment Active where interests has SPORTS',
    good: 'list SPORTS = ["yoga", "running"]\nsegment Active where interests has any SPORTS',
  }),
  "list-as-one-value": entry<{ text: string; meant: string | null }>({
    number: "SEG3104",
    severity: "error",
    message: (p) => `\`${p.text}\` holds a list, which is no single value.`,
    help: (p) => (p.meant === null ? `Ask what is in it: \`${p.text} has …\`.` : `Write \`${p.meant}\`.`),
    explain:
      "A field of the type `list of …` holds any number of values. `has` asks for one of them, `has any`, `has all` and `has none` for several.",
    bad: 'segment Yogis where interests = "yoga"',
    good: 'segment Yogis where interests has "yoga"',
  }),
  "json-as-value": entry<{ text: string; paths: readonly string[] }>({
    number: "SEG3105",
    severity: "error",
    message: (p) => `\`${p.text}\` is a JSON value, which is asked by its paths.`,
    help: (p) =>
      p.paths.length === 0 ? null : `Write a dot and a path after it, such as \`${p.text}.${p.paths[0]}\`.`,
    explain: "The model declares the paths of a JSON value, and each of them is a value of its own type.",
    bad: "segment Tagged where purchases.where(payload is known)",
    good: "segment Tagged where purchases.where(payload.coupon is known)",
  }),
};
