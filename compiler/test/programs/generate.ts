import { dayOf, formatDay, formatInstant, parseInstant } from "../../../language/meaning/calendar.ts";
import { NO_CLAIMS } from "../../../language/meaning/claims.ts";
import type {
  Bound,
  Collection,
  CompareOp,
  Const,
  Pred,
  Row,
  Step,
  Test,
  Value,
  Window,
} from "../../../language/meaning/ir.ts";
import type { Program, Segment, Trait } from "../../../language/meaning/program.ts";
import type { Duration, DurationUnit, Link } from "../../../language/model/model.ts";
import { BOOLEAN, DATE, FLOAT, INTEGER, type ScalarType, TEXT, TIMESTAMP } from "../../../language/types/type.ts";
import type { Tables } from "../../predicate/world.ts";
import type { Rng } from "../random/rng.ts";
import { MODEL, MONEY, PLACE } from "./model.ts";
import { timesAround } from "./times.ts";

/** A program as `lower` could have made it, and rows on both sides of all that it asks for. */
export interface Generated {
  readonly program: Program;
  readonly tables: Tables;
}

const origin = PLACE;
export const literal = (type: ScalarType, value: Const["value"]): Const => ({ kind: "const", type, value, origin });

/** `asOf` is ISO text. Every segment has a `not` of its own beside it, under its name with `Not` before. */
export function generateProgram(r: Rng, asOf: string, zone: string): Generated {
  const now = parseInstant(asOf, "UTC") as bigint;
  const times = timesAround(r, now, zone);
  const days = times.flatMap((time) => [dayOf(time, zone) - 1, dayOf(time, zone), dayOf(time, zone) + 1]);

  const NUMBERS = ["-1", "0", "1", "2", "3"];
  const TYPES: readonly ScalarType[] = [INTEGER, MONEY, FLOAT, TEXT, BOOLEAN, DATE, TIMESTAMP];
  const FIELDS = new Map([
    ["integer", "n"],
    ["decimal", "m"],
    ["float", "f"],
    ["text", "t"],
    ["boolean", "b"],
    ["date", "d"],
    ["timestamp", "at"],
  ]);
  const traits = new Map<string, Trait>();
  const segments = new Map<string, Segment>();

  function constant(type: ScalarType): Const {
    if (r.chance(0.04)) return literal(type, null);
    switch (type.kind) {
      case "integer":
        return literal(type, r.pick(NUMBERS));
      case "decimal":
        return literal(type, r.pick(["-1.5", "0", "0.25", "2", "10.01"]));
      case "float":
        return literal(type, r.pick([-1, 0, 0.5, 2, 3]));
      case "text":
        return literal(type, r.pick(["", "a", "A", "b", "ab"]));
      case "boolean":
        return literal(type, r.chance(0.5));
      case "date":
        return literal(type, formatDay(r.pick(days)));
      case "timestamp": {
        const text = formatInstant(r.pick(times));
        return literal(type, r.chance(0.5) ? text : text.slice(0, -1));
      }
    }
  }

  /** `scopes` are the entities of the scopes around, outermost first. */
  function value(type: ScalarType, scopes: readonly string[], fuel: number): Value {
    const simple = (): Value => {
      if (r.chance(0.15)) return constant(type);
      if (r.chance(0.04)) return { kind: "param", name: `p_${type.kind}`, type, origin };
      if (type.kind === "date" && r.chance(0.1)) return { kind: "today", zone: null, type, origin };
      if (type.kind === "timestamp" && r.chance(0.1)) return { kind: "now", type, origin };
      const on = rowOf(scopes, fuel - 1);
      const name = FIELDS.get(type.kind) as string;
      const has = MODEL.entities.get(on.entity)?.fields.get(name);
      return has ? { kind: "field", row: on, field: name, type, origin } : constant(type);
    };
    if (fuel <= 0) return simple();
    const inner = (of: ScalarType) => value(of, scopes, fuel - 1);
    const makers: (readonly [number, () => Value])[] = [
      [6, simple],
      [1, () => ({ kind: "else", value: inner(type), fallback: inner(type), type, origin })],
      [2, () => traitValue(type, scopes, fuel) ?? simple()],
      [
        1,
        () => ({
          kind: "aggregate",
          fn: r.pick(["min", "max"]),
          ...over(scopes, fuel, type),
          cond: null,
          type,
          origin,
        }),
      ],
    ];
    if (type.kind === "integer" || type.kind === "decimal" || type.kind === "float") {
      const op = r.pick(["+", "-", "*"] as const);
      // A product of two decimals may have too many digits, which the checker reports.
      const safe = type.kind === "decimal" && op === "*" ? "-" : op;
      makers.push([1, () => ({ kind: "arithmetic", op: safe, left: inner(type), right: inner(type), type, origin })]);
      makers.push([1, () => ({ kind: "negate", operand: inner(type), type, origin })]);
      makers.push([1, () => ({ kind: "aggregate", fn: "sum", ...over(scopes, fuel, type), cond: null, type, origin })]);
    }
    if (type.kind === "integer") {
      makers.push([
        2,
        () => ({
          kind: "aggregate",
          fn: "count",
          collection: collection(scopes, fuel),
          of: null,
          cond: null,
          type,
          origin,
        }),
      ]);
      makers.push([
        1,
        () => ({ kind: "aggregate", fn: "distinct", ...over(scopes, fuel, r.pick(TYPES)), cond: null, type, origin }),
      ]);
      makers.push([3, () => since(scopes, fuel)]);
    }
    if (type.kind === "decimal") makers.push([1, () => ({ kind: "widen", value: inner(INTEGER), type, origin })]);
    if (type.kind === "float") {
      makers.push([1, () => ({ kind: "widen", value: inner(r.pick([INTEGER, MONEY])), type, origin })]);
      makers.push([1, () => ({ kind: "arithmetic", op: "/", left: inner(type), right: inner(type), type, origin })]);
      makers.push([
        1,
        () => ({
          kind: "aggregate",
          fn: "avg",
          ...over(scopes, fuel, r.pick([INTEGER, MONEY])),
          cond: null,
          type,
          origin,
        }),
      ]);
      makers.push([
        1,
        () => {
          const all = collection(scopes, fuel);
          return {
            kind: "aggregate",
            fn: "share",
            collection: all,
            of: null,
            cond: pred(inside(scopes, all), fuel - 1),
            type,
            origin,
          };
        },
      ]);
    }
    if (type.kind === "date")
      makers.push([3, () => ({ kind: "local_date", value: inner(TIMESTAMP), zone: null, type, origin })]);
    if (type.kind === "date" || type.kind === "timestamp") {
      const units: readonly DurationUnit[] = type.kind === "date" ? ["d", "w", "mo", "q", "y"] : ["min", "h", "d", "w"];
      makers.push([
        1,
        () => ({
          kind: "shift",
          value: inner(type),
          by: { amount: r.below(7) - 3, unit: r.pick(units) },
          zone: null,
          type,
          origin,
        }),
      ]);
    }
    if (type.kind === "boolean")
      makers.push([2, () => ({ kind: "condition", pred: pred(scopes, fuel - 1), type, origin })]);
    return r.weighted(makers)();
  }

  function since(scopes: readonly string[], fuel: number): Value {
    const of = value(r.pick([DATE, TIMESTAMP]), scopes, fuel - 1);
    return {
      kind: "since",
      unit: r.pick(["day", "month", "year"]),
      value: of,
      zone: null,
      now: null,
      type: INTEGER,
      origin,
    };
  }

  function traitValue(type: ScalarType, scopes: readonly string[], fuel: number): Value | null {
    const on = rowOf(scopes, fuel - 1);
    const names = [...traits.values()].filter((t) => t.entity === on.entity && t.value.type.kind === type.kind);
    return names.length === 0 ? null : { kind: "trait", name: r.pick(names).name, row: on, type, origin };
  }

  function rowOf(scopes: readonly string[], fuel: number): Row {
    const depth = r.below(scopes.length);
    let on: Row = { kind: "scope", depth, entity: scopes[depth] as string };
    while (fuel > 0 && r.chance(0.25)) {
      const links: readonly Link[] = [...(MODEL.entities.get(on.entity)?.links.values() ?? [])].filter(
        (l) => l.kind === "one",
      );
      if (links.length === 0) break;
      const chosen = r.pick(links);
      on = { kind: "link", from: on, link: chosen.name, entity: chosen.target };
    }
    if (fuel <= 0 || !r.chance(0.2)) return on;
    const all = collection(scopes, fuel);
    return { kind: "pick", which: r.pick(["first", "latest"]), collection: all, entity: all.entity };
  }

  function collection(scopes: readonly string[], fuel: number): Collection {
    const linksOf = (row: Row): readonly Link[] =>
      [...(MODEL.entities.get(row.entity)?.links.values() ?? [])].filter((l) => l.kind === "many");
    const near = rowOf(scopes, 0);
    const from: Row = linksOf(near).length > 0 ? near : { kind: "scope", depth: 0, entity: scopes[0] as string };
    const chosen = r.pick(linksOf(from));
    const all: Collection = { from, link: chosen.name, entity: chosen.target, depth: scopes.length, steps: [], origin };
    const at = MODEL.entities.get(chosen.target)?.at ?? null;
    const steps = Array.from({ length: r.below(3) }, (): Step => {
      if (at === null || r.chance(0.5)) return { kind: "where", cond: pred(inside(scopes, all), fuel - 1), origin };
      return { kind: "window", window: window(at === "d" ? "date" : "timestamp", inside(scopes, all), fuel), origin };
    });
    return { ...all, steps };
  }

  const inside = (scopes: readonly string[], all: Collection): readonly string[] => [...scopes, all.entity];

  function over(scopes: readonly string[], fuel: number, of: ScalarType): { collection: Collection; of: Value } {
    const all = collection(scopes, fuel);
    return { collection: all, of: value(of, inside(scopes, all), fuel - 1) };
  }

  function window(target: "date" | "timestamp", scopes: readonly string[], fuel: number): Window {
    const bound = (): Bound | null =>
      r.weighted<() => Bound | null>([
        [1, () => null],
        [2, () => ({ kind: "asOf", shift: duration() })],
        [
          2,
          () => ({
            kind: "calendar",
            unit: r.pick(["day", "week", "month", "quarter", "year"]),
            offset: r.below(5) - 2,
          }),
        ],
        [2, () => ({ kind: "value", value: constant(r.pick([DATE, TIMESTAMP])), edge: r.pick(["start", "end"]) })],
        [
          2,
          () => ({
            kind: "value",
            value: value(r.pick([DATE, TIMESTAMP]), scopes, fuel - 1),
            edge: r.pick(["start", "end"]),
          }),
        ],
      ])();
    return { target, from: bound(), to: bound(), words: "then", zone: null, origin };
  }

  const duration = (): Duration => ({ amount: r.below(9) - 4, unit: r.pick(["min", "h", "d", "w", "mo", "q", "y"]) });

  function pred(scopes: readonly string[], fuel: number): Pred {
    const again = () => pred(scopes, fuel - 1);
    if (fuel > 0 && r.chance(0.35)) {
      const kind = r.pick(["and", "or", "not"] as const);
      if (kind === "not") return { kind, item: again(), origin };
      return { kind, items: Array.from({ length: 1 + r.below(3) }, again), origin };
    }
    if (r.chance(0.03)) return { kind: "always", value: r.chance(0.5), origin };
    return { kind: "test", test: test(scopes, fuel), origin };
  }

  function test(scopes: readonly string[], fuel: number): Test {
    const of = (type: ScalarType) => value(type, scopes, fuel - 1);
    const ops: readonly CompareOp[] = ["=", "<", "<=", ">", ">="];
    const any = r.pick(TYPES);
    const ordered = r.pick(TYPES.filter((type) => type.kind !== "boolean"));
    const moment = r.pick([DATE, TIMESTAMP]);
    const ignoreCase = any.kind === "text" && r.chance(0.4);
    const when = r.chance(0.5)
      ? r.chance(0.5)
        ? since(scopes, fuel)
        : ({ kind: "local_date", value: of(TIMESTAMP), zone: null, type: DATE, origin } as const)
      : of(any);
    const where = rowOf(scopes, fuel - 1);
    const known = [...segments.values()].filter((s) => s.entity === where.entity);
    const makers: (readonly [number, () => Test])[] = [
      [
        4,
        () => ({
          kind: "compare",
          op: any.kind === "boolean" ? "=" : r.pick(ops),
          left: of(any),
          right: of(any),
          ignoreCase,
        }),
      ],
      [4, () => ({ kind: "compare", op: r.pick(ops), left: when, right: constant(when.type), ignoreCase: false })],
      [1, () => ({ kind: "compare", op: r.pick(ops), left: constant(when.type), right: when, ignoreCase: false })],
      [
        2,
        () => ({
          kind: "oneOf",
          value: when,
          options: Array.from({ length: r.below(4) }, () => constant(when.type)),
          ignoreCase: false,
          list: null,
        }),
      ],
      [
        1,
        () => ({
          kind: "oneOf",
          value: of(TEXT),
          options: Array.from({ length: r.below(4) }, () => constant(TEXT)),
          ignoreCase,
          list: null,
        }),
      ],
      [
        1,
        () => ({
          kind: "between",
          value: of(ordered),
          from: r.chance(0.2) ? null : of(ordered),
          to: r.chance(0.2) ? null : of(ordered),
          toInclusive: ordered.kind !== "timestamp",
        }),
      ],
      [
        2,
        () => ({
          kind: "between",
          value: when,
          from: r.chance(0.2) ? null : constant(when.type),
          to: r.chance(0.2) ? null : constant(when.type),
          toInclusive: when.type.kind !== "timestamp",
        }),
      ],
      [
        2,
        () => ({
          kind: "inWindow",
          value: of(moment),
          window: window(moment.kind as "date" | "timestamp", scopes, fuel),
        }),
      ],
      [
        1,
        () => ({
          kind: "text",
          mode: r.pick(["contains", "startsWith", "endsWith"]),
          value: of(TEXT),
          needle: of(TEXT),
          ignoreCase,
        }),
      ],
      [2, () => ({ kind: "known", value: of(any) })],
      [1, () => ({ kind: "linked", row: rowOf(scopes, 2) })],
      [2, () => ({ kind: "truth", value: of(BOOLEAN) })],
      [2, () => ({ kind: "exists", collection: collection(scopes, fuel) })],
      [known.length === 0 ? 0 : 2, () => ({ kind: "segment", name: r.pick(known).name, row: where })],
    ];
    return r.weighted(makers)();
  }

  for (const type of [...TYPES, ...TYPES]) {
    const entity = r.pick(["Person", "Person", "Order"]);
    const name = `trait${traits.size}`;
    traits.set(name, { name, title: null, doc: null, entity, value: value(type, [entity], 2), kpi: false, origin });
  }
  for (let i = 0; i < 12; i++) {
    const entity = r.pick(["Person", "Person", "Person", "Order"]);
    const condition = pred([entity], 4);
    const segment = {
      kind: "segment",
      partOf: null,
      title: null,
      doc: null,
      entity,
      owner: null,
      tags: [],
      deprecated: null,
      origin,
    } as const;
    segments.set(`S${i}`, { ...segment, name: `S${i}`, condition });
    segments.set(`NotS${i}`, { ...segment, name: `NotS${i}`, condition: { kind: "not", item: condition, origin } });
  }
  const params = TYPES.map((type) => ({ name: `p_${type.kind}`, type, value: constant(type), origin }));

  const maybe = <A>(cell: A): A | null => (r.chance(0.2) ? null : cell);
  const cells = () => ({
    n: maybe(r.pick(NUMBERS)),
    m: maybe(r.pick(["-1.5", "0", "0.25", "2", "10.01"])),
    f: maybe(r.pick([-1, 0, 0.5, 2, "NaN"])),
    t: maybe(r.pick(["", "a", "A", "b", "ab", "B"])),
    b: maybe(r.chance(0.5)),
    d: maybe(formatDay(r.pick(days))),
    at: maybe(formatInstant(r.pick(times))),
  });
  const people = ["a", "b", "c", "d", "e", "g", "h", "i"];
  return {
    program: {
      model: MODEL,
      filters: new Map(),
      params: new Map(params.map((p) => [p.name, p])),
      traits,
      segments,
      segmentations: new Map(),
      splits: new Map(),
      snapshots: new Map(),
      claims: NO_CLAIMS,
    },
    tables: {
      person: people.map((id) => ({ id, ...cells(), boss_id: maybe(r.pick([...people, "gone"])) })),
      order: Array.from({ length: 14 }, (_, id) => ({ id, ...cells(), person_id: maybe(r.pick([...people, "gone"])) })),
      visit: Array.from({ length: 14 }, () => ({
        d: maybe(formatDay(r.pick(days))),
        n: maybe(r.pick(NUMBERS)),
        person_id: maybe(r.pick(people)),
        order_id: maybe(r.below(16)),
      })),
    },
  };
}
