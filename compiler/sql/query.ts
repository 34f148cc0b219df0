import {
  AliasNode,
  CommonTableExpressionNameNode,
  CommonTableExpressionNode,
  IdentifierNode,
  type OperationNode,
  OrderByItemNode,
  OrderByNode,
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
import { constantSql, type Emitter } from "./emitter.ts";
import { plain, ref, type Sql } from "./fragment.ts";
import { relationNode, selection, selectNode } from "./relation.ts";
import { scalarOf } from "./scale.ts";
import type { Shape } from "./statement.ts";
import { termSql } from "./value.ts";

/** A named query in front of the one that uses it. */
export interface Named {
  readonly name: string;
  readonly node: OperationNode;
  /** Read many times: to be worked out once. */
  readonly isKept?: boolean;
}

/** The whole statement for a plan. `stored` is for the relation at hand. */
export function statementNode(
  emitterOf: (relation: Pick<Relation, "sources">) => Emitter,
  lists: () => readonly Named[],
  plan: Plan,
  shape: Exclude<Shape, "view">,
): { readonly node: SelectQueryNode; readonly columns: readonly string[] } {
  const relations = plan.relations.map((relation) => ({
    name: relation.name,
    node: relationNode(emitterOf(relation), relation) as OperationNode,
  }));
  const by = emitterOf(plan.people);
  const answer = answerNode(by, plan, shape, new Set(plan.relations.map(({ name }) => name)));
  const named = [...lists(), ...relations, ...answer.named];
  return { node: { ...answer.node, ...withNode(named) }, columns: answer.columns };
}

/** The queries in front, if there are any. */
export function withNode(named: readonly Named[]): { readonly with?: WithNode } {
  const [first, ...others] = named.map(({ name, node, isKept }) => {
    const expression = CommonTableExpressionNode.create(CommonTableExpressionNameNode.create(name), node);
    return isKept === true ? CommonTableExpressionNode.cloneWith(expression, { materialized: true }) : expression;
  });
  if (first === undefined) return {};
  return { with: others.reduce((all, one) => WithNode.cloneWithExpression(all, one), WithNode.create(first)) };
}

interface AnswerQuery {
  readonly named: readonly Named[];
  readonly node: SelectQueryNode;
  readonly columns: readonly string[];
}

function answerNode(by: Emitter, plan: Plan, shape: Exclude<Shape, "view">, taken: ReadonlySet<string>): AnswerQuery {
  switch (shape) {
    case "members":
      return plan.memberships.length === 1 ? membersNode(by, plan) : allMembersNode(by, plan, taken);
    case "flags":
      return flagsNode(by, plan);
    case "sizes":
      return sizesNode(by, plan);
  }
}

const keySql = (by: Emitter, { key }: Plan): Sql => by.operators.keyText(termSql(by, key), scalarOf(key));

/** The order of the answer. */
export const orderBy = (...by: readonly Sql[]): { readonly orderBy: OrderByNode } => ({
  orderBy: OrderByNode.create(by.map((value) => OrderByItemNode.create(value.toOperationNode()))),
});

function membersNode(by: Emitter, plan: Plan): AnswerQuery {
  const key = keySql(by, plan);
  const [only] = plan.memberships;
  const { sources, filter } = plan.people;
  const conditions = only === undefined ? filter : [...filter, only.condition];
  const node = selectNode(by, { sources, filter: conditions }, [{ name: "key", value: key }], null);
  return { named: [], node: { ...node, ...orderBy(by.operators.text.order(key)) }, columns: ["key"] };
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

/** Everybody with a flag for each segment, then the members of one segment after another. */
function allMembersNode(by: Emitter, plan: Plan, taken: ReadonlySet<string>): AnswerQuery {
  const name = namer(taken).name("flags");
  const { node: flags, columns } = flagged(by, plan);
  const parts = plan.memberships.map(({ segment }, index) => {
    const from = SelectQueryNode.createFrom([sql`${sql.id(name)}`.toOperationNode()]);
    const part = SelectQueryNode.cloneWithSelections(from, [
      selection(plain(String(index)), "place"),
      selection(constantSql(by, { kind: "constant", type: TEXT, value: segment }), "segment"),
      selection(ref(name, "key"), "key"),
    ]);
    return { ...part, where: WhereNode.create(sql`${ref(name, columns[index] as string)} = 1`.toOperationNode()) };
  });
  const [first, ...others] = parts as [SelectQueryNode, ...SelectQueryNode[]];
  const all = SelectQueryNode.cloneWithSetOperations(
    first,
    others.map((part) => SetOperationNode.create("union", part, true)),
  );
  const members = SelectQueryNode.createFrom([AliasNode.create(all, IdentifierNode.create("m"))]);
  const node = SelectQueryNode.cloneWithSelections(members, [
    selection(ref("m", "segment"), "segment"),
    selection(ref("m", "key"), "key"),
  ]);
  const order = orderBy(ref("m", "place"), by.operators.text.order(ref("m", "key")));
  return { named: [{ name, node: flags, isKept: true }], node: { ...node, ...order }, columns: ["segment", "key"] };
}

function sizesNode(by: Emitter, plan: Plan): AnswerQuery {
  const names = namer(["key", "population", "segment", "place"]);
  const columns = plan.memberships.map(({ segment, condition }) => ({
    name: names.name(segment),
    value: sql`count(case when ${conditionSql(by, condition)} then 1 end)`,
  }));
  const node = selectNode(by, plan.people, [{ name: "population", value: sql`count(*)` }, ...columns], null);
  return { named: [], node, columns: columns.map(({ name }) => name) };
}
