import { chmodSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { unfinished } from "./exit.ts";
import { reason } from "./files.ts";
import type { Io } from "./io.ts";

/** Writes a whole file or none: beside its place first, then renamed. Folders on the way are made. Does nothing once the run is interrupted. */
export function writeWhole(io: Io, path: string, content: string | Uint8Array): void {
  if (io.signal.aborted) return;
  const target = resolve(io.cwd, path);
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(draft, content);
    renameSync(draft, target);
  } catch (error) {
    if (existsSync(draft)) rmSync(draft, { force: true });
    throw unfinished(`\`${path}\` cannot be written: ${reason(error)}.`);
  }
}

/** Writes a file that is there, whole or not at all: a link to it stays one, and it keeps its permissions. */
export function rewriteWhole(io: Io, path: string, content: string): void {
  const target = realpathSync(path);
  const { mode } = statSync(target);
  writeWhole(io, target, content);
  if (!io.signal.aborted) chmodSync(target, mode);
}
