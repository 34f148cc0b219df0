import { entry } from "../entry.ts";

/** SEG6xxx: what an engine cannot express. */
export const ENGINES = {
  "calendar-in-view": entry<{ segment: string; words: string | null }>({
    number: "SEG6113",
    severity: "error",
    message: (p) =>
      p.words === null
        ? `What stands here in \`${p.segment}\` follows the calendar, and a view has only the engine's clock.`
        : `\`${p.words}\` follows the calendar, and the view of \`${p.segment}\` has only the engine's clock.`,
    help: () => "Count in hours, days or weeks back from now (`last 90d`), or compile `--shape members` anew each day.",
    explain:
      "A view is asked at any time, so it reads the engine's clock, once. `last 90d` is 90 times 24 hours before it. `this month`, `today`, an age or a date that is held against today depend on where the day begins in the zone of the project, on months and on leap years, which engines work out differently. A statement for one as-of has all of that as constants.",
    bad: "seg compile Recent --dialect postgres --shape view   // segment Recent where purchases.during(this month) > 0",
    good: "seg compile Recent --dialect postgres --shape view   // segment Recent where purchases.last30d > 0",
  }),
  "decimal-too-precise": entry<{ field: string; digits: number; engine: string; most: number }>({
    number: "SEG6002",
    severity: "error",
    message: (p) =>
      `\`${p.field}\` has ${p.digits} digits, and ${p.engine} computes exactly with at most ${p.most} of them.`,
    help: (p) => `Declare it as \`decimal\` of at most ${p.most} digits, or use another engine.`,
    explain:
      "SQLite has no decimals: numbers with a point are doubles, which hold 15 digits exactly. Decimals are computed there in whole units of their last digit. A field with more digits would be answered with other numbers than on other engines, and so it is not answered at all.",
    bad: "default entity Customer from customers {\n  id     : text key\n  credit : decimal(20, 2)\n}\nsegment Rich where credit > 100",
    good: "default entity Customer from customers {\n  id     : text key\n  credit : decimal(12, 2)\n}\nsegment Rich where credit > 100",
  }),
  "statement-too-large": entry<{ segment: string; has: string; most: string; engine: string }>({
    number: "SEG6003",
    severity: "error",
    message: (p) => `For ${p.engine}, \`${p.segment}\` becomes a statement of ${p.has}, and ${p.most} are the most.`,
    help: () => "Divide it into segments that are asked for one by one, or shorten what it lists.",
    explain:
      "Engines refuse statements beyond a size: SQLite more than 64 tables at once, ClickHouse a text of more than 256 KB, others of more than a million bytes. Seglang divides what is asked of several segments into statements of at most 200 KB. A segment by itself may be as long as its engine takes, with at most 2,000 parameters.",
    bad: "seg compile Everything --dialect sqlite",
    good: "seg compile Part1 Part2 --dialect sqlite",
  }),
  "statement-too-deep": entry<{ segment: string; engine: string }>({
    number: "SEG6004",
    severity: "error",
    message: (p) => `The conditions of \`${p.segment}\` lie deeper in one another than ${p.engine} takes.`,
    help: () => "Give a part of it a name of its own: `segment … where …`.",
    explain:
      "Engines follow parentheses only to some depth. A part that has a name, and is used more than once or lies deep, becomes a column of its own.",
    bad: "trait total = a + b + c + d // … and hundreds more",
    good: "trait total = purchases.sum(amount)",
  }),
  "too-many-offsets": entry<{ text: string }>({
    number: "SEG6111",
    severity: "error",
    message: (p) => `\`${p.text}\` asks for the clocks of all time zones over too many years to list in a statement.`,
    help: () => "Put a window before it, such as `.last2y`, compare the day with a constant, or leave out `in zone`.",
    explain:
      "In a segment `in zone …`, the local day and hour of a stored timestamp depend on when the clocks of each zone were changed. These changes are listed in the statement, for the times that are in question: those of the windows before. Over decades they are more than a statement takes. A day that is compared with a constant needs no such list.",
    bad: "seg compile Nightly   // segment Nightly in zone time_zone where hour(signed_up_at) >= 22",
    good: "seg compile Nightly   // segment Nightly in zone time_zone where visits.last90d.where(hour(at) >= 22)",
  }),
  "not-in-each-zone": entry<{ text: string }>({
    number: "SEG6112",
    severity: "error",
    message: (p) => `\`${p.text}\` is not worked out by each person's own zone in SQL.`,
    help: () =>
      "Take the day first, as in `months_since(date(t))`, or give that part a segment of its own without `in zone`.",
    explain:
      "Months and years since a timestamp, and windows that begin or end with a day of a row, would need the clocks of all zones at that time. Of days they are worked out exactly.",
    bad: "seg compile Old   // segment Old in zone time_zone where months_since(signed_up_at) >= 3",
    good: "seg compile Old   // segment Old in zone time_zone where months_since(date(signed_up_at)) >= 3",
  }),
  "sample-without-hash": entry<{ engine: string }>({
    number: "SEG6141",
    severity: "error",
    message: (p) => `${p.engine} has no SHA-256, by which a sample is drawn.`,
    help: () => "Count it with `seg run`, which brings the function along, or compile it for another engine.",
    explain:
      "A sample takes whoever has a small number in the SHA-256 of the seed and the key, so that every engine draws the same people. SQLite has no such function: `seg run` gives it one, `seg_bucket(seed, key)`, on its own connection. SQL that is to run elsewhere would not find it.",
    bad: 'seg compile Tenth --dialect sqlite   // segment Tenth where sample(10%, "spring")',
    good: "seg run Tenth",
  }),
  "member-not-found": entry<{ member: string; engine: string }>({
    number: "SEG6150",
    severity: "error",
    message: (p) => `${p.engine} cannot be relied on to find the member \`${p.member}\` of a JSON value.`,
    help: () => "Give the member a column of its own, in a view, and declare it as a field.",
    explain:
      "Redshift folds the names by which it looks into JSON to lower case, unless the session says otherwise. A member whose name has a capital letter would be missing everywhere, without a word.",
    bad: 'seg compile Web --dialect redshift   // segment Web where payload.utmSource = "web"',
    good: 'seg compile Web --dialect redshift   // segment Web where utm_source = "web"',
  }),
  "needle-too-long": entry<{ engine: string; most: string }>({
    number: "SEG6170",
    severity: "error",
    message: (p) => `${p.engine} finds no text of more than ${p.most} characters inside of another.`,
    help: () => "Look for a part of it, or compare with `=`, `starts with` or `ends with`.",
    explain:
      "SQL Server's `charindex` takes 8,000 bytes of what it looks for. Whole texts, and their beginnings and ends, may be of any length.",
    bad: 'seg compile Quoted --dialect sqlserver   // segment Quoted where note contains "… 5,000 characters …"',
    good: 'seg compile Quoted --dialect sqlserver   // segment Quoted where note starts with "… 5,000 characters …"',
  }),
  "text-no-engine-holds": entry<{ what: string }>({
    number: "SEG6005",
    severity: "error",
    message: (p) => `This text holds ${p.what}, which no engine can be asked for.`,
    help: () => "Take that character out.",
    explain:
      "The character with the number 0, and one half of a pair of UTF-16, are refused or silently replaced by engines. No text of the data can hold them.",
    bad: 'segment Odd where country = "a\\u{0}b"',
    good: 'segment Odd where country = "ab"',
  }),
};
