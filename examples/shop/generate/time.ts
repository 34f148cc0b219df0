/** Times of the generator are whole seconds since 1970 in UTC; days are whole days since 1970. */
export const DAY = 86_400;

/** Midnight of 1 July 2026 in Berlin: the moment the shop's numbers are about. */
export const AS_OF = Date.UTC(2026, 5, 30, 22) / 1000;

/** Noon of 30 March 2026 in Berlin, the day after its clocks went forward: the other moment that some rows are made for. */
export const SPRING = Date.UTC(2026, 2, 30, 10) / 1000;

/** `2026-06-30T22:00:00Z`; with `micros`, their six digits as well. */
export function instant(seconds: number, micros = 0): string {
  const text = new Date(seconds * 1000).toISOString().slice(0, 19);
  return micros === 0 ? `${text}Z` : `${text}.${String(micros).padStart(6, "0")}Z`;
}

/** The same instant as many databases print it: a blank, no zone. */
export const blankInstant = (seconds: number): string => instant(seconds).replace("T", " ").replace("Z", "");

/** `2026-06-30`. */
export const day = (days: number): string => new Date(days * DAY * 1000).toISOString().slice(0, 10);

/** The UTC day of an instant. */
export const dayOf = (seconds: number): number => Math.floor(seconds / DAY);
