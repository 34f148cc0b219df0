import type { Random } from "../shop/generate/random.ts";

/** A day in microseconds. */
const DAY = 86_400_000_000;

/** The instants around which a small world turns, in microseconds since 1970. */
export interface Edges {
  /** The moments it is asked about. */
  readonly asOf: readonly number[];
  /** How far before or after them windows begin and end, in days; negative is after. */
  readonly days: readonly number[];
  /** Other instants at which something begins or ends. */
  readonly instants: readonly number[];
}

/**
 * An instant: two in five on an edge or a microsecond beside it, the others within as many days as one of `spans` before (some after) a moment
 * that is asked about, by whole minutes.
 */
export function moment(r: Random, edges: Edges, spans: readonly number[]): number {
  const beside = r.pick([-1, 0, 0, 1]);
  if (edges.instants.length > 0 && r.chance(10)) return r.pick(edges.instants) + beside;
  const asOf = r.pick(edges.asOf);
  if (r.chance(33)) return asOf - r.pick(edges.days) * DAY + beside;
  const minutes = r.pick(spans) * 24 * 60;
  return asOf - r.between(-Math.trunc(minutes / 20), minutes) * 60_000_000;
}

/** `2026-06-30T22:00:00.000001Z`, without the fraction where there is none. */
export function instantText(micros: number): string {
  const second = Math.floor(micros / 1_000_000);
  const fraction = micros - second * 1_000_000;
  const text = new Date(second * 1000).toISOString().slice(0, 19);
  return fraction === 0 ? `${text}Z` : `${text}.${String(fraction).padStart(6, "0")}Z`;
}

/** `2026-06-30` for days since 1970. */
export const dayText = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);

/** The days since 1970 of `2026-06-30`. */
export const dayNumber = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
