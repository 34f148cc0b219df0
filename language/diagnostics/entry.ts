import type { Severity } from "./diagnostic.ts";

/** `SEG` and four digits: 1 syntax, 2 names, 3 types, 4 meaning, 5 style, 6 engines, 7 model, configuration, files and data, 9 internal. */
export type Code = `SEG${number}`;

/**
 * One kind of finding. The number and the slug never change and are never used again.
 * `message` is one plain sentence with user text in back-ticks; `help` says what to write.
 */
export interface Entry<P> {
  readonly number: Code;
  readonly severity: Severity;
  readonly message: (params: P) => string;
  readonly help: (params: P) => string | null;
  /** What it means and why it matters: a paragraph for the page of this code. */
  readonly explain: string;
  /** A text that has this finding, and the same text mended. Over the model of `language/test/model.ts` where they are segments. */
  readonly bad: string;
  readonly good: string;
}

/** Declares an entry; `P` are the typed parameters of its wording. */
export const entry = <P>(e: Entry<P>): Entry<P> => e;
