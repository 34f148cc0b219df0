import { describe, expect, test } from "vitest";
import { loadProject } from "../../language/project.ts";
import { SHOP_MODEL } from "../../language/test/model.ts";
import { sourceFile } from "../../language/text/source.ts";
import { namer, safe } from "../plan/names.ts";
import type { Aggregate, Plan, Relation } from "../plan/plan.ts";
import { reachable } from "../plan/reachable.ts";
import { wholeNumbers } from "../plan/whole.ts";
import { check, planOf } from "./plan-of.ts";
import { generate } from "./random/generate.ts";
import { printModel, printSegments } from "./random/print.ts";

describe("a plan", () => {
  test("of fields alone reads one table", () => {
    check('segment A where region = "EU"', ["customer_rows ← crm.customers", "people ← customer_rows"]);
  });

  test("groups the elements of a link once, for all segments", () => {
    check("segment A where visits.last7d > 1\nsegment B where visits.last30d.sum(seconds) > 5 and visits.last7d > 2", [
      "customer_rows ← crm.customers",
      "visit_rows ← crm.visits",
      "customer_visits ← visit_rows: count if, sum",
      "people ← customer_rows, customer_visits",
    ]);
  });

  test("joins a link once, however often it is asked", () => {
    check('segment A where account.plan = "team" and account.seats > 1 and account is known', [
      "customer_rows ← crm.customers",
      "account_rows ← crm.accounts",
      "people ← customer_rows, account_rows",
    ]);
  });

  test("joins an extension only where it is read", () => {
    check("segment A where churn_risk > 0.5", [
      "customer_rows ← crm.customers, churn_scores",
      "people ← customer_rows",
    ]);
  });

  test("counts an event that happens once only for owners who exist", () => {
    check("segment A where purchases", [
      "customer_rows ← crm.customers",
      "purchase_rows ← crm.events, customer_rows",
      "customer_purchases ← purchase_rows: count",
      "people ← customer_rows, customer_purchases",
    ]);
  });

  test("works out what elements are compared with their subject beside it", () => {
    check("segment A where visits.where(seconds > visits_count)", [
      "customer_rows ← crm.customers",
      "visit_rows ← crm.visits",
      "visits_by_customer ← customer_rows, visit_rows: count",
      "people ← customer_rows, visits_by_customer",
    ]);
  });

  test("numbers elements that others are compared with, and only those that are left", () => {
    check("segment A where visits.last30d.where(bookings.where(starts_at > visited_on))", [
      "customer_rows ← crm.customers",
      "visit_rows ← crm.visits",
      "visits_numbered ← customer_rows, visit_rows",
      "booking_rows ← crm.bookings",
      "bookings_by_visits ← visits_numbered, booking_rows: count",
      "visits_by_customer ← visits_numbered, bookings_by_visits: count",
      "people ← customer_rows, visits_by_customer",
    ]);
    const numbered = planOf(
      "segment A where visits.last30d.where(bookings.where(starts_at > visited_on))",
    ).relations.find(({ name }) => name === "visits_numbered");
    expect(numbered?.filter.length).toBe(1);
  });

  test("picks one element of each owner", () => {
    check('segment A where visits.latest.page = "x" or visits.latest.seconds > 1', [
      "customer_rows ← crm.customers",
      "visit_rows ← crm.visits",
      "customer_visits ← visit_rows",
      "people ← customer_rows, customer_visits",
    ]);
  });

  test("lists the members of a segment of others", () => {
    check(
      'segment Busy of Account where plan = "team"\nsegment A where account in Busy',
      [
        "customer_rows ← crm.customers",
        "account_rows ← crm.accounts",
        "in_busy ← account_rows",
        "people ← customer_rows, account_rows, in_busy",
      ],
      ["A"],
    );
  });

  test("does not read itself where an aggregate lies in another of its kind", () => {
    const plan = planOf(
      "segment A where purchases.max(purchases.where(amount > Customer.credit).count) > 1 and account.members.where(account.members > 2) > 1",
    );
    expectSound(plan);
  });

  test("makes a column of a large segment that others use, stage by stage", () => {
    const large = (name: string, of: string): string =>
      `segment ${name} where ${of} and ${[1, 2, 3, 4, 5, 6, 7].map((n) => `visits_count + ${n} > score`).join(" and ")}`;
    const text = [
      large("A", "marketing_consent"),
      large("B", "not A"),
      "segment C where A or B",
      "segment D where B and not A",
    ].join("\n");
    check(
      text,
      ["customer_rows ← crm.customers", "people ← customer_rows: a", "stage ← people: b", "people ← stage"],
      ["C", "D"],
    );
  });

  test("repeats a small one", () => {
    check("segment A where marketing_consent\nsegment B where not A\nsegment C where A and region is known", [
      "customer_rows ← crm.customers",
      "people ← customer_rows",
    ]);
  });

  test("says whose keys it relies on", () => {
    const keyed = (text: string) => planOf(text).keyed;
    expect(keyed("segment A where churn_risk > 0.5")).toEqual([{ entity: "Customer", extensions: [0] }]);
    expect(keyed('segment A where purchases.where(product.brand = "x")')).toEqual([
      { entity: "Customer", extensions: [] },
      { entity: "Product", extensions: [] },
    ]);
    // Two purchases of one key have the same items each.
    expect(keyed("segment A where purchases.where(items)")).toEqual([{ entity: "Customer", extensions: [] }]);
  });
});

