import type { Pred, Ranking, Value } from "../../language/meaning/ir.ts";
import { type Cell, compareCells, DECIMAL_ONE, nearestDouble, parseDecimal } from "./cell.ts";
import type { Row, Rows } from "./rows.ts";

/** A row that has a place in a ranking: its value, what it is ranked among, its key. */
interface Ranked {
  readonly row: Row;
  readonly value: Cell;
  /** Null where all are ranked together. */
  readonly part: Cell;
  readonly key: Cell;
}

/** How a row stands among those of its part: how many have a lower value, a greater one, an equal one and a smaller key; how many there are. */
export interface Standing {
  readonly below: bigint;
  readonly above: bigint;
  readonly before: bigint;
  readonly size: bigint;
}

/** The standing of each row. "Equal values by key" in the order of its type. */
function standings(ranked: readonly Ranked[]): ReadonlyMap<Row, Standing> {
  const answer = new Map<Row, Standing>();
  const parts = new Map<Cell, Ranked[]>();
  for (const one of ranked) {
    const part = parts.get(one.part);
    if (part === undefined) parts.set(one.part, [one]);
    else part.push(one);
  }
  for (const part of parts.values()) {
    part.sort((a, b) => compareCells(a.value, b.value) || compareCells(a.key, b.key));
    for (let start = 0; start < part.length; ) {
      let end = start;
      while (end < part.length && compareCells(part[end]?.value ?? null, part[start]?.value ?? null) === 0) end++;
      for (let at = start; at < end; at++)
        answer.set((part[at] as Ranked).row, {
          below: BigInt(start),
          above: BigInt(part.length - end),
          before: BigInt(at - start),
          size: BigInt(part.length),
        });
      start = end;
    }
  }
  return answer;
}

/**
 * The standing of a row in a ranking, or null: "missing `x`, missing `per` field, not in S: never in." A ranking is over rows of its own, whoever asks,
 * and is made once.
 */
export function openRankings(
  rows: Rows,
  evaluate: (value: Value, scope: readonly Row[]) => Cell,
  holds: (pred: Pred, scope: readonly Row[]) => boolean,
): (ranking: Ranking, row: Row) => Standing | null {
  const made = new Map<Ranking, ReadonlyMap<Row, Standing>>();
  const rank = ({ entity, by, within, per }: Ranking): ReadonlyMap<Row, Standing> => {
    const ranked: Ranked[] = [];
    for (const row of rows.existing(entity)) {
      const value = evaluate(by, [row]);
      const isAsked = within === null || holds(within, [row]);
      const part = per === null ? null : evaluate(per, [row]);
      const key = row.entity.key === null ? null : rows.field(row, row.entity.key);
      if (value !== null && isAsked && key !== null && (per === null || part !== null))
        ranked.push({ row, value, part, key });
    }
    return standings(ranked);
  };
  return (ranking, row) => {
    const known = made.get(ranking) ?? rank(ranking);
    made.set(ranking, known);
    return known.get(row) ?? null;
  };
}

/** "`top p%` of n known values takes ⌈p·n⌉." */
export function takes(amount: { readonly n: number } | { readonly share: string }, size: bigint): bigint {
  if ("n" in amount) return BigInt(amount.n);
  const wanted = (parseDecimal(amount.share) ?? 0n) * size;
  return (wanted + DECIMAL_ONE - 1n) / DECIMAL_ONE;
}

/** "1 + ⌊k · (strictly below) / n⌋"; of a percentile, (strictly below) / n. */
export function tileOf(tiles: number | "percentile", { below, size }: Standing): Cell {
  return tiles === "percentile" ? nearestDouble(below, size) : 1n + (BigInt(tiles) * below) / size;
}
