import { collection, windowText } from "./collection-gen.ts";
import { type Context, constant, entityOf, inside, leaf, NUMBERS, quoted, written } from "./context.ts";
import type { Gen, GenCollection, GenType } from "./shape.ts";
import { likelyPart } from "./time-gen.ts";
import { ofGroup, value } from "./value-gen.ts";

export function compare(c: Context, budget: number): Gen | null {
  const { r } = c;
  if (r.chance(0.04)) return fewValues(c);
  const type = r.pick<GenType>([
    "text",
    "integer",
    "integer",
    "decimal",
    "float",
    "float",
    "date",
    "timestamp",
    "boolean",
  ]);
  const left = value(c, type, budget);
  if (!left) return null;
  const ops = type === "boolean" ? ["=", "!="] : ["=", "!=", "<", "<=", ">", ">="];
  let rightType = type;
  if (NUMBERS.includes(type) && r.chance(0.25)) rightType = r.pick(NUMBERS);
  if ((type === "date" || type === "timestamp") && r.chance(0.25)) rightType = type === "date" ? "timestamp" : "date";
  const right = r.chance(0.25) ? value(c, rightType, budget > 1 ? 1 : 0) : (likely(c, left) ?? leaf(c, rightType));
  if (!right || (type === "date" && rightType === "timestamp" && right.kind === "const")) return null;
  const op = r.pick(ops);
  return {
    kind: "compare",
    type: "yes",
    op,
    left,
    right,
    ignoreCase: type === "text" && op.endsWith("=") && !/[<>]/.test(op) && r.chance(0.3),
  };
}

/** How many values that are often the same a plain collection has, beside a small number. */
function fewValues(c: Context): Gen | null {
  const { r } = c;
  const all = collection(c, 0, false);
  if (!all) return null;
  const of = value(inside(c, all), r.pick<GenType>(["boolean", "text", "integer"]), 0);
  const left: Gen | null = of && {
    kind: "aggregate",
    type: "integer",
    fn: "distinct",
    collection: all,
    of,
    bare: false,
  };
  const right = left && likely(c, left);
  return right && { kind: "compare", type: "yes", op: r.pick(["=", "!=", "<", ">"]), left, right, ignoreCase: false };
}

/** How many values differ, how many groups there are, how many elements one has, and which one it is, where groups are counted. */
function isFew(of: Gen): boolean {
  if (of.type !== "integer") return false;
  if (of.kind === "aggregate") return of.fn === "distinct" || (of.collection.group !== null && of.fn === "count");
  return of.kind === "group" || (of.kind === "groupAggregate" && (of.fn === "count" || of.fn === "distinct"));
}

/** What a group shares, or something of its elements, beside what it often is. */
export function groupTest(c: Context): Gen | null {
  const { r } = c;
  const type = r.pick<GenType>(["integer", "integer", "integer", "decimal", "text", "date"]);
  const left = c.group && ofGroup(c, c.group, type);
  if (!left) return null;
  const right = likely(c, left) ?? leaf(c, type);
  return { kind: "compare", type: "yes", op: r.pick(["=", "=", "!=", "<", ">", ">="]), left, right, ignoreCase: false };
}

/** How many groups there are, beside a small number. */
export function groupCount(c: Context, collection: GenCollection): Gen {
  const left: Gen = { kind: "aggregate", type: "integer", fn: "count", collection, of: null, bare: false };
  const right = likely(c, left) ?? leaf(c, "integer");
  return { kind: "compare", type: "yes", op: c.r.pick(["=", "=", "!=", ">", ">="]), left, right, ignoreCase: false };
}

