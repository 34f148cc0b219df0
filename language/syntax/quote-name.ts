import { scanName } from "./scan.ts";
import { RESERVED } from "./tokens.ts";

/** The name as it has to be written in a text: in back-ticks where it is no plain word, or a reserved one. */
export const quoteName = (name: string): string =>
  scanName(name, 0) === name.length && !RESERVED.has(name) ? name : `\`${name}\``;
