import {
  CommonTableExpressionNameNode,
  CommonTableExpressionNode,
  JoinNode,
  type OperationNode,
  OrderByItemNode,
  OrderByNode,
  type SelectionNode,
  SelectQueryNode,
  SetOperationNode,
  sql,
  WhereNode,
  WithNode,
} from "kysely";
import { TEXT } from "../../language/types/type.ts";
import { namer } from "../plan/names.ts";
import type { Plan, Relation } from "../plan/plan.ts";
import { conditionSql } from "./condition.ts";
import type { Limits } from "./dialect.ts";
import { constantSql, type Emitter } from "./emitter.ts";
import { number, ref, type Sql, steps } from "./fragment.ts";
import { relationsRead } from "./limits.ts";
import { holdsQuery, withPlainArguments } from "./plain-arguments.ts";
import { countName, relationNode, selection, selectNode } from "./relation.ts";
import { scalarOf } from "./scale.ts";
import type { Shape } from "./statement.ts";
import { termSql } from "./value.ts";

/** A named query in front of the one that uses it. */
export interface Named {
  readonly name: string;
  readonly node: OperationNode;
  /** Whether it is worked out by itself, whoever reads it. */
  readonly alone?: boolean;
}

/** The whole statement for a plan. `taken` are the names of its relations and of tables. */
export function statementNode(
  emitterOf: (relation: Pick<Relation, "sources">) => Emitter,
  { lists, clock }: { readonly lists: () => readonly Named[]; readonly clock: () => readonly Named[] },
  taken: readonly string[],
  plan: Plan,
  shape: Shape,
): { readonly node: SelectQueryNode; readonly columns: readonly string[] } {
  const by = emitterOf(plan.people);
  const names = namer(taken);
  const written =
    by.dialect.queriesInAggregates === false
      ? plan.relations.flatMap((relation) => withPlainArguments(emitterOf(relation), relation, names))
      : plan.relations;
  const alone = workedOutAlone(written, by.dialect.limits);
  const relations = written.map((relation) => ({
    name: relation.name,
    node: relationNode(emitterOf(relation), relation) as OperationNode,
    alone: alone.has(relation.name),
  }));
  const answer = answerNode(by, plan, shape, taken);
  const named = [...clock(), ...lists(), ...relations, ...answer.named];
  return { node: { ...answer.node, ...withNode(named) }, columns: answer.columns };
}

/** Relations through which the engine is to plan no further: over so many windows, one over the other; of groups, where it would copy them. */
function workedOutAlone(relations: readonly Relation[], { windows, copiesGroups }: Limits): ReadonlySet<string> {
  const heights = new Map<string, number>();
  const alone = new Set<string>();
  for (const { name, sources, groupBy, rank, columns } of relations) {
    const below = relationsRead(sources).reduce((height, one) => Math.max(height, heights.get(one) ?? 0), 0);
    const hasWindow = rank !== null || columns.some(({ value }) => value.kind === "windowed");
    const height = below + (hasWindow ? 1 : 0);
    if (height >= windows || (copiesGroups && groupBy !== null)) alone.add(name);
    heights.set(name, alone.has(name) ? 0 : height);
  }
  return alone;
}

/** The queries in front, if there are any. */
export function withNode(named: readonly Named[]): { readonly with?: WithNode } {
  const [first, ...others] = named.map(({ name, node, alone }) => {
    const made = CommonTableExpressionNode.create(CommonTableExpressionNameNode.create(name), node);
    return alone === true ? { ...made, materialized: true } : made;
  });
  if (first === undefined) return {};
  return { with: others.reduce((all, one) => WithNode.cloneWithExpression(all, one), WithNode.create(first)) };
}

interface AnswerQuery {
  readonly named: readonly Named[];
  readonly node: SelectQueryNode;
  readonly columns: readonly string[];
}

function answerNode(by: Emitter, plan: Plan, shape: Shape, taken: readonly string[]): AnswerQuery {
  switch (shape) {
    case "members":
      return plan.memberships.length === 1 ? membersNode(by, plan) : allMembersNode(by, plan, taken);
    case "flags":
      return flagsNode(by, plan);
    case "sizes":
      return sizesNode(by, plan, taken);
    case "view":
      return viewNode(by, plan);
  }
}

const keySql = (by: Emitter, { key }: Plan): Sql => by.operators.keyText(termSql(by, key), scalarOf(key));

/** The order of the answer. */
export const orderBy = (...by: readonly Sql[]): { readonly orderBy: OrderByNode } => ({
  orderBy: OrderByNode.create(by.map((value) => OrderByItemNode.create(value.toOperationNode()))),
});

function membersNode(by: Emitter, plan: Plan): AnswerQuery {
  const { named, node, columns } = viewNode(by, plan);
  return { named, node: { ...node, ...orderBy(by.operators.text.order(keySql(by, plan))) }, columns };
}

