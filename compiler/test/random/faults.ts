import type { Pred } from "../../../language/meaning/ir.ts";
import type { Circumstances, Program } from "../../../language/meaning/program.ts";

/** A mistake put into the way from a program to SQL; the interpreter still sees the right one. */
export interface Fault {
  readonly title: string;
  readonly program?: (program: Program) => Program;
  readonly when?: (when: Circumstances) => Circumstances;
  readonly sql?: (sql: string) => string;
}

type Json = unknown;

/** A program with every node replaced that `change` has another for. */
function rewritten(program: Program, change: (node: Record<string, Json>) => Json): Program {
  const walk = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== "object" || node === null || node instanceof Map) return node;
    const copy = Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, key === "origin" ? value : walk(value)]),
    );
    return change(copy);
  };
  const segments = new Map(
    [...program.segments].map(([name, s]) => [name, { ...s, condition: walk(s.condition) as Pred }]),
  );
  return { ...program, segments };
}

const entities = (program: Program, change: object): Program => ({
  ...program,
  model: {
    ...program.model,
    entities: new Map([...program.model.entities].map(([name, e]) => [name, { ...e, ...change }])),
  },
});

/** A program with other conditions for the parts of segmentations or splits. */
const parts = (program: Program, kind: "tier" | "arm", change: (condition: Pred) => Pred): Program => ({
  ...program,
  segments: new Map(
    [...program.segments].map(([name, s]) => [name, s.kind === kind ? { ...s, condition: change(s.condition) } : s]),
  ),
});

const OTHER_END: Readonly<Record<string, string>> = {
  first: "latest",
  latest: "first",
  top: "bottom",
  bottom: "top",
};

const OTHER_OF_GROUP: Readonly<Record<string, string>> = { max: "min", median: "min", min: "max" };

/** A value of some types, as constants have it. */
const SOME: Readonly<Record<string, Json>> = { text: "EU", integer: "1", decimal: "1", float: 1, boolean: true };

