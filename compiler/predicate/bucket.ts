import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

/** Buckets of a sample: a hundredth of a percent each. */
const BUCKETS = 10_000;

/**
 * The bucket of a row, 0 to 9,999: the first 8 hex digits of SHA-256 of `seed:key` in UTF-8, as an unsigned integer, modulo 10,000.
 * `key` is the text that names the row: integers in plain decimal.
 */
export function bucketOf(seed: string, key: string): number {
  const hash = sha256(utf8ToBytes(`${seed}:${key}`));
  return new DataView(hash.buffer, hash.byteOffset).getUint32(0) % BUCKETS;
}
