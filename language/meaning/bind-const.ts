import { InternalError } from "../text/assert.ts";
import { DATE, type ScalarType, TIMESTAMP } from "../types/type.ts";
import {
  dayOf,
  formatDay,
  formatInstant,
  hourOf,
  nextReturn,
  parseDay,
  parseInstant,
  partOf,
  periodStart,
  shiftDay,
  shiftInstant,
} from "./calendar.ts";
import type { Const, Origin, Value } from "./ir.ts";
import { constantPerZone, inZone } from "./zones.ts";

/** What stands over constants alone, as a constant. */
export function worked(value: Value, project: string): Value {
  if (value.kind === "else") {
    if (value.value.kind !== "const") return value;
    return value.value.value === null ? value.fallback : value.value;
  }
  if (value.kind === "elapsed") return elapsed(value, project);
  if (!isOverOne(value)) return value;
  const inner = value.value;
  const own = "zone" in value ? value.zone : null;
  if (inner.kind === "const" && own === null) return overConstant(value, inner, project);
  if (inner.kind !== "const" && inner.kind !== "zoned") return value;
  const zone = own ?? (inner.kind === "zoned" ? inner.zone : null);
  if (zone === null) return value;
  const of = (name: string): Const => {
    const constant = inZone(inner, name);
    if (constant.kind !== "const") throw new InternalError(`${constant.kind} is no constant`);
    return overConstant(value, constant, own === null ? project : name);
  };
  return constantPerZone(zone, project, of, value.origin);
}

type OverOne = Extract<Value, { kind: (typeof OVER_ONE)[number] }>;

/** What is worked out of one constant, in a zone. */
function overConstant(value: OverOne, inner: Const, zone: string): Const {
  const { type, origin } = value;
  if (inner.value === null) return { ...inner, type, origin };
  if (value.kind === "anniversary") {
    if (value.now === null) throw new InternalError("an anniversary without its today");
    return days(nextReturn(dayIn(inner), dayIn(value.now)), origin);
  }
  if (value.kind === "start_of") return days(periodStart(value.unit, 0, dayIn(inner)), origin);
  if (value.kind === "part") {
    const part = value.part === "hour" ? hourOf(instantIn(inner, zone), zone) : partOf(value.part, dayIn(inner));
    return literal(type, String(part), origin);
  }
  if (value.kind === "local_date") return days(dayOf(instantIn(inner, zone), zone), origin);
  if (inner.type.kind === "date") return days(shiftDay(dayIn(inner), value.by), origin);
  return instants(shiftInstant(instantIn(inner, zone), value.by, zone), origin);
}

function elapsed(value: Extract<Value, { kind: "elapsed" }>, zone: string): Value {
  const { from, to, type, origin } = value;
  if (from.kind !== "const" || to.kind !== "const") return value;
  if (from.value === null || to.value === null) return { kind: "const", type, value: null, origin };
  const isDays = from.type.kind === "date";
  const length = isDays ? dayIn(to) - dayIn(from) : instantIn(to, zone) - instantIn(from, zone);
  return literal(type, String(length), origin);
}

const OVER_ONE = ["shift", "local_date", "part", "start_of", "anniversary"] as const;

const isOverOne = (value: Value): value is OverOne => (OVER_ONE as readonly string[]).includes(value.kind);

/** A timestamp that is a clock time of the zone as the instant it means; other constants as they are. */
export function absolute(constant: Const, zone: string): Const {
  if (constant.type.kind !== "timestamp" || constant.value === null) return constant;
  return { ...constant, value: formatInstant(instantIn(constant, zone)) };
}

/** A constant date. */
export const days = (day: number, origin: Origin): Const => literal(DATE, formatDay(day), origin);
/** A constant timestamp. */
export const instants = (micros: bigint, origin: Origin): Const => literal(TIMESTAMP, formatInstant(micros), origin);
const literal = (type: ScalarType, value: string, origin: Origin): Const => ({ kind: "const", type, value, origin });

/** The day of a constant date. */
export function dayIn(constant: Const): number {
  const day = parseDay(String(constant.value));
  if (day === null) throw new InternalError(`not a date: ${constant.value}`);
  return day;
}

/** The instant of a constant timestamp; without an offset it is a clock time of the zone. */
export function instantIn(constant: Const, zone: string): bigint {
  const micros = parseInstant(String(constant.value), zone);
  if (micros === null) throw new InternalError(`not a timestamp: ${constant.value}`);
  return micros;
}
