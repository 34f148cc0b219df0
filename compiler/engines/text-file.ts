import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { DataError, EngineError } from "../sql/runner.ts";

/** Bytes that are read and decoded at once. */
const PIECE = 1 << 20;

/**
 * The text of a file of UTF-8, unpacked where its name ends with `.gz`, in pieces cut anywhere. `shown` names the file in messages.
 * Throws `DataError` where it is not there, is not UTF-8 or is not a whole gzip file; the signal's reason when that aborts.
 */
export async function* textOfFile(
  path: string,
  shown: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let line = 1;
  let before: Uint8Array = new Uint8Array(0);
  const decode = (bytes: Uint8Array | null): string => {
    try {
      return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      const utf16 = line === 1 && (startsWith(before, bytes, 0xff, 0xfe) || startsWith(before, bytes, 0xfe, 0xff));
      const help = utf16 ? "it is UTF-16; save it as UTF-8" : "save it as UTF-8";
      throw new DataError(`${shown}, line ${line + breaksBeforeBadByte(before, bytes)}: not UTF-8 (${help}).`);
    }
  };
  for await (const bytes of bytesOfFile(path, shown)) {
    signal?.throwIfAborted();
    const text = decode(bytes);
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) line++;
    // A character may be cut: its first bytes stand at the end of the piece before.
    before = bytes.subarray(-3);
    yield text;
  }
  yield decode(null);
}

async function* bytesOfFile(path: string, shown: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: PIECE });
  const packed = path.toLowerCase().endsWith(".gz");
  const stream = packed ? pipeline(file, createGunzip({ chunkSize: PIECE }), () => {}) : file;
  try {
    for await (const bytes of stream) yield bytes as Uint8Array;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (code === "ENOENT") throw new DataError(`There is no file ${shown}.`);
    if (code === "EISDIR") throw new DataError(`${shown} is a folder, not a file.`);
    if (code.startsWith("Z_")) throw new DataError(`${shown} is not a whole gzip file.`);
    throw new EngineError(`${shown} could not be read (${code}).`);
  } finally {
    file.destroy();
  }
}

const startsWith = (before: Uint8Array, bytes: Uint8Array | null, first: number, second: number): boolean =>
  before.length === 0 && bytes?.[0] === first && bytes[1] === second;

/** Line breaks between the end of what was decoded and the first byte that is wrong, by halving. */
function breaksBeforeBadByte(before: Uint8Array, bytes: Uint8Array | null): number {
  if (bytes === null) return 0;
  const whole = new Uint8Array([...before, ...bytes]);
  // The piece before may begin inside a character.
  const start = before.findIndex((byte) => (byte & 0xc0) !== 0x80);
  const readable = (end: number): boolean => {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(whole.subarray(Math.max(start, 0), end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let low = before.length;
  let high = whole.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (readable(middle)) low = middle;
    else high = middle - 1;
  }
  return whole.subarray(before.length, low).filter((byte) => byte === 10).length;
}
