import type { Span } from "../text/span.ts";
import type { AssertDecl, PolicyDecl, TestDecl } from "./claim-nodes.ts";

/** What somebody wrote: spans everywhere, error nodes where it is broken. Parsing never throws. */
export interface SegFile {
  readonly path: string;
  readonly declarations: readonly Declaration[];
}

/** A name as written; `text` is without back-ticks. An error name (absent in the text) has `text: ""`. */
export interface Name {
  readonly text: string;
  readonly span: Span;
  readonly quoted: boolean;
}

export interface Annotation {
  readonly name: Name;
  /** Texts and bare names in the parentheses. */
  readonly args: readonly (Name | TextLiteral)[];
  readonly span: Span;
}

/** What every declaration has in front of it. `span` of a declaration covers it from its word to its end, without doc and annotations. */
export interface DeclarationBase {
  readonly doc: string | null;
  readonly annotations: readonly Annotation[];
  readonly name: Name;
  readonly span: Span;
  /** Whether the parser reported something inside it. */
  readonly broken: boolean;
}

export type Declaration =
  | EntityDecl
  | ExtendDecl
  | ParamDecl
  | ListDecl
  | TraitDecl
  | SegmentDecl
  | SegmentationDecl
  | SplitDecl
  | SnapshotDecl
  | TestDecl
  | PolicyDecl
  | AssertDecl
  | UnreadableDecl;

/** `entity` and `event`. */
export interface EntityDecl extends DeclarationBase {
  readonly kind: "entity";
  readonly word: "entity" | "event";
  readonly isDefault: boolean;
  readonly table: TableName | null;
  readonly clauses: readonly HeaderClause[];
  readonly members: readonly MemberDecl[];
}

/** `extend Customer from churn_scores by customer_id { … }`; `name` is the extended entity's. */
export interface ExtendDecl extends DeclarationBase {
  readonly kind: "extend";
  readonly table: TableName | null;
  readonly clauses: readonly HeaderClause[];
  readonly members: readonly MemberDecl[];
}

export interface TableName {
  readonly parts: readonly Name[];
  readonly span: Span;
}

export type HeaderClause =
  | { readonly kind: "since" | "until" | "at" | "oncePer" | "by"; readonly column: Name; readonly span: Span }
  | { readonly kind: "where"; readonly condition: Expr; readonly span: Span }
  | { readonly kind: "scheduled"; readonly span: Span }
  | { readonly kind: "fresh" | "keeps"; readonly duration: Expr; readonly span: Span };

export type MemberDecl = FieldDecl | LinkDecl;

/** `region : text key from "Cust Region" in ["EU"] optional @pii`. */
export interface FieldDecl {
  readonly kind: "field";
  readonly doc: string | null;
  readonly name: Name;
  readonly type: TypeExpr;
  readonly isKey: boolean;
  readonly optional: boolean;
  /** After `from`: another column name. */
  readonly column: Name | null;
  /** After `in`: a list or a range. */
  readonly constraint: Expr | null;
  readonly annotations: readonly Annotation[];
  readonly span: Span;
}

/** `account : Account optional by account_id`, `purchases : many Purchase by customer_id`. */
export interface LinkDecl {
  readonly kind: "link";
  readonly doc: string | null;
  readonly name: Name;
  readonly many: boolean;
  readonly target: Name;
  readonly optional: boolean;
  readonly by: Name;
  readonly annotations: readonly Annotation[];
  readonly span: Span;
}

export type TypeExpr =
  | { readonly kind: "named"; readonly name: Name; readonly args: readonly NumberLiteral[]; readonly span: Span }
  | { readonly kind: "listOf"; readonly of: TypeExpr; readonly span: Span }
  | {
      readonly kind: "json";
      readonly paths: readonly { readonly name: Name; readonly type: TypeExpr }[];
      readonly span: Span;
    };

/** `param min_orders : integer = 3`. */
export interface ParamDecl extends DeclarationBase {
  readonly kind: "param";
  readonly title: TextLiteral | null;
  readonly type: TypeExpr | null;
  readonly value: Expr;
}

/** `list EU = ["AT", "BE"]`. */
export interface ListDecl extends DeclarationBase {
  readonly kind: "list";
  readonly title: TextLiteral | null;
  readonly value: Expr;
}

/** `trait ltv "Lifetime value" of Customer = …`. */
export interface TraitDecl extends DeclarationBase {
  readonly kind: "trait";
  readonly title: TextLiteral | null;
  readonly of: Name | null;
  readonly value: Expr;
}

