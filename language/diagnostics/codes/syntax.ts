import { entry } from "../entry.ts";
import { LAYOUT } from "./syntax-layout.ts";
import { SLIPS } from "./syntax-slips.ts";

/** SEG1xxx: letters, words and layout. */
export const SYNTAX = {
  "unexpected-text": entry<{ found: string; expected: string | null }>({
    number: "SEG1001",
    severity: "error",
    message: (p) =>
      p.expected === null
        ? `\`${p.found}\` is not expected here.`
        : `\`${p.found}\` is not expected here; ${p.expected} is.`,
    help: () => null,
    explain:
      "The text at this place does not continue what stands before it. What follows it in the same declaration is not read.",
    bad: 'segment Loyal where region = "EU" )',
    good: 'segment Loyal where region = "EU"',
  }),
  "missing-value": entry<{ before: string | null; expected: string }>({
    number: "SEG1002",
    severity: "error",
    message: (p) =>
      p.before === null
        ? `Something is missing at the end: ${p.expected}.`
        : `Something is missing before \`${p.before}\`: ${p.expected}.`,
    help: () => null,
    explain: "A word or sign that needs something after it is followed by something else, or by nothing.",
    bad: "segment Loyal where region = ",
    good: 'segment Loyal where region = "EU"',
  }),
  "missing-operator": entry<{ found: string }>({
    number: "SEG1003",
    severity: "error",
    message: (p) => `Something is missing before \`${p.found}\`: a comparison such as \`=\` or \`in\`.`,
    help: () => null,
    explain: "Two values stand beside each other with nothing that compares them.",
    bad: 'segment Loyal where region "EU"',
    good: 'segment Loyal where region = "EU"',
  }),
  "missing-connective": entry<{ found: string }>({
    number: "SEG1004",
    severity: "error",
    message: (p) => `\`and\` or \`or\` is missing before \`${p.found}\`.`,
    help: () => "Write `and` where both conditions must hold, `or` where one is enough.",
    explain: "Two conditions stand beside each other, and nothing says whether both must hold or one is enough.",
    bad: 'segment Loyal where region = "EU" marketing_consent',
    good: 'segment Loyal where region = "EU" and marketing_consent',
  }),
  "missing-word": entry<{ word: string; before: string }>({
    number: "SEG1005",
    severity: "error",
    message: (p) => `\`${p.word}\` is missing before \`${p.before}\`.`,
    help: () => null,
    explain: "A word that must stand at this place was left out; what follows is read as if it stood there.",
    bad: 'segment Loyal region = "EU"',
    good: 'segment Loyal where region = "EU"',
  }),
  "unclosed-bracket": entry<{ open: string; close: string }>({
    number: "SEG1006",
    severity: "error",
    message: (p) => `The \`${p.open}\` is never closed: \`${p.close}\` is missing.`,
    help: () => null,
    explain: "Each opening bracket needs its closing one in the same declaration.",
    bad: 'segment Loyal where (region = "EU" and marketing_consent',
    good: 'segment Loyal where (region = "EU" and marketing_consent)',
  }),
  "missing-name": entry<{ what: string; before: string | null }>({
    number: "SEG1007",
    severity: "error",
    message: (p) =>
      p.before === null
        ? `The name of ${p.what} is missing.`
        : `The name of ${p.what} is missing before \`${p.before}\`.`,
    help: () => "Names are letters, digits and `_`; anything else stands in back-ticks.",
    explain:
      "Something that has a name was written without it. Reserved words are names only in back-ticks, after a dot or before a colon.",
    bad: 'segment where region = "EU"',
    good: 'segment Loyal where region = "EU"',
  }),
  "and-or": entry<{ found: string }>({
    number: "SEG1008",
    severity: "error",
    message: () => "`and` and `or` stand side by side without parentheses, which people read in two ways.",
    help: () => "Put parentheses around what belongs together.",
    explain:
      "Products disagree whether `and` or `or` binds tighter, and so do people; a segment must not depend on it. Parentheses say which one is meant.",
    bad: 'segment Loyal where region = "EU" or country = "CH" and marketing_consent',
    good: 'segment Loyal where (region = "EU" or country = "CH") and marketing_consent',
  }),
  "else-reach": entry<{ operator: string }>({
    number: "SEG1009",
    severity: "error",
    message: (p) => `\`else\` beside \`${p.operator}\` without parentheses can be read in two ways.`,
    help: () => "Put parentheses around what belongs together.",
    explain:
      "`x else 0` gives a default where x is missing. Beside `+ - * /` it must be said whether the default is for one value or for the whole calculation.",
    bad: "segment Loyal where visits_count + score else 0 > 3",
    good: "segment Loyal where visits_count + (score else 0) > 3",
  }),
  "comparison-chain": entry<{ operator: string }>({
    number: "SEG1010",
    severity: "error",
    message: () => "Comparisons do not chain.",
    help: () => "Write two comparisons with `and` between them, or `in a..b`.",
    explain: "A comparison answers yes or no, and that cannot be compared with a number.",
    bad: "segment Loyal where 18 <= visits_count <= 65",
    good: "segment Loyal where 18 <= visits_count and visits_count <= 65",
  }),
  "clause-order": entry<{ clause: string; before: string }>({
    number: "SEG1011",
    severity: "error",
    message: (p) => `${p.clause} stands before ${p.before}.`,
    help: () => "The order is: name, title, `of`, `where`.",
    explain: "The parts of a declaration always come in the same order, so that every file reads alike.",
    bad: "segment Loyal where marketing_consent of Customer",
    good: "segment Loyal of Customer where marketing_consent",
  }),
  "clause-twice": entry<{ clause: string }>({
    number: "SEG1012",
    severity: "error",
    message: (p) => `${p.clause} is there twice.`,
    help: () => null,
    explain: "Each part of a declaration may be given once.",
    bad: 'segment Loyal where marketing_consent where region = "EU"',
    good: 'segment Loyal where marketing_consent and region = "EU"',
  }),
  "default-what": entry<{ word: string }>({
    number: "SEG1014",
    severity: "error",
    message: (p) => `\`default\` stands before \`entity\` only, not before \`${p.word}\`.`,
    help: () => null,
    explain: "The default entity is the one that segments are about unless they say `of`.",
    bad: "default event Click from crm.clicks at clicked_at {\n  clicked_at : timestamp\n}",
    good: "event Click from crm.clicks at clicked_at {\n  clicked_at : timestamp\n}",
  }),
  outside: entry<{ found: string }>({
    number: "SEG1015",
    severity: "error",
    message: (p) => `\`${p.found}\` does not belong to any declaration.`,
    help: () => "A declaration begins with a word such as `segment`, `trait`, `list` or `entity`.",
    explain: "A file is a row of declarations. This text stands outside of all of them.",
    bad: 'Loyal region = "EU"',
    good: 'segment Loyal where region = "EU"',
  }),
  "reserved-name": entry<{ word: string }>({
    number: "SEG1016",
    severity: "error",
    message: (p) => `\`${p.word}\` is a word of the language and cannot be a name here.`,
    help: (p) => `A field of that name is written in back-ticks: \`\` \`${p.word}\` \`\`.`,
    explain:
      "Some words are reserved, so that every sentence has one reading. After a dot and before a colon they are names; elsewhere a name like that stands in back-ticks.",
    bad: "default entity Shop from shops {\n  shop_id : text key\n  by : integer\n}\nsegment Third where by = 3",
    good: "default entity Shop from shops {\n  shop_id : text key\n  by : integer\n}\nsegment Third where `by` = 3",
  }),
  ...LAYOUT,
  ...SLIPS,
};
