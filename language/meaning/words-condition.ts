import { assertNever } from "../text/assert.ts";
import type { AggregateFn, CompareOp, Const, Pred, Test, Value } from "./ir.ts";
import { collectionWords } from "./words-collection.ts";
import { causesOf, isOptional, rowCauses } from "./words-missing.ts";
import { durationWords, windowWords } from "./words-time.ts";
import {
  constWords,
  fieldName,
  inside,
  listWords,
  owned,
  rankingWords,
  rowWords,
  type Telling,
  valueWords,
} from "./words-value.ts";

/** A condition on one line, inside of a sentence. */
export function inlineWords(pred: Pred, of: Telling): string {
  switch (pred.kind) {
    case "always":
      return pred.value ? "nothing is asked" : "nobody can be meant";
    case "and":
    case "or":
      return pred.items
        .map((item) => (isGroup(item) ? `(${inlineWords(item, of)})` : inlineWords(item, of)))
        .join(`, ${pred.kind} `);
    case "countOf":
      return `${countWords(pred)} of these: ${pred.items.map((item) => `(${inlineWords(item, of)})`).join(", ")}`;
    case "not":
      return negatedWords(pred.item, of);
    case "test":
      return testWords(pred.test, false, of);
    case "settled":
      return testWords(pred.test, pred.negated, of);
    default:
      return assertNever(pred);
  }
}

const isGroup = (pred: Pred): boolean => pred.kind === "and" || pred.kind === "or" || pred.kind === "countOf";

export const countWords = ({ mode, k }: Extract<Pred, { kind: "countOf" }>): string =>
  `${mode === "atLeast" ? "at least" : mode === "atMost" ? "at most" : "exactly"} ${k}`;

function negatedWords(item: Pred, of: Telling): string {
  switch (item.kind) {
    case "test":
      return testWords(item.test, true, of);
    case "settled":
      return testWords(item.test, !item.negated, of);
    case "not":
      return inlineWords(item.item, of);
    case "or":
      return `none of these: ${item.items.map((inner) => `(${inlineWords(inner, of)})`).join(", ")}`;
    case "and":
      return `not all of these: ${item.items.map((inner) => `(${inlineWords(inner, of)})`).join(", ")}`;
    case "countOf":
      return `not ${inlineWords(item, of)}`;
    case "always":
      return inlineWords({ ...item, value: !item.value }, of);
    default:
      return assertNever(item);
  }
}

/** What becomes of those of whom it is not known. */
function withMissing(
  sentence: string,
  causes: readonly string[],
  negated: boolean,
  meaning: string | null = null,
): string {
  if (causes.length === 0) return sentence;
  const counts = meaning ?? (negated ? "yes" : "no");
  return `${sentence} (${listWords([...new Set(causes)], "or")} counts as ${counts})`;
}

