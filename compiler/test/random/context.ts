import type { Pools } from "./pools.ts";
import type { Rng } from "./rng.ts";
import type { Gen, GenCollection, GenEntity, GenModel, GenSegment, GenType } from "./shape.ts";

/** What a piece is made in: the choices, the model, and the rows that its names may speak of. */
export interface Context {
  readonly r: Rng;
  readonly model: GenModel;
  readonly pools: Pools;
  /** Entities from the subject inwards. */
  readonly scopes: readonly string[];
  /** The innermost group around; null where there is none. */
  readonly group: GenGroup | null;
  /** Earlier segments, to be referred to. */
  readonly earlier: readonly GenSegment[];
}

/** A group of elements of `entity`, of which the rows around it are `scopes`. What they share has `type`. */
export interface GenGroup {
  readonly entity: string;
  readonly type: GenType;
  readonly scopes: readonly string[];
  /** None of its elements is in play, so that aggregates over them may stand here. */
  readonly isOpen: boolean;
}

/** Inside a step over the elements of a collection, or over the groups that it ends in. */
export const inside = (c: Context, { entity, group }: Pick<GenCollection, "entity" | "group">): Context =>
  group === null
    ? { ...c, scopes: [...c.scopes, entity] }
    : { ...c, group: { entity, type: group, scopes: c.scopes, isOpen: true } };

/** Inside an aggregate over the elements of a group. */
export const insideMember = (c: Context, group: GenGroup): Context => ({
  ...c,
  scopes: [...group.scopes, group.entity],
  group: { ...group, isOpen: false },
});

export const entityOf = (model: GenModel, name: string): GenEntity =>
  model.entities.find((e) => e.name === name) as GenEntity;

export const fieldsOf = (model: GenModel, name: string) => [
  ...entityOf(model, name).fields,
  ...(model.extension?.of === name ? model.extension.fields : []),
];

/** A name as it must be written here: bare where it is seen once, with its entity in front where several scopes have it, or a group; null where an inner scope of the same entity hides it. */
export function written(c: Context, depth: number, name: string, isLink: boolean): string | null {
  const entity = c.scopes[depth] as string;
  if (c.scopes.slice(depth + 1).includes(entity)) return null;
  const has = (e: string): boolean =>
    fieldsOf(c.model, e).some((f) => f.name === name) || entityOf(c.model, e).links.some((l) => l.name === name);
  const seen = new Set(c.scopes.filter(has));
  // A name that elements of the group have is theirs, and only aggregates may ask for it.
  const isOfGroup = c.group?.isOpen === true && depth < c.group.scopes.length && has(c.group.entity);
  if (seen.size <= 1 && !isOfGroup) return name;
  return isLink ? null : `${entity}.${name}`;
}

/** Whether names of the row mean those of the elements of a group, which only aggregates may ask for. */
const isBehindGroup = ({ group, scopes }: Context, depth: number): boolean =>
  group?.isOpen === true && depth < group.scopes.length && scopes[depth] === group.entity;

/** Every path to a value of the type: own fields, those of enclosing rows, those behind a link to one. */
export function paths(c: Context, type: GenType): string[] {
  const found: string[] = [];
  const jsonPaths = (entity: string): string[] =>
    entityOf(c.model, entity).json.flatMap((j) =>
      j.paths.filter((path) => path.type === type).map((path) => `${j.name}.${path.name}`),
    );
  c.scopes.forEach((entity, depth) => {
    const weight = depth === c.scopes.length - 1 ? 3 : 1;
    for (const f of fieldsOf(c.model, entity)) {
      const name = f.type === type ? written(c, depth, f.name, false) : null;
      if (name) for (let i = 0; i < weight; i++) found.push(name);
    }
    if (!c.scopes.slice(depth + 1).includes(entity) && !isBehindGroup(c, depth)) found.push(...jsonPaths(entity));
    for (const l of entityOf(c.model, entity).links) {
      if (l.many) continue;
      const link = written(c, depth, l.name, true);
      if (link) found.push(...jsonPaths(l.target).map((path) => `${link}.${path}`));
      if (link) for (const f of fieldsOf(c.model, l.target)) if (f.type === type) found.push(`${link}.${f.name}`);
    }
  });
  return found;
}

/** Every path to a list, with the type of its elements. */
export function listPaths(c: Context): { readonly path: string; readonly of: GenType }[] {
  return c.scopes.flatMap((entity, depth) => {
    if (c.scopes.slice(depth + 1).includes(entity)) return [];
    const lists = isBehindGroup(c, depth) ? [] : entityOf(c.model, entity).lists;
    const own = lists.map(({ name, of }) => ({ path: name, of }));
    const far = entityOf(c.model, entity).links.flatMap((l) => {
      const link = l.many ? null : written(c, depth, l.name, true);
      return link === null
        ? []
        : entityOf(c.model, l.target).lists.map(({ name, of }) => ({ path: `${link}.${name}`, of }));
    });
    return [...own, ...far];
  });
}

export const quoted = (text: string): string => JSON.stringify(text);

export function constant(c: Context, type: GenType): string {
  const p = c.pools;
  switch (type) {
    case "text":
      return quoted(c.r.pick(p.text));
    case "boolean":
      return c.r.pick(["true", "false"]);
    case "integer":
      return c.r.pick(p.integer);
    case "decimal":
      return c.r.pick(p.decimal);
    case "float":
      return c.r.pick(p.float);
    case "date":
      return c.r.chance(0.15) ? "today" : c.r.pick(p.date);
    case "timestamp":
      return c.r.chance(0.1) ? "now" : c.r.pick(p.timestamp);
  }
}

export const leaf = (c: Context, type: GenType): Gen => ({ kind: "const", type, text: constant(c, type) });

export const short = (d: { amount: number; unit: string }): string => `${d.amount}${d.unit}`;

export const NUMBERS: readonly GenType[] = ["integer", "decimal", "float"];

/** A way to make something, and how often it is taken; it answers null where it cannot be made here. */
export type Maker = readonly [weight: number, make: () => Gen | null];
