import { describe, expect, test } from "vitest";
import { printPred } from "../meaning/print.ts";
import { loadProject, type Project } from "../project.ts";
import { sourceFile } from "../text/source.ts";
import { SHOP_MODEL } from "./model.ts";

/** A project of the shop's model and these files, named `1.seg`, `2.seg`, … */
function project(...texts: readonly string[]): Project {
  const files = texts.map((text, i) => sourceFile(`${i + 1}.seg`, text));
  return loadProject([sourceFile("0-model.seg", SHOP_MODEL), ...files], { lint: false });
}

const places = (p: Project) =>
  p.diagnostics.map((d) => {
    const text = p.files.get(d.file)?.source.text ?? "";
    return `${d.file}: ${d.slug} at ${text.slice(d.span.start, d.span.end)}`;
  });

test("the first line of the language compiles as written", () => {
  const p = project('segment Loyal where purchases.last90d > 3 and region in ["EU"]');
  const loyal = p.program.segments.get("Loyal");
  expect(p.diagnostics).toEqual([]);
  expect(loyal && printPred(loyal.condition)).toBe(
    '(and (> (count (purchases [as-of-90d as-of])) 3) (in region "EU"))',
  );
});

test("the order of files and declarations does not matter", () => {
  const texts = [
    "segment A where B and spend > 3",
    "trait spend = purchases.sum(amount)\nsegment B where region in EU",
    'list EU = ["EU"]',
  ];
  const sources = [SHOP_MODEL, ...texts].map((text, i) => sourceFile(`${i}.seg`, text));
  const one = loadProject(sources);
  const other = loadProject(sources.toReversed());
  expect(one.diagnostics).toEqual([]);
  expect([...other.program.segments.values()]).toEqual([...one.program.segments.values()]);
  expect([...other.files.keys()]).toEqual([...one.files.keys()]);
});

describe("names are shared by all files", () => {
  test("the second declaration of a name is the one reported, with the first", () => {
    const p = project('segment A where region = "EU"', "trait A = region", "segment Uses where A");
    expect(places(p)).toEqual(["2.seg: duplicate-declaration at A"]);
    expect(p.diagnostics[0]?.related.map((r) => `${r.file} ${r.span.start}`)).toEqual(["1.seg 8"]);
    expect([...p.program.segments.keys()]).toEqual(["A", "Uses"]);
  });
  test("the type is that of the first", () => {
    const p = project(
      "param n = 3\nlist L = [1]",
      'param n = "x"\nlist L = ["x"]',
      "segment S where visits_count > n and visits_count in L",
    );
    expect(places(p)).toEqual(["2.seg: duplicate-declaration at n", "2.seg: duplicate-declaration at L"]);
    expect(p.program.segments.has("S")).toBe(true);
  });
  test("the one left out is still checked", () => {
    expect(places(project('segment A where region = "EU"\nsegment A where regoin = "EU"'))).toEqual([
      "1.seg: duplicate-declaration at A",
      "1.seg: unknown-name at regoin",
    ]);
  });
});

describe("a circle is one error that shows the path", () => {
  const cases: readonly (readonly [text: string, blamed: string, path: string])[] = [
    ["segment A where not A", "A", "`A` is explained by itself."],
    ["segment A where B\nsegment B where A", "B", "`A` is explained by itself: `A` → `B` → `A`."],
    ["trait t = u + 1\ntrait u = v\ntrait v = t", "u", "`t` is explained by itself: `t` → `u` → `v` → `t`."],
    [
      "segment A where t\ntrait t = not purchases.where(Customer in A)",
      "t",
      "`A` is explained by itself: `A` → `t` → `A`.",
    ],
    [
      "segment A where B or C\nsegment B where C\nsegment C where A",
      "C",
      "`A` is explained by itself: `A` → `C` → `A`.",
    ],
  ];
  test.each(cases)("%s", (text, blamed, message) => {
    const p = project(`${text}\nsegment Outside where A`, "trait outside = t");
    const own = p.diagnostics.filter((d) => d.slug !== "unknown-name");
    expect(own.map((d) => d.message)).toEqual([message]);
    expect(text.slice(own[0]?.span.start, own[0]?.span.end)).toBe(blamed);
    expect([...p.program.segments.keys(), ...p.program.traits.keys()]).toEqual([]);
  });
  test("two circles are two errors", () => {
    const p = project("segment A where B\nsegment B where A\nsegment C where D\nsegment D where C");
    expect(p.diagnostics.map((d) => d.slug)).toEqual(["cycle", "cycle"]);
  });
});

