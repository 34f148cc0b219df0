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
};
