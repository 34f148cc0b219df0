import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { connectTo, failure } from "./duckdb-tables.ts";
import { needed, scratchFolder } from "./scratch.ts";

const scratch = scratchFolder();
const customers = needed("customers", { id: "integer", region: "text?", born: "date?!" });

describe("a file that cannot be read stops the run and says where", () => {
  const check = (title: string, name: string, content: string | Uint8Array, says: string, table = customers) =>
    test(title, async () => {
      scratch.write(name, content);
      expect(await failure(connectTo(scratch, name, table))).toContain(says);
    });

  check(
    "a cell",
    "a.csv",
    "id,region,born\n1,EU,\nx1,EU,\n",
    "DataError: a.csv, line 3, column 1 (`id`): `x1` is not a whole number of 64 bits",
  );
  check(
    "a cell after quoted breaks",
    "a.csv",
    'region,id,born\n"a\nb",1,\n"c\nd",x,\n',
    "a.csv, line 5, column 2 (`id`): `x`",
  );
  check("a cell of a packed file", "a.csv.gz", "id,region,born\nx,EU,\n", "a.csv.gz, line 2, column 1");
  check("the first of several", "a.csv", "id,region,born\n1,,2026-02-30\nx,,\n", "line 2, column 3 (`born`)");
  check(
    "values of `@pii` fields are not shown",
    "a.csv",
    "id,region,born\n1,,1985-2-3\n",
    "column 3 (`born`): a value that is not shown (`@pii` or `@sensitive`) is not a date, written `YYYY-MM-DD`.",
  );
  check("control characters are", "a.csv", 'id,region,born\n"\u001b[31m",,\n', "`\\u{1b}[31m` is not a whole number");
  check("long values are clipped", "a.csv", `id,region,born\n${"9".repeat(500)},,\n`, `\`${"9".repeat(60)}…\` is not`);
  check(
    "a column that has another name",
    "a.csv",
    "id,Region,born\n1,EU,\n",
    'line 1: there is no column `region`. Did the model mean `Region`? Then write `from "Region"`',
  );
  check("a column that is not there at all", "a.csv", "id,born\n1,\n", 'there is no column `region`. Write `from "…"`');
  check(
    "a column that is there twice",
    "a.csv",
    "id,region,region,born\n1,a,b,\n",
    "DataError: a.csv, line 1: there are two columns `region`.",
  );
  check(
    "semicolons",
    "a.csv",
    "id;region;born\n1;EU;\n",
    "DataError: a.csv, line 1: the columns are separated by `;`.",
  );
  check(
    "a ragged row",
    "a.csv",
    "id,region,born\n1,EU,\n2\n",
    "DataError: a.csv, line 3: 1 cell where the first line has 3.",
  );
  check("an empty file", "a.csv", "", "DataError: a.csv is empty");
  check(
    "Latin-1",
    "a.csv",
    Buffer.from("id,region,born\n1,,\n2,K\xf6ln,\n", "latin1"),
    "DataError: a.csv, line 3: not UTF-8 (save it as UTF-8).",
  );
  check(
    "UTF-16",
    "a.csv",
    Buffer.from("\ufeffid,region,born\n1,,\n", "utf16le"),
    "a.csv, line 1: not UTF-8 (it is UTF-16; save it as UTF-8).",
  );
  check(
    "a character that is cut at the end",
    "a.csv",
    Buffer.from("id,region,born\n1,é,\n2,é").subarray(0, -1),
    "a.csv, line 3: not UTF-8",
  );
  check("half a gzip file", "b.csv.gz", "", "b.csv.gz is empty");
  check(
    "an unknown ending",
    "a.xlsx",
    "",
    "ConfigurationError: The end of the name a.xlsx does not say how the file is written.",
  );
  check("packed Parquet", "a.parquet.gz", "", "ConfigurationError: The end of the name a.parquet.gz");
  check(
    "something else called Parquet",
    "a.parquet",
    "id\n1\n",
    "DataError: a.parquet is not there, or is not a whole Parquet file.",
  );
  check(
    "an object that is no JSON",
    "a.ndjson",
    '{"id": 1}\n{"id": 1,}\n',
    "DataError: a.ndjson, line 2: the object that begins here is not JSON.",
  );
  check("a text for a number", "a.ndjson", '{"id": 1.5}\n', "a.ndjson, line 1 (`id`): `1.5` is not a whole number");
  check(
    "a key that no object has",
    "a.ndjson",
    '{"ID": 1}\n',
    "DataError: a.ndjson: there is no column `id`. Did the model mean `ID`?",
  );
  check(
    "JSON that is malformed in a CSV cell",
    "a.csv",
    'j\n"{""a"": [1,]}"\n',
    'a.csv, line 2, column 1 (`j`): `{"a": [1,]}` is not JSON.',
    needed("t", { j: "json" }),
  );

  test("a broken gzip file", async () => {
    writeFileSync(join(scratch.path, "broken.csv.gz"), Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 75, 76, 1]));
    expect(await failure(connectTo(scratch, "broken.csv.gz", customers))).toBe(
      "DataError: broken.csv.gz is not a whole gzip file.",
    );
  });
  test("a file that is not there, a pattern that matches nothing, a folder", async () => {
    expect(await failure(connectTo(scratch, "none.csv", customers))).toBe("DataError: There is no file none.csv.");
    expect(await failure(connectTo(scratch, "none-*.csv", customers))).toBe("DataError: No file matches none-*.csv.");
    scratch.write("folder.csv/x", "");
    expect(await failure(connectTo(scratch, "folder.csv", customers))).toBe(
      "DataError: folder.csv is a folder, not a file.",
    );
  });
});
