import type { Plan, Relation } from "../plan/plan.ts";
import type { Limits } from "./dialect.ts";
import type { Compiled } from "./query-compiler.ts";
import type { Shape } from "./statement.ts";

/** What every statement keeps to, on every engine. */
export const MOST_PARAMETERS = 2000;

/** Statements of several segments are divided beyond this, in bytes of UTF-8. */
export const HANDY_TEXT = 200 * 1024;

/** A segment by itself may become so long where the engine takes it; BigQuery, Snowflake and Trino draw the line here. */
const LONGEST_TEXT = 1_000_000;

/** Segments of which one statement lists the members; SQLite takes 500. */
const MOST_LISTS = 400;

/** Why a statement is more than an engine takes. `parameters` and `size` may be mended by listing values apart, all but `depth` by fewer segments. */
export interface Excess {
  readonly kind: "parameters" | "size" | "depth" | "tables";
  readonly has: string;
  readonly most: string;
}

/** What a plan has too many of. */
export function excessOfPlan(plan: Plan, shape: Shape, limits: Limits): Excess | null {
  const lists = limits.lists ?? MOST_LISTS;
  if (shape === "members" && plan.memberships.length > lists) return tables(plan.memberships.length, lists, "lists");
  const relations = [...plan.relations, { ...plan.people, columns: plan.memberships }];
  if (relations.length > limits.relations) return tables(relations.length, limits.relations, "parts");
  for (const { sources, columns } of relations) {
    if (sources.length > limits.joins) return tables(sources.length, limits.joins, "tables at once");
    if (columns.length > limits.columns) return tables(columns.length, limits.columns, "columns");
  }
  if (limits.operations !== undefined) {
    const parts = relations.flatMap(({ filter, columns }): readonly unknown[] => [filter, ...columns]);
    const most = parts.reduce<number>((greatest, part) => Math.max(greatest, operations(part)), 0);
    if (most > limits.operations) return tables(most, limits.operations, "values and tests in one condition");
  }
  if (limits.inlined === undefined) return null;
  const { deep, all } = inlined(plan);
  if (deep > limits.inlined.deep) return tables(deep, limits.inlined.deep, "queries in one another");
  return all > limits.inlined.all ? tables(all, limits.inlined.all, "queries") : null;
}

/** How many values and tests there are in what a plan works out in one go; those of a list are one. */
function operations(node: unknown): number {
  if (typeof node !== "object" || node === null) return 0;
  const { type: _, options: __, ...parts } = node as Readonly<Record<string, unknown>>;
  return Object.values(parts).reduce<number>((sum, part) => sum + operations(part), "kind" in node ? 1 : 0);
}

/** The relations that these sources read, as often as they do. */
export const relationsRead = (sources: Relation["sources"]): readonly string[] =>
  sources.flatMap(({ of }) => {
    if (of.kind === "union") return of.parts.map((part) => part.name);
    return of.kind === "relation" ? [of.name] : [];
  });

/** How many queries lie in one another, and how many there are, where each stands in the place of its readers. */
function inlined({ relations, people }: Plan): { readonly deep: number; readonly all: number } {
  const sizes = new Map<string, { readonly deep: number; readonly all: number }>();
  const sizeOf = (sources: Relation["sources"], own: number): { readonly deep: number; readonly all: number } => {
    const read = relationsRead(sources).map((name) => sizes.get(name) ?? { deep: 0, all: 0 });
    return {
      deep: own + read.reduce((deepest, { deep }) => Math.max(deepest, deep), 0),
      all: own + read.reduce((sum, { all }) => sum + all, 0),
    };
  };
  // What keeps some of the rows that it numbers is two queries.
  for (const { name, sources, rank } of relations)
    sizes.set(name, sizeOf(sources, rank === null || rank.keep.kind === "all" ? 1 : 2));
  return sizeOf(people.sources, 0);
}

const tables = (has: number, most: number, what: string): Excess => ({
  kind: "tables",
  has: `${grouped(has)} ${what}`,
  most: grouped(most),
});

/** What a compiled statement has too much of, whose text may have so many bytes of UTF-8. */
export function excessOf({ sql, parameters, depth, cases }: Compiled, limits: Limits, longest: number): Excess | null {
  if (parameters.length > MOST_PARAMETERS)
    return { kind: "parameters", has: `${grouped(parameters.length)} parameters`, most: grouped(MOST_PARAMETERS) };
  const bytes = utf8Length(sql);
  if (bytes > longest)
    return { kind: "size", has: `${grouped(Math.ceil(bytes / 1024))} KB`, most: inKilobytes(longest) };
  if (limits.cases !== undefined && cases > limits.cases)
    return { kind: "depth", has: `${grouped(cases)} case in one another`, most: grouped(limits.cases) };
  if (depth > limits.depth) return { kind: "depth", has: `a depth of ${grouped(depth)}`, most: grouped(limits.depth) };
  return null;
}

/** What is so long that it was not written to its end. */
export function tooMuchText(longest: number): Excess {
  const most = inKilobytes(longest);
  return { kind: "size", has: `more than ${most} KB`, most };
}

const inKilobytes = (bytes: number): string => grouped(Math.floor(bytes / 1024));

/** What the text of a segment by itself may have, in bytes of UTF-8. */
export const longestText = ({ text }: Limits): number => text ?? LONGEST_TEXT;

/** A number for people. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
