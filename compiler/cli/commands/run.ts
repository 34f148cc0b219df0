import { PLAIN } from "../../../language/diagnostics/render.ts";
import { chooseConnection } from "../connection.ts";
import { countSegments } from "../count.ts";
import { EXIT } from "../exit.ts";
import type { Io } from "../io.ts";
import { membersFile, readTarget, type Target } from "../members-file.ts";
import { readWhen, type WhenOptions } from "../options.ts";
import { writeWhole } from "../output.ts";
import { startProgress } from "../progress.ts";
import { openProject } from "../project.ts";
import { jsonText, runJson } from "../report/json.ts";
import { type Canvas, runText } from "../report/pretty.ts";
import { refusal } from "../report/refusal.ts";
import type { RunResult } from "../report/results.ts";
import { counted } from "../report/words.ts";
import { readReports, writeReports } from "../report/write.ts";
import { runResult, withoutDates } from "../run-result.ts";
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
  const result = runResult(program, segments, when, count, connection.name);
  report(io, options, target, result, withoutDates(program, count));
  return EXIT.clean;
}

const FORMATS = ["json", "pretty"] as const;

function report(
  io: Io,
  options: RunOptions,
  target: Target | null,
  result: RunResult,
  undated: readonly string[],
): void {
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
    pretty: () => runText(shown, undated, { style: PLAIN, columns: 80, unicode: false }),
  });
  io.stdout.write(options.format === "json" ? jsonText(runJson(shown)) : runText(shown, undated, canvas));
  if (target === null) return;
  const keys = result.segments.reduce((sum, segment) => sum + (segment.keys?.length ?? 0), 0);
  io.stderr.write(`Wrote ${counted(keys, "key")} to \`${target.path}\`.\n`);
}
