import { type Piece, pieces } from "./tokens.ts";

/**
 * T-SQL of ours as PostgreSQL's, for the schema `tsql` of this folder: each cast, function and literal of T-SQL becomes a function that does what SQL Server's
 * documentation says of it. Whatever is not in these lists stops the test.
 */
export const rewritten = (sql: string): string => written(pieces(sql));

/** Functions of T-SQL, under these names with `_` behind them. */
const FUNCTIONS = new Set(
  (
    "char charindex coalesce datalength dateadd datediff_big datefromparts datetrunc day hashbytes isjson left len month openjson replace right " +
    "substring switchoffset sysutcdatetime translate year"
  ).split(" "),
);

/** Those that PostgreSQL has, or that `emulation.sql` adds to it for the types. */
const ALIKE = new Set(
  "abs asin ceiling cos count_big exists floor greatest in lag least max min nullif over rank row_number sign sin sqrt sum values v_ e_".split(
    " ",
  ),
);

/** Whose first, or second, argument is a word of the language. */
const WORDS: Readonly<Record<string, number>> = { dateadd: 0, datediff_big: 0, datetrunc: 0, isjson: 1 };

/** Types of PostgreSQL in the place of those of T-SQL. */
const TYPES: Readonly<Record<string, string>> = {
  nvarchar: "tsql.nchars",
  bit: "tsql.tbit",
  bigint: "bigint",
  decimal: "tsql.dec",
  float: "double precision",
  date: "date",
  datetime2: "timestamp",
};

const KEYWORDS = new Set(
  (
    "select from where group by order having with as on and or not in is null case when then else end union all join left inner cross over partition rows between " +
    "unbounded preceding following exists values desc distinct"
  ).split(" "),
);

/** Whole numbers are of 64 bits in constant rows, whose columns have one type. */
function written(of: readonly Piece[], isRow = false): string {
  const units: string[] = [];
  for (let at = 0; at < of.length; at++) {
    const piece = of[at] as Piece;
    const next = of[at + 1];
    if (piece.kind === "word" && next?.kind === "group" && !isClause(piece.text)) {
      units.push(call(piece.text, next.items));
      at++;
    } else if (piece.kind === "word" && piece.text === "values") {
      units.push(`values ${written(of.slice(at + 1), true)}`);
      at = of.length;
    } else if (piece.kind === "word" && piece.text === "collate") {
      units.push(collated(units, of[++at]));
    } else if (piece.kind === "sign" && piece.text === ".") {
      const [left, right] = [units.pop(), single(of[++at] as Piece, isRow)];
      units.push(`${left}.${right}`);
    } else if (piece.kind === "word" && piece.text === "case") {
      const end = endOf(of, at);
      units.push(`case ${written(of.slice(at + 1, end))} end`);
      at = end;
    } else units.push(single(piece, isRow));
  }
  return units.join(" ");
}

/** Words before a parenthesis that call nothing. */
const isClause = (word: string): boolean =>
  [
    "in",
    "and",
    "or",
    "not",
    "as",
    "by",
    "when",
    "then",
    "else",
    "from",
    "select",
    "on",
    "where",
    "values",
    "join",
    "over",
    "exists",
    "with",
    "union",
    "all",
    "distinct",
  ].includes(word);

function endOf(of: readonly Piece[], start: number): number {
  let depth = 0;
  for (let at = start; at < of.length; at++) {
    const piece = of[at] as Piece;
    if (piece.kind !== "word") continue;
    if (piece.text === "case") depth++;
    if (piece.text === "end" && --depth === 0) return at;
  }
  throw new Error("a case without an end");
}

function single(piece: Piece, isRow: boolean): string {
  switch (piece.kind) {
    case "name":
      return `"${piece.text.replaceAll('"', '""')}"`;
    case "text":
      return `tsql.${piece.isWide ? "n" : "v"}('${piece.text.replaceAll("'", "''")}')`;
    case "number":
      return isRow && /^\d+$/.test(piece.text) ? `cast(${piece.text} as bigint)` : number(piece.text);
    case "parameter":
      return `tsql.n(cast($${piece.text} as text))`;
    case "sign":
      return piece.text;
    case "group":
      return `(${written(piece.items, isRow)})`;
    case "word":
      if (KEYWORDS.has(piece.text) || /^[a-z]_?\d*$|^(?:items|x|y|v)$/.test(piece.text)) return piece.text;
      throw new Error(`T-SQL that is not emulated: ${piece.text}`);
  }
}

/** What does not fit an int is a decimal; what has an exponent a float. */
function number(digits: string): string {
  if (/e/i.test(digits)) return `cast('${digits}' as double precision)`;
  if (digits.includes(".") || BigInt(digits) > 2147483647n) return `tsql.literal('${digits}')`;
  return digits;
}

function collated(units: string[], name: Piece | undefined): string {
  if (name?.kind !== "word" || name.text !== "Latin1_General_100_BIN2_UTF8") throw new Error("an unknown collation");
  return `tsql.collated(${units.pop()})`;
}

function call(name: string, items: readonly Piece[]): string {
  if (name === "cast" || name === "try_cast") return cast(name, items);
  if (name === "coalesce" || FUNCTIONS.has(name)) {
    const args = split(items);
    const word = WORDS[name];
    const texts = args.map((arg, at) =>
      at === word ? `'${(arg[0] as { readonly text: string }).text}'` : written(arg),
    );
    return `tsql.${name}_(${texts.join(", ")})`;
  }
  if (!ALIKE.has(name) && !/^[a-z]_$/.test(name)) throw new Error(`a function of T-SQL that is not emulated: ${name}`);
  return `${name === "count_big" ? "count" : name}(${written(items)})`;
}

function cast(fn: string, items: readonly Piece[]): string {
  const at = items.findLastIndex((piece) => piece.kind === "word" && piece.text === "as");
  const value = written(items.slice(0, at));
  const [type, size] = items.slice(at + 1);
  if (type?.kind !== "word") throw new Error("a cast without a type");
  if (value === "null") return `cast(null as ${TYPES[type.text]})`;
  const to = `tsql.${fn === "cast" ? "to" : "try"}_${type.text}`;
  if (type.text === "decimal" && size?.kind === "group")
    return `${to}(${value}, ${split(size.items)
      .map((size) => written(size))
      .join(", ")})`;
  return `${to}(${value})`;
}

function split(items: readonly Piece[]): readonly (readonly Piece[])[] {
  const parts: Piece[][] = [[]];
  for (const piece of items) {
    if (piece.kind === "sign" && piece.text === ",") parts.push([]);
    else parts.at(-1)?.push(piece);
  }
  return parts;
}
