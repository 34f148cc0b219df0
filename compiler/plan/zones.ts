import { parseInstant } from "../../language/meaning/calendar.ts";
import type { Const, Value, Zoned, ZoneOffsets } from "../../language/meaning/ir.ts";
import { InternalError } from "../../language/text/assert.ts";
import { INTEGER, type ScalarType, TEXT } from "../../language/types/type.ts";
import { addRelation, column, listConstants, type RelationBuilder } from "./builder.ts";
import { constant } from "./constant.ts";
import type { Place } from "./place.ts";
import type { OffsetTable, ZoneTable } from "./plan.ts";
import { once, type Planner } from "./planner.ts";
import { type Constant, compare, type Term } from "./term.ts";

/** What differs from zone to zone: a column of a small table that is joined by the name of the zone, or, of more than constants, a choice by such a column. */
export function zonedTerm(of: Planner, value: Zoned, place: Place): Term {
  const { groups, otherwise, type } = value;
  const zone = of.term(value.zone, place);
  if (otherwise.kind === "const" && groups.every((group) => group.value.kind === "const")) {
    const rows = groups.map((group) => ({ zones: group.zones, value: constant(group.value as Const) }));
    const found = zoneColumn(of, rows, zone, type, place);
    return { kind: "else", value: found, fallback: constant(otherwise), type };
  }
  const rows = groups.map((group, at) => ({ zones: group.zones, value: integer(at + 1) }));
  const way = zoneColumn(of, rows, zone, INTEGER, place);
  const others: Term = { kind: "else", value: way, fallback: integer(0), type: INTEGER };
  const when = (at: number, then: Value): Term => ({
    kind: "when",
    condition: compare(others, "=", integer(at)),
    value: of.term(then, place),
    type,
  });
  return groups.reduce<Term>(
    (rest, group, at) => ({ kind: "else", value: when(at + 1, group.value), fallback: rest, type }),
    when(0, otherwise),
  );
}

const integer = (value: number): Constant => ({ kind: "constant", type: INTEGER, value: String(value) });

/** The value of the row of a zone, missing where there is none. */
function zoneColumn(of: Planner, groups: ZoneTable["groups"], zone: Term, type: ScalarType, place: Place): Term {
  const relation = once(of, `zones ${JSON.stringify(groups)}`, () => {
    const made = of.newRelation("zones");
    listConstants(made, { kind: "zones", groups }, { zone: TEXT, value: type });
    return made;
  });
  const alias = joined(place, relation, JSON.stringify(zone), () =>
    addRelation(place.relation, relation, "zone", "left", (name) => [[column(name, "zone", TEXT), zone]]),
  );
  return column(alias, "value", type);
}

/** How many seconds the zone of each person is ahead of UTC at an instant. */
export function aheadTerm(of: Planner, { zone, classes, otherwise }: ZoneOffsets, at: Term, place: Place): Term {
  const groups = classes.flatMap(({ zones }, number) =>
    number === otherwise || zones.length === 0 ? [] : [{ zones, value: integer(number) }],
  );
  const usual = integer(otherwise);
  const which: Term =
    groups.length === 0
      ? usual
      : {
          kind: "else",
          value: zoneColumn(of, groups, of.term(zone, place), INTEGER, place),
          fallback: usual,
          type: INTEGER,
        };
  const rows = classes.flatMap(({ offsets }, number) => offsetRows(number, offsets));
  const relation = once(of, `offsets ${rows.join(" ")}`, () => {
    const made = of.newRelation("offsets");
    listConstants(made, { kind: "offsets", rows }, { class: INTEGER, since: INTEGER, until: INTEGER, ahead: INTEGER });
    return made;
  });
  const alias = joined(place, relation, JSON.stringify([which, at]), () =>
    addRelation(
      place.relation,
      relation,
      "ahead",
      "left",
      (name) => [[column(name, "class", INTEGER), which]],
      (name) => ({ at, from: column(name, "since", INTEGER), to: column(name, "until", INTEGER) }),
    ),
  );
  return column(alias, "ahead", INTEGER);
}

/** Before and after all data. */
const EVER = 1_000_000_000_000n;

function offsetRows(
  number: number,
  offsets: ZoneOffsets["classes"][number]["offsets"],
): readonly OffsetTable["rows"][number][] {
  const start = (at: number): bigint => {
    const from = offsets[at]?.from ?? null;
    return from === null ? (at === 0 ? -EVER : EVER) : secondsOf(from);
  };
  return offsets.map(({ seconds }, at) => [number, start(at), start(at + 1), seconds] as const);
}

function secondsOf(instant: string): bigint {
  const micros = parseInstant(instant, "UTC");
  if (micros === null) throw new InternalError(`not an instant: ${instant}`);
  return micros / 1_000_000n;
}

function joined(place: Place, relation: RelationBuilder, on: string, join: () => string): string {
  const key = `${relation.name} ${on}`;
  const known = place.relation.joins.get(key);
  if (known !== undefined) return known;
  const alias = join();
  place.relation.joins.set(key, alias);
  return alias;
}
