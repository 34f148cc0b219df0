import type { Pools } from "./pools.ts";
import type { Rng } from "./rng.ts";
import type { Gen, GenCollection, GenEntity, GenModel, GenSegment, GenStep, GenType } from "./shape.ts";

interface Context {
  readonly r: Rng;
  readonly model: GenModel;
  readonly pools: Pools;
  /** Entities from the subject inwards. */
  readonly scopes: readonly string[];
  /** Earlier segments, to be referred to. */
  readonly earlier: readonly GenSegment[];
}

const entityOf = (model: GenModel, name: string): GenEntity => model.entities.find((e) => e.name === name) as GenEntity;

const fieldsOf = (model: GenModel, name: string) => [
  ...entityOf(model, name).fields,
  ...(model.extension?.of === name ? model.extension.fields : []),
];

/** A name as it must be written here: bare where it is seen once, with its entity in front where several scopes have it; null where an inner scope of the same entity hides it. */
function written(c: Context, depth: number, name: string, isLink: boolean): string | null {
  const entity = c.scopes[depth] as string;
  if (c.scopes.slice(depth + 1).includes(entity)) return null;
  const has = (e: string): boolean =>
    fieldsOf(c.model, e).some((f) => f.name === name) || entityOf(c.model, e).links.some((l) => l.name === name);
  const seen = new Set(c.scopes.filter(has));
  if (seen.size <= 1) return name;
  return isLink ? null : `${entity}.${name}`;
}

/** Every path to a value of the type: own fields, those of enclosing rows, those behind a link to one. */
function paths(c: Context, type: GenType): string[] {
  const found: string[] = [];
  c.scopes.forEach((entity, depth) => {
    const weight = depth === c.scopes.length - 1 ? 3 : 1;
    for (const f of fieldsOf(c.model, entity)) {
      const name = f.type === type ? written(c, depth, f.name, false) : null;
      if (name) for (let i = 0; i < weight; i++) found.push(name);
    }
    for (const l of entityOf(c.model, entity).links) {
      if (l.many) continue;
      const link = written(c, depth, l.name, true);
      if (link) for (const f of fieldsOf(c.model, l.target)) if (f.type === type) found.push(`${link}.${f.name}`);
    }
  });
  return found;
}

const quoted = (text: string): string => JSON.stringify(text);

function constant(c: Context, type: GenType): string {
  const p = c.pools;
  switch (type) {
    case "text":
      return quoted(c.r.pick(p.text));
    case "boolean":
      return c.r.pick(["true", "false"]);
    case "integer":
      return c.r.pick(p.integer);
    case "decimal":
      return c.r.pick(p.decimal);
    case "float":
      return c.r.pick(p.float);
    case "date":
      return c.r.chance(0.15) ? "today" : c.r.pick(p.date);
    case "timestamp":
      return c.r.chance(0.1) ? "now" : c.r.pick(p.timestamp);
  }
}

const leaf = (c: Context, type: GenType): Gen => ({ kind: "const", type, text: constant(c, type) });

const short = (d: { amount: number; unit: string }): string => `${d.amount}${d.unit}`;

/** A window as it stands after `in` or in `.during(…)`. `outer` holds the timestamp fields it may be anchored on. */
function windowText(c: Context, outer: readonly string[], ahead: boolean): string {
  const { r, pools: p } = c;
  const d = short(r.pick(p.durations));
  const unit = r.pick(["day", "week", "month", "quarter", "year"]);
  const day = () => r.pick(p.date);
  const stamp = () => r.pick(p.timestamp);
  const ordered = (a: string, b: string) => (a < b ? `${a}..${b}` : `${b}..${a}`);
  return r.weighted<() => string>([
    [4, () => `last ${d}`],
    [ahead ? 1 : 0, () => `next ${d}`],
    [2, () => `${r.pick(ahead ? ["this", "previous", "next"] : ["this", "previous"])} ${unit}`],
    [1, () => `last ${1 + r.below(3)} full ${unit}s`],
    [1, () => r.pick(["today", "yesterday"])],
    [2, () => ordered(day(), day())],
    [2, () => ordered(stamp(), stamp())],
    [1, () => `${r.chance(0.5) ? day() : stamp()}..`],
    [1, () => `..${r.chance(0.5) ? day() : stamp()}`],
    [1, () => `${short({ amount: 90, unit: "d" })} ago..${short({ amount: 1 + r.below(30), unit: "d" })} ago`],
    [outer.length ? 2 : 0, () => `${r.pick(outer)}..${r.pick(outer)} + ${1 + r.below(60)}d`],
  ])();
}

