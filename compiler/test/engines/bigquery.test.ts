import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseInstant } from "../../../language/meaning/calendar.ts";
import { loadProject } from "../../../language/project.ts";
import { sourceFile } from "../../../language/text/source.ts";
import { interpret } from "../../predicate/interpret.ts";
import { readWorld } from "../../predicate/world.ts";
import { compileSql } from "../../sql/compile.ts";
import { caseName, groupProject, readGroups } from "../conformance/cases.ts";
import { bigqueryEngine } from "../load/bigquery.ts";
import type { Tables, TestEngine } from "../load/creation.ts";
import { type GoogleServer, googleServer, googleServerMissing } from "../load/googlesql.ts";

const MODEL = `default entity Person from people {
  id   : text key
  n    : integer optional
  d    : decimal(38, 9) optional
  day  : date optional
  at   : timestamp optional
  tags : list of text optional
  seen : json { k : text  n : integer } optional
}`;
const AS_OF = "2026-06-30T00:00:00Z";

const projectOf = (where: string) =>
  loadProject([sourceFile("model.seg", MODEL), sourceFile("segments.seg", `segment Asked where ${where}`)], {
    lint: false,
  });

function sqlOf(where: string, zone = "UTC", inline = true) {
  const { program, diagnostics } = projectOf(where);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const { statements } = compileSql(program, {
    dialect: "bigquery",
    segments: ["Asked"],
    shape: "members",
    inline,
    asOf: parseInstant(AS_OF, "UTC") as bigint,
    zone,
    params: new Map(),
  });
  return { program, statement: statements[0] as (typeof statements)[number] };
}

const missing = googleServerMissing();

describe.skipIf(missing !== null)(
  `BigQuery's SQL by GoogleSQL's reference server${missing ? ` (${missing})` : ""}`,
  () => {
    let engine: TestEngine;
    beforeAll(async () => {
      engine = await bigqueryEngine();
    }, 120_000);
    afterAll(() => engine.close());

    async function answer(where: string, people: Tables[string], zone = "UTC") {
      const { program, statement } = sqlOf(where, zone);
      const runner = await engine.load(program.model, { people });
      const judge = interpret(program, readWorld(program.model, { people }), {
        asOf: parseInstant(AS_OF, "UTC") as bigint,
        zone,
        params: new Map(),
      });
      const keys = (await runner.execute(statement)).map((row) => row["key"]);
      return { keys, judged: judge.members("Asked") };
    }

    const EDGES: Tables[string] = [
      { id: "first", day: "0001-01-01", at: "0001-01-01T00:30:00Z" },
      { id: "last", day: "9999-12-31", at: "9999-12-31T23:30:00Z" },
      { id: "none" },
    ];

    it.each([
      ["Europe/Berlin", "date(at) > 2026-01-01", ["last"]],
      ["America/New_York", "date(at) < 2026-01-01", ["first"]],
      ["America/New_York", "hour(at) is known", ["first", "last"]],
      ["UTC", "day + 1y > today", ["last"]],
      ["UTC", "day + 1mo is known", ["first", "last"]],
      ["UTC", "day - 1d < today", ["first"]],
      ["UTC", "day - 1y < today", ["first"]],
      ["UTC", "day + 1000y > 9999-12-30", ["last"]],
      ["UTC", "at + 29min > 9999-12-31T23:59:00Z", []],
      ["UTC", "at + 29min + 59min > 9999-12-31T23:59:59.999998Z", ["last"]],
      ["UTC", "at - 2d < now", ["first"]],
      ["UTC", "not at + 2d < now", ["last", "none"]],
    ])("the calendar ends, and the run goes on: in %s, %s", async (zone, where, members) => {
      expect((await answer(where, EDGES, zone)).keys).toEqual(members);
    });

    it.each([
      ["an integer that leaves 64 bits", "n + 1 > 0", { n: "9223372036854775807" }],
      ["a decimal that leaves 29 digits before the point", "d * 10 > 0", { d: "99999999999999999999999999999" }],
      ["a whole number that leaves 64 bits", "floor(d) > 0", { d: "9223372036854775808" }],
      ["JSON that is none", 'seen.k = "x"', { seen: '{"k": ' }],
    ])("stops the run: %s", async (_, where, cells) => {
      // Every second world has JSON as a column of its own type, which would not hold it.
      const { program, statement } = sqlOf(where);
      let runner = await engine.load(program.model, { people: [] });
      expect(await runner.execute(statement)).toEqual([]);
      for (let tries = 0; tries < 2; tries++) {
        runner = await engine.load(program.model, { people: [{ id: "a", ...cells }] });
        await expect(runner.execute(statement)).rejects.toThrow();
      }
    });

    it.each(["a`b", "a\\", "a\\`; drop table x; --", "a\nb", "a'b\"c", "@p1", "a.b", "a$b {{ c }}"])(
      "a column's name is nothing but a name: %j",
      async (column) => {
        const model = `default entity Person from people { id : text key  name : text from ${JSON.stringify(column)} }`;
        const { program, diagnostics } = loadProject([
          sourceFile("model.seg", model),
          sourceFile("segments.seg", 'segment Asked where name = "x"'),
        ]);
        expect(diagnostics).toEqual([]);
        const { statements } = compileSql(program, {
          dialect: "bigquery",
          segments: ["Asked"],
          shape: "members",
          inline: false,
          asOf: 0n,
          zone: "UTC",
          params: new Map(),
        });
        const people = [
          { id: "a", [column]: "x" },
          { id: "b", [column]: "y" },
        ];
        const runner = await engine.load(program.model, { people });
        expect(await runner.execute(statements[0] as (typeof statements)[number])).toEqual([{ key: "a" }]);
      },
    );

    it("reads JSON alike from a column of JSON and from one of text", async () => {
      const people = [
        { id: "a", seen: '{"k": "x", "n": 3.0}' },
        { id: "b", seen: '{"k": 3, "n": "3"}' },
        { id: "c", seen: "null" },
        { id: "d", seen: '"{}"' },
        { id: "e" },
      ];
      for (const where of ['seen.k = "x" and seen.n = 3', "seen.k is missing", "seen.n is missing"])
        for (let world = 0; world < 2; world++) {
          const { keys, judged } = await answer(where, people);
          expect(keys, where).toEqual(judged);
        }
    });
  },
);

