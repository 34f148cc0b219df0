import { entry } from "../entry.ts";
import { DECLARATION_MEANING } from "./meaning-declarations.ts";

/** SEG4xxx: what can be read but not meant. */
export const MEANING = {
  ...DECLARATION_MEANING,
  "population-inside-elements": entry<{ name: string; trait: string | null }>({
    number: "SEG4141",
    severity: "error",
    message: (p) =>
      p.trait === null
        ? `\`${p.name}\` is about the whole population, not about the elements of a collection.`
        : `\`${p.name}\` reads the whole population, which elements of a collection cannot be held against.`,
    help: () => "Give it a name of its own with `segment`, and ask whether a row is in that.",
    explain:
      "Ranks, tiles and samples are worked out once over everybody. Inside a step over a collection it would not be clear whom they are about; a segment is, so `members.where(TopMembers)` works.",
    bad: "segment Odd where purchases.where(top 10% by amount)",
    good: "segment Best of Account where top 10% by seats\nsegment Odd where account in Best",
  }),
  "population-of-event": entry<{ name: string; event: string }>({
    number: "SEG4142",
    severity: "error",
    message: (p) => `\`${p.name}\` is about a population, and \`${p.event}\` is an event.`,
    help: () => "Write it for the entity that the events belong to.",
    explain:
      "A population are the rows of an entity, which have keys: customers, accounts. Events are ranked inside a collection.",
    bad: "trait fifth of Purchase = quintile(amount)",
    good: "trait fifth = quintile(purchases.sum(amount))",
  }),
  cycle: entry<{ path: readonly string[] }>({
    number: "SEG4001",
    severity: "error",
    message: (p) =>
      p.path.length === 2
        ? `\`${p.path[0]}\` is explained by itself.`
        : `\`${p.path[0]}\` is explained by itself: ${p.path.map((n) => `\`${n}\``).join(" → ")}.`,
    help: () => "Write one of them without the others.",
    explain: "Segments and traits may read each other, but following what they read must come to an end.",
    bad: "segment Quiet where not Lively\nsegment Lively where not Quiet",
    good: "segment Quiet where no purchases.last90d\nsegment Lively where not Quiet",
  }),
  "grows-too-large": entry<{ name: string; limit: string }>({
    number: "SEG4002",
    severity: "error",
    message: (p) => `With everything that it reads, \`${p.name}\` has more than ${p.limit}.`,
    help: () => "Read fewer other segments and traits, or each of them less often.",
    explain:
      "What a segment reads is put in its place before it runs. Segments that read each other several times over, level after level, grow beyond what any engine accepts.",
    bad: grown(),
    good: 'segment Europeans where region = "EU"',
  }),
  "calendar-step-of-timestamp": entry<{ text: string; days: string | null }>({
    number: "SEG4003",
    severity: "error",
    message: (p) => `\`${p.text}\` has no fixed length, so it cannot be added to a timestamp of the data.`,
    help: (p) => (p.days === null ? "Write days instead." : `Write days instead, such as \`${p.days}\`.`),
    explain:
      "Months, quarters and years differ in length. They may be added to dates, which every engine does alike, and to times that are known beforehand (`3mo ago`), but not to a timestamp that differs from row to row.",
    bad: "segment Settled where purchases.during(signed_up_at..signed_up_at + 3mo)",
    good: "segment Settled where purchases.during(signed_up_at..signed_up_at + 90d)",
  }),
  "anniversary-in-a-row-window": entry<{ text: string }>({
    number: "SEG4111",
    severity: "error",
    message: (p) =>
      `\`${p.text}\` differs from row to row; anniversaries are asked for in a window that is the same for everybody.`,
    help: () => "Use a window such as `next 30d` or `this month`, or compare `anniversary(…)` itself with that time.",
    explain:
      "Whether a yearly return lies in a window is worked out from the days of the year that the window covers, which have to be known beforehand. The date of the next return, `anniversary(d)`, can be compared with anything.",
    bad: "segment Birthdays where anniversary(birth_date) in signed_up_at..signed_up_at + 30d",
    good: "segment Birthdays where anniversary(birth_date) in next 30d",
  }),
  "nothing-ahead": entry<{ event: string }>({
    number: "SEG4004",
    severity: "error",
    message: (p) =>
      `Nothing of \`${p.event}\` lies ahead: only an event declared \`scheduled\` is visible before it happens.`,
    help: (p) => `Write \`last\`, or put \`scheduled\` into the header of \`${p.event}\`.`,
    explain:
      "What happens at or after the moment of evaluation has not happened. Bookings and renewals are known ahead; their event is declared `scheduled`.",
    bad: "segment Soon where purchases.next7d",
    good: "segment Soon where bookings.next7d",
  }),
  "no-before-condition": entry<{ text: string }>({
    number: "SEG4005",
    severity: "error",
    message: (p) => `\`no\` stands before a collection, and \`${p.text}\` is yes or no.`,
    help: () => "Write `not`.",
    explain: "`no purchases` says that there is none. The opposite of a condition is written with `not`.",
    bad: "segment Silent where no marketing_consent",
    good: "segment Silent where not marketing_consent",
  }),
  "no-time-of-its-own": entry<{ step: string; entity: string }>({
    number: "SEG4006",
    severity: "error",
    message: (p) => `\`${p.step}\` asks when, and \`${p.entity}\` has no time of its own.`,
    help: (p) => `Write \`.where(…)\` with a date of \`${p.entity}\`, or declare it as an \`event\` with \`at\`.`,
    explain: "Windows hold the time of events, which their header names with `at`. Rows of an entity simply exist.",
    bad: "segment Teams of Account where members.last90d > 3",
    good: "segment Teams of Account where members.where(signed_up_at in last 90d) > 3",
  }),
  "part-of-a-day": entry<{ text: string }>({
    number: "SEG4007",
    severity: "error",
    message: (p) => `\`${p.text}\` is not a number of whole days, and a date has no time of day.`,
    help: () => "Write whole days, or use a timestamp.",
    explain: "A date can be moved by days, weeks, months, quarters and years, and by hours that make whole days.",
    bad: "segment Odd where birth_date + 36h > 2000-01-01",
    good: "segment Odd where birth_date + 48h > 2000-01-01",
  }),
  "length-of-time": entry<{ text: string }>({
    number: "SEG4008",
    severity: "error",
    message: (p) => `\`${p.text}\` is not a length of time, such as \`90d\`.`,
    help: () => "Write a whole number and `min`, `h`, `d`, `w`, `mo`, `q` or `y`.",
    explain: "`.last(…)` narrows a collection to a stretch of time before the moment of evaluation.",
    bad: "segment Recent where purchases.last(region)",
    good: "segment Recent where purchases.last(90d)",
  }),
};

/** Twelve levels of a segment that reads the one below it three times: 3 to the 12th power. */
function grown(): string {
  const lines = ['segment Level0 where region = "EU"'];
  for (let n = 1; n <= 12; n++) {
    const below = `Level${n - 1}`;
    lines.push(`segment Level${n} where (${below} or marketing_consent) and (${below} or is_test) and not ${below}`);
  }
  return lines.join("\n");
}
