import { entry } from "../entry.ts";

const DECLARED = ", in data that keeps what the model says";

/** SEG5xxx: what the reasoner finds out about conditions, whatever the data. */
export const REASONED = {
  "always-false": entry<{ text: string; other: string | null; declared: boolean }>({
    number: "SEG5011",
    severity: "warning",
    message: (p) =>
      p.other === null
        ? `\`${p.text}\` never holds${p.declared ? DECLARED : ""}.`
        : `\`${p.text}\` never holds together with \`${p.other}\`${p.declared ? DECLARED : ""}.`,
    help: () => "Nobody is in it: correct one of the conditions, or remove them.",
    explain:
      "Two conditions exclude each other, or one alone cannot hold: nobody is ever in it, whatever the data. Found by reasoning with intervals, sets, counts and nested windows, also through the segments and traits that are named; what is told is always so. Where it is so only as long as the data keeps the model's enumerations, ranges and `optional`, the warning says that.",
    bad: "segment Nobody where purchases.last30d >= 3 and no purchases.last90d",
    good: "segment Busy where purchases.last30d >= 3 and purchases.last90d >= 5",
  }),
  "always-true": entry<{ text: string; declared: boolean }>({
    number: "SEG5012",
    severity: "warning",
    message: (p) => `\`${p.text}\` always holds${p.declared ? DECLARED : ""}.`,
    help: () => "It leaves nobody out: correct it, or remove it.",
    explain: "A condition that cannot fail says nothing. Where everybody is meant, `true` says so.",
    bad: "segment Anybody where purchases > 3 or purchases < 10",
    good: "segment Some where purchases > 3 and purchases < 10",
  }),
  "dead-branch": entry<{ text: string; other: string | null }>({
    number: "SEG5013",
    severity: "warning",
    message: (p) =>
      p.other === null ? `Nobody comes to \`${p.text}\`.` : `Nobody comes to \`${p.text}\`, because of \`${p.other}\`.`,
    help: () => "Correct it, change the order, or remove it.",
    explain:
      "An item of an `or` that what stands around it excludes, a branch of an `if`, or a tier whose people all belong to earlier ones can be written and read, and never decides about anybody.",
    bad: 'segment Regulars where purchases >= 5 and (purchases < 3 or region = "EU")',
    good: 'segment Regulars where purchases >= 5 and (purchases >= 10 or region = "EU")',
  }),
  "redundant-condition": entry<{ text: string; other: string }>({
    number: "SEG5014",
    severity: "warning",
    message: (p) =>
      p.text === p.other ? `\`${p.text}\` is said twice.` : `\`${p.text}\` changes nothing beside \`${p.other}\`.`,
    help: () => "Remove it, or correct what was meant.",
    explain:
      "In an `and` whatever holds wherever another condition does is not needed, in an `or` whatever holds only where another does: who bought within 30 days bought within 90. Often another window or number was meant.",
    bad: "segment Recent where purchases.last30d and purchases.last90d",
    good: "segment Recent where purchases.last30d and visits.last90d",
  }),
  "duplicate-segment": entry<{ name: string; other: string }>({
    number: "SEG5015",
    severity: "warning",
    message: (p) => `\`${p.name}\` and \`${p.other}\` mean the same.`,
    help: (p) => `Keep one, or write \`where ${p.other}\` so that they stay the same.`,
    explain:
      "Two names for one set of people drift apart as soon as one of the two is changed. A segment that only names the other stays the same as it, and one that is `@deprecated` is about to go.",
    bad: 'segment Europeans where region = "EU" and purchases\nsegment Buyers where purchases >= 1 and region in ["EU"]',
    good: 'segment Europeans where region = "EU" and purchases\nsegment Buyers where Europeans',
  }),
};
