import type { Bound, Const, Origin, Pred, Test, Value, Window, Zoned } from "./ir.ts";

/** More ways than the local dates of one instant are not told apart. */
const MOST_WAYS = 6;

/**
 * A test of what differs from zone to zone in a few ways, and is more than a constant, as: the zone is one of these, and the test of their way, or
 * of these …, or none of them, and the test of the project's way. Null for all other tests.
 */
export function waysOf(test: Test, origin: Origin): Pred | null {
  const zoned = zonedIn(test);
  const [first] = zoned;
  if (first === undefined) return null;
  const ways = new Map<string, { readonly zones: string[]; readonly test: Test }>();
  const names = new Set(zoned.flatMap((value) => value.groups.flatMap((group) => group.zones)));
  for (const name of names) {
    const one = forOne(
      test,
      (value) => value.groups.find((group) => group.zones.includes(name))?.value ?? value.otherwise,
    );
    const key = JSON.stringify(one);
    const way = ways.get(key);
    if (way === undefined) ways.set(key, { zones: [name], test: one });
    else way.zones.push(name);
  }
  if (ways.size > MOST_WAYS) return null;
  const isOneOf = (zones: Iterable<string>): Pred => {
    const options = [...zones].map((value): Const => ({ kind: "const", type: first.zone.type, value, origin }));
    return { kind: "test", test: { kind: "oneOf", value: first.zone, options, ignoreCase: false, list: null }, origin };
  };
  const items = [...ways.values()].map(
    (way): Pred => ({ kind: "and", items: [isOneOf(way.zones), { kind: "test", test: way.test, origin }], origin }),
  );
  const usual: Pred = { kind: "test", test: forOne(test, (value) => value.otherwise), origin };
  const others: Pred = { kind: "not", item: isOneOf(names), origin };
  return { kind: "or", items: [...items, { kind: "and", items: [others, usual], origin }], origin };
}

/** Values of each zone that are no constants, and all bounds of anniversaries, whose days of the year are worked out for each. */
function zonedIn(test: Test): readonly Zoned[] {
  switch (test.kind) {
    case "compare":
      return anyIsWorked([test.left, test.right]);
    case "oneOf":
    case "truth":
      return anyIsWorked([test.value]);
    case "between":
      return anyIsWorked([test.value, test.from, test.to]);
    case "inWindow":
      return anyIsWorked([test.value, ...boundsOf(test.window)]);
    case "anniversaryIn":
      return [test.value, ...boundsOf(test.window)].flatMap((value) => (value?.kind === "zoned" ? [value] : []));
    default:
      return [];
  }
}

function anyIsWorked(values: readonly (Value | null)[]): readonly Zoned[] {
  const zoned = values.flatMap((value) => (value?.kind === "zoned" ? [value] : []));
  return zoned.some((value) => value.otherwise.kind !== "const") ? zoned : [];
}

const boundsOf = ({ from, to }: Window): readonly (Value | null)[] =>
  [from, to].map((bound) => (bound?.kind === "value" ? bound.value : null));

/** The test with the values of one zone. */
function forOne(test: Test, of: (value: Zoned) => Value): Test {
  const one = (value: Value): Value => (value.kind === "zoned" ? of(value) : value);
  const bound = (old: Bound | null): Bound | null => {
    if (old?.kind !== "value") return old;
    const value = one(old.value);
    return value.kind === "const" && old.value.kind === "zoned" ? { kind: "at", value } : { ...old, value };
  };
  const window = (old: Window): Window => ({ ...old, from: bound(old.from), to: bound(old.to) });
  switch (test.kind) {
    case "compare":
      return { ...test, left: one(test.left), right: one(test.right) };
    case "oneOf":
    case "truth":
      return { ...test, value: one(test.value) };
    case "between":
      return { ...test, value: one(test.value), from: test.from && one(test.from), to: test.to && one(test.to) };
    case "inWindow":
    case "anniversaryIn":
      return { ...test, value: one(test.value), window: window(test.window) };
    default:
      return test;
  }
}
