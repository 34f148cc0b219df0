import type { ScalarType } from "../../language/types/type.ts";
import { type Namer, namer } from "./names.ts";
import type { Aggregate, Column, OffsetTable, Rank, Relation, Source, Windowed, ZoneTable } from "./plan.ts";
import { shared } from "./share.ts";
import type { Condition, Term, TermType } from "./term.ts";

/** A relation while it is planned: those who read it ask for columns, and each column is worked out once. */
export interface RelationBuilder {
  readonly name: string;
  readonly sources: Source[];
  /** The relations that the sources are, by alias. */
  readonly reads: RelationBuilder[];
  readonly filter: Condition[];
  groupBy: readonly Term[] | null;
  rank: Rank | null;
  readonly columns: Map<string, Column>;
  readonly columnNames: Namer;
  readonly aliases: Namer;
  /** Aliases of joins that others may use again, by what they join. */
  readonly joins: Map<string, string>;
}

/** An empty relation; `name` is unique in the plan. */
export const relationBuilder = (name: string): RelationBuilder => ({
  name,
  sources: [],
  reads: [],
  filter: [],
  groupBy: null,
  rank: null,
  columns: new Map(),
  columnNames: namer(),
  aliases: namer(),
  joins: new Map(),
});

/** Adds a table as a source and answers its alias. */
export function addTable(
  to: RelationBuilder,
  table: readonly string[],
  hint: string,
  join: Source["join"],
  on: Source["on"],
): string {
  const alias = to.aliases.name(hint);
  to.sources.push({ alias, of: { kind: "table", table }, join, on, within: null });
  return alias;
}

/** Adds a relation as a source and answers its alias; `on` sees it. */
export function addRelation(
  to: RelationBuilder,
  relation: RelationBuilder,
  hint: string,
  join: Source["join"],
  on: (alias: string) => Source["on"],
  within: (alias: string) => Source["within"] = () => null,
): string {
  const alias = to.aliases.name(hint);
  const of = { kind: "relation", name: relation.name } as const;
  to.sources.push({ alias, of, join, on: on(alias), within: within(alias) });
  to.reads.push(relation);
  return alias;
}

/** Adds the rows of several relations, one after the other, as the source and answers its alias. */
export function addUnion(
  to: RelationBuilder,
  parts: readonly { readonly of: RelationBuilder; readonly columns: readonly string[] }[],
  columns: readonly string[],
  hint: string,
): string {
  const alias = to.aliases.name(hint);
  const named = parts.map((part) => ({ name: part.of.name, columns: part.columns }));
  to.sources.push({ alias, of: { kind: "union", parts: named, columns }, join: "from", on: [], within: null });
  to.reads.push(...parts.map((part) => part.of));
  return alias;
}

/** Makes a list of constants the only source of a relation; `columns` are what it has. */
export function listConstants(
  to: RelationBuilder,
  of: ZoneTable | OffsetTable,
  columns: Readonly<Record<string, ScalarType>>,
): void {
  const alias = to.aliases.name("c");
  to.sources.push({ alias, of, join: "from", on: [], within: null });
  for (const [name, type] of Object.entries(columns)) expose(to, column(alias, name, type), name);
}

/** Names that no column of the relation gets. */
export const rankNames = ({ columnNames }: RelationBuilder): Pick<Rank, "number" | "part"> => ({
  number: columnNames.name("number"),
  part: columnNames.name("part"),
});

/** The name of the column that holds the value; the same value twice is one column. */
export function expose(from: RelationBuilder, value: Term | Aggregate | Windowed, hint: string): string {
  const key = JSON.stringify(value);
  const known = from.columns.get(key);
  if (known !== undefined) return known.name;
  const name = from.columnNames.name(hint);
  from.columns.set(key, { name, value });
  return name;
}

/** A column of a source that is a relation. */
export const column = (source: string, name: string, type: TermType): Term => ({
  kind: "column",
  source,
  column: name,
  type,
});

/** The value as a column of the relation, seen by one who reads it under the alias. */
export function through(from: RelationBuilder, alias: string, value: Term, hint: string): Term {
  return column(alias, expose(from, value, hint), value.type);
}

/** An aggregate as a column of the relation, seen by one who reads it under the alias. */
export function aggregated(from: RelationBuilder, alias: string, value: Aggregate, type: ScalarType): Term {
  const of = value.of?.kind === "column" ? `_${value.of.column}` : "";
  return column(alias, expose(from, value, `${value.fn}${of}`), type);
}

/** The relation as planned. What all its aggregates ask of their rows is asked once. */
export function finished(of: RelationBuilder): Relation {
  const { name, sources, filter, groupBy } = of;
  const columns = [...of.columns.values()];
  const plain: Relation = { name, sources, filter, groupBy, columns, rank: rankOf(of.rank, columns) };
  return groupBy === null ? plain : shared(plain);
}

/** The relations that somebody reads, each after those it reads. */
export function inOrder(last: RelationBuilder): readonly Relation[] {
  const found = new Set<RelationBuilder>();
  const visit = (relation: RelationBuilder): void => {
    for (const read of relation.reads) {
      if (found.has(read)) continue;
      visit(read);
      found.add(read);
    }
  };
  visit(last);
  return [...found].map(finished);
}

/** Rows that all keep get their numbers by all that is read of them, so that those which swap numbers are alike. */
function rankOf(rank: Rank | null, columns: readonly Column[]): Rank | null {
  if (rank === null || rank.keep.kind !== "all") return rank;
  const terms = columns.flatMap(({ value }) =>
    value.kind === "aggregate" || value.kind === "windowed" ? [] : [value],
  );
  return { ...rank, orderBy: terms.map((term) => ({ term, isKnown: true, descending: false })) };
}
