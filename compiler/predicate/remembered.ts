import type { Row } from "./rows.ts";

/** The answer for a row under a name, worked out once. */
export function remembered<A>(answers: Map<string, Map<Row, A>>, name: string, row: Row, work: () => A): A {
  const byRow = answers.get(name) ?? new Map<Row, A>();
  answers.set(name, byRow);
  const known = byRow.get(row);
  if (known !== undefined) return known;
  const answer = work();
  byRow.set(row, answer);
  return answer;
}
