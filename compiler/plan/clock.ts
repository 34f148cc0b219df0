import { parseInstant } from "../../language/meaning/calendar.ts";
import type { Origin } from "../../language/meaning/ir.ts";
import type { Program } from "../../language/meaning/program.ts";
import type { Plan } from "./plan.ts";

/**
 * What has as-of in it is found by looking at it from several moments: an instant that moves as as-of does is so far from the clock, everything else
 * must be the same at all of them, and what is not follows a calendar. The first moment is as-of itself.
 */
export function momentsFrom(asOf: bigint): readonly bigint[] {
  const sign = asOf > LATE ? -1n : 1n;
  return [asOf, ...LATER.map((later) => asOf + sign * later)];
}

const SECOND = 1_000_000n;
const DAY = 86_400n * SECOND;
/** Another hour, another day of the week, month, quarter and year; and after what anybody plans. */
const LATER: readonly bigint[] = [3n * 3_600n * SECOND + 7n, 401n * DAY + 9_876n * SECOND + 1n, 70n * 365n * DAY];

/** After it the calendar has no seventy years left. */
const LATE = parseInstant("9900-01-01T00:00:00Z", "UTC") ?? 0n;

/** The place of something that follows a calendar, with its words where it has some. */
export interface CalendarPlace {
  readonly origin: Origin;
  readonly words: string | null;
}

/** Where the conditions of a program, bound for each of the moments, are not the same but for instants that move with as-of. */
export function calendarPlaces(bound: readonly Program[], moments: readonly bigint[]): readonly CalendarPlace[] {
  const found = new Map<string, CalendarPlace>();
  const walk = (nodes: readonly unknown[], near: CalendarPlace | null): void => {
    const [first] = nodes;
    if (typeof first !== "object" || first === null) {
      if (near !== null && !allSame(nodes)) found.set(JSON.stringify(near.origin), near);
      return;
    }
    if (instantOf(nodes, moments) !== null) return;
    const own = placeOf(first) ?? near;
    const keys = new Set(nodes.flatMap((node) => (typeof node === "object" && node !== null ? Object.keys(node) : [])));
    for (const key of keys)
      walk(
        nodes.map((node) => (node as Record<string, unknown> | null)?.[key]),
        own,
      );
  };
  const conditionsOf = (program: Program): unknown => [
    [...program.segments.values()].map(({ condition, origin }) => ({ condition, origin })),
    [...program.traits.values()].map(({ value, origin }) => ({ value, origin })),
    [...program.filters.values()],
  ];
  walk(bound.map(conditionsOf), null);
  return [...found.values()];
}

function placeOf(node: object): CalendarPlace | null {
  const { kind, origin, words } = node as {
    readonly kind?: string;
    readonly origin?: Origin;
    readonly words?: unknown;
  };
  // A constant was made of what is around it.
  return origin === undefined || kind === "const" ? null : { origin, words: typeof words === "string" ? words : null };
}

/** The plan of the first moment, in which instants that move with as-of say how far they are from the clock; null where the plans differ otherwise. */
export function clockedPlan(plans: readonly Plan[], moments: readonly bigint[]): Plan | null {
  const differ = Symbol("differ");
  const walk = (nodes: readonly unknown[]): unknown => {
    const [first] = nodes;
    if (typeof first !== "object" || first === null) return allSame(nodes) ? first : differ;
    const ahead = instantOf(nodes, moments);
    if (ahead !== null)
      return ahead === 0n || ahead % SECOND === 0n ? { ...first, ahead: Number(ahead / SECOND) } : differ;
    // What is listed is the same at all times.
    const { kind } = first as { readonly kind?: unknown };
    if (kind === "zones" || kind === "offsets")
      return allSame(nodes.map((node) => JSON.stringify(node, bigintText))) ? first : differ;
    const keys = Object.keys(first);
    const isAlike = nodes.every(
      (node) => typeof node === "object" && node !== null && Object.keys(node).length === keys.length,
    );
    if (!isAlike) return differ;
    // Of long lists only the values are written, in a relation of their own.
    const { options } = first as { readonly options?: unknown };
    if (
      options !== undefined &&
      !allSame(nodes.map((node) => JSON.stringify((node as typeof first & { options: unknown }).options)))
    )
      return differ;
    const parts = keys.map((key) => walk(nodes.map((node) => (node as Record<string, unknown>)[key])));
    if (parts.includes(differ)) return differ;
    return Array.isArray(first) ? parts : Object.fromEntries(keys.map((key, index) => [key, parts[index]]));
  };
  const plan = walk(plans);
  return plan === differ ? null : (plan as Plan);
}

const bigintText = (_: string, value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);

const allSame = (values: readonly unknown[]): boolean => values.every((value) => value === values[0]);

/** How far constant instants are from the moments, where that is alike and they are not; null elsewhere. */
function instantOf(nodes: readonly unknown[], moments: readonly bigint[]): bigint | null {
  const ahead = nodes.map((node, index) => {
    const at = instant(node);
    return at === null ? null : at - (moments[index] as bigint);
  });
  const [first] = ahead;
  return first !== undefined && first !== null && allSame(ahead) ? first : null;
}

function instant(node: unknown): bigint | null {
  if (typeof node !== "object" || node === null) return null;
  const { kind, type, value } = node as {
    readonly kind?: unknown;
    readonly type?: { readonly kind?: unknown };
    readonly value?: unknown;
  };
  if ((kind !== "constant" && kind !== "const") || type?.kind !== "timestamp" || typeof value !== "string") return null;
  return parseInstant(value, "UTC");
}