function testWords(test: Test, negated: boolean, of: Telling): string {
  const say = (value: Value): string => valueWords(value, of);
  const not = negated ? "not " : "";
  const causes = (...values: readonly Value[]): readonly string[] => values.flatMap((value) => causesOf(value, of));
  switch (test.kind) {
    case "compare": {
      const folded = test.ignoreCase ? " (small and capital A to Z alike)" : "";
      const sentence = `${say(test.left)} ${verb(test.op, test.left, negated)} ${rightWords(test.left, test.right, of)}${folded}`;
      const none = ofNone(test.op, test.left, test.right, negated) ? " (none at all counts as yes)" : "";
      return withMissing(`${sentence}${none}`, causes(test.left, test.right), negated);
    }
    case "oneOf": {
      const listed = test.list === null ? "" : `${test.list}: `;
      const options = listWords(shortened(test.options.map((option) => constWords(option, of))), "or");
      const folded = test.ignoreCase ? " (small and capital A to Z alike)" : "";
      const set = test.options.length === 1 && test.list === null ? options : `one of ${listed}${options}`;
      return withMissing(`${say(test.value)} is ${not}${set}${folded}`, causes(test.value), negated);
    }
    case "between": {
      const ends = rangeWords(test, of);
      const parts = [test.value, ...[test.from, test.to].filter((end) => end !== null)];
      return withMissing(`${say(test.value)} is ${not}${ends}`, causes(...parts), negated);
    }
    case "inWindow":
      return withMissing(`${say(test.value)} is ${not}${windowWords(test.window, of)}`, causes(test.value), negated);
    case "anniversaryIn":
      return withMissing(
        `a yearly return of ${say(test.value)} is ${not}${windowWords(test.window, of)}`,
        causes(test.value),
        negated,
      );
    case "text": {
      const word = {
        contains: ["contains", "contain"],
        startsWith: ["starts with", "start with"],
        endsWith: ["ends with", "end with"],
      }[test.mode];
      const folded = test.ignoreCase ? " (small and capital A to Z alike)" : "";
      const sentence = `${say(test.value)} ${negated ? `does not ${word[1]}` : word[0]} ${say(test.needle)}${folded}`;
      return withMissing(sentence, causes(test.value, test.needle), negated);
    }
    case "known":
      return `${say(test.value)} is ${negated ? "unknown" : "known"}`;
    case "listKnown":
      return `${owned(test.list.row, fieldName(test.list.field), of)} are ${negated ? "unknown" : "known"}`;
    case "linked":
      return negated
        ? `there is no ${rowWords(test.row, of).replace(/^the /u, "")}`
        : `there is ${rowWords(test.row, of)}`;
    case "truth":
      return truthWords(test.value, negated, of);
    case "exists":
      return `there are ${negated ? "no " : ""}${collectionWords(test.collection, of)}`;
    case "segment": {
      return withMissing(
        `${rowWords(test.row, of)} is ${not}in ${groupWords(test.name, of)}`,
        rowCauses(test.row, of),
        negated,
      );
    }
    case "has": {
      const many = listWords(shortened(test.options.map(say)), test.mode === "any" ? "or" : "and");
      const several = `${test.mode === "any" ? "any" : "all"} of ${test.options.length === 0 ? "no values" : many}`;
      const set = test.options.length === 1 ? many : several;
      const folded = test.ignoreCase ? " (small and capital A to Z alike)" : "";
      const list = owned(test.list.row, fieldName(test.list.field), of);
      const unknown = isOptional(test.list.row, test.list.field, of)
        ? [`an unknown list of ${fieldName(test.list.field)}`]
        : [];
      const sentence = `${list} ${negated ? "do not have" : "have"} ${set}${folded}`;
      return withMissing(sentence, [...rowCauses(test.list.row, of), ...unknown, ...causes(...test.options)], negated);
    }
    case "top": {
      const amount = test.amount.kind === "count" ? String(test.amount.n) : percentWords(test.amount.share);
      const ties = test.ties ? ", and all who equal the last of them" : "";
      const sentence = `${rowWords(test.row, of)} is ${not}among the ${test.which} ${amount} by ${rankingWords(test.ranking, of)}${ties}`;
      const unranked = causesOf(test.ranking.by, inside(of, 0));
      return withMissing(sentence, [...rowCauses(test.row, of), ...unranked], negated);
    }
    case "bucket": {
      const share = percentWords(String((test.to - test.from) / 10_000));
      const sentence = `${rowWords(test.row, of)} is ${not}in the fixed ${share} drawn by ${JSON.stringify(test.seed)} (buckets ${test.from} to ${test.to - 1} of 10,000)`;
      return withMissing(sentence, rowCauses(test.row, of), negated);
    }
    case "stored":
      return withMissing(
        `${rowWords(test.row, of)} is ${not}in the list that ${snapshotWords(test.snapshot, of)}`,
        rowCauses(test.row, of),
        negated,
      );
    default:
      return assertNever(test);
  }
}

/** A segment by its name; a tier and an arm as what they are. */
function groupWords(name: string, { program }: Telling): string {
  const [whole = "", part] = name.split(".");
  if (part === undefined) return program.snapshots.has(name) ? `the snapshot ${name}` : name;
  return `the ${program.splits.has(whole) ? "arm" : "tier"} ${name}`;
}

function snapshotWords(name: string, of: Telling): string {
  const snapshot = of.program.snapshots.get(name);
  if (snapshot === undefined) return `${name} stored`;
  return `${name} stored of ${snapshot.of} as of ${constWords(snapshot.asOf, of)}`;
}

