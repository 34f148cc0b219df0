import { generateDivisions, generateReaders, storedRows } from "./division-gen.ts";
import { generateModel } from "./model-gen.ts";
import { generatePeople } from "./people-gen.ts";
import { INSTANTS, pools, ZONES } from "./pools.ts";
import { rng } from "./rng.ts";
import { generateSegments } from "./segment-gen.ts";
import type { Case, GenModel } from "./shape.ts";

/** One model, `segments` segments and `people` people; the same seed gives the same case. */
export function generate(seed: number, options: { readonly segments: number; readonly people: number }): Case {
  const r = rng(seed);
  const zone = r.pick(ZONES);
  const asOf = r.pick(INSTANTS);
  const p = pools(r, asOf, zone);
  const model = generateModel(r);
  const segments = generateSegments(r, model, p, options.segments);
  const tables = generatePeople(r, model, p, options.people);
  const divisions = generateDivisions(r, model, p, segments);
  const readers = generateReaders(r, model, p, segments, divisions);
  const stored = storedRows(r, p, divisions, (name) => keysIn(model, tables, name));
  return {
    seed,
    asOf,
    zone,
    model,
    segments: [...segments, ...readers],
    divisions,
    tables: { ...tables, ...stored },
  };
}

function keysIn(model: GenModel, tables: Case["tables"], name: string): readonly string[] {
  const entity = model.entities.find((one) => one.name === name);
  const column = entity?.fields.find((field) => field.name === entity.key)?.column ?? "";
  return (tables[entity?.table ?? ""] ?? []).map((row) => String(row[column]));
}
