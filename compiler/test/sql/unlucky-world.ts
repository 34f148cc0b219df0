import type { Tables } from "../load/creation.ts";

/** Names that our own relations, sources and columns have, that engines reserve, or that only quotes keep together. */
export const UNLUCKY_MODEL = `default entity T from customer_rows {
  key    : text key
  place  : integer optional from "select"
  part   : text optional from "a \\"quoted\\" name"
  \`o_\`   : timestamp optional from "Größe"
  events : many R by owner
  os     : many O by owner
  friend : T optional by friend
}
event R from flags at number once per part {
  owner  : text
  number : timestamp
  part   : text optional
  count  : integer optional
  \`order\` : decimal(9, 3) optional from "group"
  rows   : T optional by owner
}
event O from asked at number {
  id     : text key
  number : timestamp
  owner  : text
  parts  : many Part by o
}
event Part from people at number once per once_only {
  number    : timestamp
  once_only : text optional
  o         : text optional
}
extend T from "list" by key {
  value : float
}
`;

export const UNLUCKY_TABLES: Tables = {
  customer_rows: [
    { key: "a", select: "1", 'a "quoted" name': "x", Größe: "2026-01-31T12:00:00Z", friend: "b" },
    { key: "b", select: null, 'a "quoted" name': null, Größe: null, friend: "nobody" },
    { key: "c", select: "3", 'a "quoted" name': "z", Größe: "2026-03-29T01:30:00Z", friend: null },
  ],
  flags: [
    { owner: "a", number: "2026-01-01T00:00:00Z", part: "p", count: "1", group: "0.125" },
    { owner: "a", number: "2026-01-02T00:00:00Z", part: "p", count: "2", group: "0.250" },
    { owner: "a", number: "2026-01-03T00:00:00Z", part: null, count: "3", group: null },
    { owner: "a", number: "2026-01-03T00:00:00Z", part: null, count: "4", group: "1" },
    { owner: "c", number: "2026-03-29T01:30:00Z", part: "q", count: null, group: "-1.5" },
  ],
  asked: [
    { id: "twice", number: "2026-01-01T00:00:00Z", owner: "a" },
    { id: "twice", number: "2026-01-02T00:00:00Z", owner: "c" },
    { id: "other", number: "2026-01-02T00:00:00Z", owner: "c" },
    { id: null, number: "2026-01-03T00:00:00Z", owner: "c" },
  ],
  people: [
    { number: "2026-01-01T00:00:00Z", once_only: null, o: "twice" },
    { number: "2026-01-01T00:00:00Z", once_only: "x", o: "nobody" },
    { number: "2026-01-02T00:00:00Z", once_only: "x", o: "twice" },
    { number: "2026-01-03T00:00:00Z", once_only: "x", o: "other" },
    { number: "2026-01-03T00:00:00Z", once_only: "y", o: null },
  ],
  list: [
    { key: "a", value: 1.5 },
    { key: "c", value: -2 },
  ],
};

/** Conditions over it. */
export const UNLUCKY: readonly string[] = [
  "place > 0 and part is known",
  "events = 3",
  "os.where(parts = 2)",
  "os.where(parts) = 2",
  "os.sum(parts.count) = 2",
  "os.where(no parts) = 2",
  "events.sum(count) = 8",
  'events.latest.count = 4 and events.first.part = "p"',
  "events.sum(`order`) > 1",
  'events.where(rows.place > 0 and rows.part = "x")',
  "events.where(events.where(count > R.count) > 0) > 1",
  "events.where(number = `o_`)",
  "value > 0 or friend.place is missing",
  "friend in Unlucky0 or Unlucky1",
  "value / (value * value) < 1",
  "(value else value) * value > 2",
  "`o_` + 1h > 2026-03-29T02:00Z",
  "events.during(`o_`..2026-12-31)",
];
