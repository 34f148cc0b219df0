import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { loadProject } from "../project.ts";
import { sourceFile } from "../text/source.ts";
import { SHOP_MODEL } from "./model.ts";

const DECLARATIONS = `segment Loyal where spend > 3 and region in ["EU"]
trait spend = purchases.last90d.sum(amount)
segmentation Lifecycle {
  Teams   : account.plan = "team"
  Dormant : otherwise
}
segment Big of Account where members > 3
`;

const project = (text: string) =>
  loadProject([
    sourceFile("a-model.seg", SHOP_MODEL),
    sourceFile("b-declarations.seg", DECLARATIONS),
    sourceFile("z-tested.seg", text),
  ]);

/** The text after the first fix; null where there is none. */
const applied = (text: string, { fixes: [fix] }: Diagnostic): string | null =>
  fix === undefined
    ? null
    : fix.edits.reduce((t, e) => t.slice(0, e.span.start) + e.newText + t.slice(e.span.end), text);

type Row = readonly [marked: string, slug: string, mended?: string | null];

/** `[|…|]` marks the blamed text of the one finding; `wrap` puts the row into a test. */
function wrong(wrap: (text: string) => string, rows: readonly Row[]): void {
  test.each(rows.map((row) => [row[0], row] as const))("%s", (marked, [, slug, mended]) => {
    const whole = wrap(marked);
    const text = whole.replace("[|", "").replace("|]", "");
    const found = project(text).diagnostics;
    expect(found.map((d) => d.slug)).toEqual([slug]);
    const { start, end } = (found[0] as Diagnostic).span;
    expect(`${text.slice(0, start)}[|${text.slice(start, end)}|]${text.slice(end)}`).toBe(whole);
    if (mended === undefined) return;
    expect(applied(text, found[0] as Diagnostic)).toBe(mended === null ? null : wrap(mended));
    if (mended !== null) expect(project(wrap(mended)).diagnostics).toEqual([]);
  });
}

describe("a required field that the segment reads, directly or through references, must be given", () => {
  wrong(
    (text) => `test Loyal as of 2026-06-30 { "a" : ${text} is in }`,
    [
      ["[|{|]}", "not-given", null],
      ['{ region: "EU"  purchases: [|{|] ordered_at: 1d ago } }', "not-given"],
      ['{ region: "EU"  purchases: [|{|] amount: 3 } }', "not-given"],
      ['{ region: "EU"  purchases: 2 of [|{|]} }', "not-given"],
    ],
  );
  test.each([
    '{ region: "EU" }',
    "{ region: missing }",
    '{ region: "EU"  purchases: { ordered_at: 1d ago  amount: 3 } }',
    '{ region: "EU"  purchases: [2 of { ordered_at: 2026-06-01T10:00  amount: 3.5 }, { ordered_at: missing  amount: missing }] }',
    '{ region: "EU"  customer_id: "x"  interests: ["a", "b"]  birth_date: 2000-02-29  score: -3  credit: 3  churn_risk: 0.5 }',
    '{ region: "EU"  account: { plan: "team"  members: 2 of { region: "EU" } }  is_test: false }',
    '{ region: "EU"  purchases: { ordered_at: 1d ago  amount: 3  payload: { channel: "web"  coupon: missing } } }',
  ])("%s is fine", (object) => {
    expect(project(`test Loyal as of 2026-06-30 { "a" : ${object} is in }`).diagnostics).toEqual([]);
  });
  test("what everybody has need not be given again", () => {
    const text = 'test Loyal as of 2026-06-30 with { region: "EU" } { "a" : {} is out  "b" : { region: "NA" } is out }';
    expect(project(text).diagnostics).toEqual([]);
  });
  test("of a link that a tier reads, the link may be missing; where it is there, its fields are needed", () => {
    const of = (object: string) => project(`test Lifecycle as of 2026-06-30 { "a" : ${object} is Teams }`).diagnostics;
    expect(of("{}").map((d) => d.slug)).toEqual([]);
    expect(of("{ account: {} }").map((d) => d.slug)).toEqual(["not-given"]);
    expect(of('{ account: { plan: "team" } }')).toEqual([]);
  });
});

