import type { Duration } from "../model/model.ts";
import type { Const, Origin } from "./ir.ts";

/** `test Loyal as of … { … }`: people made up, and what is expected of them. */
export interface Test {
  /** What is tested, as people write it: `Loyal`, `Lifecycle`, `Lifecycle.Active`. */
  readonly group: string;
  /** Of a segmentation or split people are in one of its parts, or in none. */
  readonly kind: "segment" | "division";
  readonly entity: string;
  readonly asOf: Const;
  readonly cases: readonly TestCase[];
  readonly origin: Origin;
}

export interface TestCase {
  readonly title: string;
  /** All of them exist at the same time. */
  readonly people: readonly TestPerson[];
  readonly origin: Origin;
}

export interface TestPerson {
  /** Null of the one person of a case. */
  readonly title: string | null;
  readonly row: TestRow;
  readonly expected: Expected | null;
  readonly origin: Origin;
}

/** `part` is the name of a segment: `Lifecycle.Active`. */
export type Expected = { readonly kind: "in" | "out" } | { readonly kind: "part"; readonly part: string };

/** One row and those that hang on it. What is not given is missing; a key that is not given is made up. */
export interface TestRow {
  readonly entity: string;
  readonly cells: ReadonlyMap<string, Given>;
  readonly one: ReadonlyMap<string, TestRow>;
  readonly many: ReadonlyMap<string, readonly TestRow[]>;
}

/** What a field is given. A JSON value is text. */
export type Given =
  | { readonly kind: "value"; readonly value: Const }
  | { readonly kind: "list"; readonly items: readonly Const[] }
  | { readonly kind: "json"; readonly text: string }
  /** That long before the test's as-of. */
  | { readonly kind: "ago"; readonly by: Duration };
