import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { compileProject } from "../../browser.ts";

const model =
  "default entity Person from people {\n  id : text key\n  name : text optional\n  born : date optional\n}\n";

function sqlOf(condition: string): string {
  const files = { "model.seg": model, "segments.seg": `segment A where ${condition}\n` };
  const { statements } = compileProject({
    files,
    dialect: "sqlite",
    asOf: "2026-06-30",
    timezone: "UTC",
    inline: true,
  });
  return statements.map(({ sql }) => sql).join("");
}

function members(condition: string): readonly unknown[] {
  const database = new DatabaseSync(":memory:");
  database.exec("create table people (id text, name text, born text)");
  database.exec("insert into people values ('a', 'A' || char(0) || 'B', '2026-01-31'), ('b', 'AB', '9999-12-31')");
  const rows = database.prepare(sqlOf(condition)).all();
  database.close();
  return rows.map(({ key }) => key);
}

test("a character 0 in the data does not end a text", () => {
  expect(members('name ends with "B"')).toEqual(["a", "b"]);
  expect(members('name ends with "b" ignoring case')).toEqual(["a", "b"]);
  expect(members('name starts with "AB"')).toEqual(["b"]);
  expect(members("name starts with name and name ends with name")).toEqual(["a", "b"]);
  expect(members('name ends with ""')).toEqual(["a", "b"]);
});

test("months are clamped without a modifier that older versions answer with null", () => {
  expect(sqlOf("born + 1mo > today")).not.toContain("floor");
  expect(members("born + 1mo = 2026-02-28")).toEqual(["a"]);
  expect(members("born - 1mo = 9999-11-30")).toEqual(["b"]);
});
