import { sql } from "kysely";
import type { Dialect } from "../dialect.ts";
import { joined, plain, type Sql } from "../fragment.ts";
import { mysqlDialect } from "./mysql.ts";

/** MySQL's language, as far as `mysql.ts` says nothing else. JSON is text here, and each reader of a named query works it out again. */
export const mariadb: Dialect = mysqlDialect({
  name: "mariadb",
  title: "MariaDB",
  support: { level: "verified", by: "executed by a MariaDB 10.11 server in CI" },
  collation: "utf8mb4_nopad_bin",
  row: "",
  relations: 60,
  json: (column) =>
    sql`case when json_valid(${column}) then ${column} when ${column} is not null then 9223372036854775807 + 1 end`,
  member(object, path, name) {
    // A name that is written with escapes is not found by its path, but by its place among the names.
    const isPlain = sql`locate(${BACKSLASH}, ${object}) = 0`;
    const values = sql`json_table(${object}, '$.*' columns (n for ordinality, v json path '$')) as v_`;
    const names = sql`json_table(json_keys(${object}), '$[*]' columns (n for ordinality, v json path '$')) as n_`;
    const found = sql`(select v_.v from ${values} join ${names} on n_.n = v_.n where json_unquote(n_.v) = ${name})`;
    return sql`case when ${isPlain} then json_extract(${object}, ${path}) else ${found} end`;
  },
  // There is no `lateral`, but a table of JSON may hold values of the row.
  over(row, answer) {
    const values = row.map(({ value }) => value);
    const columns = row.map(({ name, type }, index) => plain(`${name} ${type} path '$[${index}]'`));
    return sql`(select ${answer} from json_table(json_array(${joined(values, ", ")}), '$' columns (${joined(columns, ", ")})) as o_)`;
  },
  counted: (count) => count,
});

const BACKSLASH: Sql = plain("_utf8mb4 x'5c'");
