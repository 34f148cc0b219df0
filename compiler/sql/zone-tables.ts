import { sql } from "kysely";
import { TEXT } from "../../language/types/type.ts";
import type { OffsetTable, ZoneTable } from "../plan/plan.ts";
import { constantSql, type Emitter } from "./emitter.ts";
import { joined, number, plain, type Sql } from "./fragment.ts";

/** More characters than the name of any zone has. */
const LONGEST_ZONE = 60;

/** The rows of each value, whose zones are one list of names. */
export function zoneTableSql(by: Emitter, { groups }: ZoneTable): Sql {
  const lists = groups.map(({ zones, value }) => ({
    json: constantSql(by, { kind: "constant", type: TEXT, value: JSON.stringify(zones) }),
    value: constantSql(by, value),
  }));
  if (by.operators.spread !== undefined) return sql`(${by.operators.spread(lists)})`;
  const rows = lists.map(
    ({ json, value }) =>
      sql`select ${sql.id("l", "value")} as ${sql.id("zone")}, ${value} as ${sql.id("value")} from (${by.operators.list(json, TEXT, LONGEST_ZONE)}) as ${sql.id("l")}`,
  );
  return sql`(${joined(rows, " union all ")})`;
}

const COLUMNS = ["class", "since", "until", "ahead"];

/** The rows of the table. */
export function offsetTableSql(by: Emitter, { rows }: OffsetTable): Sql {
  const numbers = rows.map((row) => row.map((part) => number(part)));
  return (by.operators.rows ?? rowsSql)(COLUMNS, numbers);
}

/** The first row, which there is not, has the names and types of the columns. */
function rowsSql(columns: readonly string[], rows: readonly (readonly Sql[])[]): Sql {
  const first = columns.map((name) => sql`cast(0 as bigint) as ${sql.id(name)}`);
  const values = rows.map((row) => sql`(${joined(row, ", ")})`);
  return sql`(select ${joined(first, ", ")} where ${plain("1 = 0")} union all values ${joined(values, ", ")})`;
}
