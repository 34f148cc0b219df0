import { condition } from "./condition-gen.ts";
import { type Context, leaf } from "./context.ts";
import type { Gen, GenRanking } from "./shape.ts";
import { value } from "./value-gen.ts";

const SHARES = ["0%", "0.01%", "10%", "25%", "33.3%", "50%", "100%"];

/** What is about the whole population stands where the subject is the only row, and no group is asked. */
const stands = (c: Context): boolean => c.scopes.length === 1 && !c.group;

export function rank(c: Context, budget: number): Gen | null {
  const { r } = c;
  const ranking = stands(c) ? rankingOf(c, budget) : null;
  const amount = r.chance(0.5) ? r.pick(SHARES) : r.pick(["1", "3", "10", "100"]);
  return (
    ranking && { kind: "rank", type: "yes", which: r.pick(["top", "bottom"]), amount, ties: r.chance(0.4), ranking }
  );
}

export function tile(c: Context, type: "integer" | "float", budget: number): Gen | null {
  const { r } = c;
  const ranking = stands(c) ? rankingOf(c, budget) : null;
  if (ranking === null) return null;
  if (type === "float") return { kind: "tile", type, fn: "percentile_rank", tiles: null, ranking };
  const fn = r.pick(["ntile", "quintile", "decile"]);
  return { kind: "tile", type, fn, tiles: fn === "ntile" ? r.pick(["1", "2", "7", "100"]) : null, ranking };
}

export function sample(c: Context): Gen | null {
  const { r } = c;
  if (!stands(c)) return null;
  return { kind: "sample", type: "yes", share: r.pick(SHARES), seed: r.pick(["spring", "", 'it\'s \\"ü\\" %']) };
}

function rankingOf(c: Context, budget: number): GenRanking | null {
  const { r } = c;
  const by = value(c, r.pick(["text", "integer", "decimal", "float", "date", "timestamp"]), budget > 1 ? 1 : 0);
  if (by === null) return null;
  const of = r.chance(0.4) ? condition(c, 0) : null;
  const per = r.chance(0.4) ? value(c, r.pick(["text", "boolean", "integer"]), 0) : null;
  return { by: by.kind === "const" ? leaf(c, "integer") : by, of, per };
}
