import { readFileSync } from "node:fs";
import type { Canonical, ColumnType } from "../../engines/reader.ts";

/** Cells, or values as JSON text, of one type: what they are read as, and those that do not parse. */
export interface TypeCases {
  readonly type: ColumnType;
  readonly reads: readonly (readonly [text: string, value: Canonical])[];
  readonly refuses: readonly string[];
}

export interface CsvCase {
  readonly title: string;
  readonly text: string;
  readonly delimiter?: "," | "\t";
  readonly rows?: readonly (readonly string[])[];
  readonly problem?: { readonly line: number; readonly says: string };
}

const load = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/reader/${name}.json`, import.meta.url), "utf8"));

/** The shared cases of the reader specification (`compiler/test/fixtures/reader`). */
export const CELLS = load("cells") as readonly TypeCases[];
export const VALUES = load("values") as readonly TypeCases[];
export const CSV = load("csv") as readonly CsvCase[];
