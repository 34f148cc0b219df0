import type { Span } from "../text/span.ts";
import type { DeclarationBase, Expr, Name, NumberLiteral, TextLiteral } from "./ast.ts";

/** `test Loyal as of 2026-06-30 with { … } { "four orders" : { … } is in }`. It has no name of its own; `group` is one name or two. */
export interface TestDecl extends DeclarationBase {
  readonly kind: "test";
  readonly group: Expr;
  readonly asOf: Expr | null;
  /** What everybody in its cases has. */
  readonly given: TestObject | null;
  readonly cases: readonly CaseDecl[];
}

/** `policy Consent "Title" for segments of Customer tagged marketing require …`; without tags, for all segments of the entity. */
export interface PolicyDecl extends DeclarationBase {
  readonly kind: "policy";
  readonly title: TextLiteral | null;
  readonly of: Name | null;
  readonly tags: readonly Name[];
  readonly demands: readonly Demand[];
}

/** `require marketing_consent`, `forbid fields marked sensitive`. */
export type Demand =
  | { readonly kind: "require"; readonly condition: Expr; readonly span: Span }
  | { readonly kind: "forbid"; readonly mark: Name; readonly span: Span };

/** `assert …`. It has no name of its own; groups are one name or two. */
export interface AssertDecl extends DeclarationBase {
  readonly kind: "assert";
  readonly claim: Claim;
}

export type Claim =
  | { readonly kind: "within"; readonly inner: Expr; readonly outer: Expr }
  | { readonly kind: "disjoint"; readonly groups: readonly Expr[] }
  | { readonly kind: "size"; readonly group: Expr; readonly range: Expr };

/** One person, or with `isPeople` several who are there at the same time. */
export interface CaseDecl {
  readonly kind: "case";
  readonly title: TextLiteral;
  readonly people: readonly PersonDecl[];
  readonly isPeople: boolean;
  readonly span: Span;
}

/** `"a" : { … } is in`. `title` is null of the one person of a case, `outcome` of somebody who is only there. */
export interface PersonDecl {
  readonly kind: "person";
  readonly title: TextLiteral | null;
  readonly object: TestObject;
  readonly outcome: Outcome | null;
  readonly span: Span;
}

/** `is in`, `is out`, `is Active`; `says` is null where what follows `is` is not there. */
export interface Outcome {
  readonly kind: "outcome";
  readonly says: "in" | "out" | "tier" | null;
  readonly tier: Name | null;
  readonly span: Span;
}

/** `{ region: "EU"  purchases: 4 of { … } }`: a row, or a JSON value. */
export interface TestObject {
  readonly kind: "object";
  readonly fields: readonly TestField[];
  readonly span: Span;
}

export interface TestField {
  readonly kind: "given";
  readonly name: Name;
  readonly value: TestValue;
  readonly span: Span;
}

export type TestValue =
  | TestObject
  | { readonly kind: "listing"; readonly items: readonly TestValue[]; readonly span: Span }
  /** `4 of { … }`. */
  | { readonly kind: "copies"; readonly count: NumberLiteral; readonly object: TestObject; readonly span: Span }
  | { readonly kind: "plain"; readonly value: Expr; readonly span: Span }
  /** `missing`. */
  | { readonly kind: "absent"; readonly span: Span };
