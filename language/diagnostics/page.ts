import type { Code } from "./entry.ts";

/** Where a code is explained: a path in the repository of Seglang and a place on that page. */
export const pageOf = (code: Code): string => `docs/errors.md#${code.toLowerCase()}`;
