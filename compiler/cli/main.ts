import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { CheckOptions } from "./commands/check.ts";
import type { CompileOptions } from "./commands/compile.ts";
import type { DialectsOptions } from "./commands/dialects.ts";
import type { DoctorOptions } from "./commands/doctor.ts";
import type { ExplainOptions } from "./commands/explain.ts";
import type { FmtOptions } from "./commands/fmt.ts";
import type { InitOptions } from "./commands/init.ts";
import type { ListOptions } from "./commands/list.ts";
import type { RuleOptions } from "./commands/rule.ts";
import type { RunOptions } from "./commands/run.ts";
import type { TestOptions } from "./commands/test.ts";
import { EXIT, usage } from "./exit.ts";
import type { Io } from "./io.ts";
import { reportFailure } from "./report/failure.ts";
import { listed } from "./report/words.ts";
import { hasColour, styleFor } from "./style.ts";
import { LATER, VERBS, type Verb } from "./verbs.ts";

/** Runs one command line (without `node` and the script) and answers its exit code. Never rejects, never ends the process. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    if (LATER.includes(argv[0] ?? ""))
      throw usage(
        `\`seg ${argv[0]}\` is not in this version yet.`,
        `It has ${Object.keys(VERBS)
          .map((name) => `\`seg ${name}\``)
          .join(", ")}.`,
      );
    const exit: { code: number } = { code: EXIT.clean };
    if (argv[0] === "__complete") {
      const { complete } = await import("./complete.ts");
      await complete(io, argv.slice(1), completable(commandLine(io, exit)));
      return EXIT.clean;
    }
    const finished = commandLine(io, exit).parseAsync(argv, { from: "user" });
    const code = await Promise.race([finished.then(() => exit.code), abandoned(io)]);
    return io.signal.aborted ? EXIT.interrupted : code;
  } catch (error) {
    if (io.signal.aborted) return EXIT.interrupted;
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : reportFailure(usageOf(error), io);
    return reportFailure(error, io);
  }
}

const GRACE_MS = 2000;

/** Ends the wait for a command that was interrupted and does not end by itself: drivers get a while to leave nothing behind. */
const abandoned = (io: Io): Promise<number> =>
  new Promise((resolve) => {
    io.signal.addEventListener("abort", () => setTimeout(() => resolve(EXIT.interrupted), GRACE_MS).unref(), {
      once: true,
    });
  });

/** Commander's complaint in our words: back-ticks, its suggestion as help. */
function usageOf(error: CommanderError) {
  if (error.code === "commander.help") return null;
  const [message = "", suggestion] = error.message
    .replace(/^error: /, "")
    .replace(/'([^']*)'/g, "`$1`")
    .split("\n");
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  const names = suggestion?.match(/\(Did you mean (?:one of )?(.*)\?\)/)?.[1]?.split(", ");
  return usage(
    sentence.endsWith(".") ? sentence : `${sentence}.`,
    names === undefined ? null : `Write ${names.map((name) => `\`${name}\``).join(" or ")}.`,
  );
}

function commandLine(io: Io, exit: { code: number }): Command {
  const width = (columns: number | null): number => Math.min(columns ?? 100, 120);
  const program = new Command("seg")
    .description("Customer segments as code: checked, counted, compiled to SQL.")
    .usage("<verb> [options]")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this, or a verb's help")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: () => {},
      getOutHelpWidth: () => width(io.stdout.columns),
      getErrHelpWidth: () => width(io.stderr.columns),
      getOutHasColors: () => hasColour(io, io.stdout),
      getErrHasColors: () => hasColour(io, io.stderr),
    })
    .configureHelp({
      subcommandTerm: (command) => command.name(),
      optionDescription: (option) => option.description,
      styleTitle: (text) => styleFor(io, io.stdout).strong(text),
    })
    .addHelpText("after", MORE);
  addInit(program, io, exit);
  addCheck(program, io, exit);
  addFmt(program, io, exit);
  addTest(program, io, exit);
  addRun(program, io, exit);
  addExplain(program, io, exit);
  addCompile(program, io, exit);
  addRule(program, io, exit);
  addList(program, io, exit);
  addDialects(program, io, exit);
  addDoctor(program, io, exit);
  addCompletion(program, io, exit);
  return program;
}

const MORE = `
A project is the nearest folder with a seglang.json, or that of --project.
An argument with \`/\`, \`.seg\` or \`*\` is a path, any other a declaration's name.
Exit: 0 clean, 1 findings, 2 wrong usage or configuration, 3 could not finish.`;

function addVerb(program: Command, verb: Verb): Command {
  const longest = Math.max(...verb.examples.map(([line]) => line.length));
  const examples = verb.examples.map(([line, what]) => `  ${line.padEnd(longest)}  ${what}`).join("\n");
  const command = program
    .command(`${verb.name} ${verb.arguments}`)
    .helpGroup(verb.group)
    .summary(verb.summary)
    .description(verb.description)
    .addHelpText("after", `\nExamples:\n${examples}`);
  if (verb.formats.length === 0) return command;
  return command
    .option("--project <dir>", "the project's folder")
    .addOption(
      new Option(
        "--format <format>",
        `what stdout gets: ${listed(verb.formats, "or").replace("pretty", "pretty (default)")}`,
      )
        .choices(verb.formats)
        .default("pretty"),
    )
    .option("--report <format=path>", "write a report besides the one on stdout; may be repeated", collect, []);
}

