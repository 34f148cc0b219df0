import { choice, functionOf } from "./choice-gen.ts";
import { collection } from "./collection-gen.ts";
import { condition } from "./condition-gen.ts";
import {
  type Context,
  entityOf,
  fieldsOf,
  type GenGroup,
  inside,
  insideMember,
  leaf,
  NUMBERS,
  paths,
} from "./context.ts";
import { tile } from "./population-gen.ts";
import type { Gen, GenCollection, GenType } from "./shape.ts";
import { partOf } from "./time-gen.ts";

/** A value of the type; null where there is none to be had here. */
export function value(c: Context, type: GenType, budget: number): Gen | null {
  const { r } = c;
  const found = paths(c, type);
  const field = (): Gen | null => (found.length ? { kind: "field", type, path: r.pick(found) } : null);
  const isOfGroup = c.group !== null && c.scopes.length <= c.group.scopes.length + (c.group.isOpen ? 0 : 1);
  const simple = (): Gen | null =>
    c.group !== null && r.chance(isOfGroup ? 0.75 : 0.2) ? (ofGroup(c, c.group, type) ?? field()) : field();
  if (budget <= 0) return simple();
  const inner = (t: GenType, b = budget - 1) => value(c, t, b);
  return r.weighted<() => Gen | null>([
    [6, simple],
    [5, () => aggregate(c, type, budget)],
    [3, () => pick(c, type)],
    [NUMBERS.includes(type) ? 4 : 0, () => arithmetic(c, type, budget)],
    [NUMBERS.includes(type) ? 5 : 2, () => functionOf(c, type, budget)],
    [2, () => choice(c, type, budget)],
    [type === "integer" ? 8 : type === "date" ? 5 : 0, () => partOf(c, type, budget)],
    [
      c.scopes.length === 1 && (type === "integer" || type === "float") ? 1 : 0,
      () => tile(c, type === "float" ? "float" : "integer", budget - 1),
    ],
    [
      1,
      () => {
        const v = inner(type);
        return v && { kind: "else", type, value: v, fallback: leaf(c, type) };
      },
    ],
    [
      type === "integer" ? 5 : 0,
      () => {
        const v = inner(r.pick(["date", "timestamp"]));
        return (
          v && { kind: "since", type: "integer", fn: r.pick(["days_since", "months_since", "years_since"]), value: v }
        );
      },
    ],
  ])();
}

function arithmetic(c: Context, type: GenType, budget: number): Gen | null {
  const { r } = c;
  const op = type === "float" ? "/" : r.pick(["+", "+", "-", "*"]);
  const operandType = type === "float" ? r.pick(NUMBERS) : type;
  const depth = op === "*" ? 0 : budget - 1;
  const left = value(c, operandType, depth);
  if (!left) return null;
  const right =
    op !== "*" && r.chance(0.6)
      ? (value(c, operandType, 0) ?? leaf(c, operandType))
      : ({ kind: "const", type: operandType, text: r.pick(["2", "3", "10"]) } as const);
  return { kind: "arithmetic", type, op, left, right };
}

/** The sums of floats that the language exempts from agreement are not made: data of floats are halves and quarters, so their sums are exact. */
function aggregate(c: Context, type: GenType, budget: number): Gen | null {
  const { r } = c;
  const coll = collection(c, budget);
  if (!coll) return null;
  const element = inside(c, coll);
  const of = (t: GenType): Gen | null => value(element, t, r.chance(0.2) ? 1 : 0);
  const make = (fn: string, x: Gen | null, needs: boolean): Gen | null =>
    needs && !x ? null : { kind: "aggregate", type, fn, collection: coll, of: x, bare: false };
  switch (type) {
    case "integer":
      return r.weighted<() => Gen | null>([
        [4, () => make("count", null, false)],
        [2, () => ({ kind: "aggregate", type, fn: "count", collection: coll, of: null, bare: coll.group === null })],
        [
          5,
          () =>
            make(
              "distinct",
              of(r.pick(["text", "boolean", "boolean", "integer", "decimal", "date", "timestamp"])),
              true,
            ),
        ],
        [1, () => make("sum", of("integer"), true)],
        [2, () => make(r.pick(["min", "max", "median", "most_frequent"]), of("integer"), true)],
        [2, () => ofGaps(c, coll, type, ["count"])],
        [1, () => periods(c, coll)],
      ])();
    case "decimal":
      return make(r.pick(["sum", "sum", "min", "max", "median", "most_frequent"]), of("decimal"), true);
    case "float":
      return r.weighted<() => Gen | null>([
        [9, () => make("avg", of(r.pick(["integer", "decimal"])), true)],
        [2, () => make("share", condition(element, budget - 1), true)],
        [1, () => make(r.pick(["min", "max", "median", "most_frequent"]), of("float"), true)],
        [8, () => ofGaps(c, coll, type, ["median", "avg", "min", "max", "sum"])],
      ])();
    case "text":
    case "date":
    case "timestamp":
      return make(r.pick(["min", "max", "median", "most_frequent"]), of(type), true);
    case "boolean":
      return make("most_frequent", of(type), true);
  }
}

