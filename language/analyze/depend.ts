import { diagnose } from "../diagnostics/catalog.ts";
import { type Declared, partName, partsOf, type Reference, type Unit } from "./analysis.ts";
import type { Tables } from "./context.ts";
import { shortestCycle } from "./order.ts";

/** Who reads what, by index into the units. */
export interface Dependencies {
  /** The units that each one reads, as often as it reads them. */
  readonly reads: ReadonlyMap<Unit, readonly Unit[]>;
  /** The units that each one depends on, each once: those it reads, and the headers of the entities whose rows it asks. */
  readonly next: readonly (readonly number[])[];
  readonly references: ReadonlyMap<Unit, readonly Reference[]>;
  /** The unit that a reference leads to; null for what the model declares. */
  readonly target: (reference: Reference) => Unit | null;
}

/** Reads the references that `resolve` recorded. */
export function dependencies(units: readonly Unit[], declared: Declared, tables: Tables): Dependencies {
  const indexOf = new Map(units.map((unit, i) => [unit, i]));
  const headers = new Map(units.filter((u) => u.kind === "header").map((u) => [u.name, u]));
  const reads = new Map<Unit, Unit[]>(units.map((unit) => [unit, []]));
  const references = new Map<Unit, Reference[]>(units.map((unit) => [unit, []]));
  const next = units.map(() => new Set<number>());
  const divisions = new Map<string, Unit>();
  for (const unit of units)
    if (unit.kind === "segmentation" || unit.kind === "split")
      for (const part of partsOf(unit)) divisions.set(partName(unit, part.name.text), unit);
  const target = (reference: Reference): Unit | null => unitOf(reference, declared, divisions);
  const lead = (from: Unit, to: Unit | undefined) => {
    const target = to === undefined ? undefined : indexOf.get(to);
    if (target !== undefined) next[indexOf.get(from) as number]?.add(target);
  };
  for (const unit of units) if (unit.kind !== "header" && unit.entity !== null) lead(unit, headers.get(unit.entity));
  for (const reference of tables.references) {
    references.get(reference.by)?.push(reference);
    const unit = target(reference);
    if (unit !== null) reads.get(reference.by)?.push(unit);
    lead(reference.by, unit ?? undefined);
    if (reference.to.kind === "entity" && reference.by.kind !== "header")
      lead(reference.by, headers.get(reference.to.name));
  }
  return { reads, references, next: next.map((targets) => [...targets]), target };
}

/** The unit that declares what is referred to; `divisions` are those of tiers and arms. */
function unitOf({ to }: Reference, declared: Declared, divisions: ReadonlyMap<string, Unit>): Unit | null {
  switch (to.kind) {
    case "param":
    case "list":
    case "trait":
    case "division":
    case "segment": {
      const unit = declared.get(to.name) ?? divisions.get(to.name);
      return unit === undefined || unit.kind === "unreadable" ? null : unit;
    }
    case "entity":
    case "field":
    case "link":
      return null;
  }
}

/**
 * One error for units that explain each other in a circle, at the first of them in the project, along the shortest way round.
 * All of them fail. `part` is one of the `components`.
 */
export function reportCycle(
  part: readonly number[],
  units: readonly Unit[],
  { next, references, target }: Dependencies,
  tables: Tables,
): void {
  const start = part.reduce((a, b) => Math.min(a, b));
  const way = shortestCycle(start, new Set(part), next);
  if (way === null) return;
  for (const i of part) tables.failed.add(units[i] as Unit);
  const places: Reference[] = [];
  for (const [i, from] of way.slice(0, -1).entries()) {
    const by = units[from] as Unit;
    const to = units[way[i + 1] as number] as Unit;
    const place = references.get(by)?.find((r) => target(r) === to);
    if (place !== undefined) places.push(place);
    if (places.length > 10) break;
  }
  const [first, ...others] = places;
  if (first === undefined) return;
  const related = others.map((r) => ({ ...r.place, message: `\`${r.by.name}\` reads \`${r.to.name}\` here.` }));
  tables.diagnostics.push(
    diagnose("cycle", { path: shown(way.map((i) => (units[i] as Unit).name)) }, first.place, { related }),
  );
}

/** A long way round with its middle left out. */
const shown = (path: readonly string[]) => (path.length <= 12 ? path : [...path.slice(0, 6), "…", ...path.slice(-5)]);
