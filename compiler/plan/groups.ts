import { shiftDay, shiftInstant } from "../../language/meaning/calendar.ts";
import type { Step, Value } from "../../language/meaning/ir.ts";
import { InternalError } from "../../language/text/assert.ts";
import { compareText } from "../../language/text/compare.ts";
import type { ScalarType } from "../../language/types/type.ts";
import { addRelation, aggregated, column, expose, type RelationBuilder, through } from "./builder.ts";
import { chosenOfGroup, type Grouping } from "./chosen-of-group.ts";
import { reopened, type Stage, shape } from "./element-stages.ts";
import type { GroupAggregate, GroupHandle, Handle, Home, Homestead, Place } from "./place.ts";
import type { Aggregate } from "./plan.ts";
import type { Planner } from "./planner.ts";
import { compare, known, negation, type Term } from "./term.ts";
import { edge } from "./window.ts";

/**
 * Groups of the elements of each owner that share a known value. The elements get the value in the relation that they stand in, are grouped by owner and
 * value in the next one, which has a column for each aggregate that is asked for, and are groups in the one after it, with the rows around them
 * beside them again.
 */
export function groupStage(of: Planner, step: Extract<Step, { kind: "per" }>, before: Stage): Stage {
  const { stage, key } = keyed(of, step.key, before);
  const { relation } = stage.place;
  const { depth } = stage;
  relation.filter.push(known(key));
  const grouped = of.newRelation(relation.name);
  const { stage: members, alias } = reopened(stage, depth, grouped, "element");
  const value = through(relation, alias, key, "key");
  const owner = members.owner();
  grouped.groupBy = [owner, value];
  const placeOf = (at: Stage, shared: Term): Place => memberPlace(of, step.key, at, shared);
  const grouping: Grouping = { stage, key, placeOf, chosen: new Map() };
  const group = (at: string, reader: RelationBuilder): GroupHandle => ({
    value: () => column(at, expose(grouped, value, "key"), value.type),
    aggregate(asked) {
      if (asked.fn !== "median" && asked.fn !== "most_frequent")
        return aggregated(grouped, at, aggregateOf(of, asked, placeOf(members, value)), asked.type);
      const here = [through(grouped, at, owner, "owner"), through(grouped, at, value, "key")] as const;
      return chosenOfGroup(of, asked, grouping, here, reader);
    },
  });
  const ownerColumn = expose(grouped, owner, "owner");
  const entity = (members.place.rows.get(depth) as Handle).entity;
  return besideOwner(of, stage, grouped, { name: ownerColumn, type: owner.type }, (at, reader) =>
    groupHandle(entity, at, group(at, reader)),
  );
}

/** The groups in a relation of their own, with the rows around them beside them. */
function besideOwner(
  of: Planner,
  { place, depth }: Stage,
  grouped: RelationBuilder,
  owner: { readonly name: string; readonly type: Term["type"] },
  handle: (alias: string, reader: RelationBuilder) => Handle,
): Stage {
  const relation = of.newRelation(grouped.name);
  const around = [...place.homes.keys()].filter((at) => at < depth);
  const home = place.homes.get(Math.max(...around))?.home;
  if (home === undefined) {
    const alias = addRelation(relation, grouped, "group", "from", () => []);
    const inside: Place = {
      relation,
      rows: new Map([[depth, handle(alias, relation)]]),
      homes: new Map(),
      reference: null,
    };
    return { place: inside, depth, owner: () => column(alias, owner.name, owner.type), wait: null };
  }
  const opened = home.open(relation);
  const alias = addRelation(relation, grouped, "group", "inner", (name) => [
    [column(name, owner.name, owner.type), opened.id],
  ]);
  const rows = new Map([...opened.rows, [depth, handle(alias, relation)] as const]);
  return { place: { relation, rows, homes: opened.homes, reference: null }, depth, owner: () => opened.id, wait: null };
}

function groupHandle(entity: string, id: string, group: GroupHandle): Handle {
  const field = (name: string): Term => {
    throw new InternalError(`${name} of a group`);
  };
  return { entity, id, field, clock: field, list: field, json: field, present: null, group };
}

/** Where aggregates over the elements of a group by `key` are worked out: the group at its depth, an element one deeper. */
function memberPlace(of: Planner, key: Value, { place, depth }: Stage, value: Term): Place {
  const homes = new Map<number, Homestead>();
  for (const [at, homestead] of place.homes)
    if (at !== depth) homes.set(at, homestead);
    else for (const one of [depth, depth + 1]) homes.set(one, deeper(of, key, homestead, depth));
  return { ...place, rows: withMember(place.rows, depth, () => value), homes };
}

