import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseInstant } from "../../language/meaning/calendar.ts";
import { loadProject } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";
import { compileSql, dialectOf, type SqlOptions } from "../sql/compile.ts";
import type { Dialect } from "../sql/dialect.ts";
import type { Sql } from "../sql/fragment.ts";
import { DIALECTS } from "../sql/index.ts";
import { compileQuery } from "../sql/query-compiler.ts";
import { type Storage, USUAL_STORAGE } from "../sql/storage.ts";
import { caseName, groupProject, readGroups } from "./conformance/cases.ts";
import type { TestEngine } from "./load/creation.ts";
import { describeEngines } from "./load/engines.ts";

const DAY = 86_400_000_000n;

const textOf = (dialect: Dialect, of: Sql): string => compileQuery(dialect, true, of.toOperationNode()).sql;
const timesOf = (dialect: Dialect, storage: Storage) => dialect.operators(storage).times;
const occurrences = (text: string, part: string): number => text.split(part).length - 1;

/** A view as it is when the engine's clock stands at an instant. */
function at(sql: string, dialect: Dialect, storage: Storage, clock: bigint): string {
  const times = timesOf(dialect, storage);
  return sql.replaceAll(textOf(dialect, times.now), textOf(dialect, times.instant(clock)));
}

/** Where each statement is quick, all cases; elsewhere some, for the plan is the same. */
const everyCase = (name: string): number => (name === "SQLite" ? 1 : 12);

describeEngines("a view, by %s,", ({ name, open, isSlow }) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await open();
  }, 120_000);
  afterAll(() => engine.close());

  it("written 500 days before, has the members of conformance cases when the clock stands at its as-of", {
    timeout: isSlow ? 2_400_000 : 600_000,
  }, async () => {
    const dialect = dialectOf(engine.dialect);
    let views = 0;
    for (const group of readGroups()) {
      // That they raise is a case of conformance.test.ts.
      if (group.raisesOn?.includes(engine.dialect)) continue;
      const { program } = groupProject(group);
      const asOf = parseInstant(group.asOf, group.timezone) as bigint;
      const runner = await engine.load(program.model, group.tables);
      for (const [i, c] of group.cases.entries()) {
        if (!c.members || i % everyCase(name) !== 0) continue;
        const { statements, diagnostics } = compileSql(program, {
          dialect: engine.dialect,
          segments: [caseName(i)],
          shape: "view",
          inline: false,
          asOf: asOf - 500n * DAY,
          zone: group.timezone,
          params: new Map(),
          storage: engine.storage,
        });
        const [view] = statements;
        if (view === undefined) {
          expect(diagnostics.length, c.where).toBeGreaterThan(0);
          continue;
        }
        views++;
        expect(view.parameters).toEqual([]);
        expect(occurrences(view.sql, textOf(dialect, timesOf(dialect, engine.storage).now))).toBeLessThanOrEqual(1);
        const rows = await runner.execute({ sql: at(view.sql, dialect, engine.storage, asOf), parameters: [] });
        expect
          .soft(rows.map((row) => String(row["key"])).sort(), `${group.file}: ${c.where}\n${view.sql}`)
          .toEqual([...c.members].sort());
      }
      await runner.close();
    }
    expect(views).toBeGreaterThan(everyCase(name) === 1 ? 900 : 50);
  });

  it("by the engine's own clock counts what happened within the window until now", { timeout: 60_000 }, async () => {
    const now = BigInt(Date.now()) * 1000n;
    const ago = (hours: bigint): string => new Date(Number((now - hours * 3_600_000_000n) / 1000n)).toISOString();
    const { program } = loadProject([sourceFile("shop.seg", SHOP)], { lint: false });
    const runner = await engine.load(program.model, {
      people: [{ id: "a" }, { id: "b" }, { id: "c" }, { id: "d" }],
      buys: [
        { id: "1", person_id: "a", at_time: ago(1n) },
        { id: "2", person_id: "b", at_time: ago(47n) },
        { id: "3", person_id: "c", at_time: ago(49n) },
        { id: "4", person_id: "d", at_time: ago(-12n) },
      ],
    });
    const { statements } = compileSql(program, { ...OPTIONS, dialect: engine.dialect, storage: engine.storage });
    const rows = await runner.execute(statements[0] ?? { sql: "", parameters: [] });
    expect(rows.map((row) => row["key"]).sort()).toEqual(["a", "b"]);
    await runner.close();
  });
});

const SHOP = `default entity Person from people {
  id   : text key
  buys : many Buy by person_id
}
event Buy from buys at at_time {
  id      : text key
  at_time : timestamp
}
segment Recent where buys.last2d > 0
segment Month where buys.during(this month) > 0
segment Since where buys.where(at_time >= 2026-01-01).count > 2 and buys.max(at_time) in last 6w
segment Old where days_since(buys.max(at_time)) > 30`;

const OPTIONS: Omit<SqlOptions, "dialect"> = {
  segments: ["Recent"],
  shape: "view",
  inline: false,
  asOf: parseInstant("2026-07-01T00:00:00Z", "UTC") as bigint,
  zone: "Europe/Berlin",
  params: new Map(),
};

describe("only a view reads the engine's clock", () => {
  const { program, diagnostics } = loadProject([sourceFile("shop.seg", SHOP)], { lint: false });

  it("once, in one relation, on every dialect", () => {
    expect(diagnostics).toEqual([]);
    for (const dialect of DIALECTS.values()) {
      const now = textOf(dialect, timesOf(dialect, USUAL_STORAGE).now);
      for (const segment of ["Recent", "Since", "Old"]) {
        const options = { ...OPTIONS, dialect: dialect.name, segments: [segment] };
        const [view] = compileSql(program, options).statements;
        expect(occurrences(view?.sql ?? "", now), `${dialect.name} ${segment}`).toBe(1);
        for (const shape of ["members", "flags", "sizes"] as const)
          for (const inline of [false, true])
            for (const { sql } of compileSql(program, { ...options, shape, inline }).statements)
              expect(sql).not.toMatch(/current_timestamp|sysutcdatetime|getdate|\bnow\s*\(|'now'|clock/i);
      }
    }
  });

  it("and what follows the calendar is said at its place", () => {
    const { statements, diagnostics: found } = compileSql(program, {
      ...OPTIONS,
      dialect: "postgres",
      segments: ["Month", "Recent"],
    });
    expect(statements).toEqual([]);
    expect(found.map(({ code, message, span }) => [code, message, SHOP.slice(span.start, span.end)])).toEqual([
      [
        "SEG6113",
        "`this month` follows the calendar, and the view of `Month` has only the engine's clock.",
        "during(this month)",
      ],
    ]);
  });

  it("near the end of the calendar too", () => {
    const asOf = parseInstant("9999-12-30T00:00:00Z", "UTC") as bigint;
    expect(compileSql(program, { ...OPTIONS, asOf, dialect: "duckdb" }).statements).toHaveLength(1);
  });
});
