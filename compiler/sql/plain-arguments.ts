import type { OperationNode } from "kysely";
import { INTEGER } from "../../language/types/type.ts";
import type { Namer } from "../plan/names.ts";
import type { Aggregate, Column, Order, Relation, Windowed } from "../plan/plan.ts";
import type { Condition, Term } from "../plan/term.ts";
import { conditionSql } from "./condition.ts";
import type { Emitter } from "./emitter.ts";
import type { Sql } from "./fragment.ts";
import { scalarOf } from "./scale.ts";
import { termSql } from "./value.ts";

/**
 * The relation as it is, where nothing that it groups by or takes aggregates of holds a query. Else two, for engines that take none there: the same
 * rows with these values as columns, and the groups of them.
 */
export function withPlainArguments(by: Emitter, relation: Relation, names: Namer): readonly Relation[] {
  if (!argumentsOf(by, relation).some(holdsQuery)) return [relation];
  const below = { name: names.name(`${relation.name}_rows`), columns: [] as Column[] };
  const column = columnsOf(below.columns);
  const flag = (condition: Condition): Condition => ({
    kind: "atom",
    negated: false,
    atom: { kind: "flag", flag: column({ kind: "flag", condition, type: INTEGER }) },
  });
  const order = (orders: readonly Order[]): readonly Order[] =>
    orders.map((one) => ({ ...one, term: column(one.term) }));
  const value = (of: Column["value"]): Column["value"] => {
    if (of.kind === "aggregate") return aggregateOver(of, column, flag);
    if (of.kind !== "windowed") return column(of);
    const { partitionBy, orderBy } = of;
    const inner = of.of === null ? null : column(of.of);
    return { ...of, of: inner, partitionBy: partitionBy.map(column), orderBy: order(orderBy) };
  };
  const { rank } = relation;
  const above: Relation = {
    name: relation.name,
    sources: [{ alias: "q", of: { kind: "relation", name: below.name }, join: "from", on: [], within: null }],
    filter: [],
    groupBy: relation.groupBy?.map(column) ?? null,
    columns: relation.columns.map((one) => ({ name: one.name, value: value(one.value) })),
    rank: rank === null ? null : { ...rank, partitionBy: rank.partitionBy.map(column), orderBy: order(rank.orderBy) },
  };
  return [{ ...below, sources: relation.sources, filter: relation.filter, groupBy: null, rank: null }, above];
}

/** Makes a term a column of the rows below, once. */
function columnsOf(columns: Column[]): (term: Term) => Term {
  const known = new Map<string, string>();
  return (term) => {
    if (term.kind === "constant") return term;
    const key = JSON.stringify(term, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part));
    const name = known.get(key) ?? `v${known.size}`;
    if (!known.has(key)) columns.push({ name, value: term });
    known.set(key, name);
    return { kind: "column", source: "q", column: name, type: term.type };
  };
}

/** What is not asked for is missing below already, so that it is worked out of no other row than before. */
function aggregateOver(
  aggregate: Aggregate,
  column: (term: Term) => Term,
  flag: (condition: Condition) => Condition,
): Aggregate {
  const { fn, of, filter, share } = aggregate;
  if (of === null || fn === "count" || share !== null || filter.length === 0)
    return {
      ...aggregate,
      filter: filter.map(flag),
      of: of === null ? null : column(of),
      share: share === null ? null : flag(share),
    };
  const condition: Condition = { kind: "and", items: filter };
  return { ...aggregate, filter: [], of: column({ kind: "when", condition, value: of, type: scalarOf(of) }) };
}

function argumentsOf(by: Emitter, { columns, groupBy }: Relation): readonly Sql[] {
  const found = (groupBy ?? []).map((term) => termSql(by, term));
  for (const { value } of columns) {
    if (value.kind === "aggregate") found.push(...aggregateArguments(by, value));
    else if (value.kind === "windowed") found.push(...windowArguments(by, value));
  }
  return found;
}

function aggregateArguments(by: Emitter, { of, filter, share }: Aggregate): readonly Sql[] {
  const conditions = [...filter, ...(share === null ? [] : [share])];
  return [...conditions.map((condition) => conditionSql(by, condition)), ...(of === null ? [] : [termSql(by, of)])];
}

const windowArguments = (by: Emitter, { of }: Windowed): readonly Sql[] => (of === null ? [] : [termSql(by, of)]);

/** Whether a query stands in a piece of SQL. Its own text holds no name and no value, so that the word is the keyword. */
export function holdsQuery(piece: Sql): boolean {
  const open: OperationNode[] = [piece.toOperationNode()];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === "SelectQueryNode") return true;
    if (node.kind !== "RawNode") continue;
    const { sqlFragments, parameters } = node as unknown as {
      readonly sqlFragments: readonly string[];
      readonly parameters: readonly OperationNode[];
    };
    if (sqlFragments.some((fragment) => /\bselect\b/.test(fragment))) return true;
    open.push(...parameters);
  }
  return false;
}
