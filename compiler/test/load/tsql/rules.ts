import { type Piece, pieces } from "./tokens.ts";

/** What SQL Server refuses and PostgreSQL takes, by the number of its message. Throws at the first. */
export function obey(sql: string): void {
  const all = pieces(sql);
  query(all, true);
  deep(all, 0);
}

const isWord = (piece: Piece | undefined, ...words: readonly string[]): boolean =>
  piece?.kind === "word" && words.includes(piece.text);

const refuse = (message: string): never => {
  throw new Error(`SQL Server: ${message}`);
};

const AGGREGATES = ["count_big", "sum", "min", "max", "lag"];
const COMPARISONS = ["=", "<>", "<", "<=", ">", ">="];
const CLAUSES = ["from", "where", "group", "having", "order", "union", "rows"];

/** `case` in one another: 125. Names: 103. Parameters: 8003. */
function deep(items: readonly Piece[], cases: number): void {
  let inside = cases;
  for (const [at, piece] of items.entries()) {
    if (piece.kind === "name" && piece.text.length > 128) refuse("an identifier is too long (103)");
    if (piece.kind === "parameter" && Number(piece.text) > 2100) refuse("more than 2,100 parameters (8003)");
    if (isWord(piece, "case") && ++inside > 10) refuse("case expressions may only be nested to level 10 (125)");
    if (isWord(piece, "end")) inside--;
    if (piece.kind !== "group") continue;
    const isShort = isWord(items[at - 1], "coalesce", "nullif");
    if (isShort && inside >= 10) refuse("case expressions may only be nested to level 10 (125)");
    deep(piece.items, inside + (isShort ? 1 : 0));
  }
}

/** A statement, or what stands in parentheses. */
function query(items: readonly Piece[], isWhole: boolean): void {
  items.forEach((piece, at) => {
    const next = items[at + 1];
    const before = items[at - 1];
    if (isWord(piece, "select")) values(until(items, at + 1, CLAUSES));
    if (isWord(piece, "then", "else")) values(until(items, at + 1, ["when", "else", "end"]));
    if (isWord(piece, "by") && isWord(before, "group") && holdsQuery(until(items, at + 1, CLAUSES)))
      refuse("a subquery in the list of a group by (144)");
    if (isWord(piece, "by") && isWord(before, "order")) order(until(items, at + 1, CLAUSES));
    if (isWord(piece, "order") && !isWhole) refuse("an order by in a view, a derived table or a subquery (1033)");
    if (piece.kind === "word" && next?.kind === "group") called(piece.text, next.items);
    if (piece.kind === "group") query(piece.items, isWord(before, "over"));
  });
}

function called(name: string, items: readonly Piece[]): void {
  if (AGGREGATES.includes(name) && holdsQuery(items)) refuse("an aggregate of a subquery (130)");
  if (/^(?:[a-z_]+_|cast|try_cast|coalesce|nullif|abs|sum|min|max|left|right|len|count_big)$/.test(name)) values(items);
}

const holdsQuery = (items: readonly Piece[]): boolean =>
  items.some((piece) => isWord(piece, "select") || (piece.kind === "group" && holdsQuery(piece.items)));

/** What stands before the next of these words, outside of a `case`. */
function until(items: readonly Piece[], start: number, words: readonly string[]): readonly Piece[] {
  let cases = 0;
  let at = start;
  for (; at < items.length; at++) {
    if (cases === 0 && isWord(items[at], ...words)) break;
    if (isWord(items[at], "case")) cases++;
    if (isWord(items[at], "end")) cases--;
  }
  return items.slice(start, at);
}

/** No condition is a value: 102, or 4145. */
function values(items: readonly Piece[]): void {
  let cases = 0;
  for (const piece of items) {
    if (isWord(piece, "select")) return;
    if (isWord(piece, "case")) cases++;
    else if (isWord(piece, "end")) cases--;
    else if (cases > 0) continue;
    else if (piece.kind === "sign" && COMPARISONS.includes(piece.text)) refuse("a comparison as a value (102)");
    else if (isWord(piece, "and", "or", "not", "is", "in", "exists")) refuse("a condition as a value (102)");
  }
}

/** A column twice: 169. A constant: 408, 5309. */
function order(items: readonly Piece[]): void {
  const seen = new Set<string>();
  let one: Piece[] = [];
  for (const piece of [...items, { kind: "sign", text: "," } as const]) {
    if (piece.kind !== "sign" || piece.text !== ",") {
      if (!isWord(piece, "desc")) one.push(piece);
      continue;
    }
    const text = JSON.stringify(one);
    if (seen.has(text)) refuse("a column twice in an order by (169)");
    if (!text.includes('"kind":"name"') && !holdsQuery(one)) refuse("a constant in an order by (408)");
    seen.add(text);
    one = [];
  }
}
