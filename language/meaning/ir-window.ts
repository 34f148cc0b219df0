import type { Duration } from "../model/model.ts";
import type { Const, Origin, Value, Zone } from "./ir.ts";

/**
 * Half open: from <= t < to, null is open. `target` is the type of what is held against it: a timestamp against instants,
 * a date against the local dates of the bounds. from >= to, or a missing bound value, holds nothing.
 */
export interface Window {
  readonly target: "date" | "timestamp";
  readonly from: Bound | null;
  readonly to: Bound | null;
  /** The words in the text, for people: `last 90d`. */
  readonly words: string;
  /** Whose calendar its bounds follow. */
  readonly zone: Zone;
  readonly origin: Origin;
}

export type Bound =
  /** As-of, moved. */
  | { readonly kind: "asOf"; readonly shift: Duration }
  /** The local start of the calendar period `offset` periods after the one that holds as-of. */
  | { readonly kind: "calendar"; readonly unit: "day" | "week" | "month" | "quarter" | "year"; readonly offset: number }
  /** A constant or a value per row (anchored), date or timestamp. `edge: "end"` of a date is the end of that day (the next day's start); of a timestamp both edges are the instant. */
  | { readonly kind: "value"; readonly value: Value; readonly edge: "start" | "end" }
  /** Only after `bind`: an instant for a timestamp target, a day for a date target, exactly the half-open bound. */
  | { readonly kind: "at"; readonly value: Const };