/** The members of one segment, in no order: engines take none in a view. */
function viewNode(by: Emitter, plan: Plan): AnswerQuery {
  const [only] = plan.memberships;
  const { sources, filter } = plan.people;
  const conditions = only === undefined ? filter : [...filter, only.condition];
  const node = selectNode(by, { sources, filter: conditions }, [{ name: "key", value: keySql(by, plan) }], null);
  return { named: [], node, columns: ["key"] };
}

/** A query of keys and flags; the same for all shapes but one. */
function flagged(by: Emitter, plan: Plan): { readonly node: SelectQueryNode; readonly columns: readonly string[] } {
  const names = namer(["key", "population", "segment", "place"]);
  const columns = plan.memberships.map(({ segment, condition }) => ({
    name: names.name(segment),
    value: sql`case when ${conditionSql(by, condition)} then 1 else 0 end`,
  }));
  const node = selectNode(by, plan.people, [{ name: "key", value: keySql(by, plan) }, ...columns], null);
  return { node, columns: columns.map(({ name }) => name) };
}

function flagsNode(by: Emitter, plan: Plan): AnswerQuery {
  const { node, columns } = flagged(by, plan);
  return { named: [], node: { ...node, ...orderBy(by.operators.text.order(keySql(by, plan))) }, columns };
}

/**
 * Everybody with a flag for each segment, beside a list of the segments. The flags are read once: engines that copy a named query for each of its
 * readers would take seconds to plan one with hundreds.
 */
function allMembersNode(by: Emitter, plan: Plan, taken: readonly string[]): AnswerQuery {
  const names = namer(taken);
  const [flags, asked] = [names.name("flags"), names.name("asked")];
  const { node, columns } = flagged(by, plan);
  const [first, ...others] = plan.memberships.map(({ segment }, index) => segmentNode(by, segment, index)) as [
    SelectQueryNode,
    ...SelectQueryNode[],
  ];
  const list = SelectQueryNode.cloneWithSetOperations(
    first,
    others.map((one) => SetOperationNode.create("union", one, true)),
  );
  const place = ref(asked, "place");
  const flag = steps(
    columns.map((column, index) => ({ from: index === 0 ? null : index, value: ref(flags, column) })),
    (index) => sql`${place} < ${number(index)}`,
    by.dialect.limits.cases !== undefined,
  );
  const from = SelectQueryNode.createFrom([sql`${sql.id(flags)}`.toOperationNode()]);
  const members: SelectQueryNode = {
    ...SelectQueryNode.cloneWithSelections(from, [
      selection(ref(asked, "segment"), "segment"),
      selection(ref(flags, "key"), "key"),
    ]),
    joins: [JoinNode.create("CrossJoin", sql`${sql.id(asked)}`.toOperationNode())],
    where: WhereNode.create(sql`${flag} = 1`.toOperationNode()),
    ...orderBy(place, by.operators.text.order(ref(flags, "key"))),
  };
  const named = [
    { name: flags, node },
    { name: asked, node: list },
  ];
  return { named, node: members, columns: ["segment", "key"] };
}

/** One row of the list of segments. */
const segmentNode = (by: Emitter, segment: string, index: number): SelectQueryNode => ({
  ...SelectQueryNode.create(),
  selections: [
    selection(number(index), "place"),
    selection(constantSql(by, { kind: "constant", type: TEXT, value: segment }), "segment"),
  ],
});

function sizesNode(by: Emitter, plan: Plan, taken: readonly string[]): AnswerQuery {
  const names = namer(["key", "population", "segment", "place"]);
  const columns = plan.memberships.map(({ segment, condition }) => ({
    name: names.name(segment),
    condition: conditionSql(by, condition),
  }));
  const count = countName(by);
  const sizes = (isMember: (column: (typeof columns)[number]) => Sql): SelectionNode[] => [
    selection(sql`${count}(*)`, "population"),
    ...columns.map((column) => selection(sql`${count}(case when ${isMember(column)} then 1 end)`, column.name)),
  ];
  const answer = columns.map(({ name }) => name);
  if (by.dialect.queriesInAggregates !== false || !columns.some(({ condition }) => holdsQuery(condition))) {
    const people = selectNode(by, plan.people, [], null);
    const node = SelectQueryNode.cloneWithSelections(
      people,
      sizes(({ condition }) => condition),
    );
    return { named: [], node, columns: answer };
  }
  const flags = namer(taken).name("flags");
  const from = SelectQueryNode.createFrom([sql`${sql.id(flags)}`.toOperationNode()]);
  const node = SelectQueryNode.cloneWithSelections(
    from,
    sizes(({ name }) => sql`${ref(flags, name)} = 1`),
  );
  return { named: [{ name: flags, node: flagged(by, plan).node }], node, columns: answer };
}
