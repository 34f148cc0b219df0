import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { formatInstant } from "../../language/meaning/calendar.ts";
import type { Statement } from "../sql/statement.ts";
import { EXIT, unfinished } from "./exit.ts";
import { reason } from "./files.ts";
import type { Io } from "./io.ts";
import type { When } from "./options.ts";
import { writeWhole } from "./output.ts";
import { jsonText } from "./report/json.ts";
import type { Compilation } from "./report/results.ts";
import { counted } from "./report/words.ts";

/** Beside the SQL of a dialect: as-of, and each file's segments and parameters. */
const RECORD = "statements.json";

/** What RECORD holds, as far as it is read again. */
interface Recorded {
  readonly asOf: string;
  readonly statements: readonly { readonly file: string }[];
}

type Contents = ReadonlyMap<string, string>;

/** Writes `<folder>/<dialect>/<Segment>.sql` and what belongs to it; removes what an earlier run wrote and this one would not. */
export function writeFiles(
  io: Io,
  folder: string,
  compilations: readonly Compilation[],
  inline: boolean,
  when: When,
): number {
  for (const compilation of compilations) {
    const place = `${folder}/${compilation.dialect}`;
    const contents = contentsOf(compilation, inline, when);
    for (const file of leftOver(io, place, contents)) rmSync(resolve(io.cwd, place, file), { force: true });
    for (const [file, content] of contents) writeWhole(io, `${place}/${file}`, content);
    io.stderr.write(`Wrote ${counted(contents.size - 1, "statement")} to \`${place}\`.\n`);
  }
  return EXIT.clean;
}

/** Says which files are missing, out of date or left over; exit 1 where any is. */
export function checkFiles(
  io: Io,
  folder: string,
  compilations: readonly Compilation[],
  inline: boolean,
  when: When,
): number {
  let problems = 0;
  const say = (file: string, what: string): void => {
    problems++;
    io.stdout.write(`${file} ${what}\n`);
  };
  for (const compilation of compilations) {
    const place = `${folder}/${compilation.dialect}`;
    const contents = contentsOf(compilation, inline, when);
    for (const [file, content] of contents) {
      const found = readText(io, `${place}/${file}`);
      if (found !== content) say(`${place}/${file}`, found === null ? "is missing" : "is out of date");
    }
    for (const file of leftOver(io, place, contents)) say(`${place}/${file}`, "is left over");
  }
  io.stderr.write(problems === 0 ? "All files are up to date.\n" : `${counted(problems, "file")} out of date.\n`);
  return problems === 0 ? EXIT.clean : EXIT.findings;
}

/** The as-of that the files were written with, so that windows do not move under a check; null where nothing says it. */
export function recordedAsOf(io: Io, folder: string, dialects: readonly string[]): string | null {
  for (const dialect of dialects) {
    const recorded = readRecord(io, `${folder}/${dialect}`);
    if (recorded !== null) return recorded.asOf;
  }
  return null;
}

function contentsOf(
  { dialect, shape, statements }: Compilation,
  inline: boolean,
  { asOf, zone, params }: When,
): Contents {
  const names = fileNames(statements, shape);
  const contents = new Map(statements.map((statement, index) => [names[index] as string, `${statement.sql};\n`]));
  const record = {
    version: 1,
    dialect,
    shape,
    inline,
    asOf: formatInstant(asOf),
    timezone: zone,
    params: Object.fromEntries([...params].map(([name, { value }]) => [name, value])),
    statements: statements.map(({ segments, columns, parameters }, index) => ({
      file: names[index],
      segments,
      columns,
      parameters,
    })),
  };
  return contents.set(RECORD, jsonText(record));
}

/** `Loyal.sql`, or `Customer.sizes.sql` for a statement of several; each name once, also where letters' case does not count. */
function fileNames(statements: readonly Statement[], shape: string): readonly string[] {
  const taken = new Map<string, number>();
  return statements.map(({ entity, segments }) => {
    const base = safeName(
      (shape === "members" || shape === "view") && segments.length === 1
        ? (segments[0] as string)
        : `${entity}.${shape}`,
    );
    const count = (taken.get(base.toLowerCase()) ?? 0) + 1;
    taken.set(base.toLowerCase(), count);
    return count === 1 ? `${base}.sql` : `${base}.${count}.sql`;
  });
}

/** A name in back-ticks may hold any character: those that could lead out of the folder are written as their code. */
const safeName = (name: string): string =>
  name.replace(/[^\p{L}\p{M}\p{N}_.-]|^\./gu, (letter) => `%${(letter.codePointAt(0) as number).toString(16)}`);

/** Files that the record of an earlier run lists and the new contents lack. */
function leftOver(io: Io, place: string, contents: Contents): readonly string[] {
  const listed = readRecord(io, place)?.statements.map(({ file }) => file) ?? [];
  return listed.filter(
    (file) => /^[^/\\]+\.sql$/.test(file) && !contents.has(file) && existsSync(resolve(io.cwd, place, file)),
  );
}

function readRecord(io: Io, place: string): Recorded | null {
  const text = readText(io, join(place, RECORD));
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Recorded> | null;
    if (
      typeof value?.asOf === "string" &&
      Array.isArray(value.statements) &&
      value.statements.every((one) => typeof one?.file === "string")
    )
      return value as Recorded;
  } catch {
    // Not JSON: said below.
  }
  throw unfinished(`\`${place}/${RECORD}\` is not what \`seg compile --out\` wrote.`, "Remove it and compile again.");
}

function readText(io: Io, path: string): string | null {
  const full = resolve(io.cwd, path);
  if (!existsSync(full)) return null;
  try {
    return readFileSync(full, "utf8");
  } catch (error) {
    throw unfinished(`\`${path}\` cannot be read: ${reason(error)}.`);
  }
}
