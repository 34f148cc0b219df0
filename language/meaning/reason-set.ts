import { compareText } from "../text/compare.ts";
import type { ScalarType } from "../types/type.ts";
import { parseDay, parseInstant } from "./calendar.ts";
import type { CompareOp, Const } from "./ir.ts";

/**
 * Sets of values of one type, with missing as a value of its own: exact, also under negation. Whole numbers and decimals are billionths, days and instants
 * are counted, yes is 1; floats are themselves, texts in their order.
 */
export type Point = bigint | number | string;

/** From and to; null is without end. */
export interface Interval {
  readonly from: Point | null;
  readonly fromIn: boolean;
  readonly to: Point | null;
  readonly toIn: boolean;
}

/** In order, apart from each other, none empty. */
export interface Allowed {
  readonly ranges: readonly Interval[];
  readonly missing: boolean;
}

const ALL: Interval = { from: null, fromIn: false, to: null, toIn: false };

/** Any known value. */
export const KNOWN: Allowed = { ranges: [ALL], missing: false };
/** Any value, or missing. */
export const ANYTHING: Allowed = { ranges: [ALL], missing: true };

const BILLION = 1_000_000_000n;

/** The distance of neighbouring values of a type; null where there is always one between. */
export function stepOf(type: ScalarType): bigint | null {
  switch (type.kind) {
    case "integer":
      return BILLION;
    case "boolean":
    case "date":
    case "timestamp":
      return 1n;
    case "decimal":
    case "float":
    case "text":
      return null;
  }
}

/** A constant as a point; null where it is missing, or a clock time of a zone that is not known yet. */
export function pointOf({ type, value }: Const): Point | null {
  if (value === null) return null;
  const text = String(value);
  switch (type.kind) {
    case "text":
      return text;
    case "boolean":
      return value === true ? 1n : 0n;
    case "integer":
    case "decimal": {
      const [whole = "0", fraction = ""] = text.replace(/^-/u, "").split(".");
      const units = BigInt(whole) * BILLION + BigInt(fraction.slice(0, 9).padEnd(9, "0"));
      return text.startsWith("-") ? -units : units;
    }
    case "float":
      return typeof value === "number" && Number.isFinite(value) ? value : null;
    case "date": {
      const day = parseDay(text);
      return day === null ? null : BigInt(day);
    }
    case "timestamp":
      return text.endsWith("Z") ? parseInstant(text, "UTC") : null;
  }
}

/** Points of one type. */
const compare = (a: Point, b: Point): number =>
  typeof a === "string" || typeof b === "string" ? compareText(String(a), String(b)) : a < b ? -1 : a > b ? 1 : 0;

/** The known values for which `value op point` holds. */
export function satisfying(op: CompareOp, point: Point, step: bigint | null): Allowed {
  const upTo = op === "<" || op === "<=";
  const isIn = op === "=" || op === "<=" || op === ">=";
  const from = upTo ? null : point;
  const to = op === ">" || op === ">=" ? null : point;
  return allowed([{ from, fromIn: isIn, to, toIn: isIn }], false, step);
}

/** The values between two points; null is without end. */
export const between = (from: Point | null, to: Point | null, toIn: boolean, step: bigint | null): Allowed =>
  allowed([{ from, fromIn: true, to, toIn }], false, step);

/** Exactly these values. */
export const points = (values: readonly Point[], step: bigint | null): Allowed =>
  allowed(
    values.map((at) => ({ from: at, fromIn: true, to: at, toIn: true })),
    false,
    step,
  );

/** Ranges in any order, put in order. */
function allowed(ranges: readonly Interval[], missing: boolean, step: bigint | null): Allowed {
  const whole = ranges.map((range) => stepped(range, step)).filter((range) => range !== null);
  return { ranges: merged(whole.sort(byFrom), step), missing };
}

/** Ends that are values of the type, and belong to it. Null where none is inside. */
function stepped(range: Interval, step: bigint | null): Interval | null {
  let { from, fromIn, to, toIn } = range;
  if (step !== null && typeof from === "bigint") {
    const rest = ((from % step) + step) % step;
    from = rest !== 0n ? from + step - rest : fromIn ? from : from + step;
    fromIn = true;
  }
  if (step !== null && typeof to === "bigint") {
    const rest = ((to % step) + step) % step;
    to = rest !== 0n ? to - rest : toIn ? to : to - step;
    toIn = true;
  }
  if (from !== null && to !== null) {
    const order = compare(from, to);
    if (order > 0 || (order === 0 && !(fromIn && toIn))) return null;
  }
  return { from, fromIn, to, toIn };
}