describe("what has an error is left out of the program, with what reads it", () => {
  test("through segments, traits, params, lists and rows", () => {
    const p = project(
      'trait bad = regoin\nparam worse : integer = "x"\nlist none = [region]',
      "segment A where bad = 3\nsegment B where A\nsegment C where visits_count > worse\nsegment D where country in none\nsegment E where purchases.where(B)\nsegment Fine where is_test",
    );
    expect(p.diagnostics.map((d) => d.slug)).toEqual(["unknown-name", "param-type", "not-a-plain-value"]);
    expect([...p.program.segments.keys()]).toEqual(["Fine"]);
  });
});

describe("growth", () => {
  const levels = (count: number, times: number) => {
    const lines = ["trait t0 = visits_count"];
    for (let n = 1; n <= count; n++)
      lines.push(
        `trait t${n} = ${Array(times)
          .fill(`t${n - 1}`)
          .join(" + ")}`,
      );
    return lines.join("\n");
  };
  test("what would explode is one error, at the first that is too large", () => {
    const p = project(`${levels(60, 3)}\nsegment S where t60 > 3`);
    expect(places(p)).toEqual(["1.seg: grows-too-large at t10"]);
    expect(p.program.segments.size).toBe(0);
    expect(p.program.traits.has("t9")).toBe(true);
  });
  test("a chain that goes too deep is one error", () => {
    const p = project(`${levels(20_000, 1)}\nsegment S where t20000 > 3`);
    expect(places(p)).toEqual(["1.seg: grows-too-large at t500"]);
  });
  test("a long list of values is no growth", () => {
    const values = Array.from({ length: 120_000 }, (_, i) => `"v${i}"`).join(", ");
    expect(
      project(`list L = [${values}]\nsegment S where country in L\nsegment T where country in [${values}]`).diagnostics,
    ).toEqual([]);
  });
  test("a long row of conditions is read, checked and lowered in a loop", () => {
    const items = Array.from({ length: 10_000 }, (_, i) => `visits_count != ${i}`).join(" and ");
    const condition = project(`segment S where ${items}`).program.segments.get("S")?.condition;
    expect(condition?.kind === "and" && condition.items.length).toBe(10_000);
  });
  test("a circle of ten thousand segments is one error", () => {
    const text = Array.from({ length: 10_000 }, (_, i) => `segment S${i} where S${(i + 1) % 10_000}`).join("\n");
    const [found, ...others] = project(text).diagnostics;
    expect(others).toEqual([]);
    expect(found?.message).toMatch(/`S0` → `S1` → .* `…` .* → `S9999` → `S0`/);
  });
});

describe("a model that is missing or broken", () => {
  test("without any entity, only the first segment says so", () => {
    const p = loadProject([sourceFile("a.seg", 'segment A where region = "EU"\nsegment B where region = "EU"')]);
    expect(p.diagnostics.map((d) => d.slug)).toEqual(["no-default-entity"]);
  });
  test("where an entity cannot be read, nothing is said about what reads it", () => {
    const broken = SHOP_MODEL.replace("default entity Customer from", "default entity Customer form");
    const p = loadProject([
      sourceFile("a.seg", broken),
      sourceFile("b.seg", 'segment A where purchases.last90d > 3\nsegment B of Customer where region = "EU"'),
    ]);
    expect(p.diagnostics.filter((d) => d.file === "b.seg")).toEqual([]);
  });
});

describe("nothing that is written makes it throw", () => {
  const text = `${SHOP_MODEL}
param n : integer = 3
list EU = ["DE", "FR"]
trait spend "Spend" = purchases.last2y.sum(amount) else 0
segment Loyal "Regulars" of Customer where purchases.where(product.brand = "x" and amount > 2).last90d > n and country in EU
segment Other where not Loyal and spend > 500 and signed_up_at in 90d ago..30d ago and account.members.latest.region = "EU"
`;
  test("every prefix of a project", () => {
    for (let end = SHOP_MODEL.length - 200; end <= text.length; end++) {
      expect(() => loadProject([sourceFile("a.seg", text.slice(0, end))])).not.toThrow();
    }
  });
  test("every project without one word", () => {
    for (const word of text.matchAll(/\S+/g)) {
      const without = text.slice(0, word.index) + text.slice(word.index + word[0].length);
      expect(() => loadProject([sourceFile("a.seg", without)])).not.toThrow();
    }
  });
  test("names that objects have anyway", () => {
    const names = ["constructor", "__proto__", "toString", "hasOwnProperty"];
    const text = names
      .map((n) => `segment S_${n} where ${n} and account.${n} and purchases.${n} and ${n}(3) and purchases.${n}(3)`)
      .join("\n");
    expect(project(text).diagnostics.every((d) => d.slug.startsWith("unknown-"))).toBe(true);
  });
});
