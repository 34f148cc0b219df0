import { TEXT, TIMESTAMP } from "../../language/types/type.ts";
import { atom, type Condition, compare, type Term } from "./term.ts";

/** The table of who is, or was, in what: `entity`, `segment`, `key` as text, and `left_at`, missing of those who still are. */
export const MEMBERSHIP_TABLE = ["seg_membership"] as const;

/** The table of what was written there: a snapshot is taken where `segment` names it. */
export const RUN_TABLE = ["seg_run"] as const;

/** Which rows of the table of members, under an alias, a snapshot stored, and their key. */
export function storedRows(
  source: string,
  snapshot: string,
  entity: string,
): { readonly filter: readonly Condition[]; readonly key: Term } {
  const text = (name: string): Term => ({ kind: "cell", source, column: name, type: TEXT });
  const left: Term = { kind: "cell", source, column: "left_at", type: TIMESTAMP };
  const is = (name: string, value: string): Condition =>
    compare(text(name), "=", { kind: "constant", type: TEXT, value });
  return {
    filter: [is("entity", entity), is("segment", snapshot), atom({ kind: "known", value: left }, true)],
    key: text("key"),
  };
}
