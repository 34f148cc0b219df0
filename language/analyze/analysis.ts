import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { CalendarUnit, Place } from "../model/model.ts";
import type {
  Declaration,
  Expr,
  ListDecl,
  Name,
  ParamDecl,
  SegmentationDecl,
  SegmentDecl,
  SnapshotDecl,
  SplitDecl,
  TraitDecl,
} from "../syntax/ast.ts";
import type { AssertDecl, PolicyDecl, TestDecl } from "../syntax/claim-nodes.ts";
import type { ScalarType, Type } from "../types/type.ts";

/**
 * One thing that is checked by itself and can fail by itself: a declaration, or the `where` of an entity's header.
 * `entity` is what it is about; null where that is unknown, and for params and lists.
 */
export type Unit =
  | {
      readonly kind: "header";
      readonly name: string;
      readonly file: string;
      readonly entity: string;
      readonly expr: Expr;
    }
  | {
      readonly kind: "param";
      readonly name: string;
      readonly file: string;
      readonly entity: null;
      readonly expr: Expr;
      readonly decl: ParamDecl;
    }
  | {
      readonly kind: "list";
      readonly name: string;
      readonly file: string;
      readonly entity: null;
      readonly expr: Expr;
      readonly decl: ListDecl;
    }
  | {
      readonly kind: "trait";
      readonly name: string;
      readonly file: string;
      readonly entity: string | null;
      readonly expr: Expr;
      readonly decl: TraitDecl;
    }
  | {
      readonly kind: "segment";
      readonly name: string;
      readonly file: string;
      readonly entity: string | null;
      readonly expr: Expr;
      readonly decl: SegmentDecl;
    }
  /** Its tiers stand and fall together, since each takes whom none before it takes. */
  | {
      readonly kind: "segmentation";
      readonly name: string;
      readonly file: string;
      readonly entity: string | null;
      readonly decl: SegmentationDecl;
    }
  | {
      readonly kind: "split";
      readonly name: string;
      readonly file: string;
      readonly entity: string | null;
      readonly decl: SplitDecl;
    }
  | {
      readonly kind: "snapshot";
      readonly name: string;
      readonly file: string;
      readonly entity: string | null;
      readonly decl: SnapshotDecl;
    }
  /** It has no name: nothing refers to it. */
  | {
      readonly kind: "test";
      readonly name: "";
      readonly file: string;
      readonly entity: string | null;
      readonly decl: TestDecl;
    }
  /** It has no name. */
  | {
      readonly kind: "assert";
      readonly name: "";
      readonly file: string;
      readonly entity: null;
      readonly decl: AssertDecl;
    }
  | {
      readonly kind: "policy";
      readonly name: string;
      readonly file: string;
      readonly entity: string | null;
      readonly decl: PolicyDecl;
    };

/** The conditions and values of a unit, in the order of the text. */
export function expressionsOf(unit: Unit): readonly Expr[] {
  switch (unit.kind) {
    case "header":
    case "param":
    case "list":
    case "trait":
      return [unit.expr];
    case "segment":
      return unit.decl.zone === null ? [unit.expr] : [unit.decl.zone, unit.expr];
    case "segmentation":
      return unit.decl.tiers.flatMap(({ condition }) => (condition === null ? [] : [condition]));
    case "split":
    case "snapshot":
    case "test":
    case "assert":
      return [];
    case "policy":
      return unit.decl.demands.flatMap((one) => (one.kind === "require" ? [one.condition] : []));
  }
}

/** A segmentation or a split: what has parts that are segments for everybody who names them. */
export type Division = Extract<Unit, { kind: "segmentation" | "split" }>;

/** The tiers or arms of a division, with their names, in the order of the text. */
export const partsOf = (division: Division): readonly { readonly name: Name }[] =>
  division.kind === "segmentation" ? division.decl.tiers : division.decl.arms;

/** What a part is called by everybody: `Lifecycle.Active`. */
export const partName = (division: { readonly name: string }, part: string): string => `${division.name}.${part}`;

