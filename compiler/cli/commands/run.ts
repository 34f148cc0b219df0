import { PLAIN } from "../../../language/diagnostics/render.ts";
import type { Program } from "../../../language/meaning/ir.ts";
import { chooseConnection } from "../connection.ts";
import { type Counted, countSegments } from "../count.ts";
import { currentFields } from "../current-fields.ts";
import { EXIT } from "../exit.ts";
import type { Io } from "../io.ts";
import { meaningHashes } from "../meaning-hash.ts";
import { membersFile, readTarget, type Target } from "../members-file.ts";
import { instantText, readWhen, type When, type WhenOptions } from "../options.ts";
import { writeWhole } from "../output.ts";
import { startProgress } from "../progress.ts";
import { openProject } from "../project.ts";
import { jsonText, runJson } from "../report/json.ts";
import { type Canvas, runText } from "../report/pretty.ts";
import { refusal } from "../report/refusal.ts";
import type { RunResult } from "../report/results.ts";
import { counted } from "../report/words.ts";
import { readReports, writeReports } from "../report/write.ts";
import { chosenSegments } from "../segments.ts";
import { hasUnicode, styleFor } from "../style.ts";

/** Options as the command line gives them. */
export interface RunOptions extends WhenOptions {
  readonly project?: string;
  readonly format: "pretty" | "json";
  readonly report: readonly string[];
  readonly connection?: string;
  readonly members: boolean;
  readonly out?: string;
}

/** `seg run`: counts, and lists members where asked for. Exit 1 only where there is nothing to count because a text has errors. */
export async function runSegments(io: Io, args: readonly string[], options: RunOptions): Promise<number> {
  const target = options.out === undefined ? null : readTarget(options.out);
  readReports(options.report, FORMATS);
  const opened = await openProject(io, args, {
    project: options.project ?? null,
    allowEmpty: false,
    stdinFilename: null,
  });
  const { program } = opened.project;
  const when = readWhen(io, options, opened.config, program);
  const segments = chosenSegments(io, opened, options.format);
  if (typeof segments === "number") return segments;
  const connection = chooseConnection(io, opened.config, options.connection);
  const progress = startProgress(io, "Reading the data");
  const count = await connection
    .guard(
      countSegments(connection.connection, {
        program,
        segments,
        when,
        members: options.members || target !== null,
        baseDir: opened.root,
        signal: io.signal,
        say: progress.say,
      }),
    )
    .finally(progress.stop);
  if ("diagnostics" in count) return refusal(io, opened, count.diagnostics, options.format);
  for (const note of count.notes) io.stderr.write(`${note}\n`);
  report(io, options, target, resultOf(program, segments, when, count, { connection: connection.name, now: io.now() }));
  return EXIT.clean;
}

const FORMATS = ["json", "pretty"] as const;

function report(io: Io, options: RunOptions, target: Target | null, result: RunResult): void {
  // Keys that only a file asked for do not belong on stdout.
  const shown: RunResult = options.members
    ? result
    : { ...result, segments: result.segments.map(({ keys: _, ...rest }) => rest) };
  const canvas: Canvas = {
    style: styleFor(io, io.stdout),
    columns: io.stdout.columns ?? 80,
    unicode: hasUnicode(io, io.stdout),
  };
  if (target !== null) writeWhole(io, target.path, membersFile(target, result));
  writeReports(io, options.report, {
    json: () => jsonText(runJson(shown)),
    pretty: () => runText(shown, { style: PLAIN, columns: 80, unicode: false }),
  });
  io.stdout.write(options.format === "json" ? jsonText(runJson(shown)) : runText(shown, canvas));
  if (target === null) return;
  const keys = result.segments.reduce((sum, segment) => sum + (segment.keys?.length ?? 0), 0);
  io.stderr.write(`Wrote ${counted(keys, "key")} to \`${target.path}\`.\n`);
}

function resultOf(
  program: Program,
  segments: readonly string[],
  when: When,
  count: Counted,
  run: { readonly connection: string; readonly now: number },
): RunResult {
  const hashOf = meaningHashes(program);
  const entities = [...count.populations].map(([name, population]) => {
    const { key, since, until } = program.model.entities.get(name) as NonNullable<
      ReturnType<typeof program.model.entities.get>
    >;
    return { name, key: key as string, population, dated: since !== null || until !== null };
  });
  return {
    asOf: instantText(when.asOf),
    timezone: when.zone,
    zoneData: process.versions["tz"] ?? "unknown",
    connection: run.connection,
    params: Object.fromEntries(
      [...program.params].map(([name, param]) => [name, (when.params.get(name) ?? param.value).value]),
    ),
    population: entities.every(({ dated }) => dated) ? "asOf" : "current",
    currentFields: when.asOf < BigInt(Math.trunc(run.now)) * 1000n ? currentFields(program, segments) : [],
    entities: entities.map(({ name, key, population }) => ({ name, key, population })),
    segments: segments.map((name) => {
      const { entity } = program.segments.get(name) as NonNullable<ReturnType<typeof program.segments.get>>;
      const size = count.sizes.get(name) as number;
      const population = count.populations.get(entity) as number;
      const keys = count.members?.get(name);
      return {
        name,
        kind: "segment",
        entity,
        size,
        share: share(size, population),
        hash: hashOf(name),
        ...(keys === undefined ? {} : { keys }),
      };
    }),
  };
}

const share = (size: number, population: number): number =>
  population === 0 ? 0 : Math.round((size / population) * 1e6) / 1e6;
