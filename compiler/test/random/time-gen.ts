import { type Context, short } from "./context.ts";
import type { Gen, GenType } from "./shape.ts";
import { value } from "./value-gen.ts";

/** A part of a day or of an instant, the day of one, the start of its period, and its next yearly return. */
export function partOf(c: Context, type: GenType, budget: number): Gen | null {
  const { r } = c;
  const one = (fn: string, of: GenType, ...before: Gen[]): Gen | null => {
    const arg = value(c, of, budget - 1);
    return arg && { kind: "function", type, fn, args: [...before, arg] };
  };
  const dayOrInstant = (): GenType => r.pick(["date", "timestamp"]);
  if (type === "integer")
    return r.chance(0.25)
      ? one("hour", "timestamp")
      : one(r.pick(["year", "year", "month", "day", "day_of_week", "day_of_week"]), dayOrInstant());
  if (type !== "date") return null;
  const unit: Gen = { kind: "const", type: "text", text: r.pick(["week", "month", "quarter", "year"]) };
  return r.weighted<() => Gen | null>([
    [2, () => one("date", "timestamp")],
    [2, () => one("start_of", dayOrInstant(), unit)],
    [2, () => one("anniversary", dayOrInstant())],
  ])();
}

/** The time between two instants, or two days, beside a length of time. */
export function difference(c: Context, budget: number): Gen | null {
  const { r } = c;
  const type = r.pick<GenType>(["timestamp", "date"]);
  const [left, right] = [value(c, type, budget - 1), value(c, type, budget - 1)];
  if (!left || !right) return null;
  const units = type === "date" ? ["d", "w"] : ["min", "h", "d", "w"];
  const exact = c.pools.durations.filter((d) => units.includes(d.unit));
  const length = exact.length > 0 && r.chance(0.7) ? short(r.pick(exact)) : r.pick(["1d", "0d", "7d"]);
  return {
    kind: "compare",
    type: "yes",
    op: r.pick(["=", "!=", "<", "<=", ">", ">="]),
    left: { kind: "arithmetic", type, op: "-", left, right },
    right: { kind: "const", type, text: length },
    ignoreCase: false,
  };
}

/** A yearly return in a window. `window` is its text. */
export function returns(c: Context, window: string): Gen | null {
  const { r } = c;
  const day = value(c, r.pick(["date", "timestamp"]), 0);
  if (!day) return null;
  const left: Gen = { kind: "function", type: "date", fn: "anniversary", args: [day] };
  return { kind: "in", type: "yes", negated: r.chance(0.3), value: left, set: window, ignoreCase: false };
}

/** What such a part often equals; null of other functions. */
export function likelyPart(c: Context, fn: string): string | null {
  const { r, pools } = c;
  const today = r.pick(pools.date);
  switch (fn) {
    case "year":
      return String(Number(today.slice(0, 4)));
    case "month":
      return String(Number(today.slice(5, 7)));
    case "day":
      return String(Number(today.slice(8, 10)));
    case "day_of_week":
      return String(1 + r.below(7));
    case "hour":
      return r.pick(["0", "2", "10", "12", "22", "23"]);
    case "start_of":
      return `${today.slice(0, 7)}-01`;
    case "anniversary":
      return nextReturn(today, pools.date[1] ?? today);
    default:
      return null;
  }
}

/** The next day of the same name; what comes of 29 February is left to the 28th. */
function nextReturn(day: string, today: string): string {
  const year = Number(today.slice(0, 4)) + (day.slice(5) < today.slice(5) ? 1 : 0);
  return `${year}-${day.slice(5).replace("02-29", "02-28")}`;
}