/** What a group shares, or something of its elements. */
export function ofGroup(c: Context, group: GenGroup, type: GenType): Gen | null {
  const { r } = c;
  if (!group.isOpen || (group.type === type && r.chance(0.4)))
    return group.type === type ? { kind: "group", type } : null;
  const member = insideMember(c, group);
  const made = (fn: string, of: Gen | null): Gen | null => of && { kind: "groupAggregate", type, fn, of };
  const of = (t: GenType): Gen | null => value(member, t, r.chance(0.15) ? 1 : 0);
  const ordered = r.pick(["min", "max", "median", "most_frequent"]);
  switch (type) {
    case "integer":
      return r.weighted<() => Gen | null>([
        [4, () => ({ kind: "groupAggregate", type, fn: "count", of: null })],
        [2, () => made("distinct", of(r.pick(["text", "integer", "date", "timestamp", "boolean"])))],
        [2, () => made("sum", of(type))],
        [1, () => made(ordered, of(type))],
      ])();
    case "decimal":
      return made(r.pick(["sum", ordered]), of(type));
    case "float":
      return r.weighted<() => Gen | null>([
        [3, () => made("avg", of(r.pick(["integer", "decimal"])))],
        [2, () => made("share", condition(member, 0))],
        [1, () => made(ordered, of(type))],
      ])();
    case "text":
    case "date":
    case "timestamp":
      return made(ordered, of(type));
    case "boolean":
      return made("most_frequent", of(type));
  }
}

/** Something of the waits between the elements of an event. */
function ofGaps(c: Context, coll: GenCollection, type: GenType, fns: readonly string[]): Gen | null {
  if (!entityOf(c.model, coll.entity).header.at || coll.group !== null) return null;
  return { kind: "aggregate", type, fn: `gaps.${c.r.pick(fns)}`, collection: coll, of: null, bare: false };
}

/** The number of calendar periods that have any of an event. */
function periods(c: Context, coll: GenCollection): Gen | null {
  if (coll.group !== null || !entityOf(c.model, coll.entity).header.at) return null;
  const fn = c.r.pick(["days", "weeks", "months"]);
  return { kind: "aggregate", type: "integer", fn, collection: coll, of: null, bare: false };
}

function pick(c: Context, type: GenType): Gen | null {
  const { r } = c;
  const coll = collection(c, 0, false);
  if (!coll) return null;
  const entity = entityOf(c.model, coll.entity);
  if (!entity.header.at) return null;
  const own = entity.fields.filter((f) => f.type === type).map((f) => f.name);
  const inside = entity.json.flatMap((j) =>
    j.paths.filter((path) => path.type === type).map((path) => `${j.name}.${path.name}`),
  );
  const far = entity.links
    .filter((l) => !l.many)
    .flatMap((l) =>
      fieldsOf(c.model, l.target)
        .filter((f) => f.type === type)
        .map((f) => `${l.name}.${f.name}`),
    );
  const options = [...own, ...own, ...inside, ...far];
  if (options.length === 0) return null;
  return { kind: "pick", type, which: r.pick(["first", "latest"]), collection: coll, path: r.pick(options) };
}
