import { compareText } from "../../language/text/compare.ts";
import { DIALECTS } from "../sql/index.ts";
import { SCRIPTS } from "./commands/completion.ts";
import type { Io } from "./io.ts";
import { openProject } from "./project.ts";
import { groupsOf } from "./segments.ts";

/** What completion knows of a verb. */
export interface Completable {
  readonly verb: string;
  readonly options: readonly {
    /** As `--format`. */
    readonly name: string;
    readonly takesValue: boolean;
    /** Its values, where they are few. */
    readonly choices: readonly string[];
  }[];
}

/** Candidates for the last of these words (those after `seg`), one a line; none where files are wanted. Is quiet about whatever is wrong. */
export async function complete(io: Io, words: readonly string[], verbs: readonly Completable[]): Promise<void> {
  const given = words[0] === "--" ? words.slice(1) : words;
  // PowerShell drops empty words: its script writes two quotes.
  const last = given.at(-1)?.replace(/^""$/, "") ?? "";
  const found = await candidates(io, given.slice(0, -1), last, verbs).catch(() => []);
  const fitting = found.filter((one) => one.startsWith(last) && SAFE.test(one));
  for (const one of [...new Set(fitting)].sort(compareText)) io.stdout.write(`${one}\n`);
}

/** A shell puts a candidate onto the command line as it is: a name out of a file must not hold anything that the shell would run. */
const SAFE = /^[\p{L}\p{N}_.-]+$/u;

async function candidates(
  io: Io,
  before: readonly string[],
  last: string,
  verbs: readonly Completable[],
): Promise<readonly string[]> {
  if (before.length === 0) return [...verbs.map(({ verb }) => verb), "--help", "--version"];
  const verb = verbs.find((one) => one.verb === before[0]);
  if (verb === undefined) return [];
  const option = verb.options.find(({ name, takesValue }) => takesValue && name === before.at(-1));
  if (option !== undefined) return valuesOf(io, option.name, option.choices, before);
  if (last.startsWith("-")) return [...verb.options.map(({ name }) => name), "--help"];
  switch (verb.verb) {
    case "completion":
      return Object.keys(SCRIPTS);
    case "dialects":
      return [...DIALECTS.keys()];
    case "check":
    case "compile":
    case "list":
    case "run":
    case "test":
      return (await opened(io, before)).segments;
    default:
      return [];
  }
}

async function valuesOf(
  io: Io,
  name: string,
  choices: readonly string[],
  before: readonly string[],
): Promise<readonly string[]> {
  if (choices.length > 0) return choices;
  if (name === "--dialect") return [...DIALECTS.keys(), "all"];
  return name === "--connection" ? (await opened(io, before)).connections : [];
}

/** Names in the project that the words before the cursor are about. */
async function opened(io: Io, before: readonly string[]) {
  const at = before.lastIndexOf("--project");
  const { project, config } = await openProject(io, [], {
    project: at < 0 ? null : (before[at + 1] ?? null),
    allowEmpty: true,
    stdinFilename: null,
  });
  const declarations = [...project.files.values()].flatMap(({ file }) => file.declarations);
  return {
    segments: declarations.flatMap((one) => [
      ...groupsOf(one),
      ...(one.kind === "segmentation" || one.kind === "split" ? [one.name.text] : []),
    ]),
    connections: [...config.connections.keys()],
  };
}
