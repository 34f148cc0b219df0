import type { ScalarType } from "../../language/types/type.ts";
import { csvReader } from "../engines/csv.ts";
import { readCell, UNREADABLE } from "../engines/reader.ts";

/** A column as its cells have it. */
export interface InferredColumn {
  /** As in the file's first record. */
  readonly header: string;
  readonly type: ScalarType;
  /** Whether a cell is empty. */
  readonly optional: boolean;
  /** Whether every cell has a value of its own. */
  readonly unique: boolean;
}

interface Tally {
  readonly header: string;
  readonly fits: Map<ScalarType, boolean>;
  readonly values: Set<string>;
  decimals: number;
  filled: number;
}

const TEXT: ScalarType = { kind: "text" };

/** From the narrowest to the widest; text takes what is left. Decimals are tried with as many decimals as there may be. */
const TYPES: readonly ScalarType[] = [
  { kind: "integer" },
  { kind: "decimal", precision: 18, scale: 9 },
  { kind: "float" },
  { kind: "boolean" },
  { kind: "date" },
  { kind: "timestamp" },
];

/**
 * The columns of a CSV or TSV text: of each the narrowest type that reads all of its cells as a run will read them. What counts as an id stays text: so do
 * numbers with leading zeros, and columns called `id` or `…_id`. A sentence where the text is no table.
 */
export function inferColumns(text: string, delimiter: "," | "\t"): readonly InferredColumn[] | string {
  let tallies: readonly Tally[] | null = null;
  let rows = 0;
  const reader = csvReader(delimiter, ({ cells }) => {
    if (tallies === null) tallies = cells.map(newTally);
    else {
      rows++;
      tallies.forEach((tally, index) => {
        count(tally, cells[index] ?? "");
      });
    }
  });
  const problem = reader.push(text) ?? reader.end();
  if (problem !== null) return `line ${problem.line} ${problem.message}`;
  const read = tallies as readonly Tally[] | null;
  if (read === null) return "it is empty";
  return read.map((tally) => ({
    header: tally.header,
    type: typeOf(tally),
    optional: tally.filled < rows || rows === 0,
    unique: rows > 0 && tally.values.size === rows,
  }));
}

const newTally = (header: string): Tally => ({
  header,
  fits: new Map(TYPES.map((type) => [type, true])),
  values: new Set(),
  decimals: 0,
  filled: 0,
});

function count(tally: Tally, cell: string): void {
  if (cell === "") return;
  tally.filled++;
  tally.values.add(cell);
  tally.decimals = Math.max(tally.decimals, /\.(\d+)$/.exec(cell)?.[1]?.length ?? 0);
  const isCode = /^[+-]?0\d/.test(cell);
  for (const [type, fits] of tally.fits)
    if (fits && (readCell(type, cell) === UNREADABLE || (isCode && isNumber(type)))) tally.fits.set(type, false);
}

const isNumber = ({ kind }: ScalarType): boolean => kind === "integer" || kind === "decimal" || kind === "float";

function typeOf({ header, fits, decimals, filled }: Tally): ScalarType {
  if (filled === 0 || /(^|[_ ])id$|[a-z]I[dD]$/i.test(header)) return TEXT;
  const found = TYPES.find((type) => fits.get(type)) ?? TEXT;
  return found.kind === "decimal" ? { ...found, scale: Math.max(decimals, 2) } : found;
}
