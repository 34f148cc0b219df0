import type { Reference, Unit } from "../analyze/analysis.ts";
import { diagnose } from "../diagnostics/catalog.ts";
import type { Model, Place } from "../model/model.ts";
import type { Rule } from "./rule.ts";

/** How a declaration comes to read a sensitive field: the shortest way. */
interface Way {
  /** `Customer.diagnosis`. */
  readonly field: string;
  readonly fieldPlace: Place;
  /** Where the declaration itself reads it, or reads what does. */
  readonly place: Place;
  /** What it reads it through; null where it does so itself. */
  readonly through: { readonly name: string; readonly way: Way } | null;
  readonly length: number;
}

/** Segments that read a `@sensitive` field, also through other segments and traits: one finding each, with the shortest way. */
export const sensitiveRead: Rule = ({ analysis, model }) => {
  const references = new Map<Unit, Reference[]>();
  for (const reference of analysis.references) {
    const known = references.get(reference.by);
    if (known === undefined) references.set(reference.by, [reference]);
    else known.push(reference);
  }
  const ways = new Map<string, Way>();
  return analysis.sound.flatMap((unit) => {
    let best: Way | null = null;
    for (const reference of references.get(unit) ?? []) {
      const way = wayThrough(reference, ways, model);
      if (way !== null && (best === null || way.length < best.length)) best = way;
    }
    if (best === null || unit.kind === "header") return [];
    ways.set(unit.name, best);
    return unit.kind === "segment" || unit.kind === "segmentation" ? [finding(unit.name, best)] : [];
  });
};

/** `ways` has those of all that is read, for it comes first. */
function wayThrough({ to, place }: Reference, ways: ReadonlyMap<string, Way>, model: Model): Way | null {
  if (to.kind === "field") {
    const field = model.entities.get(to.entity)?.fields.get(to.name);
    if (field === undefined || !field.annotations.includes("sensitive")) return null;
    return { field: `${to.entity}.${to.name}`, fieldPlace: field.place, place, through: null, length: 1 };
  }
  if (to.kind !== "trait" && to.kind !== "segment" && to.kind !== "division") return null;
  // A tier is read with the segmentation that it is part of.
  const way = ways.get(to.name) ?? ways.get(to.name.split(".")[0] ?? "");
  return way === undefined ? null : { ...way, place, through: { name: to.name, way }, length: way.length + 1 };
}

function finding(name: string, way: Way) {
  const path: string[] = [];
  for (let at = way.through; at !== null; at = at.way.through) path.push(at.name);
  const shown = path.length <= 12 ? path : [...path.slice(0, 6), "…", ...path.slice(-5)];
  const related = [{ ...way.fieldPlace, message: "The field is marked here." }];
  return diagnose("sensitive-read", { name, field: way.field, path: shown }, way.place, { related });
}
