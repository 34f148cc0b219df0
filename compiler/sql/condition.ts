import { sql } from "kysely";
import { InternalError } from "../../language/text/assert.ts";
import { type Atom, type Condition, type Constant, isFilled, type Term } from "../plan/term.ts";
import { besideSql, comparable, type Emitter, listJson } from "./emitter.ts";
import { exactAt } from "./exact.ts";
import { joined, number, plain, type Sql } from "./fragment.ts";
import { scaleOf } from "./scale.ts";
import { termSql } from "./value.ts";

/** More than these side by side are put into parentheses, so that engines which read `a and b and c` from the left do not go too deep. */
const WIDEST = 50;

/** True where the condition holds; elsewhere false or, in no place where it matters, missing. */
export function conditionSql(by: Emitter, condition: Condition): Sql {
  switch (condition.kind) {
    case "always":
      return plain(condition.value ? "1 = 1" : "1 = 0");
    case "and":
    case "or":
      if (condition.items.length === 0) return plain(condition.kind === "and" ? "1 = 1" : "1 = 0");
      return balanced(
        deepestLast(condition.items).map((item) => itemSql(by, item)),
        condition.kind,
      );
    case "atom":
      return condition.negated ? negatedSql(by, condition.atom) : atomSql(by, condition.atom);
  }
}

/** In parentheses where it is an `and` or an `or`. */
export function itemSql(by: Emitter, condition: Condition): Sql {
  const isMany = condition.kind === "and" || condition.kind === "or";
  return isMany ? sql`(${conditionSql(by, condition)})` : conditionSql(by, condition);
}

/** Of a few, as written. Of more, those that go deeper come later: the first of `a and b and c` lies deepest. */
function deepestLast(items: readonly Condition[]): readonly Condition[] {
  if (items.length <= 8) return items;
  const depths = new Map(items.map((item) => [item, depthOf(item)]));
  return items.toSorted((a, b) => (depths.get(a) ?? 0) - (depths.get(b) ?? 0));
}

const depthOf = (condition: Condition): number =>
  condition.kind === "and" || condition.kind === "or"
    ? 1 + condition.items.reduce((deepest, item) => Math.max(deepest, depthOf(item)), 0)
    : 0;

function balanced(items: readonly Sql[], word: "and" | "or" | "+"): Sql {
  if (items.length <= WIDEST) return joined(items, ` ${word} `);
  const groups: Sql[] = [];
  for (let at = 0; at < items.length; at += WIDEST)
    groups.push(sql`(${joined(items.slice(at, at + WIDEST), ` ${word} `)})`);
  return balanced(groups, word);
}

/** How many hold, as a sum of ones. */
function countSql(by: Emitter, { items, k }: Extract<Atom, { kind: "countOf" }>, op: string): Sql {
  const ones = items.map((item) => sql`case when ${conditionSql(by, item)} then 1 else 0 end`);
  return sql`(${balanced(ones, "+")}) ${plain(op)} ${number(k)}`;
}

const OPPOSITE = { "=": "<>", "<": ">=", "<=": ">", ">": "<=", ">=": "<" } as const;

/** Exactly where the test does not hold, also where an operand is missing. */
function negatedSql(by: Emitter, atom: Atom): Sql {
  if (atom.kind === "known") return sql`${termSql(by, atom.value)} is null`;
  if (atom.kind === "flag") return sql`${termSql(by, atom.flag)} = 0`;
  if (atom.kind === "any") return sql`coalesce(${termSql(by, atom.count)}, 0) = 0`;
  if (atom.kind === "countOf") return countSql(by, atom, OPPOSITE[atom.op]);
  if (atom.kind === "compare" && isFilled(atom.left) && isFilled(atom.right))
    return compareSql(by, atom, OPPOSITE[atom.op]);
  return sql`case when ${atomSql(by, atom)} then 0 else 1 end = 1`;
}

function atomSql(by: Emitter, atom: Atom): Sql {
  switch (atom.kind) {
    case "compare":
      return compareSql(by, atom, atom.op);
    case "oneOf":
      return oneOfSql(by, atom);
    case "text": {
      const { text } = by.operators;
      return text[atom.mode](textSql(by, atom.value, atom.ignoreCase), textSql(by, atom.needle, atom.ignoreCase));
    }
    case "has":
      return hasSql(by, atom);
    case "hasAny":
      return hasAnySql(by, atom);
    case "known":
      return sql`${termSql(by, atom.value)} is not null`;
    case "truth":
      return by.operators.isTrue(termSql(by, atom.value));
    case "any":
      return sql`${termSql(by, atom.count)} > 0`;
    case "flag":
      return sql`${termSql(by, atom.flag)} = 1`;
    case "countOf":
      return countSql(by, atom, atom.op);
    case "staged":
      throw new InternalError(`segment ${atom.segment} is not staged`);
  }
}

