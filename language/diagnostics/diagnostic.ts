import type { Span } from "../text/span.ts";
import type { Code } from "./entry.ts";

export type Severity = "error" | "warning" | "info";

/** Replace the text of `span` in `file` by `newText`. */
export interface TextEdit {
  readonly file: string;
  readonly span: Span;
  readonly newText: string;
}

/** A change that removes the finding. At most one fix of a diagnostic is `preferred`. */
export interface Fix {
  readonly title: string;
  readonly preferred: boolean;
  readonly edits: readonly TextEdit[];
}

/** Another place that matters to the finding. */
export interface Related {
  readonly file: string;
  readonly span: Span;
  readonly message: string;
}

/**
 * A finding about what somebody wrote. Plain data: `message` is one plain sentence, `help` says what to write.
 * `span` is the smallest token to blame.
 */
export interface Diagnostic {
  readonly code: Code;
  readonly slug: string;
  readonly severity: Severity;
  readonly file: string;
  readonly span: Span;
  readonly message: string;
  readonly help: string | null;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}