describe.skipIf(missing !== null)("the reference server refuses what BigQuery refuses", () => {
  let server: GoogleServer;
  beforeAll(async () => {
    server = await googleServer();
    await server.load([]);
  }, 120_000);
  afterAll(() => server.close());

  it.each([
    ["digits beside the type of a cast", "select cast(1 as numeric(5, 2))"],
    ["parts of doubles", "select count(*) over (partition by x) from unnest([1.5]) as x"],
    ["a text beside a number", "select 'a' = 1"],
    ["a quote that is doubled", "select 'a''b'"],
    ["an escape that there is not", "select '\\q'"],
  ])("%s", async (_, sql) => {
    await expect(server.query(sql, [])).rejects.toThrow();
  });
});

/** Functions as BigQuery's reference names them. */
const FUNCTIONS = new Set(
  `abs array asin cast ceil coalesce cos count date date_add date_diff date_trunc div ends_with exists extract floor format greatest ifnull json_value_array lag least max
  min mod nullif parse_json rank round row_number safe.bool safe.date_add safe.float64 safe.int64 safe.string safe.timestamp_add safe.timestamp_sub safe_add
  safe_divide safe_multiply safe_subtract sha256 sin sqrt starts_with strpos struct substr sum timestamp timestamp_add timestamp_diff timestamp_trunc to_hex translate unnest`.split(
    /\s+/,
  ),
);

describe("what the reference server takes and BigQuery does not", () => {
  const statements = readGroups().flatMap((group) => {
    const { program } = groupProject(group);
    const segments = group.cases.map((_, i) => caseName(i));
    const asOf = parseInstant(group.asOf, group.timezone) as bigint;
    return compileSql(program, {
      dialect: "bigquery",
      segments,
      shape: "flags",
      inline: true,
      asOf,
      zone: group.timezone,
      params: new Map(),
    }).statements.map(({ sql }) => sql);
  });

  it("is in no statement: an outer join without an equality of both sides", () => {
    const joins = statements.flatMap((sql) => sql.match(/^ *left join .*$/gm) ?? []);
    expect(joins.length).toBeGreaterThan(100);
    // A name of the joined side, then an equality with it.
    const without = joins.filter((join) => {
      const [, alias = ""] = / as (`\w+`) on /.exec(join) ?? [];
      const on = join.slice(join.lastIndexOf(" on "));
      return !on.split(" and ").some((part) => part.includes(" = ") && part.includes(`${alias}.`));
    });
    expect(without).toEqual([]);
  });

  it("is in no statement: a query in the place of a value that asks a table", () => {
    const inner = statements.flatMap((sql) => [...sql.matchAll(/(exists|array|in|[=(,]) ?\(select .*? from (\S+)/g)]);
    expect(inner.length).toBeGreaterThan(10);
    // A list of constants has nothing of the row around it.
    const asking = inner.filter(
      ([text, , from = ""]) =>
        !/^(?:unnest\(|\(select$|\($)/.test(from) && !/^in \(select `value` from `list/.test(text),
    );
    expect(asking.map(([text]) => text)).toEqual([]);
  });

  it("is in no statement: a function that BigQuery has not", () => {
    const bare = statements.map((sql) => sql.replace(/'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g, "x"));
    const used = new Set(bare.flatMap((sql) => [...sql.matchAll(/[a-z_0-9.]+(?=\()/g)].map(([name]) => name)));
    expect([...used].filter((name) => !FUNCTIONS.has(name))).toEqual([]);
    expect(used.size).toBeGreaterThan(40);
  });

  it("is in no statement: a query that is to be worked out apart, `values`, a filter of an aggregate", () => {
    expect(statements.filter((sql) => /\bmaterialized\b|\bvalues \(|\bfilter \(/.test(sql))).toEqual([]);
  });
});
