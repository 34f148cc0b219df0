import { type RawBuilder, sql } from "kysely";
import type { Parameter } from "./statement.ts";

/** A piece of SQL. Text in it comes from this folder; names come through `ref` and `tableRef`, values through `parameter`. */
export type Sql = RawBuilder<unknown>;

/** A column of a source. */
export const ref = (source: string, column: string): Sql => sql`${sql.id(source)}.${sql.id(column)}`;

/** A table as the model writes it. */
export const tableRef = (parts: readonly string[]): Sql => sql`${sql.id(...parts)}`;

/** A value that is bound, or written as a literal where the statement is to be without parameters. */
export const parameter = (value: Parameter): Sql => sql`${sql.val<Bound>({ kind: "bound", parameter: value })}`;

/** Text of our own: digits, keywords, type names. Never something that a user wrote. */
export const plain = (text: string): Sql => sql.raw(text);

/** A whole number of our own, in parentheses where it is negative, because `5--1` is a comment to some engines. */
export const number = (value: bigint | number): Sql => plain(value < 0 ? `(${value})` : `${value}`);

/** The pieces with a separator between them. */
export const joined = (pieces: readonly Sql[], separator: string): Sql => sql`${sql.join(pieces, sql.raw(separator))}`;

/** A value in Kysely's tree that is a parameter of ours. */
export interface Bound {
  readonly kind: "bound";
  readonly parameter: Parameter;
}

export const isBound = (value: unknown): value is Bound =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "bound";

/**
 * `case when x < bound then value … end` as a tree, so that few comparisons decide. `steps` are in order; the first holds before all bounds
 * (its `from` is null), each from its own bound on. Where few `case` may lie in one another, all comparisons stand in one.
 */
export function steps<A>(
  of: readonly { readonly from: A | null; readonly value: Sql }[],
  isBefore: (bound: A) => Sql,
  isFlat: boolean,
): Sql {
  if (of.length === 1) return (of[0] as { readonly value: Sql }).value;
  if (isFlat) {
    const whens = of
      .slice(1)
      .map(({ from }, before) => sql`when ${isBefore(from as A)} then ${of[before]?.value ?? plain("null")}`);
    return sql`case ${joined(whens, " ")} else ${of.at(-1)?.value ?? plain("null")} end`;
  }
  const middle = of.length >> 1;
  const bound = (of[middle] as { readonly from: A }).from;
  return sql`case when ${isBefore(bound)} then ${steps(of.slice(0, middle), isBefore, isFlat)} else ${steps(of.slice(middle), isBefore, isFlat)} end`;
}
