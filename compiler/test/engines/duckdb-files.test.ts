import * as driver from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { csvReader } from "../../engines/csv.ts";
import { createTableSql, loadCsv, type Target } from "../../engines/duckdb-files.ts";
import { readCellSql } from "../../engines/duckdb-types.ts";
import { type ColumnType, readCell, UNREADABLE } from "../../engines/reader.ts";
import type { NeededTable } from "../../engines/tables.ts";
import { canonicalSql, connectTo, failure, rowsOf } from "./duckdb-tables.ts";
import { CELLS, CSV, VALUES } from "./reader-fixtures.ts";
import { needed, randomFrom, scratchFolder } from "./scratch.ts";

const scratch = scratchFolder();
const column = (type: ColumnType): NeededTable => ({
  parts: ["t"],
  columns: [{ name: "v", type, optional: true, hidden: false, mayLack: false }],
  absence: null,
});
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const titled = (type: ColumnType): string => JSON.stringify(type).replaceAll('"', "");
const emptyDatabase = async () => (await driver.DuckDBInstance.create(":memory:")).connect();

describe("CSV in DuckDB is read as the reader specification says", () => {
  for (const { type, reads, refuses } of CELLS) {
    test(titled(type), async () => {
      scratch.write("cells.csv", `n,v\n${reads.map(([cell], index) => `${index},${quoted(cell)}\n`).join("")}`);
      const rows = await rowsOf(scratch, "cells.csv", column(type));
      expect(rows.map(([value]) => value)).toEqual(reads.map(([, value]) => value));
      for (const cell of refuses.slice(0, 4)) {
        scratch.write("cell.csv", `n,v\n0,\n1,${quoted(cell)}\n2,\n`);
        expect(await failure(connectTo(scratch, "cell.csv", column(type)))).toContain(
          "DataError: cell.csv, line 3, column 2 (`v`): ",
        );
      }
    });
  }

  test("the fast way alone reads and refuses the same cells, also random ones", async () => {
    const connection = await emptyDatabase();
    const random = randomFrom(7);
    const alphabet = [..."0012399.+-:TZ eEnaifNAIF trueyslo\u0663K\u017f"];
    const mutated = (cell: string): string => {
      const characters = [...cell];
      const letter = alphabet[random(alphabet.length)] as string;
      characters.splice(random(characters.length + 1), random(2), ...(random(4) === 0 ? [] : [letter]));
      return characters.join("");
    };
    let compared = 0;
    for (const { type, reads, refuses } of CELLS) {
      if (type.kind === "list") continue;
      const written = [...reads.map(([cell]) => cell), ...refuses];
      const changed = written.flatMap((cell) =>
        Array.from({ length: 40 }, () => mutated(random(2) === 0 ? cell : mutated(cell))),
      );
      const cells = [...written, ...changed];
      const readable = cells.filter((cell) => readCell(type, cell) !== UNREADABLE);
      // A refusal fails its whole statement, so that each is one of its own.
      const unreadable = cells
        .filter((cell) => readCell(type, cell) === UNREADABLE)
        .filter((_, index) => index < refuses.length || index % 20 === 0);
      const read = (from: string, value: driver.DuckDBValue, of: driver.DuckDBType) =>
        connection.runAndReadAll(
          `select ${canonicalSql(type, readCellSql(type, "nullif(x, '')"))} as v from (select ${from} as x)`,
          [value],
          [of],
        );
      const rows = await read("unnest($1)", driver.listValue(readable), driver.LIST(driver.VARCHAR));
      expect(rows.getRows().map(([value], index) => [readable[index], value])).toEqual(
        readable.map((cell) => [cell, readCell(type, cell)]),
      );
      for (const cell of unreadable) {
        const outcome = await read("$1", cell, driver.VARCHAR).then(
          (result) => String(result.getRows()[0]),
          () => "refused",
        );
        // DuckDB takes some JSON that is none; the loader looks at those again.
        if (type.kind !== "json") expect([cell, outcome]).toEqual([cell, "refused"]);
      }
      compared += readable.length + unreadable.length;
    }
    expect(compared).toBeGreaterThan(2000);
  });
});

