import { buffer } from "node:stream/consumers";
import type { WriteStream } from "node:tty";
import { EXIT } from "./exit.ts";
import type { Io, Sink } from "./io.ts";
import { run } from "./main.ts";
import { reportFailure } from "./report/failure.ts";

/** Runs the command on this process: its arguments, streams and signals. Ends the process when all output is written. */
export async function start(): Promise<void> {
  const abort = new AbortController();
  process.on("SIGINT", () => {
    if (abort.signal.aborted) process.exit(EXIT.interrupted);
    abort.abort();
  });
  const [stdout, stderr] = [sink(process.stdout), sink(process.stderr)];
  const io: Io = {
    stdout,
    stderr,
    stdin: () => buffer(process.stdin),
    env: process.env,
    cwd: process.cwd(),
    now: () => Date.now(),
    signal: abort.signal,
  };
  process.on("uncaughtException", (error) => process.exit(reportFailure(error, io)));
  const code = await run(process.argv.slice(2), io);
  await Promise.all([written(process.stdout), written(process.stderr)]);
  const broken = stdout.broken();
  if (broken !== null) io.stderr.write(`error  The output cannot be written: ${broken.message}\n`);
  // Open connections and worker threads of drivers would keep the process alive.
  process.exit(broken === null ? code : EXIT.unfinished);
}

/**
 * A reader that went away (`seg run | head`) is not our trouble: what is written after that is dropped, and the exit code stays what it is.
 * Any other failure (a full disk) is `broken`.
 */
function sink(stream: WriteStream): Sink & { readonly broken: () => Error | null } {
  let open = true;
  let failure: Error | null = null;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    open = false;
    if (error.code !== "EPIPE") failure = error;
  });
  return {
    write: (text) => {
      if (open) stream.write(text);
    },
    isTTY: stream.isTTY === true,
    get columns() {
      // Some terminals say 0 when they do not know.
      return (stream.isTTY && stream.columns) || null;
    },
    broken: () => failure,
  };
}

const written = (stream: WriteStream): Promise<void> =>
  new Promise((resolve) => (stream.destroyed || !stream.writable ? resolve() : stream.write("", () => resolve())));
