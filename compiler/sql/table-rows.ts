import { type SelectQueryNode, sql } from "kysely";
import type { Entity, Model } from "../../language/model/model.ts";
import { isScalar } from "../../language/types/kinds.ts";
import { INTEGER, type Type } from "../../language/types/type.ts";
import type { CellType } from "../plan/term.ts";
import { dialectOf } from "./compile.ts";
import type { Emitter } from "./emitter.ts";
import type { Sql } from "./fragment.ts";
import { compileQuery } from "./query-compiler.ts";
import { selectNode } from "./relation.ts";
import type { Parameter } from "./statement.ts";
import type { Storage } from "./storage.ts";
import { termSql } from "./value.ts";
import { writing } from "./writing.ts";

/** A statement that answers all rows of one table of an entity, in a form that is the same on every engine. */
export interface TableRows {
  readonly entity: string;
  /** Index of the extension, or null for the entity's own table. */
  readonly extension: number | null;
  /** The columns of the answer: `c0`, `c1`, …; of an extension, the first one is the key it is found by. */
  readonly columns: readonly RowColumn[];
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

/**
 * `field` is null of the key of an extension. In the answer integers, decimals (whole numbers of 10^-`scale`, or with their point where it is null) and timestamps
 * (microseconds since 1970 UTC) are text, dates days since 1970, booleans 0 or 1, floats numbers. A list is the text of a JSON array of these, each as
 * text; JSON is its text.
 */
export interface RowColumn {
  readonly name: string;
  readonly field: string | null;
  readonly type: CellType;
  readonly scale: number | null;
}

/** The rows of these entities, their own tables and extensions. */
export function tableRowsSql(
  model: Model,
  entities: ReadonlySet<string>,
  options: { readonly dialect: string; readonly storage: Storage },
): readonly TableRows[] {
  const asked = [...model.entities.values()].filter(({ name }) => entities.has(name));
  return asked.flatMap((entity) => [
    ofTable(entity, null, entity.table, options),
    ...entity.extensions.map(({ table }, index) => ofTable(entity, index, table, options)),
  ]);
}

function ofTable(
  entity: Entity,
  extension: number | null,
  table: readonly string[],
  { dialect: name, storage }: { readonly dialect: string; readonly storage: Storage },
): TableRows {
  const dialect = dialectOf(name);
  const source = { alias: "t", of: { kind: "table", table }, join: "from", on: [], within: null } as const;
  const session = writing({ dialect, storage, inline: false, zone: "UTC", longestList: 1, names: [] });
  const by = session.emitterOf({ sources: [source] });
  const isScaled = by.operators.numbers.decimals.kind === "scaled";
  const cells: { readonly field: string | null; readonly column: string; readonly type: CellType }[] = [];
  if (extension !== null) {
    const { by: column = "", byType: type = INTEGER } = entity.extensions[extension] ?? {};
    cells.push({ field: null, column, type });
  }
  for (const { name: field, column, type, extension: own } of entity.fields.values())
    if (own === extension && isCell(type)) cells.push({ field, column, type });
  const columns = cells.map(({ field, type }, index): RowColumn => {
    const held = type.kind === "list" ? type.of : type;
    const scale = held.kind === "decimal" && isScaled ? held.scale : null;
    return { name: `c${index}`, field, type, scale };
  });
  const values = cells.map(({ column, type }) =>
    answerSql(by, termSql(by, { kind: "cell", source: "t", column, type }), type),
  );
  const selected = columns.map((column, index) => ({ name: column.name, value: values[index] as Sql }));
  const node: SelectQueryNode = selectNode(by, { sources: [source], filter: [] }, selected, null);
  return { entity: entity.name, extension, columns, ...compileQuery(dialect, false, node) };
}

const isCell = (type: Type): type is CellType => isScalar(type) || type.kind === "list" || type.kind === "json";

function answerSql(by: Emitter, value: Sql, type: CellType): Sql {
  const { operators } = by;
  switch (type.kind) {
    case "list":
      return operators.listText(value, type.of, (element) => answerSql(by, element, type.of));
    case "json":
      return operators.jsonText?.(value) ?? sql`cast(${value} as text)`;
    case "text":
    case "float":
      return value;
    case "integer":
    case "decimal":
      return operators.keyText(value, INTEGER);
    case "boolean":
      return sql`case when ${value} is null then null when ${operators.isTrue(value)} then 1 else 0 end`;
    case "date":
      return operators.times.daysBetween(operators.times.day(0), value);
    case "timestamp":
      return operators.keyText(operators.times.microsBetween(operators.times.instant(0n), value), INTEGER);
  }
}