/** Each must be noticed. */
export const FAULTS: readonly Fault[] = [
  {
    title: "what is missing does not hold under not",
    program: (p) =>
      rewritten(p, (n) => {
        const test = n["kind"] === "not" ? (n["item"] as { kind: string; test: Record<string, Json> }) : null;
        if (test?.kind !== "test" || test.test["kind"] === "known") return n;
        const operands = [test.test["left"], test.test["right"], test.test["value"]].filter((v) => v !== undefined);
        return {
          kind: "and",
          items: [
            n,
            ...operands.map((value) => ({ kind: "test", test: { kind: "known", value }, origin: n["origin"] })),
          ],
          origin: n["origin"],
        };
      }),
  },
  {
    title: "< for <= and > for >=",
    program: (p) =>
      rewritten(p, (n) =>
        n["kind"] === "compare" && n["op"] === "<="
          ? { ...n, op: "<" }
          : n["kind"] === "compare" && n["op"] === ">="
            ? { ...n, op: ">" }
            : n,
      ),
  },
  { title: "inner for left join", sql: (sql) => sql.replaceAll("left join", "inner join") },
  { title: "no 0 for a count or sum of nothing", sql: (sql) => sql.replaceAll(/coalesce\(("\w+"\."\w+"), 0\)/g, "$1") },
  { title: "repeated values count in distinct", sql: (sql) => sql.replaceAll(/count\(\s*distinct /g, "count(") },
  {
    title: "the latest for the first",
    program: (p) =>
      rewritten(p, (n) => (n["kind"] === "pick" ? { ...n, which: n["which"] === "first" ? "latest" : "first" } : n)),
  },
  { title: "events at and after as-of are visible", program: (p) => entities(p, { scheduled: true }) },
  { title: "once per is not kept", program: (p) => entities(p, { oncePer: null }) },
  { title: "the where of a header is dropped", program: (p) => ({ ...p, filters: new Map() }) },
  { title: "since and until are dropped", program: (p) => entities(p, { since: null, until: null }) },
  { title: "UTC for the project's zone", when: (w) => ({ ...w, zone: "UTC" }) },
  {
    title: "case is minded where it should be ignored",
    program: (p) => rewritten(p, (n) => (n["ignoreCase"] === true ? { ...n, ignoreCase: false } : n)),
  },
  { title: "a default is dropped", program: (p) => rewritten(p, (n) => (n["kind"] === "else" ? n["value"] : n)) },
  { title: "as-of is a microsecond late", when: (w) => ({ ...w, asOf: w.asOf + 1n }) },
  {
    title: "the window's start is left out",
    program: (p) =>
      rewritten(p, (n) =>
        n["kind"] === "window" && n["window"] ? { ...n, window: { ...(n["window"] as object), from: null } } : n,
      ),
  },
  {
    title: "the first few for the latest, the least for the greatest",
    program: (p) => rewritten(p, (n) => (n["kind"] === "take" ? { ...n, which: OTHER_END[String(n["which"])] } : n)),
  },
  { title: "the upper of two middle values", sql: (sql) => sql.replaceAll(" in (0, 1)", " in (1, 2)") },
  {
    title: "what comes after a gap is what comes after any element",
    program: (p) =>
      rewritten(p, (n) => (n["kind"] === "afterGap" ? { ...n, gap: { ...(n["gap"] as object), amount: 0 } } : n)),
  },
  {
    title: "any of the values for all of them",
    program: (p) => rewritten(p, (n) => (n["kind"] === "has" && n["mode"] === "all" ? { ...n, mode: "any" } : n)),
  },
  {
    title: "one more or less is counted",
    program: (p) => rewritten(p, (n) => (n["kind"] === "countOf" ? { ...n, k: Number(n["k"]) + 1 } : n)),
  },
  {
    title: "the greatest for the least",
    program: (p) =>
      rewritten(p, (n) => (n["kind"] === "function" && n["fn"] === "least" ? { ...n, fn: "greatest" } : n)),
  },
  {
    title: "the other branch",
    program: (p) => rewritten(p, (n) => (n["kind"] === "if" ? { ...n, yes: n["no"], no: n["yes"] } : n)),
  },
  {
    title: "rounded towards zero",
    sql: (sql) => sql.replaceAll(/- \(w_\.v % \d+ < 0\)/g, "").replaceAll("floor(", "trunc("),
  },
  {
    title: "text that looks like a number is one",
    sql: (sql) => sql.replaceAll("in ('integer', 'real')", "in ('integer', 'real', 'text')"),
  },
  {
    title: "a tier has also those of the tiers before it",
    program: (p) =>
      parts(p, "tier", (condition) => {
        const items = condition.kind === "and" ? condition.items : [];
        return items.some((item) => item.kind !== "not")
          ? ({ kind: "and", items: items.filter((item) => item.kind !== "not"), origin: condition.origin } as Pred)
          : condition;
      }),
  },
  {
    title: "arms are drawn by another seed",
    program: (p) => rewritten(p, (n) => (n["kind"] === "bucket" ? { ...n, seed: `${n["seed"]}x` } : n)),
  },
  { title: "who left a snapshot is in it still", sql: (sql) => sql.replaceAll(/"t"\."left_at" is null/g, "1 = 1") },
  {
    title: "a snapshot has what others stored under its name",
    sql: (sql) => sql.replaceAll('"t"."entity" collate binary = ', "'' <= "),
  },
  {
    title: "what follows may be later than within",
    program: (p) => rewritten(p, (n) => (n["kind"] === "neighbour" ? { ...n, within: null } : n)),
  },
  {
    title: "what follows need not be the same",
    program: (p) => rewritten(p, (n) => (n["kind"] === "neighbour" ? { ...n, same: [] } : n)),
  },
  {
    title: "what is at the same instant follows",
    sql: (sql) =>
      sql.replaceAll("between 1 following", "between current row").replaceAll("and 1 preceding", "and current row"),
  },
  {
    title: "a missing value makes a group",
    program: (p) =>
      rewritten(p, (n) => {
        const key = n["kind"] === "per" ? (n["key"] as { type: { kind: string } }) : null;
        if (key === null || !Object.hasOwn(SOME, key.type.kind)) return n;
        const fallback = { kind: "const", type: key.type, value: SOME[key.type.kind], origin: n["origin"] };
        return { ...n, key: { kind: "else", value: key, fallback, type: key.type, origin: n["origin"] } };
      }),
  },
  {
    title: "rolling periods are longer",
    program: (p) =>
      rewritten(p, (n) => {
        if (n["kind"] !== "periodIndex") return n;
        const length = n["length"] as { amount: number };
        return { ...n, length: { ...length, amount: length.amount * 3 } };
      }),
  },
  {
    title: "the least of a group for its greatest or middle value",
    program: (p) =>
      rewritten(p, (n) =>
        n["kind"] === "groupAggregate" && Object.hasOwn(OTHER_OF_GROUP, String(n["fn"]))
          ? { ...n, fn: OTHER_OF_GROUP[String(n["fn"])] }
          : n,
      ),
  },
  {
    title: "only so many are let in with ties",
    program: (p) => rewritten(p, (n) => (n["kind"] === "top" ? { ...n, ties: false } : n)),
  },
  { title: "equal values do not share a tile", sql: (sql) => sql.replaceAll("rank() over", "row_number() over") },
  {
    title: "a rank is narrowed by nobody",
    program: (p) => rewritten(p, (n) => ("within" in n && "by" in n ? { ...n, within: null } : n)),
  },
  {
    title: "a sample has one bucket more",
    program: (p) =>
      rewritten(p, (n) => (n["kind"] === "bucket" ? { ...n, to: Math.min(10_000, Number(n["to"]) + 300) } : n)),
  },
  {
    title: "the month for every other part of a day",
    program: (p) => rewritten(p, (n) => (n["kind"] === "part" && n["part"] !== "hour" ? { ...n, part: "month" } : n)),
  },
  {
    title: "every period is the year",
    program: (p) => rewritten(p, (n) => (n["kind"] === "start_of" ? { ...n, unit: "year" } : n)),
  },
  {
    title: "a difference is taken the wrong way round",
    program: (p) => rewritten(p, (n) => (n["kind"] === "elapsed" ? { ...n, from: n["to"], to: n["from"] } : n)),
  },
  {
    title: "whoever has a day has a yearly return in the window",
    program: (p) => rewritten(p, (n) => (n["kind"] === "anniversaryIn" ? { kind: "known", value: n["value"] } : n)),
  },
  { title: "and for or", program: (p) => rewritten(p, (n) => (n["kind"] === "or" ? { ...n, kind: "and" } : n)) },
];
