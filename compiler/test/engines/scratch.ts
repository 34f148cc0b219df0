import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll } from "vitest";
import type { ColumnType } from "../../engines/reader.ts";
import type { NeededColumn, NeededTable } from "../../engines/tables.ts";

export interface Scratch {
  readonly path: string;
  /** Writes a file, packed where its name ends with `.gz`; answers its name. */
  write(name: string, content: string | Uint8Array): string;
}

/** A folder for the files of one test file, gone afterwards. */
export function scratchFolder(): Scratch {
  const path = mkdtempSync(join(tmpdir(), "seglang-test-"));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    write(name, content) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, name.endsWith(".gz") ? gzipSync(content) : content);
      return name;
    },
  };
}

/** Types by the words of a model file. */
export const TYPES = {
  text: { kind: "text" },
  boolean: { kind: "boolean" },
  integer: { kind: "integer" },
  decimal: { kind: "decimal", precision: 12, scale: 2 },
  float: { kind: "float" },
  date: { kind: "date" },
  timestamp: { kind: "timestamp" },
  texts: { kind: "list", of: { kind: "text" } },
  json: { kind: "json", paths: [] },
} as const satisfies Record<string, ColumnType>;

/** A table that a model would need: columns by name, `?` after a type that may be missing, `!` after one that is hidden. */
export function needed(name: string, columns: Readonly<Record<string, string>>): NeededTable {
  return {
    parts: name.split("."),
    columns: Object.entries(columns).map(
      ([column, written]): NeededColumn => ({
        name: column,
        type: TYPES[written.replace(/[?!]/g, "") as keyof typeof TYPES],
        optional: written.includes("?"),
        hidden: written.includes("!"),
        mayLack: false,
      }),
    ),
    absence: null,
  };
}

/** Whole numbers below a bound, the same ones for the same seed. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
