import { condition } from "./condition-gen.ts";
import { type Context, leaf, NUMBERS } from "./context.ts";
import type { Gen, GenType } from "./shape.ts";
import { value } from "./value-gen.ts";

/** So many of a few conditions. */
export function counted(c: Context, budget: number): Gen {
  const { r } = c;
  const items = Array.from({ length: 2 + r.below(3) }, () => condition(c, budget - 1));
  const k = r.below(items.length + 2);
  const words = r.pick([`at least ${k} of`, `at most ${k} of`, `exactly ${k} of`, "all of", "any of", "none of"]);
  return { kind: "counted", type: "yes", words, items };
}

/** One of two values. */
export function choice(c: Context, type: GenType, budget: number): Gen | null {
  const { r } = c;
  const yes = value(c, type, budget - 1);
  if (!yes) return null;
  const no = r.chance(0.5) ? value(c, type, 0) : null;
  return { kind: "if", type, cond: condition(c, budget - 1), yes, no: no ?? leaf(c, type) };
}

/** A function of a value or several; of a decimal one that has as many digits after the point. */
export function functionOf(c: Context, type: GenType, budget: number): Gen | null {
  const { r } = c;
  if (type === "boolean") return null;
  const one = (fn: string, of: GenType): Gen | null => {
    const arg = value(c, of, budget - 1);
    return arg && { kind: "function", type, fn, args: [arg] };
  };
  return r.weighted<() => Gen | null>([
    [NUMBERS.includes(type) ? 2 : 0, () => one("abs", type)],
    [
      type === "integer" ? 6 : 0,
      () => one(r.pick(["floor", "ceil"]), r.pick(["decimal", "float", "float", "integer"])),
    ],
    [3, () => several(c, type, budget)],
  ])();
}

function several(c: Context, type: GenType, budget: number): Gen | null {
  const { r } = c;
  const first = value(c, type, budget - 1);
  if (!first) return null;
  const second = r.chance(0.4) ? leaf(c, type) : (value(c, type, 0) ?? leaf(c, type));
  const third = r.chance(0.2) ? [leaf(c, type)] : [];
  return { kind: "function", type, fn: r.pick(["least", "greatest"]), args: [first, second, ...third] };
}

/** A distance beside a number that none of the pools' places is so far apart: at the very threshold engines may differ. */
export function distance(c: Context): Gen | null {
  const { r } = c;
  const [lat, lon] = [value(c, "float", 0), value(c, "float", 0)];
  if (!lat || !lon) return null;
  const place = [lat, lon, leaf(c, r.pick(NUMBERS)), leaf(c, "float")];
  const left: Gen = { kind: "function", type: "float", fn: "distance_km", args: place };
  const right: Gen = { kind: "const", type: "float", text: r.pick(["37", "123", "1234", "7777"]) };
  return { kind: "compare", type: "yes", op: r.pick(["<", ">="]), left, right, ignoreCase: false };
}