function byFrom(a: Interval, b: Interval): number {
  if (a.from === null || b.from === null) return a.from === b.from ? 0 : a.from === null ? -1 : 1;
  return compare(a.from, b.from) || Number(b.fromIn) - Number(a.fromIn);
}

/** Neighbours become one. */
function merged(sorted: readonly Interval[], step: bigint | null): readonly Interval[] {
  const ranges: Interval[] = [];
  for (const range of sorted) {
    const last = ranges.at(-1);
    if (last === undefined || !meets(last, range, step)) ranges.push(range);
    else if (later(range, last)) ranges[ranges.length - 1] = { ...last, to: range.to, toIn: range.toIn };
  }
  return ranges;
}

function meets(a: Interval, b: Interval, step: bigint | null): boolean {
  if (a.to === null || b.from === null) return true;
  const order = compare(a.to, b.from);
  if (order > 0 || (order === 0 && (a.toIn || b.fromIn))) return true;
  return step !== null && typeof a.to === "bigint" && typeof b.from === "bigint" && b.from - a.to === step;
}

/** Whether `a` ends after `b`. */
function later(a: Interval, b: Interval): boolean {
  if (a.to === null || b.to === null) return b.to !== null;
  const order = compare(a.to, b.to);
  return order > 0 || (order === 0 && a.toIn && !b.toIn);
}

/** What is in both. */
export function intersect(a: Allowed, b: Allowed, step: bigint | null): Allowed {
  const ranges: Interval[] = [];
  let [i, j] = [0, 0];
  for (let x = a.ranges[i], y = b.ranges[j]; x !== undefined && y !== undefined; x = a.ranges[i], y = b.ranges[j]) {
    const start = byFrom(x, y) >= 0 ? x : y;
    const end = later(x, y) ? y : x;
    const both = stepped({ from: start.from, fromIn: start.fromIn, to: end.to, toIn: end.toIn }, step);
    if (both !== null) ranges.push(both);
    if (later(x, y)) j++;
    else i++;
  }
  return { ranges, missing: a.missing && b.missing };
}

/** What is in one of them. */
export const union = (a: Allowed, b: Allowed, step: bigint | null): Allowed => ({
  ranges: merged([...a.ranges, ...b.ranges].sort(byFrom), step),
  missing: a.missing || b.missing,
});

/** What is not in it, missing among the rest. */
export function complement(a: Allowed, step: bigint | null): Allowed {
  const ranges: Interval[] = [];
  let from: Point | null = null;
  let fromIn = false;
  let open = true;
  for (const range of a.ranges) {
    if (range.from !== null) {
      const gap = stepped({ from, fromIn, to: range.from, toIn: !range.fromIn }, step);
      if (gap !== null) ranges.push(gap);
    }
    from = range.to;
    fromIn = !range.toIn;
    open = range.to !== null;
  }
  if (open) ranges.push(stepped({ from, fromIn, to: null, toIn: false }, step) as Interval);
  return { ranges, missing: !a.missing };
}

/** Whether not even missing is in it. */
export const isNothing = ({ ranges, missing }: Allowed): boolean => ranges.length === 0 && !missing;

/** Whether a point, or missing (null), is in it. */
export function holds(a: Allowed, point: Point | null): boolean {
  if (point === null) return a.missing;
  return !isNothing(intersect({ ...a, missing: false }, points([point], null), null));
}

/** A text for a set that equal sets share. */
export const textOf = ({ ranges, missing }: Allowed): string =>
  `${missing ? "?" : ""}${ranges.map((r) => `${r.fromIn ? "[" : "("}${pointText(r.from)};${pointText(r.to)}${r.toIn ? "]" : ")"}`).join("")}`;

const pointText = (point: Point | null): string =>
  point === null ? "" : typeof point === "string" ? JSON.stringify(point) : String(point);
