import { renderDiagnostic } from "../../../language/diagnostics/render.ts";
import { printableLines } from "../../../language/text/width.ts";
import { ConfigurationError } from "../../engines/config.ts";
import { DataError, EngineError } from "../../sql/runner.ts";
import { EXIT, FindingsStop, Stop } from "../exit.ts";
import type { Io } from "../io.ts";
import { styleFor } from "../style.ts";

/** Says on stderr why the command ended, and answers its exit code. `null` is a mistake that was already explained. A stack only with SEG_DEBUG. */
export function reportFailure(error: unknown, io: Io): number {
  const style = styleFor(io, io.stderr);
  if (error === null) return EXIT.usage;
  if (error instanceof FindingsStop) {
    for (const diagnostic of error.diagnostics)
      io.stderr.write(`${renderDiagnostic(diagnostic, error.sourceOf, style)}\n`);
    return error.exit;
  }
  const { exit, message, help } = failureOf(error);
  io.stderr.write(`${style.severity("error", "error")}  ${style.strong(printableLines(message))}\n`);
  if (help !== null) io.stderr.write(`${style.faint("help")}   ${printableLines(help)}\n`);
  if (io.env["SEG_DEBUG"] && error instanceof Error) io.stderr.write(`${error.stack ?? ""}\n`);
  return exit;
}

function failureOf(error: unknown): { readonly exit: number; readonly message: string; readonly help: string | null } {
  if (error instanceof Stop) return error;
  if (error instanceof ConfigurationError) return { exit: EXIT.usage, message: error.message, help: error.help };
  if (error instanceof DataError || error instanceof EngineError)
    return { exit: EXIT.unfinished, message: error.message, help: null };
  const what = error instanceof Error ? error.message : String(error);
  return {
    exit: EXIT.unfinished,
    message: `Seglang itself made a mistake: ${what}`,
    help: "Please report it with the text that caused it; `SEG_DEBUG=1` adds where it happened.",
  };
}
