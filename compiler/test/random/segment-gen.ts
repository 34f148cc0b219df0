import { condition } from "./condition-gen.ts";
import type { Pools } from "./pools.ts";
import type { Rng } from "./rng.ts";
import type { GenModel, GenSegment } from "./shape.ts";

/** Segments of mixed depth over Customer, now and then over Account. */
export function generateSegments(r: Rng, model: GenModel, p: Pools, count: number): GenSegment[] {
  const made: GenSegment[] = [];
  for (let i = 0; i < count; i++) {
    const of = r.chance(0.12) ? "Account" : "Customer";
    const cond = condition({ r, model, pools: p, scopes: [of], group: null, earlier: made }, 1 + r.below(3));
    made.push({ name: `S${i}`, of, cond });
  }
  return made;
}
