import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import type { Program } from "../../language/meaning/program.ts";
import { compareText } from "../../language/text/compare.ts";
import type { Shape, Statement } from "../sql/statement.ts";
import { unfinished } from "./exit.ts";
import { isFolder, reason } from "./files.ts";
import type { Io } from "./io.ts";
import { instantText, type When } from "./options.ts";
import { writeWhole } from "./output.ts";
import { jsonText } from "./report/json.ts";

/** Where a statement goes: `<base>.sql`, and `<base>.json` that says under what it was compiled and which parameters it wants. */
export interface SqlFile {
  /** `<folder>/<dialect>/<name>`, without an ending. */
  readonly base: string;
  readonly sql: string;
  readonly record: Record;
}

/** What stands in `<base>.json`. */
export interface Record {
  readonly generator: "seglang";
  readonly version: 1;
  readonly dialect: string;
  readonly shape: Shape;
  readonly inline: boolean;
  readonly asOf: string;
  readonly timezone: string;
  readonly params: Readonly<{ [name: string]: string | number | boolean | null }>;
  readonly segments: readonly string[];
  readonly columns: readonly string[];
  readonly parameters: Statement["parameters"];
}

/** How a file is not what it would be if it were written now. */
export interface Drift {
  readonly file: string;
  readonly state: "missing" | "out of date" | "left over";
}

/** The file of a statement. */
export function sqlFile(
  base: string,
  { segments, columns, sql, parameters }: Statement,
  { dialect, shape, inline }: Pick<Record, "dialect" | "shape" | "inline">,
  { asOf, zone, params }: When,
): SqlFile {
  const given = Object.fromEntries([...params].map(([name, { value }]) => [name, value]));
  const under = { asOf: instantText(asOf), timezone: zone, params: given };
  return {
    base,
    sql: `${sql};\n`,
    record: { generator: "seglang", version: 1, dialect, shape, inline, ...under, segments, columns, parameters },
  };
}

/**
 * The name of each segment's file, without an ending. It depends on the program alone, so a file keeps it whatever else is compiled; no two differ
 * only in letters' case, and none leads out of its folder.
 */
export function fileNames(program: Program): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const segment of [...program.segments.keys()].sort(compareText)) {
    const base = safeName(segment);
    let name = base;
    for (let count = 2; taken.has(name.toLowerCase()); count++) name = `${base}.${count}`;
    taken.add(name.toLowerCase());
    names.set(segment, name);
  }
  return names;
}

/** A name as a file's: a name in back-ticks may hold any character, and those that mean something to a file system are written as their code. */
export const safeName = (name: string): string =>
  name.replace(/[^\p{L}\p{M}\p{N}_.-]|^\./gu, (letter) => `%${(letter.codePointAt(0) as number).toString(16)}`);

/** Writes files, and removes those left over. */
export function writeFiles(io: Io, files: readonly SqlFile[], leftOver: readonly string[]): void {
  for (const base of leftOver) for (const path of pair(base)) rmSync(resolve(io.cwd, path), { force: true });
  for (const { base, sql, record } of files) {
    writeWhole(io, `${base}.sql`, sql);
    writeWhole(io, `${base}.json`, jsonText(record));
  }
}

/** Which files are not what writing would make of them. */
export const driftOf = (io: Io, files: readonly SqlFile[], leftOver: readonly string[]): readonly Drift[] => [
  ...files.flatMap(({ base, sql, record }): readonly Drift[] =>
    [[`${base}.sql`, sql] as const, [`${base}.json`, jsonText(record)] as const].flatMap(
      ([file, content]): readonly Drift[] => {
        const found = readText(io, file);
        return found === content ? [] : [{ file, state: found === null ? "missing" : "out of date" }];
      },
    ),
  ),
  ...leftOver.map((base): Drift => ({ file: `${base}.sql`, state: "left over" })),
];

const pair = (base: string): readonly string[] => [`${base}.sql`, `${base}.json`];

/** The bases in a folder that an earlier run wrote in this shape, and that are not among the files of now. Files of others are never among them. */
export function leftOverIn(io: Io, folder: string, shape: Shape, files: readonly SqlFile[]): readonly string[] {
  const full = resolve(io.cwd, folder);
  const present = isFolder(full) ? readdirSync(full).sort(compareText) : [];
  return present
    .filter((name) => name.endsWith(".json"))
    .map((name) => `${folder}/${name.slice(0, -".json".length)}`)
    .filter((base) => !files.some((file) => file.base === base) && recordOf(io, base)?.shape === shape);
}

/** What an earlier run wrote beside a statement; null where there is nothing of ours. */
export function recordOf(io: Io, base: string): Record | null {
  try {
    const value = JSON.parse(readText(io, `${base}.json`) ?? "null") as Partial<Record> | null;
    return value?.generator === "seglang" && typeof value.asOf === "string" ? (value as Record) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function readText(io: Io, path: string): string | null {
  const place = resolve(io.cwd, path);
  if (!existsSync(place)) return null;
  try {
    return readFileSync(place, "utf8");
  } catch (error) {
    throw unfinished(`\`${path}\` cannot be read: ${reason(error)}.`);
  }
}
