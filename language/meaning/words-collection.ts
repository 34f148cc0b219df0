import { assertNever } from "../text/assert.ts";
import type { Collection, Row, Step, Value } from "./ir.ts";
import { inlineWords } from "./words-condition.ts";
import { durationWords, windowWords } from "./words-time.ts";
import { entityName, fieldName, inside, type Telling, valueWords } from "./words-value.ts";

/** A collection with its steps as a noun, in the order in which they are taken: `the latest 5 of the purchases where …`. */
export function collectionWords(collection: Collection, of: Telling): string {
  const within = inside(of, collection.depth);
  const start = `${ownerWords(collection.from, of)}${fieldName(collection.link)}`;
  return collection.steps.reduce((words, step) => stepWords(words, step, within), start);
}

/** Whose they are, where that is not plain. */
function ownerWords(row: Row, of: Telling): string {
  switch (row.kind) {
    case "scope":
      return row.depth === of.depth ? "" : `the ${entityName(row.entity)}'s `;
    case "link":
      return `${ownerWords(row.from, of)}${fieldName(row.link)}'s `;
    case "pick":
      return `${row.which} ${fieldName(row.collection.link)}'s `;
  }
}

function stepWords(before: string, step: Step, within: Telling): string {
  switch (step.kind) {
    case "where":
      return `${before} (where ${inlineWords(step.cond, within)})`;
    case "window":
      return `${before} ${windowWords(step.window, within)}`;
    case "take":
      return `${takeWords(step, within)} of ${before}`;
    case "afterGap":
      return `${before} after at least one earlier, with none in the ${durationWords(step.gap)} before`;
    case "neighbour": {
      const other = collectionWords(step.other, { ...within, depth: within.depth - 1 });
      const limit = step.within === null ? "" : ` within ${durationWords(step.within)}`;
      const same = step.same.length === 0 ? "" : ` of the same ${step.same.map(fieldName).join(" and ")}`;
      return `${before} ${step.negated ? "not " : ""}${step.direction} by any of ${other}${same}${limit}`;
    }
    case "flatten":
      return `the ${fieldName(step.link)} of ${before}`;
    case "per":
      return `groups of ${before} ${keyWords(step.key, within)}`;
    default:
      return assertNever(step);
  }
}

function takeWords({ which, n, by }: Extract<Step, { kind: "take" }>, within: Telling): string {
  if (by === null) return `the ${which} ${n}`;
  return `the ${n} with the ${which === "top" ? "greatest" : "least"} ${valueWords(by, within).replace(/^the /u, "")}`;
}

function keyWords(key: Value, within: Telling): string {
  if (key.kind === "start_of") return `by calendar ${key.unit}`;
  if (key.kind === "local_date") return "by calendar day";
  if (key.kind === "periodIndex") return `by ${valueWords(key, within)}`;
  return `with the same ${valueWords(key, within).replace(/^the /u, "")}`;
}
