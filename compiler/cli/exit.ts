import type { Diagnostic } from "../../language/diagnostics/diagnostic.ts";
import type { SourceFile } from "../../language/text/source.ts";

/** What the command answers its caller. The numbers are a contract. */
export const EXIT = {
  clean: 0,
  /** Errors, too many warnings, files out of date. */
  findings: 1,
  /** Wrong usage or configuration, an unknown name, no file matched. */
  usage: 2,
  /** Files, databases, data, or a mistake of ours. */
  unfinished: 3,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * The command ends here with a sentence for people. Thrown anywhere below a command and caught once, in main.ts: the edge where values become an exit code.
 */
export class Stop extends Error {
  override readonly name = "Stop";
  readonly exit: ExitCode;
  readonly help: string | null;

  constructor(exit: ExitCode, message: string, help: string | null = null) {
    super(message);
    this.exit = exit;
    this.help = help;
  }
}

/** Wrong usage: exit 2. */
export const usage = (message: string, help: string | null = null): Stop => new Stop(EXIT.usage, message, help);

/** Could not finish: exit 3. */
export const unfinished = (message: string, help: string | null = null): Stop =>
  new Stop(EXIT.unfinished, message, help);

/** Findings in files that are read before the project is (the configuration): shown with code frames. */
export class FindingsStop extends Error {
  override readonly name = "FindingsStop";
  readonly exit: ExitCode;
  readonly diagnostics: readonly Diagnostic[];
  readonly sourceOf: (path: string) => SourceFile | null;

  constructor(exit: ExitCode, diagnostics: readonly Diagnostic[], sourceOf: (path: string) => SourceFile | null) {
    super(`${diagnostics.length} findings`);
    this.exit = exit;
    this.diagnostics = diagnostics;
    this.sourceOf = sourceOf;
  }
}
