import { CATALOG } from "../../../language/diagnostics/catalog.ts";
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
  const { exit, message, help, code } = failureOf(error);
  const codeText = code === null ? "" : `  ${style.faint(code)}`;
  io.stderr.write(`${style.severity("error", "error")}  ${style.strong(printableLines(message))}${codeText}\n`);
  if (help !== null) io.stderr.write(`${style.faint("help")}   ${printableLines(help)}\n`);
  if (io.env["SEG_DEBUG"] && error instanceof Error) io.stderr.write(`${error.stack ?? ""}\n`);
  return exit;
}

interface Failure {
  readonly exit: number;
  readonly message: string;
  readonly help: string | null;
  readonly code: string | null;
}

function failureOf(error: unknown): Failure {
  if (error instanceof Stop) return { exit: error.exit, message: error.message, help: error.help, code: null };
  if (error instanceof ConfigurationError)
    return { exit: EXIT.usage, message: error.message, help: error.help, code: null };
  if (error instanceof DataError || error instanceof EngineError)
    return { exit: EXIT.unfinished, message: error.message, help: null, code: null };
  const entry = CATALOG["internal-error"];
  const what = error instanceof Error ? error.message : String(error);
  const help = `${entry.help({ what })} \`SEG_DEBUG=1\` adds where it happened.`;
  return { exit: EXIT.unfinished, message: entry.message({ what }), help, code: entry.number };
}
