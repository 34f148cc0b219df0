import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type CsvProblem, csvReader } from "../../engines/csv.ts";
import { type JsonValue, parseJson } from "../../engines/json.ts";
import { type JsonProblem, jsonReader } from "../../engines/json-records.ts";
import { type ColumnType, readCell, readValue, UNREADABLE } from "../../engines/reader.ts";
import { CELLS, CSV, VALUES } from "./reader-fixtures.ts";

const shown = (type: ColumnType): string => JSON.stringify(type).replaceAll('"', "");

describe("cells of CSV are read by the model's type", () => {
  for (const { type, reads, refuses } of CELLS) {
    test(shown(type), () => {
      expect(reads.map(([cell]) => [cell, readCell(type, cell)])).toEqual(reads);
      expect(refuses.filter((cell) => readCell(type, cell) !== UNREADABLE)).toEqual([]);
    });
  }
});

describe("values of JSON are read by the model's type", () => {
  for (const { type, reads, refuses } of VALUES) {
    test(shown(type), () => {
      const read = (json: string) => readValue(type, parseJson(json) as JsonValue);
      expect(reads.map(([json]) => [json, read(json)])).toEqual(reads);
      expect(refuses.filter((json) => read(json) !== UNREADABLE)).toEqual([]);
    });
  }

  test("a key that is not there is missing", () => {
    expect(readValue({ kind: "integer" }, undefined)).toBe(null);
  });
});

describe("CSV", () => {
  const read = (text: string, delimiter: "," | "\t", pieces: readonly string[]) => {
    const rows: (readonly string[])[] = [];
    const reader = csvReader(delimiter, ({ cells }) => rows.push(cells));
    let problem: CsvProblem | null = null;
    for (const piece of pieces) problem ??= reader.push(piece);
    return { rows, problem: problem ?? reader.end(), traits: reader.traits, text };
  };

  for (const { title, text, delimiter = ",", rows, problem } of CSV) {
    test(title, () => {
      const whole = read(text, delimiter, [text]);
      if (problem === undefined) expect(whole).toMatchObject({ rows, problem: null });
      else expect(whole.problem).toEqual({ line: problem.line, message: expect.stringContaining(problem.says) });
      // Wherever the text is cut, and character by character.
      for (let cut = 1; cut < text.length; cut++) {
        expect(read(text, delimiter, [text.slice(0, cut), text.slice(cut)])).toEqual(whole);
      }
      expect(read(text, delimiter, [...text])).toEqual(whole);
      // Without the cells.
      const reader = csvReader(delimiter, null);
      expect(reader.push(text) ?? reader.end()).toEqual(whole.problem);
      expect(reader.traits).toEqual(whole.traits);
    });
  }

  test("a quote that is never closed does not swallow a large file", () => {
    const reader = csvReader(",", null);
    let problem: CsvProblem | null = null;
    reader.push('a,b\n1,"');
    for (let i = 0; i < 40 && problem === null; i++) problem = reader.push("x\n".repeat(1 << 19));
    expect(problem).toEqual({ line: 2, message: expect.stringContaining("is a quote never closed?") });
  });
});

describe("JSON files", () => {
  const check = (pieces: readonly string[]) => {
    const records: string[] = [];
    const reader = jsonReader(({ line, text }) => records.push(`${line} ${text}`));
    let problem: JsonProblem | null = null;
    for (const piece of pieces) problem ??= reader.push(piece);
    problem ??= reader.end();
    return problem === null ? records : `${problem.line} ${problem.message}`;
  };
  const TABLE: readonly (readonly [text: string, expected: readonly string[] | string])[] = [
    ['{"a":1}\n{"a":2}\n', ['1 {"a":1}', '2 {"a":2}']],
    ['\n\n{"a":1}\r\n\r\n{"a":2}', ['3 {"a":1}', '5 {"a":2}']],
    ['\ufeff{"a":1}', ['1 {"a":1}']],
    ['[{"a":1},\n{"a":[{}]}\n]\n', ['1 {"a":1}', '2 {"a":[{}]}']],
    ['{\n "a": "}\\"{"\n}\n{}', ['1 {\n "a": "}\\"{"\n}', "4 {}"]],
    ["", []],
    ["[]", []],
    ['{"a":1}{"a":2}', ['1 {"a":1}', '1 {"a":2}']],
    ['{"a":1}\n5', "2 something that is not an object in `{ }`"],
    ["5", "1 neither an object nor a list of objects"],
    ['[{"a":1} {"a":2}]', "1 neither `,` nor `]` after an object"],
    ['[{"a":1},]', "1 something that is not an object in `{ }`"],
    ['[{"a":1}]\n{}', "2 text after the end of the list"],
    ['[{"a":1}', "1 a list that does not end"],
    ['{"a":1}\n{"a":', "2 an object that does not end"],
    ['{"a":1}\n{"a":"\n', "2 an object that does not end"],
  ];
  for (const [text, expected] of TABLE) {
    test(JSON.stringify(text), () => {
      expect(check([text])).toEqual(expected);
      expect(check([...text])).toEqual(expected);
    });
  }
});

describe("numbers of JSON keep their digits", () => {
  test("where a double would not", () => {
    const value = parseJson('{"a": 12345678901234567890.5, "b": [1e2], "__proto__": 1}') as Record<string, JsonValue>;
    expect(readValue({ kind: "json", paths: [] }, value)).toBe('{"a":12345678901234567890.5,"b":[1e2],"__proto__":1}');
  });
  test("and no data is taken for a number", () => {
    const value = parseJson('{"source": "12", "n": 1e2}') as JsonValue;
    expect(readValue({ kind: "integer" }, value)).toBe(UNREADABLE);
  });
  test("and deep nesting does not crash", () => {
    const value = parseJson(`${"[".repeat(200_000)}${"]".repeat(200_000)}`);
    expect(() => value !== undefined && readValue({ kind: "json", paths: [] }, value)).not.toThrow();
  });
});

test("the reader is pure: what a page would load imports nothing of Node", () => {
  for (const file of ["reader", "json", "csv", "json-records"]) {
    expect(readFileSync(new URL(`../../engines/${file}.ts`, import.meta.url), "utf8")).not.toMatch(
      /from "(node:|@duckdb|pg)/,
    );
  }
});
