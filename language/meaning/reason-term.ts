import type { Constraint, Model } from "../model/model.ts";
import { INTEGER } from "../types/type.ts";
import type { Collection, Const, Row, Value } from "./ir.ts";
import { keyOf } from "./key.ts";
import type { Term } from "./reason-form.ts";
import { type Allowed, ANYTHING, between, KNOWN, type Point, pointOf, points, stepOf } from "./reason-set.ts";

/** A value as a term. */
export function termOf(value: Value, model: Model): Term {
  const step = stepOf(value.type);
  const base = baseOf(value, step);
  return { key: keyOf(value), step, base, declared: declaredOf(value, model, step) ?? base, value };
}

/** How many elements a collection has. */
export const countTerm = (collection: Collection, model: Model): Term => termOf(countOf(collection), model);

/** A term that is no value: whole numbers between two, or missing. */
export function countedTerm(key: string, from: number, to: number, missing: boolean): Term {
  const base = { ...between(BigInt(from), BigInt(to), true, 1n), missing };
  return { key, step: 1n, base, declared: base, value: null };
}

function countOf(collection: Collection): Value {
  return { kind: "aggregate", fn: "count", collection, of: null, cond: null, type: INTEGER, origin: collection.origin };
}

/** What a value may be whatever the data. */
function baseOf(value: Value, step: bigint | null): Allowed {
  switch (value.kind) {
    case "aggregate":
    case "groupAggregate":
      switch (value.fn) {
        case "count":
        case "distinct":
          return between(0n, null, true, step);
        case "sum":
          // A float that grows beyond all measure is missing.
          return value.type.kind === "float" ? ANYTHING : KNOWN;
        case "share":
          return { ...between(0, 1, true, step), missing: true };
        default:
          return ANYTHING;
      }
    case "part": {
      const [from, to] = PARTS[value.part];
      return { ...whole(from, to, step), missing: true };
    }
    case "tile":
      return value.tiles === "percentile"
        ? { ...between(0, 1, false, step), missing: true }
        : { ...whole(1, value.tiles, step), missing: true };
    case "now":
    case "today":
    case "param":
    case "condition":
      return KNOWN;
    default:
      return value.type.kind === "boolean" ? { ...points([0n, 1n], step), missing: true } : ANYTHING;
  }
}

const PARTS = {
  year: [1, 9999],
  month: [1, 12],
  day: [1, 31],
  hour: [0, 23],
  day_of_week: [1, 7],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

const whole = (from: number, to: number, step: bigint | null): Allowed =>
  between(BigInt(from) * (step ?? 1n), BigInt(to) * (step ?? 1n), true, step);

/** What the model says that a value may be; null where it says nothing. */
function declaredOf(value: Value, model: Model, step: bigint | null): Allowed | null {
  switch (value.kind) {
    case "field": {
      const field = model.entities.get(value.row.entity)?.fields.get(value.field);
      if (field === undefined) return null;
      const missing = field.optional || field.extension !== null || !isThere(value.row, model);
      const ranges = field.constraint === null ? KNOWN : constrained(field.constraint, value, step);
      return ranges === null ? null : { ...ranges, missing };
    }
    case "aggregate": {
      if (!["min", "max", "most_frequent"].includes(value.fn) || value.of === null) return null;
      const of = declaredOf(value.of, model, step);
      return of === null ? null : { ...of, missing: true };
    }
    default:
      return null;
  }
}

/** Whether the model says that a row is there. */
function isThere(row: Row, model: Model): boolean {
  if (row.kind === "scope") return true;
  if (row.kind === "pick") return false;
  const link = model.entities.get(row.from.entity)?.links.get(row.link);
  return link?.optional === false && isThere(row.from, model);
}

function constrained(constraint: Constraint, { type, origin }: Value, step: bigint | null): Allowed | null {
  const point = (text: string | null): Point | null => {
    if (text === null) return null;
    const value = type.kind === "float" ? Number(text) : text;
    return pointOf({ kind: "const", type, value, origin } satisfies Const);
  };
  if (constraint.kind === "oneOf")
    return points(
      constraint.values.map((text) => point(text) ?? text),
      step,
    );
  return between(point(constraint.from), point(constraint.to), true, step);
}