/** `segment Loyal "Title" of Customer in zone time_zone where …`; `zone` is a field of names of zones, perhaps behind links. */
export interface SegmentDecl extends DeclarationBase {
  readonly kind: "segment";
  readonly title: TextLiteral | null;
  readonly of: Name | null;
  readonly zone: Expr | null;
  readonly condition: Expr;
}

/** `segmentation Lifecycle "Title" of Mailable { New : … }`; `of` names an entity or a segment, perhaps a tier: one name or two. */
export interface SegmentationDecl extends DeclarationBase {
  readonly kind: "segmentation";
  readonly title: TextLiteral | null;
  readonly of: Expr | null;
  readonly tiers: readonly TierDecl[];
}

/** `Active : purchases.last90d`; `condition` is null of `otherwise`. */
export interface TierDecl {
  readonly kind: "tier";
  readonly doc: string | null;
  readonly name: Name;
  readonly condition: Expr | null;
  readonly span: Span;
}

/** `split SpringTest of Loyal seed "spring-2026" { Control : 10% }`; `of` as of a segmentation. */
export interface SplitDecl extends DeclarationBase {
  readonly kind: "split";
  readonly title: TextLiteral | null;
  readonly of: Expr | null;
  readonly seed: TextLiteral | null;
  readonly arms: readonly ArmDecl[];
}

/** `Control : 10%`. */
export interface ArmDecl {
  readonly kind: "arm";
  readonly doc: string | null;
  readonly name: Name;
  readonly share: Expr;
  readonly span: Span;
}

/** `snapshot SpringBuyers of Loyal as of 2026-06-01`; `of` is one name or two. */
export interface SnapshotDecl extends DeclarationBase {
  readonly kind: "snapshot";
  readonly title: TextLiteral | null;
  readonly of: Expr;
  readonly asOf: Expr;
}

/**
 * A declaration that starts with a known word but is not one of the above: too broken, or of a kind this version does not read
 * (`word` says which); always reported.
 */
export interface UnreadableDecl extends DeclarationBase {
  readonly kind: "unreadable";
  readonly word: string;
}

// ---- expressions ----------------------------------------------------------------------------------------------------

export type CompareOp = "=" | "!=" | "<" | "<=" | ">" | ">=";
export type ArithmeticOp = "+" | "-" | "*" | "/";