describe("what a test gives is typed by the model", () => {
  wrong(
    (text) => `test Loyal as of 2026-06-30 with { region: "EU" } { "a" : { ${text} } is out }`,
    [
      ["[|regoin|]: 3", "unknown-member"],
      ['[|coutry|]: "DE"', "unknown-member", 'country: "DE"'],
      ["[|spend|]: 3", "unknown-member", null],
      ["country: [|3|]", "given-shape", null],
      ["country: [|DE|]", "given-shape", 'country: "DE"'],
      ["country: [|{ a: 1 }|]", "given-shape", null],
      ["visits_count: [|3.5|]", "given-shape", null],
      ['visits_count: [|"3"|]', "given-shape", "visits_count: 3"],
      ["credit: [|3.555|]", "given-shape", null],
      ["signed_up_at: [|2026-01-01|]", "given-shape", "signed_up_at: 2026-01-01T00:00"],
      ["birth_date: [|30d ago|]", "given-shape", null],
      ['interests: [|"a"|]', "given-shape", null],
      ['interests: ["a", [|3|]]', "given-shape", null],
      ["account: [|3|]", "given-shape", null],
      ["account: [|[{}]|]", "given-shape", null],
      ["purchases: [|3|]", "given-shape", null],
      ["purchases: [|{|] ordered_at: 1d ago }", "not-given"],
      [
        'purchases: { ordered_at: 1d ago  amount: 1  payload: { [|chanel|]: "x" } }',
        "unknown-member",
        'purchases: { ordered_at: 1d ago  amount: 1  payload: { channel: "x" } }',
      ],
      ['country: "DE"  [|country|]: "FR"', "given-twice", null],
      ['region: [|"EUU"|]', "value-not-listed", 'region: "EU"'],
      ["churn_risk: [|2|]", "value-out-of-range", null],
    ],
  );
});

describe("a test says of what, as of when, and what is expected", () => {
  wrong(
    (text) => text,
    [
      ['test [|Loyal|] { "a" : { region: "EU" } is in }', "no-as-of", null],
      ['test Loyal as of [|today|] { "a" : { region: "EU" } is in }', "not-an-instant", null],
      ['test [|spend|] as of 2026-06-30 { "a" : {} is in }', "not-a-group", null],
      ['test Lifecycle.[|Team|] as of 2026-06-30 { "a" : {} is in }', "unknown-tier"],
      ['test Loyal as of 2026-06-30 { "a" : { region: "EU" } [|is Active|] }', "no-such-outcome", null],
      ['test Lifecycle as of 2026-06-30 { "a" : {} [|is in|] }', "no-such-outcome", null],
      [
        'test Lifecycle as of 2026-06-30 { "a" : {} is [|Tems|] }',
        "unknown-tier",
        'test Lifecycle as of 2026-06-30 { "a" : {} is Teams }',
      ],
      ['test Loyal as of 2026-06-30 { "a" : { region: "EU" } [|}|]', "missing-value"],
      [
        'test Loyal as of 2026-06-30 { [|"a"|] : { region: "EU"  purchases: 10_001 of { ordered_at: 1d ago  amount: 1 } } is in }',
        "too-many-rows",
        null,
      ],
      ['@[|owner|]("x") test Loyal as of 2026-06-30 { "a" : { region: "EU" } is in }', "unknown-annotation", null],
    ],
  );
  test("a test of something unknown is one finding", () => {
    const found = project('test Loyale as of 2026-06-30 { "a" : { x: 1 } is in }').diagnostics;
    expect(found.map((d) => `${d.slug} ${d.help}`)).toEqual(["unknown-group Did you mean `Loyal`?"]);
  });
  test("tests have no names: two of one segment are fine, and nothing refers to them", () => {
    const one = 'test Big as of 2026-06-30 { "a" : {} is out }\n';
    const { diagnostics, program } = project(one + one);
    expect(diagnostics).toEqual([]);
    expect(program.claims.tests.map((t) => t.group)).toEqual(["Big", "Big"]);
  });
});