function step(c: Context, entity: GenEntity, budget: number): GenStep {
  const { r, pools: p } = c;
  const at = entity.header.at;
  if (!at || r.chance(0.45))
    return { kind: "where", cond: condition({ ...c, scopes: [...c.scopes, entity.name] }, budget) };
  const d = r.pick(p.durations);
  const outer = paths(c, "timestamp").filter((path) => !path.includes(".") || path.startsWith("Customer."));
  return {
    kind: "window",
    text: r.weighted<() => string>([
      [5, () => `.last${short(d)}`],
      [1, () => `.last(${short(d)})`],
      [entity.header.scheduled ? 4 : 0, () => `.next${short(d)}`],
      [3, () => `.during(${windowText(c, outer, entity.header.scheduled)})`],
      [1, () => `.since(${r.pick([r.pick(p.date), r.pick(p.timestamp), `${short(d)} ago`])})`],
      [1, () => `.before(${r.pick([r.pick(p.date), r.pick(p.timestamp), `${short(d)} ago`])})`],
      [1, () => `.on(${r.pick(p.date)})`],
    ])(),
  };
}

function collection(c: Context, budget: number): GenCollection | null {
  const options: { path: string; entity: string; weight: number }[] = [];
  c.scopes.forEach((name, depth) => {
    for (const l of entityOf(c.model, name).links) {
      const path = written(c, depth, l.name, true);
      if (!path) continue;
      if (l.many) options.push({ path, entity: l.target, weight: depth === c.scopes.length - 1 ? 3 : 1 });
      else
        for (const far of entityOf(c.model, l.target).links)
          if (far.many) options.push({ path: `${path}.${far.name}`, entity: far.target, weight: 1 });
    }
  });
  if (options.length === 0 || c.scopes.length > 3) return null;
  const chosen = c.r.weighted(options.map((o) => [o.weight, o] as const));
  const entity = entityOf(c.model, chosen.entity);
  const steps = Array.from(
    {
      length: c.r.weighted([
        [2, 0],
        [4, 1],
        [1, 2],
      ]),
    },
    () => step(c, entity, budget - 1),
  );
  return { path: chosen.path, entity: chosen.entity, steps };
}

const NUMBERS: readonly GenType[] = ["integer", "decimal", "float"];

/** A value of the type; null where there is none to be had here. */
function value(c: Context, type: GenType, budget: number): Gen | null {
  const { r } = c;
  const found = paths(c, type);
  const simple = (): Gen | null => (found.length ? { kind: "field", type, path: r.pick(found) } : null);
  if (budget <= 0) return simple();
  const inner = (t: GenType, b = budget - 1) => value(c, t, b);
  return r.weighted<() => Gen | null>([
    [6, simple],
    [5, () => aggregate(c, type, budget)],
    [3, () => pick(c, type)],
    [NUMBERS.includes(type) ? 3 : 0, () => arithmetic(c, type, budget)],
    [
      1,
      () => {
        const v = inner(type);
        return v && { kind: "else", type, value: v, fallback: leaf(c, type) };
      },
    ],
    [
      type === "integer" ? 4 : 0,
      () => {
        const v = inner(r.pick(["date", "timestamp"]));
        return (
          v && { kind: "since", type: "integer", fn: r.pick(["days_since", "months_since", "years_since"]), value: v }
        );
      },
    ],
  ])();
}

function arithmetic(c: Context, type: GenType, budget: number): Gen | null {
  const { r } = c;
  const op = type === "float" ? "/" : r.pick(["+", "+", "-", "*"]);
  const operandType = type === "float" ? r.pick(NUMBERS) : type;
  const depth = op === "*" ? 0 : budget - 1;
  const left = value(c, operandType, depth);
  if (!left) return null;
  const right =
    op !== "*" && r.chance(0.6)
      ? (value(c, operandType, 0) ?? leaf(c, operandType))
      : ({ kind: "const", type: operandType, text: r.pick(["2", "3", "10"]) } as const);
  return { kind: "arithmetic", type, op, left, right };
}

/** The sums of floats that the language exempts from agreement are not made: data of floats are halves and quarters, so their sums are exact. */
function aggregate(c: Context, type: GenType, budget: number): Gen | null {
  const { r } = c;
  const coll = collection(c, budget);
  if (!coll) return null;
  const inside: Context = { ...c, scopes: [...c.scopes, coll.entity] };
  const of = (t: GenType): Gen | null => value(inside, t, r.chance(0.2) ? 1 : 0);
  const make = (fn: string, x: Gen | null, needs: boolean): Gen | null =>
    needs && !x ? null : { kind: "aggregate", type, fn, collection: coll, of: x, bare: false };
  switch (type) {
    case "integer":
      return r.weighted<() => Gen | null>([
        [4, () => make("count", null, false)],
        [2, () => ({ kind: "aggregate", type, fn: "count", collection: coll, of: null, bare: true })],
        [3, () => make("distinct", of(r.pick(["text", "integer", "decimal", "date", "timestamp", "boolean"])), true)],
        [1, () => make("sum", of("integer"), true)],
        [1, () => make(r.pick(["min", "max"]), of("integer"), true)],
      ])();
    case "decimal":
      return make(r.pick(["sum", "sum", "min", "max"]), of("decimal"), true);
    case "float":
      return r.weighted<() => Gen | null>([
        [9, () => make("avg", of(r.pick(["integer", "decimal"])), true)],
        [2, () => make("share", condition(inside, budget - 1), true)],
        [1, () => make(r.pick(["min", "max"]), of("float"), true)],
      ])();
    case "text":
    case "date":
    case "timestamp":
      return make(r.pick(["min", "max"]), of(type), true);
    case "boolean":
      return null;
  }
}