/** Whether those of whom nothing is there meet a comparison of a count or sum with a number. */
function ofNone(op: CompareOp, left: Value, right: Value, negated: boolean): boolean {
  if (left.kind !== "aggregate" || causesOfNothing(left.fn) || right.kind !== "const" || right.value === null)
    return false;
  const than = Number(right.value);
  const holds = { "=": than === 0, "<": 0 < than, "<=": 0 <= than, ">": 0 > than, ">=": 0 >= than }[op];
  return holds !== negated;
}

const causesOfNothing = (fn: AggregateFn): boolean => fn !== "count" && fn !== "sum" && fn !== "distinct";

/** A bare yes/no value: `refused is yes`; where it is unknown, what the answer then is. */
function truthWords(value: Value, negated: boolean, of: Telling): string {
  if (value.kind === "condition") return negated ? negatedWords(value.pred, of) : inlineWords(value.pred, of);
  const name = value.kind === "field" ? fieldName(value.field) : null;
  const sentence = `${valueWords(value, of)} is ${negated ? "not yes" : "yes"}`;
  return withMissing(sentence, causesOf(value, of), negated, name === null ? null : `not ${name}`);
}

const percentWords = (share: string): string => {
  const percent = Number((Number(share) * 100).toPrecision(12));
  return `${percent}%`;
};

/** Not more than these are listed. */
const MOST_LISTED = 6;

const shortened = (items: readonly string[]): readonly string[] =>
  items.length <= MOST_LISTED
    ? items
    : [...items.slice(0, MOST_LISTED - 1), `${items.length - MOST_LISTED + 1} others`];

const NUMBER: Readonly<Record<CompareOp, string>> = {
  "=": "is",
  "<": "is less than",
  "<=": "is at most",
  ">": "is more than",
  ">=": "is at least",
};
const TIME: Readonly<Record<CompareOp, string>> = {
  "=": "is",
  "<": "is before",
  "<=": "is not after",
  ">": "is after",
  ">=": "is not before",
};
const TEXT: Readonly<Record<CompareOp, string>> = {
  "=": "is",
  "<": "stands before",
  "<=": "does not stand after",
  ">": "stands after",
  ">=": "does not stand before",
};

/** Exact negation has `not` in it: an unknown value makes it true, which the opposite comparison would not. */
function verb(op: CompareOp, left: Value, negated: boolean): string {
  const kind = left.type.kind;
  const table = kind === "date" || kind === "timestamp" ? TIME : kind === "text" ? TEXT : NUMBER;
  const word = table[op];
  if (!negated) return word;
  if (op === "=") return "is not";
  return word.startsWith("is ") && !word.startsWith("is not")
    ? word.replace("is ", "is not ")
    : `is not such that it ${word}`;
}

/** A time that has passed is held against a number of microseconds or days. */
function rightWords(left: Value, right: Value, of: Telling): string {
  if (left.kind === "elapsed" && right.kind === "const") return elapsedWords(left, right, of);
  return valueWords(right, of);
}

function elapsedWords(left: Extract<Value, { kind: "elapsed" }>, right: Const, of: Telling): string {
  const amount = Number(right.value);
  if (right.value === null || !Number.isSafeInteger(amount)) return constWords(right, of);
  if (left.from.type.kind === "date") return durationWords({ amount, unit: "d" });
  const minutes = amount / 60_000_000;
  if (minutes % 1440 === 0) return durationWords({ amount: minutes / 1440, unit: "d" });
  if (minutes % 60 === 0) return durationWords({ amount: minutes / 60, unit: "h" });
  return minutes % 1 === 0 ? durationWords({ amount: minutes, unit: "min" }) : `${constWords(right, of)} microseconds`;
}

function rangeWords({ from, to, toInclusive, value }: Extract<Test, { kind: "between" }>, of: Telling): string {
  const end = (bound: Value): string => rightWords(value, bound, of);
  if (from === null) return to === null ? "anything" : `${toInclusive ? "at most" : "before"} ${end(to)}`;
  if (to === null) return `at least ${end(from)}`;
  return `from ${end(from)} ${toInclusive ? "to" : "until"} ${end(to)}`;
}
