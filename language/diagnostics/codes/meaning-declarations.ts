import { entry } from "../entry.ts";

/** SEG41xx: segmentations, splits, snapshots, policies, assertions and tests that can be read but not meant. */
export const DECLARATION_MEANING = {
  "division-as-value": entry<{ name: string; what: "segmentation" | "split"; first: string | null }>({
    number: "SEG4151",
    severity: "error",
    message: (p) => `\`${p.name}\` is a ${p.what}, which is neither yes nor no by itself.`,
    help: (p) => (p.first === null ? null : `Write \`${p.name}.${p.first}\`, or \`${p.name} in [${p.first}, …]\`.`),
    explain:
      "A segmentation parts people into tiers, a split into arms. A condition asks for one of them (`Lifecycle.Active`), or for several (`Lifecycle in [New, Active]`).",
    bad: "segmentation Lifecycle {\n  Active  : purchases.last90d\n  Dormant : otherwise\n}\nsegment Lively where Lifecycle",
    good: "segmentation Lifecycle {\n  Active  : purchases.last90d\n  Dormant : otherwise\n}\nsegment Lively where Lifecycle in [Active]",
  }),
  "no-otherwise": entry<{ name: string }>({
    number: "SEG4152",
    severity: "error",
    message: (p) => `\`${p.name}\` does not say where those go whom none of its tiers takes.`,
    help: () => "End it with a tier `Other : otherwise`.",
    explain:
      "A segmentation parts everybody: each person is in exactly one tier. Its last tier, `otherwise`, takes those whom none before it takes.",
    bad: "segmentation Lifecycle {\n  Active  : purchases.last90d\n  Lapsing : purchases.last180d\n}",
    good: "segmentation Lifecycle {\n  Active  : purchases.last90d\n  Dormant : otherwise\n}",
  }),
  "otherwise-not-last": entry<{ name: string; twice: boolean }>({
    number: "SEG4153",
    severity: "error",
    message: (p) =>
      p.twice
        ? `\`${p.name}\` has \`otherwise\` twice.`
        : `Nobody can be in the tiers after \`otherwise\`, which takes all that are left.`,
    help: (p) => (p.twice ? "Keep one of them." : "Put the tier with `otherwise` last."),
    explain: "The first tier that matches wins, and `otherwise` takes all that are left: it stands last, and once.",
    bad: "segmentation Lifecycle {\n  Dormant : otherwise\n  Active  : purchases.last90d\n}",
    good: "segmentation Lifecycle {\n  Active  : purchases.last90d\n  Dormant : otherwise\n}",
  }),
  "no-seed": entry<{ name: string }>({
    number: "SEG4154",
    severity: "error",
    message: (p) => `\`${p.name}\` has no seed.`,
    help: () => "Write `seed` and a text of its own before `{`.",
    explain:
      "A split is drawn by its seed and a person's key, so that it is the same in every run and on every engine. Another seed draws another split, independent of the first.",
    bad: "split Spring {\n  A : 50%\n  B : 50%\n}",
    good: 'split Spring seed "spring-2026" {\n  A : 50%\n  B : 50%\n}',
  }),
  "share-of-an-arm": entry<{ text: string; suggestion: string | null }>({
    number: "SEG4155",
    severity: "error",
    message: (p) => `\`${p.text}\` is not a share such as \`10%\`.`,
    help: (p) =>
      p.suggestion === null
        ? "A share lies above 0% and has at most two digits after the point."
        : `Write \`${p.suggestion}\`.`,
    explain:
      "An arm takes a share of the people, in percent: above 0%, in steps of 0.01%, because people are drawn from 10,000 buckets.",
    bad: 'split Spring seed "spring-2026" {\n  A : 0.5\n  B : 50%\n}',
    good: 'split Spring seed "spring-2026" {\n  A : 50%\n  B : 50%\n}',
  }),
  "shares-do-not-sum": entry<{ name: string; sum: string }>({
    number: "SEG4156",
    severity: "error",
    message: (p) => `The shares of \`${p.name}\` are ${p.sum}% together, not 100%.`,
    help: () => "Everybody is in one arm: make them 100%.",
    explain: "The arms of a split are disjoint and exhaustive: each person is in exactly one of them.",
    bad: 'split Spring seed "spring-2026" {\n  A : 50%\n  B : 40%\n}',
    good: 'split Spring seed "spring-2026" {\n  A : 50%\n  B : 50%\n}',
  }),
  "not-an-instant": entry<{ text: string }>({
    number: "SEG4157",
    severity: "error",
    message: (p) => `\`${p.text}\` is not a date or a time such as \`2026-06-01\`.`,
    help: () => "Write the date itself.",
    explain: "What stands after `as of` is a date, which means its start in the project's time zone, or a timestamp.",
    bad: "segment Loyal where purchases.last90d > 3\nsnapshot Spring of Loyal as of 90d ago",
    good: "segment Loyal where purchases.last90d > 3\nsnapshot Spring of Loyal as of 2026-06-01",
  }),
  "tiers-not-listed": entry<{ name: string; what: "tier" | "arm"; first: string | null }>({
    number: "SEG4158",
    severity: "error",
    message: (p) => `After \`${p.name} in\` stands a list of its ${p.what}s.`,
    help: (p) => `Write \`${p.name} in [${p.first ?? "…"}]\`.`,
    explain: "A segmentation is asked with a list of the names of its tiers, a split with those of its arms.",
    bad: "segmentation Lifecycle {\n  Active  : purchases.last90d\n  Dormant : otherwise\n}\nsegment Lively where Lifecycle in Active",
    good: "segmentation Lifecycle {\n  Active  : purchases.last90d\n  Dormant : otherwise\n}\nsegment Lively where Lifecycle in [Active]",
  }),
  "no-as-of": entry<{ group: string }>({
    number: "SEG4159",
    severity: "error",
    message: (p) => `This test of \`${p.group}\` does not say as of when.`,
    help: () => "Write `as of` and a date after the name.",
    explain:
      "Windows such as `last 90d` are counted back from an instant, and nothing reads a clock: a test says its own, so that it gives the same answer on every day.",
    bad: 'segment Europeans where region = "EU"\ntest Europeans {\n  "here" : { region: "EU" } is in\n}',
    good: 'segment Europeans where region = "EU"\ntest Europeans as of 2026-06-30 {\n  "here" : { region: "EU" } is in\n}',
  }),
  "not-given": entry<{ fields: readonly string[]; entity: string; group: string }>({
    number: "SEG4160",
    severity: "error",
    message: (p) =>
      `\`${p.group}\` needs ${p.fields.map((f) => `\`${f}\``).join(", ")} of each \`${p.entity}\`, and here it is not given.`,
    help: (p) => `Write \`${p.fields[0]}: …\`, or \`${p.fields[0]}: missing\` to try just that.`,
    explain:
      "What the model calls required, and the tested segment reads, has to be given; so has the time of an event. Optional fields are missing where they are not given, collections empty, keys made up.",
    bad: 'segment Europeans where region = "EU"\ntest Europeans as of 2026-06-30 {\n  "here" : {} is in\n}',
    good: 'segment Europeans where region = "EU"\ntest Europeans as of 2026-06-30 {\n  "here" : { region: "EU" } is in\n}',
  }),
  "given-twice": entry<{ name: string }>({
    number: "SEG4161",
    severity: "error",
    message: (p) => `\`${p.name}\` is given twice.`,
    help: () => "Keep one of them; several rows stand in `[ ]`.",
    explain: "A field has one value. What `with` gives to everybody, one person may have otherwise, once.",
    bad: 'segment Europeans where region = "EU"\ntest Europeans as of 2026-06-30 {\n  "here" : { region: "EU"  region: "NA" } is in\n}',
    good: 'segment Europeans where region = "EU"\ntest Europeans as of 2026-06-30 {\n  "here" : { region: "EU" } is in\n}',
  }),
  "given-shape": entry<{ name: string; wanted: string }>({
    number: "SEG4162",
    severity: "error",
    message: (p) => `\`${p.name}\` takes ${p.wanted}.`,
    help: () => null,
    explain:
      "What a test gives is typed by the model: a plain value for a field, a list in `[ ]` for a list, an object in `{ }` for a link to one, and objects in `[ ]` or `3 of { … }` for a link to many.",
    bad: 'segment Europeans where region = "EU"\ntest Europeans as of 2026-06-30 {\n  "here" : { region: 3 } is in\n}',
    good: 'segment Europeans where region = "EU"\ntest Europeans as of 2026-06-30 {\n  "here" : { region: "EU" } is in\n}',
  }),
  "no-such-outcome": entry<{ group: string; hint: string }>({
    number: "SEG4163",
    severity: "error",
    message: (p) => `That is not what somebody can be in \`${p.group}\`.`,
    help: (p) => p.hint,
    explain:
      "Somebody is in a segment or out of it: `is in`, `is out`. Of a segmentation or a split somebody is in one of its parts, `is Active`, or in none of them, `is out`.",
    bad: 'segment Europeans where region = "EU"\ntest Europeans as of 2026-06-30 {\n  "here" : { region: "EU" } is Active\n}',
    good: 'segment Europeans where region = "EU"\ntest Europeans as of 2026-06-30 {\n  "here" : { region: "EU" } is in\n}',
  }),
  "too-many-rows": entry<{ limit: string }>({
    number: "SEG4164",
    severity: "error",
    message: (p) => `This case has more than ${p.limit} rows.`,
    help: () => "Fewer show the same.",
    explain: "A test is an example for people to read. All rows of one case are held in memory at once.",
    bad: 'segment Frequent where purchases > 3\ntest Frequent as of 2026-06-30 {\n  "many" : { purchases: 20_000 of { ordered_at: 2026-06-01T12:00 } } is in\n}',
    good: 'segment Frequent where purchases > 3\ntest Frequent as of 2026-06-30 {\n  "many" : { purchases: 4 of { ordered_at: 2026-06-01T12:00 } } is in\n}',
  }),
  "different-entities": entry<{ name: string; of: string; other: string; otherOf: string }>({
    number: "SEG4165",
    severity: "error",
    message: (p) => `\`${p.name}\` is of \`${p.of}\`, and \`${p.other}\` of \`${p.otherOf}\`.`,
    help: () => "An assertion is about segments of one entity.",
    explain: "Only groups of the same kind of thing can lie in each other, or have somebody in common.",
    bad: 'segment Loyal where purchases.last90d > 3\nsegment Teams of Account where plan = "team"\nassert Loyal within Teams',
    good: "segment Loyal where purchases.last90d > 3\nsegment Buying where purchases.last90d\nassert Loyal within Buying",
  }),
  "disjoint-from-nothing": entry<Record<never, never>>({
    number: "SEG4166",
    severity: "error",
    message: () => "One segment alone is disjoint from nothing.",
    help: () => "Name another one after a comma.",
    explain: "`assert disjoint` says of two or more segments that nobody is in two of them.",
    bad: "segment Loyal where purchases.last90d > 3\nassert disjoint Loyal",
    good: "segment Loyal where purchases.last90d > 3\nsegment Quiet where no purchases.last90d\nassert disjoint Loyal, Quiet",
  }),
  "not-a-size": entry<{ text: string }>({
    number: "SEG4167",
    severity: "error",
    message: (p) => `\`${p.text}\` is not a size such as \`1%..5%\` or \`100..5_000\`.`,
    help: () => "Write a range of shares up to 100%, or of whole numbers, the smaller first.",
    explain:
      "The size of a segment is a share of the population, or a number of people. A range may be open: `1%..`, `..500`.",
    bad: "segment Loyal where purchases.last90d > 3\nassert size of Loyal in 5%..1%",
    good: "segment Loyal where purchases.last90d > 3\nassert size of Loyal in 1%..5%",
  }),
};
