import { type SelectQueryNode, sql } from "kysely";
import { TEXT } from "../../language/types/type.ts";
import type { Source } from "../plan/plan.ts";
import { MEMBERSHIP_TABLE, RUN_TABLE, storedRows } from "../plan/stored-tables.ts";
import { type Condition, compare, type Term } from "../plan/term.ts";
import { dialectOf } from "./compile.ts";
import { compileQuery } from "./query-compiler.ts";
import { countName, selectNode } from "./relation.ts";
import type { Parameter } from "./statement.ts";
import type { Storage } from "./storage.ts";
import { termSql } from "./value.ts";
import { writing } from "./writing.ts";

/** How to ask a connection for what a snapshot stored. */
export interface StoredKeys {
  readonly snapshot: string;
  /** Answers one row with `taken`, a number: 0 where the snapshot has not been taken yet. */
  readonly taken: Asked;
  /** Answers the keys, as text in `key`, in no order, perhaps more than once. */
  readonly keys: Asked;
}

/** A statement and its values. */
export interface Asked {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

/** The questions about one snapshot. A statement that reads a snapshot finds nobody where it is not taken, so this is asked before. */
export function storedKeysSql(
  snapshot: { readonly name: string; readonly entity: string },
  options: { readonly dialect: string; readonly storage: Storage },
): StoredKeys {
  const { name, entity } = snapshot;
  const run: Term = { kind: "cell", source: "t", column: "segment", type: TEXT };
  const isTaken = compare(run, "=", { kind: "constant", type: TEXT, value: name });
  const { filter, key } = storedRows("t", name, entity);
  return {
    snapshot: name,
    taken: asked(RUN_TABLE, [isTaken], { name: "taken", value: null }, options),
    keys: asked(MEMBERSHIP_TABLE, filter, { name: "key", value: key }, options),
  };
}

/** One column of some rows of a table; without a value, how many they are. */
function asked(
  table: readonly string[],
  filter: readonly Condition[],
  { name, value }: { readonly name: string; readonly value: Term | null },
  options: { readonly dialect: string; readonly storage: Storage },
): Asked {
  const dialect = dialectOf(options.dialect);
  const source: Source = { alias: "t", of: { kind: "table", table }, join: "from", on: [], within: null };
  const { storage } = options;
  const session = writing({ dialect, storage, inline: false, zone: "UTC", longestList: 1, names: [] });
  const by = session.emitterOf({ sources: [source] });
  const columns = [{ name, value: value === null ? sql`${countName(by)}(*)` : termSql(by, value) }];
  const node: SelectQueryNode = selectNode(by, { sources: [source], filter }, columns, null);
  return compileQuery(dialect, false, node);
}