describe("the shape of CSV", () => {
  for (const { title, text, delimiter, rows, problem } of CSV) {
    test(title, async () => {
      const name = scratch.write(delimiter === "\t" ? "shape.tsv" : "shape.csv", text);
      const header = rows?.[0] ?? ["a", "b"];
      const table = needed("t", Object.fromEntries(header.map((column) => [column, "text"])));
      if (problem === undefined) {
        const expected = rows?.slice(1).map((row) => row.map((cell) => (cell === "" ? null : cell)));
        expect(await rowsOf(scratch, name, table)).toEqual(expected);
      } else
        expect(await failure(connectTo(scratch, name, table))).toMatch(
          `DataError: ${name}, line ${problem.line}: ${problem.says}`,
        );
    });
  }

  test("random files are the same rows by DuckDB's reader and by ours", async () => {
    const connection = await emptyDatabase();
    const random = randomFrom(11);
    const pieces = ["a", "b", ",", ",", "\n", "\n", "\r\n", '"', '"x"', '""', '"\n"', '","', " ", "é", "\r", "#", "\0"];
    const counted = { read: 0, refused: 0 };
    for (let round = 0; round < 500; round++) {
      const body = Array.from({ length: [1, 3, 6, 9][random(4)] as number }, () => pieces[random(pieces.length)]).join(
        "",
      );
      const text = `c1,c2\n1,2\n${body}`;
      const name = { catalog: "memory", schema: "main", table: `t${round}` };
      const target: Target = {
        driver,
        connection,
        name,
        columns: needed("t", { c1: "text", c2: "text" }).columns,
        signal: undefined,
      };
      await connection.run(createTableSql(target));
      const file = { path: `${scratch.path}/${scratch.write("random.csv", text)}`, shown: "random.csv" };
      const loaded = await loadCsv(target, file, ",").then(
        async () => (await connection.runAndReadAll(`from t${round}`)).getRows(),
        (error: Error) => error.message,
      );
      await connection.run(`drop table t${round}`);
      const ours: (string | null)[][] = [];
      const reader = csvReader(",", ({ cells }) => ours.push(cells.map((cell) => (cell === "" ? null : cell))));
      const problem = reader.push(text) ?? reader.end();
      expect([text, loaded]).toEqual([
        text,
        problem === null ? ours.slice(1) : `random.csv, line ${problem.line}: ${problem.message}.`,
      ]);
      counted[problem === null ? "read" : "refused"]++;
    }
    expect(Math.min(counted.read, counted.refused)).toBeGreaterThan(50);
  });

  test("a large file with quoted line breaks is read whole", async () => {
    const rows = Array.from(
      { length: 60_000 },
      (_, index) => `${index},"line ${index}\nand ""more"" of it, ${"x".repeat(index % 50)}"\n`,
    );
    scratch.write("large.csv.gz", `n,v\n${rows.join("")}`);
    const { runner } = await connectTo(scratch, "large.csv.gz", needed("t", { n: "integer", v: "text" }));
    const answer = await runner.execute({
      sql: "select count(*) as n, sum(n) as s, count(distinct v) as d, max(length(v)) as l from t",
      parameters: [],
    });
    expect(answer).toEqual([{ n: 60_000, s: 1_799_970_000, d: 60_000, l: 78 }]);
    await runner.close();
  });

  test("a very long cell is read", async () => {
    scratch.write("long.csv", `n,v\n1,${"é".repeat(3_000_000)}\n2,x\n`);
    const { runner } = await connectTo(scratch, "long.csv", needed("t", { n: "integer", v: "text" }));
    expect(await runner.execute({ sql: "select length(v) as l from t order by n", parameters: [] })).toEqual([
      { l: 3_000_000 },
      { l: 1 },
    ]);
    await runner.close();
  });
});

describe("JSON in DuckDB is read as the reader specification says", () => {
  for (const { type, reads, refuses } of VALUES) {
    test(titled(type), async () => {
      scratch.write("values.ndjson", reads.map(([json]) => `{"v": ${json}}\n`).join(""));
      const rows = await rowsOf(scratch, "values.ndjson", column(type));
      expect(rows.map(([value]) => value)).toEqual(reads.map(([, value]) => value));
      for (const json of refuses.slice(0, 3)) {
        scratch.write("value.json", `[{"v": null},\n{"v": ${json}}]`);
        expect(await failure(connectTo(scratch, "value.json", column(type)))).toContain(
          "DataError: value.json, line 2 (`v`): ",
        );
      }
    });
  }
});
