import { generateModel } from "./model-gen.ts";
import { generatePeople } from "./people-gen.ts";
import { INSTANTS, pools, ZONES } from "./pools.ts";
import { rng } from "./rng.ts";
import { generateSegments } from "./segment-gen.ts";
import type { Case } from "./shape.ts";

/** One model, `segments` segments and `people` people; the same seed gives the same case. */
export function generate(seed: number, options: { readonly segments: number; readonly people: number }): Case {
  const r = rng(seed);
  const zone = r.pick(ZONES);
  const asOf = r.pick(INSTANTS);
  const p = pools(r, asOf, zone);
  const model = generateModel(r);
  const segments = generateSegments(r, model, p, options.segments);
  return { seed, asOf, zone, model, segments, tables: generatePeople(r, model, p, options.people) };
}
