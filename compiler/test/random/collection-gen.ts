import { condition } from "./condition-gen.ts";
import { type Context, entityOf, paths, short, written } from "./context.ts";
import type { GenCollection, GenEntity, GenStep } from "./shape.ts";
import { value } from "./value-gen.ts";

/** A window as it stands after `in` or in `.during(…)`. `outer` holds the timestamp fields it may be anchored on. */
export function windowText(c: Context, outer: readonly string[], ahead: boolean): string {
  const { r, pools: p } = c;
  const d = short(r.pick(p.durations));
  const unit = r.pick(["day", "week", "month", "quarter", "year"]);
  const day = () => r.pick(p.date);
  const stamp = () => r.pick(p.timestamp);
  const ordered = (a: string, b: string) => (a < b ? `${a}..${b}` : `${b}..${a}`);
  return r.weighted<() => string>([
    [4, () => `last ${d}`],
    [ahead ? 1 : 0, () => `next ${d}`],
    [2, () => `${r.pick(ahead ? ["this", "previous", "next"] : ["this", "previous"])} ${unit}`],
    [1, () => `last ${1 + r.below(3)} full ${unit}s`],
    [1, () => r.pick(["today", "yesterday"])],
    [2, () => ordered(day(), day())],
    [2, () => ordered(stamp(), stamp())],
    [1, () => `${r.chance(0.5) ? day() : stamp()}..`],
    [1, () => `..${r.chance(0.5) ? day() : stamp()}`],
    [1, () => `${short({ amount: 90, unit: "d" })} ago..${short({ amount: 1 + r.below(30), unit: "d" })} ago`],
    [outer.length ? 2 : 0, () => `${r.pick(outer)}..${r.pick(outer)} + ${1 + r.below(60)}d`],
  ])();
}

function step(c: Context, entity: GenEntity, budget: number): GenStep {
  return (
    c.r.weighted<() => GenStep | null>([
      [10, () => plainStep(c, entity, budget)],
      [3, () => take(c, entity)],
      [entity.header.at ? 1 : 0, () => ({ kind: "afterGap", gap: gap(c, entity) })],
      [2, () => flatten(c, entity)],
    ])() ?? plainStep(c, entity, budget)
  );
}

/** So many elements; those of an entity have no time, and are taken by a value. */
function take(c: Context, entity: GenEntity): GenStep | null {
  const { r } = c;
  const n = r.weighted([
    [6, 1],
    [4, 2],
    [3, 3],
    [1, 0],
    [1, 1000],
  ]);
  if (entity.header.at && r.chance(0.6)) return { kind: "take", which: r.pick(["first", "latest"]), n, by: null };
  const type = r.pick(["text", "integer", "decimal", "float", "date", "timestamp"] as const);
  const by = value({ ...c, scopes: [...c.scopes, entity.name] }, type, r.chance(0.2) ? 1 : 0);
  return by && { kind: "take", which: r.pick(["top", "bottom"]), n, by };
}

/** A length that is the same before every element: exact beside a timestamp, whole days beside a date. */
function gap(c: Context, entity: GenEntity): string {
  const isDate = entity.fields.find((f) => f.name === entity.header.at)?.type === "date";
  const units = isDate ? ["d", "w"] : ["min", "h", "d", "w"];
  const exact = c.pools.durations.filter((d) => units.includes(d.unit));
  return exact.length > 0 ? short(c.r.pick(exact)) : "1d";
}

function flatten(c: Context, entity: GenEntity): GenStep | null {
  const links = entity.links.filter((l) => l.many);
  if (links.length === 0) return null;
  const link = c.r.pick(links);
  return { kind: "flatten", link: link.name, entity: link.target };
}

/** A condition or a window. */
function plainStep(c: Context, entity: GenEntity, budget: number): GenStep {
  const { r, pools: p } = c;
  const at = entity.header.at;
  if (!at || r.chance(0.45))
    return { kind: "where", cond: condition({ ...c, scopes: [...c.scopes, entity.name] }, budget) };
  const d = r.pick(p.durations);
  const outer = paths(c, "timestamp").filter((path) => !path.includes(".") || path.startsWith("Customer."));
  return {
    kind: "window",
    text: r.weighted<() => string>([
      [5, () => `.last${short(d)}`],
      [1, () => `.last(${short(d)})`],
      [entity.header.scheduled ? 4 : 0, () => `.next${short(d)}`],
      [3, () => `.during(${windowText(c, outer, entity.header.scheduled)})`],
      [1, () => `.since(${r.pick([r.pick(p.date), r.pick(p.timestamp), `${short(d)} ago`])})`],
      [1, () => `.before(${r.pick([r.pick(p.date), r.pick(p.timestamp), `${short(d)} ago`])})`],
      [1, () => `.on(${r.pick(p.date)})`],
    ])(),
  };
}

/** A collection with its steps; null where none can be had here. */
export function collection(c: Context, budget: number): GenCollection | null {
  const options: { path: string; entity: string; weight: number }[] = [];
  c.scopes.forEach((name, depth) => {
    for (const l of entityOf(c.model, name).links) {
      const path = written(c, depth, l.name, true);
      if (!path) continue;
      if (l.many) options.push({ path, entity: l.target, weight: depth === c.scopes.length - 1 ? 3 : 1 });
      else
        for (const far of entityOf(c.model, l.target).links)
          if (far.many) options.push({ path: `${path}.${far.name}`, entity: far.target, weight: 1 });
    }
  });
  if (options.length === 0 || c.scopes.length > 3) return null;
  const chosen = c.r.weighted(options.map((o) => [o.weight, o] as const));
  let entity = entityOf(c.model, chosen.entity);
  const steps: GenStep[] = [];
  const length = c.r.weighted([
    [4, 0],
    [8, 1],
    [3, 2],
    [1, 3],
  ]);
  for (let i = 0; i < length; i++) {
    const next = step(c, entity, budget - 1);
    steps.push(next);
    if (next.kind === "flatten") entity = entityOf(c.model, next.entity);
  }
  return { path: chosen.path, entity: entity.name, steps };
}
