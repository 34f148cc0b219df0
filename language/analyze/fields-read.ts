import type { ReferenceTarget, Unit } from "./analysis.ts";
import type { Context, Tables } from "./context.ts";

/** Fields and links as `Customer.region`. */
export type FieldsRead = ReadonlySet<string>;

/** The fields and links that a declaration reads, directly or through segments, traits and the like. `target` finds what a reference leads to. */
export function fieldsRead(unit: Unit, target: (to: ReferenceTarget) => Unit | null, ctx: Context): FieldsRead {
  const references = byUnit(ctx.tables);
  const found = new Set<string>();
  const seen = new Set<Unit>([unit]);
  const pending = [unit];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const to of references.get(next) ?? []) {
      if (to.kind === "field" || to.kind === "link") found.add(`${to.entity}.${to.name}`);
      const read = target(to);
      if (read === null || seen.has(read)) continue;
      seen.add(read);
      pending.push(read);
    }
  }
  return found;
}

/** Worked out once for each analysis: names are all resolved before anything is checked. */
const INDEXES = new WeakMap<Tables, ReadonlyMap<Unit, readonly ReferenceTarget[]>>();

function byUnit(tables: Tables): ReadonlyMap<Unit, readonly ReferenceTarget[]> {
  const known = INDEXES.get(tables);
  if (known !== undefined) return known;
  const index = new Map<Unit, ReferenceTarget[]>();
  for (const { by, to } of tables.references) {
    const own = index.get(by);
    if (own === undefined) index.set(by, [to]);
    else own.push(to);
  }
  INDEXES.set(tables, index);
  return index;
}
