import type { CalendarUnit } from "../model/model.ts";
import type { AggregateFn, Collection, Const, Pred, Ranking, Row, Value } from "./ir.ts";
import type { Program } from "./program.ts";
import { collectionWords } from "./words-collection.ts";
import { inlineWords } from "./words-condition.ts";
import { durationWords, timeWords } from "./words-time.ts";

/** What words are told in. */
export interface Telling {
  /** Bound: windows have their dates. */
  readonly program: Program;
  readonly zone: string;
  /** The depth of the row that needs no name where the words stand. */
  readonly depth: number;
  readonly traitWords: (name: string) => string;
  /** What the elements of a collection are called: the name of the last link that leads to them. */
  readonly elementsName: (collection: Collection) => string;
}

/** The same one row further in. */
export const inside = (of: Telling, depth: number): Telling => ({ ...of, depth });

/** `churn_risk` as people say it. */
export const fieldName = (name: string): string => name.replace(/^\$/u, "").replaceAll("_", " ");

/** `Customer` and `RetailStore` inside of a sentence. */
export const entityName = (name: string): string => name.replace(/(?<=[a-z0-9])(?=[A-Z])/gu, " ").toLowerCase();

/** A value as a noun. */
export function valueWords(value: Value, of: Telling): string {
  const say = (inner: Value): string => valueWords(inner, of);
  switch (value.kind) {
    case "const":
      return constWords(value, of);
    case "param":
      return `the parameter ${value.name}`;
    case "field":
      return owned(value.row, fieldName(value.field), of);
    case "trait":
      return owned(value.row, of.traitWords(value.name), of);
    case "json":
      return `${owned(value.row, fieldName(value.path), of)} (in ${fieldName(value.field)})`;
    case "aggregate":
      return aggregateWords(value, collectionWords(value.collection, of), inside(of, value.collection.depth));
    case "groupAggregate":
      return value.fn === "count" && value.of === null
        ? "their number"
        : aggregateWords(value, null, inside(of, value.depth + 1));
    case "group":
      return "what they share";
    case "gap":
      return "wait between neighbours in days";
    case "arithmetic": {
      const word = { "+": "plus", "-": "minus", "*": "times", "/": "divided by" }[value.op];
      return `${operandWords(value.left, of)} ${word} ${operandWords(value.right, of)}`;
    }
    case "negate":
      return `minus ${operandWords(value.operand, of)}`;
    case "else":
      return `${operandWords(value.value, of)} (${say(value.fallback)} where it is unknown)`;
    case "if":
      return `(${say(value.yes)} if ${inlineWords(value.cond, of)}, otherwise ${say(value.no)})`;
    case "function":
      return functionWords(value, of);
    case "offsets":
      return say(value.zone);
    case "zoned":
      return `${say(value.otherwise)} (or as the calendar of ${say(value.zone)} has it)`;
    case "widen":
      return say(value.value);
    case "local_date":
      return `the day of ${say(value.value)}${zoneWords(value.zone, of)}`;
    case "part":
      return `the ${PARTS[value.part]} of ${say(plainDay(value.value))}${zoneWords(value.zone, of)}`;
    case "start_of":
      return `the first day of the ${value.unit satisfies CalendarUnit} of ${say(plainDay(value.value))}`;
    case "shift":
      return `${durationWords(value.by)} ${value.by.amount < 0 ? "before" : "after"} ${say(value.value)}`;
    case "today":
      return `today${zoneWords(value.zone, of)}`;
    case "now":
      return "now";
    case "since":
      return `the whole ${value.unit}s since ${say(value.value)}${zoneWords(value.zone, of)}`;
    case "elapsed":
      return `the time from ${say(value.from)} to ${say(value.to)}`;
    case "anniversary":
      return `the next return of ${say(value.value)}${zoneWords(value.zone, of)}`;
    case "tile": {
      const word =
        value.tiles === "percentile" ? "the percentile rank" : (TILES[value.tiles] ?? `the tile (of ${value.tiles})`);
      return `${word} of ${rankingWords(value.ranking, of)}`;
    }
    case "periodIndex":
      return `periods of ${durationWords(value.length)}`;
    case "condition":
      return `whether ${inlineWords(value.pred, of)}`;
    case "when":
      return say(value.value);
  }
}

const TILES: Readonly<Record<number, string>> = { 4: "the quartile", 5: "the quintile", 10: "the decile" };

const PARTS = {
  year: "year",
  month: "month",
  day: "day of the month",
  hour: "hour",
  day_of_week: "day of the week (1 is Monday)",
} as const;

const zoneWords = (zone: Value | null, of: Telling): string =>
  zone === null ? "" : ` by the clock of ${valueWords(zone, of)}`;

