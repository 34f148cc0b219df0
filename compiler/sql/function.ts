import { sql } from "kysely";
import type { Term } from "../plan/term.ts";
import type { Emitter } from "./emitter.ts";
import { besideOthers } from "./exact.ts";
import { plain, type Sql } from "./fragment.ts";
import { scalarOf } from "./scale.ts";
import { termSql } from "./value.ts";

/** A function of numbers, or of several values of one kind. Each argument is checked by itself, so that none that left its type is passed over. */
export function functionSql(by: Emitter, term: Extract<Term, { kind: "function" }>): Sql {
  const { numbers } = by.operators;
  const [first] = term.args as readonly [Term, ...Term[]];
  switch (term.fn) {
    case "abs":
      // The least integer's leaves 64 bits.
      if (first.type.kind === "integer" && numbers.wide !== undefined)
        return numbers.checked(sql`abs(${numbers.wide(termSql(by, first), first.type)})`);
      return sql`abs(${termSql(by, first)})`;
    case "floor":
    case "ceil":
      return first.type.kind === "integer"
        ? termSql(by, first)
        : numbers.whole(term.fn, termSql(by, first), scalarOf(first));
    case "least":
    case "greatest": {
      const values = term.args.map((arg) => besideOthers(by, arg, term.type));
      return numbers.extreme(term.fn, values, term.type);
    }
    case "distance_km":
      return distanceSql(
        numbers.double ?? double,
        term.args.map((arg) => termSql(by, arg)),
      );
  }
}

/** The haversine of places in degrees, on a sphere of radius 6,371,008.8 m. */
function distanceSql(double: (digits: string) => Sql, [lat1, lon1, lat2, lon2]: readonly Sql[]): Sql {
  const radians = (degrees: Sql): Sql => sql`(${degrees}) * ${double("0.017453292519943295")}`;
  const half = (from: Sql, to: Sql): Sql => sql`sin(${radians(sql`${to} - ${from}`)} / 2)`;
  const [south, west, north, east] = [lat1, lon1, lat2, lon2] as [Sql, Sql, Sql, Sql];
  const [across, along] = [half(south, north), half(west, east)];
  const square = sql`(${across} * ${across} + cos(${radians(south)}) * cos(${radians(north)}) * ${along} * ${along})`;
  return sql`(${double("12742.0176")} * asin(sqrt(case when ${square} > 1 then 1 else ${square} end)))`;
}

/** As a quoted text it is one on most engines. */
const double = (digits: string): Sql => sql`cast(${plain(`'${digits}'`)} as double precision)`;
