import { sql } from "kysely";
import type { Offset } from "../../language/meaning/calendar.ts";
import { TEXT } from "../../language/types/type.ts";
import type { CellType, Constant, Term } from "../plan/term.ts";
import type { Dialect, Operators } from "./dialect.ts";
import { parameter, plain, type Sql } from "./fragment.ts";
import type { StoredAs } from "./storage.ts";

/** What the writing of one statement needs, and what it leaves. */
export interface Emitter {
  readonly dialect: Dialect;
  readonly operators: Operators;
  /** Without parameters: values become literals. */
  readonly inline: boolean;
  /** More options than these go into a relation of their own. */
  readonly longestList: number;
  readonly offsets: readonly Offset[];
  readonly zone: string;
  /** The form in which a column of a source is stored, where it is unusual. */
  readonly stored: (source: string, column: string, type: CellType) => StoredAs | null;
  /** The instant so many seconds after the engine's clock, which the query then reads. */
  readonly clock: (ahead: number) => Sql;
  /** The relation of one row that has these instants, where something of the query reads them; null elsewhere. */
  readonly clockSource: () => Sql | null;
  /** Names the relation that lists these values. */
  readonly list: (options: readonly Constant[]) => string;
}

/** A constant, cast to its type. */
export function constantSql(by: Emitter, constant: Constant): Sql {
  if (constant.ahead !== undefined) return by.clock(constant.ahead);
  const { parameter: value, type, collation } = by.operators.constant(constant);
  return collated(sql`cast(${parameter(value)} as ${plain(type)})`, collation);
}

/** A constant beside a value of its type; as a literal it needs no cast where the literal has that type. */
export function besideSql(by: Emitter, constant: Constant): Sql {
  if (constant.ahead !== undefined) return by.clock(constant.ahead);
  const { parameter: value, collation, yields } = by.operators.constant(constant);
  const isPlain = value.type === "text" || value.type === "integer" || value.type === "decimal";
  return by.inline && isPlain && value.value !== null
    ? collated(parameter(value), yields ? undefined : collation)
    : constantSql(by, constant);
}

const collated = (text: Sql, collation: string | undefined): Sql =>
  collation === undefined ? text : sql`${text} collate ${plain(collation)}`;

/** A value beside another one with `=`, in `group by` or `partition by`: there, texts are alike where their bytes are. */
export function comparable({ operators }: Emitter, value: Sql, type: Term["type"]): Sql {
  const { exact } = operators.text;
  return type.kind === "text" && exact !== null ? exact(value) : value;
}

/** Values as texts, the way they are bound. */
export const listTexts = (operators: Operators, options: readonly Constant[]): readonly string[] =>
  options.map((option) => String(operators.constant(option).parameter.value));

/** The JSON list of these texts as a constant. */
export const listJson = (by: Emitter, options: readonly Constant[]): Sql =>
  constantSql(by, { kind: "constant", type: TEXT, value: JSON.stringify(listTexts(by.operators, options)) });
