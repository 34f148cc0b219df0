import { condition } from "./condition-gen.ts";
import { type Context, entityOf, inside, paths, short, written } from "./context.ts";
import type { GenCollection, GenEntity, GenStep, GenType } from "./shape.ts";
import { groupTest } from "./test-gen.ts";
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
      [entity.header.at ? 4 : 0, () => neighbour(c, entity, budget)],
    ])() ?? plainStep(c, entity, budget)
  );
}

/** A step over groups. */
function groupStep(c: Context, entity: GenEntity, group: GenType, budget: number): GenStep {
  const { r } = c;
  const scope = inside(c, { entity: entity.name, group });
  const by = r.chance(0.3) ? value(scope, r.pick(["text", "integer", "decimal", "float", "date"]), 0) : null;
  if (by) return { kind: "take", which: r.pick(["top", "bottom"]), n: r.pick([1, 1, 2, 3]), by };
  const about = r.chance(0.6) ? groupTest(scope) : null;
  return { kind: "where", cond: about ?? condition(scope, Math.max(0, budget)) };
}

/** Events with, or without, one of other events after or before them; both stand in the same place and have the same kind of time. */
function neighbour(c: Context, entity: GenEntity, budget: number): GenStep | null {
  const { r } = c;
  const other = budget < -1 ? null : collection(c, budget - 1, false);
  if (!other) return null;
  const far = entityOf(c.model, other.entity);
  if (kindOfTime(far) === undefined || kindOfTime(far) !== kindOfTime(entity)) return null;
  const both = entity.fields.filter((f) => far.fields.some((g) => g.name === f.name && g.name !== far.header.at));
  const names = both.filter((f) => f.name !== entity.key || r.chance(0.2)).map((f) => f.name);
  const same = names.length > 0 && r.chance(0.4) ? [r.pick(names), ...(r.chance(0.3) ? [r.pick(names)] : [])] : [];
  return {
    kind: "neighbour",
    word: r.pick(["followed_by", "not_followed_by", "preceded_by", "not_preceded_by"]),
    other,
    within: r.chance(0.65) ? gap(c, entity) : null,
    same: [...new Set(same)],
  };
}

const kindOfTime = (entity: GenEntity): GenType | undefined =>
  entity.fields.find((f) => f.name === entity.header.at)?.type;

const KEYS: readonly GenType[] = ["text", "text", "integer", "decimal", "float", "date", "timestamp", "boolean"];

/** Groups by a value, a calendar period or a length of time; what they share has the type. */
function per(c: Context, entity: GenEntity): { readonly step: GenStep; readonly group: GenType } | null {
  const { r } = c;
  if (entity.header.at && r.chance(0.5)) {
    if (r.chance(0.4)) return { step: { kind: "per", by: gap(c, entity) }, group: "integer" };
    return { step: { kind: "per", by: r.pick(["day", "week", "month", "quarter", "year"]) }, group: "date" };
  }
  const type = r.pick(KEYS);
  const by = value(inside(c, { entity: entity.name, group: null }), type, r.chance(0.2) ? 1 : 0);
  return by && { step: { kind: "per", by }, group: type };
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
  const by = value(inside(c, { entity: entity.name, group: null }), type, r.chance(0.2) ? 1 : 0);
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
    return { kind: "where", cond: condition(inside(c, { entity: entity.name, group: null }), budget) };
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
export function collection(c: Context, budget: number, mayGroup = true): GenCollection | null {
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
  let group: GenType | null = null;
  const grouping = mayGroup && c.r.chance(0.2) ? per(c, entity) : null;
  if (grouping) {
    group = grouping.group;
    steps.push(grouping.step);
    while (c.r.chance(0.6)) steps.push(groupStep(c, entity, group, budget - 1));
  }
  return { path: chosen.path, entity: entity.name, steps, group };
}
