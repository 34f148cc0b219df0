import { INTEGER } from "../../language/types/type.ts";
import { addRelation, column, expose, type RelationBuilder, rankNames, through } from "./builder.ts";
import { reopened, type Stage, shape } from "./element-stages.ts";
import type { GroupAggregate, Place } from "./place.ts";
import { once, type Planner } from "./planner.ts";
import { known, type Term } from "./term.ts";

/** What groups are made of. */
export interface Grouping {
  /** The elements, and what they are grouped by. */
  readonly stage: Stage;
  readonly key: Term;
  /** The relation of the groups. */
  readonly grouped: RelationBuilder;
  /** Where something of each element is worked out. */
  readonly placeOf: (stage: Stage, key: Term) => Place;
}

/**
 * The middle or the most frequent of the known values of a group's elements: one element for each group in a relation of its own, joined by the owner and
 * the value of the group, which are `here` where it is asked.
 */
export function chosenOfGroup(
  of: Planner,
  asked: GroupAggregate,
  grouping: Grouping,
  here: readonly Term[],
  reader: RelationBuilder,
): Term {
  const name = `${grouping.grouped.name} ${shape(asked)}`;
  const chosen = once(of, name, () =>
    asked.fn === "median" ? middle(of, asked, grouping) : mostFrequent(of, asked, grouping),
  );
  const key = `${name} ${JSON.stringify(here)}`;
  const alias =
    reader.joins.get(key) ??
    addRelation(reader, chosen, asked.fn, "left", (one) =>
      here.map((term, i) => [column(one, PARTS[i] as string, term.type), term] as const),
    );
  reader.joins.set(key, alias);
  return column(alias, "value", asked.type);
}

/** Names of the columns that say which group it is. */
const PARTS = ["owner", "group_value"] as const;

/** The elements that have a value, with their owner and group. */
function valued(of: Planner, asked: GroupAggregate, { stage, key, placeOf }: Grouping) {
  const relation = of.newRelation(`${stage.place.relation.name}_${asked.fn}`);
  const { stage: members, alias } = reopened(stage, stage.depth, relation, "element");
  const group = through(stage.place.relation, alias, key, "key");
  const value = of.term(asked.of as NonNullable<GroupAggregate["of"]>, placeOf(members, group));
  relation.filter.push(known(value));
  const parts = [members.owner(), group];
  for (const [i, part] of parts.entries()) expose(relation, part, PARTS[i] as string);
  return { relation, parts, value };
}

/** The lower of the two in the middle. */
function middle(of: Planner, asked: GroupAggregate, grouping: Grouping): RelationBuilder {
  const { relation, parts, value } = valued(of, asked, grouping);
  expose(relation, value, "value");
  const orderBy = [{ term: value, isKnown: true, descending: false }];
  relation.rank = { ...rankNames(relation), partitionBy: parts, orderBy, keep: { kind: "middle" } };
  return relation;
}

/** Of equally frequent ones the least. */
function mostFrequent(of: Planner, asked: GroupAggregate, grouping: Grouping): RelationBuilder {
  const { relation, parts, value } = valued(of, asked, grouping);
  const held = expose(relation, value, "held");
  const partitionBy = [...parts, value];
  const times = expose(relation, { kind: "windowed", fn: "count", of: null, partitionBy, orderBy: [] }, "times");
  const most = of.newRelation(relation.name);
  const alias = addRelation(most, relation, "value", "from", () => []);
  const there = parts.map((part, i) => column(alias, PARTS[i] as string, part.type));
  for (const [i, part] of there.entries()) expose(most, part, PARTS[i] as string);
  expose(most, column(alias, held, value.type), "value");
  const orderBy = [
    { term: column(alias, times, INTEGER), isKnown: true, descending: true },
    { term: column(alias, held, value.type), isKnown: true, descending: false },
  ];
  most.rank = { ...rankNames(most), partitionBy: there, orderBy, keep: { kind: "first", n: 1 } };
  return most;
}