export type Expr =
  | NumberLiteral
  | TextLiteral
  | { readonly kind: "boolean"; readonly value: boolean; readonly span: Span }
  /** `2026-01-31`; `value` is that text, a day that exists. */
  | { readonly kind: "date"; readonly value: string; readonly span: Span }
  /** `value` is `YYYY-MM-DDTHH:MM:SS.ffffff`, followed by `Z` or `±HH:MM` if an offset was written. */
  | { readonly kind: "timestamp"; readonly value: string; readonly span: Span }
  | DurationLiteral
  /** A bare name: field, link, trait, segment, param, list, function without parentheses. */
  | { readonly kind: "name"; readonly name: Name; readonly span: Span }
  /** `object.name`: a field, a link, or a collection step without parentheses. */
  | { readonly kind: "member"; readonly object: Expr; readonly name: Name; readonly span: Span }
  /** `object.name(…)`: a collection step. */
  | {
      readonly kind: "step";
      readonly object: Expr;
      readonly name: Name;
      readonly args: readonly Argument[];
      readonly span: Span;
    }
  /** `object.last90d`; `stepSpan` covers `last90d`. */
  | {
      readonly kind: "windowStep";
      readonly object: Expr;
      readonly direction: "last" | "next";
      readonly duration: DurationLiteral;
      readonly stepSpan: Span;
      readonly span: Span;
    }
  /** `name(…)`: a function. */
  | { readonly kind: "call"; readonly name: Name; readonly args: readonly Argument[]; readonly span: Span }
  | { readonly kind: "list"; readonly items: readonly Expr[]; readonly span: Span }
  /** `18..25`, `65..`, `..17`; at least one end. */
  | {
      readonly kind: "range";
      readonly from: Expr | null;
      readonly to: Expr | null;
      readonly opSpan: Span;
      readonly span: Span;
    }
  /** `90d ago`. */
  | { readonly kind: "ago"; readonly duration: DurationLiteral; readonly span: Span }
  /** `last 90d`, `next 7d`. */
  | {
      readonly kind: "rolling";
      readonly direction: "last" | "next";
      readonly duration: DurationLiteral;
      readonly span: Span;
    }
  /** `this month`, `previous week`, `next year`. */
  | {
      readonly kind: "period";
      readonly which: "this" | "previous" | "next";
      readonly unit: PeriodUnit;
      readonly span: Span;
    }
  /** `last 3 full months`. */
  | { readonly kind: "fullPeriods"; readonly count: number; readonly unit: PeriodUnit; readonly span: Span }
  | {
      readonly kind: "arithmetic";
      readonly op: ArithmeticOp;
      readonly opSpan: Span;
      readonly left: Expr;
      readonly right: Expr;
      readonly span: Span;
    }
  | { readonly kind: "negate"; readonly operand: Expr; readonly span: Span }
  /** `x else 0`. */
  | { readonly kind: "else"; readonly value: Expr; readonly fallback: Expr; readonly opSpan: Span; readonly span: Span }
  | {
      readonly kind: "compare";
      readonly op: CompareOp;
      readonly opSpan: Span;
      readonly left: Expr;
      readonly right: Expr;
      readonly ignoreCase: boolean;
      readonly span: Span;
    }
  /** `x in …`; `set` is a list, a range, a window or a name. */
  | {
      readonly kind: "in";
      readonly negated: boolean;
      readonly opSpan: Span;
      readonly value: Expr;
      readonly set: Expr;
      readonly ignoreCase: boolean;
      readonly span: Span;
    }
  | {
      readonly kind: "textTest";
      readonly mode: "contains" | "startsWith" | "endsWith";
      readonly negated: boolean;
      readonly opSpan: Span;
      readonly value: Expr;
      readonly needle: Expr;
      readonly ignoreCase: boolean;
      readonly span: Span;
    }
  | {
      readonly kind: "is";
      readonly what: "known" | "missing";
      readonly opSpan: Span;
      readonly value: Expr;
      readonly span: Span;
    }
  | {
      readonly kind: "not";
      readonly word: "not" | "no";
      readonly opSpan: Span;
      readonly operand: Expr;
      readonly span: Span;
    }
  /** `top 10% by x of S per f with ties`; `wordSpan` covers `top`. */
  | {
      readonly kind: "rank";
      readonly which: "top" | "bottom";
      readonly wordSpan: Span;
      readonly amount: NumberLiteral;
      readonly by: Expr;
      readonly of: Expr | null;
      readonly per: Expr | null;
      readonly ties: boolean;
      readonly span: Span;
    }
  | { readonly kind: "and" | "or"; readonly items: readonly Expr[]; readonly span: Span }
  /** `at least 2 of (a, b, c)`, `all of (a, b)`; `number` is null of `all`, `any` and `none`. `opSpan` covers the words before `(`. */
  | {
      readonly kind: "counted";
      readonly mode: "atLeast" | "atMost" | "exactly" | "all" | "any" | "none";
      readonly number: NumberLiteral | null;
      readonly items: readonly Expr[];
      readonly opSpan: Span;
      readonly span: Span;
    }
  /** `list has x`, `list has any [x, y]`; `set` is a value, or a list or the name of one. */
  | {
      readonly kind: "has";
      readonly mode: "one" | "any" | "all" | "none";
      readonly opSpan: Span;
      readonly list: Expr;
      readonly set: Expr;
      readonly ignoreCase: boolean;
      readonly span: Span;
    }
  /** `if c then a else b`. */
  | {
      readonly kind: "if";
      readonly cond: Expr;
      readonly yes: Expr;
      readonly no: Expr;
      readonly opSpan: Span;
      readonly span: Span;
    }
  | { readonly kind: "paren"; readonly inner: Expr; readonly span: Span }
  /** Already reported; `parts` is what could be read of it. */
  | { readonly kind: "error"; readonly parts: readonly Expr[]; readonly span: Span };

export type PeriodUnit = "day" | "week" | "month" | "quarter" | "year";

/** `text` is plain: no `_`, no `%`; a percent literal is a hundredth of it. A minus sign is an expression of its own. */
export interface NumberLiteral {
  readonly kind: "number";
  readonly text: string;
  readonly percent: boolean;
  readonly span: Span;
}

/** `value` is the text meant, with its escapes resolved. */
export interface TextLiteral {
  readonly kind: "text";
  readonly value: string;
  readonly span: Span;
}

/** `90d`, `90 days`. `amount` is a whole number of 0 or more. */
export interface DurationLiteral {
  readonly kind: "duration";
  readonly amount: number;
  readonly unit: "min" | "h" | "d" | "w" | "mo" | "q" | "y";
  readonly span: Span;
}

/** `x` or `by: x`. */
export interface Argument {
  readonly label: Name | null;
  readonly value: Expr;
}