test("what a segment refers to stays with it, and nothing else", () => {
  const { program } = loadProject([
    sourceFile("model.seg", SHOP_MODEL),
    sourceFile(
      "segments.seg",
      [
        "trait spent = purchases.sum(amount)",
        "trait rich = spent > 100 and Old",
        "segment Old where visits.where(Young)",
        "segment Young where visits_count > 1",
        "segment Wanted where rich",
        "segment Other where Wanted",
        "trait unused = visits.count",
      ].join("\n"),
    ),
  ]);
  const found = reachable(program, ["Wanted"]);
  expect([[...found.segments.keys()], [...found.traits.keys()]]).toEqual([
    ["Old", "Young", "Wanted"],
    ["spent", "rich"],
  ]);
});

describe("what all aggregates ask is asked of the rows", () => {
  const grouped = (text: string): { readonly filter: number; readonly aggregates: readonly number[] } => {
    const relation = planOf(text).relations.find(({ name }) => name === "customer_visits");
    const aggregates =
      relation?.columns.flatMap(({ value }) => (value.kind === "aggregate" ? [value as Aggregate] : [])) ?? [];
    return { filter: relation?.filter.length ?? 0, aggregates: aggregates.map(({ filter }) => filter.length) };
  };

  test("one aggregate asks nothing more", () => {
    expect(grouped('segment A where visits.last7d.where(page = "x") > 1')).toEqual({ filter: 2, aggregates: [0] });
  });

  test("a condition of all of them is theirs no longer", () => {
    const text = 'segment A where visits.where(page = "x").last7d > visits.where(page = "x").count';
    expect(grouped(text)).toEqual({ filter: 1, aggregates: [1, 0] });
  });

  test("the widest window bounds them all", () => {
    expect(grouped("segment A where visits.last7d > 1 and visits.last30d > 2")).toEqual({
      filter: 1,
      aggregates: [1, 0],
    });
    expect(grouped("segment A where visits.last7d > 1 and visits.before(2026-01-01) > 2")).toEqual({
      filter: 0,
      aggregates: [1, 1],
    });
  });
});

test.each([
  ["n > 2.5", ">", "2.5", "> 2"],
  ["n >= 2.5", ">=", "2.5", ">= 3"],
  ["n < 2.5", "<", "2.5", "< 3"],
  ["n <= 2.5", "<=", "2.5", "<= 2"],
  ["n > -2.5", ">", "-2.5", "> -3"],
  ["n < -2.5", "<", "-2.5", "< -2"],
  ["n < -0.5", "<", "-0.5", "< 0"],
  ["n = 2.0", "=", "2.0", "= 2"],
  ["n = 2.5", "=", "2.5", "oneOf"],
  ["n > 9223372036854775808.5", ">", "9223372036854775808.5", null],
] as const)("an integer beside a decimal stays one: %s", (_, op, value, expected) => {
  const decimal = { kind: "decimal", precision: 38, scale: 9 } as const;
  const n = { kind: "column", source: "t", column: "n", type: { kind: "integer" } } as const;
  const left = { kind: "widen", value: n, type: decimal } as const;
  const atom = wholeNumbers({
    kind: "compare",
    op,
    left,
    right: { kind: "constant", type: decimal, value },
    ignoreCase: false,
  });
  const shown =
    atom === null
      ? null
      : atom.kind === "compare" && atom.right.kind === "constant"
        ? `${atom.op} ${atom.right.value}`
        : atom.kind;
  expect(shown).toBe(expected);
});

