import type { Entity, Field, Link, Model, Place } from "../../../language/model/model.ts";
import {
  BOOLEAN,
  DATE,
  decimal,
  FLOAT,
  INTEGER,
  type ScalarType,
  TEXT,
  TIMESTAMP,
} from "../../../language/types/type.ts";

/** A model without text, for programs that are put together by hand: people who buy, visit and have a boss. */
export const PLACE: Place = { file: "test.seg", span: { start: 0, end: 0 } };
export const MONEY = decimal(12, 2);

const field = (name: string, type: ScalarType, hidden = false): Field => ({
  name: hidden ? `$${name}` : name,
  column: name,
  type,
  optional: true,
  constraint: null,
  annotations: [],
  doc: null,
  place: PLACE,
  hidden,
  extension: null,
});

const link = (name: string, kind: "one" | "many", target: string, by: string): Link => ({
  name,
  kind,
  target,
  field: by,
  optional: true,
  doc: null,
  place: PLACE,
});

function entity(name: string, fields: readonly Field[], links: readonly Link[], more: Partial<Entity>): Entity {
  return {
    name,
    kind: "entity",
    doc: null,
    place: PLACE,
    table: [name.toLowerCase()],
    key: "id",
    fields: new Map(fields.map((f) => [f.name, f])),
    links: new Map(links.map((l) => [l.name, l])),
    extensions: [],
    since: null,
    until: null,
    at: null,
    oncePer: null,
    where: null,
    scheduled: false,
    fresh: null,
    keeps: null,
    ...more,
  };
}

const VALUES: readonly Field[] = [
  field("n", INTEGER),
  field("m", MONEY),
  field("f", FLOAT),
  field("t", TEXT),
  field("b", BOOLEAN),
  field("d", DATE),
  field("at", TIMESTAMP),
];

const PERSON = entity(
  "Person",
  [field("id", TEXT), ...VALUES, field("boss_id", TEXT, true)],
  [
    link("boss", "one", "Person", "$boss_id"),
    link("team", "many", "Person", "$boss_id"),
    link("orders", "many", "Order", "$person_id"),
    link("visits", "many", "Visit", "$person_id"),
  ],
  {},
);

const ORDER = entity(
  "Order",
  [field("id", INTEGER), ...VALUES, field("person_id", TEXT, true)],
  [link("buyer", "one", "Person", "$person_id"), link("visits", "many", "Visit", "$order_id")],
  { kind: "event", at: "at" },
);

const VISIT = entity(
  "Visit",
  [field("d", DATE), field("n", INTEGER), field("person_id", TEXT, true), field("order_id", INTEGER, true)],
  [link("order", "one", "Order", "$order_id")],
  { kind: "event", key: null, at: "d", scheduled: true },
);

export const MODEL: Model = {
  entities: new Map([PERSON, ORDER, VISIT].map((e) => [e.name, e])),
  defaultEntity: "Person",
};
