import { PLAIN } from "../../../language/diagnostics/render.ts";
import { describe, printSentence } from "../../../language/meaning/words.ts";
import { InternalError } from "../../../language/text/assert.ts";
import { connect } from "../../engines/connect.ts";
import { entitiesOf, snapshotsOf } from "../../engines/entities.ts";
import { checkKeys } from "../../engines/key-check.ts";
import { readWorldFrom } from "../../engines/world.ts";
import { type Explanation, explain as explainPerson } from "../../insight/explain.ts";
import { DataProblem } from "../../predicate/interpret.ts";
import { DataError } from "../../sql/runner.ts";
import { chooseConnection } from "../connection.ts";
import { EXIT, usage } from "../exit.ts";
import type { Io } from "../io.ts";
import { readWhen, type When, type WhenOptions } from "../options.ts";
import { startProgress } from "../progress.ts";
import { type Opened, openProject } from "../project.ts";
import { type Explained, explainedJson, explainedText, wordsText } from "../report/explained.ts";
import { jsonText } from "../report/json.ts";
import { readReports, writeReports } from "../report/write.ts";
import { chosenSegments } from "../segments.ts";
import { hasUnicode, styleFor } from "../style.ts";
import { rule } from "./rule.ts";

/** Options as the command line gives them. */
export interface ExplainOptions extends WhenOptions {
  readonly project?: string;
  readonly format: "pretty" | "json";
  readonly report: readonly string[];
  readonly connection?: string;
  readonly showPii: boolean;
}

/** `seg explain`: a segment in plain words; with a key, why that person is in or out. A code is explained as `seg rule` does. */
export async function explain(io: Io, name: string, key: string | undefined, options: ExplainOptions): Promise<number> {
  if (/^SEG\d+$/iu.test(name)) return rule(io, [name], options);
  if (options.showPii && !io.stdout.isTTY)
    throw usage("Personal values are shown on a terminal only.", "Leave out `--show-pii`.");
  readReports(options.report, FORMATS);
  const opened = await openProject(io, [name], {
    project: options.project ?? null,
    allowEmpty: false,
    stdinFilename: null,
  });
  const segments = chosenSegments(io, opened, options.format);
  if (typeof segments === "number") return segments;
  const when = readWhen(io, options, opened.config, opened.project.program);
  if (key === undefined) return tellWords(io, opened, segments, when, options);
  const explained = await explainedPeople(io, opened, segments, key, when, options);
  const json = (): string => jsonText(explainedJson(explained));
  const text = (style = PLAIN, unicode = false): string => explainedText(explained, style, unicode);
  io.stdout.write(options.format === "json" ? json() : text(styleFor(io, io.stdout), hasUnicode(io, io.stdout)));
  writeReports(io, options.report, { json, pretty: () => text() });
  return EXIT.clean;
}

const FORMATS = ["json", "pretty"] as const;

function tellWords(io: Io, opened: Opened, segments: readonly string[], when: When, options: ExplainOptions): number {
  const { program } = opened.project;
  const words = segments.map((segment) => ({ segment, words: printSentence(describe(program, segment, when)) }));
  const json = (): string => jsonText({ version: 1, segments: words });
  const text = (): string => wordsText(words.map((one) => one.words));
  io.stdout.write(options.format === "json" ? json() : text());
  writeReports(io, options.report, { json, pretty: text });
  return EXIT.clean;
}

/** The explanation of each segment asked for; of the parts of a segmentation or split, that of the one the person is in. */
async function explainedPeople(
  io: Io,
  opened: Opened,
  segments: readonly string[],
  key: string,
  when: When,
  options: ExplainOptions,
): Promise<Explained> {
  const { program } = opened.project;
  const chosen = chooseConnection(io, opened.config, options.connection);
  const progress = startProgress(io, "Reading the data");
  const entities = entitiesOf(program, segments);
  const snapshots = snapshotsOf(program, segments);
  const work = async (): Promise<readonly Explanation[]> => {
    const place = { baseDir: opened.root, signal: io.signal, entities, snapshots };
    const { runner, storage, report } = await connect(chosen.connection, program.model, place);
    try {
      await checkKeys(runner, program, { segments, storage, ...when }, io.signal);
      const world = await readWorldFrom(runner, program, { entities, snapshots }, storage, io.signal);
      for (const note of report.notes) io.stderr.write(`${note}\n`);
      progress.say("Looking for reasons");
      return segments.flatMap((segment) => {
        const found = explainPerson(program, segment, key, world, { ...when, showPii: options.showPii });
        return found === null ? [] : [found];
      });
    } catch (error) {
      throw error instanceof DataProblem ? new DataError(error.message) : error;
    } finally {
      await runner.close();
    }
  };
  const found = await chosen.guard(work()).finally(progress.stop);
  const entity = program.segments.get(segments[0] ?? "")?.entity;
  if (entity === undefined) throw new InternalError("no segment to explain");
  if (found.length === 0)
    throw usage(
      `There is no ${entity} with the key \`${key}\` as of then.`,
      "Whoever the model's `where`, `since` and `until` leave out is in no segment and outside of none.",
    );
  const members = found.filter(({ isMember }) => isMember);
  return { explanations: found.length > 1 && members.length > 0 ? members : found, when };
}
