import type { CompareOp, Pred, Test } from "../../language/meaning/ir.ts";
import { type Cell, compareCells, fold } from "./cell.ts";

/** Two known values of one type. */
export function compares(op: CompareOp, left: Cell, right: Cell): boolean {
  const order = compareCells(left, right);
  switch (op) {
    case "=":
      return order === 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

/** "`contains`, `starts with`, `ends with`: text, literally." */
export function textHolds(mode: Extract<Test, { kind: "text" }>["mode"], text: string, part: string): boolean {
  if (mode === "contains") return text.includes(part);
  return mode === "startsWith" ? text.startsWith(part) : text.endsWith(part);
}

/** "`has any […]`, `has all […]`." Null where the list or an option is missing. */
export function hasHolds(
  { mode, ignoreCase }: Extract<Test, { kind: "has" }>,
  list: Cell,
  options: readonly Cell[],
): boolean | null {
  if (!Array.isArray(list) || options.includes(null)) return null;
  const elements = (list as readonly Cell[]).filter((element) => element !== null).map((e) => fold(e, ignoreCase));
  const isThere = (option: Cell): boolean => elements.some((e) => compareCells(e, fold(option, ignoreCase)) === 0);
  return mode === "all" ? options.every(isThere) : options.some(isThere);
}

/** "`at least 2 of (a, b, c)`, `at most`, `exactly`": whether it is right that so many hold. */
export function isCount({ mode, k }: Extract<Pred, { kind: "countOf" }>, held: number): boolean {
  if (mode === "atLeast") return held >= k;
  return mode === "atMost" ? held <= k : held === k;
}
