import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { type Interpretation, interpret } from "../../compiler/predicate/interpret.ts";
import { readWorld } from "../../compiler/predicate/world.ts";
import { parseInstant } from "../../language/meaning/calendar.ts";
import { loadProject } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";
import { shop } from "./generate/shop.ts";
import { records } from "./test/plainly.ts";

const FILES = ["model.seg", "segments.seg", "audiences.seg"].map((name) =>
  sourceFile(name, readFileSync(new URL(name, import.meta.url), "utf8")),
);
const { program, diagnostics } = loadProject(FILES);

describe("the shop's segments", () => {
  let answers: Interpretation;
  beforeAll(() => {
    const tables = Object.fromEntries(Object.entries(shop(3000)).map(([name, table]) => [name, records(table)]));
    const zone = "Europe/Berlin";
    const asOf = parseInstant("2026-07-01", zone) as bigint;
    answers = interpret(program, readWorld(program.model, tables), { asOf, zone, params: new Map() });
  });

  test("are at least twenty-five, without a finding, each with title, owner and tags", () => {
    expect(diagnostics).toEqual([]);
    expect(program.segments.size).toBeGreaterThanOrEqual(25);
    for (const { name, title, owner, tags } of program.segments.values())
      expect({ name, title: title !== null, owner: owner !== null, tags: tags.length > 0 }).toEqual({
        name,
        title: true,
        owner: true,
        tags: true,
      });
  });

  test("ask for demographic, psychographic, behavioural, geographic and lifecycle traits", () => {
    const tags = new Set([...program.segments.values()].flatMap((s) => s.tags));
    for (const kind of ["demographic", "psychographic", "behavioural", "geographic", "lifecycle"])
      expect(tags).toContain(kind);
  });

  test("have somebody each, and nobody has everybody", () => {
    for (const { name, entity } of program.segments.values()) {
      const size = answers.members(name).length;
      expect({ name, some: size > 0, notAll: size < answers.population(entity).length }).toEqual({
        name,
        some: true,
        notAll: true,
      });
    }
  });

  test("sum deposits of one currency only, because two stand in one column", () => {
    const currencies = new Set(shop(3000).appointments.rows.map((row) => row[6]));
    expect([...currencies].filter((c) => c !== null).sort()).toEqual(["CHF", "EUR"]);
    const texts = FILES.map((f) => f.text).join("\n");
    const sums = texts.match(/^[^/\n]*\.sum\(deposit\)/gm) ?? [];
    expect(sums.length).toBeGreaterThan(0);
    for (const sum of sums) expect(sum).toContain("deposit_currency =");
  });
});
