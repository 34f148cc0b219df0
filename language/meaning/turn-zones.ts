import { InternalError } from "../text/assert.ts";
import type { Const, Test, Value, Window } from "./ir.ts";
import type { Turned } from "./turn.ts";
import { constantPerZone, inZone } from "./zones.ts";

/**
 * A comparison by each person's own calendar, turned round for each zone, so that what the column is compared with is a constant of each zone.
 * Null where it cannot be turned in one of them, or becomes something else in one than in another.
 */
export function turnPerZone(
  test: Test,
  derived: Value,
  own: Value,
  turn: (test: Test, zone: string) => Turned | null,
  project: string,
): Turned | null {
  const field = own.kind === "offsets" ? own.zone : own;
  const found = new Map<string, readonly Test[]>();
  const turned = (zone: string): readonly Test[] | null => {
    const known = found.get(zone);
    if (known !== undefined) return known;
    const anyOf = turn(inOneZone(test, derived, zone), zone)?.anyOf ?? null;
    if (anyOf !== null) found.set(zone, anyOf);
    return anyOf;
  };
  const usual = turned(project);
  if (usual === null) return null;
  try {
    const anyOf = usual.map((item, at) =>
      perPlace(item, (place) => {
        const of = (zone: string): Const => {
          const other = turned(zone)?.[at];
          if (other === undefined || turned(zone)?.length !== usual.length) throw new Different();
          return constantAt(other, item, place);
        };
        return constantPerZone(field, project, of, own.origin);
      }),
    );
    return { anyOf };
  } catch (error) {
    if (error instanceof Different) return null;
    throw error;
  }
}

/** Zones whose comparisons have not one form. */
class Different extends Error {}

type Place = "right" | "from" | "to";

function perPlace(test: Test, constant: (place: Place) => Value): Test {
  if (test.kind === "compare") return { ...test, right: constant("right") };
  if (test.kind === "between") return { ...test, from: test.from && constant("from"), to: test.to && constant("to") };
  if (test.kind === "known") return test;
  throw new InternalError(`${test.kind} of a turned comparison`);
}

function constantAt(test: Test, like: Test, place: Place): Const {
  const value =
    test.kind === "compare" && like.kind === "compare" && test.op === like.op
      ? test.right
      : test.kind === "between" && like.kind === "between" && place !== "right" && test.toInclusive === like.toInclusive
        ? test[place]
        : null;
  if (value?.kind !== "const") throw new Different();
  return value;
}

/** The test as one zone has it. */
function inOneZone(test: Test, derived: Value, zone: string): Test {
  const plain = (value: Value): Value =>
    value === derived ? ({ ...value, zone: null } as Value) : inZone(value, zone);
  switch (test.kind) {
    case "compare":
      return { ...test, left: plain(test.left), right: plain(test.right) };
    case "between":
      return { ...test, value: plain(test.value), from: test.from && plain(test.from), to: test.to && plain(test.to) };
    case "inWindow":
      return { ...test, value: plain(test.value), window: windowInOneZone(test.window, zone) };
    case "oneOf":
      return { ...test, value: plain(test.value) };
    default:
      return test;
  }
}

function windowInOneZone(window: Window, zone: string): Window {
  const bound = (of: Window["from"]): Window["from"] => {
    const value = of?.kind === "value" ? inZone(of.value, zone) : null;
    return value?.kind === "const" ? { kind: "at", value } : of;
  };
  return { ...window, from: bound(window.from), to: bound(window.to) };
}
