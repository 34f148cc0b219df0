import { expect, test } from "vitest";
import { loadProject } from "../../language/project.ts";
import { sourceFile } from "../../language/text/source.ts";
import { compileSql, dialectOf } from "../sql/compile.ts";

const MODEL = `default entity Customer from customers {
  id      : text key
  name    : text optional
  payload : json { channel : text  utmSource : text  \`é\` : text  \`É\` : text }
}`;
const WHEN = { asOf: 0n, zone: "UTC", params: new Map() };

function compiled(where: string) {
  const file = sourceFile("segments.seg", `segment S where ${where}`);
  const { program, diagnostics } = loadProject([sourceFile("model.seg", MODEL), file]);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const options = { dialect: "redshift", segments: ["S"], shape: "members", inline: true, ...WHEN } as const;
  const { statements, diagnostics: found } = compileSql(program, options);
  return {
    sql: statements[0]?.sql ?? "",
    found: found.map(({ code, span }) => [code, file.text.slice(span.start, span.end)]),
  };
}

test.each([
  ["payload.channel", []],
  ["payload.utmSource", [["SEG6150", "payload.utmSource"]]],
  ["payload.`é`", []],
  ["payload.`É`", [["SEG6150", "payload.`É`"]]],
])("a member whose name Redshift would fold is refused: %s", (member, found) => {
  expect(compiled(`${member} = "web"`).found).toEqual(found);
});

test.each([
  ["a\\b", "('a' || chr(92) || 'b')"],
  ["\\", "(chr(92))"],
  ["\\\\\\' or 1=1 --", "(repeat(chr(92), 3) || ''' or 1=1 --')"],
  ["it's", "'it''s'"],
])("no backslash stands in quotes, for sessions differ in what it means: %j", (value, literal) => {
  expect(dialectOf("redshift").literal({ type: "text", value })).toBe(literal);
});

test("no plain `varchar` or `text`, which keep 256 bytes", () => {
  const { sql } = compiled('name = "x" and payload.channel = "web"');
  expect(sql).toContain("varchar(max)");
  expect(sql).not.toMatch(/\b(?:text|varchar(?!\(max\)))\b/);
});
