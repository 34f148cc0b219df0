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
import { InternalError } from "../../language/text/assert.ts";
import { INTEGER } from "../../language/types/type.ts";
import type { Aggregate, Column, Order, Relation, Source, Windowed } from "../plan/plan.ts";
import type { Condition, Term } from "../plan/term.ts";
import { conditionSql, itemSql } from "./condition.ts";
import { comparable, constantSql, type Emitter } from "./emitter.ts";
import { joined, plain, ref, type Sql, tableRef } from "./fragment.ts";
import { scalarOf } from "./scale.ts";
import { termSql } from "./value.ts";
import { offsetTableSql, zoneTableSql } from "./zone-tables.ts";

/** A relation as a query. */
export function relationNode(by: Emitter, relation: Relation): SelectQueryNode {
  const { rank } = relation;
  const groupBy = relation.groupBy?.map((term) => alikeSql(by, term)) ?? null;
  const columns = relation.columns.map(({ name, value }) => ({
    name,
    value: groupBy === null ? columnSql(by, value) : groupedSql(by, value),
  }));
  if (rank === null) return selectNode(by, relation, columns, groupBy);
  const partition =
    rank.partitionBy.length === 0
      ? null
      : joined(
          rank.partitionBy.map((term) => partSql(by, term)),
          ", ",
        );
  const parts = [
    ...(partition === null ? [] : [sql`partition by ${partition}`]),
    sql`order by ${ordersSql(by, rank.orderBy)}`,
  ];
  const number = { name: rank.number, value: counted(by, sql`row_number() over (${joined(parts, " ")})`) };
  const { keep } = rank;
  if (keep.kind === "all") return selectNode(by, relation, [...columns, number], null);
  if (keep.kind === "middle") return middleNode(by, relation, columns, number, partition);
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

/** The row whose number is half of how many its part has, rounded up. */
function middleNode(
  by: Emitter,
  relation: Relation,
  columns: readonly { readonly name: string; readonly value: Sql }[],
  number: { readonly name: string; readonly value: Sql },
  partition: Sql | null,
): SelectQueryNode {
  const part = relation.rank?.part ?? "";
  const all = {
    name: part,
    value: sql`${countName(by)}(*) over (${partition === null ? plain("") : sql`partition by ${partition}`})`,
  };
  const inner = selectNode(by, relation, [...columns, number, all], null);
  const outer = SelectQueryNode.createFrom([AliasNode.create(inner, IdentifierNode.create("r"))]);
  const middle = sql`${ref("r", number.name)} * 2 - ${ref("r", part)} in (0, 1)`;
  return {
    ...SelectQueryNode.cloneWithSelections(
      outer,
      columns.map(({ name }) => selection(ref("r", name), name)),
    ),
    where: WhereNode.create(middle.toOperationNode()),
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
    SelectQueryNode.createFrom([sourceNode(by, first)]),
    columns.map(({ name, value }) => selection(value, name)),
  );
  const joins = others.map((source) =>
    JoinNode.createWithOn(
      source.join === "inner" ? "InnerJoin" : "LeftJoin",
      sourceNode(by, source),
      joined(
        [
          ...source.on.map(([left, right]) => sql`${alikeSql(by, left)} = ${alikeSql(by, right)}`),
          ...(source.within === null ? [] : [withinSql(by, source.within)]),
        ],
        " and ",
      ).toOperationNode(),
    ),
  );
  const where = filter.length === 0 ? {} : { where: whereNode(by, filter) };
  // Before the other joins, so that their conditions can read it. What reads it is known when all has been written.
  const clock = by.clockSource();
  const allJoins = clock === null ? joins : [JoinNode.create("CrossJoin", clock.toOperationNode()), ...joins];
  return {
    ...node,
    ...(allJoins.length === 0 ? {} : { joins: allJoins }),
    ...where,
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

/** That an instant lies between two columns of seconds. */
function withinSql(by: Emitter, { at, from, to }: NonNullable<Source["within"]>): Sql {
  const { times } = by.operators;
  const micros = times.microsBetween(times.instant(0n), termSql(by, at));
  return sql`${termSql(by, from)} * 1000000 <= ${micros} and ${micros} < ${termSql(by, to)} * 1000000`;
}

function sourceSql(by: Emitter, of: Source["of"]): Sql {
  switch (of.kind) {
    case "table":
      return tableRef(of.table);
    case "relation":
      return sql`${sql.id(of.name)}`;
    case "union":
      return unionSql(of);
    case "zones":
      return zoneTableSql(by, of);
    case "offsets":
      return offsetTableSql(by, of);
  }
}

function sourceNode(by: Emitter, { of, alias }: Source): OperationNode {
  const source = sourceSql(by, of);
  return AliasNode.create(source.toOperationNode(), IdentifierNode.create(alias));
}

function unionSql({ parts, columns }: Extract<Source["of"], { kind: "union" }>): Sql {
  const selects = parts.map((part) => {
    const named = part.columns.map((name, i) => sql`${sql.id(name)} as ${sql.id(columns[i] as string)}`);
    return sql`select ${joined(named, ", ")} from ${sql.id(part.name)}`;
  });
  return sql`(${joined(selects, " union all ")})`;
}

function columnSql(by: Emitter, value: Column["value"]): Sql {
  if (value.kind === "aggregate") return aggregateSql(by, value);
  return value.kind === "windowed" ? windowedSql(by, value) : termSql(by, value);
}

/** A term as what is equal where it is. */
const alikeSql = (by: Emitter, term: Term): Sql => comparable(by, termSql(by, term), term.type);

/** The same, in `partition by`. */
function partSql(by: Emitter, term: Term): Sql {
  const { floatPart } = by.operators.numbers;
  return term.type.kind === "float" && floatPart !== undefined ? floatPart(termSql(by, term)) : alikeSql(by, term);
}

/** A column of groups. Where groups are not of texts but of their bytes, any text of a group is the same one. */
function groupedSql(by: Emitter, value: Column["value"]): Sql {
  const column = columnSql(by, value);
  if (value.kind === "aggregate" || value.kind === "windowed" || value.type.kind !== "text") return column;
  return by.operators.text.exact === null ? column : sql`min(${column})`;
}

function windowedSql(by: Emitter, { fn, of, partitionBy, orderBy }: Windowed): Sql {
  const value = of === null ? plain("*") : termSql(by, of);
  const parts = partitionBy.map((term) => partSql(by, term));
  const partition = parts.length === 0 ? plain("") : sql`partition by ${joined(parts, ", ")}`;
  const ordered = sql`${partition}${plain(parts.length === 0 ? "" : " ")}order by ${ordersSql(by, orderBy)}`;
  switch (fn) {
    case "previous":
      return sql`lag(${value}) over (${ordered})`;
    case "least":
      return sql`min(${value}) over (${partition})`;
    case "count":
      return counted(by, sql`${countName(by)}(${value}) over (${partition})`);
    case "leastAfter":
      return sql`min(${value}) over (${ordered} rows between 1 following and unbounded following)`;
    case "greatestBefore":
      return sql`max(${value}) over (${ordered} rows between unbounded preceding and 1 preceding)`;
    case "place":
      return counted(by, sql`row_number() over (${ordered})`);
    case "sharedPlace":
      return counted(by, sql`rank() over (${ordered})`);
  }
}

/** The aggregate that counts. */
export const countName = (by: Emitter): Sql => plain(by.operators.numbers.count ?? "count");

const counted = (by: Emitter, count: Sql): Sql => by.operators.numbers.counted?.(count) ?? count;

/** Rows that the aggregate is not about are missing to it. */
function aggregateSql(by: Emitter, { fn, filter, of, share, type }: Aggregate): Sql {
  const { numbers, text } = by.operators;
  const isAll = filter.length === 0;
  const asked: Condition = { kind: "and", items: filter };
  const only = (value: Sql): Sql => (isAll ? value : sql`case when ${conditionSql(by, asked)} then ${value} end`);
  const name = countName(by);
  const count = counted(by, isAll ? sql`${name}(*)` : sql`${name}(${only(plain("1"))})`);
  if (share !== null) {
    const met: Condition = { kind: "and", items: [...filter, share] };
    const part = sql`${name}(case when ${conditionSql(by, met)} then 1 end)`;
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
      if (of.type.kind === "float") {
        const sum = sql`sum(${value})`;
        return sql`${numbers.dividend?.(sum) ?? sum} / nullif(${name}(${value}), 0)`;
      }
      return sql`${numbers.sumAsFloat(value, scalarOf(of))} / nullif(${name}(${value}), 0)`;
    case "median":
    case "most_frequent":
      throw new InternalError(`${fn} is planned as a rank`);
    case "distinct":
      return counted(by, sql`${name}(distinct ${comparable(by, value, of.type)})`);
    case "min":
    case "max":
      if (of.type.kind === "text") return text.ordered(sql`${plain(fn)}(${text.order(value)})`);
      return sql`${plain(fn)}(${value})`;
  }
}

/** What has been asked for once decides nothing the second time, and SQL Server refuses it. */
function ordersSql(by: Emitter, orders: readonly Order[]): Sql {
  const keyOf = ({ term }: Order): string =>
    JSON.stringify(term, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part));
  const keys = orders.map(keyOf);
  const once = orders.filter((_, index) => keys.indexOf(keys[index] as string) === index);
  return joined(
    once.flatMap((order) => orderSql(by, order)),
    ", ",
  );
}

/** Missing is lowest, whatever the engine thinks. */
function orderSql(by: Emitter, { term, isKnown, descending }: Order): readonly Sql[] {
  const value = termSql(by, term);
  const direction = plain(descending ? " desc" : "");
  const sorted = term.type.kind === "text" ? by.operators.text.order(value) : value;
  if (isKnown) return [sql`${sorted}${direction}`];
  return [sql`case when ${value} is null then 0 else 1 end${direction}`, sql`${sorted}${direction}`];
}