/** How a name is used that a unit declares: as a value, as a group of people, as something that has such groups; null for what belongs to no row. */
export function roleOf(unit: { readonly kind: Unit["kind"] | "unreadable" }): "trait" | "segment" | "division" | null {
  switch (unit.kind) {
    case "trait":
      return "trait";
    case "segment":
    case "snapshot":
      return "segment";
    case "segmentation":
    case "split":
      return "division";
    case "header":
    case "param":
    case "list":
    case "test":
    case "assert":
    case "policy":
    case "unreadable":
      return null;
  }
}

/** A unit that has a declaration. */
export type DeclaredUnit = Exclude<Unit, { kind: "header" }>;

/** What a name stands for. `depth` is that of the row it belongs to, or null where it stands after a dot and belongs to what is before it. */
export type Resolved =
  /** An entity's name that means a row in play: `Customer` in `Customer.country`. */
  | { readonly kind: "scope"; readonly depth: number; readonly entity: string }
  | { readonly kind: "field"; readonly depth: number | null; readonly entity: string; readonly name: string }
  | {
      readonly kind: "link";
      readonly depth: number | null;
      readonly entity: string;
      readonly name: string;
      readonly target: string;
      readonly many: boolean;
    }
  /** A declared path of a JSON field, which stands before the dot. */
  | { readonly kind: "json"; readonly entity: string; readonly field: string; readonly path: string }
  | { readonly kind: "trait"; readonly depth: number | null; readonly name: string }
  /** A segment, a snapshot, or a part of a division (`Lifecycle.Active`). `depth` is null after `in`, where the row stands before it. */
  | { readonly kind: "segment"; readonly depth: number | null; readonly name: string }
  /** A segmentation or a split, before a dot or before `in`. */
  | { readonly kind: "division"; readonly depth: number | null; readonly name: string }
  | { readonly kind: "param"; readonly name: string }
  | { readonly kind: "list"; readonly name: string }
  /** The value that the elements of the group at `depth` share; `per` is the argument of its `.per(…)`. */
  | { readonly kind: "group"; readonly depth: number; readonly per: Expr }
  /** An aggregate over the elements of the group at `depth`; `name` is its step. */
  | { readonly kind: "groupAggregate"; readonly depth: number; readonly name: string }
  /** A calendar period as what groups are made by. */
  | { readonly kind: "period"; readonly unit: CalendarUnit }
  | { readonly kind: "function"; readonly name: string }
  | { readonly kind: "step"; readonly name: string };

/** Who uses what, and where. */
export interface Reference {
  readonly by: Unit;
  readonly to: ReferenceTarget;
  readonly place: Place;
}

export type ReferenceTarget =
  | { readonly kind: "entity" | "param" | "list" | "trait" | "segment" | "division"; readonly name: string }
  | { readonly kind: "field" | "link"; readonly entity: string; readonly name: string };

/**
 * What analysis found out, in tables beside the tree, which it never changes. An expression that is already reported, or reads
 * something that is, has the type `error`.
 */
export interface Analysis {
  /** In order of path and offset, without those that a duplicate name leaves out. */
  readonly units: readonly Unit[];
  readonly resolved: ReadonlyMap<Expr, Resolved>;
  /** The type that an expression has by itself. */
  readonly types: ReadonlyMap<Expr, Type>;
  /** The type that its surroundings make of it, where that is another one: `widen`, `local_date`. */
  readonly wanted: ReadonlyMap<Expr, ScalarType>;
  /** How a bare collection is used. */
  readonly uses: ReadonlyMap<Expr, "count" | "any">;
  readonly references: readonly Reference[];
  /** Units without an error in themselves or in anything they read, each after what it reads. */
  readonly sound: readonly Unit[];
  /** The types of params and traits, and of the values of lists (null of an empty one), by name. */
  readonly valueTypes: ReadonlyMap<string, ScalarType | null>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The declarations that a name can mean, by name. */
export type Declared = ReadonlyMap<
  string,
  DeclaredUnit | { readonly kind: "unreadable"; readonly file: string; readonly decl: Declaration }
>;
