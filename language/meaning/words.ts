import { InternalError } from "../text/assert.ts";
import { bind } from "./bind.ts";
import type { Origin, Pred } from "./ir.ts";
import type { Circumstances, Program, Segment } from "./program.ts";
import { countWords, inlineWords } from "./words-condition.ts";
import { entityName, fieldName, type Telling } from "./words-value.ts";

/** A sentence, what stands below it, and the place of what it says. */
export interface Sentence {
  readonly text: string;
  readonly items: readonly Sentence[];
  readonly origin: Origin;
}

/**
 * What a segment asks, in plain English, out of the program as written: windows with their dates, what an unknown value or nothing at all counts as.
 * The same program and circumstances give the same words.
 */
export function describe(program: Program, name: string, circumstances: Circumstances): Sentence {
  const segment = program.segments.get(name);
  if (segment === undefined) throw new InternalError(`no segment ${name}`);
  const bound = bind({ ...program, segments: new Map([[name, segment]]) }, circumstances);
  const of = telling(bound, circumstances.zone);
  const own = bound.segments.get(name) as Segment;
  const title = segment.title === null ? "" : ` ${JSON.stringify(segment.title)}`;
  const head = `${name}${title} is every ${entityName(segment.entity)}`;
  const condition = sentenceOf(own.condition, of);
  if (condition.items.length === 0)
    return { text: `${head} for whom this holds:`, items: [condition], origin: segment.origin };
  return { ...condition, text: `${head} for whom ${condition.text.replace(/:$/u, "")}:`, origin: segment.origin };
}

/** What words are told in, for a bound program. */
export const telling = (program: Program, zone: string): Telling => ({
  program,
  zone,
  depth: 0,
  traitWords: (trait) => program.traits.get(trait)?.title ?? fieldName(trait),
  elementsName: (collection) => {
    const last = collection.steps.findLast((step) => step.kind === "flatten");
    return fieldName(last?.kind === "flatten" ? last.link : collection.link);
  },
});

/** A condition as a sentence: groups with their items below, everything else on one line. */
export function sentenceOf(pred: Pred, of: Telling): Sentence {
  const group = (text: string, items: readonly Pred[]): Sentence => ({
    text,
    items: items.map((item) => sentenceOf(item, of)),
    origin: pred.origin,
  });
  switch (pred.kind) {
    case "and":
      return group("all of these hold:", pred.items);
    case "or":
      return group("any of these holds:", pred.items);
    case "countOf":
      return group(`${countWords(pred)} of these hold:`, pred.items);
    case "not":
      if (pred.item.kind === "or") return group("none of these holds:", pred.item.items);
      if (pred.item.kind === "and") return group("not all of these hold:", pred.item.items);
      if (pred.item.kind === "countOf")
        return group(`it is not so that ${countWords(pred.item)} of these hold:`, pred.item.items);
      return { text: inlineWords(pred, of), items: [], origin: pred.origin };
    case "always":
    case "test":
    case "settled":
      return { text: inlineWords(pred, of), items: [], origin: pred.origin };
  }
}

/** Sentences as lines, those below others further in. */
export function printSentence({ text, items }: Sentence, depth = 0): string {
  const line = depth === 0 ? text : `${"  ".repeat(depth - 1)}- ${text}`;
  return [line, ...items.map((item) => printSentence(item, depth + 1))].join("\n");
}