/** The options of verbs that evaluate: when, where, with what. */
const addWhen = (command: Command): Command =>
  command
    .option("--as-of <time>", "date or timestamp to evaluate at (default: the start of the run)")
    .option("--timezone <zone>", "instead of the project's")
    .option("--param <name=value>", "another value for a param; may be repeated", collect, [])
    .option("--connection <name>", "a connection of seglang.json");

function addCheck(program: Command, io: Io, exit: { code: number }): void {
  addVerb(program, VERBS.check)
    .option("--fix", "apply the preferred fixes to the files, then check what is left", false)
    .option("--max-warnings <n>", "exit 1 if there are more warnings", wholeNumber)
    .option("--allow-empty", "a project or path without any file is fine", false)
    .option("--stdin-filename <path>", "what `-` is called")
    .action(async (args: string[], options: CheckOptions) => {
      const { check } = await import("./commands/check.ts");
      exit.code = await check(io, args, options);
    });
}

function addTest(program: Command, io: Io, exit: { code: number }): void {
  addVerb(program, VERBS.test)
    .option("--timezone <zone>", "instead of the project's")
    .option("--param <name=value>", "another value for a param; may be repeated", collect, [])
    .option("--allow-empty", "a project or path without any test is fine", false)
    .action(async (args: string[], options: TestOptions) => {
      const { test } = await import("./commands/test.ts");
      exit.code = await test(io, args, options);
    });
}

function addRule(program: Command, io: Io, exit: { code: number }): void {
  addVerb(program, VERBS.rule).action(async (args: string[], options: RuleOptions) => {
    const { rule } = await import("./commands/rule.ts");
    exit.code = rule(io, args, options);
  });
}

function addInit(program: Command, io: Io, exit: { code: number }): void {
  addVerb(program, VERBS.init)
    .option("--from <file>", "a CSV or TSV file to read the model from; may be repeated", collect, [])
    .action(async (dir: string | undefined, options: InitOptions) => {
      const { init } = await import("./commands/init.ts");
      exit.code = init(io, dir, options);
    });
}

function addList(program: Command, io: Io, exit: { code: number }): void {
  addVerb(program, VERBS.list).action(async (args: string[], options: ListOptions) => {
    const { list } = await import("./commands/list.ts");
    exit.code = await list(io, args, options);
  });
}

function addDialects(program: Command, io: Io, exit: { code: number }): void {
  addVerb(program, VERBS.dialects).action(async (args: string[], options: DialectsOptions) => {
    const { dialects } = await import("./commands/dialects.ts");
    exit.code = dialects(io, args, options);
  });
}

function addDoctor(program: Command, io: Io, exit: { code: number }): void {
  addVerb(program, VERBS.doctor).action(async (options: DoctorOptions) => {
    const { doctor } = await import("./commands/doctor.ts");
    exit.code = await doctor(io, version(), options);
  });
}

function addCompletion(program: Command, io: Io, exit: { code: number }): void {
  addVerb(program, VERBS.completion).action(async (shell: string) => {
    const { completion } = await import("./commands/completion.ts");
    exit.code = completion(io, shell);
  });
}

/** Verbs and their options, for completion. */
const completable = (program: Command) =>
  program.commands.map((command) => ({
    verb: command.name(),
    options: command.options.map((option) => ({
      name: option.long ?? "",
      takesValue: option.required || option.optional,
      choices: option.argChoices ?? [],
    })),
  }));

function addFmt(program: Command, io: Io, exit: { code: number }): void {
  addVerb(program, VERBS.fmt)
    .option("--check", "write nothing; exit 1 if a file would change", false)
    .option("--allow-empty", "a project or path without any file is fine", false)
    .option("--stdin-filename <path>", "what `-` is called")
    .action(async (args: string[], options: FmtOptions) => {
      const { fmt } = await import("./commands/fmt.ts");
      exit.code = await fmt(io, args, options);
    });
}

function addRun(program: Command, io: Io, exit: { code: number }): void {
  addWhen(addVerb(program, VERBS.run))
    .option("--members", "list the keys of members", false)
    .option("--out <file>", "write members to a .csv or .json file")
    .action(async (args: string[], options: RunOptions) => {
      const { runSegments } = await import("./commands/run.ts");
      exit.code = await runSegments(io, args, options);
    });
}

function addExplain(program: Command, io: Io, exit: { code: number }): void {
  addWhen(addVerb(program, VERBS.explain))
    .option("--show-pii", "show personal values, on a terminal", false)
    .action(async (name: string, key: string | undefined, options: ExplainOptions) => {
      const { explain } = await import("./commands/explain.ts");
      exit.code = await explain(io, name, key, options);
    });
}

function addCompile(program: Command, io: Io, exit: { code: number }): void {
  addWhen(addVerb(program, VERBS.compile))
    .option("--dialect <name>", "duckdb, postgres, sqlite or all (default: the connection's)")
    .addOption(
      new Option("--shape <shape>", "what the SQL answers: members (default), flags or sizes")
        .choices(["members", "flags", "sizes", "view"])
        .default("members"),
    )
    .option("--inline", "write values into the SQL instead of parameters", false)
    .option("--out <dir>", "write a file for each statement")
    .option("--check", "write nothing; exit 1 if files in --out are out of date", false)
    .option("--explain", "say on stderr what segments share", false)
    .action(async (args: string[], options: CompileOptions) => {
      const { compile } = await import("./commands/compile.ts");
      exit.code = await compile(io, args, options);
    });
}

const collect = (value: string, all: readonly string[]): readonly string[] => [...all, value];

function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("It is not a whole number.");
  return Number(value);
}

/** The version in the package's own package.json, wherever this file was built to. */
function version(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (existsSync(path)) return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
  }
  return "unknown";
}
