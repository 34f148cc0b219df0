import { INTEGER } from "../../language/types/type.ts";
import { addRelation, column, expose, type RelationBuilder, rankNames, through } from "./builder.ts";
import { reopened, type Stage, shape } from "./element-stages.ts";
import type { GroupAggregate, Place } from "./place.ts";
import type { Planner } from "./planner.ts";
import { known, type Term } from "./term.ts";

/** What groups are made of. */
export interface Grouping {
  /** The elements, and what they are grouped by. */
  readonly stage: Stage;
  readonly key: Term;
  /** Where something of each element is worked out. */
  readonly placeOf: (stage: Stage, key: Term) => Place;
  /** What was asked before, by its shape. */
  readonly chosen: Map<string, Chosen>;
}

/** A relation with one element for each group. */
interface Chosen {
  readonly relation: RelationBuilder;
  /** The columns of the owner, of the value of the group, and of what is asked. */
  readonly owner: string;
  readonly group: string;
  readonly value: Held;
}

/** A column and what it holds. */
interface Held {
  readonly name: string;
  readonly type: Term["type"];
}

/**
 * The middle or the most frequent of the known values of a group's elements: one element for each group in a relation of its own, joined by the owner and
 * the value of the group, which are `here` where it is asked.
 */
export function chosenOfGroup(
  of: Planner,
  asked: GroupAggregate,
  grouping: Grouping,
  here: readonly [owner: Term, group: Term],
  reader: RelationBuilder,
): Term {
  const name = shape(asked);
  const { relation, owner, group, value } =
    grouping.chosen.get(name) ??
    (asked.fn === "median" ? middle(of, asked, grouping) : mostFrequent(of, asked, grouping));
  grouping.chosen.set(name, { relation, owner, group, value });
  const key = `${relation.name} ${JSON.stringify(here)}`;
  const alias =
    reader.joins.get(key) ??
    addRelation(reader, relation, asked.fn, "left", (one) => [
      [column(one, owner, here[0].type), here[0]],
      [column(one, group, here[1].type), here[1]],
    ]);
  reader.joins.set(key, alias);
  return column(alias, value.name, value.type);
}

/** The elements that have a value, with their owner and group. */
function valued(of: Planner, asked: GroupAggregate, { stage, key, placeOf }: Grouping) {
  const relation = of.newRelation(`${stage.place.relation.name}_${asked.fn}`);
  const { stage: members, alias } = reopened(stage, stage.depth, relation, "element");
  const group = through(stage.place.relation, alias, key, "key");
  const value = of.term(asked.of as NonNullable<GroupAggregate["of"]>, placeOf(members, group));
  relation.filter.push(known(value));
  return { relation, owner: members.owner(), group, value };
}

/** The lower of the two in the middle. */
function middle(of: Planner, asked: GroupAggregate, grouping: Grouping): Chosen {
  const { relation, owner, group, value } = valued(of, asked, grouping);
  const orderBy = [{ term: value, isKnown: true, descending: false }];
  relation.rank = { ...rankNames(relation), partitionBy: [owner, group], orderBy, keep: { kind: "middle" } };
  return exposed(relation, owner, group, value);
}

/** Of equally frequent ones the least. */
function mostFrequent(of: Planner, asked: GroupAggregate, grouping: Grouping): Chosen {
  const { relation, owner, group, value } = valued(of, asked, grouping);
  const partitionBy = [owner, group, value];
  const times = expose(relation, { kind: "windowed", fn: "count", of: null, partitionBy, orderBy: [] }, "times");
  const most = of.newRelation(relation.name);
  const alias = addRelation(most, relation, "value", "from", () => []);
  const held = through(relation, alias, value, "held");
  const there = {
    owner: through(relation, alias, owner, "owner"),
    group: through(relation, alias, group, "group_value"),
  };
  const orderBy = [
    { term: column(alias, times, INTEGER), isKnown: true, descending: true },
    { term: held, isKnown: true, descending: false },
  ];
  const keep = { kind: "first", n: 1 } as const;
  most.rank = { ...rankNames(most), partitionBy: [there.owner, there.group], orderBy, keep };
  return exposed(most, there.owner, there.group, held);
}

/** Some of the three may be the same, and one column then. */
const exposed = (relation: RelationBuilder, owner: Term, group: Term, value: Term): Chosen => ({
  relation,
  owner: expose(relation, owner, "owner"),
  group: expose(relation, group, "group_value"),
  value: { name: expose(relation, value, "value"), type: value.type },
});
