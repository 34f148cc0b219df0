import { describe, expect, test } from "vitest";
import { parseInstant } from "../../language/meaning/calendar.ts";
import { loadProject } from "../../language/project.ts";
import { SHOP_MODEL } from "../../language/test/model.ts";
import { sourceFile } from "../../language/text/source.ts";
import { compileSql } from "../sql/compile.ts";

const compiled = (where: string, dialect: string) => {
  const text = `segment S in zone country where ${where.replaceAll(/\[\||\|\]/g, "")}`;
  const { program, diagnostics } = loadProject([sourceFile("model.seg", SHOP_MODEL), sourceFile("s.seg", text)]);
  expect(diagnostics.filter((d) => d.severity === "error")).toEqual([]);
  const when = { asOf: parseInstant("2026-06-30T12:00Z", "UTC") as bigint, zone: "Europe/Berlin", params: new Map() };
  const answer = compileSql(program, { ...when, dialect, segments: ["S"], shape: "members", inline: true });
  return { text, answer };
};

describe("what no statement can list by each person's own zone is an error at its place, on every engine", () => {
  const check = (where: string, code: string) =>
    test.each(["duckdb", "postgres", "sqlite"])(`${where} (%s)`, (dialect) => {
      const { text, answer } = compiled(where, dialect);
      const words = answer.diagnostics.map(({ span }) => text.slice(span.start, span.end));
      expect(answer.diagnostics.map((d) => d.code)).toEqual([code]);
      expect(words).toEqual([/\[\|(.*)\|\]/.exec(where)?.[1]]);
    });
  check("[|hour(signed_up_at)|] >= 22", "SEG6111");
  check("purchases.where([|hour(ordered_at)|] >= 22)", "SEG6111");
  check("[|months_since(signed_up_at)|] >= 3 and months_since(date(now)) = 0", "SEG6112");
  check("purchases.[|during(birth_date..)|]", "SEG6112");
});

describe("what can be listed is a statement below 200 KB", () => {
  test.each([
    "purchases.last90d.where(hour(ordered_at) >= 22)",
    "purchases.during(last 12 full months).days >= 3",
    "purchases.last2y.where(day_of_week(ordered_at) = 7) >= 3",
    "date(signed_up_at) = 2026-01-31",
    "age(birth_date) >= 18 and anniversary(birth_date) in next 7d and signed_up_at in this month",
  ])("%s", (where) => {
    for (const dialect of ["duckdb", "postgres", "sqlite"]) {
      const { answer } = compiled(where, dialect);
      expect(answer.diagnostics).toEqual([]);
      expect(answer.statements.map(({ sql }) => sql.length < 200 * 1024)).toEqual([true]);
      expect(compiled(where, dialect).answer).toEqual(answer);
    }
  });
});
