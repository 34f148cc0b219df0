import { entry } from "../entry.ts";

/** SEG5xxx: traps of ranks, of windows and of time. */
export const TIMED = {
  "rank-beside": entry<{ text: string }>({
    number: "SEG5018",
    severity: "warning",
    message: (p) => `\`${p.text}\` ranks everybody: the conditions beside it do not narrow it.`,
    help: () => "Write them after `of` to rank those who meet them alone.",
    explain:
      'A rank is over the whole population. `top 10 by x and country = "DE"` are those of the ten best that happen to live in Germany, perhaps nobody; `top 10 by x of (country = "DE")` are ten Germans.',
    bad: 'segment BestOfEurope where top 100 by purchases.sum(amount) and region = "EU"',
    good: 'segment BestOfEurope where top 100 by purchases.sum(amount) of (region = "EU")',
  }),
  "rolling-periods": entry<{ text: string; unit: string }>({
    number: "SEG5019",
    severity: "warning",
    message: (p) => `\`${p.text}\` begins and ends inside a ${p.unit}, so it touches one ${p.unit} more.`,
    help: (p) => `Write \`last n full ${p.unit}s\` to count whole ones.`,
    explain:
      "`last 7d` is seven times twenty-four hours back from now: from the afternoon of one day to the afternoon of another, eight calendar days in all. Counted in days, weeks or months, whole periods are usually meant. An event that happens on a date has whole days already.",
    bad: "segment Eager where purchases.last7d.days >= 7",
    good: "segment Eager where purchases.during(last 7 full days).days >= 7",
  }),
  "still-open": entry<{ within: string }>({
    number: "SEG5020",
    severity: "warning",
    message: (p) => `For the latest ones the \`${p.within}\` are not over, and what did not follow may still.`,
    help: (p) => `Write \`.before(${p.within} ago)\` before it to leave them out.`,
    explain:
      "`not_followed_by` means: not so far. Whoever did something a minute ago is in, and out again as soon as the other thing follows. Leave out what is still open, or say with a comment that it is meant.",
    bad: "segment Hesitant where bookings.last30d.not_followed_by(purchases, within: 24h)",
    good: "segment Hesitant where bookings.last30d.before(24h ago).not_followed_by(purchases, within: 24h)",
  }),
  "anniversary-trap": entry<{ text: string; reason: string }>({
    number: "SEG5021",
    severity: "warning",
    message: (p) => `\`${p.text}\` asks for nothing: ${p.reason}.`,
    help: () => "Ask for the returns in a window: `anniversary(birth_date) in last 7d`.",
    explain:
      "`anniversary(d) in W` holds when any yearly return lies in the window, also in the past. By itself `anniversary(d)` is the next return, today or later, so it is never yesterday; and every date returns within a year, so a window of a year leaves nobody out.",
    bad: "segment Belated where anniversary(birth_date) = yesterday",
    good: "segment Belated where anniversary(birth_date) in yesterday",
  }),
};
