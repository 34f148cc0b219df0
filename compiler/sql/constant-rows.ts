import { sql } from "kysely";
import { joined, plain, type Sql } from "./fragment.ts";

/** Constant rows of integers as a query each, put one after the other, for engines that have no `values` there. */
export const rowsByUnion =
  (type: string) =>
  (columns: readonly string[], rows: readonly (readonly Sql[])[]): Sql => {
    const selects = rows.map((row) => {
      const cells = row.map((value, i) => sql`cast(${value} as ${plain(type)}) as ${sql.id(columns[i] as string)}`);
      return sql`select ${joined(cells, ", ")}`;
    });
    return sql`(${joined(selects, " union all ")})`;
  };
