import { INTEGER } from "../types/type.ts";
import { formatInstant, type Offset, offsetsBetween, personZones } from "./calendar.ts";
import type { Const, Origin, Value, Zoned, ZoneOffsets } from "./ir.ts";

/** More rows than these make a statement too large. */
const MOST_OFFSETS = 3500;

/**
 * What depends on the zone alone, for each person's own: `of` answers it for the name of a zone. One constant where it is the same everywhere.
 * `key` tells different answers apart.
 */
export function perZone<V extends Value>(
  zone: Value,
  project: string,
  of: (zone: string) => V,
  key: (value: V) => string,
  origin: Origin,
): V | Zoned {
  const otherwise = of(project);
  const usual = key(otherwise);
  const groups = new Map<string, { readonly zones: string[]; readonly value: V }>();
  for (const [name, names] of personZones()) {
    const value = of(name);
    const found = key(value);
    if (found === usual) continue;
    const group = groups.get(found);
    if (group === undefined) groups.set(found, { zones: [...names], value });
    else group.zones.push(...names);
  }
  if (groups.size === 0) return otherwise;
  return { kind: "zoned", zone, otherwise, groups: [...groups.values()], type: otherwise.type, origin };
}

/** What a value that depends on the zone alone is in one zone. */
export function inZone(value: Value, zone: string): Value {
  if (value.kind !== "zoned") return value;
  return value.groups.find((group) => group.zones.includes(zone))?.value ?? value.otherwise;
}

/** Constants, one for each zone. */
export const constantPerZone = (
  zone: Value,
  project: string,
  of: (zone: string) => Const,
  origin: Origin,
): Const | Zoned => perZone(zone, project, of, (value) => String(value.value), origin);

/** How far each zone is ahead of UTC from one instant to another; null where that are more changes than a statement takes. */
export function offsetsPerZone(
  zone: Value,
  project: string,
  [from, to]: readonly [from: bigint, to: bigint],
  origin: Origin,
): ZoneOffsets | null {
  const classes = new Map<string, { readonly zones: string[]; readonly offsets: readonly Offset[] }>();
  let rows = 0;
  let otherwise = -1;
  const add = (name: string, names: readonly string[]): void => {
    const offsets = offsetsBetween(name, from, to);
    const key = offsets.map((offset) => `${offset.from} ${offset.seconds}`).join();
    const known = classes.get(key);
    if (known === undefined) {
      rows += offsets.length;
      classes.set(key, { zones: [...names], offsets });
    } else known.zones.push(...names);
    if (otherwise < 0) otherwise = [...classes.keys()].indexOf(key);
  };
  add(project, []);
  for (const [name, names] of personZones()) {
    add(name, names);
    if (rows > MOST_OFFSETS) return null;
  }
  const written = [...classes.values()].map(({ zones, offsets }) => ({
    zones,
    offsets: offsets.map((offset) => ({
      from: offset.from === null ? null : formatInstant(offset.from),
      seconds: offset.seconds,
    })),
  }));
  return { kind: "offsets", zone, classes: written, otherwise, type: INTEGER, origin };
}
