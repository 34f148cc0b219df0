import { afterAll, beforeAll, expect, it } from "vitest";
import { loadProject } from "../../../language/project.ts";
import { sourceFile } from "../../../language/text/source.ts";
import { readWorldFrom } from "../../engines/world.ts";
import { readWorld, type Tables } from "../../predicate/world.ts";
import type { TestEngine } from "../load/creation.ts";
import { describeEngines } from "../load/engines.ts";

const { program } = loadProject([
  sourceFile(
    "model.seg",
    `default entity Person from people {
  id     : text key
  n      : integer optional
  d      : decimal(10, 2) optional
  f      : float optional
  yes    : boolean optional
  day    : date optional
  at     : timestamp optional
  texts  : list of text optional
  ns     : list of integer optional
  ds     : list of decimal(10, 2) optional
  fs     : list of float optional
  yeses  : list of boolean optional
  days   : list of date optional
  ats    : list of timestamp optional
  about  : json { town : text } optional
}
extend Person from more by person_id { hobbies : list of text }`,
  ),
]);

const TABLES: Tables = {
  people: [
    {
      id: "full",
      n: "-9223372036854775808",
      d: "-0.05",
      f: 0.30000000000000004,
      yes: true,
      day: "1969-12-31",
      at: "2026-06-30T00:00:00.000001Z",
      texts: ['it\'s "ä"', "", null, "a, b", "a"],
      ns: ["9223372036854775807", null, 0],
      ds: ["0.10", "-12345678.99", null],
      fs: [0.1, 1e20, -3, null, 0.30000000000000004],
      yeses: [true, false, null],
      days: ["2026-02-28", null, "1900-01-01"],
      ats: ["2026-06-30T00:00:00.000001Z", null, "1969-12-31T23:59:59Z"],
      about: '{"town": "Ulm"}',
    },
    { id: "empty", texts: [], ns: [], ds: [], fs: [], yeses: [], days: [], ats: [], about: "{}" },
    { id: "none" },
  ],
  more: [
    { person_id: "full", hobbies: ["yoga", null] },
    { person_id: "none", hobbies: null },
  ],
};

/** JSON may come back with other blanks. */
const asMeant = ([name, cell]: readonly [string, unknown]): readonly [string, unknown] =>
  name === "about" && typeof cell === "string" ? [name, JSON.parse(cell)] : [name, cell];

/** Nothing in the product connects to them: what they are asked for in tests are members. */
const WITHOUT_CONNECTION: readonly string[] = ["redshift", "snowflake", "sqlserver"];

describeEngines("the rows of %s, in memory", ({ open }) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());

  it("are those that were put there, lists and JSON among them", async ({ skip }) => {
    if (WITHOUT_CONNECTION.includes(engine.dialect)) skip("no connection reads rows from it");
    const runner = await engine.load(program.model, TABLES);
    const found = await readWorldFrom(
      runner,
      program,
      { entities: new Set(["Person"]), snapshots: new Set() },
      engine.storage,
    );
    const wanted = readWorld(program.model, TABLES);
    const plain = <A extends { readonly rows: ReadonlyMap<string, readonly ReadonlyMap<string, unknown>[]> }>(
      world: A,
    ) => (world.rows.get("Person") ?? []).map((cells) => Object.fromEntries([...cells].map(asMeant)));
    expect(plain(found)).toEqual(plain(wanted));
    expect(found.extensions.get("Person")).toEqual(wanted.extensions.get("Person"));
  });
});
