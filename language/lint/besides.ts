import type { Related } from "../diagnostics/diagnostic.ts";
import type { Linted } from "./rule.ts";
import type { Verdict } from "./verdicts.ts";

/** The words of a condition and of the one that sees to it, cut where they are long. */
export function besides({ origin, by }: Verdict, { written }: Linted) {
  const text = cut(written.text(origin));
  const other = by === null || by.file === "" ? null : cut(written.text(by));
  const isItself =
    by !== null && by.file === origin.file && by.span.start === origin.span.start && by.span.end === origin.span.end;
  const related: readonly Related[] =
    by === null || other === null || isItself ? [] : [{ ...by, message: "The other condition is here." }];
  return { text, other: isItself ? null : other, related };
}

const cut = (text: string): string => (text.length > 60 ? `${[...text.slice(0, 56)].join("")} …` : text);
