import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { interpret, readWorld } from "../../compiler/index.ts";
import { loadProject, sourceFile } from "../../language/index.ts";
import { SHOP, shopTables } from "../data/shop.ts";
import type { Answer, Size } from "../worker/protocol.ts";
import { openSession } from "../worker/session.ts";

const MODEL = readFileSync(new URL("../../examples/shop/model.seg", import.meta.url), "utf8");
const SEGMENTS = readFileSync(new URL("../../examples/shop/segments.seg", import.meta.url), "utf8");
const TABLES = shopTables(300);

const session = openSession(() => TABLES, SHOP);
let revision = 0;

/** All answers to a text, and to a model; each call is the next edit of one session. */
function edit(segments: string, model = MODEL): readonly Answer[] {
  const files = [
    { path: "segments.seg", text: segments },
    { path: "model.seg", text: model },
  ];
  return [...session({ revision: ++revision, files, segment: "Loyal" })];
}

const sizes = (answers: readonly Answer[]): Readonly<Record<string, Size>> =>
  Object.fromEntries(answers.flatMap((answer) => (answer.kind === "size" ? [[answer.segment, answer.size]] : [])));

const counted = (answers: readonly Answer[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(sizes(answers)).map(([name, size]) => [name, size.kind === "counted" ? size.people : Number.NaN]),
  );

/** What an interpreter that remembers nothing finds. */
function fresh(segments: string, model = MODEL): Readonly<Record<string, number>> {
  const { program } = loadProject([sourceFile("model.seg", model), sourceFile("segments.seg", segments)]);
  const { members } = interpret(program, readWorld(program.model, TABLES), SHOP);
  return Object.fromEntries([...program.segments.keys()].map((name) => [name, members(name).length]));
}

describe("a session", () => {
  const edits: readonly (readonly [title: string, segments: string, model?: string])[] = [
    ["the shop as it is", SEGMENTS],
    ["another number", SEGMENTS.replace("purchases.last90d > 3", "purchases.last90d > 1")],
    ["another default of a parameter, which a trait's reader compares", SEGMENTS.replace("= 300", "= 30")],
    ["another trait, which a segment reads that another one refers to", SEGMENTS.replace("last2y.sum", "last1y.sum")],
    ["another list", SEGMENTS.replace('["AT", "CH", "DE"]', '["AT"]')],
    ["a segment that others refer to", SEGMENTS.replace("where email is known", "where region is known")],
    ["a name that another segment had", SEGMENTS.replace("segment Loyal", "segment Lively")],
    ["another header of an entity", SEGMENTS, MODEL.replace(" where not is_test", "")],
    ["another column", SEGMENTS, MODEL.replace('from "Sales Region"', "from country")],
    ["another order of what is once per key", SEGMENTS, MODEL.replace("since signed_up_at ", "")],
    ["the shop again", SEGMENTS],
  ];
  for (const [title, segments, model] of edits) {
    test(`counts as the interpreter does after an edit: ${title}`, () => {
      const expected = fresh(segments, model);
      expect(Object.keys(expected).length).toBeGreaterThanOrEqual(10);
      expect(counted(edit(segments, model))).toEqual(expected);
    });
  }

  test("counts what is sound, and nothing that reads what is broken", () => {
    const names = Object.keys(counted(edit(SEGMENTS.replace("where email is known", "where emial is known"))));
    expect(names).toContain("Loyal");
    expect(names).not.toContain("Mailable");
    expect(names).not.toContain("Winback");
  });

  test("counts nobody over a model that has an error", () => {
    expect(counted(edit(SEGMENTS, MODEL.replace("where not is_test", "where not is_tset")))).toEqual({});
  });

  test("counts neither of two segments of one name", () => {
    const answers = edit(`${SEGMENTS}\nsegment Loyal where region = "UK"\n`);
    expect(counted(answers)["Loyal"]).toBeUndefined();
    expect(counted(answers)["Mailable"]).toBeGreaterThan(0);
  });

  test("says which keys are there twice instead of a number", () => {
    const text = "segment Bought of Product where purchased.where(purchase.amount > 0)";
    const size = sizes(edit(text, MODEL.replace(" once per order_id", "")))["Bought"];
    expect(size).toMatchObject({ kind: "stopped", why: expect.stringContaining("`orders`") });
  });

  test("says which cell is not of its type instead of a number", () => {
    const model = MODEL.replace("country        : text optional", "country        : integer optional");
    const size = sizes(edit('segment Here where region = "EU"', model))["Here"];
    expect(size).toMatchObject({ kind: "stopped", why: expect.stringContaining("column country") });
  });

  test("answers in order: findings, the segment that is shown, its SQL, the others, the end", () => {
    const answers = edit(SEGMENTS);
    expect(answers.slice(0, 4).map(({ kind }) => kind)).toEqual(["findings", "size", "sql", "size"]);
    expect(answers[1]).toMatchObject({ kind: "size", segment: "Loyal" });
    expect(answers.at(-1)).toEqual({ kind: "answered", revision });
  });

  test("counts tiers and arms, and says of a snapshot that it is not taken", () => {
    const life = "segmentation Life {\n  New   : signed_up_at in last 30d\n  Other : otherwise\n}\n";
    const half = 'split Half of Loyal seed "x" {\n  A : 50%\n  B : 50%\n}\n';
    const text = `${SEGMENTS}${life}${half}snapshot Spring of Loyal as of 2026-06-01\n`;
    const found = counted(edit(text));
    const { program } = loadProject([sourceFile("model.seg", MODEL), sourceFile("segments.seg", text)]);
    const { members, population } = interpret(program, readWorld(program.model, TABLES), SHOP);
    for (const name of ["Life.New", "Life.Other", "Half.A", "Half.B"])
      expect(found[name], name).toBe(members(name).length);
    expect((found["Life.New"] ?? 0) + (found["Life.Other"] ?? 0)).toBe(population("Customer").length);
    expect((found["Half.A"] ?? 0) + (found["Half.B"] ?? 0)).toBe(found["Loyal"]);
    expect(sizes(edit(text))["Spring"]).toEqual({
      kind: "stopped",
      why: "The snapshot `Spring` has not been taken yet.",
    });
  });

  test("reads tests, policies and assertions, and shows what is wrong with them; the segments are counted still", () => {
    const slugsOf = (more: string): readonly string[] =>
      edit(`${SEGMENTS}${more}`).flatMap((answer) =>
        answer.kind === "findings" ? answer.findings.map(({ slug }) => slug) : [],
      );
    const claims = [
      'test Loyal as of 2026-07-01 {\n  "nobody" : { region: "EU"  purchases: [] } is out\n}\n',
      "policy Own for all segments forbid fields marked sensitive\n",
      "assert Winback within Mailable\n",
    ];
    expect(slugsOf(claims.join(""))).toEqual(["not-proved", "not-proved"]);
    expect(slugsOf("assert Winback within Malable\n")).toEqual(["unknown-group"]);
    expect(slugsOf("policy Own for all segments require regon\n")).toContain("unknown-name");
    expect(slugsOf('test Loyal as of 2026-07-01 {\n  "x" : { regon: "EU" } is out\n}\n').length).toBeGreaterThan(0);
    const broken = `${SEGMENTS}test Loyal as of 2026-07-01 {\n  "x" : { regon: "EU" } is out\n}\n`;
    expect(counted(edit(broken))).toEqual(fresh(SEGMENTS));
  });

  test("reads any text without failing", () => {
    for (const text of ["", "segment", "\uFEFFsegment \ud800", `segment X where ${"(".repeat(5000)}`, "/* \u0000"])
      expect(edit(text).at(-1)?.kind).toBe("answered");
  });
});
