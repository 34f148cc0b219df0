import type { Model } from "../model/model.ts";
import type { ScalarType } from "../types/type.ts";
import type { Claims } from "./claims.ts";
import type { Const, Origin, Pred, Value } from "./ir.ts";

/**
 * What a project means: resolved, typed, serialisable. As written, `not`, references, traits and symbolic windows are intact;
 * `bind` and `normalize` answer the same types in narrower forms, named below.
 */
export interface Program {
  readonly model: Model;
  /** The `where` of entity headers: conditions over the row of depth 0. */
  readonly filters: ReadonlyMap<string, Pred>;
  readonly params: ReadonlyMap<string, Param>;
  readonly traits: ReadonlyMap<string, Trait>;
  /** In order of file path, then offset. A declaration with an error, or that reads one with an error, is not here. */
  readonly segments: ReadonlyMap<string, Segment>;
  readonly segmentations: ReadonlyMap<string, Segmentation>;
  readonly splits: ReadonlyMap<string, Split>;
  readonly snapshots: ReadonlyMap<string, Snapshot>;
  readonly claims: Claims;
}

export interface Param {
  readonly name: string;
  readonly type: ScalarType;
  readonly value: Const;
  readonly origin: Origin;
}

export interface Trait {
  readonly name: string;
  readonly title: string | null;
  readonly doc: string | null;
  readonly entity: string;
  /** Over the row of depth 0, a row of `entity`. A yes/no trait is a value of type boolean. */
  readonly value: Value;
  readonly kpi: boolean;
  readonly origin: Origin;
}

/** Whatever has members: a segment, a tier of a segmentation, an arm of a split, a snapshot. */
export interface Segment {
  /** `Loyal`; of a tier or an arm `Lifecycle.Active`. */
  readonly name: string;
  readonly kind: "segment" | "tier" | "arm" | "snapshot";
  /** The segmentation or split that a tier or an arm is part of. */
  readonly partOf: string | null;
  readonly title: string | null;
  readonly doc: string | null;
  readonly entity: string;
  readonly owner: string | null;
  readonly tags: readonly string[];
  readonly deprecated: string | null;
  /** Over the row of depth 0, a row of `entity`. */
  readonly condition: Pred;
  readonly origin: Origin;
}

/**
 * Tiers that part everybody, or the members of `of`: the first that matches wins. Each is also a segment of kind `tier`, whose condition is: in `of`,
 * its own condition, and none of those before it.
 */
export interface Segmentation {
  readonly name: string;
  readonly title: string | null;
  readonly doc: string | null;
  readonly entity: string;
  readonly of: string | null;
  /** `condition` is null of `otherwise`, which is the last one. */
  readonly tiers: readonly {
    readonly name: string;
    readonly segment: string;
    readonly condition: Pred | null;
    readonly origin: Origin;
  }[];
  readonly origin: Origin;
}

/** A stable random division of everybody, or of the members of `of`. Each arm is also a segment of kind `arm`: in `of`, and its buckets. */
export interface Split {
  readonly name: string;
  readonly title: string | null;
  readonly doc: string | null;
  readonly entity: string;
  readonly of: string | null;
  readonly seed: string;
  /** Buckets from <= b < to; shares are plain decimal text (`"0.1"`) and sum to 1. */
  readonly arms: readonly {
    readonly name: string;
    readonly segment: string;
    readonly share: string;
    readonly from: number;
    readonly to: number;
    readonly origin: Origin;
  }[];
  readonly origin: Origin;
}

/** The members that `of` had as of an instant, stored as keys. It is also a segment of kind `snapshot`, whose condition is `stored`. */
export interface Snapshot {
  readonly name: string;
  readonly title: string | null;
  readonly doc: string | null;
  readonly entity: string;
  readonly of: string;
  /** A date (its local start) or a timestamp. */
  readonly asOf: Const;
  readonly origin: Origin;
}

/** The segments that a name asks for: itself, or the tiers of a segmentation, the arms of a split; null where it is none of them. */
export function groupsNamed(program: Program, name: string): readonly string[] | null {
  if (program.segments.has(name)) return [name];
  const parts = program.segmentations.get(name)?.tiers ?? program.splits.get(name)?.arms;
  return parts === undefined ? null : parts.map(({ segment }) => segment);
}

/** What a program is evaluated under, besides the data. Nothing reads a clock or an environment. */
export interface Circumstances {
  /** Microseconds since 1970 UTC. */
  readonly asOf: bigint;
  /** The project's time zone, a name that `isZone` knows. */
  readonly zone: string;
  /** In the place of the parameters' own values. */
  readonly params: ReadonlyMap<string, Const>;
}
