import {
  AliasNode,
  GroupByItemNode,
  GroupByNode,
  IdentifierNode,
  JoinNode,
  ListNode,
  type OperationNode,
  SelectionNode,
  SelectQueryNode,
  sql,
  WhereNode,
} from "kysely";
import { notYet } from "../../language/text/assert.ts";
import { INTEGER } from "../../language/types/type.ts";
import type { Aggregate, Column, Order, Relation, Source } from "../plan/plan.ts";
import type { Condition } from "../plan/term.ts";
import { conditionSql, itemSql } from "./condition.ts";
import { constantSql, type Emitter } from "./emitter.ts";
import { joined, plain, ref, type Sql, tableRef } from "./fragment.ts";
import { scalarOf } from "./scale.ts";
import { termSql } from "./value.ts";

/** A relation as a query. */
export function relationNode(by: Emitter, relation: Relation): SelectQueryNode {
  const { rank } = relation;
  const groupBy = relation.groupBy === null ? null : relation.groupBy.map((term) => termSql(by, term));
  const columns = relation.columns.map(({ name, value }) => ({ name, value: columnSql(by, value) }));
  if (rank === null) return selectNode(by, relation, columns, groupBy);
  const partition = rank.partitionBy === null ? null : termSql(by, rank.partitionBy);
  const parts = [
    ...(partition === null ? [] : [sql`partition by ${partition}`]),
    sql`order by ${joined(
      rank.orderBy.flatMap((order) => orderSql(by, order)),
      ", ",
    )}`,
  ];
  const number = { name: rank.number, value: sql`row_number() over (${joined(parts, " ")})` };
  const { keep } = rank;
  if (keep.kind === "all") return selectNode(by, relation, [...columns, number], null);
  const isOpen = keep.kind === "firstKnown" && partition !== null;
  const unknown = isOpen ? [{ name: rank.part, value: partition }] : [];
  const inner = selectNode(by, relation, [...columns, ...unknown, number], null);
  const first = firstSql(by, ref("r", rank.number), keep.kind === "first" ? keep.n : 1);
  const outer = SelectQueryNode.createFrom([AliasNode.create(inner, IdentifierNode.create("r"))]);
  return {
    ...SelectQueryNode.cloneWithSelections(
      outer,
      columns.map(({ name }) => selection(ref("r", name), name)),
    ),
    where: WhereNode.create((isOpen ? sql`${ref("r", rank.part)} is null or ${first}` : first).toOperationNode()),
  };
}

const firstSql = (by: Emitter, number: Sql, n: number): Sql =>
  n === 1
    ? sql`${number} = 1`
    : sql`${number} <= ${constantSql(by, { kind: "constant", type: INTEGER, value: String(n) })}`;

/** Sources joined, rows filtered, columns selected. */
export function selectNode(
  by: Emitter,
  { sources, filter }: Pick<Relation, "sources" | "filter">,
  columns: readonly { readonly name: string; readonly value: Sql }[],
  groupBy: readonly Sql[] | null,
): SelectQueryNode {
  const [first, ...others] = sources;
  if (first === undefined) return SelectQueryNode.create();
  const node = SelectQueryNode.cloneWithSelections(
    SelectQueryNode.createFrom([sourceNode(first)]),
    columns.map(({ name, value }) => selection(value, name)),
  );
  const joins = others.map((source) =>
    JoinNode.createWithOn(
      source.join === "inner" ? "InnerJoin" : "LeftJoin",
      sourceNode(source),
      joined(
        source.on.map(([left, right]) => sql`${termSql(by, left)} = ${termSql(by, right)}`),
        " and ",
      ).toOperationNode(),
    ),
  );
  return {
    ...node,
    ...(joins.length === 0 ? {} : { joins }),
    ...(filter.length === 0 ? {} : { where: whereNode(by, filter) }),
    ...(groupBy === null
      ? {}
      : { groupBy: GroupByNode.create(groupBy.map((term) => GroupByItemNode.create(term.toOperationNode()))) }),
  };
}

/** The conditions, of which all hold, on lines of their own. */
export function whereNode(by: Emitter, conditions: readonly Condition[]): WhereNode {
  const [only] = conditions;
  if (only !== undefined && conditions.length === 1 && only.kind !== "and")
    return WhereNode.create(conditionSql(by, only).toOperationNode());
  const items = conditions.flatMap((condition) => (condition.kind === "and" ? condition.items : [condition]));
  // Many would lie too deep.
  if (items.length > 50) return WhereNode.create(conditionSql(by, { kind: "and", items }).toOperationNode());
  return WhereNode.create(ListNode.create(items.map((item) => itemSql(by, item).toOperationNode())));
}

/** A column of the answer, under its name. */
export const selection = (value: Sql, name: string): SelectionNode =>
  SelectionNode.create(AliasNode.create(value.toOperationNode(), IdentifierNode.create(name)));

function sourceNode({ of, alias }: Source): OperationNode {
  const source = of.kind === "table" ? tableRef(of.table) : sql`${sql.id(of.name)}`;
  return AliasNode.create(source.toOperationNode(), IdentifierNode.create(alias));
}

const columnSql = (by: Emitter, value: Column["value"]): Sql =>
  value.kind === "aggregate" ? aggregateSql(by, value) : termSql(by, value);

/** Rows that the aggregate is not about are missing to it. */
function aggregateSql(by: Emitter, { fn, filter, of, share, type }: Aggregate): Sql {
  const { numbers, text } = by.operators;
  const isAll = filter.length === 0;
  const asked: Condition = { kind: "and", items: filter };
  const only = (value: Sql): Sql => (isAll ? value : sql`case when ${conditionSql(by, asked)} then ${value} end`);
  const count = isAll ? sql`count(*)` : sql`count(${only(plain("1"))})`;
  if (share !== null) {
    const met: Condition = { kind: "and", items: [...filter, share] };
    const part = sql`count(case when ${conditionSql(by, met)} then 1 end)`;
    return sql`${numbers.toFloat(part, { kind: "integer" })} / nullif(${count}, 0)`;
  }
  if (of === null) return count;
  const value = only(termSql(by, of));
  switch (fn) {
    case "count":
    case "share":
      return count;
    case "sum":
      return type.kind === "float" ? sql`sum(${value})` : numbers.sum(value, scalarOf(of));
    case "avg":
      if (of.type.kind === "float") return sql`sum(${value}) / nullif(count(${value}), 0)`;
      return sql`${numbers.sumAsFloat(value, scalarOf(of))} / nullif(count(${value}), 0)`;
    case "median":
    case "most_frequent":
      return notYet(fn);
    case "distinct":
      return sql`count(distinct ${value})`;
    case "min":
    case "max":
      return sql`${plain(fn)}(${of.type.kind === "text" ? text.order(value) : value})`;
  }
}

/** Missing is lowest, whatever the engine thinks. */
function orderSql(by: Emitter, { term, isKnown, descending }: Order): readonly Sql[] {
  const value = termSql(by, term);
  const direction = plain(descending ? " desc" : "");
  const sorted = term.type.kind === "text" ? by.operators.text.order(value) : value;
  if (isKnown) return [sql`${sorted}${direction}`];
  return [sql`case when ${value} is null then 0 else 1 end${direction}`, sql`${sorted}${direction}`];
}
