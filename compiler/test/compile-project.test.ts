import { expect, test } from "vitest";
import { type CompileRequest, compileProject } from "../compile-project.ts";

const MODEL = `default entity Customer from customers {
  customer_id : text key
  region      : text optional in ["EU", "NA"]
  points      : integer
}

param least : integer = 3
`;

const REQUEST: CompileRequest = {
  files: {
    "model.seg": MODEL,
    "segments.seg": 'segment Many where points >= least\n\nsegment Near where region = "EU"\n',
  },
  dialect: "duckdb",
  asOf: "2026-06-30",
};

const ask = (change: Partial<CompileRequest>) => compileProject({ ...REQUEST, ...change });

test("Texts become a program, no findings, and SQL of all segments", () => {
  const { program, diagnostics, problems, statements } = ask({});
  expect([...program.segments.keys()]).toEqual(["Many", "Near"]);
  expect([diagnostics, problems]).toEqual([[], []]);
  expect(statements.map(({ segments, columns }) => [segments, columns])).toEqual([
    [
      ["Many", "Near"],
      ["segment", "key"],
    ],
  ]);
  expect(statements[0]?.parameters).toContainEqual({ type: "text", value: "EU" });
});

test("The same request gives the same answer, whatever the order of its files", () => {
  const reversed = Object.fromEntries(Object.entries(REQUEST.files).reverse());
  expect(ask({ files: reversed }).statements).toEqual(ask({}).statements);
});

test("Segments, shape, values in the text and params are chosen", () => {
  const [only] = ask({ segments: ["Many"], inline: true, params: { least: 7 } }).statements;
  expect([only?.segments, only?.parameters]).toEqual([["Many"], []]);
  expect(only?.sql).toContain("7");
  expect(ask({ shape: "sizes" }).statements[0]?.columns).not.toEqual(ask({}).statements[0]?.columns);
});

test("A text with an error gives its finding, and no SQL of any segment", () => {
  const { diagnostics, problems, statements } = ask({
    files: { ...REQUEST.files, "more.seg": "segment Bad where regon" },
  });
  expect(diagnostics.map(({ file, slug }) => [file, slug])).toEqual([["more.seg", "unknown-name"]]);
  expect([problems, statements]).toEqual([[], []]);
});

test.each<readonly [Partial<CompileRequest>, string]>([
  [{ dialect: "postgress" }, "There is no dialect `postgress`. `postgres` is the nearest."],
  [{ timezone: "Europe/Berln" }, "There is no time zone `Europe/Berln`."],
  [{ asOf: "soon" }, "`soon` is neither a date nor a timestamp."],
  [{ segments: ["Mny"] }, "There is no segment `Mny`. `Many` is the nearest."],
  [{ params: { leest: 3 } }, "There is no param `leest`. `least` is the nearest."],
  [{ params: { least: "x" } }, "`x` is no value for the param `least`, whose type is integer."],
])("%j is a problem of the request", (change, problem) => {
  expect(ask(change)).toMatchObject({ diagnostics: [], problems: [problem], statements: [] });
});
