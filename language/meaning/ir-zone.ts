import type { ScalarType } from "../types/type.ts";
import type { Origin, Value } from "./ir.ts";

/**
 * Whose calendar: null is the project's zone; a text value, each person's own (the field that `in zone` names, of the subject's row), the project's
 * where that is missing or no zone.
 */
export type Zone = Value | null;

/**
 * Only after `bind`: what depends on as-of or on constants in each person's own zone. `groups` have the zones where it differs from `otherwise`, which is
 * the project's, and that of whom no zone is known. All values have `type`.
 */
export interface Zoned {
  readonly kind: "zoned";
  /** The person's own field. */
  readonly zone: Value;
  readonly otherwise: Value;
  readonly groups: readonly { readonly zones: readonly string[]; readonly value: Value }[];
  readonly type: ScalarType;
  readonly origin: Origin;
}

/**
 * Only after `bind`, and only as the zone of `local_date` and `part`: how far the person's own zone is ahead of UTC, in seconds. `classes` are the zones
 * that have the same offsets in the times in question; each offset holds from an instant on, the first one (null) since ever. `otherwise` is the class of the
 * project's zone, and of whom no zone is known.
 */
export interface ZoneOffsets {
  readonly kind: "offsets";
  /** The person's own field. */
  readonly zone: Value;
  readonly classes: readonly {
    readonly zones: readonly string[];
    readonly offsets: readonly { readonly from: string | null; readonly seconds: number }[];
  }[];
  readonly otherwise: number;
  readonly type: ScalarType;
  readonly origin: Origin;
}
