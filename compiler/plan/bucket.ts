import type { Test } from "../../language/meaning/ir.ts";
import { INTEGER, TEXT } from "../../language/types/type.ts";
import type { Place } from "./place.ts";
import { keyOf, type Planner, relyOnKey } from "./planner.ts";
import { rowHandle } from "./row.ts";
import { type Condition, compare, type Term } from "./term.ts";

/** That a row's bucket lies in a stretch of buckets; a normal test is never about all of them. */
export function bucketTest(of: Planner, test: Extract<Test, { kind: "bucket" }>, place: Place): Condition {
  const handle = rowHandle(of, test.row, place);
  relyOnKey(of, handle.entity);
  const seed = { kind: "constant", type: TEXT, value: test.seed } as const;
  const bucket: Term = { kind: "bucket", seed, key: handle.field(keyOf(of, handle.entity)), type: INTEGER };
  const edge = (value: number): Term => ({ kind: "constant", type: INTEGER, value: String(value) });
  const items: Condition[] = [];
  if (test.from > 0) items.push(compare(bucket, ">=", edge(test.from)));
  if (test.to < 10_000) items.push(compare(bucket, "<", edge(test.to)));
  const [only] = items;
  return only !== undefined && items.length === 1 ? only : { kind: "and", items };
}
