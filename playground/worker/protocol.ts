import type { Diagnostic, Position } from "../../language/index.ts";
import type { MonarchGrammar } from "../editor/monarch.ts";

/** A file of the project as it stands in the editor. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** All that the page knows, sent after every change. `revision` grows by one each time; only the last one sent is of interest. */
export interface Edit {
  readonly revision: number;
  readonly files: readonly TextFile[];
  /** The segment that the page shows: it is counted first, and its SQL is written then. */
  readonly segment: string | null;
}

/** A finding and where it stands, for people. */
export interface Finding extends Diagnostic {
  readonly from: Position;
}

/** A segment as declared, also where it is broken. */
export interface Declared {
  readonly name: string;
  readonly title: string | null;
  readonly file: string;
  /** From its word to its end. */
  readonly start: number;
  readonly end: number;
  /** Whether there is a number to come: it is sound, and so is the model. */
  readonly sound: boolean;
}

/** How many people: exact, over all rows of the page. Or why there is no number. */
export type Size =
  | { readonly kind: "counted"; readonly people: number; readonly of: number; readonly entity: string }
  | { readonly kind: "stopped"; readonly why: string };

/** The SQL of the shown segment in one dialect. */
export interface DialectSql {
  readonly dialect: string;
  readonly title: string;
  /** With its values apart, and with them inlined; null where the dialect cannot say it, which `problems` explains. */
  readonly apart: { readonly sql: string; readonly parameters: readonly SqlParameter[] } | null;
  readonly inlined: string | null;
  readonly problems: readonly string[];
}

export interface SqlParameter {
  readonly name: string;
  readonly type: string;
  /** As text; null is missing. */
  readonly value: string | null;
}

/**
 * What the worker says. `started` once; then for each revision that is not overtaken by a later one `findings`, `size` for each sound segment,
 * `sql` behind that of the one that is shown, and at last `answered` or, if the compiler fails, `crashed`.
 */
export type Answer =
  | { readonly kind: "started"; readonly grammar: MonarchGrammar }
  | {
      readonly kind: "findings";
      readonly revision: number;
      readonly findings: readonly Finding[];
      readonly declared: readonly Declared[];
    }
  | {
      readonly kind: "sql";
      readonly revision: number;
      readonly segment: string;
      readonly dialects: readonly DialectSql[];
    }
  | { readonly kind: "size"; readonly revision: number; readonly segment: string; readonly size: Size }
  | { readonly kind: "answered"; readonly revision: number }
  | { readonly kind: "crashed"; readonly revision: number; readonly report: string };
