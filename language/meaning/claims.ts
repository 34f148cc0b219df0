import type { Duration } from "../model/model.ts";
import type { Const, Origin, Pred } from "./ir.ts";

/** What a project says of its segments, to be tried or proved; each in the order of the text. */
export interface Claims {
  readonly tests: readonly Test[];
  readonly asserts: readonly Assert[];
  readonly policies: readonly Policy[];
}

/** Of a program that claims nothing. */
export const NO_CLAIMS: Claims = { tests: [], asserts: [], policies: [] };

/** `assert Loyal within EuropeanCustomers`, and so on: names of segments of one entity. Shares are plain decimal text, null where the range is open. */
export type Assert =
  | {
      readonly kind: "within";
      readonly inner: string;
      readonly outer: string;
      readonly entity: string;
      readonly origin: Origin;
    }
  | {
      readonly kind: "disjoint";
      readonly segments: readonly string[];
      readonly entity: string;
      readonly origin: Origin;
    }
  | {
      readonly kind: "size";
      readonly segment: string;
      readonly entity: string;
      /** Of the population, or a number of people. */
      readonly of: "share" | "count";
      readonly from: string | null;
      readonly to: string | null;
      readonly origin: Origin;
    };

/** `policy Consent for segments tagged marketing require marketing_consent`: of those segments of `entity` that have one of the tags; of all, without tags. */
export interface Policy {
  readonly name: string;
  readonly title: string | null;
  readonly doc: string | null;
  readonly entity: string;
  readonly tags: readonly string[];
  /** Conditions over the row of depth 0 that each of their members must meet. */
  readonly require: readonly Pred[];
  /** Annotations of fields that the segments must not read. */
  readonly forbid: readonly ("pii" | "sensitive" | "mutable")[];
  readonly origin: Origin;
}

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
