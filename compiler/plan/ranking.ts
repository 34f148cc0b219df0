import type { Ranking, Test, Value } from "../../language/meaning/ir.ts";
import { FLOAT, INTEGER } from "../../language/types/type.ts";
import { addRelation, column, expose, type RelationBuilder, through } from "./builder.ts";
import { shape } from "./element-stages.ts";
import { subjectHome } from "./member.ts";
import { safe } from "./names.ts";
import type { Place } from "./place.ts";
import type { Order, Windowed } from "./plan.ts";
import { keyOf, type Planner, relyOnKey } from "./planner.ts";
import { rowHandle } from "./row.ts";
import { type Condition, compare, known, type Term } from "./term.ts";

type TopTest = Extract<Test, { kind: "top" }>;

/**
 * That a row is among the first of a ranking. Of a share p that is P / 10^k: (place - 1) * 10^k < P * n, which takes ⌈p * n⌉ and is exact.
 */
export function rankTest(of: Planner, test: TopTest, place: Place): Condition {
  const ranked = rankingAt(of, test.ranking, test.row, place);
  const number = test.ties ? ranked.shared(test.which) : ranked.place(test.which);
  if (test.amount.kind === "count") return compare(number, "<=", integer(test.amount.n));
  const [whole = "0", fraction = ""] = test.amount.share.split(".");
  const scale = 10n ** BigInt(fraction.length);
  const ahead = times(minusOne(number), integer(scale));
  return compare(ahead, "<", times(integer(BigInt(`${whole}${fraction}`)), ranked.size()));
}

/** The tile of a row, or the part of the population below it; missing where it is not ranked. */
export function tileTerm(of: Planner, value: Extract<Value, { kind: "tile" }>, place: Place): Term {
  const ranked = rankingAt(of, value.ranking, value.row, place);
  const below = minusOne(ranked.shared("bottom"));
  if (value.tiles !== "percentile")
    return { kind: "tile", tiles: value.tiles, below, size: ranked.size(), type: INTEGER };
  const float = (term: Term): Term => ({ kind: "widen", value: term, type: FLOAT });
  return { kind: "arithmetic", op: "/", left: float(below), right: float(ranked.size()), type: FLOAT };
}

const integer = (value: number | bigint): Term => ({ kind: "constant", type: INTEGER, value: String(value) });
const times = (left: Term, right: Term): Term => ({ kind: "arithmetic", op: "*", left, right, type: INTEGER });
const minusOne = (left: Term): Term => ({ kind: "arithmetic", op: "-", left, right: integer(1), type: INTEGER });

/** How a row stands in a ranking, each a column that is worked out when it is asked for; missing where the row is not ranked. */
interface Standing {
  /** From 1, equal values by the smaller key. */
  readonly place: (from: "top" | "bottom") => Term;
  /** The first place of those with an equal value. */
  readonly shared: (from: "top" | "bottom") => Term;
  readonly size: () => Term;
}

function rankingAt(of: Planner, ranking: Ranking, row: TopTest["row"], place: Place): Standing {
  const handle = rowHandle(of, row, place);
  const key = handle.field(keyOf(of, ranking.entity));
  const { relation, value, part, rankedKey } = rankingOf(of, ranking);
  const join = `ranking ${relation.name} ${JSON.stringify(key)}`;
  let alias = place.relation.joins.get(join);
  if (alias === undefined) {
    relyOnKey(of, ranking.entity);
    const keyColumn = expose(relation, rankedKey, "key");
    alias = addRelation(place.relation, relation, relation.name, "left", (name) => [
      [column(name, keyColumn, key.type), key],
    ]);
    place.relation.joins.set(join, alias);
  }
  const at = alias;
  const ordered = (from: "top" | "bottom"): Order => ({ term: value, isKnown: true, descending: from === "top" });
  const byKey: Order = { term: rankedKey, isKnown: true, descending: false };
  const partitionBy = part === null ? [] : [part];
  const beside = (fn: Windowed["fn"], orderBy: readonly Order[], hint: string): Term =>
    column(at, expose(relation, { kind: "windowed", fn, of: null, partitionBy, orderBy }, hint), INTEGER);
  return {
    place: (from) => beside("place", [ordered(from), byKey], `${from}_place`),
    shared: (from) => beside("sharedPlace", [ordered(from)], `${from}_shared`),
    size: () => beside("count", [], "size"),
  };
}

/** The rows that have a place, with what they are ranked by as columns, so that it is worked out once. */
export interface RankedRows {
  readonly relation: RelationBuilder;
  readonly value: Term;
  readonly part: Term | null;
  readonly rankedKey: Term;
}

function rankingOf(of: Planner, ranking: Ranking): RankedRows {
  const name = shape(ranking);
  const found = of.rankings.get(name);
  if (found !== undefined) return found;
  const answer = rankedRows(of, ranking);
  of.rankings.set(name, answer);
  return answer;
}

function rankedRows(of: Planner, ranking: Ranking): RankedRows {
  const asked = of.newRelation(`${safe(ranking.entity)}_asked`);
  const opened = subjectHome(of, ranking.entity).open(asked);
  const place: Place = { relation: asked, ...opened, reference: null };
  if (ranking.within !== null) asked.filter.push(...of.conditions(ranking.within, place));
  const relation = of.newRelation(`${safe(ranking.entity)}_ranked`);
  const alias = addRelation(relation, asked, "asked", "from", () => []);
  const rankedKey = through(asked, alias, opened.id, "key");
  const value = through(asked, alias, of.term(ranking.by, place), "value");
  const part = ranking.per === null ? null : through(asked, alias, of.term(ranking.per, place), "part");
  relation.filter.push(known(value), ...(part === null ? [] : [known(part)]));
  return { relation, value, part, rankedKey };
}
