import { describe, expect, it } from "vitest";
import { parseInstant } from "../../../language/meaning/calendar.ts";
import { loadProject } from "../../../language/project.ts";
import { sourceFile } from "../../../language/text/source.ts";
import { type Explanation, explain, type Reason } from "../../insight/explain.ts";
import { interpret } from "../../predicate/interpret.ts";
import { readWorld, type Tables } from "../../predicate/world.ts";

const MODEL = `default entity Person from people {
  id     : text key
  region : text optional
  points : integer optional @pii
  health : text optional @sensitive
  vip    : boolean optional
  tags   : list of text optional
  about  : json { town : text } optional
  orders : many Order by person_id
}
event Order from orders at at {
  id     : integer key
  at     : timestamp
  amount : decimal(10, 2)
  codes  : list of text optional
  more   : json { shop : text } optional
}
segment Rich where orders.sum(amount) > 100
trait keen = orders.count >= 2
`;
const TABLES: Tables = {
  people: [
    { id: "a", region: "EU", points: 5, health: "good", vip: true, tags: ["x", null, "y"], about: { town: "Ulm" } },
    { id: "b", region: null, points: null, health: null, vip: null },
  ],
  orders: [
    { id: 1, person_id: "a", at: "2026-06-01T10:00:00Z", amount: "60.50" },
    { id: 2, person_id: "a", at: "2026-06-20T10:00:00Z", amount: "50", codes: ["k"], more: { shop: "web" } },
    { id: 3, person_id: "b", at: "2025-01-01T10:00:00Z", amount: "5" },
  ],
};
const WHEN = { asOf: parseInstant("2026-06-30T00:00", "UTC") as bigint, zone: "UTC", params: new Map() };

function explained(where: string, key: string, showPii = false): Explanation {
  const { program, diagnostics } = loadProject([sourceFile("a.seg", `${MODEL}\nsegment S where ${where}`)]);
  expect(diagnostics.filter((d) => d.severity === "error")).toEqual([]);
  const world = readWorld(program.model, TABLES);
  const found = explain(program, "S", key, world, { ...WHEN, showPii });
  if (found === null) throw new Error(`nobody has the key ${key}`);
  expect(found.isMember).toBe(interpret(program, world, WHEN).members("S").includes(key));
  return found;
}

/** The tree as lines: a mark, the sentence, the values. */
function lines({ text, holds, values, items }: Reason, depth = 0): readonly string[] {
  const own = values.map(({ value }) => ` = ${value ?? "unknown"}`).join("");
  return [
    `${"  ".repeat(depth)}${holds ? "+" : "-"} ${text}${own}`,
    ...items.flatMap((item) => lines(item, depth + 1)),
  ];
}

describe("seg explain: why this person is in or out", () => {
  it("is the tree of conditions as written, with the values that decided", () => {
    expect(lines(explained('region = "EU" and (orders.count > 5 or not vip)', "a").reason)).toEqual([
      "- all of these hold:",
      '  + the region is "EU" (an unknown region counts as no) = "EU"',
      "  - any of these holds:",
      "    - the number of orders is more than 5 = 2",
      "    - the vip is not yes (an unknown vip counts as not vip) = yes",
    ]);
  });

  it("says what an unknown value counted as", () => {
    expect(lines(explained('region != "EU"', "b").reason)).toEqual([
      '+ the region is not "EU" (an unknown region counts as yes) = unknown',
    ]);
  });

  it("shows what is in a list, and what is at a path", () => {
    expect(lines(explained('tags has "z" or about.town = "Bonn"', "a").reason)).toEqual([
      "- any of these holds:",
      '  - the tags have "z" (an unknown list of tags counts as no) = "x", "y"',
      '  - the town (in about) is "Bonn" (an unknown town counts as no) = "Ulm"',
    ]);
    expect(lines(explained("tags is known", "b").reason)).toEqual(["- the tags are known = unknown"]);
    const { rows } = explained('orders.where(codes has "k" and more.shop = "web").count >= 1', "a").reason;
    expect(rows.map(({ fields }) => fields)).toEqual([
      [
        { name: "codes", value: '"k"' },
        { name: "shop", value: '"web"' },
      ],
    ]);
  });

  it("opens references to segments and yes/no traits", () => {
    expect(lines(explained("Rich and keen", "b").reason)).toEqual([
      "- all of these hold:",
      "  - the person is in Rich",
      "    - the sum of the amount over orders is more than 100 = 5",
      "  - the keen is yes",
      "    - the number of orders is at least 2 = 1",
    ]);
  });

  it("lists the rows that decided, with their time and what was asked of them", () => {
    const { rows, rowCount } = explained("orders.last90d.where(amount > 10).count >= 2", "a").reason;
    expect(rowCount).toBe(2);
    expect(rows).toEqual([
      { entity: "Order", key: "1", at: "1 June 2026 10:00", fields: [{ name: "amount", value: "60.5" }] },
      { entity: "Order", key: "2", at: "20 June 2026 10:00", fields: [{ name: "amount", value: "50" }] },
    ]);
  });

  it("says how many rows there were before the step that took the last one", () => {
    const { rows, fallen } = explained("orders.last90d", "b").reason;
    expect(rows).toEqual([]);
    expect(fallen).toEqual({ text: "orders", count: 1 });
  });

  it("names the nearest change that would flip it: the fewest tests", () => {
    const texts = (where: string, key: string) =>
      explained(where, key).nearest.map(({ text, wanted }) => [text, wanted]);
    expect(texts("(keen and vip) or orders.count > 5", "b")).toEqual([["the number of orders is more than 5", true]]);
    expect(texts("keen and region is known", "b")).toEqual([
      ["the number of orders is at least 2", true],
      ["the region is known", true],
    ]);
    expect(texts("keen and vip", "a")).toEqual([["the number of orders is at least 2", false]]);
    expect(texts("not (vip or keen)", "a")).toEqual([
      ["the vip is yes (an unknown vip counts as not vip)", false],
      ["the number of orders is at least 2", false],
    ]);
    expect(texts('at least 2 of (vip, keen, region = "NA", Rich)', "b")).toHaveLength(2);
    expect(texts("exactly 1 of (vip, orders.count > 5)", "a")).toEqual([
      ["the vip is yes (an unknown vip counts as not vip)", false],
    ]);
  });

  it("there always is such a change where the conditions can differ", () => {
    for (const where of [
      "vip and keen and Rich",
      "vip or keen or Rich",
      "at most 1 of (vip, keen, Rich)",
      "not (vip and (keen or Rich))",
    ]) {
      for (const key of ["a", "b"]) {
        const { nearest, isMember } = explained(where, key);
        expect(nearest.length, `${where} for ${key}, who is ${isMember ? "in" : "out"}`).toBeGreaterThan(0);
      }
    }
  });

  it("hides @pii values unless they are asked for, and @sensitive ones always", () => {
    expect(explained("points > 1", "a").reason.values[0]?.value).toBe("(personal, hidden)");
    expect(explained("points > 1", "a", true).reason.values[0]?.value).toBe("5");
    expect(explained('health = "good"', "a", true).reason.values[0]?.value).toBe("(sensitive, never shown)");
    expect(explained("points + 1 > 1", "a").nearest[0]?.values[0]?.value).toBe("(personal, hidden)");
  });

  it("answers null where nobody has the key", () => {
    const { program } = loadProject([sourceFile("a.seg", `${MODEL}\nsegment S where keen`)]);
    expect(explain(program, "S", "zz", readWorld(program.model, TABLES), { ...WHEN, showPii: false })).toBeNull();
  });
});