/** Elements that are missing equal nothing. */
function hasSql(by: Emitter, { list, value, ignoreCase }: Extract<Atom, { kind: "has" }>): Sql {
  if (list.type.kind !== "list") throw new InternalError("no list");
  const { of } = list.type;
  const held = value.type.kind === "text" ? textSql(by, value, ignoreCase) : sideSql(by, value, scaleOf(value));
  return by.operators.has(termSql(by, list), held, of, ignoreCase);
}

/** A few values are asked for one by one; more stand in a relation, and the elements are looked up there. */
function hasAnySql(by: Emitter, { list, options, ignoreCase }: Extract<Atom, { kind: "hasAny" }>): Sql {
  const { hasElement } = by.operators;
  if (options.length <= by.longestList || hasElement === null) {
    const each = options.map((value) => hasSql(by, { kind: "has", list, value, ignoreCase }));
    return sql`(${balanced(each, "or")})`;
  }
  if (list.type.kind !== "list") throw new InternalError("no list");
  const { of } = list.type;
  const meant = options.map((option) => (ignoreCase ? folded(option) : option));
  const { hasListed } = by.operators;
  if (hasListed !== undefined) return hasListed(termSql(by, list), of, listJson(by, meant), ignoreCase);
  const listed = by.list(meant);
  const isListed = (element: Sql): Sql =>
    inListSql(by, ignoreCase ? by.operators.text.fold(element) : element, listed, of);
  const relation = sql`${sql.id(listed)}`;
  return hasElement(termSql(by, list), of, isListed, { relation, fold: ignoreCase });
}

type Compare = Extract<Atom, { kind: "compare" }>;

function compareSql(by: Emitter, { left, right, ignoreCase }: Compare, op: string): Sql {
  if (left.type.kind === "text") {
    const [x, y] = [textSql(by, left, ignoreCase), textSql(by, right, ignoreCase)];
    return op === "=" || op === "<>"
      ? sql`${comparable(by, x, left.type)} ${plain(op)} ${comparable(by, y, right.type)}`
      : sql`${by.operators.text.order(x)} ${plain(op)} ${by.operators.text.exact === null ? y : by.operators.text.order(y)}`;
  }
  const scale = Math.max(scaleOf(left), scaleOf(right));
  return sql`${sideSql(by, left, scale)} ${plain(op)} ${sideSql(by, right, scale)}`;
}

/** One side of a comparison; decimals with so many digits after the point. */
function sideSql(by: Emitter, term: Term, scale: number): Sql {
  const isExact = term.type.kind === "integer" || term.type.kind === "decimal";
  if (term.kind !== "constant") return isExact ? exactAt(by, term, scale) : termSql(by, term);
  return besideSql(by, isExact && scale > 0 ? { ...term, type: { kind: "decimal", precision: 38, scale } } : term);
}

function textSql(by: Emitter, term: Term, ignoreCase: boolean): Sql {
  if (term.kind === "constant") return besideSql(by, ignoreCase ? folded(term) : term);
  const value = termSql(by, term);
  return ignoreCase ? by.operators.text.fold(value) : value;
}

/** With A–Z as a–z. */
const folded = (constant: Constant): Constant => ({
  ...constant,
  value: String(constant.value).replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
});

function oneOfSql(by: Emitter, { value, options, ignoreCase }: Extract<Atom, { kind: "oneOf" }>): Sql {
  const isText = value.type.kind === "text";
  const x = isText ? textSql(by, value, ignoreCase) : termSql(by, value);
  const meant = options.map((option) => (ignoreCase ? folded(option) : option));
  if (meant.length > by.longestList) return inListSql(by, x, by.list(meant), value.type);
  const scale = scaleOf(value);
  const written = meant.map((option) =>
    isText ? comparable(by, besideSql(by, option), option.type) : sideSql(by, option, scale),
  );
  const asked = comparable(by, x, value.type);
  return written.length === 1 ? sql`${asked} = ${written[0] as Sql}` : sql`${asked} in (${joined(written, ", ")})`;
}

/** That a value stands in a relation of one column. */
function inListSql(by: Emitter, value: Sql, list: string, type: Term["type"]): Sql {
  const listed = comparable(by, sql`${sql.id("value")}`, type);
  return sql`${comparable(by, value, type)} in (select ${listed} from ${sql.id(list)})`;
}
