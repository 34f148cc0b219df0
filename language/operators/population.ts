import { FLOAT, INTEGER, type Type } from "../types/type.ts";
import { labelled, type Operand, type Operator, operand, optional, type Signature, signature } from "./operator.ts";

const within: readonly Operand[] = [optional(labelled("of", "condition")), optional(labelled("per", "scalar"))];

const tiles = (first: readonly Operand[], type: Type): readonly Signature[] => [
  signature([...first, operand("x", "ordered"), ...within], { kind: "fixed", type }),
];

const rank: readonly Signature[] = [
  signature([operand("amount", "amount"), labelled("by", "ordered"), ...within], { kind: "condition" }),
];

/** Conditions about a place in the whole population, written in words. */
export const RANKS = {
  topOf: {
    kind: "operator",
    words: ["top"],
    symbol: null,
    level: "comparison",
    signatures: rank,
    missing: "false",
    ignoringCase: false,
    doc: "Holds for those with the greatest x of the whole population, or of those that `of` names, for each value of `per` by itself; equal ones by the smaller key, or all with `with ties`.",
    example: "top 10% by purchases.sum(amount)",
  },
  bottomOf: {
    kind: "operator",
    words: ["bottom"],
    symbol: null,
    level: "comparison",
    signatures: rank,
    missing: "false",
    ignoringCase: false,
    doc: "Holds for those with the least x of the whole population, or of those that `of` names, for each value of `per` by itself; equal ones by the smaller key, or all with `with ties`.",
    example: "bottom 100 by credit of (credit > 0) per country with ties",
  },
} as const satisfies Record<string, Operator>;

/** Functions about the whole population: which part of it somebody is in. */
export const PARTS = {
  ntile: {
    kind: "function",
    words: ["ntile"],
    symbol: null,
    level: null,
    signatures: tiles([operand("n", "whole")], INTEGER),
    missing: "missing",
    ignoringCase: false,
    doc: "Which of n tiles of the population x lies in, n for the greatest: 1 + ⌊n · (strictly below) / (all)⌋; equal values share a tile.",
    example: "ntile(4, credit, of: marketing_consent, per: country) = 4",
  },
  quintile: {
    kind: "function",
    words: ["quintile"],
    symbol: null,
    level: null,
    signatures: tiles([], INTEGER),
    missing: "missing",
    ignoringCase: false,
    doc: "Which fifth of the population x lies in: 5 is the highest.",
    example: "quintile(credit) = 5",
  },
  decile: {
    kind: "function",
    words: ["decile"],
    symbol: null,
    level: null,
    signatures: tiles([], INTEGER),
    missing: "missing",
    ignoringCase: false,
    doc: "Which tenth of the population x lies in: 10 is the highest.",
    example: "decile(purchases.last1y.sum(amount), of: (purchases)) >= 9",
  },
  percentileRank: {
    kind: "function",
    words: ["percentile_rank"],
    symbol: null,
    level: null,
    signatures: tiles([], FLOAT),
    missing: "missing",
    ignoringCase: false,
    doc: "The part of the population that lies strictly below x, from 0 to less than 1.",
    example: "percentile_rank(credit) >= 0.9",
  },
  sample: {
    kind: "function",
    words: ["sample"],
    symbol: null,
    level: null,
    signatures: [signature([operand("share", "share"), operand("seed", "seed")], { kind: "condition" })],
    missing: "never",
    ignoringCase: false,
    doc: "A fixed random share of the population: the same people for the same seed, and a larger sample holds the smaller.",
    example: 'sample(10%, "spring")',
  },
} as const satisfies Record<string, Operator>;
