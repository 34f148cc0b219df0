import type { Io } from "./io.ts";
import { hasUnicode } from "./style.ts";

const DELAY_MS = 300;

/** A line on the terminal that says what is going on, from 300 ms on, and vanishes. Nothing where stderr is no terminal. */
export interface Progress {
  say(text: string): void;
  stop(): void;
}

export function startProgress(io: Io, first: string): Progress {
  if (!io.stderr.isTTY || io.env["TERM"] === "dumb") return { say: () => {}, stop: () => {} };
  const ellipsis = hasUnicode(io, io.stderr) ? "…" : "...";
  let text = first;
  let visible = false;
  const draw = (): void => io.stderr.write(`\r\u001b[2K${text.slice(0, (io.stderr.columns ?? 80) - 4)}${ellipsis}`);
  const timer = setTimeout(() => {
    visible = true;
    draw();
  }, DELAY_MS);
  const stop = (): void => {
    clearTimeout(timer);
    if (visible) io.stderr.write("\r\u001b[2K");
    visible = false;
  };
  io.signal.addEventListener("abort", stop, { once: true });
  return {
    say: (next) => {
      text = next;
      if (visible) draw();
    },
    stop: () => {
      io.signal.removeEventListener("abort", stop);
      stop();
    },
  };
}
