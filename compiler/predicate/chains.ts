import { floorDivide, shiftDay, shiftInstant } from "../../language/meaning/calendar.ts";
import type { Step, Value } from "../../language/meaning/ir.ts";
import type { Duration } from "../../language/model/model.ts";
import { InternalError } from "../../language/text/assert.ts";
import { widen as widenedType } from "../../language/types/widen.ts";
import { widen } from "./arithmetic.ts";
import { type Cell, compareCells } from "./cell.ts";
import { inRank } from "./order.ts";
import { type Row, type Rows, scalarOf } from "./rows.ts";

/** The elements of a collection behind a `per` step that share a known value; at least one. */
export interface Group {
  readonly value: Cell;
  readonly members: readonly Row[];
}

/** What a collection holds. */
export type Element = Row | Group;

export const isGroup = (element: Element): element is Group => "members" in element;

/** The group that a scope stands for. */
export function groupAt(scope: readonly Element[], depth: number): Group {
  const found = scope[depth];
  if (found === undefined || !isGroup(found)) throw new InternalError(`no group at depth ${depth}`);
  return found;
}

/** "Groups, one per known value", in the order of their values. */
export function grouped(rows: readonly Row[], keyOf: (row: Row) => Cell): readonly Group[] {
  const groups = new Map<Cell, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [row]);
    else members.push(row);
  }
  return [...groups].map(([value, members]) => ({ value, members })).sort((a, b) => compareCells(a.value, b.value));
}

/** "Ranks break ties by the smaller key", those of groups by the smaller value. */
function inRankOf(a: Element, b: Element): number {
  if (!isGroup(a) && !isGroup(b)) return inRank(a, b);
  return isGroup(a) && isGroup(b) ? compareCells(a.value, b.value) : 0;
}

/** 0 is the last period before the end, end - length <= t < end; missing at or after the end. Days count as such, instants in microseconds. */
export function periodOf(time: Cell, ends: readonly Cell[], length: Duration): Cell {
  if (time === null || ends.some((end) => end === null)) return null;
  const end = ends.reduce((least, next) => (compareCells(next, least) < 0 ? next : least));
  if (compareCells(time, end) >= 0) return null;
  const isDay = typeof time === "number";
  const size = isDay ? BigInt(shiftDay(0, length)) : shiftInstant(0n, length, "UTC");
  return floorDivide(BigInt(end as bigint | number) - 1n - BigInt(time as bigint | number), size);
}

/** "Equal instants never follow", so that an element is not its own neighbour. "`same` needs the field on both sides." */
export function isNeighbour(a: Row, b: Row, step: NeighbourStep, rows: Pick<Rows, "field">, zone: string): boolean {
  const [from, to] = [a, b].map((row) => (row.entity.at === null ? null : rows.field(row, row.entity.at))) as [
    Cell,
    Cell,
  ];
  const isFollowed = step.direction === "followed";
  return (
    step.same.every((field) => isSame(field, a, b, rows)) &&
    isNear(isFollowed ? from : to, isFollowed ? to : from, from, step.within, zone)
  );
}

type NeighbourStep = Extract<Step, { kind: "neighbour" }>;

/** "Missing never matches." Numbers of two types are compared in the one that holds both. */
function isSame(field: string, a: Row, b: Row, rows: Pick<Rows, "field">): boolean {
  const [ours, theirs] = [rows.field(a, field), rows.field(b, field)];
  if (ours === null || theirs === null) return false;
  const [from, to] = [scalarOf(a.entity, field), scalarOf(b.entity, field)];
  const common = widenedType(from, to);
  if (common === null) return compareCells(ours, theirs) === 0;
  return compareCells(widen(ours, from, common), widen(theirs, to, common)) === 0;
}

/** "a.at < b.at <= a.at + within (or before: a.at - within <= b.at < a.at)": `early` comes first, and the length is counted from `a`. */
function isNear(early: Cell, late: Cell, a: Cell, within: Duration | null, zone: string): boolean {
  if (early === null || late === null || compareCells(early, late) >= 0) return false;
  if (within === null) return true;
  const isAhead = a === early;
  const by: Duration = isAhead ? within : { ...within, amount: -within.amount };
  const end = typeof a === "number" ? shiftDay(a, by) : shiftInstant(a as bigint, by, zone);
  return isAhead ? compareCells(late, end) <= 0 : compareCells(end, early) <= 0;
}

/** "The last, first, greatest, least elements." "Ranks break ties by the smaller key"; "missing `x` is never ranked". */
export function taken(
  left: readonly Element[],
  { which, n, by }: Extract<Step, { kind: "take" }>,
  evaluate: (by: Value, element: Element) => Cell,
): readonly Element[] {
  if (by === null) return which === "first" ? left.slice(0, n) : left.slice(Math.max(0, left.length - n));
  const ranked = left
    .map((element, at) => ({ element, at, value: evaluate(by, element) }))
    .filter(({ value }) => value !== null)
    .sort((a, b) => (which === "top" ? -1 : 1) * compareCells(a.value, b.value) || inRankOf(a.element, b.element));
  const best = new Set(ranked.slice(0, n).map(({ at }) => at));
  return left.filter((_, at) => best.has(at));
}