/** A constant that such a value often equals, where the pool of its type seldom has one. */
function likely(c: Context, left: Gen): Gen | null {
  const { r, pools: p } = c;
  const { type } = left;
  if (type === "yes") return null;
  const made = (text: string): Gen => ({ kind: "const", type, text });
  if (left.kind === "since") {
    const days = [0, 1, -1, ...p.durations.filter((d) => d.unit === "d").map((d) => d.amount)].map(String);
    const texts =
      { days_since: days, months_since: ["0", "1", "3", "12", "216"], years_since: ["0", "1", "17", "18", "30"] }[
        left.fn
      ] ?? [];
    return r.chance(0.8) ? made(r.pick(texts)) : null;
  }
  if (left.kind === "function" && (left.fn === "floor" || left.fn === "ceil"))
    return made(r.pick(["-2", "-1", "-1", "0", "1", "2"]));
  if (isFew(left)) return made(r.pick(["0", "1", "1", "2", "2", "3"]));
  if ((left.kind === "aggregate" || left.kind === "groupAggregate") && left.fn === "avg")
    return made(
      r.pick(
        left.of?.type === "integer"
          ? ["-1", "0", "1", "2", "3", "5", "10"]
          : ["-1.5", "0", "0.1", "0.25", "1", "2.5", "10"],
      ),
    );
  if (left.kind === "tile")
    return made(r.pick(left.type === "integer" ? ["1", "2", "3", "4", "5", "7"] : ["0", "0", "0.5"]));
  if ((left.kind === "aggregate" || left.kind === "groupAggregate") && left.fn === "share")
    return made(r.pick(["0", "0.5", "1"]));
  const part = left.kind === "function" && r.chance(0.8) ? likelyPart(c, left.fn) : null;
  if (part !== null) return made(part);
  if (left.kind === "function" && left.type === "integer" && r.chance(0.6))
    return made(r.pick(["-2", "-1", "0", "1", "2", "3"]));
  if (left.kind === "arithmetic")
    return r.chance(0.7)
      ? made(
          r.pick(left.type === "integer" ? ["0", "2", "3", "4", "6", "20"] : ["0", "0.2", "0.5", "1", "2", "5", "20"]),
        )
      : null;
  return null;
}

export function membership(c: Context, budget: number): Gen | null {
  const { r } = c;
  const type = r.pick<GenType>(["text", "integer", "decimal", "date", "timestamp", "date", "timestamp"]);
  const v = value(c, type, budget > 1 ? 1 : 0);
  if (!v) return null;
  const negated = r.chance(0.4);
  const ignoreCase = type === "text" && r.chance(0.2);
  let set: string;
  if (type === "date" || type === "timestamp") set = windowText(c, [], true);
  else if (type === "text" || r.chance(0.5))
    set = `[${[...new Set(Array.from({ length: 1 + r.below(3) }, () => constant(c, type)))].join(", ")}]`;
  else {
    const [a, b] = [constant(c, type), constant(c, type)].sort((x, y) => Number(x) - Number(y)) as [string, string];
    set = r.weighted([
      [4, `${a}..${b}`],
      [1, `${a}..`],
      [1, `..${b}`],
    ]);
    if (set.startsWith("-") || set.includes("..-")) set = `[${a}]`;
  }
  return { kind: "in", type: "yes", negated, value: v, set, ignoreCase };
}

export function textTest(c: Context): Gen | null {
  const { r } = c;
  const v = value(c, "text", 0);
  if (!v) return null;
  const needle = r.pick([...c.pools.text, "U", "e", "%", "'", "\\"]);
  return {
    kind: "text",
    type: "yes",
    op: r.pick(["contains", "starts with", "ends with"]),
    value: v,
    needle: quoted(needle),
    ignoreCase: r.chance(0.3),
  };
}

export function linked(c: Context): Gen | null {
  const options: string[] = [];
  c.scopes.forEach((name, depth) => {
    for (const l of entityOf(c.model, name).links) {
      const path = l.many ? null : written(c, depth, l.name, true);
      if (path) options.push(path);
    }
  });
  return options.length
    ? { kind: "linked", type: "yes", what: c.r.pick(["known", "missing"]), path: c.r.pick(options) }
    : null;
}