function pick(c: Context, type: GenType): Gen | null {
  const { r } = c;
  const coll = collection(c, 0);
  if (!coll) return null;
  const entity = entityOf(c.model, coll.entity);
  if (!entity.header.at) return null;
  const own = entity.fields.filter((f) => f.type === type).map((f) => f.name);
  const far = entity.links
    .filter((l) => !l.many)
    .flatMap((l) =>
      fieldsOf(c.model, l.target)
        .filter((f) => f.type === type)
        .map((f) => `${l.name}.${f.name}`),
    );
  const options = [...own, ...own, ...far];
  if (options.length === 0) return null;
  return { kind: "pick", type, which: r.pick(["first", "latest"]), collection: coll, path: r.pick(options) };
}

/** A condition; always one, because every entity has some field. */
export function condition(c: Context, budget: number): Gen {
  const { r } = c;
  const composite = budget > 0;
  for (let attempt = 0; attempt < 20; attempt++) {
    const made = r.weighted<() => Gen | null>([
      [
        composite ? 3 : 0,
        () => ({
          kind: r.pick(["and", "or"]),
          type: "yes",
          items: Array.from({ length: 2 + r.below(2) }, () => condition(c, budget - 1)),
        }),
      ],
      [composite ? 2 : 0, () => ({ kind: "not", type: "yes", item: condition(c, budget - 1) })],
      [6, () => compare(c, budget)],
      [2, () => membership(c, budget)],
      [2, () => textTest(c)],
      [
        1,
        () => {
          const v = value(c, r.pick(["text", "integer", "decimal", "float", "date", "timestamp", "boolean"]), budget);
          return v && { kind: "is", type: "yes", what: r.pick(["known", "missing"]), value: v };
        },
      ],
      [1, () => linked(c)],
      [
        1,
        () => {
          const v = value(c, "boolean", 0);
          return v && { kind: "truth", type: "yes", value: v };
        },
      ],
      [
        composite ? 4 : 1,
        () => {
          const coll = collection(c, budget);
          return coll && { kind: "exists", type: "yes", no: r.chance(0.4), collection: coll };
        },
      ],
      [
        c.scopes.length === 1 ? 1 : 0,
        () => {
          const others = c.earlier.filter((s) => s.of === c.scopes[0]);
          return others.length ? { kind: "segment", type: "yes", name: r.pick(others).name } : null;
        },
      ],
    ])();
    if (made) return made;
  }
  return { kind: "exists", type: "yes", no: true, collection: { path: "visits", entity: "Visit", steps: [] } };
}

function compare(c: Context, budget: number): Gen | null {
  const { r } = c;
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
  if (left.kind === "aggregate" && left.fn === "avg")
    return made(
      r.pick(
        left.of?.type === "integer"
          ? ["-1", "0", "1", "2", "3", "5", "10"]
          : ["-1.5", "0", "0.1", "0.25", "1", "2.5", "10"],
      ),
    );
  if (left.kind === "aggregate" && left.fn === "share") return made(r.pick(["0", "0.5", "1"]));
  if (left.kind === "arithmetic")
    return r.chance(0.7)
      ? made(
          r.pick(left.type === "integer" ? ["0", "2", "3", "4", "6", "20"] : ["0", "0.2", "0.5", "1", "2", "5", "20"]),
        )
      : null;
  return null;
}

function membership(c: Context, budget: number): Gen | null {
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

function textTest(c: Context): Gen | null {
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

function linked(c: Context): Gen | null {
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

/** Segments of mixed depth over Customer, now and then over Account. */
export function generateSegments(r: Rng, model: GenModel, p: Pools, count: number): GenSegment[] {
  const made: GenSegment[] = [];
  for (let i = 0; i < count; i++) {
    const of = r.chance(0.12) ? "Account" : "Customer";
    const cond = condition({ r, model, pools: p, scopes: [of], earlier: made }, 1 + r.below(3));
    made.push({ name: `S${i}`, of, cond });
  }
  return made;
}