test("names are safe, short and different", () => {
  expect(["LastOrder", "last order", "größe", "1st", "_", "日本", "A".repeat(40)].map(safe)).toEqual([
    "last_order",
    "last_order",
    "gr_e",
    "x_1st",
    "x",
    "x",
    "a".repeat(24),
  ]);
  const names = namer(["Orders"]);
  expect(["orders", "orders", "Orders", "x"].map(names.name)).toEqual(["orders_2", "orders_3", "orders_4", "x"]);
});

test("no relation has the name of a table", () => {
  const model =
    "default entity Customer from customer_rows {\n  id : text key\n  flags : many Flag by id\n}\nentity Flag from people {\n  flag_id : text key\n}";
  const plan = planOf("segment A where flags", model);
  expect(plan.relations.map(({ name }) => name)).not.toContain("customer_rows");
  expect(plan.relations.map(({ name }) => name)).not.toContain("people");
});

/** Every relation reads only what stands before it, every column is there, every name is safe and its own. */
function expectSound(plan: Plan): void {
  const known = new Map<string, ReadonlySet<string>>();
  const last: Relation = {
    name: "last",
    ...plan.people,
    groupBy: null,
    rank: null,
    columns: [{ name: "key", value: plan.key }],
  };
  for (const relation of [...plan.relations, last]) {
    expect(relation.name).toMatch(/^[a-z][a-z0-9_]{0,29}$/);
    expect(known.has(relation.name)).toBe(false);
    const sources = new Map<string, ReadonlySet<string> | "table">();
    for (const { alias, of } of relation.sources) {
      expect(sources.has(alias)).toBe(false);
      if (of.kind === "union")
        for (const part of of.parts) {
          const made = known.get(part.name);
          expect(part.columns.filter((one) => !made?.has(one))).toEqual([]);
        }
      const columns =
        of.kind === "relation" ? known.get(of.name) : of.kind === "union" ? new Set(of.columns) : ("table" as const);
      expect([relation.name, of, columns === undefined]).toEqual([relation.name, of, false]);
      sources.set(alias, columns ?? new Set());
    }
    const memberships = relation === last ? plan.memberships : [];
    for (const { kind, source, column } of columnsIn([relation, memberships])) {
      const of = sources.get(source);
      expect([
        relation.name,
        source,
        column,
        kind === "cell" ? of === "table" : of !== "table" && of?.has(column),
      ]).toEqual([relation.name, source, column, true]);
    }
    const names = [
      ...relation.columns.map(({ name }) => name),
      ...(relation.rank?.keep.kind === "all" ? [relation.rank.number] : []),
    ];
    expect(new Set(names).size).toBe(names.length);
    known.set(relation.name, new Set(names));
  }
}

interface Found {
  readonly kind: "cell" | "column";
  readonly source: string;
  readonly column: string;
}

function columnsIn(part: unknown): readonly Found[] {
  if (typeof part !== "object" || part === null) return [];
  if ("kind" in part && (part.kind === "cell" || part.kind === "column")) return [part as Found];
  return Object.values(part).flatMap(columnsIn);
}

test("random plans are sound, and the same each time", () => {
  for (let seed = 1; seed <= 25; seed++) {
    const made = generate(seed, { segments: 12, people: 1 });
    const text = printSegments(made);
    const customers = made.segments.filter(({ of }) => of === "Customer").map(({ name }) => name);
    const plan = () => planOf(text, printModel(made.model), made.zone, made.asOf, customers);
    expectSound(plan());
    expect(plan()).toEqual(plan());
  }
});
