import { entry } from "../entry.ts";

/** SEG3xxx: values of the wrong kind. Parameters called `left`, `right`, `found` are types in words: `text`, `a number`. */
export const TYPES = {
  "not-a-share": entry<{ text: string }>({
    number: "SEG3141",
    severity: "error",
    message: (p) => `\`${p.text}\` is no share of the population.`,
    help: () => "Write a percentage from `0%` to `100%`.",
    explain:
      "How large a part of everybody is taken is written out as a percentage, so that whoever reads the segment sees it, and the same people are taken everywhere.",
    bad: 'segment Tenth where sample(10, "spring")',
    good: 'segment Tenth where sample(10%, "spring")',
  }),
  "not-a-seed": entry<{ text: string }>({
    number: "SEG3142",
    severity: "error",
    message: (p) => `\`${p.text}\` is no seed.`,
    help: () => "Write a text in quotes.",
    explain:
      "The seed of a sample is a text. The same seed takes the same people each time, another one takes others, and a larger sample with the same seed holds the smaller.",
    bad: "segment Tenth where sample(10%, 2026)",
    good: 'segment Tenth where sample(10%, "2026")',
  }),
  "not-an-amount": entry<{ text: string; which: string }>({
    number: "SEG3143",
    severity: "error",
    message: (p) => `\`${p.text}\` says neither how many nor which part of them.`,
    help: (p) =>
      `Write a whole number of 1 or more, \`${p.which} 100 by …\`, or a percentage, \`${p.which} 10% by …\`.`,
    explain: "A rank takes a number of people that is written out, or a share of all those that have a place in it.",
    bad: "segment Best where top 2.5 by credit",
    good: "segment Best where top 2.5% by credit",
  }),
  "not-a-number-of-tiles": entry<{ text: string }>({
    number: "SEG3144",
    severity: "error",
    message: (p) => `\`${p.text}\` is no number of tiles.`,
    help: () => "Write a whole number from 1 to 1,000,000.",
    explain: "Into how many tiles the population is divided is a whole number that is written out.",
    bad: "segment Best where ntile(0.5, credit) = 1",
    good: "segment Best where ntile(2, credit) = 2",
  }),
  "cannot-compare": entry<{ left: string; leftType: string; right: string; rightType: string; hint: string | null }>({
    number: "SEG3001",
    severity: "error",
    message: (p) => `\`${p.left}\` is ${p.leftType} and \`${p.right}\` is ${p.rightType}; the two are never compared.`,
    help: (p) => p.hint ?? "Both sides have to be of one kind.",
    explain:
      "Text never meets a number, and nothing is converted silently. Numbers of all kinds meet each other, and so do dates and timestamps (the timestamp's day is compared).",
    bad: 'segment Frequent where visits_count > "3"',
    good: "segment Frequent where visits_count > 3",
  }),
  "wrong-kind": entry<{ text: string; found: string; wanted: string; hint: string | null }>({
    number: "SEG3002",
    severity: "error",
    message: (p) => `\`${p.text}\` is ${p.found}; ${p.wanted} is needed here.`,
    help: (p) => p.hint,
    explain: "Each operator and each step works on values of certain kinds.",
    bad: "segment Odd where region + 1 > 3",
    good: "segment Odd where visits_count + 1 > 3",
  }),
  "not-a-condition": entry<{ text: string; found: string; hint: string | null }>({
    number: "SEG3003",
    severity: "error",
    message: (p) => `\`${p.text}\` is ${p.found}, which is neither yes nor no.`,
    help: (p) => p.hint,
    explain:
      "A condition is a comparison or another test, a yes/no field, a segment, or a collection (which asks whether there is any).",
    bad: "segment Located where region",
    good: "segment Located where region is known",
  }),
  "collection-as-value": entry<{ text: string }>({
    number: "SEG3004",
    severity: "error",
    message: (p) => `\`${p.text}\` is a collection; it is a number only with \`.count\`.`,
    help: (p) => `Write \`${p.text}.count\`.`,
    explain:
      "Beside a number a bare collection counts, and as a condition it asks whether there is any. Elsewhere both readings are possible, so `.count` has to be written.",
    bad: "trait orders = purchases",
    good: "trait orders = purchases.count",
  }),
  "row-as-value": entry<{ text: string; entity: string; hint: string | null }>({
    number: "SEG3005",
    severity: "error",
    message: (p) => `\`${p.text}\` is one \`${p.entity}\`, not a value.`,
    help: (p) => p.hint ?? `Write a dot and a field of \`${p.entity}\` after it, or ask \`is known\`.`,
    explain: "A link leads to a row. Its fields are values; whether it is there at all is asked with `is known`.",
    bad: 'segment Teams where account = "team"',
    good: 'segment Teams where account.plan = "team"',
  }),
  "value-not-listed": entry<{ field: string; value: string; values: readonly string[]; suggestion: string | null }>({
    number: "SEG3006",
    severity: "error",
    message: (p) => `\`${p.value}\` is not a value of \`${p.field}\`.`,
    help: (p) => {
      const shown = p.values.slice(0, 12).map((v) => `\`${v}\``);
      const all = `It has ${shown.join(", ")}${p.values.length > shown.length ? ", …" : ""}.`;
      return p.suggestion === null ? all : `Did you mean \`${p.suggestion}\`? ${all}`;
    },
    explain:
      "The model lists the values that the field has. Another one would silently match nobody. Capital and small letters count.",
    bad: 'segment Europeans where region = "EUR"',
    good: 'segment Europeans where region = "EU"',
  }),
  "value-out-of-range": entry<{ field: string; value: string; range: string }>({
    number: "SEG3007",
    severity: "error",
    message: (p) => `\`${p.value}\` lies outside the values of \`${p.field}\`.`,
    help: (p) => `The model says that \`${p.field}\` lies in \`${p.range}\`.`,
    explain:
      "The model says in which range the field's values lie. A comparison with a value outside it has the same answer for everybody.",
    bad: "segment Risky where churn_risk > 40",
    good: "segment Risky where churn_risk > 0.4",
  }),
  "mixed-list": entry<{ first: string; firstType: string; item: string; itemType: string }>({
    number: "SEG3008",
    severity: "error",
    message: (p) => `\`${p.item}\` is ${p.itemType}, but the list began with \`${p.first}\`, which is ${p.firstType}.`,
    help: () => "All values of a list are of one kind.",
    explain: "A list is compared with one value after the other, so all its values are of one kind.",
    bad: 'list Mixed = ["AT", 5]',
    good: 'list Countries = ["AT", "DE"]',
  }),
  "no-order": entry<{ text: string; op: string }>({
    number: "SEG3009",
    severity: "error",
    message: (p) => `\`${p.text}\` is yes or no; \`${p.op}\` needs values that have an order.`,
    help: () => "Write `=` or `!=`, or the value alone.",
    explain: "Numbers, dates, timestamps and text have an order. Yes and no have none.",
    bad: "segment Consenting where marketing_consent > false",
    good: "segment Consenting where marketing_consent",
  }),
  "not-a-plain-value": entry<{ text: string; where: string }>({
    number: "SEG3010",
    severity: "error",
    message: (p) => `\`${p.text}\` is not a plain value, and ${p.where} holds only those.`,
    help: () => "Write a text, a number, a date, a timestamp, `true` or `false`.",
    explain: "The values of a list and of a param are the same for everybody and known before any data is read.",
    bad: "segment Locals where country in [region]",
    good: "segment Locals where country = region",
  }),
  "too-many-digits": entry<{ text: string; before: boolean }>({
    number: "SEG3011",
    severity: "error",
    message: (p) => `\`${p.text}\` has more than ${p.before ? "29 digits before" : "9 digits after"} its point.`,
    help: () => "Numbers are exact, with up to 29 digits before and 9 after the point.",
    explain: "Every engine computes with these digits exactly. More than that, engines differ.",
    bad: "segment Precise where credit > 0.1234567891",
    good: "segment Precise where credit > 0.123456789",
  }),
  "too-many-decimals": entry<{ op: string; scale: number }>({
    number: "SEG3012",
    severity: "error",
    message: (p) =>
      `The answer of \`${p.op}\` here has up to ${p.scale} digits after its point; at most 9 are kept exactly.`,
    help: () => "Use values with fewer digits after the point, or `/`, whose answer is not exact.",
    explain: "Decimal arithmetic is exact with up to 9 digits after the point. Nothing is rounded silently.",
    bad: "segment Odd where credit * credit * credit * credit * credit > 1",
    good: "segment Odd where credit * credit > 1",
  }),
  "wrong-arguments": entry<{ name: string; example: string }>({
    number: "SEG3013",
    severity: "error",
    message: (p) => `\`${p.name}\` is not written like this.`,
    help: (p) => `Write it like \`${p.example}\`.`,
    explain: "Each step and each function takes a certain number of values in its parentheses.",
    bad: "segment Spenders where purchases.sum > 100",
    good: "segment Spenders where purchases.sum(amount) > 100",
  }),
  "window-as-value": entry<{ text: string }>({
    number: "SEG3014",
    severity: "error",
    message: (p) => `\`${p.text}\` is a stretch of time, not a point in time.`,
    help: (p) => `Write \`in ${p.text}\`, or use it in a step: \`.during(…)\`.`,
    explain: "`last 90d` or `this month` begin and end. A date lies in them; it is not equal to, before or after them.",
    bad: "segment Fresh where signed_up_at > last 90d",
    good: "segment Fresh where signed_up_at in last 90d",
  }),
  "duration-as-value": entry<{ text: string; hint: string | null }>({
    number: "SEG3015",
    severity: "error",
    message: (p) => `\`${p.text}\` is a length of time, not a point in time or a number.`,
    help: (p) => p.hint,
    explain: "A length of time is added to a date, or stands in a window: `signed_up_at + 14d`, `90d ago`, `last 90d`.",
    bad: "segment Fresh where signed_up_at > 90d",
    good: "segment Fresh where signed_up_at > 90d ago",
  }),
  "zone-of-no-field": entry<{ text: string; found: string }>({
    number: "SEG3112",
    severity: "error",
    message: (p) => `\`${p.text}\` is ${p.found}; \`in zone\` takes a text field that holds the names of time zones.`,
    help: () => "Write the field of the person, or of what they are linked to, that has names such as `Europe/Berlin`.",
    explain:
      "`in zone` has the calendar of a segment follow each person's own time zone. It is read from a field of text with IANA names; where that is missing, or names no zone, the project's zone is taken.",
    bad: "segment Birthdays in zone signed_up_at where anniversary(birth_date) in today",
    good: "segment Birthdays in zone country where anniversary(birth_date) in today",
  }),
  "calendar-length": entry<{ text: string; days: string }>({
    number: "SEG3111",
    severity: "error",
    message: (p) => `\`${p.text}\` has no fixed length, so the time between two moments cannot be held against it.`,
    help: (p) => `Write days instead, such as \`${p.days}\`.`,
    explain:
      "Months, quarters and years differ in length. The time between two timestamps or dates is compared with `min`, `h`, `d` and `w`, which do not.",
    bad: "segment LongTrials where deleted_at - signed_up_at > 3mo",
    good: "segment LongTrials where deleted_at - signed_up_at > 90d",
  }),
  "not-a-set": entry<{ text: string; found: string; hint: string | null }>({
    number: "SEG3016",
    severity: "error",
    message: (p) => `\`${p.text}\` is ${p.found}; after \`in\` stands a list, a range or a window.`,
    help: (p) => p.hint,
    explain:
      'After `in` stands a list (`["EU", "NA"]` or a named one), a range (`18..25`) or a window of time (`last 30d`).',
    bad: 'segment Europeans where region in "EU"',
    good: 'segment Europeans where region in ["EU"]',
  }),
  "list-as-value": entry<{ text: string; hint: string | null }>({
    number: "SEG3017",
    severity: "error",
    message: (p) => `\`${p.text}\` is a list, not one value.`,
    help: (p) => p.hint,
    explain: "A list stands after `in`: `country in EU`.",
    bad: 'list DACH = ["AT", "CH", "DE"]\nsegment Neighbours where country = DACH',
    good: 'list DACH = ["AT", "CH", "DE"]\nsegment Neighbours where country in DACH',
  }),
  "case-of-text-only": entry<{ text: string; found: string }>({
    number: "SEG3018",
    severity: "error",
    message: (p) => `\`ignoring case\` is about text, and \`${p.text}\` is ${p.found}.`,
    help: () => "Remove `ignoring case`, or ask a text.",
    explain: "`ignoring case` stands after `=`, `!=`, `in`, `contains`, `starts with` and `ends with` between texts.",
    bad: "segment Three where visits_count = 3 ignoring case",
    good: 'segment Germans where country = "de" ignoring case',
  }),
  "param-type": entry<{ name: string; hint: string | null }>({
    number: "SEG3019",
    severity: "error",
    message: (p) => `The value of \`${p.name}\` does not fit its type.`,
    help: (p) => p.hint,
    explain: "A param is a text, a number, a date, a timestamp or yes/no, and its default value is of that type.",
    bad: 'param min_orders : integer = "three"',
    good: "param min_orders : integer = 3",
  }),
  "case-in-order": entry<{ op: string }>({
    number: "SEG3020",
    severity: "error",
    message: (p) => `\`${p.op}\` orders texts by their exact letters and does not go with \`ignoring case\`.`,
    help: () => "`ignoring case` stands after `=`, `!=`, `in`, `contains`, `starts with` and `ends with`.",
    explain:
      "Engines disagree on the order of letters of other cases, so texts are ordered by their exact code points only.",
    bad: 'segment Early where country < "m" ignoring case',
    good: 'segment Early where country < "m"',
  }),
  "not-a-count": entry<{ text: string }>({
    number: "SEG3121",
    severity: "error",
    message: (p) => `\`${p.text}\` does not say how many elements; that is a whole number, 0 or more.`,
    help: () => "It is written out: `.latest(5)`, `.top(3, by: …)`.",
    explain:
      "`.first(n)`, `.latest(n)`, `.top(n, by: x)` and `.bottom(n, by: x)` take a number of elements that is the same for everybody and stands in the text.",
    bad: "segment Recent where purchases.latest(2.5).sum(amount) > 100",
    good: "segment Recent where purchases.latest(2).sum(amount) > 100",
  }),
  "after-per": entry<{ step: string }>({
    number: "SEG3131",
    severity: "error",
    message: (p) => `\`${p.step}\` cannot follow \`.per(…)\`.`,
    help: () =>
      "Groups take `.where(…)`, `.top(…)`, `.bottom(…)`, `.count` and steps over something of each group, such as `.max(sum(amount))`. What is about the elements stands before `.per`.",
    explain:
      "`.per(…)` makes groups of a collection. A group has no time and no fields of its own, so windows, sequences and single elements come before it.",
    bad: "segment Busy where purchases.per(category).last90d.count >= 2",
    good: "segment Busy where purchases.last90d.per(category).count >= 2",
  }),
  "two-kinds-of-time": entry<{ step: string; dated: string; timed: string }>({
    number: "SEG3132",
    severity: "error",
    message: (p) =>
      `\`${p.step}\` cannot tell what comes first: \`${p.dated}\` has dates and \`${p.timed}\` timestamps.`,
    help: (p) => `Give \`${p.dated}\` a timestamp as its \`at\`, or follow events of one kind.`,
    explain:
      "Whether something on a day comes before or after an instant of that day is not known, so both sides of a sequence have a timestamp as their `at`, or both a date.",
    bad: "segment Back where visits.followed_by(purchases, within: 7d)",
    good: "segment Back where bookings.followed_by(purchases, within: 7d)",
  }),
  "not-on-both-sides": entry<{ name: string; entity: string; other: string | null }>({
    number: "SEG3133",
    severity: "error",
    message: (p) =>
      p.other === null
        ? `\`${p.entity}\` has no field \`${p.name}\` to compare.`
        : `\`${p.name}\` of \`${p.entity}\` cannot be compared with \`${p.name}\` of \`${p.other}\`.`,
    help: () => "After `same:` stands the name of a field that both sides have, or a list of such names.",
    explain:
      "`same: category` asks that both events have the same category. Both sides need a field of that name with values that can be compared.",
    bad: "segment Again where purchases.followed_by(bookings, within: 7d, same: category)",
    good: "segment Again where purchases.followed_by(purchases, within: 7d, same: category)",
  }),
  "period-of-no-length": entry<{ text: string; word: string | null }>({
    number: "SEG3134",
    severity: "error",
    message: (p) =>
      p.word === null
        ? `A period of \`${p.text}\` has no length.`
        : `\`${p.text}\` has no fixed length to count back by.`,
    help: (p) =>
      p.word === null ? "Write a length such as `7d`." : `Write \`.per(${p.word})\` for calendar periods, or days.`,
    explain:
      "`.per(7d)` counts periods of a fixed length back from the end. Months, quarters and years differ in length; `.per(month)` groups by calendar months.",
    bad: "segment Regular where purchases.per(1mo).count >= 3",
    good: "segment Regular where purchases.per(month).count >= 3",
  }),
  "gaps-as-value": entry<{ text: string }>({
    number: "SEG3122",
    severity: "error",
    message: (p) => `\`${p.text}\` are the waits between all neighbours; one value is needed here.`,
    help: (p) => `Say which one: \`${p.text}.median\`, \`.avg\`, \`.min\`, \`.max\`, \`.sum\` or \`.count\`.`,
    explain:
      "`.gaps` are the waits in days between each element and the next. A step after it makes one value of them.",
    bad: "segment Regular where purchases.gaps < 30",
    good: "segment Regular where purchases.gaps.median < 30",
  }),
  "calendar-gap": entry<{ text: string; days: string }>({
    number: "SEG3123",
    severity: "error",
    message: (p) => `\`${p.text}\` is not as long before every element, for months and years differ in length.`,
    help: (p) => `Write a number of days, such as \`${p.days}\`.`,
    explain:
      "A gap is compared with the wait before each element, so it is a length that is always the same: `min`, `h`, `d` or `w`.",
    bad: "segment Returned where purchases.after_gap(6mo)",
    good: "segment Returned where purchases.after_gap(180d)",
  }),
};
