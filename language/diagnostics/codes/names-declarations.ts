import { entry } from "../entry.ts";

/** "Did you mean …" or nothing. */
const didYouMean = (suggestion: string | null) => (suggestion === null ? null : `Did you mean \`${suggestion}\`?`);

/** SEG21xx: names of groups of people, of their tiers and arms. */
export const DECLARATION_NAMES = {
  "unknown-tier": entry<{ name: string; of: string; what: "tier" | "arm"; suggestion: string | null }>({
    number: "SEG2151",
    severity: "error",
    message: (p) => `\`${p.of}\` has no ${p.what} \`${p.name}\`.`,
    help: (p) => didYouMean(p.suggestion) ?? `Name one of the ${p.what}s that its declaration lists.`,
    explain:
      "After a segmentation and a dot stands one of its tiers, after a split one of its arms: `Lifecycle.Active`, `SpringTest.Control`.",
    bad: "segmentation Lifecycle {\n  Active  : purchases.last90d\n  Dormant : otherwise\n}\nsegment Lively where Lifecycle.Activ",
    good: "segmentation Lifecycle {\n  Active  : purchases.last90d\n  Dormant : otherwise\n}\nsegment Lively where Lifecycle.Active",
  }),
  "unknown-group": entry<{ name: string; suggestion: string | null }>({
    number: "SEG2152",
    severity: "error",
    message: (p) => `There is no segment \`${p.name}\`.`,
    help: (p) => didYouMean(p.suggestion) ?? "Name a segment, a tier such as `Lifecycle.Active`, or a snapshot.",
    explain:
      "What a segmentation, a split, a snapshot, a test, an assertion or a policy is about is a segment of the project, a tier, an arm or a snapshot; of a segmentation and a split it may also be an entity of the model.",
    bad: 'segment Loyal where purchases.last90d > 3\nsplit Spring of Loyale seed "spring" {\n  A : 50%\n  B : 50%\n}',
    good: 'segment Loyal where purchases.last90d > 3\nsplit Spring of Loyal seed "spring" {\n  A : 50%\n  B : 50%\n}',
  }),
  "not-a-group": entry<{ name: string; what: string; hint: string | null }>({
    number: "SEG2153",
    severity: "error",
    message: (p) => `\`${p.name}\` is ${p.what}, not a segment.`,
    help: (p) => p.hint ?? "Name a segment, a tier such as `Lifecycle.Active`, or a snapshot.",
    explain:
      "Some places take a group of people only: a segment, one tier of a segmentation, one arm of a split, a snapshot.",
    bad: "trait orders = purchases.count\nsnapshot Buyers of orders as of 2026-06-01",
    good: "segment Buying where purchases.last90d\nsnapshot Buyers of Buying as of 2026-06-01",
  }),
  "duplicate-tier": entry<{ name: string; of: string; what: "tier" | "arm" }>({
    number: "SEG2154",
    severity: "error",
    message: (p) => `\`${p.of}\` already has ${p.what === "arm" ? "an arm" : "a tier"} \`${p.name}\`.`,
    help: () => "Give one of the two another name.",
    explain: "Each tier of a segmentation, and each arm of a split, has a name of its own, by which it is asked.",
    bad: "segmentation Lifecycle {\n  Active  : purchases.last90d\n  Active  : purchases.last180d\n  Dormant : otherwise\n}",
    good: "segmentation Lifecycle {\n  Active  : purchases.last90d\n  Lapsing : purchases.last180d\n  Dormant : otherwise\n}",
  }),
  "unknown-tag": entry<{ name: string; suggestion: string | null }>({
    number: "SEG2155",
    severity: "error",
    message: (p) => `Nothing in the project is tagged \`${p.name}\`.`,
    help: (p) => didYouMean(p.suggestion) ?? `Write \`@tags(${p.name})\` before the segments that are meant.`,
    explain:
      "A policy for segments with a tag that no segment has would hold for nobody, and nobody would notice. Tags stand before a segment: `@tags(marketing)`.",
    bad: "@tags(marketing)\nsegment Winback where no purchases.last90d\npolicy Consent for segments tagged marketng require marketing_consent",
    good: "@tags(marketing)\nsegment Winback where no purchases.last90d\npolicy Consent for segments tagged marketing require marketing_consent",
  }),
  "unknown-mark": entry<{ name: string; suggestion: string | null }>({
    number: "SEG2156",
    severity: "error",
    message: (p) => `Fields are not marked \`${p.name}\`.`,
    help: (p) => didYouMean(p.suggestion) ?? "Fields are marked `pii`, `sensitive` or `mutable`.",
    explain: "A policy may forbid segments to read fields by an annotation that the model gives to them.",
    bad: "policy NoHealthData for all segments forbid fields marked sensitiv",
    good: "policy NoHealthData for all segments forbid fields marked sensitive",
  }),
};