/** Rows with the group at the depth of an element, and the element one deeper. */
function withMember(rows: ReadonlyMap<number, Handle>, depth: number, value: () => Term): ReadonlyMap<number, Handle> {
  const element = rows.get(depth) as Handle;
  const group: GroupHandle = {
    value,
    aggregate: ({ fn }) => {
      throw new InternalError(`${fn} inside an aggregate`);
    },
  };
  return new Map([
    ...rows,
    [depth, groupHandle(element.entity, "group", group)] as const,
    [depth + 1, element] as const,
  ]);
}

/** Elements that are told apart, one deeper, and for each of them its group; what the group shares is worked out of the element again. */
function deeper(of: Planner, key: Value, { home, id }: Homestead, depth: number): Homestead {
  const moved: Home = {
    name: `${home.name} by ${shape(key)}`,
    label: home.label,
    open(relation) {
      const opened = home.open(relation);
      const element: Place = { relation, rows: opened.rows, homes: opened.homes, reference: null };
      return {
        id: opened.id,
        rows: withMember(opened.rows, depth, () => keyTerm(of, key, element)),
        homes: new Map(
          [...opened.homes].flatMap(([one, around]): (readonly [number, Homestead])[] => {
            if (one !== depth) return [[one, around]];
            const again = { home: moved, id: around.id };
            return [depth, depth + 1].map((at) => [at, again] as const);
          }),
        ),
      };
    },
  };
  return { home: moved, id };
}

function aggregateOf(of: Planner, { fn, of: value, cond, type }: GroupAggregate, place: Place): Aggregate {
  return {
    kind: "aggregate",
    fn,
    filter: [],
    of: value && of.term(value, place),
    share: cond && { kind: "and", items: of.conditions(cond, place) },
    type,
  };
}

/** The group at a depth. */
export function groupAt(place: Place, depth: number): GroupHandle {
  const group = place.rows.get(depth)?.group;
  if (group == null) throw new InternalError(`no group at depth ${depth}`);
  return group;
}

/** The elements and what they are grouped by. Ends of periods that differ from row to row are columns first, since they are asked more than once. */
function keyed(of: Planner, key: Value, stage: Stage): { readonly stage: Stage; readonly key: Term } {
  const { place, depth } = stage;
  const ends = key.kind === "periodIndex" ? endsOf(of, key, place) : [];
  if (key.kind !== "periodIndex" || ends.every((end) => end.kind === "constant"))
    return { stage, key: keyTerm(of, key, place) };
  const { stage: next, alias } = reopened(stage, depth, of.newRelation(place.relation.name), "element");
  const there = ends.map((end) => (end.kind === "constant" ? end : through(place.relation, alias, end, "end")));
  return { stage: next, key: periodTerm(of, key, next.place, there) };
}

/** What an element at a place is grouped by. */
const keyTerm = (of: Planner, key: Value, place: Place): Term =>
  key.kind === "periodIndex" ? periodTerm(of, key, place, endsOf(of, key, place)) : of.term(key, place);

type PeriodIndex = Extract<Value, { kind: "periodIndex" }>;

const endsOf = (of: Planner, { windows }: PeriodIndex, place: Place): readonly Term[] =>
  windows.flatMap(({ to, target }) => (to === null ? [] : [edge(of, place, to, target)]));

function periodTerm(of: Planner, { value, length, type }: PeriodIndex, place: Place, ends: readonly Term[]): Term {
  const isDay = value.type.kind === "date";
  const size = isDay ? BigInt(shiftDay(0, length)) : shiftInstant(0n, length, "UTC");
  return { kind: "periodIndex", value: of.term(value, place), end: leastOf(ends), length: String(size), type };
}

/** The least of several times; missing where one is. Of those that are written down, only the least is asked. */
function leastOf(ends: readonly Term[]): Term {
  const written = ends.filter((end) => end.kind === "constant");
  const [first] = written.toSorted((a, b) => compareText(String(a.value), String(b.value)));
  const all = [...(first === undefined ? [] : [first]), ...ends.filter((end) => end.kind !== "constant")];
  return all.reduce((least, end) => {
    const type = end.type as ScalarType;
    const isLess = compare(end, "<", least);
    const isKnown = { kind: "and", items: [negation(isLess), known(end)] } as const;
    const value: Term = { kind: "when", condition: isLess, value: end, type };
    return { kind: "else", value, fallback: { kind: "when", condition: isKnown, value: least, type }, type };
  });
}