/** The year of a day of an instant is the instant's. */
const plainDay = (value: Value): Value => (value.kind === "local_date" && value.zone === null ? value.value : value);

const operandWords = (value: Value, of: Telling): string =>
  (value.kind === "widen" ? value.value : value).kind === "arithmetic"
    ? `(${valueWords(value, of)})`
    : valueWords(value, of);

export function constWords(constant: Const, of: Telling): string {
  const { type, value } = constant;
  if (value === null) return "an unknown value";
  switch (type.kind) {
    case "text":
      return JSON.stringify(value);
    case "boolean":
      return value === true ? "yes" : "no";
    case "date":
    case "timestamp":
      return timeWords(constant, of);
    case "integer":
    case "decimal":
    case "float":
      return grouped(String(value));
  }
}

/** `12,345.5`. */
function grouped(plain: string): string {
  const [, sign = "", whole = "", rest = ""] = /^(-?)(\d+)(.*)$/u.exec(plain) ?? [];
  return whole.length < 5 ? plain : `${sign}${whole.replace(/\B(?=(?:\d{3})+$)/gu, ",")}${rest}`;
}

/** `the region`, `the brand of the product`, `the customer's region` for a row further out. */
export function owned(row: Row, name: string, of: Telling): string {
  switch (row.kind) {
    case "scope":
      return row.depth === of.depth ? `the ${name}` : `the ${entityName(row.entity)}'s ${name}`;
    case "link":
      return `the ${name} of ${rowWords(row, of)}`;
    case "pick":
      return `the ${name} of ${rowWords(row, of)}`;
  }
}

/** A row as a noun. */
export function rowWords(row: Row, of: Telling): string {
  switch (row.kind) {
    case "scope":
      return `the ${entityName(row.entity)}`;
    case "link":
      return owned(row.from, fieldName(row.link), of);
    case "pick":
      return `the ${row.which} of ${collectionWords(row.collection, of)}`;
  }
}

const AGGREGATES: Readonly<Record<Exclude<AggregateFn, "count" | "share">, string>> = {
  sum: "the sum of",
  avg: "the average of",
  min: "the least of",
  max: "the greatest of",
  distinct: "the number of different values of",
  median: "the median of",
  most_frequent: "the most frequent of",
};

/** `over` is null in a group, whose elements are meant. */
function aggregateWords(
  { fn, of: value, cond }: { readonly fn: AggregateFn; readonly of: Value | null; readonly cond: Pred | null },
  over: string | null,
  within: Telling,
): string {
  const among = over === null ? "" : ` over ${over}`;
  if (fn === "share")
    return `the share${over === null ? "" : ` of ${over}`} for which ${cond === null ? "" : inlineWords(cond, within)}`;
  if (value === null) return `the number of ${over ?? "them"}`;
  if (fn === "distinct" && (value.kind === "start_of" || value.kind === "local_date"))
    return `the number of different ${value.kind === "start_of" ? value.unit : "day"}s of ${valueWords(value.value, within)}${among}`;
  if (fn === "count") return `the number of known values of ${valueWords(value, within)}${among}`;
  return `${AGGREGATES[fn]} ${valueWords(value, within)}${among}`;
}

function functionWords({ fn, args }: Extract<Value, { kind: "function" }>, of: Telling): string {
  const [a = "", b = "", c = "", d = ""] = args.map((arg) => valueWords(arg, of));
  switch (fn) {
    case "abs":
      return `${a}, without its sign,`;
    case "floor":
      return `${a}, rounded down,`;
    case "ceil":
      return `${a}, rounded up,`;
    case "least":
    case "greatest":
      return `the ${fn === "least" ? "lesser" : "greater"} of ${listWords(
        args.map((arg) => valueWords(arg, of)),
        "and",
      )}`;
    case "distance_km":
      return `the kilometres between (${a}, ${b}) and (${c}, ${d})`;
  }
}

/** What a ranking goes by, and among whom. It is over rows of its own. */
export function rankingWords({ entity, by, within, per }: Ranking, of: Telling): string {
  const own = inside(of, 0);
  const isSegment = within?.kind === "test" && within.test.kind === "segment" && within.test.row.kind === "scope";
  const among = isSegment
    ? `the members of ${within.test.name}`
    : within === null
      ? `every ${entityName(entity)}`
      : `every ${entityName(entity)} for whom ${inlineWords(within, own)}`;
  return `${valueWords(by, own)} among ${among}${per === null ? "" : ` with the same ${valueWords(per, own).replace(/^the /u, "")}`}`;
}

/** `a, b and c`. */
export const listWords = (items: readonly string[], word: "and" | "or"): string =>
  items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1)}`;
