import { entry } from "../entry.ts";
import { REASONED } from "./style-reasoned.ts";
import { TIMED } from "./style-timed.ts";

const listed = (names: readonly string[], word: "and" | "or"): string =>
  names.map((name) => `\`${name}\``).join(` ${word} `);

/** SEG5xxx: what is better said otherwise. Warnings only; each can be allowed where it stands. */
export const STYLE = {
  "allow-reason": entry<{ names: string }>({
    number: "SEG5001",
    severity: "warning",
    message: (p) => `Why \`${p.names}\` is allowed here is not said.`,
    help: () => "Write the reason behind a colon: `// seg-allow SEG5003: the missing ones are meant`.",
    explain:
      "A warning that is silenced without a reason cannot be judged by whoever reads it next. The reason stands behind the code and a colon.",
    bad: 'segment Elsewhere\n  // seg-allow SEG5003\n  where country != "FR"',
    good: 'segment Elsewhere\n  // seg-allow SEG5003: whoever has no country gets the general letter\n  where country != "FR"',
  }),
  "allow-code": entry<{ name: string | null; nearest: string | null }>({
    number: "SEG5002",
    severity: "warning",
    message: (p) =>
      p.name === null ? "What is allowed here is not said." : `There is no finding with the code \`${p.name}\`.`,
    help: (p) =>
      p.nearest === null ? "Write a code as `seg check` prints it, such as `SEG5003`." : `Write \`${p.nearest}\`.`,
    explain:
      "`// seg-allow` names what it silences by its code or its slug. A code that there is not silences nothing.",
    bad: 'segment Europeans\n  // seg-allow SEG0815: as agreed\n  where region = "EU"',
    good: 'segment Europeans\n  where region = "EU"',
  }),
  "missing-included": entry<{ entity: string; names: readonly string[] }>({
    number: "SEG5003",
    severity: "warning",
    message: (p) => `Each \`${p.entity}\` whose ${listed(p.names, "or")} is missing is included.`,
    help: (p) => `Add \`and ${p.names.map((name) => `${name} is known`).join(" and ")}\` where they are not meant.`,
    explain:
      'A negation is exact: whoever is not known to be French is in `country != "FR"`, and so is everybody without a country. Say who is meant: `and country is known` leaves them out, `country is missing or …` says that they belong. A field is taken to be there unless the model says `optional`; fields of an `extend`, of a JSON and behind an optional link may be missing too.',
    bad: 'segment Elsewhere where country != "FR"',
    good: 'segment Elsewhere where country != "FR" and country is known',
  }),
  "allow-error": entry<{ name: string }>({
    number: "SEG5004",
    severity: "warning",
    message: (p) => `\`${p.name}\` is an error, and errors cannot be allowed.`,
    help: () => "Remove it from the comment.",
    explain: "An error means that a text has no meaning, or not the one it seems to have. No comment changes that.",
    bad: 'segment Europeans\n  // seg-allow SEG2001: as agreed\n  where region = "EU"',
    good: 'segment Europeans\n  where region = "EU"',
  }),
  "allow-unused": entry<{ code: string }>({
    number: "SEG5005",
    severity: "warning",
    message: (p) => `Nothing here would be told as \`${p.code}\`.`,
    help: () => "Remove the comment.",
    explain:
      "A comment that silences nothing would silence the next mistake of its kind without anybody having looked at it. It covers the next line, the line that it ends, or all of a declaration that begins there.",
    bad: 'segment Europeans\n  // seg-allow SEG5003: as agreed\n  where region = "EU"',
    good: 'segment Europeans\n  where region = "EU"',
  }),
  "nothing-included": entry<{ entity: string; collection: string | null; value: string; some: string }>({
    number: "SEG5010",
    severity: "warning",
    message: (p) =>
      p.collection === null
        ? `Each \`${p.entity}\` for which \`${p.value}\` has no value is included.`
        : `Each \`${p.entity}\` without any \`${p.collection}\` is included.`,
    help: (p) => `Add \`and ${p.some}\` where they are not meant.`,
    explain:
      "Of nothing there is no average, least, greatest or latest: it is missing, no test of it holds, and so the negation does. `not purchases.avg(amount) > 50` is everybody who does not spend more than 50 on average, also whoever never bought.",
    bad: "segment Frugal where not purchases.avg(amount) > 50",
    good: "segment Frugal where not purchases.avg(amount) > 50 and purchases",
  }),
  "empty-range": entry<{ text: string; reason: string }>({
    number: "SEG5016",
    severity: "warning",
    message: (p) => `\`${p.text}\` holds nothing: ${p.reason}.`,
    help: () => null,
    explain:
      "A range goes from the lesser to the greater, a window from the earlier to the later, and of three conditions four never hold. The other way round nothing lies in it.",
    bad: "segment Adults where age(birth_date) in 65..18",
    good: "segment Adults where age(birth_date) in 18..65",
  }),
  "beyond-retention": entry<{ text: string; event: string; keeps: string }>({
    number: "SEG5017",
    severity: "warning",
    message: (p) => `\`${p.text}\` reaches further back than the \`${p.keeps}\` for which \`${p.event}\` is kept.`,
    help: (p) => `Nothing is there beyond \`${p.keeps}\`: reach no further back, or correct \`keeps\` in the model.`,
    explain:
      "The header of an event says for how long it is kept. A window that reaches further back looks as if it counted what was deleted long ago, and silently counts less and less.",
    bad: "segment Faithful where purchases.last5y >= 10",
    good: "segment Faithful where purchases.last3y >= 10",
  }),
  "unused-declaration": entry<{ word: string; name: string }>({
    number: "SEG5022",
    severity: "warning",
    message: (p) => `Nothing uses the ${p.word} \`${p.name}\`.`,
    help: (p) =>
      p.word === "trait" ? "Remove it, or write `@kpi` before it to see it in every report." : "Remove it.",
    explain:
      "Traits, params and lists are there for others to use. One that nothing uses is left over, or what should use it uses something else. A segment is used by people, so it may stand alone.",
    bad: 'param least = 3\nsegment Regulars where purchases >= 5 and region = "EU"',
    good: 'param least = 3\nsegment Regulars where purchases >= least and region = "EU"',
  }),
  "unused-segment": entry<{ name: string }>({
    number: "SEG5027",
    severity: "info",
    message: (p) => `Nothing uses the segment \`${p.name}\`, and nothing says who does.`,
    help: () => "Give it a title, an `@owner` or `@tags`, or remove it.",
    explain:
      "A segment is used by people, so it may stand alone. In a project whose segments have titles, owners or tags, one without any of them that nothing refers to is perhaps left over. A project in which no segment has them is left in peace.",
    bad: 'segment Loyal "Regulars" where purchases >= 5\nsegment Attempt where purchases >= 6',
    good: 'segment Loyal "Regulars" where purchases >= 5\nsegment Attempt "Regulars, perhaps" where purchases >= 6',
  }),
  "name-case": entry<{ word: string; name: string; wanted: string }>({
    number: "SEG5023",
    severity: "warning",
    message: (p) => `The name of a ${p.word} is written \`${p.wanted}\`, not \`${p.name}\`.`,
    help: (p) => `Write \`${p.wanted}\`, here and wherever it is used.`,
    explain:
      "Entities and segments are written in PascalCase, fields, links, traits and params in snake_case: so a reader sees what a name is. Other systems may know a segment by its name, so nothing is renamed unasked. A field whose column is called otherwise says so with `from`.",
    bad: 'segment loyal_ones where region = "EU"',
    good: 'segment LoyalOnes where region = "EU"',
  }),
  "float-threshold": entry<{ text: string; of: string }>({
    number: "SEG5024",
    severity: "warning",
    message: (p) => `\`${p.text}\` adds up floats, so whoever is just at the threshold may be in or out by chance.`,
    help: (p) => `Declare \`${p.of}\` as \`decimal\` in the model.`,
    explain:
      "The last digits of a sum of floats depend on the order of the rows, which no engine promises. Sums of `decimal` are exact, and the same everywhere.",
    bad: "segment Explorers where visits.sum(seconds / 60) >= 30",
    good: "segment Explorers where visits.sum(seconds) >= 1800",
  }),
  "deprecated-reference": entry<{ word: string; name: string; instead: string }>({
    number: "SEG5025",
    severity: "warning",
    message: (p) => `The ${p.word} \`${p.name}\` is deprecated.`,
    help: (p) => `What it says: ${p.instead.replace(/[.!?]*$/u, "")}.`,
    explain:
      "`@deprecated` says that something will go, and what takes its place. What is deprecated itself may still use it.",
    bad: '@deprecated("use Regulars")\nsegment Loyal where purchases > 3\nsegment Regulars where purchases > 4\nsegment Invited where Loyal and marketing_consent',
    good: '@deprecated("use Regulars")\nsegment Loyal where purchases > 3\nsegment Regulars where purchases > 4\nsegment Invited where Regulars and marketing_consent',
  }),
  "sensitive-read": entry<{ name: string; field: string; path: readonly string[] }>({
    number: "SEG5026",
    severity: "warning",
    message: (p) =>
      p.path.length === 0
        ? `\`${p.name}\` reads \`${p.field}\`, which is sensitive.`
        : `\`${p.name}\` reads \`${p.field}\`, which is sensitive, through ${p.path.map((n) => `\`${n}\``).join(" → ")}.`,
    help: () => "Do without it, or say with a comment why it may be read.",
    explain:
      "Whoever sees that somebody is in a segment learns something about the fields that it reads. Where one of them is `@sensitive`, also through other segments and traits, that has to be meant.",
    bad: 'default entity Patient from patients {\n  id : text key\n  diagnosis : text @sensitive\n}\ntrait is_ill = diagnosis != "none"\nsegment Cared where is_ill',
    good: "default entity Patient from patients {\n  id : text key\n  diagnosis : text @sensitive\n  visits : integer\n}\ntrait is_seen = visits > 3\nsegment Cared where is_seen",
  }),
  ...REASONED,
  ...TIMED,
  "not-proved": entry<{ what: string }>({
    number: "SEG5151",
    severity: "info",
    message: (p) => `This version does not check whether ${p.what}.`,
    help: () => "Its names and types are checked. Try it on people with `test`.",
    explain:
      "Assertions and policies are read, and what they name is checked. Whether they hold is for a later version to prove; until then each of them says so, so that nobody takes a clean check for a proof.",
    bad: "segment Loyal where purchases.last90d > 3\nsegment Buying where purchases.last90d\nassert Loyal within Buying",
    good: "segment Loyal where purchases.last90d > 3\nsegment Buying where purchases.last90d",
  }),
};
